"""Two records that look alike and are two: remembered, not proposed again, taken back."""

import pytest

from registry.actions.distinct import ProposedAgain, ToldApart, propose_again, tell_apart
from registry.actions.merge import NotTheSameNoun, merge
from registry.actions.unmerge import unmerge
from registry.exchange.check.everything import problems
from registry.models import Change, DistinctPair, Enterprise, Investor
from registry.statistics.duplicates import candidates
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return build.make_investor(name="Foxconn Singapore"), build.make_investor(name="Foxconn Singapora")


def told(one, other) -> DistinctPair:
    with build.act(reason="xem rồi") as act:
        return tell_apart(act=act, one=one, other=other)


def test_a_pair_is_remembered_and_not_proposed_again(pair):
    assert [(each.one, each.other) for each in candidates(Investor)] == [(pair[0].pk, pair[1].pk)]
    made = told(pair[1], pair[0])
    assert (made.code, made.kind, made.one, made.other) == (
        f"{pair[0].code}-{pair[1].code}", "investor", pair[0].code, pair[1].code)
    assert candidates(Investor) == []
    change = Change.objects.get(kind="distinct-pair")
    assert (change.verb, change.feed_verb, change.act.reason) == ("created", "", "xem rồi")
    assert list(problems()) == []


def test_a_third_of_the_same_name_is_still_proposed(pair):
    told(*pair)
    third = build.make_investor(name="Foxconn Singapore")
    assert {(each.one, each.other) for each in candidates(Investor)} == {(each.pk, third.pk) for each in pair}


def test_it_is_taken_back_and_judged_again(pair):
    made = told(*pair)
    with build.act() as act:
        propose_again(act=act, pair=made)
    assert len(candidates(Investor)) == 1
    again = told(*pair)
    assert (again.pk, again.stands, again.version) == (made.pk, True, 3)
    assert candidates(Investor) == []


def test_enterprises_of_one_tax_code_may_be_two():
    one, other = build.make_enterprise(name="A", tax_code="0100109106"), build.make_enterprise(
        name="B", tax_code="0100109106-001")
    assert len(candidates(Enterprise)) == 1
    told(one, other)
    assert candidates(Enterprise) == []


def test_what_makes_no_sense_is_refused_and_nothing_is_written(pair):
    made = told(*pair)
    with refused(ToldApart):
        told(pair[1], pair[0])
    with refused(NotTheSameNoun):
        told(pair[0], pair[0])
    enterprise = build.make_enterprise()
    with refused(NotTheSameNoun):
        told(pair[0], enterprise)
    with build.act() as act:
        propose_again(act=act, pair=made)
    with refused(ProposedAgain), build.act() as act:
        propose_again(act=act, pair=made)


def test_a_merge_leaves_what_was_judged(pair):
    told(*pair)
    third = build.make_investor(name="Khác")
    with build.act() as act:
        merge(act=act, winner=third, loser=pair[1])
    assert candidates(Investor) == []
    with build.act() as act:
        unmerge(act=act, change=Change.objects.filter(code=pair[1].code, verb="merged").get())
    assert candidates(Investor) == []
    assert DistinctPair.objects.get().stands
    assert list(problems()) == []
