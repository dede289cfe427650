"""What statistics are asked wrongly, or hold awkwardly, at every door: a clear answer, nothing dropped in silence."""

from datetime import date

import pytest
from django.utils import timezone

from registry.models import Country, Sector
from registry.vocabulary.published import Asked, FigureKind
from tests import build

pytestmark = pytest.mark.django_db

FUTURE = {"from": "2199-01-01", "to": "2199-03-31"}
FLOWS, CAPITAL, FORM, PAGE = ("/api/v1/statistics/flows/", "/api/v1/statistics/capital/", "/api/v1/statistics/a-iv-1/",
                              "/statistics/flows/")
Q1 = {"from": "2024-01-01", "to": "2024-03-31"}


@pytest.mark.parametrize("address, asked, code", [
    (FLOWS, {"by": "zone", **FUTURE}, "period-in-future"),
    (FLOWS, {"by": "zone", "from": "2024-03-31", "to": "2024-01-01"}, "period-backwards"),
    (FORM, {"year": 2199, "quarter": 1}, "quarter-in-future"),
    (FORM, {"year": 2024, "quarter": 5}, "bad-parameter"),
    (FORM, {"year": 2024, "quarter": 1, "known_on": "29/02/2024"}, "bad-parameter"),
    (CAPITAL, {"by": "sector", "sector": "2025-01X"}, "bad-parameter"),
])
def test_programs_are_told_what_to_do(client, address, asked, code):
    answer = client.get(address, asked)
    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert answer.json()["detail"] or answer.json()["errors"]


@pytest.mark.parametrize("form", ["", "csv", "xlsx", "json"])
@pytest.mark.parametrize("asked, told", [
    (FUTURE, "hãy chọn kỳ đã bắt đầu"), ({"from": "2024-03-31", "to": "2024-01-01"}, "hãy đổi chỗ hai ngày"),
])
def test_readers_are_told_too_and_get_no_file(client, asked, told, form):
    answer = client.get(PAGE, asked | ({"format": form} if form else {}))
    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_a_period_that_goes_on_says_up_to_which_day(client, today):
    year = today.year
    found = client.get(FLOWS, {"by": "zone", "from": f"{year}-01-01", "to": f"{year}-12-31"}).json()
    assert (found["is_over"], found["counted_to"]) == (False, today.isoformat())
    page = client.get(PAGE, {"from": f"{year}-01-01", "to": f"{year}-12-31"}).content.decode()
    assert "Kỳ chưa kết thúc." in page
    form = client.get(FORM, {"year": year, "quarter": (today.month + 2) // 3}).json()
    assert form["is_over"] is False and form["counted_to"] == today.isoformat()
    over = client.get(FLOWS, {"by": "zone", **Q1}).json()
    assert (over["is_over"], over["counted_to"]) == (True, "2024-03-31")
    assert "Kỳ chưa kết thúc." not in client.get(PAGE, Q1).content.decode()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def test_a_sector_of_the_other_version_is_a_row_of_its_own_and_stands_under_the_letter_of_2018(client):
    old, new = (Sector.objects.filter(vsic_version=version, section=letter).order_by("-level", "code").first()
                for version, letter in (("2018", "L"), ("2025", "M")))
    assert new is not None and old is not None
    for sector in (old, new):
        build.make_project(capital_usd=5, decided_on=date(2024, 2, 1), sector=sector)
    by_sector = client.get(FLOWS, {"by": "sector", **Q1}).json()
    assert {row["key"] for row in by_sector["rows"]} == {old.code, new.code}
    by_section = client.get(FLOWS, {"by": "section", **Q1}).json()
    assert {row["key"] for row in by_section["rows"]} == {"L", "2025-M"}
    frozen = build.freeze(Asked(FigureKind.AGENCY, "section", last=date(2024, 3, 31), first=date(2024, 1, 1))).table
    assert [(row["key"], row["new_usd"]) for row in frozen["rows"]] == [("L", "10.00")]


def test_a_project_without_country_is_a_row_at_every_door(client):
    unknown = build.make_investor(country=None)
    build.make_project(capital_usd=5, decided_on=date(2024, 2, 1), investors=[unknown])
    build.make_project(capital_usd=7, decided_on=date(2024, 2, 1),
                       investors=[build.make_investor(country=Country.objects.get(code="KR"))])
    for address, asked, column in ((FLOWS, Q1, "new_usd"), (CAPITAL, {}, "registered_usd")):
        table = client.get(address, {"by": "country", **asked}).json()
        assert {row["key"]: row[column] for row in table["rows"]} == {"KR": "7.00", None: "5.00"}
        assert table["total"][column] == "12.00"
    frozen = build.freeze(Asked(FigureKind.AGENCY, "country", last=date(2024, 3, 31), first=date(2024, 1, 1))).table
    assert [(row["key"], row["new_usd"]) for row in frozen["rows"]] == [("KR", "7.00"), (None, "5.00")]
    assert "chưa ghi nhận" in client.get(PAGE, {"by": "country", **Q1}).content.decode()


def test_29_february_counts_in_its_month_quarter_and_year(client):
    build.make_project(capital_usd=5, decided_on=date(2024, 2, 29))
    for first, last, times in (("2024-02-29", "2024-02-29", 1), ("2024-02-01", "2024-02-28", 0), ("2024-01-01",
                               "2024-03-31", 1), ("2024-03-01", "2024-12-31", 0)):
        total = client.get(FLOWS, {"by": "zone", "from": first, "to": last}).json()["total"]
        assert total["new_projects"] == times
    form = client.get(FORM, {"year": 2024, "quarter": 1}).json()["rows"]
    assert next(row["quarter"] for row in form if row["key"] == "granted_new") == "1"


def test_a_figure_in_a_currency_without_rate_is_in_no_sum(client):
    """What an article states in dong or euro has no dollars: it is kept as it is written, and nothing is converted."""
    build.make_project(capital_usd=7, decided_on=date(2024, 2, 1))
    for unit in ("tỷ đồng", "EUR million"):
        made = build.make_statement(value="250", unit=unit, kind="reported")
        assert made.amount_usd is None
    total = client.get(CAPITAL, {"by": "zone"}).json()["total"]
    assert total["registered_usd"] == "7.00"
    assert client.get("/api/v1/statistics/coverage/").status_code == 200
