"""What load_benchmark refuses: it names the file and the row, says what is wrong, and writes nothing."""

import shutil
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registry.actions.capital import AfterTheEnd, AlreadyReversed, NotYet, ReversalOfReversal
from registry.actions.capital_many import WrongSign
from registry.actions.project import SharesOverHundred
from registry.actions.record import InvalidRecord
from registry.actions.writing import writing
from registry.exchange.benchmark import RegisterNotEmpty, load_benchmark
from registry.exchange.benchmark_ledger import NotItsMirror, StartedTwice, SumsDiffer
from registry.exchange.benchmark_projects import EndedWithoutDay
from registry.exchange.benchmark_rows import (
    BrokenLine,
    ColumnMissing,
    FileMissing,
    UnfitValue,
    UnknownReference,
    UnreadableLine,
    UsedTwice,
)
from registry.models import Act, Project
from registry.vocabulary.change import Door
from registry.vocabulary.money import AmountTooFine, AmountTooLarge
from tests import build
from tests.bench_folder import change_rows, make_folder
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return make_folder(tmp_path_factory.mktemp("bench") / "60", projects=60, seed=7)


@pytest.fixture
def folder(original, tmp_path):
    """A copy to spoil. Project 47 ends with a correction (event 180 of 164), project 2 was terminated."""
    return shutil.copytree(original, tmp_path / "copy")


def load(folder):
    with writing(by="load_benchmark", reason="thử nghiệm", door=Door.LOADER) as act:
        return load_benchmark(act, folder)


def spoil(folder, file, key, **cells):
    """Set cells of the row with this id."""
    def change(rows):
        row = next(row for row in rows if row.get("id", row.get("code")) == key)
        assert cells.keys() <= row.keys()
        row.update(cells)

    change_rows(folder, file, change)


def test_the_folder_is_good_before_it_is_spoiled(folder):
    assert load(folder).rows == 562


SPOILED = [
    # A reference that leads nowhere.
    ("investors.csv", "3", {"country_code": "QQ"}, UnknownReference, "country_code ghi “QQ”"),
    ("projects.csv", "5", {"zone_id": "31"}, UnknownReference, "zone_id ghi “31”"),
    ("projects.csv", "5", {"sector_code": "100"}, UnknownReference, "sector_code ghi “100”"),
    ("projects.csv", "5", {"source_id": "61"}, UnknownReference, "source_id ghi “61”"),
    ("capital_events.csv", "9", {"project_id": "61"}, UnknownReference, "project_id ghi “61”"),
    ("capital_events.csv", "9", {"source_id": ""}, UnknownReference, "source_id ghi “”"),
    ("capital_events.csv", "42", {"investor_id": "41"}, UnknownReference, "investor_id ghi “41”"),
    ("capital_events.csv", "180", {"corrects_id": "9999"}, UnknownReference, "corrects_id ghi “9999”"),
    ("capital_events.csv", "163", {"corrects_id": "212"}, UnknownReference, "corrects_id ghi “212”"),  # a later row
    # Numbers, days and words that are none.
    ("capital_events.csv", "9", {"amount_usd": "1.000.000"}, UnfitValue, "amount_usd ghi “1.000.000”"),
    ("capital_events.csv", "9", {"amount_usd": "NaN"}, UnfitValue, "amount_usd ghi “NaN”"),
    ("capital_events.csv", "9", {"amount_usd": "1000.005"}, AmountTooFine, "1.000,005"),
    ("capital_events.csv", "9", {"amount_usd": "9" * 18}, AmountTooLarge, "vượt quá"),
    ("capital_events.csv", "9", {"amount": ""}, UnfitValue, "amount ghi “”"),
    ("capital_events.csv", "9", {"currency": "dollars"}, UnfitValue, "currency ghi “dollars”"),
    ("capital_events.csv", "9", {"decided_on": "2010-02-30"}, UnfitValue, "decided_on ghi “2010-02-30”"),
    ("capital_events.csv", "9", {"decided_on": ""}, UnfitValue, "decided_on ghi “”"),
    ("capital_events.csv", "9", {"recorded_at": "2010-02-03T10:00:00"}, UnfitValue, "múi giờ"),
    ("capital_events.csv", "9", {"kind": "opening"}, UnfitValue, "kind ghi “opening”"),
    ("capital_events.csv", "9", {"id": "8"}, UnfitValue, "số lớn hơn id của dòng trước"),
    ("projects.csv", "5", {"planned_workers": "-3"}, UnfitValue, "planned_workers ghi “-3”"),
    ("projects.csv", "5", {"land_area_ha": "1.23456"}, UnfitValue, "land_area_ha ghi “1.23456”"),
    ("projects.csv", "5", {"licensed_on": "12/03/2005"}, UnfitValue, "licensed_on ghi “12/03/2005”"),
    ("projects.csv", "5", {"form": "joint"}, UnfitValue, "form ghi “joint”"),
    ("projects.csv", "5", {"name": ""}, InvalidRecord, "name"),
    ("projects.csv", "5", {"name": "n" * 501}, InvalidRecord, "name"),
    ("zones.csv", "5", {"former_province": "Hà Bắc"}, UnfitValue, "former_province ghi “Hà Bắc”"),
    ("zones.csv", "5", {"area_ha": "-1"}, UnfitValue, "area_ha ghi “-1”"),
    ("sources.csv", "5", {"kind": "rumour"}, UnfitValue, "kind ghi “rumour”"),
    ("investors.csv", "5", {"kind": "fund"}, UnfitValue, "kind ghi “fund”"),
    # The same thing twice.
    ("investors.csv", "5", {"code": "SYN-I000004"}, UsedTwice, "code ghi “SYN-I000004”"),
    ("investors.csv", "5", {"id": "4"}, UsedTwice, "id ghi “4”"),
    ("projects.csv", "5", {"code": "SYN2300000004"}, UsedTwice, "code ghi “SYN2300000004”"),
    ("projects.csv", "5", {"id": "4"}, UsedTwice, "id ghi “4”"),
    ("zones.csv", "5", {"code": "KCN-04"}, UsedTwice, "code ghi “KCN-04”"),
    ("sources.csv", "5", {"id": "4"}, UsedTwice, "id ghi “4”"),
    # The ledger's rules.
    ("capital_events.csv", "9", {"amount_usd": "0"}, WrongSign, " 0 USD"),
    ("capital_events.csv", "2", {"amount_usd": "-13200000"}, WrongSign, "-13.200.000 USD"),
    ("capital_events.csv", "24", {"amount_usd": "13200000"}, WrongSign, "13.200.000 USD"),
    ("capital_events.csv", "42", {"amount_usd": "-459000"}, WrongSign, "-459.000 USD"),
    ("capital_events.csv", "24", {"decided_on": "2016-07-04"}, AfterTheEnd, "04/07/2016"),
    ("capital_events.csv", "9", {"recorded_at": "2001-01-01T10:00:00Z"}, NotYet, "tương lai"),
    ("capital_events.csv", "180", {"amount_usd": "-456001"}, NotItsMirror, "164"),
    ("capital_events.csv", "180", {"corrects_id": "161"}, NotItsMirror, "161"),
    ("capital_events.csv", "180", {"corrects_id": "2"}, NotItsMirror, "2"),
    ("capital_events.csv", "212", {"corrects_id": "180"}, ReversalOfReversal, "180"),
    ("capital_events.csv", "227", {"corrects_id": "164", "amount_usd": "-456000"}, AlreadyReversed, "164"),
    # The project's day of its end.
    ("projects.csv", "2", {"terminated_on": ""}, EndedWithoutDay, "terminated"),
    ("projects.csv", "5", {"terminated_on": "2020-01-01"}, EndedWithoutDay, "2020-01-01"),
    ("projects.csv", "5", {"status": "revoked"}, UnfitValue, "status ghi “revoked”"),
    ("projects.csv", "5", {"registered_capital_usd": "-1"}, UnfitValue, "registered_capital_usd ghi “-1.00”"),
]


@pytest.mark.parametrize(("file", "key", "cells", "cause", "said"), SPOILED)
def test_a_spoiled_row_is_named(folder, file, key, cells, cause, said):
    spoil(folder, file, key, **cells)

    with refused(BrokenLine) as refusal:
        load(folder)

    error = refusal.value
    assert isinstance(error.__cause__, cause)
    assert error.params["file"] == file
    # The header is line 1, and the rows of these files are in the order of their ids.
    assert (error.params["line"], error.params["row"]) == (int(key) + 1, f"id {cells.get('id', key)}")
    assert said in str(error)
    assert "chưa có gì được ghi" in str(error)


def test_a_sum_of_shares_over_a_hundred(folder):
    def change(rows):
        rows[1]["share_percent"] = "13.98"

    change_rows(folder, "project_investors.csv", change)
    with refused(BrokenLine) as refusal:
        load(folder)
    assert isinstance(refusal.value.__cause__, SharesOverHundred)
    assert "project_investors.csv, dòng 3 (project_id 1): Tổng tỷ lệ góp vốn là 100,01 %" in str(refusal.value)


@pytest.mark.parametrize(("column", "value", "cause"), [
    ("investor_id", "2", UsedTwice), ("position", "1", UsedTwice), ("position", "0", UnfitValue),
    ("share_percent", "0", UnfitValue), ("share_percent", "100.01", UnfitValue), ("share_percent", "x", UnfitValue),
    ("investor_id", "41", UnknownReference), ("project_id", "61", UnknownReference),
])
def test_a_spoiled_stake(folder, column, value, cause):
    def change(rows):
        rows[1][column] = value

    change_rows(folder, "project_investors.csv", change)
    with refused(BrokenLine) as refusal:
        load(folder)
    assert isinstance(refusal.value.__cause__, cause)
    assert (refusal.value.params["file"], refusal.value.params["line"]) == ("project_investors.csv", 3)


def test_a_registered_capital_that_is_not_the_sum_of_the_ledger(folder):
    spoil(folder, "projects.csv", "3", registered_capital_usd="1090000.01")

    with refused(SumsDiffer) as refusal:
        load(folder)

    assert refusal.value.params["stated"] == Decimal("1090000.01")
    assert refusal.value.params["summed"] == Decimal("1090000.00")
    for part in ("SYN2300000003", "1090000.01", "1090000.00", "projects.csv", "capital_events.csv"):
        assert part in str(refusal.value)


def test_two_first_issues_that_stand(folder):
    def change(rows):
        new = next(row for row in rows if row["project_id"] == "3" and row["kind"] == "new")
        more = next(row for row in rows if row["kind"] == "increase" and not row["corrects_id"])
        more.update(project_id="3", kind="new", decided_on=new["decided_on"])

    change_rows(folder, "capital_events.csv", change)
    with refused(StartedTwice) as refusal:
        load(folder)
    assert "SYN2300000003" in str(refusal.value)


@pytest.mark.parametrize("file", ["sectors.csv", "capital_events.csv"])
def test_a_missing_file(folder, file):
    (folder / file).unlink()
    with refused(FileMissing) as refusal:
        load(folder)
    assert file in str(refusal.value)


def test_missing_columns(folder):
    def change(rows):
        return [{name: cell for name, cell in row.items() if name not in ("corrects_id", "note")} for row in rows]

    change_rows(folder, "capital_events.csv", change)
    with refused(ColumnMissing) as refusal:
        load(folder)
    assert "capital_events.csv thiếu cột corrects_id, note" in str(refusal.value)


@pytest.mark.parametrize("spoiled", [b"1\x00", b"\xff\xfe", b'"1"2', b"one,cell,too,many,one,cell,too,many,1,2,3,4"])
def test_a_line_that_is_no_csv(folder, spoiled):
    path = folder / "investors.csv"
    lines = path.read_bytes().split(b"\n")
    lines[3] = spoiled + lines[3]
    path.write_bytes(b"\n".join(lines))

    with refused(BrokenLine) as refusal:
        load(folder)
    assert isinstance(refusal.value.params["problem"], UnreadableLine)
    assert "investors.csv" in str(refusal.value)


def test_an_empty_file(folder):
    (folder / "zones.csv").write_bytes(b"")
    with refused(ColumnMissing):
        load(folder)


def test_a_register_that_has_projects(folder):
    build.make_project()
    with refused(RegisterNotEmpty) as refusal:
        load(folder)
    assert "1 dự án" in str(refusal.value)


def test_a_second_load(folder):
    load(folder)
    with refused(RegisterNotEmpty):
        load(folder)
    assert Project.objects.count() == 60


class Terminal(StringIO):
    def isatty(self):
        return True


def test_the_command_loads_and_tells_its_speed(folder):
    out = StringIO()
    call_command("load_benchmark", folder, stdout=out, stderr=StringIO())

    lines = out.getvalue().splitlines()
    assert "capital_events.csv: 240/240" in lines
    assert lines[-1].startswith("Đã nạp 562 dòng trong ")
    assert lines[-1].endswith("dòng/giây (rows/s).")
    assert Act.objects.latest("pk").by_name == "load_benchmark"


def test_a_terminal_sees_a_bar(folder):
    out, terminal = StringIO(), Terminal()
    call_command("load_benchmark", folder, stdout=out, stderr=terminal)

    assert "\rcapital_events.csv     " + "█" * 30 + " 100% 240\n" in terminal.getvalue()
    assert len(out.getvalue().splitlines()) == 1


def test_the_command_says_what_is_wrong(folder):
    (folder / "sectors.csv").unlink()
    with refused(CommandError) as refusal:
        call_command("load_benchmark", folder, stdout=StringIO(), stderr=StringIO())
    assert "không có tệp sectors.csv" in str(refusal.value)
