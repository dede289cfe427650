"""The reference lists: how many of each, exact facts, and what a broken row does."""

import shutil
from collections import Counter
from datetime import date
from decimal import Decimal

import orjson
import pytest

from registry.exchange import fixtures
from registry.exchange.check.everything import problems
from registry.exchange.fixtures import BrokenRow
from registry.exchange.reference import load_reference
from registry.models import (
    AdministrativeUnit,
    Country,
    Registrar,
    Sector,
    Source,
    Statement,
    Zone,
    ZoneObservation,
)
from registry.vocabulary.period import VagueDay
from tests import build
from tests.unchanged import everything, refused

pytestmark = pytest.mark.django_db

BEFORE_THE_MERGER, AFTER_IT = date(2025, 6, 30), date(2025, 7, 1)
BEFORE_THE_CITY, THE_CITY = date(2026, 9, 19), date(2026, 9, 20)


def test_how_many_of_each():
    assert {model.KIND: model.objects.count() for model in (
        Country, Sector, AdministrativeUnit, Registrar, Zone, ZoneObservation, Statement)} == {
        "country": 249, "sector": 131, "place": 446, "registrar": 5, "zone": 37, "zone-observation": 23,
        "statement": 92}


def test_the_lists_leave_the_register_clean():
    assert list(problems()) == []


def test_a_second_load_adds_nothing():
    before = everything()

    with build.act() as act:
        assert load_reference(act) == 0

    assert everything() == before


def test_a_second_load_brings_back_what_is_missing_and_leaves_what_was_mended():
    Sector.objects.filter(code="2025-A").delete()
    Country.objects.filter(code="KR").update(printed="sửa tay")
    told = []

    with build.act() as act:
        assert load_reference(act, tell=told.append) == 1

    assert told == ["sectors: 1"]
    assert Sector.objects.filter(code="2025-A").exists()
    assert Country.objects.get(code="KR").printed == "sửa tay"


def test_countries_have_the_names_of_the_agency_and_of_babel():
    korea, iceland = Country.objects.get(code="KR"), Country.objects.get(code="IS")

    assert (korea.name, korea.name_en) == ("Hàn Quốc", "South Korea")
    assert (iceland.name, iceland.name_en, iceland.printed) == ("Iceland", "Iceland", "")
    assert not Country.objects.filter(code__in=["EU", "XK", "ZZ", "UN"]).exists()


def test_sectors_of_2018_have_two_levels_and_those_of_2025_one():
    assert Counter(Sector.objects.values_list("vsic_version", "level")) == {
        ("2018", 1): 21, ("2018", 2): 88, ("2025", 1): 22}
    electronics = Sector.objects.get(code="2018-26")
    assert electronics.name == "Sản xuất sản phẩm điện tử, máy vi tính và sản phẩm quang học"
    assert (electronics.section, electronics.section_key) == ("C", "C")
    assert Sector.objects.get(code="2025-K").section_key == "2025-K"
    assert Sector.objects.get(code="2018-K").name != Sector.objects.get(code="2025-K").name


@pytest.mark.parametrize(("day", "levels"), [
    (BEFORE_THE_MERGER, {"province": 2, "district": 18, "commune": 313}),
    (AFTER_IT, {"province": 1, "commune": 99}),
    (THE_CITY, {"province": 1, "commune": 99}),
], ids=str)
def test_units_in_force(day, levels):
    assert Counter(AdministrativeUnit.objects.in_force(day).values_list("level", flat=True)) == levels


def test_twelve_communes_became_wards_and_the_province_a_city():
    def kinds(day):
        return Counter(AdministrativeUnit.objects.in_force(day).values_list("kind", flat=True))

    assert kinds(BEFORE_THE_CITY) == {"province": 1, "commune": 66, "ward": 33}
    assert kinds(THE_CITY) == {"city": 1, "commune": 54, "ward": 45}


def test_a_code_stands_for_one_unit_at_a_time():
    for day in (BEFORE_THE_MERGER, AFTER_IT, BEFORE_THE_CITY, THE_CITY):
        codes = AdministrativeUnit.objects.in_force(day).values_list("official_code", "level")
        assert max(Counter(codes).values()) == 1, day


def test_every_unit_that_ended_in_the_merger_has_a_successor_in_force_the_day_after():
    ended = AdministrativeUnit.objects.in_force(BEFORE_THE_MERGER).exclude(level="district").filter(
        in_force_until=BEFORE_THE_MERGER)

    assert ended.count() == 315
    assert {(unit.successor.in_force_from, unit.successor.level) for unit in ended.select_related("successor")} == {
        (AFTER_IT, "commune"), (AFTER_IT, "province")}


def test_a_place_in_force_now_has_the_plain_code():
    now = AdministrativeUnit.objects.in_force(THE_CITY)

    assert all("-" not in unit.code for unit in now)
    assert set(AdministrativeUnit.objects.filter(in_force_until=BEFORE_THE_MERGER, official_code="24",
                                                 level="province").values_list("code", flat=True)) == {"24-2025"}


def test_registrars_follow_each_other():
    assert sorted(Registrar.objects.values_list("code", "in_force_until", "successor__code")) == [
        ("REG-000001", date(2025, 6, 30), "REG-000003"), ("REG-000002", date(2025, 6, 30), "REG-000003"),
        ("REG-000003", None, None), ("REG-000004", date(2025, 2, 28), "REG-000005"), ("REG-000005", None, None)]


def test_a_new_registrar_gets_a_code_of_its_own():
    assert build.make(Registrar, name="Cơ quan mới").code == "REG-000006"


def test_zones_have_their_parents_and_provinces():
    assert Counter(Zone.objects.values_list("province", flat=True)) == {"bac-ninh": 35, "hung-yen": 2}
    assert Counter(Zone.objects.values_list("kind", flat=True)) == {"industrial_park": 36, "concentrated_it_zone": 1}
    assert Zone.objects.get(code="yen-phong-mo-rong").parent.code == "yen-phong-1"
    assert sorted(Zone.objects.with_sub_zones(["que-vo-3"]).values_list("code", flat=True)) == [
        "que-vo-3", "que-vo-3-pk2"]
    zone = Zone.objects.get(code="yen-phong-2c")
    assert zone.name == "KCN Yên Phong II-C"
    assert all(unit.in_force_until is None for zone in Zone.objects.all() for unit in zone.communes.all())


def test_no_two_zones_stand_on_one_point():
    points = Zone.objects.exclude(latitude=None).values_list("latitude", "longitude")

    assert len(points) == len(set(points)) == 31
    assert not Zone.objects.exclude(latitude=None).filter(position_basis="").exists()


def test_an_observation_has_its_day_method_and_source():
    seen = ZoneObservation.objects.get(zone__code="tien-son", attribute="occupancy")

    assert (seen.code, seen.value, seen.observed_on) == (
        "tien-son-1", Decimal("99.5"), VagueDay(date(2022, 1, 1), date(2022, 12, 31), "khoảng năm 2022"))
    assert (seen.method, seen.source.reference) == (
        "bảng trong trang quy hoạch, khoảng năm 2022", "dautu360-quy-hoach")
    assert ZoneObservation.objects.filter(source__isnull=True).count() == 0


def test_the_agency_s_years_end_on_20_december():
    rows = Statement.objects.filter(reference__startswith="FIA-")

    assert rows.count() == 92
    assert {(row.date_latest.month, row.date_latest.day) for row in rows} == {(12, 20)}
    assert {row.review for row in rows} == {"accepted"}
    first = rows.get(reference="FIA-2015-BN-1")
    assert (first.subject.code, first.attribute, first.value, first.unit) == (
        "27-2025", "fia_new_projects", "133", "projects")
    assert (first.source.reference, first.kind) == ("fia-2015", "statistic")


def test_every_list_names_where_it_is_from():
    for path in fixtures.FIXTURES.glob("*.json"):
        assert fixtures.read(path.stem)["source"], path.name
    assert not Source.objects.filter(name="").exists()


@pytest.fixture
def lists(tmp_path, monkeypatch):
    """A copy of the lists that a test may spoil."""
    copy = shutil.copytree(fixtures.FIXTURES, tmp_path / "fixtures")
    monkeypatch.setattr(fixtures, "FIXTURES", copy)
    return copy


def add_row(lists, name: str, row: dict) -> None:
    path = lists / f"{name}.json"
    content = orjson.loads(path.read_bytes())
    content["rows"].append(content["rows"][-1] | row)
    path.write_bytes(orjson.dumps(content))


@pytest.mark.parametrize(("name", "row", "said"), [
    ("countries", {"code": "K1"}, "countries.json, dòng “K1”: không phải là một mã của ISO 3166-1"),
    ("countries", {"code": None}, "countries.json, dòng “39”: thiếu 'code'"),
    ("sectors", {"code": "X1", "version": "2018", "name": ""}, "sectors.json, dòng “2018-X1”: ngành kinh tế: name:"),
    ("sectors", {"version": ""}, "sectors.json, dòng “132”: thiếu 'version'"),
    ("places", {"key": "99999", "from": "2025-02-30"}, "places.json, dòng “99999”: day is out of range for month"),
    ("places", {"key": "99999", "parent": "nowhere"}, "places.json, dòng “99999”: thiếu 'nowhere'"),
    ("places", {"key": "99999", "kind": "village"}, "places.json, dòng “99999”: đơn vị hành chính: kind:"),
    ("registrars", {"code": "REG-000009", "successor": "REG-000010"},
     "registrars.json, dòng “REG-000009”: thiếu 'REG-000010'"),
    ("sources", {"key": "moi", "published": {"earliest": "2023-02-01", "latest": "2023-01-01"}},
     "sources.json, dòng “moi”: the earliest day 2023-02-01 is after the latest 2023-01-01"),
    ("zones", {"code": "moi", "communes": ["00000"]}, "zones.json, dòng “moi”: thiếu '00000'"),
    ("zones", {"code": "moi", "area_ha": "rộng"}, "zones.json, dòng “moi”: có giá trị không phải là số"),
    ("zones", {"code": "Mới!"}, "zones.json, dòng “Mới!”: khu công nghiệp: code:"),
    ("zones", {"code": "moi", "observations": [{"attribute": "occupancy", "value": "1.2.3", "date": None,
                                                "method": None, "source": "fia-2015"}]},
     "zones.json, dòng “moi”: có giá trị không phải là số"),
    ("fia", {"reference": "FIA-2023-BN-1", "place": "00"}, "fia.json, dòng “FIA-2023-BN-1”: thiếu '00'"),
])
def test_a_broken_row_is_named_and_nothing_is_written(lists, name, row, said):
    add_row(lists, name, row)

    with refused(BrokenRow) as refusal, build.act() as act:
        load_reference(act)

    assert str(refusal.value).startswith(said)
    assert str(refusal.value).endswith(". Hãy sửa dòng đó rồi nạp lại; chưa có gì được ghi.")


def test_a_file_that_is_no_json_is_named(lists):
    (lists / "zones.json").write_text('{"rows": [}')

    with refused(BrokenRow) as refusal, build.act() as act:
        load_reference(act)

    assert str(refusal.value).startswith("zones.json, dòng “1:11”: ")
