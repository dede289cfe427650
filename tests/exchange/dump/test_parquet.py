"""The Parquet files of a dump are its CSV files, cell for cell, with types that a program can count on."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import orjson
import pyarrow
import pytest
from django.core.management import call_command
from django.utils import timezone
from pyarrow import parquet

from registry.exchange.columns import FIELDS
from registry.exchange.columns.shape import DAY, MOMENT, NUMBER, TEXT, WHOLE, WORD, YES
from registry.exchange.dump.publish import publish_dump
from registry.exchange.dump.shelf import dump_of
from registry.web.listing import LISTINGS
from tests import build
from tests.api.example_register import write_examples

pytestmark = pytest.mark.django_db

BASE = "http://testserver/api/v1/"
TYPES = {TEXT: pyarrow.string(), WORD: pyarrow.string(), NUMBER: pyarrow.decimal128(38, 8), WHOLE: pyarrow.int64(),
         DAY: pyarrow.date32(), MOMENT: pyarrow.timestamp("us", tz="UTC"), YES: pyarrow.bool_()}
READ = {NUMBER: Decimal, WHOLE: int, DAY: date.fromisoformat, MOMENT: datetime.fromisoformat,
        YES: {"true": True, "false": False}.get}


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    write_examples()
    build.make_investor(name="=SYN 1+1 “Hoa Sen”\nhai dòng", name_native="연꽃")
    publish_dump(base=BASE, at=timezone.now(), parquet=True)
    return dump_of("latest").folder


def cell(kind: str, written: str):
    """A cell of the CSV with its type; what begins as a formula does has a mark before it there."""
    if not written:
        return None
    return READ[kind](written) if kind in READ else written.removeprefix("'") if written[1:2] == "=" else written


def test_each_is_its_csv_with_types(folder):
    for path in LISTINGS:
        columns = FIELDS[path].table().columns
        table = parquet.read_table(folder / f"{path}.parquet")
        with (folder / f"{path}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))

        types = [(field.name, field.type) for field in table.schema]
        assert types == [(each.name, TYPES[each.kind]) for each in columns]
        assert rows, path
        assert table.to_pylist() == [{each.name: cell(each.kind, row[each.name]) for each in columns} for row in rows]


def test_money_days_and_yes_as_a_program_reads_them(folder):
    project = parquet.read_table(folder / "projects.parquet").to_pylist()[0]
    [stake] = [each for each in parquet.read_table(folder / "investors.parquet").to_pylist() if each["name_native"]]

    assert project["capital.registered_usd"] == Decimal("100000000.00")
    assert project["licensed_on.earliest"] == date(2024, 3, 15)
    assert project["planned_workers"] == 1000
    assert project["updated_at"] == datetime(2026, 11, 27, 2, 30, tzinfo=UTC)
    assert (project["irc_code"], project["former_irc_codes"]) == ("5400000001", "212000000001")
    assert project["ended_on.latest"] is None
    assert stake["name"] == "=SYN 1+1 “Hoa Sen”\nhai dòng"


def test_the_descriptor_names_them_and_the_command_looks_at_them(folder):
    said = orjson.loads((folder / "datapackage.json").read_bytes())
    found = {each["path"]: each for each in said["resources"] if each["format"] == "parquet"}

    assert found.keys() == {f"{path}.parquet" for path in LISTINGS}
    assert found["projects.parquet"]["mediatype"] == "application/vnd.apache.parquet"
    assert found["projects.parquet"]["rows"] == 1
    call_command("check_dump", str(folder))


def test_many_rows_are_written_in_parts(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("registry.exchange.dump.parquet.BATCH", 2)
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    made = [build.make_project(name=f"SYN {number}").code for number in range(5)]
    publish_dump(base=BASE, at=timezone.now(), parquet=True)

    file = parquet.ParquetFile(dump_of("latest").folder / "projects.parquet")
    assert file.read().column("code").to_pylist() == made
    assert file.num_row_groups == 3
