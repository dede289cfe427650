"""A table in an office's layout as an Excel file: merged headings, number formats, borders, ready to print on A4."""

from datetime import date, datetime, time
from typing import BinaryIO

from xlsxwriter import Workbook

from .layout import MILLIONS, PERCENT, QUANTITY, TEXT, WHOLE, Cell, Printed, placed

FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
BOXED = {**FONT, "border": 1, "text_wrap": True}
NUMBERS = {MILLIONS: "#,##0.00", WHOLE: "#,##0", QUANTITY: "#,##0.##", PERCENT: "0.0"}
AGENCY = {kind: f'{shown}_);({shown});"-"_)' for kind, shown in NUMBERS.items()}
TYPED = "#FFF2CC"
SIGNING_ROWS = 5
LINE = 16  # points: a program that opens the file does not fit the heights by itself


def write_official(out: BinaryIO, printed: Printed, *, today: date) -> None:
    """One sheet. The same table on the same day gives the same bytes."""
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": printed.title[0], "created": datetime.combine(today, time.min)})
    sheet = book.add_worksheet("Sheet1")
    _set_page(sheet, printed)
    row = _write_head(book, sheet, printed)
    row = _write_headings(book, sheet, printed, row)
    row = _write_rows(book, sheet, printed, row)
    _write_foot(book, sheet, printed, row)
    book.close()


def _set_page(sheet, printed: Printed) -> None:
    for place, width in enumerate(printed.widths):
        sheet.set_column(place, place, width)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.set_footer("&R&P/&N")


def _merged(sheet, row: int, first: int, last: int, text: str, shown) -> None:
    if first == last:
        sheet.write_string(row, first, text, shown)
    else:
        sheet.merge_range(row, first, row, last, "", shown)
        sheet.write_string(row, first, text, shown)


def _write_head(book, sheet, printed: Printed) -> int:
    """The office on the left, the mark of the form on the right, the title below; the row that follows."""
    last, middle = len(printed.widths) - 1, len(printed.widths) // 2
    bold, plain = (book.add_format({**FONT, "align": "center", "bold": is_bold}) for is_bold in (True, False))
    right = book.add_format({**FONT, "align": "center", "italic": True})
    for row, text in enumerate(printed.office):
        _merged(sheet, row, 0, middle - 1, text, bold if row == len(printed.office) - 1 else plain)
    for row, text in enumerate(printed.mark):
        _merged(sheet, row, middle, last, text, bold if row == 0 else right)
    row = max(len(printed.office), len(printed.mark)) + 1
    title = book.add_format({**FONT, "align": "center", "bold": True, "font_size": 14, "text_wrap": True})
    for place, text in enumerate(printed.title):
        _merged(sheet, row, 0, last, text, title if place == 0 else right)
        if place == 0:
            sheet.set_row(row, 22)
        row += 1
    return row + 1


def _write_headings(book, sheet, printed: Printed, top: int) -> int:
    head = book.add_format({**BOXED, "bold": True, "align": "center", "bg_color": "#F2F2F2"})
    for row, column, heading in placed(printed.headings):
        first, last = top + row, top + row + heading.high - 1
        right = column + heading.wide - 1
        if (first, column) == (last, right):
            sheet.write_string(first, column, heading.text, head)
        else:
            sheet.merge_range(first, column, last, right, "", head)
            sheet.write_string(first, column, heading.text, head)
    for row in range(len(printed.headings)):
        widest = max((len(each.text) / (printed.widths[column] * each.wide * each.high)
                      for at, column, each in placed(printed.headings) if at == row), default=1)
        sheet.set_row(top + row, LINE * max(1, int(widest) + 1))
    below = top + len(printed.headings)
    sheet.repeat_rows(top, below - 1)
    sheet.freeze_panes(below, 0)
    return below


def _write_rows(book, sheet, printed: Printed, top: int) -> int:
    formats: dict = {}

    def shown(cell: Cell, place: int, *, bold: bool):
        key = cell.kind, cell.is_typed, cell.indent, bold, isinstance(cell.value, str), place == 0
        if key not in formats:
            numbers = AGENCY if printed.is_agency else NUMBERS
            side = "center" if place == 0 else "left" if cell.kind == TEXT else "right"
            formats[key] = book.add_format({
                **BOXED, "bold": bold, "indent": cell.indent, "align": side,
                **({"num_format": numbers[cell.kind]} if cell.kind != TEXT else {}),
                **({"bg_color": TYPED, "num_format": f'{numbers[cell.kind]}"*"'} if cell.is_typed else {})})
        return formats[key]

    for number, row in enumerate(printed.rows, top):
        sheet.set_row(number, LINE * max(_lines(cell, width) for cell, width in zip(row.cells, printed.widths,
                                                                                    strict=True)))
        for place, cell in enumerate(row.cells):
            if isinstance(cell.value, str):
                sheet.write_string(number, place, cell.value, shown(cell, place, bold=row.is_head))
            elif cell.value is None:
                sheet.write_blank(number, place, None, shown(cell, place, bold=row.is_head))
            else:
                sheet.write_number(number, place, cell.number, shown(cell, place, bold=row.is_head))
    return top + len(printed.rows)


def _lines(cell: Cell, width: int) -> int:
    """Over how many lines the words of a cell go."""
    return 1 + len(cell.value) // (width - 2 * cell.indent) if isinstance(cell.value, str) else 1


def _write_foot(book, sheet, printed: Printed, row: int) -> None:
    last = len(printed.widths) - 1
    note = book.add_format({**FONT, "font_size": 10, "italic": True, "text_wrap": True, "valign": "top"})
    row += 1
    for text in printed.notes:
        _merged(sheet, row, 0, last, text, note)
        sheet.set_row(row, 15 * (1 + len(text) // max(1, sum(printed.widths))))
        row += 1
    row += 1
    bold, plain = (book.add_format({**FONT, "align": "center", "bold": is_bold, "italic": not is_bold})
                   for is_bold in (True, False))
    share = len(printed.widths) // max(1, len(printed.signatures))
    for place, (title, hint) in enumerate(printed.signatures):
        first = place * share
        end = last if place == len(printed.signatures) - 1 else first + share - 1
        for line, text in enumerate(title.split("\n")):
            _merged(sheet, row + line, first, end, text, plain if line == 0 and "\n" in title else bold)
        _merged(sheet, row + 2, first, end, hint, plain)
    if printed.signatures:
        sheet.set_row(row + 2 + SIGNING_ROWS, 15)
