"""Tables below a form: what belongs to a record, to read and to go on from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from registry.models.account import may
from registry.vocabulary.role import Deed

from .address import address_of

ENOUGH = 25


@dataclass(frozen=True)
class Button:
    """A way on; ``deed`` is what somebody must be allowed to do to be shown it."""

    label: str
    url: str
    deed: str = Deed.LOOK


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table; a link where it has an address. ``folded`` are lines that open on a click.
    """

    text: str
    url: str = ""
    folded: Sequence[str] = ()


@dataclass(frozen=True)
class Row:
    """``note`` says what became of it; ``buttons`` lead on."""

    cells: Sequence[Cell]
    note: str = ""
    buttons: Sequence[Button] = ()


@dataclass(frozen=True)
class Panel:
    """``numbers`` are the places of the columns that hold numbers. ``works`` begin another row. ``more`` leads to
    the rest where there are more rows than are shown; ``note`` stands above them."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    empty: str
    numbers: Sequence[int] = ()
    works: Sequence[Button] = ()
    more: Button | None = None
    note: str = ""

    def for_user(self, user) -> "Panel":
        """The panel with the buttons that somebody may use."""
        rows = [replace(row, buttons=open_to(user, row.buttons)) if row.buttons else row for row in self.rows]
        return replace(self, works=open_to(user, self.works), rows=rows)

    @property
    def has_buttons(self) -> bool:
        return any(row.buttons for row in self.rows)

    def lined_up(self) -> list[tuple[str, bool]]:
        """Each heading, and whether its column holds numbers."""
        return [(column, place in self.numbers) for place, column in enumerate(self.columns)]

    def lines(self) -> list[tuple[Row, list[tuple[Cell, str, bool]]]]:
        """Each row with its cells, their headings, and whether they are numbers."""
        return [
            (row, [(cell, self.columns[place], place in self.numbers) for place, cell in enumerate(row.cells)])
            for row in self.rows
        ]


def shortened(rows, *, url: str) -> tuple[list, Button | None]:
    """The first rows of a set, and the way to all of them where there are more. One query."""
    found = list(rows[: ENOUGH + 1])
    return found[:ENOUGH], Button(_("Xem tất cả"), url) if len(found) > ENOUGH else None


def link(record, text=None) -> Cell:
    """A cell that leads to a record's form; empty for None."""
    return Cell("") if record is None else Cell(str(text or record), address_of(record))


def buttons_of(model_admin, record, *names: str) -> list[Button]:
    """The pages of work on offer for a record: those named, all where none is."""
    works = (work() for work in model_admin.works if not names or work.name in names)
    return [Button(work.title, address_of(record, work.name), work.deed) for work in works
            if work.has_button and work.offered(record)]


def open_to(user, buttons: Sequence[Button]) -> list[Button]:
    """The buttons that somebody may use."""
    return [button for button in buttons if may(user, button.deed)]
