"""Statistics as the register knew them on a day."""

from datetime import UTC, date, datetime

import pytest

from registry.models import AdministrativeUnit
from tests import build

pytestmark = pytest.mark.django_db


class TestKnownOn:
    def test_stated_against_computed_as_known_on_a_day(self, api):
        """Two projects are stated of the end of 2024; one was recorded on 10 January 2025, the other on the 20th."""
        for day in (10, 20):
            with build.act(at=datetime(2025, 1, day, 3, tzinfo=UTC)) as act:
                build.make_project(act=act, capital_usd=100, decided_on=date(2024, 5, 1),
                                   zone=build.make_zone(act=act, former_province="bac-ninh"))
        place = AdministrativeUnit.objects.get(code="27-2025")
        stated = build.make_statement(
            subject_kind="place", subject=place, subject_name=place.name, attribute="fdi_projects", kind="statistic",
            value="2", unit="projects", date=date(2024, 12, 31))

        def told(**asked):
            answer = api.get("statistics/coverage/", **asked)
            [row] = [row for row in answer["results"] if row["statement"] == stated.pk]
            return answer["known_on"], row["computed"], row["percent"]

        assert told() == (None, "2", "100.00")
        assert told(known_on="2025-01-19") == ("2025-01-19", "1", "50.00")
        assert told(known_on="2025-01-09") == ("2025-01-09", "0", "0.00")

    @pytest.mark.parametrize("path", [
        "statistics/capital/?by=zone", "statistics/flows/?by=zone&from=2024-01-01&to=2024-12-31",
        "statistics/a-iv-1/?year=2024&quarter=1", "statistics/coverage/?", "statistics/indicators/?", "projects/?",
        "statistics/capital/rows/?by=zone&of=projects"])
    def test_the_future_is_not_known(self, api, path):
        path, _mark, asked = path.partition("?")
        asked = dict(each.split("=") for each in asked.split("&") if each)
        assert api.named(path, **asked, known_on="2199-12-31") == ["known_on"]
