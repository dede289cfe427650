"""A dump holds what is published, as the API and the files have it, and is checked from outside."""

import csv
import hashlib
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.exchange.dump import parquet, shelf
from registry.exchange.dump.check import problems_of
from registry.exchange.dump.parquet import ParquetMissing
from registry.exchange.dump.publish import publish_dump
from registry.exchange.dump.shelf import dump_of
from registry.models import Project, Register
from registry.vocabulary.publication import Publication
from registry.web.listing import LISTINGS
from tests import build

pytestmark = pytest.mark.django_db
BASE = "http://testserver/api/v1/"


@pytest.fixture(autouse=True)
def of_this_test(settings, tmp_path):
    settings.DUMPS_DIR = str(tmp_path / "dumps")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def folder(now) -> Path:
    """A dump of a register with a little of everything, drafts and persons too."""
    person = build.make_investor(kind="person", name="Zwêng Thị Ẩn")
    build.make_project(investors=[person], capital_usd="100.50", zone=build.make_zone(), name="=SYN 1")
    build.make_project(name="SYN Zwêng nháp", publication=Publication.DRAFT)
    build.make_statement()
    publish_dump(base=BASE, at=now)
    return dump_of("latest").folder


def lines(folder: Path, path: str) -> list[dict]:
    return [orjson.loads(line) for line in (folder / f"{path}.ndjson").read_bytes().splitlines()]


def test_every_list_is_in_it_as_the_api_has_it(folder, client):
    for path in LISTINGS:
        answer = client.get(f"/api/v1/{path}/?page_size=500").json()
        by_code = {each["code"]: each for each in answer["results"]}
        here = {each["code"]: each for each in lines(folder, path)}
        assert by_code.items() <= here.items()
        assert answer["next"] or len(by_code) == len(here)


def test_csv_is_the_file_of_the_page(folder, client):
    page = b"".join(client.get("/projects/?format=csv&ordering=code").streaming_content)

    assert (folder / "projects.csv").read_bytes() == page


def test_what_is_not_public_is_not_in_it(folder):
    assert "Zwêng" not in "".join(path.read_text() for path in folder.iterdir())


def test_it_says_where_it_stands(folder):
    said = orjson.loads((folder / "datapackage.json").read_bytes())
    projects = next(each for each in said["resources"] if each["name"] == "projects")
    fields = {field["name"]: field for field in projects["schema"]["fields"]}
    with (folder / "projects.csv").open(encoding="utf-8-sig", newline="") as file:
        heading = next(csv.reader(file))

    assert said["change"] == Register.objects.get().head
    assert said["changes_after"] == f"{BASE}changes/?after={said['change']}"
    assert len(said["resources"]) == 2 * len(LISTINGS)
    assert projects["rows"] == 1
    assert projects["hash"] == f"sha256:{hashlib.sha256((folder / 'projects.csv').read_bytes()).hexdigest()}"
    assert list(fields) == heading
    assert fields["capital.registered_usd"]["type"] == "number"
    assert fields["licensed_on.earliest"]["type"] == "date"
    assert "operating" in fields["status"]["constraints"]["enum"]
    assert projects["schema"]["primaryKey"] == ["code"]
    assert {"fields": ["zone.code"], "reference": {"resource": "zones", "fields": ["code"]}} in (
        projects["schema"]["foreignKeys"])


def test_what_is_no_table_is_not_taken_for_one(folder):
    """Frictionless takes the forms of this list for tables, and holds ``rows`` against what it reads as one."""
    said = orjson.loads((folder / "datapackage.json").read_bytes())
    nested = [each for each in said["resources"] if each["path"].endswith(".ndjson")]

    assert len(nested) == len(LISTINGS)
    for each in nested:
        assert each["format"] not in ("json", "jsonl", "ndjson", "csv", "parquet")
        assert not each.keys() & {"type", "schema", "rows"}
        assert each["records"] == len(lines(folder, each["path"].removesuffix(".ndjson")))


def test_a_dump_of_an_earlier_release_is_read(folder, now, client):
    before = client.get("/api/v1/dumps/").json()["results"][0]["files"]
    said = orjson.loads((folder / "datapackage.json").read_bytes())
    for each in said["resources"]:
        if "records" in each:
            each |= {"format": "ndjson", "rows": each.pop("records")}
    (folder / "datapackage.json").write_bytes(orjson.dumps(said))

    assert list(problems_of(str(folder), now=now, oldest=timedelta(hours=1))) == []
    assert client.get("/api/v1/dumps/").json()["results"][0]["files"] == before
    assert {each["format"] for each in before} == {"csv", "ndjson"}


def test_the_same_day_and_change_are_one_dump(folder, now):
    again = publish_dump(base=BASE, at=now)
    build.make_investor()
    later = publish_dump(base=BASE, at=now)

    assert not again.new and again.name == folder.name
    assert later.new and dump_of("latest").name == later.name


def test_other_addresses_replace_it_under_its_name(folder, now):
    before = (folder / "datapackage.json").read_bytes()
    again = publish_dump(base="https://fdi.example.vn/api/v1/", at=now)

    assert (again.name, again.new, again.replaced) == (folder.name, False, True)
    assert lines(folder, "projects")[0]["url"].startswith("https://fdi.example.vn/api/v1/projects/")
    assert (folder / "datapackage.json").read_bytes() != before
    assert sorted(path.name for path in folder.parent.iterdir()) == [".lock", folder.name, "latest"]
    assert list(problems_of(str(folder), now=now, oldest=timedelta(hours=1))) == []
    assert not publish_dump(base="https://fdi.example.vn/api/v1/", at=now).replaced


def test_so_it_does_where_folders_cannot_be_exchanged(folder, now, monkeypatch):
    monkeypatch.setattr(shelf, "_exchanged", lambda one, other: False)

    assert publish_dump(base="https://fdi.example.vn/api/v1/", at=now).replaced
    assert lines(folder, "projects")[0]["url"].startswith("https://fdi.example.vn/")
    assert sorted(path.name for path in folder.parent.iterdir()) == [".lock", folder.name, "latest"]


def test_another_change_of_the_same_number_replaces_it(folder, now):
    """A backup was restored, and something else was written since."""
    Register.objects.update(head_hash="f" * 64)
    assert publish_dump(base=BASE, at=now).replaced
    assert dump_of(folder.name).described["change_hash"] == "f" * 64


def test_a_form_that_it_has_besides_is_no_reason_to_write_it_anew(folder, now):
    assert publish_dump(base=BASE, at=now, parquet=True).replaced
    assert not publish_dump(base=BASE, at=now).replaced


def test_one_that_cannot_be_read_is_replaced(folder, now):
    (folder / "datapackage.json").write_text("{")

    assert publish_dump(base=BASE, at=now).replaced
    assert dump_of(folder.name)


def test_a_replacement_that_fails_leaves_what_stood(folder, now, monkeypatch):
    monkeypatch.setattr("registry.exchange.dump.publish._descriptor", lambda *given: 1 / 0)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(ZeroDivisionError):
        publish_dump(base="https://fdi.example.vn/api/v1/", at=now)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_as_many_queries_for_many_rows_as_for_one(now):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            publish_dump(base=BASE, at=now)
        return len(caught)

    build.make_project()
    of_one = queries()
    for _each in range(5):
        build.make_project()

    assert queries() == of_one


@pytest.mark.parametrize(("damage", "told"), [
    (lambda folder: (folder / "zones.csv").write_bytes((folder / "zones.csv").read_bytes()[:-30]), "zones.csv: bytes"),
    (lambda folder: (folder / "zones.ndjson").write_bytes((folder / "zones.ndjson").read_bytes() + b"{}\n"),
     "zones.ndjson: rows"),
    (lambda folder: (folder / "projects.csv").unlink(), "projects.csv: "),
    (lambda folder: (folder / "datapackage.json").write_text("{"), "datapackage.json: "),
])
def test_damage_is_found(folder, now, damage, told):
    assert list(problems_of(str(folder), now=now, oldest=timedelta(hours=1))) == []

    damage(folder)

    assert told in "\n".join(problems_of(str(folder), now=now, oldest=timedelta(hours=1)))


def test_a_list_that_is_missing_is_told(folder, now):
    file = folder / "datapackage.json"
    described = orjson.loads(file.read_bytes())
    kept = [each for each in described["resources"] if each["path"] not in ("zones.csv", "projects.ndjson")]
    assert len(kept) == len(described["resources"]) - 2
    file.write_bytes(orjson.dumps(described | {"resources": kept}))

    assert list(problems_of(str(folder), now=now, oldest=timedelta(hours=1))) == [
        "datapackage.json: không nêu projects.ndjson, zones.csv; hãy chạy lại publish_dump"]


def test_an_old_one_is_told(folder, now):
    told = list(problems_of(str(folder), now=now + timedelta(hours=40), oldest=timedelta(hours=36)))

    assert told == ["datapackage.json: cũ 40 giờ, quá 36 giờ"]


def test_the_commands(folder, capsys):
    build.make_investor()
    call_command("publish_dump", "--site", "https://fdi.example.vn/")
    call_command("check_dump", str(dump_of("latest").folder))

    assert lines(dump_of("latest").folder, "projects")[0]["url"].startswith("https://fdi.example.vn/api/v1/projects/")
    (folder / "zones.csv").unlink()
    with pytest.raises(CommandError):
        call_command("check_dump", str(folder))
    assert "zones.csv" in capsys.readouterr().out


def test_parquet_that_is_not_installed_names_the_way_out(monkeypatch, now):
    monkeypatch.setattr(parquet, "pyarrow", None)

    with pytest.raises(ParquetMissing, match="requirements-parquet.txt"):
        publish_dump(base=BASE, at=now, parquet=True)

    assert dump_of("latest") is None
    assert Project.objects.count() == 0


@pytest.mark.parametrize("changes, told", [
    (None, ["datapackage.json: không phải một đối tượng JSON"]),
    ({"created": "2026-11-27T02:00:00"}, ["datapackage.json: created không phải thời điểm có múi giờ, như "
                                          "2026-11-27T02:00:00Z"]),
    ({"created": 7}, ["datapackage.json: created không phải thời điểm có múi giờ, như 2026-11-27T02:00:00Z"]),
    ({"resources": {}}, ["datapackage.json: resources không phải một danh sách"]),
    ({"resources": [{"path": "a.csv", "format": "csv", "bytes": "1", "rows": 1}]},
     ["datapackage.json: resources[0]: bytes bị thiếu hoặc sai kiểu",
      "datapackage.json: resources[0]: hash bị thiếu hoặc sai kiểu"]),
])
def test_a_malformed_descriptor_is_told(folder, now, changes, told):
    file = folder / "datapackage.json"
    described = [] if changes is None else orjson.loads(file.read_bytes()) | changes
    file.write_bytes(orjson.dumps(described))

    assert list(map(str, problems_of(str(folder), now=now, oldest=timedelta(hours=1)))) == told
