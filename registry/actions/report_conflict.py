"""Cumulative totals of companies' reports that are not the ledger's: conflicts that follow the ledger."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from registry.models import Conflict, OperatingReport, Project
from registry.models.rows import in_chunks
from registry.vocabulary.money import format_amount
from registry.vocabulary.statement import STANDING, ConflictState

from .bulk import create_many
from .record import amend
from .writing import Writing


def follow(*, act: Writing, projects: Iterable[Project]) -> None:
    """Let the conflicts of these projects' reports follow the ledger, after its realised capital or the acceptance of
    a report has changed. A difference that nobody has seen, or of other figures than before, is open; one that is no
    more is resolved, unless it was dismissed. A fixed number of queries for each 500 projects, and one for each
    conflict that moves.
    """
    for some in in_chunks({project.pk for project in projects}):
        differing = {report.pk: report for report in OperatingReport.objects.differing().filter(project__in=some)}
        known = set()
        for conflict in Conflict.objects.filter(report__project__in=some).order_by("pk"):
            known.add(conflict.report_id)
            _move(act, conflict, differing.get(conflict.report_id))
        create_many(act=act, seen=Conflict.is_public, records=[
            Conflict(report=report, why=why(report), found_by_rule=True)
            for report in sorted(differing.values(), key=lambda report: report.pk) if report.pk not in known])


def why(report: OperatingReport) -> str:
    """Which cumulative totals differ, and by how much; of a report from ``with_ledger``."""
    totals = ((_("từ đầu năm"), report.realised_year_usd, report.ledger_year_usd),
              (_("từ khi cấp GCNĐKĐT"), report.realised_since_usd, report.ledger_since_usd))
    return " ".join(
        _("Vốn thực hiện lũy kế %(since)s: công ty báo cáo %(stated)s, sổ vốn %(held)s.") % {
            "since": since, "stated": _usd(stated), "held": _usd(held)}
        for since, stated, held in totals if stated is not None and stated != held)


def _move(act: Writing, conflict: Conflict, report: OperatingReport | None) -> None:
    if report is None:
        if conflict.state in STANDING:
            amend(act=act, record=conflict, state=ConflictState.RESOLVED.value,
                  outcome=_("Không còn chênh lệch: sổ vốn đã khớp, hoặc báo cáo đã rút tiếp nhận."))
    elif conflict.state == ConflictState.RESOLVED or conflict.why != why(report):
        amend(act=act, record=conflict, state=ConflictState.OPEN.value, why=why(report), outcome="")


def _usd(amount) -> str:
    return format_amount(amount, "USD", "vi")
