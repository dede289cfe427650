"""The whole register out and in again, on one database and from one to the other: nothing is lost."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models, transaction
from django.db.utils import DatabaseError

from registry.actions import whole
from registry.exchange import scans
from registry.exchange.check.everything import problems
from registry.exchange.package import export, taken_in
from registry.exchange.package.cells import reader_of, writer_of
from registry.exchange.package.export import FolderTaken, FolderUnwritable, NotMigrated, export_package
from registry.exchange.package.tables import packed_tables
from registry.exchange.package.taken_in import import_package
from registry.models import Act, Change, Register, Source, Statement
from registry.models.append_only import drop_triggers, make_triggers
from tests import build
from tests.exchange.test_check import a_full_register

ROOT = Path(__file__).resolve().parents[3]
SCAN = b"%PDF-1.7 SYN"
AT = build.IMPORTED_AT
ODD = '\\N, "quoted",\r\nnext line\\'

# What another machine does with a package: from nothing to a package of its own.
ELSEWHERE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("import_package", {package!r}, stdout=open("import.log", "w"))
call_command("check_register")
call_command("export_package", {again!r}, stdout=open("export.log", "w"))
"""


@pytest.fixture(autouse=True)
def of_this_test(settings, tmp_path):
    """Scans of a test are no scans of this machine."""
    settings.VAR_DIR = tmp_path / "var"


def fill() -> None:
    """A little of everything, with the texts that files like least."""
    officer = build.make_officer("lan", email="lan@example.vn")
    with build.act(by=officer, reason=ODD) as act:
        build.make_statement(act=act, value="\\N", note="")
        build.make_statement(act=act, value="\\\\N", note=ODD)
        build.make(Source, act=act, kind="certificate", name="Bản chụp", file_name="a.pdf",
                   file_sha256=scans.keep(SCAN), publication="published")
    a_full_register()


def empty() -> None:
    """The register as migrations leave it."""
    drop_triggers(connection)
    with transaction.atomic():
        for table in packed_tables():
            if table.name != "auth_group":
                table.model._base_manager.all()._raw_delete(using="default")
        Register.objects.create(pk=1)
    make_triggers(connection)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and path.name != "datapackage.json"}


def described(folder: Path) -> dict:
    return orjson.loads((folder / "datapackage.json").read_bytes())


def test_out_and_in_again_on_both_databases(committed, tmp_path):
    fill()
    before = Register.objects.get()
    first, again, elsewhere = tmp_path / "first", tmp_path / "again", tmp_path / "elsewhere"
    export_package(first, at=AT)

    empty()
    taken = import_package(first)
    export_package(again, at=AT)

    assert tables(again) == tables(first)
    assert described(again) == described(first)
    assert taken.change == before.head == described(first)["register"]["change"]
    assert list(problems()) == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Change.objects.filter(seq=1).update(kind="x")
    # Numbers, codes and keys go on where they were.
    assert build.make_investor().pk > 1
    assert list(problems()) == []

    script = ELSEWHERE.format(package=str(first), again=str(elsewhere))
    (tmp_path / "var").mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, env=os.environ | {
        "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "bacninh_fdi.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere.sqlite3"})
    assert tables(elsewhere) == tables(first)


@pytest.mark.django_db
def test_what_it_holds(tmp_path):
    fill()
    officer = Act.objects.get(by__isnull=False).by
    package = tmp_path / "package"
    packed = export_package(package, at=AT)
    described_here = described(package)
    by_name = {each["name"]: each for each in described_here["resources"]}

    assert packed.rows["registry_change"] == Register.objects.get().head == by_name["registry_change"]["rows"]
    assert packed.scans == 1 and packed.scans_missing == []
    for each in by_name.values():
        data = (package / each["path"]).read_bytes()
        assert each["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert each["bytes"] == len(data)
    assert (package / "scans" / hashlib.sha256(SCAN).hexdigest()).read_bytes() == SCAN
    assert f'{officer.pk},' in (package / "auth_user.csv").read_text()
    assert "password" not in (package / "auth_user.csv").read_text()
    assert "auth_user.password" in described_here["register"]["left_out"]
    fields = {field["name"]: field["type"] for field in by_name["registry_capitalentry"]["schema"]["fields"]}
    assert fields["amount_usd"] == "number" and fields["recorded_at"] == "datetime"


def test_a_cell_is_what_it_was():
    text = Statement._meta.get_field("value")
    write, read = writer_of(text), reader_of(text, connection)
    for value in (None, "", "\\N", "\\\\N", "N", "\\", "\\Na", ODD):
        assert read(write(value)) == value
    assert [write(value) for value in (None, "", "\\N", "\\\\N")] == ["\\N", "", "\\\\N", "\\\\\\N"]
    share = models.DecimalField(max_digits=12, decimal_places=8)
    assert writer_of(share)(build.Decimal("0E-8")) == "0.00000000"


@pytest.mark.django_db
def test_a_register_that_is_not_empty_is_refused(tmp_path):
    package = tmp_path / "package"
    export_package(package, at=AT)
    head = Register.objects.get().head

    with pytest.raises(whole.RegisterHasRows, match="DATABASE_URL"):
        import_package(package)

    assert Register.objects.get().head == head


@pytest.mark.django_db
@pytest.mark.parametrize("damage", ["a cut file", "a missing file", "another release", "no descriptor"])
def test_a_damaged_package_is_refused(tmp_path, damage):
    package = tmp_path / "package"
    export_package(package, at=AT)
    zones, descriptor = package / "registry_zone.csv", package / "datapackage.json"
    match damage:
        case "a cut file":
            zones.write_bytes(zones.read_bytes()[:-40])
        case "a missing file":
            zones.unlink()
        case "another release":
            descriptor.write_bytes(orjson.dumps(described(package) | {"register": {"migration": "0001_the_nouns"}}))
        case "no descriptor":
            descriptor.unlink()

    empty()
    with pytest.raises(taken_in.RuleBroken) as refused:
        import_package(package)

    assert type(refused.value) is {
        "a cut file": taken_in.BrokenPackage, "a missing file": taken_in.BrokenPackage,
        "another release": taken_in.OtherTables, "no descriptor": taken_in.NoPackage}[damage]
    assert Register.objects.get().head == 0


@pytest.mark.django_db
def test_a_row_that_breaks_off_takes_everything_back(tmp_path):
    """The sums are right, and the last table has a cell that is no number: nothing stays of those before it."""
    package = tmp_path / "package"
    build.make_observation()
    export_package(package, at=AT)
    path = package / "registry_zoneobservation.csv"
    heading, *rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(heading + b"x" + b"".join(rows))
    said = described(package)
    for each in said["resources"]:
        if each["path"] == path.name:
            each["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    (package / "datapackage.json").write_bytes(orjson.dumps(said))

    empty()
    with pytest.raises(taken_in.BrokenPackage, match="registry_zoneobservation.csv"):
        import_package(package)

    assert Register.objects.get().revision == 0
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_scan_that_is_gone_is_told(tmp_path, capsys):
    build.make_source(file_name="a.pdf", file_sha256="0" * 64)

    call_command("export_package", str(tmp_path / "package"))

    assert "0" * 64 in capsys.readouterr().err
    assert (tmp_path / "package" / "scans.csv").read_text() == "sha256,bytes\n"


@pytest.mark.django_db
def test_nothing_is_written_over(tmp_path):
    (tmp_path / "mine").mkdir()

    with pytest.raises(FolderTaken):
        export_package(tmp_path / "mine", at=AT)
    with pytest.raises(CommandError):
        call_command("export_package", str(tmp_path / "mine"))

    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]


@pytest.mark.django_db
@pytest.mark.parametrize("folder", ["/proc/nope", "{file}/package"])
def test_where_nothing_can_be_written_it_says_so(tmp_path, folder):
    file = tmp_path / "file"
    file.write_text("x")
    folder = folder.format(file=file)

    with pytest.raises(FolderUnwritable):
        export_package(Path(folder), at=AT)
    with pytest.raises(CommandError, match="Hãy chọn một chỗ ghi được"):
        call_command("export_package", folder)


@pytest.mark.django_db
def test_a_database_without_the_tables_is_told_so(tmp_path, monkeypatch):
    export_package(tmp_path / "package", at=AT)
    monkeypatch.setattr(export.MigrationRecorder, "applied_migrations", lambda recorder: {})

    with pytest.raises(NotMigrated):
        export_package(tmp_path / "other", at=AT)
    with pytest.raises(CommandError, match="manage.py migrate"):
        call_command("import_package", str(tmp_path / "package"))
    assert [each.name for each in tmp_path.iterdir()] == ["package"]
