"""The map: how sure its circles are, what it keeps to itself, and its sums."""

import re
from decimal import Decimal

import pytest

from registry.actions.project import withdraw_project
from registry.models import Zone
from registry.statistics.capital import capital_by
from registry.statistics.zones import zones_with_capital
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
        found = {each.zone.code: each for each in zones_with_capital(Zone.objects.public(), capital_by("zone", as_of=day))}
        table = {row.key: row for row in capital_by("zone", as_of=day).rows}
        here = found[zone.code]
        assert (here.registered_usd, here.confirmed_usd, here.projects) == (Decimal("57.30"), Decimal("7.00"), 2)
        assert (found[other.code].registered_usd, found[other.code].projects) == (0, 0)
        for key, row in table.items():
            assert (found[key].registered_usd, found[key].confirmed_usd, found[key].projects) == (
                row.registered_usd, row.confirmed_usd, row.projects)


def test_same_queries_for_one_zone_and_for_twenty(reader):
    def add():
        build.make_project(zone=build.make_zone(latitude=21.2, longitude=106.0), capital_usd="1000000")

    add()
    one = reader.queries("/map/")
    for _ in range(19):
        add()
    assert reader.queries("/map/") == one <= 4
