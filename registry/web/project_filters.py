"""What the list of projects filters by, and what the statistics filter projects by."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from registry.models import (
    AdministrativeUnit,
    CapitalEntry,
    CapitalSum,
    Certificate,
    Country,
    Enterprise,
    Investor,
    Milestone,
    Project,
    Registrar,
    Sector,
    Stake,
    Statement,
    Zone,
)
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.publication import Publication
from registry.vocabulary.zone import FormerProvince

from .filters import NamedFilters, meant
from .order import NAMED_ORDERS, Order
from .parameters import Amount, Codes, IsoDay, Known, Parameters, Several, SeveralField, Words

PUBLISHED = Publication.PUBLISHED


def _exists(model, **which) -> Exists:
    return Exists(model.objects.filter(project=OuterRef("pk"), **which))


def _kept(**which):
    return CapitalSum.objects.filter(**which).values("owner")


# How to tell that a field of a project's document has a value: not null, not empty, or a record that the public sees.
HAS = {
    **dict.fromkeys(("code", "url", "version", "updated_at", "name", "status"), Q(pk__isnull=False)),
    **{name: ~Q(**{name: ""}) for name in ("name_en", "objective", "objective_en", "address")},
    **{name: Q(**{f"{name}__isnull": False}) for name in (
        "irc_code", "registrar", "place", "sector", "form", "land_area_ha", "planned_workers",
    )},
    **{name: Q(**{f"{name}__publication": PUBLISHED}) for name in ("enterprise", "zone")},
    **{f"{stem}_on": Q(**{f"{stem}_latest__isnull": False}) for stem in ("licensed", "expires", "ended")},
    "tax_code": Q(enterprise__publication=PUBLISHED, enterprise__tax_code__isnull=False),
    "investors": _exists(Stake, until_certificate=None),
    **{name: _exists(Stake, until_certificate=None, lead=True, investor__publication=PUBLISHED,
                     **{f"investor__{name}__isnull": False}) for name in ("country", "parent_country")},
    "capital": _exists(CapitalEntry),
    "milestones": _exists(Milestone),
    "certificates": _exists(Certificate, publication=PUBLISHED),
    "sources": reduce(or_, (_exists(model, source__publication=PUBLISHED)
                            for model in (Statement, CapitalEntry, Milestone, Certificate)),
                      Q(source__publication=PUBLISHED)),
}


class SectorWordsField(SeveralField):
    """``26``, ``2018-26`` or a section letter; each must name a sector."""

    def unknown_among(self, texts):
        return Sector.objects.unknown_among(texts) if texts else []

    def refusal(self, text):
        return forms.ValidationError(
            _("Không có ngành “%(word)s”; hãy viết 26, 2018-26 hoặc chữ cái của mục."), params={"word": text}
        )


class SectorWords(Several):
    field_class = SectorWordsField


class DaysOfSums(Parameters):
    """The days as of which, and as known on which, a project's capital is summed."""

    as_of = IsoDay(label=_("tính đến ngày"), method="unused")
    known_on = IsoDay(label=_("theo số liệu đã ghi nhận đến ngày"), method="unused")

    @property
    def as_of_day(self):
        return self.form.cleaned_data["as_of"] or self.today

    @property
    def known_on_day(self):
        return self.form.cleaned_data["known_on"]


class ProjectFilters(DaysOfSums, NamedFilters):
    ORDERS = {
        **NAMED_ORDERS,
        "licensed_on": Order("licensed_latest"),
        "registered_usd": Order("registered_usd"),
    }

    zone = Codes(model=Zone, or_none=True, label=_("khu công nghiệp"), method="in_zone")
    country = Codes(model=Country, or_none=True, label=_("nước đăng ký của nhà đầu tư chính"), method="led_from")
    parent_country = Codes(model=Country, or_none=True, label=_("nước của công ty mẹ cao nhất"), method="led_from")
    sector = SectorWords(or_none=True, label=_("ngành"), method="in_sector")
    investor = Codes(model=Investor, label=_("nhà đầu tư"), method="held_by")
    enterprise = Codes(model=Enterprise, label=_("tổ chức kinh tế"), method="is_code_of")
    registrar = Codes(model=Registrar, or_none=True, label=_("cơ quan đăng ký đầu tư"), method="is_code_of")
    irc_code = Known(model=Project, column="irc_code", label=_("mã số dự án"), method="is_one_of")
    tax_code = Known(model=Enterprise, column="tax_code", label=_("mã số thuế"), method="has_tax_code")
    status = Words(words=ProjectStatus.values, label=_("tình trạng"), method="is_one_of")
    form = Words(words=InvestmentForm.values, or_none=True, label=_("hình thức đầu tư"), method="is_one_of")
    place = Codes(model=AdministrativeUnit, or_none=True, label=_("địa bàn"), method="in_place")
    former_province = Words(words=FormerProvince.values, or_none=True, label=_("tỉnh cũ"),
                            method="of_former_province")
    registered_usd_min = Amount(label=_("vốn đăng ký từ (USD)"), method="at_least")
    registered_usd_max = Amount(label=_("vốn đăng ký đến (USD)"), method="at_most")
    licensed_after = IsoDay(label=_("cấp từ ngày"), method="licensed_from")
    licensed_before = IsoDay(label=_("cấp đến ngày"), method="licensed_until")
    has = Words(words=HAS, label=_("có"), method="having")
    missing = Words(words=HAS, label=_("thiếu"), method="lacking")

    def filter_queryset(self, queryset, but: Collection[str] = ()):
        """Capital is summed only where a filter or the order asks for it."""
        values = self.form.cleaned_data
        by_capital = (values.get("ordering") or "").endswith("registered_usd")
        if by_capital or values["registered_usd_min"] is not None or values["registered_usd_max"] is not None:
            queryset = queryset.with_registered(as_of=self.as_of_day, known_on=self.known_on_day)
        return super().filter_queryset(queryset, but)

    def in_zone(self, queryset, name, value):
        """In the zone, or in a sub-zone of it; a zone that the public does not see is none."""
        return queryset.filter(meant(value, lambda codes: Q(zone__in=Zone.objects.with_sub_zones(codes)),
                                     nothing=~Q(HAS["zone"])))

    def led_from(self, queryset, name, value):
        """By what is kept of each project, which has the country of its lead."""
        return queryset.filter(meant(
            value,
            lambda codes: Q(pk__in=_kept(**{f"{name}__in": Country.objects.filter(code__in=codes).values("pk")})),
            nothing=Q(pk__in=_kept(**{f"{name}__isnull": True})),
        ))

    def in_sector(self, queryset, name, value):
        return queryset.filter(meant(value, lambda words: Q(sector__in=Sector.objects.spoken_of(words)),
                                     nothing=Q(sector__isnull=True)))

    def held_by(self, queryset, name, value):
        return queryset.filter(_exists(Stake, until_certificate=None, investor__code__in=value))

    def has_tax_code(self, queryset, name, value):
        return queryset.filter(enterprise__tax_code__in=value)

    def in_place(self, queryset, name, value):
        """In the unit, or in one that belongs to it."""
        return queryset.filter(meant(value, lambda codes: Q(place__in=AdministrativeUnit.objects.with_parts(codes)),
                                     nothing=Q(place__isnull=True)))

    def of_former_province(self, queryset, name, value):
        """By place, else by zone."""
        return queryset.in_former_province().filter(
            meant(value, lambda provinces: Q(in_former_province__in=provinces),
                  nothing=Q(in_former_province__isnull=True)))

    def at_least(self, queryset, name, value):
        return queryset.filter(registered_usd__gte=value)

    def at_most(self, queryset, name, value):
        return queryset.filter(registered_usd__lte=value)

    def licensed_from(self, queryset, name, value):
        return queryset.filter(licensed_latest__gte=value)

    def licensed_until(self, queryset, name, value):
        return queryset.filter(licensed_latest__lte=value)

    def having(self, queryset, name, value):
        return queryset.filter(reduce(or_, (Q(HAS[field]) for field in value)))

    def lacking(self, queryset, name, value):
        return queryset.filter(reduce(or_, (~Q(HAS[field]) for field in value)))
