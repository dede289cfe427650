"""What the list of projects filters by, and what the statistics filter projects by."""

from collections.abc import Callable, Collection, Mapping
from functools import reduce
from operator import or_

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
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
from registry.models.sums import OF_INVESTOR
from registry.statistics.by_month import Within
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.publication import Publication
from registry.vocabulary.zone import FormerProvince

from .filters import NamedFilters, meant
from .order import NAMED_ORDERS, Order
from .parameters import NONE, Amount, Codes, IsoDay, Known, KnownField, Parameters, Several, SeveralField, Words

PUBLISHED = Publication.PUBLISHED


def _exists(model, **which) -> Exists:
    return Exists(model.objects.filter(project=OuterRef("pk"), **which))


def _under(column: str, named: Callable[[list[str]], QuerySet], *, of: QuerySet | None = None):
    """By the key that is kept of a project: of the records that the values name. Nothing is recorded where there is no
    key, or one of a record that is not among ``of``."""
    nothing = Q(**{f"{column}__isnull": True}) if of is None else ~Q(**{f"{column}__in": of.values("pk")})

    def condition(values: list[str]) -> Q:
        return meant(values, lambda some: Q(**{f"{column}__in": named(some).order_by().values("pk")}), nothing=nothing)

    return condition


def _word(column: str):
    return lambda values: meant(values, lambda words: Q(**{f"{column}__in": words}),
                                nothing=Q(**{f"{column}__isnull": True}))


def _coded(model):
    return lambda codes: model.objects.filter(code__in=codes)


# What a project stands under is kept with its sums: the conditions there, by a filter's values. A zone has its
# sub-zones' projects, a place those of what belongs to it, a former province goes by place and else by zone; what the
# public does not see is none.
KEPT: Mapping[str, Callable[[list[str]], Q]] = {
    "zone": _under("zone", Zone.objects.with_sub_zones, of=Zone.objects.public()),
    "country": _under("country", _coded(Country)),
    "parent_country": _under("parent_country", _coded(Country)),
    "lead": _under("investor", _coded(Investor)),
    "sector": _under("sector", Sector.objects.spoken_of),
    "registrar": _under("registrar", _coded(Registrar), of=Registrar.objects.public()),
    "place": _under("place", AdministrativeUnit.objects.with_parts),
    "status": _word("status"),
    "form": _word("form"),
    "former_province": _word("former_province"),
}


# Those of which months are kept, too; under an investor's country stand purchases of other projects' shares there.
BY_MONTH = {*KEPT} - {"lead", *OF_INVESTOR}


# How to tell that a field of a project's document has a value: not null, not empty, or a record that the public sees.
HAS = {
    **dict.fromkeys(("code", "url", "version", "updated_at", "name", "status"), Q(pk__isnull=False)),
    **{name: ~Q(**{name: ""}) for name in (
        "former_irc_codes", "name_en", "objective", "objective_en", "address",
    )},
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


class ProjectNumbersField(KnownField):
    """Project numbers that some public project has, or had before. At most two queries."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, model=Project, column="irc_code", **kwargs)

    def unknown_among(self, texts):
        unknown = super().unknown_among(texts)
        former = Project.objects.public().by_former_number(unknown) if unknown else {}
        return [text for text in unknown if text not in former]


class ProjectNumbers(Several):
    field_class = ProjectNumbersField


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
    """``of_public``: the projects that are filtered are all that the public sees, and no others."""

    of_public = True
    ORDERS = {
        **NAMED_ORDERS,
        "licensed_on": Order("licensed_latest"),
        "registered_usd": Order("registered_usd"),
    }

    zone = Codes(model=Zone, or_none=True, label=_("khu công nghiệp"), method="unused")
    country = Codes(model=Country, or_none=True, label=_("nước đăng ký của nhà đầu tư chính"), method="unused")
    parent_country = Codes(model=Country, or_none=True, label=_("nước của công ty mẹ cao nhất"), method="unused")
    sector = SectorWords(or_none=True, label=_("ngành"), method="unused")
    investor = Codes(model=Investor, label=_("nhà đầu tư"), method="held_by")
    lead = Codes(model=Investor, label=_("nhà đầu tư chính"), method="unused")
    enterprise = Codes(model=Enterprise, label=_("tổ chức kinh tế"), method="is_code_of")
    registrar = Codes(model=Registrar, or_none=True, label=_("cơ quan đăng ký đầu tư"), method="unused")
    irc_code = ProjectNumbers(label=_("mã số dự án, hiện nay hoặc trước đây"), method="has_number")
    tax_code = Known(model=Enterprise, column="tax_code", label=_("mã số thuế"), method="has_tax_code")
    status = Words(words=ProjectStatus.values, label=_("tình trạng"), method="unused")
    form = Words(words=InvestmentForm.values, or_none=True, label=_("hình thức đầu tư"), method="unused")
    place = Codes(model=AdministrativeUnit, or_none=True, label=_("địa bàn"), method="unused")
    former_province = Words(words=FormerProvince.values, or_none=True, label=_("tỉnh cũ"),
                            method="unused")
    registered_usd_min = Amount(label=_("vốn đăng ký từ (USD)"), method="at_least")
    registered_usd_max = Amount(label=_("vốn đăng ký đến (USD)"), method="at_most")
    licensed_after = IsoDay(label=_("cấp từ ngày"), method="licensed_from")
    licensed_before = IsoDay(label=_("cấp đến ngày"), method="licensed_until")
    has = Words(words=HAS, label=_("có"), method="having")
    missing = Words(words=HAS, label=_("thiếu"), method="lacking")

    def filter_queryset(self, queryset, but: Collection[str] = ()):
        """Capital is summed only where a filter or the order asks for it. What is kept with the sums is asked in one
        go; a list of the public that nothing else narrows can then be counted there alone."""
        values = self.form.cleaned_data
        by_capital = (values.get("ordering") or "").endswith("registered_usd")
        if by_capital or values["registered_usd_min"] is not None or values["registered_usd_max"] is not None:
            queryset = queryset.with_registered(as_of=self.as_of_day, known_on=self.known_on_day)
        found = super().filter_queryset(queryset, {*but, *KEPT})
        is_only_kept = found is queryset
        kept = {name: condition(values[name]) for name, condition in KEPT.items()
                if values.get(name) and name not in but}
        if kept:
            found = found.filter(pk__in=CapitalSum.objects.filter(*kept.values()).values("owner"))
        if is_only_kept and self.of_public:
            found.among_sums = CapitalSum.objects.of_public_projects().filter(*kept.values())
            if len(kept) == 1 and BY_MONTH.issuperset(kept) and NONE not in values[name := next(iter(kept))]:
                found.within = Within(name, kept[name])
        return found

    def held_by(self, queryset, name, value):
        return queryset.filter(_exists(Stake, until_certificate=None, investor__code__in=value))

    def has_number(self, queryset, name, value):
        former = Project.objects.by_former_number(value).values()
        return queryset.filter(Q(irc_code__in=value) | Q(pk__in=former))

    def has_tax_code(self, queryset, name, value):
        return queryset.filter(enterprise__tax_code__in=value)

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
