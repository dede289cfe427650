"""Administrative units (đơn vị hành chính), each in force for a time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import Named, NounQuerySet, Versioned
from registry.models.fields import one_of
from registry.vocabulary.place import UnitKind, UnitLevel
from registry.vocabulary.zone import FormerProvince


class AdministrativeUnitQuerySet(NounQuerySet):
    def in_force(self, day):
        """The units that existed on ``day``."""
        return self.filter(Q(in_force_from__isnull=True) | Q(in_force_from__lte=day)).filter(
            Q(in_force_until__isnull=True) | Q(in_force_until__gte=day)
        )

    def with_parts(self, codes: list[str]):
        """The units of these codes, those that belong to them, and theirs."""
        return self.filter(Q(code__in=codes) | Q(parent__code__in=codes) | Q(parent__parent__code__in=codes))


class AdministrativeUnit(Named, Versioned):
    """A province, district or commune under one name and rank (đơn vị hành chính).

    ``code`` is ``07210`` for the unit in force now and ``07210-2025`` for the one that ended in 2025:
    official codes were used again. ``in_force_until`` is the last day; ``successor`` the unit into which
    it went whole.
    """

    KIND = "place"

    code = models.CharField(_("khóa"), max_length=12, unique=True)
    official_code = models.CharField(_("mã đơn vị hành chính"), max_length=5)
    kind = models.CharField(_("loại"), max_length=10, choices=UnitKind)
    level = models.CharField(_("cấp"), max_length=10, choices=UnitLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children",
                               verbose_name=_("đơn vị cấp trên"))
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors",
                                  verbose_name=_("đơn vị kế tiếp"))
    in_force_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    in_force_until = models.DateField(_("có hiệu lực đến hết"), null=True, blank=True)
    former_province = models.CharField(_("tỉnh cũ"), max_length=10, choices=FormerProvince, null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True, default="")
    latitude = models.FloatField(_("vĩ độ tâm"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ tâm"), null=True, blank=True)

    objects = AdministrativeUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị hành chính")
        verbose_name_plural = _("đơn vị hành chính")
        constraints = [
            one_of("place", "kind", UnitKind),
            one_of("place", "level", UnitLevel),
            one_of("place", "former_province", FormerProvince, nullable=True),
            models.CheckConstraint(
                name="place_in_force_in_order",
                condition=Q(in_force_from__isnull=True) | Q(in_force_until__isnull=True)
                | Q(in_force_until__gte=F("in_force_from")),
                violation_error_message=_("Ngày hết hiệu lực không được trước ngày có hiệu lực."),
            ),
        ]
