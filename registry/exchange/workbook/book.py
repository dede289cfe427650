"""Read an .xlsx or a .csv file into its one sheet."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from io import BytesIO, TextIOWrapper
from tempfile import TemporaryDirectory

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from registry.vocabulary.formula import unmarked

from .guard import MEGABYTE, MOST_BYTES, check_kind, checked_copy, part_of_sheet
from .refused import WorkbookRefused
from .scan import MOST_TEXT, SheetScan
from .sheet import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Sheet, address, clean_text, exact_number

ZIP_BEGINS, OTHER_BEGINS = b"PK\x03\x04", (b"%pdf", b"{\\rtf", b"<html", b"<!doctype", b"<?xml", b"\x1f\x8b")
DELIMITERS = ",;\t"
LONGEST_FIELD = 131_072  # of a CSV, in characters; who reads packages and dumps in this process allows more


def read_workbook(data: bytes, name: str) -> Sheet:
    """The one sheet of a file that holds data. What it is, is told by its content; a ``name`` that ends .xlsx must
    keep its word.

    Raises WorkbookRefused, whatever the file is.
    """
    if len(data) > MOST_BYTES:
        raise WorkbookRefused("file-too-large", size=len(data) // MEGABYTE, most=MOST_BYTES // MEGABYTE)
    beginning = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not beginning:
        raise WorkbookRefused("file-empty")
    check_kind(data[:8], BytesIO(data))
    if data.startswith(ZIP_BEGINS):
        return _read_xlsx(data)
    if not name.lower().endswith((".csv", ".txt", ".tsv")) or beginning.lower().startswith(OTHER_BEGINS):
        raise WorkbookRefused("not-a-workbook")
    return _read_csv(data, name)


def _read_xlsx(data: bytes) -> Sheet:
    with TemporaryDirectory() as folder:
        path = f"{folder}/checked.xlsx"
        with open(path, "wb") as out:
            scans = checked_copy(BytesIO(data), out)
        try:
            with CalamineWorkbook.from_path(path) as book:
                sheet = _only_sheet(book)
                return _typed(sheet, scans.get(part_of_sheet(path, sheet.name)) or SheetScan())
        except (WorkbookRefused, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # where the parser panics it raises what is no Exception
            raise WorkbookRefused("damaged", what=str(error)[:100]) from error


def _only_sheet(book: CalamineWorkbook) -> CalamineSheet:
    visible = [number for number, about in enumerate(book.sheets_metadata)
               if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet]
    sheets = [sheet for number in visible if (sheet := book.get_sheet_by_index(number)).height]
    if len(sheets) > 1:
        raise WorkbookRefused("several-sheets", sheets=", ".join(f"“{sheet.name}”" for sheet in sheets))
    if not sheets:
        raise WorkbookRefused("no-sheet")
    return sheets[0]


def _typed(sheet: CalamineSheet, scan: SheetScan) -> Sheet:
    rows: list[list] = []
    known: dict[str, str | None] = {}
    width = sheet.end[1] + 1
    for number, row in enumerate(sheet.iter_rows()):  # all rows, but no columns before the first that is used
        left = width - len(row)
        cells = [_typed_cell(value, number, left + place, known) for place, value in enumerate(row)]
        rows.append([None] * left + cells)
    merged = tuple((first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, rows, scan.broken, merged)


def _typed_cell(value, row: int, column: int, known: dict):
    if isinstance(value, str):
        if not value:
            return None
        if value not in known:
            if "\0" in value:
                raise WorkbookRefused("has-nul", what=address(row, column))
            known[value] = clean_text(value)
        return known[value]
    return exact_number(value) if isinstance(value, float) else value


def _read_csv(data: bytes, name: str) -> Sheet:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise WorkbookRefused("utf-16")
    if b"\0" in data:
        raise WorkbookRefused("has-nul", what=name)
    csv.field_size_limit(LONGEST_FIELD)
    try:
        text = TextIOWrapper(BytesIO(data), encoding="utf-8-sig", newline="")
        first = text.readline(1 << 20)
        text.seek(0)
        delimiter = max(DELIMITERS, key=lambda sign: (_outside_quotes(first, sign), -DELIMITERS.index(sign)))
        return Sheet(name, _csv_rows(csv.reader(text, delimiter=delimiter, strict=True)), plain=True)
    except UnicodeDecodeError as error:
        line = error.object[:error.start].count(b"\n") + 1 if len(error.object) == len(data) else _bad_line(data)
        raise WorkbookRefused("not-utf-8", line=line) from error


def _bad_line(data: bytes) -> int:
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _csv_rows(reader: Iterable[list[str]]) -> list[list]:
    rows: list[list] = []
    known: dict[str, str | None] = {}
    cells = width = length = 0
    try:
        for row in reader:
            width, cells = max(width, len(row)), cells + len(row)
            length += sum(map(len, row))
            _check_size(width, len(rows), cells, length)
            for text in row:
                if text not in known:
                    known[text] = clean_text(unmarked(text))
            rows.append([known[text] for text in row])
    except csv.Error as error:
        raise WorkbookRefused("csv-broken", line=reader.line_num) from error
    if not any(any(row) for row in rows):
        raise WorkbookRefused("no-sheet")
    if len(rows) * width > MOST_CELLS:
        raise WorkbookRefused("too-many-cells", most=MOST_CELLS)
    return [row + [None] * (width - len(row)) for row in rows]


def _check_size(width: int, rows: int, cells: int, length: int) -> None:
    if width > MOST_COLUMNS:
        raise WorkbookRefused("too-many-columns", count=width, most=MOST_COLUMNS)
    if rows >= MOST_ROWS:
        raise WorkbookRefused("too-many-rows", most=MOST_ROWS)
    if cells > MOST_CELLS:
        raise WorkbookRefused("too-many-cells", most=MOST_CELLS)
    if length > MOST_TEXT:
        raise WorkbookRefused("too-much-text", most=MOST_TEXT // 1_000_000)
