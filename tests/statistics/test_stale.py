"""Records that have grown old: by the day of their last change, their plans, and the quarter's report."""

from datetime import UTC, date, datetime

import pytest

from registry.models import Project
from registry.statistics.stale import stale
from registry.vocabulary.milestone import Reality
from registry.vocabulary.period import VagueDay
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)


def touched(on: datetime, **changes) -> Project:
    project = build.make_project(**changes)
    Project.objects.filter(pk=project.pk).update(updated_at=on)
    return project


def test_an_empty_register():
    found = stale(today=TODAY)
    assert (found.projects, found.oldest, found.overdue, found.reports) == (0, [], 0, 0)
    assert found.untouched == ((183, 0), (365, 0), (730, 0))


def test_by_the_day_of_the_last_change_as_it_is_here():
    old = touched(datetime(2023, 1, 1, tzinfo=UTC))
    # 17:00 UTC on the day before is midnight here: the one is of 27/05, 184 days ago; the other of 28/05.
    just = touched(datetime(2026, 5, 28, 16, 59, tzinfo=UTC))
    touched(datetime(2026, 5, 28, 17, 0, tzinfo=UTC))
    touched(datetime(2020, 1, 1, tzinfo=UTC), publication="draft")
    found = stale(today=TODAY)
    assert found.projects == 3
    assert found.untouched == ((183, 2), (365, 1), (730, 1))
    assert found.oldest == [old, just]
    assert list(Project.objects.untouched(since=date(2026, 5, 28)).order_by("pk")) == [old, just]


def test_plans_that_are_past_and_reports_that_are_due():
    project = build.make_project(licensed_on=VagueDay.exact(date(2020, 1, 1)))
    build.make_milestone(project, reality=Reality.PLANNED, happened_on=date(2025, 1, 1))
    build.make_project(licensed_on=VagueDay.exact(date(2026, 11, 1)))
    found = stale(today=TODAY)
    assert (found.overdue, found.reports) == (1, 1)
    assert (found.quarter.year, found.quarter.number) == (2026, 3)
