"""What has become of a published table: cell by cell beside the same table of now, with what made each difference."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from registry.models import PublishedFigure
from registry.models.capital import ZERO
from registry.vocabulary.a_iv_1 import FormColumn
from registry.vocabulary.published import NUMBERS, SHEETS, Asked, FigureKind, is_count

from .a_iv_1 import published_form
from .a_iv_1_parts import RECEIVED
from .a_iv_1_reports import OF_REPORTS
from .as_known import Known, Rows, added_up, known_at, known_now
from .causes import Cells, LateEntry, LateRecord, Moved, late_of, moved_of
from .causes_a_iv_1 import Causes
from .causes_agency import late_of_agency, late_of_heading, moved_of_agency
from .groups import Names
from .published import form_numbers, frozen_rows, line_names, names_at, rows_in

Number = int | Decimal | None


@dataclass(frozen=True)
class Cell:
    """A number of one column that is another now; None is blank. What was recorded since and what was classified
    otherwise since add up to the difference. Counts are int, amounts Decimal, also where they are zero.
    ``is_withheld``: only officers are told what it is now."""

    column: str
    published: Number
    now: Number
    by_entries: int | Decimal
    by_classification: int | Decimal
    is_withheld: bool = False

    @property
    def difference(self) -> int | Decimal:
        return self.by_entries + self.by_classification


@dataclass(frozen=True)
class RevisedRow:
    """A row of which a cell differs, with what made it so."""

    key: str | None
    names: Names
    cells: tuple[Cell, ...]
    late: tuple[LateEntry, ...]
    moved: tuple[Moved, ...]
    records: tuple[LateRecord, ...] = ()


@dataclass(frozen=True)
class Revision:
    """All that differs at change ``change``; no rows where nothing does. ``total`` are the cells of the total, none of
    a form. ``records`` are what besides entries made a form another."""

    change: int
    rows: tuple[RevisedRow, ...]
    total: tuple[Cell, ...]
    late: tuple[LateEntry, ...]
    moved: tuple[Moved, ...]
    records: tuple[LateRecord, ...] = ()


def revision_of(figure: PublishedFigure) -> Revision:
    """The table as published against the same parameters now, all that is known by now. A fixed number of queries, and
    of what was classified otherwise, and of other records, some more for every 500."""
    asked, then, now = figure.asked, known_at(figure.change), known_now()
    published = {key: numbers_of(asked, row) for key, row in rows_in(figure.table).items()}
    same_entries = frozen_rows(asked, replace(then, stands_at=now.change))
    present, withheld = _present(figure, now)
    differing = {key: cells for key in {*published, *same_entries, *present} if (cells := _cells(
        asked, key, *(rows.get(key, {}) for rows in (published, same_entries, present)),
        withheld={column for row, column in withheld if row == key}))}
    late, moved, records = _causes(asked, then, now, differing)
    names = _names(figure, differing, now)
    is_sheet = asked.kind in SHEETS
    order = {key: place for place, key in enumerate(published)}
    rows = [RevisedRow(
        key=key, names=names.get(key, (key, key)), cells=cells,
        late=tuple(each for each in late if key in each.keys),
        moved=tuple(each for each in moved if is_sheet or key in each.was or key in each.now),
        records=tuple(each for each in records if key in each.keys),
    ) for key, cells in differing.items()]
    rows.sort(key=lambda row: order[row.key] if is_sheet else (row.key is None, row.key or ""))
    total = () if is_sheet else _cells(
        asked, None, *(added_up(asked, each) for each in (published, same_entries, present)))
    return Revision(change=now.change, rows=tuple(rows), total=total, late=tuple(late), moved=tuple(moved),
                    records=tuple(records))


def _present(figure: PublishedFigure, now: Known) -> tuple[Rows, Cells]:
    """The table of now, and of A.IV.1 the cells of which only officers are told: what may not be read of today's form
    either, and every sum of reports, for what it differs by tells the late one."""
    asked = figure.asked.as_known_today()
    if asked.kind != FigureKind.A_IV_1:
        return frozen_rows(asked, now), frozenset()
    form = published_form(asked, now)
    typed = {(row["key"], column) for row in figure.table["rows"] for column in row["typed"]}
    typed |= {(row.line.key, column) for row in form.rows for column, cell in row.figures.items()
              if cell.typed is not None}
    told_to_officers = {(key, column) for key in (*OF_REPORTS, *RECEIVED) for column in FormColumn.values}
    return form_numbers(form), frozenset(typed | told_to_officers)


def _names(figure: PublishedFigure, differing: Mapping, now: Known) -> dict[str | None, Names]:
    """As they were published; of what is new as it is called now."""
    asked = figure.asked
    if asked.kind in SHEETS:
        return {key: line_names(asked.kind, key) for key in differing}
    names = {key: (row["name"], row["name_en"]) for key, row in rows_in(figure.table).items()}
    new = [key for key in differing if key is not None and key not in names]
    return names_at(asked.by, new, now.change, as_printed=asked.kind == FigureKind.AGENCY) | names


def numbers_of(asked: Asked, row: dict) -> dict[str, Number]:
    """The numbers of a row of plain data."""
    return {name: Decimal(row[name]) if isinstance(row[name], str) else row[name] for name in NUMBERS[asked.kind]}


def _cells(asked: Asked, key: str | None, published: Mapping, same_entries: Mapping, now: Mapping,
           withheld: Collection[str] = ()) -> tuple[Cell, ...]:
    """Of one row, or of the total, whose key is None as that of what is not stated."""
    cells = []
    for name in NUMBERS[asked.kind]:
        zero = 0 if is_count(asked.kind, key, name) else ZERO
        nothing = None if asked.kind in SHEETS else zero
        was, between, present = (row.get(name, nothing) for row in (published, same_entries, now))
        if (was, was) != (between, present):
            entered, stood = (present or zero) - (between or zero), (between or zero) - (was or zero)
            cells.append(Cell(name, was, present, entered, stood, is_withheld=name in withheld))
    return tuple(cells)


def _causes(
    asked: Asked, then: Known, now: Known, differing: Mapping[str | None, tuple[Cell, ...]],
) -> tuple[list[LateEntry], list[Moved], list[LateRecord]]:
    """Late entries, projects that moved, and of A.IV.1 the other records that were changed."""
    cells = frozenset((key, cell.column) for key, of in differing.items() for cell in of)
    if asked.kind == FigureKind.A_IV_1:
        causes = Causes(asked, then, now, cells)
        return list(causes.entries()), list(causes.moved()), causes.records()
    if asked.kind == FigureKind.HEADING:
        return list(late_of_heading(asked, then, cells)), moved_of_agency(asked, then, now), []
    if asked.kind == FigureKind.AGENCY:
        return late_of_agency(asked, then, now), moved_of_agency(asked, then, now), []
    return list(late_of(asked, then, now)), list(moved_of(asked, then, now)), []
