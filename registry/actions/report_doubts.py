"""What is hard to believe in a company's report: it is taken, and whoever reads it is told."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from registry.models import OperatingReport
from registry.models.capital import MEASURES
from registry.vocabulary.money import format_bare
from registry.vocabulary.report import Quarter

# Realised capital may pass what is registered a little, while an amendment is on its way.
MOST_OF_REGISTERED = Decimal("1.5")


def doubts_of(report: OperatingReport) -> list[str]:
    """As ``doubts``, beside the register. Two queries."""
    others = OperatingReport.objects.standing().filter(project=report.project).exclude(pk=report.pk)
    registered = report.project.entries.filter(MEASURES["registered_usd"]).total_usd()
    return doubts(report, registered=registered, others=others)


def doubts(report: OperatingReport, *, registered: Decimal, others: Iterable[OperatingReport]) -> list[str]:
    """What does not go with the registered capital of its project (none: nothing to compare), and with the ``others``
    that stand for earlier quarters."""
    told = []
    realised = report.realised_usd if report.realised_since_usd is None else report.realised_since_usd
    if registered and realised is not None and realised > registered * MOST_OF_REGISTERED:
        told.append(_("Vốn thực hiện %(realised)s USD lớn hơn nhiều vốn đăng ký %(registered)s USD. Hãy xem lại đơn vị "
                      "và số.") % {"realised": format_bare(realised), "registered": format_bare(registered)})
    before = last_before(report, others)
    if before and report.realised_since_usd is not None and report.realised_since_usd < before.realised_since_usd:
        told.append(_("Lũy kế từ khi cấp %(since)s USD nhỏ hơn lũy kế của %(quarter)s (%(before)s USD, %(code)s). Hãy "
                      "hỏi lại công ty.") % {
            "since": format_bare(report.realised_since_usd), "before": format_bare(before.realised_since_usd),
            "quarter": before.of_quarter, "code": before.code})
    return told


def last_before(report: OperatingReport, others: Iterable[OperatingReport]) -> OperatingReport | None:
    """The report of the latest earlier quarter that states a cumulative total; None where none does."""
    earlier = [each for each in others if each.realised_since_usd is not None
               and _order(each.of_quarter) < _order(report.of_quarter)]
    return max(earlier, key=lambda each: _order(each.of_quarter), default=None)


def _order(quarter: Quarter) -> tuple[int, int]:
    return quarter.year, quarter.number
