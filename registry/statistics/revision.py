"""What has become of a published table: cell by cell beside the same table of now, with what made each difference."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q

from registry.models import CapitalEntry, ProjectAsKnown, PublishedFigure
from registry.models.capital import CapitalEntryQuerySet, end_of_day
from registry.models.rows import in_chunks
from registry.vocabulary.capital import REGISTERED, STARTING, Basis, CapitalKind
from registry.vocabulary.published import NUMBERS, Asked, FigureKind

from .as_known import (
    OF_INVESTORS,
    Known,
    Numbers,
    added_up,
    bought,
    column_of,
    flow_column_of,
    holders_of,
    key_of,
    known_at,
    known_now,
    of_scope,
    ranged,
    rows_of,
)
from .groups import TIMES, Names
from .published import names_at, rows_in

Number = int | Decimal


@dataclass(frozen=True)
class Cell:
    """A number of one column that is another now. What was entered since and what was classified otherwise since
    add up to the difference."""

    column: str
    published: Number
    now: Number
    by_entries: Number
    by_classification: Number

    @property
    def difference(self) -> Number:
        return self.now - self.published


@dataclass(frozen=True)
class LateEntry:
    """An entry that the table did not have. ``keys`` are the rows in which it counts, by share several; ``columns``
    the money columns. ``in_period`` is False of a reversal that only undoes what was counted there."""

    entry: CapitalEntry
    keys: tuple[str | None, ...]
    columns: tuple[str, ...]
    in_period: bool = True


@dataclass(frozen=True)
class Moved:
    """A project that stands elsewhere now than the table had it, or of a purchase the buyer. ``why`` are columns of
    ``ProjectAsKnown``."""

    project: int | None
    entry: str | None
    was: tuple[str | None, ...]
    now: tuple[str | None, ...]
    why: tuple[str, ...]


@dataclass(frozen=True)
class RevisedRow:
    """A row of which a cell differs, with what made it so."""

    key: str | None
    names: Names
    cells: tuple[Cell, ...]
    late: tuple[LateEntry, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Revision:
    """All that differs at change ``change``; no rows where nothing does. ``total`` are the cells of the total."""

    change: int
    rows: tuple[RevisedRow, ...]
    total: tuple[Cell, ...]
    late: tuple[LateEntry, ...]
    moved: tuple[Moved, ...]


def revision_of(figure: PublishedFigure) -> Revision:
    """The table as published against the same parameters now, all that is known by now. A fixed number of queries, and
    of what was classified otherwise two more for every 500 projects."""
    asked, then, now = figure.asked, known_at(figure.change), known_now()
    published = {key: numbers_of(asked, row) for key, row in rows_in(figure.table).items()}
    same_entries = rows_of(asked, replace(then, stands_at=now.change))
    present = rows_of(asked.as_known_today(), now)
    late, moved = list(_late(asked, then, now)), list(_moved(asked, then, now))
    names = {key: (row["name"], row["name_en"]) for key, row in rows_in(figure.table).items()}
    differing = {key: cells for key in {*published, *same_entries, *present} if (cells := _cells(
        asked, published.get(key, {}), same_entries.get(key, {}), present.get(key, {})))}
    called = names_at(asked.by, [key for key in differing if key is not None and key not in names], now.change)
    rows = [RevisedRow(
        key=key, names=names.get(key) or called.get(key, (key, key)), cells=cells,
        late=tuple(each for each in late if key in each.keys),
        moved=tuple(each for each in moved if key in each.was or key in each.now),
    ) for key, cells in differing.items()]
    rows.sort(key=lambda row: (row.key is None, row.key or ""))
    totals = [added_up(asked, each) for each in (published, same_entries, present)]
    return Revision(change=now.change, rows=tuple(rows), total=_cells(asked, *totals), late=tuple(late),
                    moved=tuple(moved))


def numbers_of(asked: Asked, row: dict) -> Numbers:
    """The numbers of a row of plain data."""
    return {name: Decimal(row[name]) if name.endswith("_usd") else row[name] for name in NUMBERS[asked.kind]}


def _cells(asked: Asked, published: Numbers, same_entries: Numbers, now: Numbers) -> tuple[Cell, ...]:
    cells = []
    for name in NUMBERS[asked.kind]:
        was, between, present = (row.get(name, 0) for row in (published, same_entries, now))
        if (was, was) != (between, present):
            cells.append(Cell(name, was, present, present - between, between - was))
    return tuple(cells)


def _late(asked: Asked, then: Known, now: Known) -> Iterable[LateEntry]:
    """In the order of their recording."""
    since = Q(pk__gt=then.last_entry)
    if asked.known_on:
        since |= Q(recorded_at__gte=end_of_day(asked.known_on))
    entries = of_scope(asked, now, CapitalEntry.objects.filter(since)).annotate(key=key_of(asked)).select_related(
        "project", "enterprise", "certificate", "source").order_by("pk")
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
        return ("registered_usd", "confirmed_usd") if entry.confirmed else ("registered_usd",)
    return ("realised_usd" if entry.counts_as == CapitalKind.DISBURSEMENT else "share_purchase_usd",)


def _moved(asked: Asked, then: Known, now: Known) -> Iterable[Moved]:
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
