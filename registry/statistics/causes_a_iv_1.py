"""What made a frozen form A.IV.1 another: entries, certificates, companies' reports, ends of projects, what was typed.

Each cause is told with the cells that it can have changed, of those that did.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from functools import cached_property

from registry.models import (
    CapitalEntry,
    Certificate,
    Change,
    FormFigure,
    OperatingReport,
    Project,
    ProjectAsKnown,
)
from registry.models.rows import in_chunks
from registry.vocabulary.capital import ADJUSTING, REGISTERED, CapitalKind
from registry.vocabulary.certificate import ENDING, CertificateKind
from registry.vocabulary.published import Asked
from registry.vocabulary.report import Quarter, ReportState

from .a_iv_1 import periods_of
from .a_iv_1_known import Knowledge
from .a_iv_1_parts import RECEIVED, reach
from .a_iv_1_reports import OF_REPORTS
from .as_known import Known
from .causes import Cells, LateEntry, LateRecord, Moved, apart, late_entries, late_in_cells
from .log import before_changes

_ENDED = ("ended", "ended_usd", "granted_adjusted", "granted_adjusted_usd")
_SUSPENDED = ("suspended", "suspended_usd")
_GRANTED = {
    CapitalKind.NEW: ("granted_new", "granted_new_usd"), CapitalKind.DISBURSEMENT: ("realised",),
    CapitalKind.SHARE_PURCHASE: ("granted_bought", "granted_bought_usd", "granted_bought_price_usd"),
    **dict.fromkeys(ADJUSTING, ("granted_adjusted", "granted_adjusted_usd")),
}


class Causes:
    """What was recorded after ``then`` and touches ``differing`` cells of the form A.IV.1."""

    def __init__(self, asked: Asked, then: Known, now: Known, differing: Cells):
        self._asked, self._then, self._differing = asked, then, differing
        self._periods = periods_of(asked.quarter)
        self._now = Knowledge.of(now, None, asked.registrar)
        self._was = Knowledge.of(then, asked.known_on, asked.registrar)

    @cached_property
    def _ended(self) -> set[int]:
        """The projects that end in the form's periods, as it was frozen or now. Two queries."""
        ends = reach(self._periods, "ended_on")
        return {project for known in (ProjectAsKnown.objects.at(self._was.records), ProjectAsKnown.objects.open())
                for project in known.filter(**ends).values_list("project", flat=True)}

    @cached_property
    def _suspended(self) -> set[int]:
        """The projects that a paper suspends in the form's periods, as it was frozen or now. Two queries."""
        now = Certificate.objects.filter(kind=CertificateKind.SUSPENSION, **reach(self._periods, "decided_latest"))
        before = before_changes(Certificate, self._was.records).values()
        return {*now.values_list("project", flat=True),
                *(state["project_id"] for state in before if state and state["kind"] == CertificateKind.SUSPENSION)}

    def entries(self) -> Iterable[LateEntry]:
        """In the order of their recording. One query."""
        entries = late_entries(self._asked, self._then, self._now.entries())
        return late_in_cells(entries, self._own, self._undone, self._differing) if self._differing else ()

    def moved(self) -> Iterator[Moved]:
        """Projects with entries in the form's periods that came into its scope or left it."""
        columns = ("is_public", *(("registrar",) if self._asked.registrar else ()))
        reached = reach(self._periods, "counts_on")
        was = {row.project_id: row for row in ProjectAsKnown.objects.at(self._then.change).exclude(seq_until=None)}
        for some in in_chunks(sorted(was) if self._differing else ()):
            now = {row.project_id: row for row in ProjectAsKnown.objects.open().filter(project__in=some)}
            entries = CapitalEntry.objects.filter(project__in=some, **reached).order_by()
            for project in sorted(set(entries.values_list("project", flat=True))):
                before, after = was[project], now.get(project)
                if why := tuple(name for name in columns if getattr(before, name) != getattr(after, name, None)):
                    yield Moved(project, None, (before.registrar,), (after.registrar if after else None,), why)

    def _own(self, entry: CapitalEntry) -> set[tuple[str, str]]:
        cells = self._granted(entry, entry.counts_on) if entry.decided_latest else set()
        if entry.counts_as in REGISTERED:
            cells |= {*self._cells(RECEIVED, entry.certificate and entry.certificate.received_on)}
            if entry.project_id in self._suspended:
                cells |= {("suspended_usd", name) for name, period in self._periods.items()
                          if entry.counts_on <= period.last}
        return cells

    def _undone(self, entry: CapitalEntry) -> set[tuple[str, str]]:
        return self._granted(entry, entry.reverses.counts_on)

    def _granted(self, entry: CapitalEntry, day: date) -> set[tuple[str, str]]:
        """An amendment of a project that ended may be the one that took it to zero."""
        rows = _GRANTED.get(entry.counts_as, ())
        if entry.counts_as in ADJUSTING and entry.project_id in self._ended:
            rows += ("ended_usd",)
        return {*self._cells(rows, day)}

    def records(self) -> list[LateRecord]:
        """By what they are and their codes. Queries: two for each noun, one for every 500 records, and their acts."""
        if not self._differing:
            return []
        found = [*self._certificates(), *self._reports(), *self._typed(), *self._ends()]
        when: dict[tuple[str, str], datetime] = {}
        for some in in_chunks(code for _kind, code, *_rest in found):
            changes = Change.objects.filter(code__in=some).order_by("seq").values_list("kind", "code", "act__at")
            when |= {(kind, code): at for kind, code, at in changes}
        return [LateRecord(kind, code, project, *apart(cells), when[kind, code])
                for kind, code, project, cells in found]

    def _cells(self, keys: Iterable[str], day: date | None) -> Iterator[tuple[str, str]]:
        """These rows in each column that has the day."""
        names = [name for name, period in self._periods.items() if day and day in period]
        return ((key, name) for key in keys for name in names)

    def _changed(self, model) -> Iterator[tuple[str, list[dict]]]:
        """Each record that has changed, by its code, as it was and as it is, where it was and is."""
        since = before_changes(model, self._was.records)
        for some in in_chunks(sorted(since)):
            now = {row["code"]: row for row in model.objects.filter(code__in=some).values()}
            for code in some:
                yield code, [state for state in (since[code], now.get(code)) if state is not None]

    def _certificates(self) -> Iterator[tuple]:
        for code, states in self._changed(Certificate):
            cells = set()
            for state in states:
                cells |= {*self._cells(RECEIVED, _day(state["received_on"]))}
                decided = _day(state["decided_latest"])
                if state["kind"] == CertificateKind.SUSPENSION:
                    cells |= {*self._cells(_SUSPENDED, decided)}
                if state["kind"] in ENDING:
                    cells |= {*self._cells(_ENDED, decided)}
            yield from self._told(Certificate, code, states, cells)

    def _reports(self) -> Iterator[tuple]:
        for code, states in self._changed(OperatingReport):
            cells = set()
            for state in states:
                if state["state"] == ReportState.ACCEPTED:
                    first = Quarter(state["year"], state["quarter"]).period.start
                    cells |= {*self._cells((*OF_REPORTS, "realised"), first)}
            yield from self._told(OperatingReport, code, states, cells)

    def _typed(self) -> Iterator[tuple]:
        quarter = self._asked.quarter
        for code, states in self._changed(FormFigure):
            if Quarter(states[-1]["year"], states[-1]["quarter"]) == quarter:
                yield from self._told(FormFigure, code, states, {(states[-1]["row"], states[-1]["column"])})

    def _ends(self) -> Iterator[tuple]:
        """Projects that have another end now."""
        was = dict(ProjectAsKnown.objects.at(self._was.records).exclude(seq_until=None).values_list(
            "project", "ended_on"))
        for some in in_chunks(sorted(was)):
            now = ProjectAsKnown.objects.open().filter(project__in=some).values_list(
                "project", "project__code", "ended_on")
            for project, code, ended in now:
                if ended != was[project]:
                    cells = {*self._cells(_ENDED, ended), *self._cells(_ENDED, was[project])}
                    yield from self._told(Project, code, [{"project_id": project}], cells)

    def _told(self, model, code: str, states: list[dict], cells: Collection) -> Iterator[tuple]:
        if cells := self._differing.intersection(cells):
            yield model.KIND, code, states[-1].get("project_id"), cells


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
