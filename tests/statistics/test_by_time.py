"""Years by their steps: what was new, what was added, what was taken away."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions import capital
from registry.models import Project
from registry.statistics.capital import capital_by
from tests import build

pytestmark = pytest.mark.django_db

LATER = date(2200, 1, 1)


def steps(by: str = "year", **how) -> dict:
    return {row.key: (row.projects, row.opening_usd, row.new_usd, row.increase_usd, row.decrease_usd,
                      row.registered_usd, row.share_purchase_usd)
            for row in capital_by(by, as_of=LATER, **how).rows}


def money(*amounts) -> tuple[Decimal, ...]:
    return tuple(Decimal(amount) for amount in amounts)


def test_each_step_in_its_year():
    project = build.make_project(capital_usd="100.10", decided_on=date(2022, 5, 1))
    build.make_entry(project, "20", kind="increase", decided_on=date(2023, 1, 2))
    build.make_entry(project, "-5.05", kind="decrease", decided_on=date(2023, 12, 31))
    build.make_entry(project, "7", kind="share_purchase", decided_on=date(2023, 6, 1))
    assert steps() == {
        "2022": (1, *money("0", "100.10", "0", "0", "100.10", "0")),
        "2023": (0, *money("0", "0", "20", "-5.05", "14.95", "7")),
    }
    assert list(steps("quarter")) == ["2022-Q2", "2023-Q1", "2023-Q2", "2023-Q4"]
    assert list(steps("month")) == ["2022-05", "2023-01", "2023-06", "2023-12"]


def test_a_reversal_stands_with_what_it_reverses_and_its_project_counts_no_more():
    project = build.make_project(capital_usd="100", decided_on=date(2022, 5, 1))
    increase = build.make_entry(project, "20", kind="increase", decided_on=date(2023, 1, 2))
    with build.act() as act:
        capital.reverse(act=act, entry=increase, note="Ghi nhầm")
        capital.reverse(act=act, entry=project.entries.get(kind="new"), note="Ghi nhầm")
    assert steps() == {"2022": (0, *money(0, 0, 0, 0, 0, 0)), "2023": (0, *money(0, 0, 0, 0, 0, 0))}


def test_what_nobody_dated_stands_last():
    build.make_project(capital_usd="3", decided_on=None)
    build.make_project(capital_usd="4", decided_on=date(2022, 5, 1))
    assert steps() == {"2022": (1, *money(0, 4, 0, 0, 4, 0)), None: (1, *money(0, 3, 0, 0, 3, 0))}
    assert list(steps()) == ["2022", None]


def test_of_no_projects_there_is_nothing():
    build.make_project(capital_usd="100", zone=build.make_zone())
    for by in ("year", "zone", "country", "investor"):
        for none in (Project.objects.none(), Project.objects.filter(pk__in=[])):
            assert capital_by(by, as_of=LATER, projects=none).rows == ()


def test_the_sum_of_nothing_has_its_steps_too():
    total = capital_by("year", as_of=LATER).total
    assert (total.projects, total.new_usd, total.decrease_usd) == (0, Decimal("0.00"), Decimal("0.00"))
