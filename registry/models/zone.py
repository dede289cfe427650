"""Industrial zones (khu công nghiệp) and what is observed about them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import (
    Named,
    NounQuerySet,
    Publishable,
    PublishedQuerySet,
    Versioned,
    publication_known,
    withdrawn_with_reason,
)
from registry.models.fields import VagueDayField, days_in_order, one_of
from registry.vocabulary.publication import Publication
from registry.vocabulary.zone import FormerProvince, ObservationKind, Province, ZoneKind


class ZoneQuerySet(PublishedQuerySet):
    def with_sub_zones(self, codes: list[str]):
        """The zones of these codes, their sub-zones and phases, and theirs."""
        return self.filter(
            Q(code__in=codes) | Q(parent__code__in=codes) | Q(parent__parent__code__in=codes)
        )


class Zone(Named, Publishable):
    """An industrial park, cluster or concentrated IT zone (khu công nghiệp), or a sub-zone or phase of one.

    ``area_ha`` may count phases twice beside the parent's: never add it up. The position is approximate
    unless ``position_basis`` says otherwise. A zone of another province is known because a source speaks
    of it, and never enters totals.
    """

    KIND = "zone"

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    kind = models.CharField(_("loại"), max_length=20, choices=ZoneKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sub_zones",
                               verbose_name=_("thuộc khu"))
    province = models.CharField(_("tỉnh, thành phố"), max_length=10, choices=Province, default=Province.BAC_NINH)
    former_province = models.CharField(_("tỉnh cũ"), max_length=10, choices=FormerProvince, null=True, blank=True)
    developer = models.CharField(_("nhà đầu tư hạ tầng KCN"), max_length=300, blank=True, default="")
    established_year = models.PositiveSmallIntegerField(_("năm thành lập"), null=True, blank=True)
    area_ha = models.DecimalField(_("diện tích (ha)"), max_digits=12, decimal_places=4, null=True, blank=True)
    leasable_ha = models.DecimalField(_("diện tích đất công nghiệp cho thuê (ha)"), max_digits=12,
                                      decimal_places=4, null=True, blank=True)
    communes = models.ManyToManyField("AdministrativeUnit", blank=True, related_name="zones",
                                      verbose_name=_("xã, phường"))
    communes_before = models.CharField(_("địa bàn trước 01/7/2025"), max_length=300, blank=True, default="")
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)
    position_basis = models.CharField(_("căn cứ của vị trí"), max_length=200, blank=True, default="")
    investment = models.CharField(_("vốn hạ tầng như nguồn in"), max_length=200, blank=True, default="")
    summary = models.TextField(_("tóm tắt"), blank=True, default="")
    contact = models.TextField(_("nơi liên hệ"), blank=True, default="")
    sources = models.ManyToManyField("Source", blank=True, related_name="zones", verbose_name=_("nguồn"))

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("khu công nghiệp")
        verbose_name_plural = _("khu công nghiệp")
        constraints = [
            publication_known("zone"),
            withdrawn_with_reason("zone"),
            one_of("zone", "kind", ZoneKind),
            one_of("zone", "province", Province),
            one_of("zone", "former_province", FormerProvince, nullable=True),
        ]

    def search_parts(self):
        return [*super().search_parts(), self.developer]


class ZoneObservationQuerySet(NounQuerySet):
    search_at = "zone__"

    def public(self):
        return self.filter(Q(zone__isnull=True) | Q(zone__publication=Publication.PUBLISHED),
                           source__publication=Publication.PUBLISHED)


class ZoneObservation(Versioned):
    """One value seen in one source about a zone, or about all zones of a place (số liệu quan sát).

    For one province 54 %, 61 %, 80 %, 91 % and 99 % have all been printed as occupancy: a value is
    nothing without its day, method and source. Unit: ``OBSERVATION_UNIT`` of the attribute;
    ``value_high`` where the source gives a range.
    """

    KIND = "zone-observation"

    code = models.CharField(_("mã"), max_length=70, unique=True)
    number = models.PositiveIntegerField(_("số"))
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="observations",
                             verbose_name=_("khu công nghiệp"))
    place = models.ForeignKey("AdministrativeUnit", models.PROTECT, null=True, blank=True,
                              related_name="observations", verbose_name=_("địa bàn"))
    attribute = models.CharField(_("nội dung"), max_length=30, choices=ObservationKind)
    value = models.DecimalField(_("giá trị"), max_digits=18, decimal_places=4)
    value_high = models.DecimalField(_("giá trị cao"), max_digits=18, decimal_places=4, null=True, blank=True)
    qualifier = models.CharField(_("từ định lượng"), max_length=10, blank=True, default="")
    observed_on = VagueDayField(_("ngày"))
    method = models.CharField(_("cách tính"), max_length=300, blank=True, default="")
    source = models.ForeignKey("Source", models.PROTECT, related_name="observations", verbose_name=_("nguồn"))

    objects = ZoneObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("số liệu quan sát khu công nghiệp")
        verbose_name_plural = _("số liệu quan sát khu công nghiệp")
        constraints = [
            one_of("observation", "attribute", ObservationKind),
            days_in_order("observation", "observed"),
            models.CheckConstraint(
                name="observation_of_zone_or_place",
                condition=Q(zone__isnull=False, place__isnull=True) | Q(zone__isnull=True, place__isnull=False),
                violation_error_message=_("Số liệu quan sát phải thuộc một khu công nghiệp hoặc một địa bàn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.attribute}"

    def is_public(self) -> bool:
        return self.source.is_public() and (self.zone is None or self.zone.is_public())
