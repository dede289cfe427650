"""A termination: the project counts until the day before, and its capital goes by a closing decrease."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions import certificate
from registry.actions.capital import AfterTheEnd
from registry.models import CapitalEntry
from registry.statistics.flows import flows
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project import ProjectStatus
from tests import build

from .conftest import recording


@pytest.fixture
def ended():
    with recording(2020, 3, 2) as act:
        project = build.make_project(act=act, capital_usd="10000000.00", decided_on=date(2020, 3, 1))
    with recording(2022, 3, 2) as act:
        build.make_entry(project, "2000000.00", act=act, decided_on=date(2022, 3, 1))
    with recording(2024, 7, 1) as act:
        certificate.grant(act=act, project=project, kind=CertificateKind.TERMINATION,
                          decided_on=VagueDay.exact(date(2024, 6, 30)))
    project.refresh_from_db()
    return project


def test_it_counts_until_the_day_before(ended):
    before, after = build.totals(as_of=date(2024, 6, 29)), build.totals(as_of=date(2024, 6, 30))
    assert (before.projects, before.registered_usd) == (1, Decimal("12000000.00"))
    assert (after.projects, after.registered_usd) == (0, Decimal("0.00"))
    assert ended.status == ProjectStatus.TERMINATED


def test_its_closing_decrease_is_a_flow_like_any_decrease(ended):
    total = flows("sector", first=date(2024, 1, 1), last=date(2024, 12, 31)).total
    assert (total.adjusted_times, total.adjusted_usd) == (1, Decimal("-12000000.00"))


def test_nothing_can_be_decided_after_it(ended):
    with pytest.raises(AfterTheEnd) as refused:
        build.make_entry(ended, "1.00", decided_on=date(2024, 7, 15))
    assert "30/06/2024" in str(refused.value)
    assert CapitalEntry.objects.filter(project=ended).count() == 3
