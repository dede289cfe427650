"""What made a published table another: entries that came late, and projects that stand elsewhere now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from registry.models import CapitalEntry, ProjectAsKnown
from registry.models.capital import CapitalEntryQuerySet, end_of_day
from registry.models.rows import in_chunks
from registry.vocabulary.capital import REGISTERED, STARTING, Basis, CapitalKind
from registry.vocabulary.published import Asked, FigureKind

from .as_known import (
    OF_INVESTORS,
    Known,
    bought,
    column_of,
    flow_column_of,
    holders_of,
    key_of,
    of_scope,
    ranged,
)
from .groups import TIMES

Cells = frozenset[tuple[str, str]]  # row and column


@dataclass(frozen=True)
class LateEntry:
    """An entry that the table did not have. ``keys`` are the rows in which it counts, by share several; ``columns``
    the money columns, of a form any. ``in_period`` is False of a reversal that only undoes what was counted there."""

    entry: CapitalEntry
    keys: tuple[str | None, ...]
    columns: tuple[str, ...]
    in_period: bool = True


@dataclass(frozen=True)
class LateRecord:
    """Another record that a form did not have as it is now: a certificate, a report, a typed figure, the end of a
    project. ``recorded_at`` is when it was last changed."""

    kind: str
    code: str
    project: int | None
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    recorded_at: datetime


@dataclass(frozen=True)
class Moved:
    """A project that stands elsewhere now than the table had it, or of a purchase the buyer. ``why`` are columns of
    ``ProjectAsKnown``."""

    project: int | None
    entry: str | None
    was: tuple[str | None, ...]
    now: tuple[str | None, ...]
    why: tuple[str, ...]


def late_entries(asked: Asked, then: Known, entries: CapitalEntryQuerySet) -> CapitalEntryQuerySet:
    """Those that the table did not have, in the order of their recording."""
    since = Q(pk__gt=then.last_entry)
    if asked.known_on:
        since |= Q(recorded_at__gte=end_of_day(asked.known_on))
    return entries.filter(since).select_related(
        "project", "enterprise", "certificate", "source", "reverses").order_by("pk")


def late_in_cells(
    entries: Iterable[CapitalEntry], own_cells: Callable[[CapitalEntry], set], undone_cells: Callable, differing: Cells,
) -> Iterable[LateEntry]:
    """Late entries of a form with those of the differing cells in which each counts, or undoes what was counted."""
    for entry in entries:
        own = own_cells(entry) & differing
        undone = undone_cells(entry) & differing if entry.reverses else set()
        if cells := own | undone:
            yield LateEntry(entry, *apart(cells), in_period=bool(own))


def apart(cells: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rows and columns, each once."""
    rows, columns = zip(*sorted(cells), strict=True)
    return tuple(dict.fromkeys(rows)), tuple(sorted(set(columns)))


def late_of(asked: Asked, then: Known, now: Known) -> Iterable[LateEntry]:
    """Of a table by a group, in the order of their recording."""
    entries = late_entries(asked, then, of_scope(asked, now, CapitalEntry.objects.all())).annotate(key=key_of(asked))
    within = ranged(asked, entries)
    buyers = {pk: key for key, pk, *_rest in bought(asked, now, within)}
    shared = _shares(within) if asked.basis == Basis.SHARE and asked.by in OF_INVESTORS else {}
    for entry in within:
        yield LateEntry(entry, _keys(asked, entry, buyers, shared), _columns(asked, entry))
    if asked.kind == FigureKind.FLOWS:
        counted = ranged(asked, CapitalEntry.objects.filter(pk__lte=then.last_entry)).values("pk")
        outside = entries.filter(reverses__in=counted).exclude(pk__in=within.values("pk"))
        buyers = {pk: key for key, pk, *_rest in bought(asked, now, outside)}
        for entry in outside:
            yield LateEntry(entry, _keys(asked, entry, buyers, {}), (), in_period=False)


def _shares(entries: CapitalEntryQuerySet) -> dict[int, str | None]:
    return dict(entries.exclude(counts_as=CapitalKind.SHARE_PURCHASE).values_list("pk", "own__shares"))


def _keys(asked: Asked, entry: CapitalEntry, buyers: dict, shared: dict) -> tuple[str | None, ...]:
    if entry.pk in buyers:
        return (buyers[entry.pk],)
    if asked.by in TIMES and entry.key:
        return (TIMES[asked.by](entry.counts_on.replace(day=1)),)
    if entry.pk in shared:
        held = [key for key, _share in holders_of(asked, shared[entry.pk])]
        # A project counts under its lead, whatever the shares.
        return tuple(dict.fromkeys([*held, *([entry.key] if entry.counts_as in STARTING else [])]))
    return (entry.key,)


def _columns(asked: Asked, entry: CapitalEntry) -> tuple[str, ...]:
    if asked.kind == FigureKind.FLOWS:
        return f"{flow_column_of(entry.counts_as)}_usd", "total_usd"
    if entry.counts_as in REGISTERED:
        return ("registered_usd", "confirmed_usd") if entry.confirmed_usd else ("registered_usd",)
    return ("realised_usd" if entry.counts_as == CapitalKind.DISBURSEMENT else "share_purchase_usd",)


def moved_of(asked: Asked, then: Known, now: Known) -> Iterable[Moved]:
    """Projects with entries in the table that stand elsewhere now, in the order of their keys; then purchases."""
    by_time = asked.by in TIMES
    columns = [] if by_time else [column_of(asked)]
    if asked.kind == FigureKind.CAPITAL and not by_time:
        columns.append("ended_on")
    if asked.basis == Basis.SHARE and asked.by in OF_INVESTORS:
        columns.append("shares")
    if asked.former_province or asked.registrar:
        columns += ["is_public", *(name for name in ("former_province", "registrar") if getattr(asked, name))]
    was = {row.project_id: row for row in ProjectAsKnown.objects.at(then.change).exclude(seq_until=None)}
    for some in in_chunks(sorted(was)):
        present = {row.project_id: row for row in ProjectAsKnown.objects.open().filter(project__in=some)}
        entries = CapitalEntry.objects.filter(pk__lte=then.last_entry, project__in=some)
        begun = set(ranged(asked, entries).order_by().values_list("project_id", flat=True).distinct())
        for project in (key for key in some if key in begun):
            why = tuple(name for name in columns
                        if getattr(was[project], name) != getattr(present.get(project), name, None))
            if why:
                yield Moved(project, None, _stood(asked, was[project]), _stood(asked, present.get(project)), why)
    yield from _buyers_moved(asked, then, now)


def _stood(asked: Asked, row: ProjectAsKnown | None) -> tuple[str | None, ...]:
    if asked.by in TIMES:
        return ()
    if row is None:
        return (None,)
    lead = getattr(row, column_of(asked))
    held = holders_of(asked, row.shares) if asked.basis == Basis.SHARE and asked.by in OF_INVESTORS else []
    return tuple(dict.fromkeys([lead, *(key for key, _share in held)]))


def _buyers_moved(asked: Asked, then: Known, now: Known) -> Iterable[Moved]:
    entries = of_scope(asked, then, ranged(asked, CapitalEntry.objects.filter(pk__lte=then.last_entry)))
    present = {pk: key for key, pk, *_rest in bought(asked, replace(then, stands_at=now.change), entries)}
    found = [(pk, key) for key, pk, *_rest in bought(asked, then, entries) if present.get(pk) != key]
    entries_moved = CapitalEntry.objects.in_bulk([pk for pk, _key in found])
    for pk, key in found:
        entry = entries_moved[pk]
        yield Moved(entry.project_id, entry.code, (key,), (present.get(pk),), ("buyer",))
