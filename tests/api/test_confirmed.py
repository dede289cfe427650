"""How much of each entry counts as confirmed: in its document, in the rows behind the number, and in the sum."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.project import end
from registry.vocabulary.period import VagueDay
from tests import build

pytestmark = pytest.mark.django_db


def test_entry_rows_and_sum_say_the_same(api):
    """An article's project with an amendment by a decision, of which an article's decrease leaves a part, and a
    decision that ends it."""
    project = build.make_project(capital_usd=70, decided_on=date(2023, 6, 1))
    build.make_entry(project, 50, decided_on=date(2023, 7, 1), source=build.make_source(kind="decision"))
    build.make_entry(project, -90, kind="decrease", decided_on=date(2023, 8, 1))
    with build.act() as act:
        end(act=act, project=project, status="terminated", ended_on=VagueDay.exact(date(2023, 9, 1)),
            source=build.make_source(act=act, kind="decision"))

    entries = sorted(api.rows("capital-entries/"), key=lambda row: row["code"])

    assert [(row["amount_usd"], row["confirmed"], row["confirmed_usd"]) for row in entries] == [
        ("70.00", False, "0.00"), ("50.00", True, "50.00"), ("-90.00", False, "-20.00"), ("-30.00", True, "-30.00")]
    for day, expected in (("2023-07-31", "50.00"), ("2023-08-31", "30.00"), ("2023-09-01", "0.00")):
        behind = api.get("statistics/capital/rows/", by="zone", of="confirmed_usd", as_of=day)
        told = api.get(f"projects/{project.code}/", as_of=day)["capital"]
        assert behind["total_usd"] == told["confirmed_usd"] == expected
        assert sum(Decimal(row["amount_usd"]) for row in behind["results"]) == Decimal(expected)
    assert [(row["amount_usd"], row["whole_usd"]) for row in behind["results"]] == [
        ("-30.00", None), ("-20.00", "-90.00"), ("50.00", None)]
