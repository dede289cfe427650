"""Companies' reports: the disbursement of each accepted one, and the conflict of each that differs."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from registry.actions.contribution import contributors_of, settle_contributions
from registry.models import Conflict, OperatingReport
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.statement import ConflictState

from .problem import CHUNK, Problem


def disbursements() -> Iterator[Problem]:
    """The entry of an accepted report is a disbursement of its project, of its amount and quarter, that stands.

    That there is one, and none of any other report, is a constraint of the table.
    """
    rows = OperatingReport.objects.filter(entry__isnull=False).order_by("pk")
    for report in rows.select_related("project", "entry__reversed_by").iterator(chunk_size=CHUNK):
        for what in _wrong_with(report):
            yield Problem(report.KIND, report.code, str(what))


def differences() -> Iterator[Problem]:
    """A report whose cumulative total is not the ledger's has a conflict, settled only by an officer; no other report
    has one that stands."""
    differing = OperatingReport.objects.differing()
    seen = Conflict.objects.exclude(state=ConflictState.RESOLVED).filter(report=OuterRef("pk"))
    for code in differing.filter(~Exists(seen)).order_by("pk").values_list("code", flat=True):
        yield Problem(OperatingReport.KIND, code, str(_("số lũy kế khác sổ vốn, nhưng không có mâu thuẫn nào nêu")))
    ended = Conflict.objects.standing().of_reports().exclude(report__in=differing.values("pk"))
    for conflict in ended.order_by("pk"):
        yield Problem(Conflict.KIND, conflict.code, str(_("báo cáo không khác sổ vốn, nhưng mâu thuẫn chưa đóng")))


def contributions() -> Iterator[Problem]:
    """What each investor paid in names investors of the register and adds up to what both sides paid in."""
    for report in OperatingReport.objects.standing().exclude(contributions=[]).order_by("pk").iterator(CHUNK):
        try:
            settle_contributions(report, contributors_of(report.contributed))
        except RuleBroken as error:
            yield Problem(report.KIND, report.code, str(error))


def _wrong_with(report: OperatingReport) -> Iterator[str]:
    entry = report.entry
    if (entry.kind, entry.project_id) != (CapitalKind.DISBURSEMENT, report.project_id):
        yield _("bút toán %(code)s không phải vốn thực hiện của dự án này") % {"code": entry.code}
    if entry.amount_usd != report.realised_usd:
        yield _("báo cáo %(stated)s USD, nhưng bút toán %(code)s ghi %(posted)s USD") % {
            "stated": report.realised_usd, "code": entry.code, "posted": entry.amount_usd}
    if entry.counts_on not in report.of_quarter.period:
        yield _("bút toán %(code)s không tính vào quý của báo cáo") % {"code": entry.code}
    if getattr(entry, "reversed_by", None):
        yield _("bút toán %(code)s đã bị đảo, dù báo cáo còn được tiếp nhận") % {"code": entry.code}
