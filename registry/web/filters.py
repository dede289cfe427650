"""What each list filters by: one definition a noun, for its API list, its page and its files."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q
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
from registry.vocabulary.zone import FormerProvince, ObservationKind, ZoneKind

from .order import BY_NUMBER, BY_RANK, NAMED_ORDERS, RECORD_ORDERS, Order, words
from .parameters import Codes, Known, Moment, Parameters, Search, Several, Text, Whole, Words, Yes


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

    def changed_after(self, queryset, name, value):
        return queryset.filter(updated_at__gt=value)

    def is_one_of(self, queryset, name, value):
        """A filter whose name is the column's."""
        return queryset.filter(**{f"{name}__in": value})

    def is_code_of(self, queryset, name, value):
        """A filter whose name is a foreign key's, by the other record's code."""
        return queryset.filter(**{f"{name}__code__in": value})

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


class InvestorFilters(NamedFilters):
    country = Codes(model=Country, label=_("nước đăng ký"), method="is_code_of")
    parent_country = Codes(model=Country, label=_("nước của công ty mẹ"), method="is_code_of")
    parent = Codes(model=Investor, label=_("công ty mẹ"), method="belongs_to")

    def belongs_to(self, queryset, name, value):
        """Whose parent is a natural person is not told, as in the document."""
        return queryset.filter(parent__code__in=value, parent__kind=InvestorKind.ORGANISATION)


class EnterpriseFilters(NamedFilters):
    tax_code = Known(model=Enterprise, column="tax_code", label=_("mã số thuế"), method="is_one_of")


class ZoneFilters(NamedFilters):
    kind = Words(words=ZoneKind.values, label=_("loại"), method="is_one_of")
    parent = Codes(model=Zone, label=_("thuộc khu"), method="is_code_of")
    former_province = Words(words=FormerProvince.values, label=_("tỉnh cũ"), method="is_one_of")


class ZoneObservationFilters(RecordFilters):
    zone = Codes(model=Zone, label=_("khu công nghiệp"), method="is_code_of")
    place = Codes(model=AdministrativeUnit, label=_("địa bàn"), method="is_code_of")
    attribute = Words(words=ObservationKind.values, label=_("nội dung"), method="is_one_of")
    source = Codes(model=Source, label=_("nguồn"), method="is_code_of")


class SectorFilters(NamedFilters):
    vsic_version = Words(words=["2018", "2025"], label=_("phiên bản VSIC"), method="is_one_of")
    section = Known(model=Sector, column="section", label=_("mục"), method="is_one_of")
    level = Words(words=["1", "2"], label=_("cấp"), method="is_one_of")


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
