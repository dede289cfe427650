"""Which projects owe a report."""

from datetime import date

import pytest

from registry.actions.report import return_, withdraw_report
from registry.models import Project
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from registry.vocabulary.report import Quarter
from tests import build

pytestmark = pytest.mark.django_db

THIRD = Quarter(2026, 3)
LICENSED = VagueDay.exact(date(2026, 9, 30))


def due(quarter: Quarter = THIRD) -> list[Project]:
    return list(Project.objects.report_due(quarter))


def test_a_licensed_project_owes_one_until_it_is_there():
    project = build.make_project(licensed_on=LICENSED)
    assert due() == [project] and due(Quarter(2026, 2)) == []
    made = build.make_report(project)
    assert due() == []
    with build.act() as act:
        return_(act=act, report=made)  # the company is to mend it: it waits, but it has come
    assert due() == []
    with build.act() as act:
        withdraw_report(act=act, report=made)
    assert due() == [project]


@pytest.mark.parametrize("given", [
    {}, {"licensed_on": VagueDay(date(2026, 9, 1), date(2026, 10, 1))},
    {"licensed_on": LICENSED, "publication": Publication.DRAFT},
    {"licensed_on": LICENSED, "status": "terminated", "ended_on": VagueDay.exact(date(2026, 10, 2))},
])
def test_not_without_a_licence_not_unpublished_not_ended(given):
    build.make_project(**given)
    assert due() == []
