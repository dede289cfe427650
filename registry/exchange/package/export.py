"""The whole register into a folder: one CSV for each table, the scans, and what describes them.

Everything as it stood at one moment, in constant memory, in a folder beside that is given its name when it is whole.
"""

import csv
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

import orjson
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from registry.exchange import scans
from registry.exchange.moment import one_moment
from registry.models import Register, Source
from registry.vocabulary.errors import RuleBroken

from .cells import writer_of
from .tables import NOT_IN_IT, PackedTable, packed_tables

DESCRIPTOR = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SCANS = "scans"
CHUNK = 1000
SCAN_TABLE = {"fields": [{"name": "sha256", "type": "string"}, {"name": "bytes", "type": "integer"}],
              "primaryKey": ["sha256"]}

Tell = Callable[[str, int], None]


class FolderTaken(RuleBroken):
    code = "folder-taken"
    message = _("Thư mục %(folder)s đã có. Hãy chọn một thư mục mới: gói không ghi đè lên gì cả.")


class FolderUnwritable(RuleBroken):
    code = "folder-unwritable"
    message = _("Không ghi được thư mục %(folder)s (%(problem)s). Hãy chọn một chỗ ghi được và còn đủ dung lượng.")


class NotMigrated(RuleBroken):
    code = "not-migrated"
    message = _("Cơ sở dữ liệu này chưa có các bảng của sổ đăng ký. Hãy kiểm tra DATABASE_URL, hoặc chạy manage.py "
                "migrate trước.")


@dataclass(frozen=True)
class Packed:
    """How many rows each table has, and the scans that the register names but the machine has no longer."""

    rows: dict[str, int]
    scans: int
    scans_missing: list[str]


def export_package(folder: Path, *, at: datetime, tell: Tell = lambda table, rows: None) -> Packed:
    """Write the register into ``folder``, which must not be there yet. Raises NotMigrated, FolderTaken,
    FolderUnwritable."""
    last_migration()
    half = folder.with_name(f".{folder.name}.half-{os.getpid()}")
    try:
        if folder.exists():
            raise FolderTaken(folder=folder)
        half.mkdir(mode=0o700, parents=True)
        with one_moment():
            packed = _write(half, at, tell)
        half.rename(folder)
    except OSError as error:
        shutil.rmtree(half, ignore_errors=True)
        raise FolderUnwritable(folder=folder, problem=error) from error
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return packed


def _write(folder: Path, at: datetime, tell: Tell) -> Packed:
    resources, counts = [], {}
    for table in packed_tables():
        path = folder / f"{table.name}.csv"
        counts[table.name] = write_rows(path, [field.column for field in table.fields], _rows(table))
        resources.append(resource_of(path, table.schema(), counts[table.name]))
        tell(table.name, counts[table.name])
    missing: list[str] = []
    path = folder / f"{SCANS}.csv"
    kept = write_rows(path, ["sha256", "bytes"], _scans(folder / SCANS, missing))
    resources.append(resource_of(path, SCAN_TABLE, kept))
    register = Register.objects.get()
    (folder / DESCRIPTOR).write_bytes(orjson.dumps({
        "$schema": PROFILE, "name": "bacninh-fdi-register", "title": str(_("Sổ đăng ký FDI Bắc Ninh: toàn bộ")),
        "created": at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "register": {"revision": register.revision, "change": register.head, "change_hash": register.head_hash,
                     "migration": last_migration(), "left_out": list(NOT_IN_IT)},
        "resources": resources,
    }, option=orjson.OPT_INDENT_2))
    return Packed(counts, kept, missing)


def _rows(table: PackedTable) -> Iterator[list[str]]:
    names = [field.attname for field in table.fields]
    writers = [writer_of(field) for field in table.fields]
    rows = table.model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=CHUNK)
    for row in rows:
        yield [write(value) for write, value in zip(writers, row, strict=True)]


def write_rows(path: Path, heading: list[str], rows: Iterable[list[str]]) -> int:
    """Write a CSV as RFC 4180 has it; return how many rows it has under its heading."""
    count = 0
    with path.open("wb") as out:
        text = TextIOWrapper(out, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow(heading)
        for count, row in enumerate(rows, 1):  # noqa: B007
            writer.writerow(row)
        text.flush()
        text.detach()
    return count


def resource_of(path: Path, schema: dict, rows: int) -> dict:
    """A table's file as a resource of Frictionless, with what tells a whole file from a part of it."""
    return {
        "name": path.stem, "type": "table", "path": path.name, "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "bytes": path.stat().st_size, "hash": f"sha256:{sha256_of(path)}", "rows": rows,
        "schema": schema,
    }


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def last_migration() -> str:
    """The last migration of the register's tables that this database has. Raises NotMigrated."""
    names = [name for app, name in MigrationRecorder(connection).applied_migrations() if app == "registry"]
    if not names:
        raise NotMigrated()
    return max(names)


def _scans(folder: Path, missing: list[str]) -> Iterator[list[str]]:
    """Copy each scan that a source names; those that are gone are noted."""
    folder.mkdir(mode=0o700)
    names = Source.objects.exclude(file_sha256="").order_by("file_sha256").values_list("file_sha256", flat=True)
    for name in names.distinct():
        try:
            data = scans.kept(name)
        except scans.ScanGone:
            missing.append(name)
            continue
        (folder / name).write_bytes(data)
        yield [name, str(len(data))]
