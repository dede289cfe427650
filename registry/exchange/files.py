"""Whole tables as files: CSV for programs, XLSX for people, JSON as the API says it.

CSV has the API's words as headings and the codes of closed lists; XLSX has headings and words in the reader's
language. Text stays text in both: a cell that begins like a formula is no formula, a negative number stays a number.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import BinaryIO

import orjson
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.formula import marked

from .columns.shape import DAY, MOMENT, NUMBER, TEXT, WHOLE, WORD, YES, Column, Table, value_of

IN_MEMORY = 1_000_000  # bytes; what is longer goes to a temporary file
AT_ONCE = 50  # rows of a CSV; more are looked at one after the other so often that they leave the cache
EMPTY = '""'
QUOTED = re.compile('[",\r\n]')

MOST_ROWS, LONGEST_CELL = 1_048_575, 32_767  # under the heading; in one cell
WIDTHS = {NUMBER: 20, WHOLE: 10, DAY: 12, MOMENT: 18, YES: 8}
TEXT_WIDTH = 28
SHEET_NAME = "Sheet1"  # not a translation: programs look for it
CELL_FORMATS = {NUMBER: "#,##0.00##", WHOLE: "0", DAY: "dd/mm/yyyy", MOMENT: "dd/mm/yyyy hh:mm"}


class TooMuchForExcel(RuleBroken):
    code = "too-much-for-excel"
    message = _("Tệp Excel chỉ chứa được %(rows)s dòng và %(characters)s ký tự mỗi ô; dữ liệu vượt quá ở ô %(cell)s. "
                "Hãy tải CSV hoặc JSON.")


def spool() -> BinaryIO:
    """A file for one answer; whoever sends it closes it."""
    return SpooledTemporaryFile(max_size=IN_MEMORY)


def write_csv(out: BinaryIO, table: Table, rows: Iterable) -> None:
    """UTF-8 with the mark by which Excel knows it. Days in ISO form, moments in UTC, empty for None."""
    out.write(csv_heading(table))
    rows = iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        out.write(csv_lines(table, some))


def csv_heading(table: Table) -> bytes:
    return BOM_UTF8 + _lines([_quoted([column.name]) for column in table.columns])


def csv_lines(table: Table, rows: list) -> bytes:
    """The lines of some rows, best of ``AT_ONCE``."""
    return _lines([_cells(column, rows) for column in table.columns])


def _lines(columns: list[list[str]]) -> bytes:
    """The lines of as many columns; one empty cell alone is in quotes, for it would be no line."""
    if len(columns) == 1:
        columns = [[cell or EMPTY for cell in columns[0]]]
    return ("\r\n".join(map(",".join, zip(*columns, strict=True))) + "\r\n").encode()


def _cells(column: Column, rows: list) -> list[str]:
    """The cells of one column of some rows. A column is looked at as a whole, and cell by cell only where there is
    something to write as text, to mark or to quote: csv.writer looks at every letter, which takes up to twice as
    long."""
    texts = column.values(rows)
    if texts.count(None) == len(texts):
        return [""] * len(texts)
    try:
        "".join(texts)
    except TypeError:
        texts = [value if type(value) is str else "" if value is None else _text(value) for value in texts]
    if column.kind in (TEXT, WORD) and not "".join([text[:1] for text in texts]).isalnum():
        texts = [text and marked(text) for text in texts]
    return _quoted(texts)


def _text(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _quoted(texts: list[str]) -> list[str]:
    """In quotes what would else be taken for more than one cell (RFC 4180)."""
    together = "".join(texts)
    if not ('"' in together or "," in together or "\n" in together or "\r" in together):
        return texts
    return ['"{}"'.format(text.replace('"', '""')) if QUOTED.search(text) else text for text in texts]


def write_xlsx(out: BinaryIO, table: Table, rows: Iterable, *, today: date) -> None:
    """One sheet with a frozen heading, typed cells and columns that can be filtered. The same rows on the same day
    give the same bytes. Raises TooMuchForExcel rather than leave anything out."""
    with TemporaryDirectory() as folder:
        book = Workbook(out, {"constant_memory": True, "tmpdir": folder})
        sheet = book.add_worksheet(SHEET_NAME)
        try:
            _write_sheet(book, sheet, table, rows, today)
            book.close()
        finally:
            # A book that failed would else be written when it is forgotten, from a file that stays open.
            book.fileclosed = True
            sheet.row_data_fh.close()


def _write_sheet(book, sheet, table: Table, rows: Iterable, today: date) -> None:
    book.set_properties({"title": table.name, "created": datetime.combine(today, time.min)})
    formats = {kind: book.add_format({"num_format": shown}) for kind, shown in CELL_FORMATS.items()}
    _write_heading(sheet, table, formats, book.add_format({"bold": True, "text_wrap": True, "bottom": 1}))
    last = 0
    for last, row in enumerate(rows, 1):
        if last > MOST_ROWS:
            raise _too_much(last, 0)
        for place, column in enumerate(table.columns):
            _write_cell(sheet, last, place, column, value_of(column, row), formats)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _write_heading(sheet, table: Table, formats, bold) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, WIDTHS.get(column.kind, TEXT_WIDTH), formats.get(column.kind))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, _heading(column), bold)


def _heading(column: Column) -> str:
    label = str(column.label)
    return label[:1].upper() + label[1:]


def _write_cell(sheet, row: int, place: int, column: Column, value, formats) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, place, value)
        case datetime():
            # Excel knows no time zones: the local time of Asia/Ho_Chi_Minh.
            sheet.write_datetime(row, place, timezone.localtime(value).replace(tzinfo=None), formats[MOMENT])
        case date():
            sheet.write_datetime(row, place, datetime.combine(value, time.min), formats[DAY])
        case int() | Decimal():
            sheet.write_number(row, place, value, formats[column.kind])
        case _:
            text = str(column.words(value).label) if column.words else value
            if len(text) > LONGEST_CELL:
                raise _too_much(row, place)
            sheet.write_string(row, place, text)


def _too_much(row: int, place: int) -> TooMuchForExcel:
    return TooMuchForExcel(rows=MOST_ROWS, characters=LONGEST_CELL, cell=xl_rowcol_to_cell(row, place), field="format")


def write_list_json(out: BinaryIO, documents: Iterable[dict], count: int, **more) -> None:
    """A whole list in the form of the API's pages, of which it is the only one, with what else such a page says."""
    said = b"".join(b'"%b":%b,' % (name.encode(), orjson.dumps(value)) for name, value in more.items())
    out.write(b'{%b"count":%d,"next":null,"results":[' % (said, count))
    for place, document in enumerate(documents):
        out.write(b"," if place else b"")
        out.write(orjson.dumps(document))
    out.write(b"]}")


def write_lines(out: BinaryIO, documents: Iterable[dict]) -> None:
    """Each document on a line of its own (NDJSON)."""
    for document in documents:
        out.write(orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE))


def write_geojson(out: BinaryIO, features: Iterable[dict], count: int) -> None:
    """A feature collection of RFC 7946, with how many features it has."""
    out.write(b'{"type":"FeatureCollection","count":%d,"features":[' % count)
    for place, feature in enumerate(features):
        out.write(b"," if place else b"")
        out.write(orjson.dumps(feature))
    out.write(b"]}")


def write_json(out: BinaryIO, document) -> None:
    out.write(orjson.dumps(document))
