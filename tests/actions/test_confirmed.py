"""The confirmed part of registered capital is never below 0 nor above it, whatever confirms each step."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from registry.actions.capital import enter, reverse
from registry.actions.capital_many import enter_many, mirror_many
from registry.actions.project import end, undo_end, withdraw_project
from registry.exchange.check.confirmed import parts
from registry.exchange.check.sums import sums
from registry.models import CapitalEntry, Project
from registry.statistics.capital import capital_by
from registry.statistics.cell import Lines, capital_entries, told_of
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from tests import build

pytestmark = pytest.mark.django_db

FIRST, LATER = date(2021, 1, 1), date(2200, 1, 1)


def capital_of(project: Project) -> tuple[str, str]:
    """Registered and confirmed, from the ledger and from the sums beside it, which agree."""
    measures = project.entries.measures()
    kept = Project.objects.with_capital(as_of=LATER).get(pk=project.pk)
    found = (measures["registered_usd"], measures["confirmed_usd"])
    assert found == (kept.registered_usd, kept.confirmed_usd)
    return tuple(map(str, found))


def kept_parts(project: Project) -> list[str | None]:
    parts_of = project.entries.order_by("pk").values_list("confirmed_part_usd", flat=True)
    return [None if part is None else str(part) for part in parts_of]


def ended(project: Project, kind: str, day: date = date(2024, 7, 10)) -> None:
    with build.act() as act:
        end(act=act, project=project, status="terminated", ended_on=VagueDay.exact(day),
            source=build.make_source(act=act, kind=kind))


def taken_back(project: Project) -> None:
    with build.act() as act:
        undo_end(act=act, project=Project.objects.get(pk=project.pk), reason="ghi nhầm")


def test_what_an_article_started_and_a_decision_ends():
    project = build.make_project(capital_usd=100, source=build.make_source(kind="article"))

    ended(project, "decision")

    assert capital_of(project) == ("0.00", "0.00")
    assert kept_parts(project) == [None, "0.00"]
    taken_back(project)
    assert capital_of(project) == ("100.00", "0.00")
    assert kept_parts(project) == [None, "0.00", "0.00"]


def test_what_a_decision_started_and_an_article_ends():
    project = build.make_project(capital_usd=100, source=build.make_source(kind="decision"))

    ended(project, "article")

    assert capital_of(project) == ("0.00", "0.00")
    assert kept_parts(project) == [None, "-100.00"]
    taken_back(project)
    assert capital_of(project) == ("100.00", "100.00")
    assert kept_parts(project) == [None, "-100.00", "100.00"]


def test_a_decrease_takes_first_what_has_its_own_standing():
    project = build.make_project(capital_usd=100, source=build.make_source(kind="article"))
    build.make_entry(project, 50, source=build.make_source(kind="decision"))
    assert capital_of(project) == ("150.00", "50.00")

    build.make_entry(project, -80, kind="decrease")
    assert capital_of(project) == ("70.00", "50.00")
    build.make_entry(project, -40, kind="decrease")
    assert capital_of(project) == ("30.00", "30.00")
    build.make_entry(project, 5)
    build.make_entry(project, -31, kind="decrease", source=build.make_source(kind="decision"))

    assert capital_of(project) == ("4.00", "0.00")
    assert kept_parts(project) == [None, None, None, "-20.00", None, "-30.00"]


def test_an_entry_whose_decrease_is_later_is_reversed_within_the_bounds():
    project = build.make_project(capital_usd=100, source=build.make_source(kind="article"))
    increase = build.make_entry(project, 50, source=build.make_source(kind="decision"))
    build.make_entry(project, -100, kind="decrease", source=build.make_source(kind="decision"))
    assert capital_of(project) == ("50.00", "0.00")

    with build.act() as act:
        reverse(act=act, entry=increase)

    assert capital_of(project) == ("0.00", "0.00")
    assert kept_parts(project) == [None, None, "-50.00", "0.00"]


def test_what_rests_on_certificates_or_on_articles_alone_has_no_parts():
    for kind in ("article", "decision"):
        project = build.make_project(capital_usd=100, source=build.make_source(kind=kind))
        build.make_entry(project, -40, kind="decrease", source=build.make_source(kind=kind))
        with build.act() as act:
            withdraw_project(act=act, project=project, reason="ghi nhầm")

        assert capital_of(project) == ("0.00", "0.00")
        assert kept_parts(project) == [None] * 4


def test_realised_capital_and_purchases_have_no_parts():
    project = build.make_project(capital_usd=100)
    decision = build.make_source(kind="decision")
    build.make_entry(project, 70, kind="disbursement", source=decision)
    build.make_entry(project, 30, kind="share_purchase", source=decision)

    assert capital_of(project) == ("100.00", "0.00")
    assert kept_parts(project) == [None] * 3


def test_many_at_once_follow_the_same_rule():
    project = build.make_project(capital_usd=100, source=build.make_source(kind="article"))
    decision, article = build.make_source(kind="decision"), build.make_source(kind="article")
    given = [(50, "increase", decision), (-120, "decrease", article), (-20, "decrease", decision)]
    with build.act() as act:
        enter_many(act=act, entries=[CapitalEntry(project=project, kind=kind, amount_usd=Decimal(amount), source=source)
                                     for amount, kind, source in given])

    assert capital_of(project) == ("10.00", "10.00")
    assert kept_parts(project) == [None, None, "-20.00", None]
    with build.act() as act:
        mirror_many(act=act, entries=list(project.entries.order_by("pk")[1:]), note="ghi nhầm")
    assert capital_of(project) == ("100.00", "0.00")
    assert list(parts()) == []


class Deeds:
    """Random steps of a few projects, of either standing."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        with build.act() as act:
            self.sources = [build.make_source(act=act, kind=kind) for kind in ("article", "decision", "certificate")]
            self.projects = [build.make_project(act=act, zone=build.make_zone(act=act)) for _number in range(3)]
        self.day = FIRST

    def do(self) -> None:
        deed = self.chance.choice([self.step] * 6 + [self.end, self.undo_end, self.reverse])
        try:
            with transaction.atomic(), build.act() as act:
                self.day += timedelta(days=self.chance.randrange(40))
                deed(act, Project.objects.get(pk=self.chance.choice(self.projects).pk))
        except RuleBroken:
            pass

    def step(self, act, project) -> None:
        started = project.entries.starting().standing().exists()
        kind = self.chance.choice(["increase", "decrease", "decrease"] if started else ["new", "opening"])
        amount = Decimal(self.chance.randrange(1, 10_000)) / 100
        enter(act=act, project=project, kind=kind, amount_usd=-amount if kind == "decrease" else amount,
              decided_on=VagueDay.exact(self.day), source=self.chance.choice(self.sources))

    def end(self, act, project) -> None:
        end(act=act, project=project, status="terminated", ended_on=VagueDay.exact(self.day),
            source=self.chance.choice(self.sources))

    def undo_end(self, act, project) -> None:
        undo_end(act=act, project=project, reason="ghi nhầm")

    def reverse(self, act, project) -> None:
        entries = list(project.entries.standing().order_by("pk"))
        if entries:
            reverse(act=act, entry=self.chance.choice(entries))


@pytest.mark.parametrize("seed", range(4))
def test_random_steps_keep_confirmed_capital_within_registered(seed):
    deeds = Deeds(seed)
    for _number in range(40):
        deeds.do()
        for project in deeds.projects:
            registered, confirmed = map(Decimal, capital_of(project))
            assert 0 <= confirmed <= registered, kept_parts(project)

    assert CapitalEntry.objects.exclude(confirmed_part_usd=None).exists()
    assert list(parts()) == list(sums()) == []
    chance = random.Random(seed)
    for as_of in (LATER, *(FIRST + timedelta(days=chance.randrange((deeds.day - FIRST).days)) for _time in range(4))):
        for by in ("zone", "form", "country", "month", "year"):
            table = capital_by(by, as_of=as_of)
            entries = CapitalEntry.objects.as_of(as_of)
            assert table.total.confirmed_usd == entries.measures()["confirmed_usd"], (by, as_of)
            known = capital_by(by, as_of=as_of, known_on=LATER)
            assert [row.confirmed_usd for row in table.rows] == [row.confirmed_usd for row in known.rows]
            for row in table.rows:
                behind = capital_entries(by, "confirmed_usd", Lines(keys=(row.key,)), as_of=as_of)
                assert told_of(behind, "confirmed_usd").usd == row.confirmed_usd, (by, row.key, as_of)


def test_a_part_that_the_ledger_does_not_make_is_found():
    project = build.make_project(capital_usd=100, source=build.make_source(kind="article"))
    entry = CapitalEntry(
        project=project, code=f"{project.code}-2", number=2, kind=CapitalKind.INCREASE, counts_as=CapitalKind.INCREASE,
        amount_usd=Decimal(5), confirmed_part_usd=Decimal(3), counts_on=FIRST, source=build.make_source(),
        recorded_at=project.updated_at, updated_at=project.updated_at)
    entry.save()

    assert [str(each) for each in parts()] == [
        f"capital-entry {entry.code}: tính 3.00 USD là theo giấy chứng nhận, phải là 0.00 USD"]


def test_entries_from_before_there_were_parts_stay_as_they_are():
    """The log has no such column of them, and whatever comes next brings the sum back where it can."""
    project = build.make_project()
    article, decision = build.make_source(kind="article"), build.make_source(kind="decision")
    for number, (kind, amount, source) in enumerate([("new", 100, decision), ("decrease", -60, article)], 1):
        CapitalEntry.objects.create(
            project=project, code=f"{project.code}-{number}", number=number, kind=kind, counts_as=kind,
            amount_usd=Decimal(amount), confirmed=source.confirms, counts_on=FIRST, source=source,
            recorded_at=project.updated_at, updated_at=project.updated_at)
    assert list(parts()) == []

    build.make_entry(project, -10, kind="decrease")

    measures = project.entries.measures()
    assert (measures["registered_usd"], measures["confirmed_usd"]) == (Decimal(30), Decimal(90))
    assert list(parts()) == []
