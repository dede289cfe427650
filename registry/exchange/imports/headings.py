"""The heading of a sheet: where it stands, and which column of the table each of its cells names."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registry.exchange.columns.shape import TEXT, Column
from registry.exchange.workbook import Sheet
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.vietnamese import fold

SEARCHED_ROWS = 15  # titles may stand above the heading
SIGNS = re.compile(r"[\W_]+")
NUMBERED = 3  # so many cells of 1, 2, 3 … under a heading number the columns
LANGUAGES = ("vi", "en")


class HeadingsMissing(RuleBroken):
    code = "headings-missing"
    message = _("Tệp thiếu cột bắt buộc: %(missing)s. Hãy thêm cột đó, hoặc dùng tệp mẫu của bảng này.")


class HeadingsUnknown(RuleBroken):
    code = "headings-unknown"
    message = _("Tệp có tiêu đề cột không rõ: %(unknown)s. Hãy sửa theo gợi ý hoặc xóa cột.")


class HeadingTwice(RuleBroken):
    code = "heading-twice"
    message = _("Hai cột cùng nghĩa trong một tệp: %(headings)s. Hãy để lại một cột.")


@dataclass(frozen=True)
class Known:
    """A column that a file may have: the column of the register's own files, where it is one, and other headings."""

    name: str
    label: str
    also: tuple[str, ...] = ()
    column: Column | None = None

    @property
    def kind(self) -> str:
        return self.column.kind if self.column else TEXT

    def headings(self) -> Iterable[str]:
        """The API's word, the label in each language, and what officers call it."""
        yield self.name
        for language in LANGUAGES:
            with translation.override(language):
                yield str(self.label)
        yield from self.also


@dataclass(frozen=True)
class Heading:
    """``places`` finds the column of the sheet by the name of the table's; ``first`` is the first row under the
    heading. ``plain``: the API's words, so that numbers are written as programs do. ``numbered``: a column STT counts
    the rows."""

    places: Mapping[str, int]
    first: int
    plain: bool
    numbered: bool = False


@lru_cache(maxsize=50_000)
def comparable(text: str) -> str:
    """A heading or a name without marks, signs and case: "Vốn đăng ký (USD)" is "von dang ky usd"."""
    return SIGNS.sub(" ", fold(unicodedata.normalize("NFKC", text))).strip()


def find_heading(sheet: Sheet, columns: Iterable[Known], required: Iterable[str]) -> Heading:
    """The heading among the first rows: the one that knows most columns, over one row or two.

    Raises HeadingsMissing, HeadingsUnknown, HeadingTwice.
    """
    columns = list(columns)
    names: dict[str, str] = {}
    for known in columns:
        for heading in known.headings():
            names.setdefault(comparable(heading), known.name)
    best = max(_candidates(sheet), key=lambda found: (_score(found[1], names), -found[0]), default=None)
    if best is None or not _score(best[1], names):
        raise HeadingsMissing(missing=_labels(columns, required))
    last, cells = best
    places = _places(sheet, cells, last, names, columns)
    missing = [name for name in required if name not in places]
    if missing:
        raise HeadingsMissing(missing=_labels(columns, missing))
    plain = all(cells[place][-1] in {known.name for known in columns} for place in places.values())
    first = _first_row(sheet, last + 1)
    return Heading(places, first, plain and sheet.plain, _numbers_rows(sheet, first, places.get("stt")))


def _candidates(sheet: Sheet):
    """Each row as a heading by itself, and with the row below where a merged area ties them; by its last row. A cell
    has its words from above to below."""
    filled = {(row, column): sheet.rows[top][left] for top, left, bottom, right in sheet.merged
              if top < SEARCHED_ROWS + 1
              for row in range(top, bottom + 1) for column in range(left, right + 1) if row < len(sheet.rows)}
    tied = {top for top, _left, bottom, right in sheet.merged} | {
        row for top, _left, bottom, _right in sheet.merged for row in range(top, bottom)}

    def cell(row: int, column: int) -> str:
        value = filled.get((row, column), sheet.rows[row][column])
        return "" if value is None else str(value)

    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        alone = [(cell(row, column),) for column in range(sheet.width)]
        yield row, alone
        if row in tied and row + 1 < len(sheet.rows):
            both = [(cell(row, column), cell(row + 1, column)) for column in range(sheet.width)]
            yield row + 1, [tuple(dict.fromkeys(filter(None, words))) or ("",) for words in both]


def _score(cells: list[tuple[str, ...]], names: Mapping[str, str]) -> int:
    return len({name for words in cells if (name := _name_of(words, names))})


def _name_of(words: tuple[str, ...], names: Mapping[str, str]) -> str | None:
    """By all words together, else by the lowest, else by the highest."""
    for text in (" ".join(words), words[-1], words[0]):
        if (heading := comparable(text)) and (found := names.get(heading)):
            return found
    return None


def _places(sheet: Sheet, cells, last: int, names: Mapping[str, str], columns: list[Known]) -> dict[str, int]:
    places: dict[str, int] = {}
    unknown, twice = [], []
    for place, words in enumerate(cells):
        name = _name_of(words, names)
        shown = " ".join(filter(None, words))
        if name and name in places:
            twice.append(f"“{' '.join(cells[places[name]])}”, “{shown}”")
        elif name:
            places[name] = place
        elif shown or any(row[place] is not None for row in sheet.rows[last + 1:]):
            unknown.append(_hint(shown, names, columns))
    if unknown:
        raise HeadingsUnknown(unknown="; ".join(unknown))
    if twice:
        raise HeadingTwice(headings="; ".join(twice))
    return places


def _hint(shown: str, names: Mapping[str, str], columns: list[Known]) -> str:
    if not shown:
        return str(_("một cột có dữ liệu mà không có tiêu đề"))
    near = difflib.get_close_matches(comparable(shown), names, n=1, cutoff=0.5)
    if not near:
        return f"“{shown}”"
    return str(_("“%(shown)s” (gần nhất: “%(near)s”)") % {
        "shown": shown, "near": _labels(columns, [names[near[0]]])})


def _labels(columns: list[Known], names: Iterable[str]) -> str:
    labels = {known.name: str(known.label) for known in columns}
    return ", ".join(labels[name] for name in names)


def _first_row(sheet: Sheet, row: int) -> int:
    """Past a row that only numbers the columns."""
    if row < len(sheet.rows):
        values = [str(value).strip("()") for value in sheet.rows[row] if value is not None]
        if len(values) >= NUMBERED and values == [str(number) for number in range(1, len(values) + 1)]:
            return row + 1
    return row


def _numbers_rows(sheet: Sheet, first: int, place: int | None) -> bool:
    return place is not None and any(str(row[place])[:1].isdecimal() for row in sheet.rows[first:])
