"""Keys of partners: two persons, a secret that nobody keeps, replacing with overlap, revoking at once."""

import json
from datetime import date, timedelta

import pytest

from registry.actions import partner
from registry.actions.partner import (
    ApproverTakesNoKey,
    NoSuchTime,
    NotInState,
    OverlapTooLong,
    OwnKey,
    is_secret_of,
    last_used,
    mark_used,
)
from registry.actions.record import InvalidRecord, amend
from registry.exchange.check.everything import problems
from registry.models import Act, ApiKey, Change
from registry.vocabulary.partner import KeyState, read_token
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

PEPPERS = {"new": "n" * 32, "old": "o" * 32}


@pytest.fixture
def two_persons(settings):
    settings.TWO_PERSON_RULE = True
    return build.make_user("lan"), build.make_user("minh")


def today() -> date:
    with build.act() as act:
        return act.on


def test_two_persons_make_a_key(two_persons):
    lan, minh = two_persons
    with build.act(by=lan) as act:
        key = partner.ask_for_key(act=act, partner=build.make_partner(act=act), purpose="sao gương", scope="public",
                                  expires_on=act.on + timedelta(days=30), addresses=["203.0.113.0/24"])
    assert (key.state, key.digest) == (KeyState.ASKED, "")
    with refused(OwnKey), build.act(by=lan) as act:
        partner.approve(act=act, key=key)
    with refused(NotInState), build.act(by=minh) as act:
        partner.issue(act=act, key=key)
    with build.act(by=minh) as act:
        partner.approve(act=act, key=key)
    with refused(ApproverTakesNoKey), build.act(by=minh) as act:
        partner.issue(act=act, key=key)
    with build.act(by=lan) as act:
        issued = partner.issue(act=act, key=key)

    key_id, secret = read_token(issued.token)
    key.refresh_from_db()
    assert (key.code, key.state) == (key_id, KeyState.ISSUED)
    assert is_secret_of(key, secret) and not is_secret_of(key, secret[:-1] + "!") and not is_secret_of(None, secret)
    # The secret is nowhere: not in the row, not in the log; nor is its digest in the log.
    rows = json.dumps([list(ApiKey.objects.values()), list(Change.objects.values()), list(Act.objects.values())],
                      default=str)
    assert secret not in rows
    assert key.digest not in json.dumps(list(Change.objects.values("before", "after")))
    assert list(problems()) == []


def test_one_person_is_said_to_be_one_where_the_rule_is_off(settings):
    settings.TWO_PERSON_RULE = False
    lan = build.make_user("lan")
    with build.act(by=lan) as act:
        key = build.make_key(act=act, state=KeyState.ASKED)
    for deed in (partner.approve, partner.issue):
        with build.act(by=lan, reason="cấp khóa") as act:
            deed(act=act, key=key)
        assert Act.objects.latest("id").reason == "cấp khóa (một người)"


def test_a_new_key_lets_the_old_one_work_for_a_while():
    old = build.make_key()
    with build.act() as act:
        new = partner.ask_to_replace(act=act, key=old, expires_on=act.on + timedelta(days=300),
                                     overlap_until=act.on + timedelta(days=14))
        on = act.on
    assert (new.partner, new.purpose, new.scope) == (old.partner, old.purpose, old.scope)
    old.refresh_from_db()
    assert old.expires_on == on + timedelta(days=365), "nothing ends before the new one is there"
    with build.act() as act:
        partner.approve(act=act, key=new)
        partner.issue(act=act, key=new)
    old.refresh_from_db()
    assert (old.state, old.expires_on) == (KeyState.ISSUED, on + timedelta(days=14))
    assert not old.is_over(on + timedelta(days=14)) and old.is_over(on + timedelta(days=15))
    assert list(problems()) == []


def test_an_overlap_within_the_life_of_the_old_key():
    old = build.make_key(expires_on=today() + timedelta(days=5))
    for days in (-1, 6):
        with refused(OverlapTooLong), build.act() as act:
            partner.ask_to_replace(act=act, key=old, expires_on=act.on + timedelta(days=300),
                                   overlap_until=act.on + timedelta(days=days))


@pytest.mark.parametrize("days", [-1, 732])
def test_a_key_lives_from_today_for_two_years_at_most(days):
    with refused(NoSuchTime), build.act() as act:
        build.make_key(act=act, expires_on=act.on + timedelta(days=days))


@pytest.mark.parametrize("address", ["300.1.1.1", "", "example.org", "10.0.0.0/64", 7.5, None])
def test_what_is_no_network(address):
    with refused(InvalidRecord):
        build.make_key(addresses=[address])


@pytest.mark.parametrize("address, works", [
    ("203.0.113.9", True), ("203.0.114.9", False), ("2001:db8::7", True), ("2001:db9::7", False),
    ("::ffff:203.0.113.9", True), ("", False), ("unix", False),
])
def test_the_networks_from_which_it_works(address, works):
    key = ApiKey(addresses=["203.0.113.0/24", "2001:db8::/32"])
    assert key.works_from(address) is works
    assert ApiKey(addresses=[]).works_from(address)


def test_revoked_at_once_and_for_good():
    key, token = build.issue_key()
    with build.act(by=build.make_user("lan"), reason="bị lộ") as act:
        partner.revoke(act=act, key=key)
    assert (key.state, is_secret_of(key, read_token(token)[1])) == (KeyState.REVOKED, True)
    for deed in (partner.revoke, partner.approve, partner.issue, partner.refuse):
        with refused(NotInState), build.act() as act:
            deed(act=act, key=key)


def test_revoking_what_was_never_issued_refuses_it():
    key = build.make_key(state=KeyState.APPROVED)
    with build.act() as act:
        partner.revoke(act=act, key=key)
    assert key.state == KeyState.REFUSED


def test_a_pepper_is_changed_without_a_new_key(settings):
    settings.API_KEY_PEPPERS = {"old": PEPPERS["old"]}
    key, token = build.issue_key()
    secret = read_token(token)[1]
    changes = Change.objects.count()

    settings.API_KEY_PEPPERS = PEPPERS
    assert is_secret_of(key, secret), "kept under the older pepper, as long as that is listed"
    mark_used(key=key, secret=secret, minute=29_000_000)
    key.refresh_from_db()
    assert key.pepper == "new"

    settings.API_KEY_PEPPERS = {"new": PEPPERS["new"]}
    assert is_secret_of(key, secret)
    settings.API_KEY_PEPPERS = {"other": "x" * 32}
    assert not is_secret_of(key, secret), "a pepper that is listed no more opens nothing"
    assert Change.objects.count() == changes
    assert list(problems()) == []


def test_when_it_was_last_used():
    key, token = build.issue_key()
    assert last_used(key) is None
    for minute in (29_000_000, 29_000_002, 29_000_001):
        mark_used(key=key, secret=read_token(token)[1], minute=minute)
    assert last_used(key) == 29_000_002 * 60


def test_whom_to_reach_stands_in_no_log():
    partner_row = build.make_partner(contact="nguyen@example.org")
    with build.act() as act:
        amend(act=act, record=partner_row, contact="tran@example.org", plan="mirror")
    assert "example.org" not in json.dumps(list(Change.objects.values("before", "after")))
