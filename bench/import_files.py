"""The files that bench/import_speed.py imports. Everything in them is invented; codes begin with SYN."""

import io
from collections.abc import Iterable
from datetime import date, timedelta

from xlsxwriter import Workbook

FIRST = date(2010, 1, 1)
PROJECTS = ("Tên dự án", "Nhà đầu tư", "Quốc tịch", "Mã số dự án", "Ngày cấp", "Điều chỉnh lần cuối",
            "Vốn đăng ký (USD)", "Vốn đăng ký (VND)", "KCN", "Ngành", "Diện tích (ha)", "Tên doanh nghiệp", "Địa chỉ")
ENTRIES = ("project.code", "kind", "amount_usd", "decided_on", "note")
ZONES = ("KCN Tiên Sơn", "KCN Quang Châu", "KCN Vân Trung", "KCN Yên Phong II-C")
COUNTRIES = ("Hàn Quốc", "Nhật Bản", "Trung Quốc", "Singapore")
KINDS = ("increase", "increase", "disbursement", "decrease")


def workbook(heading: Iterable, rows: Iterable) -> bytes:
    out = io.BytesIO()
    book = Workbook(out, {"constant_memory": True, "default_date_format": "dd/mm/yyyy", "remove_timezone": True})
    sheet = book.add_worksheet()
    for number, cells in enumerate((heading, *rows)):
        sheet.write_row(number, 0, cells)
    book.close()
    return out.getvalue()


def projects(count: int, first: int = 0) -> bytes:
    """One row a project, as officers keep it: new investors and enterprises, zones and countries by name."""
    return workbook(PROJECTS, (
        (f"Dự án thử SYN{number:05}", f"Nhà đầu tư SYN{number % 1500:04} Co., Ltd.", COUNTRIES[number % 4],
         f"SYN{number:07}", FIRST + timedelta(days=number % 5000), "quý I/2024", 1_000_000.25 + number,
         24_000_000_000 + number, ZONES[number % 4], "26", 1.5 + number % 90, f"Công ty TNHH SYN{number % 4000:04}",
         f"Lô {number}") for number in range(first, first + count)))


def changed_projects(codes: list[str]) -> bytes:
    """The same projects by their codes, each with another address and area."""
    return workbook(("code", "name", "address", "land_area_ha"), (
        (code, f"Dự án thử SYN{number:05}", f"Lô {number} mới", 2.5 + number % 90)
        for number, code in enumerate(codes)))


def entries(codes: list[str], count: int) -> bytes:
    """So many rows of a ledger, the projects in turn."""
    def cells(number: int) -> tuple:
        kind = KINDS[number // len(codes) % 4]
        return (codes[number % len(codes)], kind, (1000 + number) * (-1 if kind == "decrease" else 1),
                FIRST + timedelta(days=5000 + number % 300), f"SYN{number}")
    return workbook(ENTRIES, map(cells, range(count)))
