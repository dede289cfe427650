"""Numbers on the pages of records and on the first page: each leads to the rows that make it."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from registry.actions.project import StakeGiven
from registry.models import Country, Sector
from tests import build
from tests.web.conftest import no_quota

__all__ = ["no_quota"]

pytestmark = pytest.mark.django_db

BEHIND = re.compile(r'<a class="behind" href="/statistics/rows/\?([^"]+)">(.*?)</a>', re.DOTALL)


@pytest.fixture
def pages():
    """Projects of two countries over twenty years, in a zone, its phase and outside, one by shares, one whose day and
    sector nobody stated; and a purchase, a disbursement, a decrease."""
    kr, us = (build.make_investor(name=f"SYN {code}", country=Country.objects.get(code=code)) for code in ("KR", "US"))
    zone = build.make_zone()
    phase = build.make_zone(parent=zone)
    chips, metal = (Sector.objects.get(code=f"2018-{code}") for code in (26, 25))
    first = build.make_project(
        zone=zone, sector=chips, investors=[StakeGiven(kr, Decimal(60)), StakeGiven(us, Decimal("33.33"))],
        capital_usd="5000000.50", decided_on=date(2004, 5, 1))
    build.make_project(zone=phase, sector=metal, investors=[us], capital_usd="900000", decided_on=date(2019, 3, 1))
    build.make_project(sector=chips, investors=[us], capital_usd="70000.25", decided_on=date(2023, 3, 1))
    build.make_project(zone=zone, investors=[us], capital_usd="11", decided_on=None)
    for kind, amount, day in (("increase", "7000000", date(2024, 6, 1)), ("decrease", "-2000000", date(2025, 6, 1)),
                              ("disbursement", "300000", date(2025, 7, 1))):
        build.make_entry(first, amount, kind=kind, decided_on=day)
    build.make_entry(first, "44000", kind="share_purchase", decided_on=date(2024, 8, 1), buyer=us)
    return ["/", f"/zones/{zone.code}/", f"/zones/{phase.code}/", f"/sectors/{chips.code}/", "/sectors/2018-C/",
            "/countries/KR/", "/countries/US/", f"/investors/{kr.code}/", f"/investors/{us.code}/"]


@pytest.mark.parametrize("asked", ["", "?as_of=2024-06-30"])
def test_the_rows_behind_each_number_add_up_to_it(reader, client, pages, asked):
    counted, by_lead, by_share = 0, 0, 0
    for address in pages:
        found = BEHIND.findall(reader.html(address + (asked if address != "/" else "")))
        assert found, address
        for query, shown in found:
            rows = client.get(f"/api/v1/statistics/capital/rows/?{unescape(query)}").json()
            told = f"{rows['count']}.00" if "of=projects" in query else rows["total_usd"]
            assert told == number_of(shown), (address, query, shown)
            assert client.get(f"/statistics/rows/?{unescape(query)}").status_code == 200
            counted, by_lead, by_share = counted + 1, by_lead + ("lead=" in query), by_share + ("decided_in=" in query)
    assert counted > 60
    assert by_lead >= 4 and by_share >= 4


def number_of(shown: str) -> str:
    """The amount that a link shows: "12.000.000,50" as "12000000.50"."""
    [digits] = re.findall(r"[-−]?[0-9][0-9.]*(?:,[0-9]+)?", re.sub(r"<[^>]+>", " ", unescape(shown)))
    whole, _comma, cents = digits.replace("−", "-").replace(".", "").partition(",")
    return f"{whole}.{cents or '00'}"
