"""A folder that ``export_package`` wrote into an empty register: every row with its hashes, or nothing."""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import orjson
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, connections, models
from django.utils.translation import gettext_lazy as _

from registry.actions.whole import bring, bringing
from registry.exchange import scans
from registry.models.rows import weigh_tables
from registry.vocabulary.errors import RuleBroken

from .cells import reader_of
from .export import CHUNK, DESCRIPTOR, SCANS, Tell, last_migration, sha256_of
from .tables import PackedTable, packed_tables

LONGEST_CELL = 2**31 - 1
SHA256 = re.compile("[0-9a-f]{64}")


class NoPackage(RuleBroken):
    code = "no-package"
    message = _("%(folder)s không phải một gói do export_package ghi: %(problem)s.")


class OtherTables(RuleBroken):
    code = "other-tables"
    message = _("Gói được ghi khi sổ đăng ký ở migration %(there)s; cơ sở dữ liệu này ở %(here)s. Hãy chạy "
                "manage.py migrate registry %(there)s trên cơ sở dữ liệu trống, hoặc dùng đúng bản phần mềm đã ghi "
                "gói; nhập xong thì migrate tiếp. Chưa có gì được ghi.")


class BrokenPackage(RuleBroken):
    code = "broken-package"
    message = _("Tệp %(file)s của gói không dùng được: %(problem)s. Hãy lấy lại gói từ bản sao khác; "
                "chưa có gì được ghi.")


@dataclass(frozen=True)
class TakenIn:
    rows: dict[str, int]
    scans: int
    change: int


def import_package(folder: Path, *, tell: Tell = lambda table, rows: None) -> TakenIn:
    """Raises NoPackage, NotMigrated, OtherTables, BrokenPackage, and RegisterHasRows where the register is not
    empty."""
    described = _described(folder)
    there, here = described["register"]["migration"], last_migration()
    if there != here:
        raise OtherTables(there=there, here=here)
    resources = {each["name"]: each for each in described["resources"]}
    tables = packed_tables()
    for name in (*(table.name for table in tables), SCANS):
        _check_file(folder, resources, name)
    counts = {}
    with bringing(table.model for table in tables):
        for table in tables:
            counts[table.name] = _bring(folder, table, resources[table.name]["rows"])
            tell(table.name, counts[table.name])
        kept = _keep_scans(folder)
    weigh_tables()
    return TakenIn(counts, kept, described["register"]["change"])


def _described(folder: Path) -> dict:
    try:
        described = orjson.loads((folder / DESCRIPTOR).read_bytes())
        described["register"]["migration"], [each["name"] for each in described["resources"]]
    except OSError as error:
        raise NoPackage(folder=folder, problem=_("không đọc được %(file)s") % {"file": DESCRIPTOR}) from error
    except (ValueError, TypeError, LookupError) as error:
        raise NoPackage(folder=folder, problem=_("%(file)s không đúng dạng") % {"file": DESCRIPTOR}) from error
    return described


def _check_file(folder: Path, resources: dict[str, dict], name: str) -> None:
    path = folder / f"{name}.csv"
    if name not in resources or not path.is_file():
        raise BrokenPackage(file=path.name, problem=_("không có tệp này"))
    if f"sha256:{sha256_of(path)}" != resources[name].get("hash"):
        raise BrokenPackage(file=path.name, problem=_("SHA-256 không khớp với %(file)s") % {"file": DESCRIPTOR})


def _bring(folder: Path, table: PackedTable, rows: int) -> int:
    path = folder / f"{table.name}.csv"
    extra_fields, extra_values = _instead_of_left_out(table)
    count = 0
    try:
        cells = _cells(path, table)
        while chunk := list(islice(cells, CHUNK)):
            bring(table.model, table.fields + extra_fields, ([*row, *extra_values()] for row in chunk))
            count += len(chunk)
    except DatabaseError as error:
        raise BrokenPackage(file=path.name, problem=_("dòng %(first)d–%(last)d: %(problem)s") % {
            "first": count + 1, "last": count + len(chunk), "problem": error}) from error
    if count != rows:
        raise BrokenPackage(file=path.name, problem=_("có %(count)d dòng, không phải %(rows)d")
                            % {"count": count, "rows": rows})
    return count


def _instead_of_left_out(table: PackedTable) -> tuple[list[models.Field], Callable[[], list]]:
    """What stands where the package has nothing: a password that nobody can give."""
    user = get_user_model()
    if table.model is not user:
        return [], list
    return [user._meta.get_field("password")], lambda: [make_password(None)]


def _cells(path: Path, table: PackedTable) -> Iterator[list]:
    connection = connections["default"]
    readers = [reader_of(field, connection) for field in table.fields]
    for number, row in enumerate(read_rows(path, [field.column for field in table.fields]), 1):
        try:
            yield [read(cell) for read, cell in zip(readers, row, strict=True)]
        except (ValueError, ArithmeticError, RuleBroken) as error:
            raise BrokenPackage(file=path.name, problem=_("dòng %(row)d: %(problem)s")
                                % {"row": number, "problem": error}) from error


def read_rows(path: Path, heading: list[str]) -> Iterator[list[str]]:
    """The rows under the heading, which must be this one."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8", newline="") as file:
        try:
            reader = csv.reader(file, strict=True)
            if next(reader, None) != heading:
                raise BrokenPackage(file=path.name, problem=_("các cột không phải của bảng này"))
            yield from reader
        except (csv.Error, UnicodeDecodeError) as error:
            raise BrokenPackage(file=path.name, problem=error) from error


def _keep_scans(folder: Path) -> int:
    count = 0
    for name, _bytes in read_rows(folder / f"{SCANS}.csv", ["sha256", "bytes"]):
        path = folder / SCANS / name
        data = path.read_bytes() if SHA256.fullmatch(name) and path.is_file() else b""
        if hashlib.sha256(data).hexdigest() != name:
            raise BrokenPackage(file=f"{SCANS}/{name}", problem=_("không có hoặc đã đổi"))
        scans.keep(data)
        count += 1
    return count
