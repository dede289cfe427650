"""Undoing writes the earlier state of a plain noun's fields as a new change, and nothing else."""

import pytest

from registry.actions.capital import reverse
from registry.actions.project import StakeGiven, set_stakes
from registry.actions.record import amend, publish
from registry.actions.undo import ChangedSince, NotPlain, WasCreation, undo
from registry.exchange.check.everything import problems
from registry.models import Change, Opportunity
from registry.vocabulary.period import read_day
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def newest(record) -> Change:
    return Change.objects.filter(kind=record.KIND, code=record.code).latest("seq")


def undone(change: Change):
    with build.act(reason="nhầm") as act:
        return undo(act=act, change=change)


def test_every_kind_of_column_comes_back():
    country, zone, place = build.make_country(aliases=["Xứ Thử"]), build.make_zone(), build.make_place()
    called = build.make(Opportunity, kind="call", name="Lời gọi", expected_usd=1000, land_area_ha=23, zone=zone)
    source = build.make_source(published_on=read_day("quý I/2025"))
    with build.act() as act:
        amend(act=act, record=country, aliases=[])
        amend(act=act, record=zone, related={"communes": [place]}, latitude=21.5, established_year=2006)
        amend(act=act, record=Opportunity.objects.get(), expected_usd=None, land_area_ha=None, zone=None)
        amend(act=act, record=source, published_on=None)
        amend(act=act, record=place, in_force_from="2025-07-01")

    for record in (country, zone, called, source, place):
        before = newest(record).before
        after = Change.objects.filter(pk=newest(undone(newest(record))).pk).get().after
        assert {name: value for name, value in after.items() if name != "version"} == {
            name: value for name, value in before.items() if name != "version"}
    assert list(problems()) == []


def test_a_later_change_of_other_fields_stays():
    investor = build.make_investor(name="Amkor")
    with build.act() as act:
        amend(act=act, record=investor, name="Amcor")
    change = newest(investor)
    with build.act() as act:
        amend(act=act, record=investor, name_native="앰코")

    investor = undone(change)
    assert (investor.name, investor.name_native) == ("Amkor", "앰코")


def test_a_later_change_of_the_same_fields_is_never_overwritten():
    investor = build.make_investor(name="Amkor")
    with build.act() as act:
        amend(act=act, record=investor, name="Amcor")
    change = newest(investor)
    with build.act(by="hoa") as act:
        amend(act=act, record=investor, name="Amkor Technology")

    with refused(ChangedSince) as refusal:
        undone(change)
    assert "hoa" in str(refusal.value)


def test_a_creation_is_not_undone():
    created = newest(build.make_investor())
    with refused(WasCreation):
        undone(created)


def test_publication_is_not_moved():
    investor = build.make_investor(publication="draft")
    with build.act() as act:
        publish(act=act, record=investor)
    with refused(NotPlain):
        undone(newest(investor))


def test_the_ledger_is_not_touched():
    project = build.make_project(capital_usd=1000)
    entry = build.make_entry(project, 500)
    with build.act() as act:
        reverse(act=act, entry=entry)
    for change in Change.objects.filter(kind="capital-entry"):
        with refused((NotPlain, WasCreation)):
            undone(change)
    build.make_certificate(project)
    with refused(NotPlain):
        undone(newest(project))


def test_stakes_and_what_they_belong_to_are_set_anew_instead():
    project = build.make_project()
    with build.act() as act:
        set_stakes(act=act, project=project, stakes=[StakeGiven(build.make_investor(act=act))])
    with refused(NotPlain):
        undone(newest(project))
