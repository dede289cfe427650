"""Many reports at once, for imports: accepted with one act, and taken away again."""

from collections.abc import Mapping, Sequence

from registry.models import CapitalEntry, OperatingReport
from registry.models.rows import update_rows
from registry.vocabulary.change import Verb
from registry.vocabulary.report import ReportState

from .bulk import touch_many
from .capital_many import enter_many
from .payload import state_of
from .report import OwnReport, entry_of
from .two_persons import check_second_person
from .writing import Writing


def check_not_own(*, act: Writing, reports: Sequence[OperatingReport]) -> None:
    """Raises OwnReport where the user of this act has edited a report that waits, since the import made it. One query
    for each that was edited."""
    for report in reports:
        if report.state == ReportState.WAITING and report.version > 1:
            check_second_person(act=act, record=report, refusal=OwnReport)


def accept_many(*, act: Writing, reports: Sequence[OperatingReport]) -> None:
    """Accept the reports that still wait, in their order, each with its project and source fetched; their projects
    move on. See ``check_not_own`` for the second person. Raises what the ledger raises; nothing is written then."""
    waiting = [report for report in reports if report.state == ReportState.WAITING]
    entries = {report.pk: entry_of(report) for report in waiting if report.realised_usd}
    enter_many(act=act, entries=list(entries.values()))
    _move(act, waiting, ReportState.ACCEPTED, entries)
    touch_many(act=act, records={entry.project for entry in entries.values()})


def withdraw_many(*, act: Writing, reports: Sequence[OperatingReport]) -> None:
    """Take reports away, accepted or not; the caller reverses their entries."""
    _move(act, reports, ReportState.WITHDRAWN, {})


def _move(act: Writing, reports: Sequence[OperatingReport], state: str, entries: Mapping[int, CapitalEntry]) -> None:
    for report in reports:
        before = state_of(report)
        report.state, report.entry = state.value, entries.get(report.pk)
        report.version, report.updated_at = report.version + 1, act.at
        act.append(kind=report.KIND, code=report.code, verb=Verb.UPDATED, feed_verb="", before=before,
                   after=state_of(report))
    update_rows(reports, ("state", "entry", "version", "updated_at"))
