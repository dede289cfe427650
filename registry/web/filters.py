"""What each list filters by: one definition a noun, for its API list, its page and its files."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.models import (
    AdministrativeUnit,
    Conflict,
    Country,
    Enterprise,
    Investor,
    Project,
    Registrar,
    Sector,
    Source,
    Zone,
)
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.promotion import EngagementKind, OpportunityKind
from registry.vocabulary.statement import Review, SourceKind, StatementKind, SubjectKind
from registry.vocabulary.zone import FormerProvince, ObservationKind, Province, ZoneKind

from .belonging import has_projects
from .order import BY_NUMBER, BY_RANK, NAMED_ORDERS, RECORD_ORDERS, Order, words
from .parameters import NONE, Codes, IsoDay, Known, Moment, Parameters, Search, Several, Text, Whole, Words, Yes


def meant(values: list[str], recorded: Callable[[list[str]], Q], *, nothing: Q) -> Q:
    """What the values of a filter mean: ``recorded`` of those that name something, or ``nothing`` where ``none`` is
    among them."""
    named = [value for value in values if value != NONE]
    found = recorded(named) if named else Q(pk__in=())
    return found | nothing if NONE in values else found


def is_text(model, column: str) -> bool:
    return isinstance(model._meta.get_field(column), CharField)


class RecordFilters(Parameters):
    """What every list takes."""

    ORDERS: Mapping[str, Order] = RECORD_ORDERS

    search = Search(label=_("tìm kiếm"), method="matching")
    ordering = Text(label=_("sắp xếp"), method="unused")
    updated_after = Moment(label=_("cập nhật sau"), method="changed_after")
    page_size = Whole(label=_("số dòng mỗi trang"), least=1, most=500, method="unused")
    count = Yes(label=_("đếm"), method="unused")
    cursor = Text(label=_("con trỏ"), method="unused")

    def errors_found(self):
        found = super().errors_found()
        asked = self.data.get("ordering", "")
        if asked and asked not in words(self.ORDERS):
            found.append(("ordering", _("Không sắp xếp được theo “%(word)s”; hãy chọn một trong: %(words)s.")
                          % {"word": asked, "words": ", ".join(words(self.ORDERS))}))
        return found

    def matching(self, queryset, name, value):
        return queryset.matching(value)

    def filter_queryset(self, queryset, but: Collection[str] = ()):
        """``but``: leaving these parameters out."""
        for name, value in self.form.cleaned_data.items():
            if name not in but:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def rows_but_for(self, *names: str) -> QuerySet:
        """What a checked filter set finds without these parameters."""
        return self.filter_queryset(self.queryset.all(), but=names)

    def changed_after(self, queryset, name, value):
        return queryset.filter(updated_at__gt=value)

    def is_one_of(self, queryset, name, value):
        """A filter whose name is the column's. Nothing is recorded where the column is null, or a text is empty."""
        empty = Q(**{name: ""}) if is_text(queryset.model, name) else Q(pk__in=())
        return queryset.filter(meant(value, lambda words: Q(**{f"{name}__in": words}),
                                     nothing=Q(**{f"{name}__isnull": True}) | empty))

    def is_code_of(self, queryset, name, value):
        """A filter whose name is a foreign key's, by the other record's code. What the public does not see is none."""
        others = queryset.model._meta.get_field(name).related_model.objects.public()
        return queryset.filter(meant(value, lambda codes: Q(**{f"{name}__code__in": codes}),
                                     nothing=~Q(**{f"{name}__in": others})))

    def order(self) -> list[tuple[Order, bool]]:
        """The orders that were asked for, each with whether it descends; by rank where words are searched."""
        asked = self.form.cleaned_data["ordering"]
        if asked:
            return [(self.ORDERS[asked.removeprefix("-")], asked.startswith("-"))]
        if self.form.cleaned_data["search"]:
            found = self.form.cleaned_data["search"]
            return [(Order(BY_RANK.column, lambda rows: rows.ranked(found)), False)]
        return []


class NamedFilters(RecordFilters):
    ORDERS = NAMED_ORDERS


class PartyFilters(NamedFilters):
    """Of nouns that projects belong to."""

    projects = Words(words=["some", NONE], label=_("dự án trong sổ"), method="with_projects")

    def with_projects(self, queryset, name, value):
        there = has_projects(queryset.model)
        return queryset.filter(meant(value, lambda some: there, nothing=~there))


class InvestorFilters(PartyFilters):
    kind = Words(words=InvestorKind.values, label=_("loại"), method="is_one_of")
    country = Codes(model=Country, or_none=True, label=_("nước đăng ký"), method="is_code_of")
    parent_country = Codes(model=Country, or_none=True, label=_("nước của công ty mẹ"), method="is_code_of")
    parent = Codes(model=Investor, or_none=True, label=_("công ty mẹ"), method="belongs_to")

    def belongs_to(self, queryset, name, value):
        """Whose parent is a natural person is not told, as in the document: such a one has none."""
        told = Investor.objects.public().filter(kind=InvestorKind.ORGANISATION)
        return queryset.filter(meant(value, lambda codes: Q(parent__in=told.filter(code__in=codes)),
                                     nothing=~Q(parent__in=told)))


class EnterpriseFilters(NamedFilters):
    tax_code = Known(model=Enterprise, column="tax_code", label=_("mã số thuế"), method="is_one_of")


class ZoneFilters(PartyFilters):
    kind = Words(words=ZoneKind.values, label=_("loại"), method="is_one_of")
    parent = Codes(model=Zone, or_none=True, label=_("thuộc khu"), method="is_code_of")
    province = Words(words=Province.values, label=_("tỉnh, thành phố"), method="is_one_of")
    former_province = Words(words=FormerProvince.values, or_none=True, label=_("tỉnh cũ"), method="is_one_of")


class ZoneObservationFilters(RecordFilters):
    zone = Codes(model=Zone, label=_("khu công nghiệp"), method="is_code_of")
    place = Codes(model=AdministrativeUnit, label=_("địa bàn"), method="is_code_of")
    attribute = Words(words=ObservationKind.values, label=_("nội dung"), method="is_one_of")
    source = Codes(model=Source, label=_("nguồn"), method="is_code_of")


class SectorFilters(PartyFilters):
    vsic_version = Words(words=["2018", "2025"], label=_("phiên bản VSIC"), method="is_one_of")
    section = Known(model=Sector, column="section", label=_("mục"), method="is_one_of")
    level = Words(words=["1", "2"], label=_("cấp"), method="is_one_of")


class CountryFilters(PartyFilters):
    pass


class PlaceFilters(NamedFilters):
    official_code = Known(model=AdministrativeUnit, column="official_code", label=_("mã đơn vị hành chính"),
                          method="is_one_of")
    parent = Codes(model=AdministrativeUnit, label=_("đơn vị cấp trên"), method="is_code_of")
    former_province = Words(words=FormerProvince.values, label=_("tỉnh cũ"), method="is_one_of")


class OfProjectFilters(RecordFilters):
    project = Codes(model=Project, label=_("dự án"), method="is_code_of")
    source = Codes(model=Source, label=_("nguồn"), method="is_code_of")


class CertificateFilters(OfProjectFilters):
    kind = Words(words=CertificateKind.values, label=_("loại"), method="is_one_of")
    registrar = Codes(model=Registrar, label=_("cơ quan đăng ký đầu tư"), method="is_code_of")


class CapitalEntryFilters(OfProjectFilters):
    kind = Words(words=CapitalKind.values, label=_("loại bút toán"), method="is_one_of")
    enterprise = Codes(model=Enterprise, label=_("tổ chức kinh tế"), method="is_code_of")
    buyer = Codes(model=Investor, label=_("bên mua"), method="is_code_of")


class MilestoneFilters(OfProjectFilters):
    kind = Words(words=MilestoneKind.values, label=_("mốc"), method="is_one_of")
    reality = Words(words=Reality.values, label=_("kế hoạch hay thực tế"), method="is_one_of")


class SourceFilters(NamedFilters):
    kind = Words(words=SourceKind.values, label=_("loại nguồn"), method="is_one_of")
    publisher = Known(model=Source, column="publisher", or_none=True, label=_("nơi công bố"), method="is_one_of")
    published_after = IsoDay(label=_("công bố từ ngày"), method="published_from")
    published_before = IsoDay(label=_("công bố đến ngày"), method="published_until")

    def published_from(self, queryset, name, value):
        return queryset.filter(published_latest__gte=value)

    def published_until(self, queryset, name, value):
        return queryset.filter(published_latest__lte=value)


class StatementFilters(RecordFilters):
    ORDERS = {**RECORD_ORDERS, "code": BY_NUMBER}

    reference = Several(label=_("số hiệu"), method="is_one_of")
    source = Codes(model=Source, label=_("nguồn"), method="is_code_of")
    subject_kind = Words(words=SubjectKind.values, label=_("loại đối tượng"), method="is_one_of")
    project = Codes(model=Project, label=_("dự án"), method="is_code_of")
    investor = Codes(model=Investor, label=_("nhà đầu tư"), method="is_code_of")
    zone = Codes(model=Zone, label=_("khu công nghiệp"), method="is_code_of")
    country = Codes(model=Country, label=_("quốc gia"), method="is_code_of")
    attribute = Several(label=_("nội dung"), method="is_one_of")
    kind = Words(words=StatementKind.values, label=_("loại"), method="is_one_of")
    review = Words(words=Review.values, label=_("xem xét"), method="is_one_of")
    conflicts = Yes(label=_("đang mâu thuẫn"), method="in_conflict")

    def in_conflict(self, queryset, name, value):
        if "conflicts" not in self.data:
            return queryset
        standing = Conflict.objects.standing().filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")))
        return queryset.filter(Exists(standing) if value else ~Exists(standing))


class PolicyFilters(NamedFilters):
    reality = Words(words=Reality.values, label=_("kế hoạch hay thực tế"), method="is_one_of")
    source = Codes(model=Source, label=_("nguồn"), method="is_code_of")


class EngagementFilters(PolicyFilters):
    kind = Words(words=EngagementKind.values, label=_("loại"), method="is_one_of")
    project = Codes(model=Project, label=_("dự án"), method="is_code_of")
    investor = Codes(model=Investor, label=_("nhà đầu tư"), method="is_code_of")


class OpportunityFilters(NamedFilters):
    kind = Words(words=OpportunityKind.values, label=_("loại"), method="is_one_of")
    zone = Codes(model=Zone, label=_("khu công nghiệp"), method="is_code_of")
