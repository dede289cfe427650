"""The list that officers keep, one row a project, as bytes of a workbook."""

import io
from collections.abc import Iterable
from datetime import date

from openpyxl import Workbook

HEADING = ("STT", "Tên dự án", "Nhà đầu tư", "Quốc tịch", "Mã số dự án", "Ngày cấp", "Điều chỉnh lần cuối",
           "Vốn đăng ký (USD)", "Vốn đăng ký (VND)", "KCN", "Ngành", "Diện tích (ha)", "Tên doanh nghiệp", "Mã số thuế")
ROWS = (
    (1, "Nhà máy Một", "ABC Electronics; Công ty Hai", "Hàn Quốc", 5421840814, date(2020, 1, 2), "tháng 3/2022",
     1_000_000.5, 24_000_000_000, "Yên Phong II-C", "26", 3.5, "Công ty TNHH Một", None),
    (2, "Nhà máy Hai", "Ông Kim", "Nhật Bản", "0123456789", "31/12/2021", None, "1.234.567,89", None,
     "Khu công nghiệp Quế Võ II", "Công nghiệp chế biến, chế tạo", "1.234,5", None, None),
    (3, "Nhà máy Ba", "ABC Electronics", "Hàn Quốc", "0123456780", "cuối năm 2021", None, "1,6 tỷ USD", None,
     "Ngoài KCN", None, None, "Công ty TNHH Một", None),
)


def sheet_of(rows: Iterable[Iterable], *, heading: Iterable | None = HEADING, change=None) -> bytes:
    """A workbook with these rows; ``change(sheet)`` alters it."""
    book = Workbook()
    sheet = book.active
    for row in ([heading] if heading else []) + list(rows):
        sheet.append(list(row))
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def officers_list(change=None) -> bytes:
    return sheet_of(ROWS, change=change)


def row(**changes) -> tuple:
    """The first row with other values, by place: ``row(c1="…")`` is its second cell."""
    cells = list(ROWS[0])
    for name, value in changes.items():
        cells[int(name.removeprefix("c"))] = value
    return tuple(cells)
