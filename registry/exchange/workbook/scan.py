"""A sheet's XML as it is unpacked: how far its cells reach, and which of them their program could not compute.

The parser keeps a full rectangle of cells and copies a shared text into each cell that names it, so both are counted
before it runs.
"""

import re
from collections import Counter

from .refused import WorkbookRefused
from .sheet import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

MOST_TEXT = 60_000_000  # bytes of all texts
MOST_BROKEN = 10_000
LONGEST_PIECE = 1 << 22
LONGEST_END = 64  # bytes of an end tag with its prefix

# As nearly every program writes a cell: a million of them are looked at in a second.
ANY_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
CELL_BEGINS = tuple(b"<c" + bytes([end]) for end in b" \t\n\r\f\v/>")
FILLED_CELL = re.compile(rb'<c r="([A-Z]{1,8})([0-9]{1,9})"[^>]*(?<!/)>')
EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,8}[0-9]{1,9}"[^>]*/>')
USUAL_SHARED = re.compile(rb' t="s"[^>]*><v>([0-9]{1,12})</v>')
SPECIAL = re.compile(rb"""<(?:[\w.-]+:)?f[\s/>]|\bt\s*=\s*["']e""")
MAY_BE_SPECIAL = (b"<f", b":f", b'"e', b"'e")
SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
MAY_BE_SHARED = (b'"s"', b"'s'")

PREFIX = rb"(?:[\w.-]+:)?"
TAG = re.compile(rb"<" + PREFIX + rb"(row|c)(?=[\s/>])([^>]*)>")
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]*)["']""")
TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
CELL = re.compile(rb"<" + PREFIX + rb"c(?=\s)([^>]*[^>/])>(.*?)</" + PREFIX + rb"c\s*>", re.DOTALL)
FORMULA = re.compile(rb"<" + PREFIX + rb"f[\s/>]")
VALUE = re.compile(rb"<" + PREFIX + rb"v\s*>([^<]*)</")
HAS_VALUE = re.compile(rb"<" + PREFIX + rb"(?:v|is)[\s/>]")
ROW_BEGINS = re.compile(rb"<" + PREFIX + rb"row[\s>]")
TEXT_ENDS = re.compile(rb"</" + PREFIX + rb"si\s*>|<" + PREFIX + rb"si\s*/>")


def column_number(letters: bytes) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number - 1


def cells_begun(seen: bytes, filled: int) -> int:
    """How many cells begin here, of which so many are ``filled``. Counting is many times as fast as a search by
    pattern."""
    if seen.count(b"<c") == filled and b":c" not in seen:  # nothing else begins like a cell
        return filled
    return len(ANY_CELL.findall(seen)) if b":c" in seen else sum(map(seen.count, CELL_BEGINS))


def last_row(seen: bytes) -> int:
    """Where the last row begins, or one of the last where rows are written in several ways; -1 where none does."""
    usual = seen.rfind(b"<row ")
    return usual if usual > 0 else max((found.start() for found in ROW_BEGINS.finditer(seen)), default=-1)


def is_special(seen: bytes) -> bool:
    """Whether there is a formula or an error."""
    return any(sign in seen for sign in MAY_BE_SPECIAL) and SPECIAL.search(seen) is not None


def has_other_shared(seen: bytes, usual: int) -> bool:
    """Whether more cells name a shared text than those that do it as usual."""
    return sum(map(seen.count, MAY_BE_SHARED)) != usual and len(SHARED.findall(seen)) != usual


class SheetScan:
    """Fed with the pieces of one sheet; ``broken`` are its cells without a value, by row and column from zero."""

    def __init__(self):
        self.broken: dict[tuple[int, int], str] = {}
        self.widest = self.lowest = -1
        self.row, self.column = -1, -1
        self.shared: Counter[int] = Counter()
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        seen = self._rest + piece
        begun = last_row(seen)
        if begun < 1 and len(seen) < LONGEST_PIECE:
            self._rest = seen
            return
        cut = begun if begun > 0 else max(seen.rfind(b"<"), 0) or len(seen)
        self._look(seen[:cut])
        self._rest = seen[cut:]

    def check(self, texts: "SharedTexts") -> None:
        """The end of the sheet. Raises WorkbookRefused where its cells are too many or their texts too long."""
        self._look(self._rest)
        self._rest = b""
        if (self.widest + 1) * (self.lowest + 1) > MOST_CELLS:
            raise WorkbookRefused("too-many-cells", most=MOST_CELLS)
        texts.check(self.shared)

    def _look(self, seen: bytes) -> None:
        filled = FILLED_CELL.findall(seen)
        cells = cells_begun(seen, len(filled))
        if len(filled) == cells or len(filled) + len(EMPTY_CELL.findall(seen)) == cells:
            self.widest = max(self.widest, max(map(column_number, {cell[0] for cell in filled}), default=-1))
            self.lowest = max(self.lowest, max(map(int, {cell[1] for cell in filled}), default=0) - 1)
        else:
            for tag, attributes in TAG.findall(seen):
                if tag == b"row":
                    self._begin_row(attributes)
                else:
                    self._take_cell(attributes)
        self._check_reach()
        named = USUAL_SHARED.findall(seen) if any(sign in seen for sign in MAY_BE_SHARED) else []
        self.shared.update(map(int, named))
        if is_special(seen) or has_other_shared(seen, len(named)):
            self.shared.subtract(map(int, named))
            for attributes, inside in CELL.findall(seen):
                self._look_inside(attributes, inside)

    def _begin_row(self, attributes: bytes) -> None:
        place = PLACE.search(attributes)
        self.row = int(place[2][:9]) - 1 if place and place[2] else self.row + 1
        self.column = -1

    def _take_cell(self, attributes: bytes) -> None:
        place = PLACE.search(attributes)
        self.column = column_number(place[1]) if place and place[1] else self.column + 1
        if place and place[2]:
            self.row = int(place[2][:9]) - 1
        if attributes.endswith(b"/"):  # it has a format and no value: the parser leaves it out
            return
        self.widest, self.lowest = max(self.widest, self.column), max(self.lowest, self.row)

    def _check_reach(self) -> None:
        if self.widest >= MOST_COLUMNS:
            raise WorkbookRefused("too-many-columns", count=self.widest + 1, most=MOST_COLUMNS)
        if self.lowest >= MOST_ROWS:
            raise WorkbookRefused("too-many-rows", most=MOST_ROWS)

    def _look_inside(self, attributes: bytes, inside: bytes) -> None:
        kind = TYPE.search(attributes)
        kind = kind[1] if kind else b""
        if kind == b"s":
            value = VALUE.search(inside)
            if value and value[1].strip().isdigit():
                self.shared[int(value[1][:12])] += 1
            return
        if kind == b"e":
            value = VALUE.search(inside)
            self._break(attributes, value[1].decode("ascii", "replace") if value else "")
        elif FORMULA.search(inside):
            value = VALUE.search(inside)
            # A formula may well give an empty text; then it says that it is one.
            if not (value and value[1]) and not (kind == b"str" and HAS_VALUE.search(inside)):
                self._break(attributes, "")

    def _break(self, attributes: bytes, what: str) -> None:
        place = PLACE.search(attributes)
        if place and place[1] and place[2] and len(self.broken) < MOST_BROKEN:
            self.broken[int(place[2][:9]) - 1, column_number(place[1])] = what


class SharedTexts:
    """The texts that cells name by number: their lengths in bytes, an upper bound of what they say."""

    def __init__(self):
        self.lengths: list[int] = []
        self._since, self._tail = 0, b""

    def feed(self, piece: bytes) -> None:
        before, seen = len(self._tail), self._tail + piece
        last = 0
        for found in TEXT_ENDS.finditer(seen):
            self.lengths.append(self._since + found.end() - max(last, before))
            last, self._since = found.end(), 0
        self._since += len(seen) - max(last, before)
        self._tail = seen[max(last, len(seen) - LONGEST_END):]  # an end tag may be cut in two

    def check(self, named: Counter[int]) -> None:
        """Raises WorkbookRefused where a cell names a text that is not there, or all would hold too much together."""
        if named and max(named) >= len(self.lengths):
            raise WorkbookRefused("damaged", what="sharedStrings")
        total = sum(self.lengths[number] * times for number, times in named.items())
        if total > MOST_TEXT:
            raise WorkbookRefused("too-much-text", most=MOST_TEXT // 1_000_000)
