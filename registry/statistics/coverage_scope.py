"""Of which province a stated figure speaks: one of the two before 1 July 2025, or both together."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.models import Statement
from registry.vocabulary.statement import SubjectKind
from registry.vocabulary.zone import MERGED_ON, FormerProvince

# The province before the merger that a place's code means; a place that is not here is both together.
FORMER = {"27-2025": FormerProvince.BAC_NINH, "24-2025": FormerProvince.BAC_GIANG}
IN_PROVINCE = "_in_province"

BEFORE_MERGER = _("Thời gian này có phần trước ngày sáp nhập 01/07/2025: sổ đăng ký cộng cả hai tỉnh cũ.")
AFTER_MERGER = _("Sau ngày sáp nhập 01/07/2025: sổ đăng ký tính phần thuộc tỉnh cũ.")
BY_LEAD = _("Theo nước đăng ký của nhà đầu tư chính.")
SOMEWHERE = _("Nguồn không nói rõ tại tỉnh hay cả nước.")


def with_places_of_source(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """With ``of_<province>``: whether its source speaks of that old province. What a source says of a country in "the
    province" is of the one that it speaks of."""
    told = Statement.objects.filter(source=OuterRef("source"), subject_kind=SubjectKind.PLACE)
    return statements.annotate(**{
        f"of_{word.name.lower()}": Exists(told.filter(place__code=code)) for code, word in FORMER.items()
    })


def province_of(statement: Statement, day: date) -> str:
    """The word of the old province, empty for both together; ``statement`` is one of ``with_places_of_source``.

    A country's figure of a day before the merger is of old Bắc Ninh, unless its source speaks of old Bắc Giang alone.
    """
    if statement.subject_kind == SubjectKind.PLACE:
        return FORMER.get(statement.place.code, "")
    if day >= MERGED_ON:
        return ""
    alone = statement.of_bac_giang and not statement.of_bac_ninh
    return FormerProvince.BAC_GIANG if alone else FormerProvince.BAC_NINH


def scope_differs(statement: Statement, province: str, first: date | None, day: date) -> list:
    """What a reader must know of the two scopes; empty where they are the same."""
    if statement.subject_kind == SubjectKind.COUNTRY:
        return [BY_LEAD] if statement.attribute.endswith(IN_PROVINCE) else [SOMEWHERE, BY_LEAD]
    if province:
        return [AFTER_MERGER] if day >= MERGED_ON else []
    return [BEFORE_MERGER] if (first or day) < MERGED_ON else []
