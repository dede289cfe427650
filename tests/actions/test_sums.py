"""The sums beside the ledger follow every act, and say of any day what the ledger says."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from registry.actions.capital import enter, reverse
from registry.actions.merge import merge
from registry.actions.project import StakeGiven, end, set_stakes, withdraw_project
from registry.actions.record import amend
from registry.actions.sums import make_sums_anew
from registry.actions.unmerge import unmerge
from registry.actions.writing import writing
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
from registry.statistics.by_month import Within
from registry.statistics.by_project import sums_by_group
from registry.statistics.by_time import rows_by_time
from registry.statistics.capital import capital_tables
from registry.statistics.flows import FLOW_GROUPS, flows
from registry.statistics.groups import GROUPS, TIMES
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.change import Door
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.publication import Publication
from tests import build

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2019, 11, 3), date(2021, 3, 28)
# A group, and how it is told.
SHARES = [("country", ("basis", "share"), ("country_of", whose)) for whose in ("registration", "parent")]
TABLES = [*((by,) for by in (*GROUPS, "country", *TIMES)), *SHARES, ("investor", ("basis", "share"))]
EVER = date(2100, 1, 1)


class Deeds:
    """One random deed after another; what a rule forbids is not done."""

    def __init__(self, seed: int):
        self.chance, self.chance_of_source = random.Random(seed), random.Random(seed)
        with build.act() as act:
            self.zones = [build.make_zone(act=act, former_province=which) for which in ("bac-ninh", "bac-giang")]
            self.sources = [build.make_source(act=act, kind=kind) for kind in ("article", "decision")]
            self.enterprise = build.make_enterprise(act=act)
        self.countries = list(Country.objects.order_by("code")[:3])
        self.sectors = list(Sector.objects.order_by("code")[:3])
        self.investors = [build.make_investor(name=f"SYN {number}", country=self.chance.choice(self.countries))
                          for number in range(3)]

    @property
    def source(self):
        """One that confirms capital, or one that does not."""
        return self.chance_of_source.choice(self.sources)

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
        """Another lead, alone or with others who hold so much, or nobody says how much."""
        holders = self.chance.sample(self.investors, self.chance.choice([1, 1, 2, 3]))
        shares = self.chance.choice([(50, 30, 20), ("33.33", "33.33", "33.34"), (70, None, 10), (None, None, None)])
        with build.act() as act:
            set_stakes(act=act, project=self.project(), stakes=[
                StakeGiven(holder, share and Decimal(share)) for holder, share in zip(holders, shares, strict=False)])

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


def from_the_ledger(day: date, known_on: date = EVER) -> dict:
    """Every table as of a day and as known on a day, from the ledger alone: what is kept is kept of all projects, not
    of projects that somebody chose."""
    every = Project.objects.all()
    every.with_what_has_none = True
    return {how: [table.rows, table.total] for how in TABLES
            for table in capital_tables([how[0]], as_of=day, known_on=known_on, projects=every, **dict(how[1:]))}


def flows_from_the_ledger(by: str, first: date, last: date, known_on: date) -> list:
    every = Project.objects.all()
    every.with_what_has_none = True
    table = flows(by, first=first, last=last, known_on=known_on, projects=every)
    return [table.rows, table.total]


@pytest.fixture
def clock(monkeypatch):
    """Acts one after another, some days apart, from the midst of the days of the entries on."""
    chance, now = random.Random(1), [datetime(2020, 4, 20, tzinfo=UTC)]

    def act(**changes):
        now[0] += timedelta(seconds=chance.randrange(12 * 24 * 3600))
        return writing(**{"by": "test", "reason": "test", "door": Door.SHELL, "at": now[0]} | changes)

    monkeypatch.setattr(build, "act", act)


@pytest.mark.parametrize("seed", range(5))
def test_random_deeds_leave_sums_that_are_the_ledgers(seed, clock):
    deeds = Deeds(seed)
    for number in range(45):
        deeds.do()
        if number % 5 == 4:
            assert list(sums()) == []

    assert CapitalEntry.objects.count() > 8
    chance = random.Random(seed)
    for day in (FIRST, date(2020, 1, 31), date(2020, 12, 31), date(2026, 11, 27),
                *(FIRST + timedelta(days=chance.randrange((LAST - FIRST).days)) for _time in range(4))):
        for (by, *how), expected in from_the_ledger(day).items():
            [table] = capital_tables([by], as_of=day, **dict(how))
            assert [table.rows, table.total] == expected, (by, how, day)
        for dimension, which in (("zone", Q(zone=deeds.zones[0].pk)), ("status", Q(status="operating"))):
            chosen = Project.objects.public().filter(which)
            of_ledger = capital_tables([dimension, *TIMES], as_of=day, projects=chosen)
            chosen.within = Within(dimension, which)
            assert capital_tables([dimension, *TIMES], as_of=day, projects=chosen) == of_ledger, (dimension, day)
        of_each = Project.objects.with_capital(as_of=day, known_on=EVER).order_by("pk")
        for kept, known in zip(Project.objects.with_capital(as_of=day).order_by("pk"), of_each, strict=True):
            assert (kept.registered_usd, kept.confirmed_usd, kept.realised_usd, kept.share_purchase_usd) == (
                known.registered_usd, known.confirmed_usd, known.realised_usd, known.share_purchase_usd)
    for day in (date(2020, 3, 31), date(2021, 3, 5), date(2021, 7, 5),
                *(FIRST + timedelta(days=chance.randrange(700)) for _time in range(5))):
        known_on = day + timedelta(days=chance.choice([-300, -31, -3, 0, 5, 31, 300, chance.randrange(-500, 500)]))
        if day == date(2021, 3, 5):
            known_on = date(2020, 12, 17)  # nearer to the end of the year
        for (by, *how), expected in from_the_ledger(day, known_on).items():
            [table] = capital_tables([by], as_of=day, known_on=known_on, **dict(how))
            assert [table.rows, table.total] == expected, (by, how, day, known_on)
        for by in FLOW_GROUPS:
            first = day - timedelta(days=chance.choice([0, 40, 200, 900]))
            case = (by, first, day, known_on)
            table = flows(by, first=first, last=day, known_on=known_on)
            assert [table.rows, table.total] == flows_from_the_ledger(*case), case


def test_what_was_recorded_and_undone_later():
    """Of May 2023: 100 recorded on 20 May, 40 more recorded on 10 August and reversed on 3 September, in the days of
    what they were; the first reversed on 5 October by a decision of 1 October."""
    def at(month: int, day: int):
        return build.act(at=datetime(2023, month, day, 17, tzinfo=UTC))  # the day after here

    with at(5, 19) as act:
        project = build.make_project(act=act, capital_usd=100, decided_on=date(2023, 5, 15))
    with at(8, 9) as act:
        late = build.make_entry(project, 40, act=act, decided_on=date(2023, 5, 31))
    with at(9, 2) as act:
        reverse(act=act, entry=late)
    with at(10, 4) as act:
        reverse(act=act, entry=project.entries.get(kind=CapitalKind.NEW), decided_on=VagueDay.exact(date(2023, 10, 1)))

    def known(month: int, day: int, as_of: date = date(2023, 6, 30)) -> tuple:
        [table, times] = capital_tables(["zone", "month"], as_of=as_of, known_on=date(2023, month, day))
        row = flows("zone", first=date(2023, 5, 1), last=date(2023, 5, 31), known_on=date(2023, month, day)).total
        assert times.total.registered_usd == table.total.registered_usd
        return (table.total.projects, table.total.registered_usd, times.total.projects, row.new_projects, row.new_usd,
                row.adjusted_times, row.adjusted_usd)

    assert known(5, 19) == (0, 0, 0, 0, 0, 0, 0)
    assert known(5, 20) == known(8, 9) == (1, 100, 1, 1, 100, 0, 0)
    assert known(8, 10) == known(9, 2) == (1, 140, 1, 1, 100, 1, 40)
    assert known(9, 3) == known(10, 4) == (1, 100, 1, 1, 100, 0, 0)
    # A flow counts no times of what a reversal has undone; the capital as of June stands.
    assert known(10, 5) == (1, 100, 1, 0, 100, 0, 0)
    assert known(10, 5, as_of=date(2023, 10, 1)) == (0, 0, 0, 0, 100, 0, 0)
    assert known(10, 4, as_of=date(2023, 10, 1)) == (1, 100, 1, 1, 100, 0, 0)


def test_a_purchase_without_a_project_that_was_taken_back_is_counted_no_more():
    enterprise, buyer = build.make_enterprise(), build.make_investor(country=Country.objects.get(code="KR"))
    with build.act(at=datetime(2021, 5, 10, tzinfo=UTC)) as act:
        bought = [build.make_entry(None, amount, act=act, kind="share_purchase", enterprise=enterprise, buyer=buyer,
                                   decided_on=date(2020, 3, 5)) for amount in ("700.00", "50.00")]
    with build.act(at=datetime(2021, 9, 20, tzinfo=UTC)) as act:
        reverse(act=act, entry=bought[0])

    for known_on, times, usd in ((None, 1, "50.00"), (date(2021, 9, 1), 2, "750.00"), (date(2021, 9, 20), 1, "50.00")):
        for last in (date(2020, 3, 31), date(2020, 3, 20)):  # whole months, and days
            total = flows("country", first=date(2020, 1, 1), last=last, known_on=known_on).total
            assert (total.share_purchase_times, total.share_purchase_usd) == (times, Decimal(usd)), (known_on, last)
    assert not list(sums())


def test_made_anew_they_are_the_same():
    deeds = Deeds(7)
    for _number in range(25):
        deeds.do()
    before = list(CapitalSum.objects.order_by("owner").values_list())

    make_sums_anew()

    assert list(CapitalSum.objects.order_by("owner").values_list()) == before
    assert list(sums()) == []


def test_an_act_that_touches_no_sum_costs_nothing_more():
    source = build.make_source()
    with build.act() as act:
        amend(act=act, record=source, name="Tên khác")
        before = Register.objects.get(pk=1).revision
        with CaptureQueriesContext(connection) as asked:
            act.close()
    assert not [each for each in asked.captured_queries if "capital" in each["sql"]]
    assert len(asked) <= 4  # the record as it is now, the act, its change, the register
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
