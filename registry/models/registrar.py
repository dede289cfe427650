"""Registrars (cơ quan đăng ký đầu tư), each in force for a time."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import Named, NounQuerySet, Versioned
from registry.vocabulary.vietnamese import search_words

ZONE_BOARD = "khu công nghiệp"


class RegistrarQuerySet(NounQuerySet):
    def in_force(self, day: date):
        """The registrars that existed on ``day``."""
        return self.filter(Q(in_force_from__isnull=True) | Q(in_force_from__lte=day)).filter(
            Q(in_force_until__isnull=True) | Q(in_force_until__gte=day)
        )

    def of_zones(self):
        """The boards that register projects inside zones: those whose name speaks of zones."""
        return self.matching(search_words(ZONE_BOARD))


class Registrar(Named, Versioned):
    """The authority that issues certificates (cơ quan đăng ký đầu tư): the zone board inside zones,
    the Department of Finance outside. ``in_force_until`` is the last day."""

    KIND = "registrar"

    code = models.CharField(_("mã"), max_length=12, unique=True)
    in_force_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    in_force_until = models.DateField(_("có hiệu lực đến hết"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors",
                                  verbose_name=_("cơ quan kế tiếp"))
    basis = models.CharField(_("căn cứ"), max_length=500, blank=True, default="")

    objects = RegistrarQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ quan đăng ký đầu tư")
        verbose_name_plural = _("cơ quan đăng ký đầu tư")
