"""How fast a file is imported: the preview, the batch, and its publication, beside reading plus plain ``bulk_create``.

    DATABASE_URL=… .venv/bin/python bench/import_speed.py [--rows 5000] [--entries 20000]

Works in a register of its own: it refuses one that has projects besides those it made. Everything is rolled back at
the end. Prints seconds, rows a second, peak memory of the process, and the ratio to the plain way in the same run.
"""

import argparse
import io
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import django
from xlsxwriter import Workbook

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bacninh_fdi.settings")
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from registry.actions import batch
from registry.actions.writing import writing
from registry.exchange.imports.preview import preview_file
from registry.exchange.reference import load_reference
from registry.models import CapitalEntry, Project, Source
from registry.vocabulary.change import Door

FIRST = date(2010, 1, 1)
PROJECTS = ("Tên dự án", "Nhà đầu tư", "Quốc tịch", "Mã số dự án", "Ngày cấp", "Điều chỉnh lần cuối",
            "Vốn đăng ký (USD)", "Vốn đăng ký (VND)", "KCN", "Ngành", "Diện tích (ha)", "Tên doanh nghiệp", "Địa chỉ")
ENTRIES = ("project.code", "kind", "amount_usd", "decided_on", "note")
ZONES = ("KCN Tiên Sơn", "KCN Quang Châu", "KCN Vân Trung", "Yên Phong II-C")
COUNTRIES = ("Hàn Quốc", "Nhật Bản", "Trung Quốc", "Singapore")


def workbook(heading, rows) -> bytes:
    out = io.BytesIO()
    book = Workbook(out, {"constant_memory": True, "default_date_format": "dd/mm/yyyy", "remove_timezone": True})
    sheet = book.add_worksheet()
    for number, cells in enumerate((heading, *rows)):
        sheet.write_row(number, 0, cells)
    book.close()
    return out.getvalue()


def projects(count: int) -> bytes:
    return workbook(PROJECTS, (
        (f"Dự án thử SYN{number:05}", f"Nhà đầu tư SYN{number % 1500:04} Co., Ltd.", COUNTRIES[number % 4],
         f"SYN{number:07}", FIRST + timedelta(days=number % 5000), "quý I/2024", 1_000_000.25 + number,
         24_000_000_000 + number, ZONES[number % 4], "26", 1.5 + number % 90, f"Công ty TNHH SYN{number % 4000:04}",
         f"Lô {number}") for number in range(count)))


def entries(codes: list[str], count: int) -> bytes:
    return workbook(ENTRIES, (
        (codes[number % len(codes)], ("increase", "increase", "disbursement", "decrease")[number // len(codes) % 4],
         (1000 + number) * (-1 if number // len(codes) % 4 == 3 else 1), FIRST + timedelta(days=5000 + number % 300),
         f"SYN{number}") for number in range(count)))


def plain_projects(data: bytes) -> None:
    """What reading and writing cost without any rule: no lookups, no checks, no history."""
    rows = iter(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:])
    now = timezone.now()
    Project.objects.bulk_create([
        Project(code=f"P-{row[3]}", name=row[0], irc_code=f"P-{row[3]}", address=row[12],
                land_area_ha=Decimal(str(row[10])), status="not_started", updated_at=now) for row in rows
    ], batch_size=500)


def plain_entries(data: bytes) -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    keys = dict(Project.objects.values_list("code", "pk"))
    source, now = Source.objects.first(), timezone.now()
    CapitalEntry.objects.bulk_create([
        CapitalEntry(code=f"P-{number}", number=number, project_id=keys[row[0]], kind=row[1], counts_as=row[1],
                     amount_usd=Decimal(str(row[2])), counts_on=row[3], decided_earliest=row[3], decided_latest=row[3],
                     recorded_at=now, updated_at=now, source=source, note=row[4]) for number, row in enumerate(rows)
    ], batch_size=500)


def peak() -> float:
    """The most memory that the process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def timed(what: str, rows: int, do: Callable, plain: float | None = None):
    started = time.perf_counter()
    result = do()
    seconds = time.perf_counter() - started
    ratio = f"{seconds / plain:6.2f} × reading + bulk_create" if plain else ""
    print(f"{what:34} {seconds:7.2f} s {rows / seconds:9.0f} rows/s {peak():6.0f} MB  {ratio}")
    return result, seconds


def rolled_back(do: Callable) -> Callable:
    def done():
        with transaction.atomic():
            do()
            transaction.set_rollback(True)
    return done


def imported(name: str, table: str, data: bytes, rows: int, plain: float) -> None:
    now = timezone.now()

    def look():
        return preview_file(data, f"{name}.xlsx", table, now=now)

    preview, _seconds = timed(f"{name}: preview", rows, look, plain)
    if preview.problems:
        sys.exit("\n".join(str(problem) for problem in preview.problems[:5]))

    def apply():
        with writing(by="bench", reason="bench", door=Door.SHELL) as act:
            return batch.apply(act=act, preview=preview)

    def publish():
        with writing(by="bench", reason="bench", door=Door.SHELL) as act:
            return batch.publish(act=act, batch=made)

    made, _seconds = timed(f"{name}: apply, in review", rows, apply, plain)
    timed(f"{name}: publish", rows, publish, plain)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--entries", type=int, default=20_000)
    asked = parser.parse_args()
    call_command("migrate", verbosity=0, interactive=False)
    if Project.objects.exists():
        sys.exit("bench/import_speed.py wants a register without projects: name another DATABASE_URL.")
    print(f"{connection.vendor}, {settings.DATABASES['default']['NAME']}")
    with transaction.atomic():
        with writing(by="bench", reason="bench", door=Door.LOADER) as act:
            load_reference(act)
        data = projects(asked.rows)
        _none, plain = timed("projects: reading + bulk_create", asked.rows, rolled_back(lambda: plain_projects(data)))
        imported("projects", "projects", data, asked.rows, plain)
        codes = list(Project.objects.order_by("pk").values_list("code", flat=True))
        data = entries(codes, asked.entries)
        _none, plain = timed("entries: reading + bulk_create", asked.entries, rolled_back(lambda: plain_entries(data)))
        imported("entries", "capital-entries", data, asked.entries, plain)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
