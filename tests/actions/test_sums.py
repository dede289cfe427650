"""The sums beside the ledger follow every act, and say of any day what the ledger says."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from registry.actions.capital import enter, reverse
from registry.actions.merge import merge
from registry.actions.project import StakeGiven, end, set_stakes, withdraw_project
from registry.actions.record import amend
from registry.actions.sums import make_sums_anew
from registry.actions.unmerge import unmerge
from registry.exchange.check.sums import sums
from registry.models import (
    CapitalEntry,
    CapitalMonth,
    CapitalSum,
    Change,
    Country,
    Investor,
    Project,
    Register,
    Sector,
)
from registry.statistics.by_project import sums_by_group
from registry.statistics.by_time import rows_by_time
from registry.statistics.capital import capital_tables
from registry.statistics.groups import GROUPS, TIMES
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.publication import Publication
from tests import build

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2019, 11, 3), date(2021, 3, 28)
EVER = date(2100, 1, 1)


class Deeds:
    """One random deed after another; what a rule forbids is not done."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        with build.act() as act:
            self.zones = [build.make_zone(act=act, former_province=which) for which in ("bac-ninh", "bac-giang")]
            self.source = build.make_source(act=act)
            self.enterprise = build.make_enterprise(act=act)
        self.countries = list(Country.objects.order_by("code")[:3])
        self.sectors = list(Sector.objects.order_by("code")[:3])
        self.investors = [build.make_investor(name=f"SYN {number}", country=self.chance.choice(self.countries))
                          for number in range(3)]

    def day(self) -> VagueDay | None:
        day = FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days))
        return VagueDay.exact(self.chance.choice([day, day.replace(day=1), day.replace(day=28)]))

    def some(self, rows):
        rows = list(rows)
        if not rows:
            raise RuleBroken()
        return self.chance.choice(rows)

    def do(self) -> None:
        deed = self.chance.choice([self.open, self.open, self.enter, self.enter, self.enter, self.enter, self.buy,
                                   self.reverse, self.reverse, self.classify, self.lead, self.move, self.end,
                                   self.withdraw, self.of_zone, self.merge])
        try:
            with transaction.atomic():
                deed()
        except RuleBroken:
            pass

    def open(self) -> None:
        build.make_project(investors=[self.some(self.investors)], zone=self.some([None, *self.zones]),
                           sector=self.some([None, *self.sectors]), capital_usd=self.chance.randrange(1, 10**9),
                           decided_on=self.some([None, self.day()]), source=self.source)

    def project(self) -> Project:
        return self.some(Project.objects.public().filter(ended_latest=None).order_by("pk"))

    def enter(self) -> None:
        kind = self.some([CapitalKind.INCREASE, CapitalKind.DECREASE, CapitalKind.DISBURSEMENT, CapitalKind.NEW])
        amount = Decimal(self.chance.randrange(1, 10**6)) / 100
        build.make_entry(self.project(), -amount if kind == CapitalKind.DECREASE else amount, kind=kind,
                         decided_on=self.some([None, self.day(), self.day()]), source=self.source)

    def buy(self) -> None:
        owner = self.some([{"project": self.project()}, {"project": None, "enterprise": self.enterprise}])
        with build.act() as act:
            enter(act=act, kind=CapitalKind.SHARE_PURCHASE, amount_usd=Decimal("7.25"), decided_on=self.day(),
                  source=self.source, buyer=self.some([None, *self.investors]), **owner)

    def reverse(self) -> None:
        entry = self.some(CapitalEntry.objects.exclude(kind=CapitalKind.REVERSAL).order_by("pk"))
        with build.act() as act:
            reverse(act=act, entry=entry, decided_on=self.some([None, self.day()]))

    def classify(self) -> None:
        with build.act() as act:
            amend(act=act, record=self.project(), zone=self.some([None, *self.zones]), sector=self.some(self.sectors),
                  status=self.some([ProjectStatus.OPERATING, ProjectStatus.BUILDING]),
                  form=self.some([None, "joint_venture"]))

    def lead(self) -> None:
        with build.act() as act:
            set_stakes(act=act, project=self.project(), stakes=[StakeGiven(self.some(self.investors))])

    def move(self) -> None:
        with build.act() as act:
            amend(act=act, record=Investor.objects.get(pk=self.some(self.investors).pk),
                  country=self.some([None, *self.countries]), parent_country=self.some([None, *self.countries]))

    def end(self) -> None:
        with build.act() as act:
            end(act=act, project=self.project(), status=ProjectStatus.TERMINATED, ended_on=self.day(),
                source=self.source)

    def withdraw(self) -> None:
        with build.act() as act:
            withdraw_project(act=act, project=self.project(), reason="ghi nhầm")

    def of_zone(self) -> None:
        zone = type(self.zones[0]).objects.get(pk=self.some(self.zones).pk)
        with build.act() as act:
            amend(act=act, record=zone, former_province=self.some(["bac-ninh", "bac-giang"]))

    def merge(self) -> None:
        """Two investors become one, and half of the times two again."""
        loser = build.make_investor(name="SYN trùng", country=self.some(self.countries))
        build.make_project(investors=[loser], capital_usd=5, decided_on=self.day(), source=self.source)
        with build.act() as act:
            merge(act=act, winner=Investor.objects.get(pk=self.some(self.investors).pk), loser=loser)
        if self.chance.random() < 0.5:
            with build.act() as act:
                unmerge(act=act, change=Change.objects.filter(kind="investor", verb="merged").latest("seq"))


def from_the_ledger(day: date) -> dict:
    """Every table as of a day, from the ledger alone: as known on a day when all was known."""
    return {by: [table.rows, table.total] for by in (*GROUPS, "country", *TIMES)
            for table in capital_tables([by], as_of=day, known_on=EVER)}


@pytest.mark.parametrize("seed", range(5))
def test_random_deeds_leave_sums_that_are_the_ledgers(seed):
    deeds = Deeds(seed)
    for number in range(45):
        deeds.do()
        if number % 5 == 4:
            assert list(sums()) == []

    assert CapitalEntry.objects.count() > 12
    chance = random.Random(seed)
    for day in (FIRST, date(2020, 1, 31), date(2020, 12, 31), date(2026, 11, 27),
                *(FIRST + timedelta(days=chance.randrange((LAST - FIRST).days)) for _time in range(4))):
        for by, expected in from_the_ledger(day).items():
            [table] = capital_tables([by], as_of=day)
            assert [table.rows, table.total] == expected, (by, day)
        of_each = Project.objects.with_capital(as_of=day, known_on=EVER).order_by("pk")
        for kept, known in zip(Project.objects.with_capital(as_of=day).order_by("pk"), of_each, strict=True):
            assert (kept.registered_usd, kept.confirmed_usd, kept.realised_usd, kept.share_purchase_usd) == (
                known.registered_usd, known.confirmed_usd, known.realised_usd, known.share_purchase_usd)


def test_made_anew_they_are_the_same():
    deeds = Deeds(7)
    for _number in range(25):
        deeds.do()
    before = list(CapitalSum.objects.order_by("owner").values_list())

    make_sums_anew()

    assert list(CapitalSum.objects.order_by("owner").values_list()) == before
    assert list(sums()) == []


def test_an_act_that_touches_no_sum_costs_nothing_more(django_assert_num_queries):
    source = build.make_source()
    with build.act() as act:
        amend(act=act, record=source, name="Tên khác")
        before = Register.objects.get(pk=1).revision
        with django_assert_num_queries(4):  # the record as it is now, the act, its change, the register
            act.close()
    assert Register.objects.get(pk=1).revision == before + 1


def test_a_sum_that_was_changed_past_the_actions_is_found():
    project = build.make_project(capital_usd=5, zone=build.make_zone(code="SYN-KCN"))
    zone = str(project.zone_id)
    CapitalMonth.objects.filter(dimension="zone", key=zone, grain="month").update(new_usd=499)
    assert [str(each) for each in sums()] == [
        f"capitalmonth zone {zone} 2023-05: vốn theo tháng lưu sẵn không khớp với sổ vốn"]

    CapitalSum.objects.filter(owner=project.pk).update(status="building")
    assert f"project {project.code}: tổng vốn lưu sẵn không khớp với sổ vốn" in [str(each) for each in sums()]


def test_what_a_withdrawn_project_had_is_no_row_of_public_projects():
    project = build.make_project(capital_usd=5, zone=build.make_zone(code="SYN-KCN"))
    with build.act() as act:
        withdraw_project(act=act, project=Project.objects.get(pk=project.pk), reason="ghi nhầm")

    assert CapitalSum.objects.get(owner=project.pk).is_public is False
    public = Project.objects.filter(publication=Publication.PUBLISHED)
    [of_public] = capital_tables(["zone"], as_of=LAST.replace(year=2026), projects=public)
    assert of_public.rows == ()
    assert rows_by_time("year", as_of=date(2026, 1, 1), projects=public) == []
    assert sums_by_group({}, as_of=LAST) == {}


def test_what_was_published_keeps_a_row_without_any_entry_and_a_draft_has_none():
    shown, draft = build.make_project(), build.make_project(publication=Publication.DRAFT)
    with build.act() as act:
        withdraw_project(act=act, project=Project.objects.get(pk=shown.pk), reason="ghi nhầm")

    assert list(CapitalSum.objects.values_list("owner", "is_public")) == [(shown.pk, False)]
    assert list(sums()) == []
    assert draft.pk != shown.pk
