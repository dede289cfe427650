"""The folder that ``bench/make_dataset.py`` writes, read row by row: headings, cells, and what is wrong with them."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import PLAIN_DECIMAL, from_hundredths, to_hundredths
from registry.vocabulary.period import FIRST_YEAR, LAST_YEAR

Value = TypeVar("Value")
Row = dict[str, str]
# Told of every file: its name, the rows read so far, and the rows that it has.
Tell = Callable[[str, int, int], None]

COUNTRIES, SECTORS, ZONES, SOURCES = "countries.csv", "sectors.csv", "zones.csv", "sources.csv"
INVESTORS, PROJECTS, STAKES = "investors.csv", "projects.csv", "project_investors.csv"
EVENTS = "capital_events.csv"

# What the loader reads; a file may have more columns.
COLUMNS = {
    COUNTRIES: ("code", "name_vi", "name_en"),
    SECTORS: ("code", "section", "name_vi", "name_en"),
    ZONES: ("id", "code", "name", "name_en", "former_province", "established_on", "area_ha", "leasable_ha", "lat",
            "lon"),
    SOURCES: ("id", "kind", "number", "title", "publisher", "issued_on", "url"),
    INVESTORS: ("id", "code", "name", "name_native", "kind", "country_code"),
    PROJECTS: ("id", "code", "name", "name_en", "enterprise_name", "zone_id", "sector_code", "status", "form",
               "licensed_on", "expires_on", "terminated_on", "registered_capital_usd", "land_area_ha",
               "planned_workers", "address", "objective", "source_id"),
    STAKES: ("project_id", "investor_id", "position", "share_percent"),
    EVENTS: ("id", "project_id", "kind", "amount_usd", "currency", "amount", "usd_rate", "decided_on", "recorded_at",
             "investor_id", "source_id", "corrects_id", "note"),
}
TOLD_EVERY = 1000
LARGEST_AREA_HA = 10**8
WHOLE = re.compile(r"[0-9]{1,18}")


class FileMissing(RuleBroken):
    code = "file-missing"
    message = _("Thư mục %(folder)s không có tệp %(file)s. Hãy tạo bộ số liệu bằng bench/make_dataset.py "
                "rồi nạp lại; chưa có gì được ghi.")


class ColumnMissing(RuleBroken):
    code = "column-missing"
    message = _("%(file)s thiếu cột %(columns)s. Hãy tạo lại bộ số liệu bằng bench/make_dataset.py rồi nạp lại; "
                "chưa có gì được ghi.")


class BrokenLine(RuleBroken):
    """A row that breaks a rule, which is the cause of this error."""

    code = "broken-line"
    message = _("%(file)s, dòng %(line)s (%(row)s): %(problem)s Hãy sửa dòng đó hoặc tạo lại bộ số liệu bằng "
                "bench/make_dataset.py rồi nạp lại; chưa có gì được ghi.")


class UnreadableLine(RuleBroken):
    code = "unreadable-line"
    message = _("không đọc được: phải là CSV mã hóa UTF-8, không có ký tự NUL, mỗi dòng đủ số ô của dòng tiêu đề.")


class UnfitValue(RuleBroken):
    code = "unfit-value"
    message = _("cột %(column)s ghi “%(value)s”, phải là %(expected)s.")


class UnknownReference(RuleBroken):
    code = "unknown-reference"
    message = _("cột %(column)s ghi “%(value)s”, không có bản ghi nào như vậy.")


class UsedTwice(RuleBroken):
    code = "used-twice"
    message = _("cột %(column)s ghi “%(value)s”, đã dùng cho một bản ghi khác trong tệp hoặc trong sổ đăng ký.")


class Folder:
    """The files of one data set. Raises FileMissing or ColumnMissing at once."""

    def __init__(self, path: Path, tell: Tell):
        self.path, self.tell = Path(path), tell
        self.rows = {}
        for file, columns in COLUMNS.items():
            if not (self.path / file).is_file():
                raise FileMissing(folder=self.path.name, file=file)
            headings = self._headings(file)
            missing = [column for column in columns if column not in headings]
            if missing:
                raise ColumnMissing(file=file, columns=", ".join(missing))
            # Only for the progress bar: a cell may hold a line end.
            self.rows[file] = sum(chunk.count(b"\n") for chunk in self._chunks(file)) - 1

    def each(self, file: str, take: Callable[[Row], object], *, quietly: bool = False) -> int:
        """Hand every row of the file to ``take``; return how many there were.

        Raises BrokenLine, which names the file, the line and the row's id, for any rule that a row breaks.
        """
        reader = csv.DictReader(self._lines(file), strict=True)
        row, read = {}, 0
        try:
            for row in reader:
                if None in row or None in row.values():
                    raise UnreadableLine()
                take(row)
                read += 1
                if not quietly and read % TOLD_EVERY == 0:
                    self.tell(file, read, self.rows[file])
        except (csv.Error, UnicodeDecodeError) as error:
            # The row at hand is still the one before.
            raise BrokenLine(file=file, line=reader.line_num + 1, row="–", problem=UnreadableLine()) from error
        except RuleBroken as error:
            raise BrokenLine(file=file, line=reader.line_num, row=_name_of(row), problem=error) from error
        if not quietly and (read % TOLD_EVERY or not read):
            self.tell(file, read, read)
        return read

    def _headings(self, file: str) -> list[str]:
        with open(self.path / file, encoding="utf-8-sig", errors="replace") as lines:
            return lines.readline().strip().split(",")

    def _lines(self, file: str) -> Iterator[str]:
        with open(self.path / file, encoding="utf-8-sig", newline="") as lines:
            for line in lines:
                if "\0" in line:
                    raise csv.Error("NUL")
                yield line

    def _chunks(self, file: str) -> Iterator[bytes]:
        with open(self.path / file, "rb") as data:
            while chunk := data.read(1 << 20):
                yield chunk


def _name_of(row: Row) -> str:
    key = next((key for key in ("id", "project_id", "code") if key in row), None)
    return f"{key} {row[key]}" if key else "–"


def whole(row: Row, column: str) -> int:
    if not WHOLE.fullmatch(row[column]):
        raise UnfitValue(column=column, value=row[column], expected=_("số nguyên không âm"))
    return int(row[column])


def decimal(row: Row, column: str) -> Decimal:
    if not PLAIN_DECIMAL.fullmatch(row[column]):
        raise UnfitValue(column=column, value=row[column], expected=_("một số, dấu chấm thập phân"))
    return Decimal(row[column])


def hundredths(row: Row, column: str) -> Decimal:
    """An amount or a percentage, with exactly two decimals. Raises what to_hundredths raises, too."""
    return from_hundredths(to_hundredths(decimal(row, column)))


def hectares(row: Row, column: str) -> Decimal:
    """An area with the four places of its column, as it will be read again."""
    stated = decimal(row, column)
    if not 0 <= stated < LARGEST_AREA_HA or stated != round(stated, 4):
        raise UnfitValue(column=column, value=row[column], expected=_("diện tích không âm, nhiều nhất bốn chữ số lẻ"))
    return stated.quantize(Decimal("0.0001"))


def day(row: Row, column: str) -> date:
    return _calendar(date.fromisoformat, row, column, _("một ngày có thật, như 2023-10-21"))


def moment(row: Row, column: str) -> datetime:
    """A moment with its time zone, as UTC."""
    expected = _("một thời điểm có múi giờ, như 2023-10-21T09:30:00Z")
    stated = _calendar(datetime.fromisoformat, row, column, expected)
    if stated.tzinfo is None:
        raise UnfitValue(column=column, value=row[column], expected=expected)
    return stated.astimezone(UTC)


def _calendar(read: Callable[[str], Value], row: Row, column: str, expected) -> Value:
    try:
        stated = read(row[column])
    except ValueError:
        stated = None
    if stated is None or not FIRST_YEAR <= stated.year <= LAST_YEAR:
        raise UnfitValue(column=column, value=row[column], expected=expected)
    return stated


def by_value(choices: type[TextChoices]) -> dict[str, str]:
    """The words of a list, for ``word``."""
    return {value: value for value in choices.values}


def word(row: Row, column: str, words: Mapping[str, Value]) -> Value:
    """What the cell's word stands for."""
    if row[column] not in words:
        raise UnfitValue(column=column, value=row[column], expected=" / ".join(words))
    return words[row[column]]


def shaped(row: Row, column: str, shape: re.Pattern) -> str:
    if not shape.fullmatch(row[column]):
        raise UnfitValue(column=column, value=row[column], expected=shape.pattern)
    return row[column]


def found(row: Row, column: str, known: Mapping[str, Value]) -> Value:
    """The record that the cell names. Raises UnknownReference."""
    if row[column] not in known:
        raise UnknownReference(column=column, value=row[column])
    return known[row[column]]


def unless_empty(read: Callable, row: Row, column: str, *more):
    """What ``read`` makes of the cell, None where it is empty."""
    return read(row, column, *more) if row[column] else None


def once(row: Row, column: str, taken) -> str:
    """The cell, which no other row and no record of the register has. Raises UsedTwice."""
    if row[column] in taken:
        raise UsedTwice(column=column, value=row[column])
    return row[column]
