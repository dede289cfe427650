"""What each investor paid in, as a quarterly report states it: it adds up to what both sides together paid in."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from registry.models import Investor, OperatingReport
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import format_bare
from registry.vocabulary.report import CONTRIBUTED, HOME, Contribution


class NoSuchContributor(RuleBroken):
    code = "no-such-contributor"
    message = _("Sổ đăng ký không có nhà đầu tư mã “%(code)s”. Hãy ghi mã như trong hồ sơ dự án.")


class ContributorTwice(RuleBroken):
    code = "contributor-twice"
    message = _("Nhà đầu tư %(code)s có hai dòng. Hãy gộp thành một dòng.")


class NothingContributed(RuleBroken):
    code = "nothing-contributed"
    message = _("Nhà đầu tư %(code)s chưa có số tiền nào. Hãy ghi số tiền, hoặc bỏ nhà đầu tư ấy.")


class SideNotKnown(RuleBroken):
    code = "side-not-known"
    message = _("Chưa rõ nước đăng ký của nhà đầu tư %(code)s nên không biết vốn góp thuộc phía Việt Nam hay nước "
                "ngoài. Hãy ghi nước trong hồ sơ nhà đầu tư, hoặc ghi rõ vốn góp của cả hai phía.")


class ContributionsDiffer(RuleBroken):
    code = "contributions-differ"
    message = _("%(label)s ghi %(stated)s USD, nhưng các nhà đầu tư cộng lại góp %(sum)s USD. Hãy sửa số sai, hoặc để "
                "trống tổng.")


def contributors_of(contributions: Iterable[Contribution]) -> dict[str, Investor]:
    """The investors that these name, by code. One query, none where nobody is named."""
    codes = {each.investor for each in contributions}
    found = Investor.objects.filter(code__in=codes).select_related("country") if codes else ()
    return {each.code: each for each in found}


def settle_contributions(report: OperatingReport, investors: Mapping[str, Investor]) -> None:
    """Give each side the sum of its investors where the report does not state it. ``investors`` by code, with their
    countries.

    Raises NoSuchContributor, ContributorTwice, NothingContributed, SideNotKnown, ContributionsDiffer.
    """
    contributions = report.contributed
    if not contributions:
        return
    _check_each(contributions, investors)
    sides = [side_of(investors[each.investor]) for each in contributions]
    if None in sides:
        _check_whole(report, contributions, sides)
        return
    for side in CONTRIBUTED:
        paid = sum((each.usd for each, its in zip(contributions, sides, strict=True) if its == side), Decimal(0))
        stated = getattr(report, side)
        if stated is None:
            setattr(report, side, paid)
        elif stated != paid:
            raise _differ(side, stated, paid)


def _check_each(contributions: list[Contribution], investors: Mapping[str, Investor]) -> None:
    seen = set()
    for each in contributions:
        if each.investor not in investors:
            raise NoSuchContributor(code=each.investor, field="contributions")
        if each.investor in seen:
            raise ContributorTwice(code=each.investor, field="contributions")
        if not each.amounts:
            raise NothingContributed(code=each.investor, field="contributions")
        seen.add(each.investor)


def side_of(investor: Investor) -> str | None:
    """The column of a report that has what it paid in; None where its country is not known."""
    if investor.country is None:
        return None
    return CONTRIBUTED[0] if investor.country.code == HOME else CONTRIBUTED[1]


def _check_whole(report: OperatingReport, contributions: list[Contribution], sides: list[str | None]) -> None:
    """Where an investor's side is not known, both sides together are what all paid in."""
    stated = [getattr(report, side) for side in CONTRIBUTED]
    if None in stated:
        raise SideNotKnown(code=contributions[sides.index(None)].investor, field="contributions")
    paid = sum((each.usd for each in contributions), Decimal(0))
    if sum(stated) != paid:
        raise _differ(CONTRIBUTED[1], sum(stated), paid)


def _differ(side: str, stated: Decimal, paid: Decimal) -> ContributionsDiffer:
    label = OperatingReport._meta.get_field(side).verbose_name
    return ContributionsDiffer(label=label, stated=format_bare(stated), sum=format_bare(paid), field="contributions")
