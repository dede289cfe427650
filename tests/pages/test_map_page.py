"""The map: how sure its circles are, what it keeps to itself, and its sums."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import caches

from registry.actions.project import withdraw_project
from registry.models import Sector, Zone
from registry.statistics.capital import capital_by
from registry.statistics.zones import zones_with_capital
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import SourceKind
from tests import build

pytestmark = pytest.mark.django_db


class TestHowSure:
    def test_what_is_on_certificates_is_filled(self, reader):
        zone = build.make_zone(code="khu-a", latitude=21.2, longitude=106.0)
        build.make_project(zone=zone, capital_usd="25", source=build.make_source(kind=SourceKind.DECISION))
        build.make_project(zone=zone, capital_usd="75", source=build.make_source())
        html = reader.html("/map/")
        assert re.search(r'class="map-capital" cx="[\d.]+" cy="[\d.]+" r="36"/><circle class="map-sure" cx="[\d.]+" '
                         r'cy="[\d.]+" r="18"/>', html)

    def test_drafts_are_not_drawn(self, reader):
        build.make_zone(code="khu-kin", name="KCN Kín", latitude=21.2, longitude=106.0, publication="draft")
        assert "Kín" not in reader.html("/map/")


class TestZonesWithCapital:
    def test_the_sums_of_the_table_by_zone(self):
        zone, other = build.make_zone(), build.make_zone()
        first = build.make_project(zone=zone, capital_usd="100.10")
        build.make_entry(first, "0.20")
        build.make_entry(first, "-50", kind="decrease")
        build.make_project(zone=zone, capital_usd="7", source=build.make_source(kind=SourceKind.DECISION))
        gone = build.make_project(zone=other, capital_usd="9")
        with build.act() as act:
            withdraw_project(act=act, project=gone, reason="Ghi trùng")
        day = build.A_DAY.replace(year=2200)
        by_zone = capital_by("zone", as_of=day)
        found = {each.zone.code: each for each in zones_with_capital(Zone.objects.public(), by_zone)}
        table = {row.key: row for row in by_zone.rows}
        here = found[zone.code]
        assert (here.registered_usd, here.confirmed_usd, here.projects) == (Decimal("57.30"), Decimal("7.00"), 2)
        assert (found[other.code].registered_usd, found[other.code].projects) == (0, 0)
        for key, row in table.items():
            assert (found[key].registered_usd, found[key].confirmed_usd, found[key].projects) == (
                row.registered_usd, row.confirmed_usd, row.projects)


class TestColours:
    def test_by_how_full_a_zone_is_with_the_day_and_the_source(self, reader):
        zone = build.make_zone(code="khu-a", latitude=21.2, longitude=106.0)
        build.make_zone(code="khu-b", latitude=21.3, longitude=106.1)
        build.make_project(zone=zone, capital_usd="25", source=build.make_source(kind=SourceKind.DECISION))
        for value, day in ((40, date(2022, 1, 1)), (80, date(2024, 6, 30)), (99, None)):
            build.make_observation(zone=zone, value=Decimal(value), observed_on=day and VagueDay.exact(day))
        html, words = reader.html("/map/", {"colour": "occupancy"}), reader.words("/map/", {"colour": "occupancy"})
        assert 'class="map-capital tone-full"' in html and 'class="map-none tone-unknown"' in html
        assert "map-sure" not in html.partition("</svg>")[0]
        assert "25 USD; lấp đầy 80 %</title>" in html
        assert "lấp đầy 80 % 30/06/2024" in words and "lấp đầy dưới 50 %" in words

    def test_by_the_sector_with_the_most_capital(self, reader):
        zone = build.make_zone(code="khu-a", latitude=21.2, longitude=106.0)
        for code, amount in (("2018-26", "60"), ("2018-10", "50"), ("2018-10", "40")):
            build.make_project(zone=zone, sector=Sector.objects.get(code=code), capital_usd=amount)
        html = reader.html("/map/", {"colour": "sector"})
        assert 'class="map-capital tone-making"' in html
        assert Sector.objects.get(code="2018-10").name in html

    def test_another_word_is_named_and_the_map_stays(self, reader):
        words = reader.words("/map/", {"colour": "<x>"}, status=400)
        assert "Không có giá trị “<x>”" in words and "Các khu, khu nhiều vốn trước" in words

    def test_within_the_boundary_of_the_operator(self, reader, settings, tmp_path):
        build.make_zone(code="khu-a", latitude=21.2, longitude=106.0)
        assert "map-outline" not in reader.html("/map/")
        caches["pages"].clear()  # a server that is started with another setting has no pages
        settings.BOUNDARY_FILE = str(tmp_path / "outline.geojson")
        (tmp_path / "outline.geojson").write_text(
            '{"type": "Polygon", "coordinates": [[[105.8, 20.9], [107.1, 20.9], [107.1, 21.7], [105.8, 20.9]]]}')
        html = reader.html("/map/")
        assert '<path class="map-outline" d="M40 ' in html
        assert "map-outline" in reader.html("/") and "map-land" not in html


def test_same_queries_for_one_zone_and_for_twenty(reader):
    def add():
        build.make_project(zone=build.make_zone(latitude=21.2, longitude=106.0), capital_usd="1000000")

    add()
    one = reader.queries("/map/")
    for _ in range(19):
        add()
    assert reader.queries("/map/") == one <= 6
    for colour in ("occupancy", "sector"):
        assert reader.queries("/map/", {"colour": colour}) <= 8
