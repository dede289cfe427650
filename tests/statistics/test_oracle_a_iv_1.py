"""The form A.IV.1 against plain SQL over the exported package: random deeds, recorded over two years, of joint ventures
too; every quarter, of the province, of each registrar and of what has none."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from registry.actions.capital import reverse
from registry.actions.project import StakeGiven, set_stakes
from registry.actions.writing import writing
from registry.exchange.package.export import export_package
from registry.models import CapitalEntry
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.change import Door
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.report import Quarter
from tests import build
from tests.agreement import differing_forms
from tests.form_oracle import FormOracle
from tests.statistics.test_a_iv_1_known import TODAY, Deeds

pytestmark = pytest.mark.django_db

QUARTERS = [Quarter(year, number) for year in (2025, 2026) for number in range(1, 5)]


class More(Deeds):
    """And what makes the form hard: several holders, decreases to nothing without an end, reversals in other
    periods, ends that are decided when more was decreased on the same day."""

    def do(self) -> None:
        super().do()
        deed = self.chance.choice([self.venture, self.to_nothing, self.reverse_later, self.ends_twice, *[None] * 9])
        try:
            with transaction.atomic():
                deed and deed()
        except RuleBroken:
            pass

    def venture(self) -> None:
        with build.act() as act:
            holders = [build.make_investor(act=act) for _number in range(2)]
            set_stakes(act=act, project=self.project(), stakes=[
                StakeGiven(holder, Decimal(share)) for holder, share in zip(holders, ("33.33", "66.67"), strict=True)])

    def to_nothing(self) -> None:
        project = self.project()
        left = project.entries.filter(counts_as__in=("new", "increase", "decrease")).total_usd()
        if left > 0:
            build.make_entry(project, -left, kind=CapitalKind.DECREASE, decided_on=self.day(), source=self.source)

    def reverse_later(self) -> None:
        entries = CapitalEntry.objects.standing().filter(
            decided_latest__lt=date(2026, 6, 1), kind__in=("new", "increase", "decrease", "share_purchase"))
        if entry := entries.order_by("-amount_usd", "pk").first():
            with build.act() as act:
                reverse(act=act, entry=entry, decided_on=VagueDay.exact(
                    entry.decided_latest + timedelta(days=self.chance.choice([1, 100, 170]))))

    def ends_twice(self) -> None:
        """A decrease of the very day on which the project then ends is an amendment."""
        project, day = self.project(), self.day()
        build.make_entry(project, -1, kind=CapitalKind.DECREASE, decided_on=day, source=self.source)
        build.make_certificate(project, kind="termination", decided_on=day)


@pytest.fixture
def clock(monkeypatch):
    """Acts some days apart, from May to the day of today: much is recorded late."""
    chance, now = random.Random(1), [datetime(2026, 5, 1, tzinfo=UTC)]
    last = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)

    def act(**changes):
        now[0] = min(now[0] + timedelta(seconds=chance.randrange(2 * 24 * 3600)), last)
        return writing(**{"by": "test", "reason": "test", "door": Door.SHELL, "at": now[0]} | changes)

    monkeypatch.setattr(build, "act", act)


@pytest.mark.parametrize("seed", range(2))
def test_plain_sql_over_the_package_makes_the_same_forms(seed, clock, tmp_path):
    deeds = More(seed)
    for _number in range(200):
        deeds.do()
    build.make_entry(None, 3, kind=CapitalKind.SHARE_PURCHASE, decided_on=date(2026, 1, 8),
                     enterprise=deeds.companies[0], expected_price_usd=Decimal(4))
    export_package(tmp_path / "package", at=timezone.now())
    oracle = FormOracle(tmp_path / "package")

    assert list(differing_forms(oracle, cases=60, seed=seed, quarters=QUARTERS, today=TODAY)) == []
    told = {key for quarter in QUARTERS for (key, _column), value in oracle.form(quarter.year, quarter.number).items()
            if value}
    assert {"granted_new", "granted_adjusted_usd", "granted_bought_price_usd", "realised", "ended", "ended_usd",
            "suspended", "received_new", "received_adjusted_usd", "export", "workers"} <= told
    ledger = oracle.database.execute
    assert ledger("SELECT COUNT(*) FROM entry WHERE kind = 'reversal' AND counts_as = 'new'").fetchone()[0]
    assert ledger("SELECT COUNT(*) FROM entry WHERE decided < DATE(recorded, '-30 days')").fetchone()[0] > 10
