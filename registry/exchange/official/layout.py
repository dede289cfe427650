"""A table as an office prints it: heading lines, column headings that span, typed cells, notes, who signs.

The words are the form's, in Vietnamese whoever reads it. What a cell holds is exact; how many places are printed is
its kind's.
"""

from dataclasses import dataclass, field
from decimal import Decimal

# What a cell holds: words, millions of dollars (the value is in dollars), a count, a quantity, a percentage.
TEXT, MILLIONS, WHOLE, QUANTITY, PERCENT = "text", "millions", "whole", "quantity", "percent"
PLACES = {MILLIONS: 2, WHOLE: 0, QUANTITY: 2, PERCENT: 1}
MILLION = Decimal(1_000_000)
NOT_APPLICABLE = "N/A"


@dataclass(frozen=True)
class Heading:
    """A column heading that spans ``wide`` columns and ``high`` rows of headings."""

    text: str
    wide: int = 1
    high: int = 1


@dataclass(frozen=True)
class Cell:
    """``value`` None is blank: not collected. ``is_typed``: an officer wrote it in place of what the register
    computes. ``url`` leads to the rows that make it, on pages alone."""

    value: str | int | Decimal | None
    kind: str = TEXT
    is_typed: bool = False
    indent: int = 0
    url: str = ""

    @property
    def number(self) -> Decimal | int | None:
        """The value in the unit that is printed; None for a blank and for words."""
        if self.value is None or isinstance(self.value, str):
            return None
        return self.value / MILLION if self.kind == MILLIONS else self.value


@dataclass(frozen=True)
class Row:
    """``is_head``: a section or a total, printed bold."""

    cells: tuple[Cell, ...]
    is_head: bool = False


@dataclass(frozen=True)
class Printed:
    """A whole table. ``name`` begins the name of its file; ``widths`` are those of the columns in characters;
    ``headings`` are rows of headings, each from the left over what the rows above leave free. ``is_agency``: negative
    amounts stand in brackets and a zero is a dash."""

    name: str
    office: tuple[str, ...]
    mark: tuple[str, ...]
    title: tuple[str, ...]
    widths: tuple[int, ...]
    headings: tuple[tuple[Heading, ...], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    signatures: tuple[tuple[str, str], ...] = field(default=())
    is_agency: bool = False


def placed(headings: tuple[tuple[Heading, ...], ...]) -> list[tuple[int, int, Heading]]:
    """Each heading with its row and its column."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, line in enumerate(headings):
        column = 0
        for heading in line:
            while (row, column) in taken:
                column += 1
            found.append((row, column, heading))
            taken |= {(row + down, column + right) for down in range(heading.high) for right in range(heading.wide)}
    return found
