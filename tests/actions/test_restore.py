"""Restoring writes any earlier state of a plain noun as a new change, and leaves alone what has actions of its own."""

import pytest

from registry.actions.project import StakeGiven, end, set_stakes, withdraw_project
from registry.actions.record import InvalidRecord, amend, withdraw
from registry.actions.undo import NothingToRestore, NotPlain, restore
from registry.exchange.check.everything import problems
from registry.models import Change, Investor, Project, Zone
from registry.vocabulary.period import VagueDay
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def states(record) -> list[Change]:
    return list(Change.objects.filter(kind=record.KIND, code=record.code).order_by("seq"))


def restored(record, change: Change):
    with build.act(reason="bản đầu đúng") as act:
        return restore(act=act, record=type(record).objects.get(pk=record.pk), change=change)


def amended(record, **changes):
    with build.act() as act:
        return amend(act=act, record=type(record).objects.get(pk=record.pk), **changes)


def test_any_earlier_state_over_all_that_came_since():
    investor = build.make_investor(name="Amkor")
    amended(investor, name="Amcor", name_native="앰코")
    amended(investor, name_en="Amcor Inc.")
    first, second, _third = states(investor)

    back = restored(investor, first)
    assert (back.name, back.name_native, back.name_en, back.version) == ("Amkor", "", "", 4)
    back = restored(investor, second)
    assert (back.name, back.name_native, back.name_en) == ("Amcor", "앰코", "")
    assert len(states(investor)) == 5
    assert list(problems()) == []


def test_lists_and_numbers():
    place = build.make_place()
    zone = build.make_zone(area_ha=23, latitude=21.5)
    with build.act() as act:
        amend(act=act, record=zone, related={"communes": [place]}, area_ha=None, latitude=None)
    restored(zone, states(zone)[0])
    back = Zone.objects.get(pk=zone.pk)
    assert (back.area_ha, back.latitude, list(back.communes.all())) == (23, 21.5, [])


def test_what_has_actions_of_its_own_stays():
    project = build.make_project(name="Nhà máy A", capital_usd=100)
    other = build.make_investor()
    amended(project, name="Nhà máy B")
    with build.act() as act:
        set_stakes(act=act, project=project, stakes=[StakeGiven(other)])
    with build.act() as act:
        end(act=act, project=Project.objects.get(), status="terminated", ended_on=VagueDay.exact(build.A_DAY),
            source=build.make_source(act=act))
    with build.act() as act:
        withdraw_project(act=act, project=Project.objects.get(), reason="Nhập nhầm")

    back = restored(project, states(project)[0])
    assert (back.name, back.status, back.publication) == ("Nhà máy A", "terminated", "withdrawn")
    assert back.ended_on and back.stakes.get().investor == other
    assert list(problems()) == []


def test_nothing_to_restore():
    investor = build.make_investor()
    with refused(NothingToRestore):
        restored(investor, states(investor)[0])
    with build.act() as act:
        withdraw(act=act, record=investor, reason="Nhập nhầm")
    with refused(NothingToRestore):
        restored(investor, states(investor)[0])


def test_what_is_not_plain():
    statement = build.make_statement()
    with refused(NotPlain):
        restored(statement, states(statement)[0])


def test_a_state_that_breaks_a_rule_by_now():
    enterprise = build.make_enterprise(tax_code="0100109106")
    amended(enterprise, tax_code=None)
    build.make_enterprise(tax_code="0100109106")
    with refused(InvalidRecord):
        restored(enterprise, states(enterprise)[0])


def test_search_finds_the_name_that_is_back():
    investor = build.make_investor(name="Amkor")
    build.make_project(investors=[investor])
    amended(investor, name="Goertek")
    restored(investor, states(investor)[0])
    assert "amkor" in Project.objects.get().search_folded
    assert Investor.objects.get(pk=investor.pk).name == "Amkor"
