"""The pages of what was published: the list, each table, and what has become of it."""

import csv
import re
from datetime import date
from decimal import Decimal

import openpyxl
import orjson
import pytest
from jsonschema import Draft202012Validator

from registry.actions.record import amend
from registry.exchange.documents.published import NUMBERS_OF_CELLS, PUBLICATION_IN_FULL
from registry.models import Country, Investor, Project
from registry.vocabulary.published import Asked, FigureKind, checksum_of
from tests import build
from tests.pages.conftest import content_of

pytestmark = pytest.mark.django_db

Q3 = Asked(FigureKind.FLOWS, "zone", date(2023, 9, 30), date(2023, 7, 1))


@pytest.fixture
def figure():
    """Two zones, one project each."""
    for code, name in (("SYN-A", "KCN Một"), ("SYN-B", "KCN Hai")):
        build.make_project(name=f"Nhà máy {code}", capital_usd=5, decided_on=date(2023, 8, 1),
                           zone=build.make_zone(code=code, name=name))
    return build.freeze(Q3, title="Quý III/2023 theo khu", title_en="Q3 2023 by zone")


def test_without_any_the_list_says_what_it_is_for(reader):
    assert "Chưa có bảng nào được công bố" in reader.words("/publications/")
    assert reader.open("/publications/PUB-000001/").status_code == 404


def test_the_list_leads_to_each(reader, figure):
    build.freeze(Q3, title="Bảng sửa", supersedes=figure, note="cấp muộn")
    words = reader.words("/publications/")
    assert words.index("Bảng sửa") < words.index("Quý III/2023 theo khu")
    assert "đã có bảng thay thế: PUB-000002" in words
    assert "Q3 2023 by zone" in reader.words("/en/publications/")
    assert "Đã có bảng thay cho bảng này: Bảng sửa" in reader.words(f"/publications/{figure.code}/")


def test_the_list_is_a_file_too(reader, figure):
    [row] = csv.DictReader(content_of(reader.open("/publications/?format=csv")).decode("utf-8-sig").splitlines())
    assert (row["code"], row["office"], row["checksum"]) == (figure.code, figure.office.name, figure.checksum)
    assert content_of(reader.open("/publications/?format=xlsx"))[:2] == b"PK"
    assert reader.open("/publications/?format=nix").status_code == 400


def test_what_has_not_changed_says_so(reader, figure):
    words = reader.words(f"/publications/{figure.code}/")
    assert "sổ đăng ký tính ra đúng từng ô như đã công bố" in words
    assert figure.checksum in words and "Ban quản lý thử nghiệm" in words
    assert "nay:" not in words


def test_late_entries_and_what_was_classified_otherwise(reader, figure):
    late, moved = Project.objects.order_by("pk")
    build.make_entry(late, 3, kind="increase", decided_on=date(2023, 9, 29))
    with build.act() as act:
        amend(act=act, record=Project.objects.get(pk=moved.pk), zone=None)

    words = reader.words(f"/publications/{figure.code}/")

    assert "KCN Một vốn điều chỉnh (USD) 0 3 3 3 0" in words
    assert "KCN Hai vốn cấp mới (USD) 5 0 -5 0 -5" in words
    assert "chưa ghi nhận vốn cấp mới (USD) 0 5 5 0 5" in words
    assert f"Nhà máy SYN-A {late.entries.latest('pk').code} KCN Một điều chỉnh tăng 3" in words
    assert f"Nhà máy SYN-B {moved.code} khu công nghiệp KCN Hai chưa ghi nhận" in words


def test_files_have_the_numbers_that_were_published(reader, figure, tmp_path):
    build.make_entry(Project.objects.first(), 3, kind="increase", decided_on=date(2023, 9, 29))
    answer = reader.open(f"/publications/{figure.code}/?format=csv")
    lines = content_of(answer).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("SYN-A,KCN Một,,1,5.00,0,0.00")
    assert lines[-1].startswith("total,Tổng,Total,2,10.00,0,0.00")
    path = tmp_path / "a.xlsx"
    path.write_bytes(content_of(reader.open(f"/publications/{figure.code}/?format=xlsx")))
    assert [row[4] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True)] == [5, 5, 10]
    assert reader.open(f"/publications/{figure.code}/?format=nix").status_code == 400


def test_json_is_the_apis_and_its_table_has_the_checksum(reader, client, figure):
    build.make_entry(Project.objects.first(), 3, kind="increase", decided_on=date(2023, 9, 29))
    answer = client.get(f"/api/v1/publications/{figure.code}/").json()
    Draft202012Validator(PUBLICATION_IN_FULL).validate(answer)
    assert checksum_of(answer["table"]) == answer["checksum"] == figure.checksum
    assert [each["key"] for each in answer["revision"]["rows"]] == ["SYN-A"]
    assert client.get("/api/v1/publications/").json()["results"] == [
        {name: value for name, value in answer.items() if name not in ("table", "revision")}]
    page = reader.open(f"/publications/{figure.code}/?format=json")
    assert orjson.loads(content_of(page))["revision"] == answer["revision"]
    assert client.get("/api/v1/publications/PUB-999999/").status_code == 404


def test_amounts_that_are_nothing_are_amounts_too(client, figure):
    """A row that came, one that went: every amount is text with two places, every count a number."""
    late, moved = Project.objects.order_by("pk")
    with build.act() as act:
        amend(act=act, record=Project.objects.get(pk=moved.pk), zone=None)
    build.make_entry(late, 3, kind="increase", decided_on=date(2023, 9, 29))
    revision = client.get(f"/api/v1/publications/{figure.code}/").json()["revision"]
    assert [row["key"] for row in revision["rows"]] == ["SYN-A", "SYN-B", None]
    cells = [cell for row in revision["rows"] for cell in row["cells"]] + revision["total"]
    for cell in cells:
        for name in NUMBERS_OF_CELLS:
            is_amount = isinstance(cell[name], str) and re.fullmatch(r"-?[0-9]+\.[0-9]{2}", cell[name])
            assert is_amount if cell["column"].endswith("_usd") else type(cell[name]) is int, cell
    [came] = [cell for cell in revision["rows"][2]["cells"] if cell["column"] == "new_usd"]
    assert (came["published"], came["now"], came["by_entries"]) == ("0.00", "5.00", "0.00")


def test_groups_that_are_new_stand_in_the_table_so_that_it_adds_up(reader):
    """Below those that were published, and before what is not stated."""
    japan, korea, taiwan = (Country.objects.get(code=code) for code in ("JP", "KR", "TW"))
    moving, staying = build.make_investor(country=japan), build.make_investor(country=korea)
    for investor in (moving, staying, build.make_investor()):
        build.make_project(capital_usd=5, decided_on=date(2023, 8, 1), investors=[investor])
    figure = build.freeze(Asked(FigureKind.CAPITAL, "country", date(2023, 9, 30)))
    url = f"/publications/{figure.code}/"
    with build.act() as act:
        amend(act=act, record=Investor.objects.get(pk=moving.pk), country=taiwan)
    build.make_project(capital_usd=3, decided_on=date(2023, 8, 2), investors=[moving])

    sheet = reader.open(url).context["sheet"]

    assert [(line.names and line.names[0], line.is_new) for line in sheet.lines] == [
        (japan.name, False), (korea.name, False), (taiwan.name, True), (None, False)]
    for place, total in enumerate(sheet.total.cells):
        assert sum(now(line.cells[place]) for line in sheet.lines) == now(total), total.label
    assert now(sheet.total.cells[1]) == 18
    assert f"{taiwan.name} chưa có khi công bố nay: 2 nay: 8 " in reader.words(url)


def now(shown) -> Decimal | int:
    return shown.now.now if shown.now else shown.value or 0


def test_what_is_not_stated_comes_last_also_where_it_is_new(reader, figure):
    moved = Project.objects.order_by("pk")[1]
    with build.act() as act:
        amend(act=act, record=moved, zone=None)
    zone = build.make_zone(code="SYN-C", name="KCN Ba")
    build.make_project(capital_usd=3, decided_on=date(2023, 8, 2), zone=zone)
    sheet = reader.open(f"/publications/{figure.code}/").context["sheet"]
    assert [line.names and line.names[0] for line in sheet.lines] == ["KCN Một", "KCN Hai", "KCN Ba", None]
    assert [line.is_new for line in sheet.lines] == [False, False, True, True]


def test_queries_do_not_grow_with_rows(reader, figure):
    """Late entries and classifications: as many queries for one as for six."""
    def late(count):
        for _number in range(count):
            project = build.make_project(capital_usd=1, decided_on=date(2023, 8, 2), zone=build.make_zone())
            build.make_entry(project, 3, kind="increase", decided_on=date(2023, 9, 29))
        return reader.queries(f"/publications/{figure.code}/")

    assert late(1) == late(5)
