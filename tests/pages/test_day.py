"""The figures on the page of one record as of any day."""

from datetime import date

import pytest

from registry.models import Country, Sector
from tests import build

pytestmark = pytest.mark.django_db

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def pages():
    """Five million in 2023, seven more in 2024: the pages that tell them."""
    zone, sector = build.make_zone(), Sector.objects.get(code="2018-26")
    investor = build.make_investor(country=Country.objects.get(code="KR"))
    project = build.make_project(zone=zone, sector=sector, investors=[investor], capital_usd="5000000",
                                 decided_on=date(2023, 5, 1))
    build.make_entry(project, "7000000", kind="increase", decided_on=date(2024, 6, 1))
    return [f"/projects/{project.code}/", f"/investors/{investor.code}/", f"/zones/{zone.code}/",
            f"/sectors/{sector.code}/", "/countries/KR/"]


def test_today_where_nothing_is_asked(reader, pages):
    for address in pages:
        html = reader.html(address)
        assert "12.000.000" in html.replace("&nbsp;", NBSP)
        assert "Vốn đến hôm nay" not in html


def test_another_day(reader, pages):
    for address in pages:
        html = reader.html(address, {"as_of": "2023-12-31"})
        assert "5.000.000" in html and "12.000.000" not in html, address
        assert 'name="as_of" type="date"' in html and 'value="2023-12-31"' in html
        assert f'<a href="{address}">Vốn đến hôm nay</a>' in html
        words = reader.words(address, {"as_of": "2023-12-31"})
        assert "Số liệu tính đến ngày 31/12/2023" in words


def test_lists_and_tables_that_it_leads_to_are_of_the_same_day(reader, pages):
    for address in pages[1:]:
        html = reader.html(address, {"as_of": "2023-12-31"})
        leads = [part.split('"')[0] for part in html.split('href="/projects/?')[1:]]
        assert leads and all(lead.endswith("as_of=2023-12-31") or "as_of=2023-12-31&amp;" in lead for lead in leads)


@pytest.mark.parametrize("typed", ["31/12/2023", "2023-02-30", "1800-01-01"])
def test_what_is_no_day_is_said_and_the_figures_are_todays(reader, pages, typed):
    for address in pages:
        page = reader.open(address, {"as_of": typed})
        assert page.status_code == 400
        html = page.content.decode()
        assert 'id="e-as_of"' in html and f'value="{typed}"' in html
        assert "12.000.000" in html


def test_where_there_is_no_capital_no_day_is_asked(reader):
    address = f"/zones/{build.make_zone().code}/"
    assert 'name="as_of"' not in reader.html(address)
    assert 'name="as_of"' in reader.html(address, {"as_of": "2023-12-31"})
