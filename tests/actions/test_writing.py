"""The one way to write: an act, its changes, their chain, and what partners are told."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from registry.actions.record import amend, create, publish, withdraw
from registry.actions.writing import ReasonMissing, writing
from registry.exchange.check.change import chain
from registry.models import Act, Change, Investor, Register
from registry.models.append_only import drop_triggers, make_triggers
from registry.vocabulary.publication import Publication
from tests import build
from tests.unchanged import everything, refused

pytestmark = pytest.mark.django_db


def changes_of(record) -> list[Change]:
    return list(Change.objects.filter(kind=record.KIND, code=record.code).order_by("seq"))


def told_of(record) -> list[tuple[str, str]]:
    return [(change.verb, change.feed_verb) for change in changes_of(record)]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_needed(reason):
    with refused(ReasonMissing) as refusal, build.act(reason=reason) as act:
        build.make_investor(act=act)

    assert refusal.value.field == "reason"
    assert str(refusal.value) == (
        "Hãy ghi lý do: mỗi thay đổi trong sổ đăng ký đều có người chịu trách nhiệm và lý do.")


def test_an_act_says_who_when_why_and_through_which_door():
    moment = datetime(2026, 3, 31, 17, 30, tzinfo=UTC)
    user = build.make_user("lan")

    with writing(by=user, reason="  theo công văn 12 ", door="admin", at=moment) as act:
        build.make_investor(act=act, publication="draft")

    row = Act.objects.latest("id")
    assert (row.at, row.by, row.by_name, row.reason, row.door) == (moment, user, "lan", "theo công văn 12", "admin")
    assert act.on == date(2026, 4, 1)


def test_an_act_may_have_no_user():
    with build.act(by="loader") as act:
        build.make_investor(act=act)

    assert (Act.objects.latest("id").by, Act.objects.latest("id").by_name) == (None, "loader")


def test_an_act_inside_an_act_is_refused():
    with refused(RuntimeError), build.act() as act:
        build.make_investor(act=act)
        with build.act():
            pass


def test_after_a_refusal_one_can_write_again():
    with refused(RuntimeError), build.act(), build.act():
        pass

    assert build.make_investor().pk


def test_an_act_that_changes_nothing_leaves_no_trace():
    investor = build.make_investor(name="Amkor")
    before = everything()

    with build.act() as act:
        amend(act=act, record=investor, name="Amkor", country=None)

    assert everything() == before
    assert investor.version == 1


def test_changes_are_numbered_without_gaps_and_linked():
    start = Register.objects.get()
    with build.act() as act:
        first, second = build.make_investor(act=act), build.make_source(act=act)
    third = build.make_zone()

    changes = list(Change.objects.filter(seq__gt=start.head).order_by("seq"))
    end = Register.objects.get()
    assert [(change.kind, change.code) for change in changes] == [
        ("investor", first.code), ("source", second.code), ("zone", third.code)]
    assert [change.seq for change in changes] == [start.head + 1, start.head + 2, start.head + 3]
    assert [change.act_id for change in changes] == [start.revision + 1, start.revision + 1, start.revision + 2]
    assert [change.previous_hash for change in changes] == [start.head_hash, changes[0].hash, changes[1].hash]
    assert (end.revision, end.head, end.head_hash) == (start.revision + 2, start.head + 3, changes[2].hash)


def test_a_record_has_one_change_an_act():
    with build.act() as act:
        investor = build.make_investor(act=act, name="Amcor")
        amend(act=act, record=investor, name="Amkor")
        amend(act=act, record=investor, name="Amkor Technology")

    [change] = changes_of(investor)
    assert (change.verb, change.before, change.after["name"]) == ("created", None, "Amkor Technology")
    assert change.after["version"] == 3


def test_a_change_says_what_was_and_what_is():
    investor = build.make_investor(name="Amkor")

    with build.act() as act:
        amend(act=act, record=investor, name="Amkor Technology", name_en="Amkor Technology")

    created, updated = changes_of(investor)
    assert updated.verb == "updated"
    assert updated.before == created.after
    assert {name for name in updated.after if updated.after[name] != updated.before[name]} == {
        "name", "name_en", "version"}
    assert updated.after["name"] == "Amkor Technology"


def test_a_project_s_change_carries_its_stakes():
    investor = build.make_investor()
    project = build.make_project(investors=[investor])

    [change] = changes_of(project)
    [stake] = change.after["stakes"]
    assert (stake["investor_id"], stake["lead"], stake["share_percent"]) == (investor.pk, True, None)


def test_partners_are_told_of_what_the_public_saw():
    investor = build.make_investor(publication=Publication.DRAFT)
    for step in (
        lambda act: amend(act=act, record=investor, name="Chưa ai thấy"),
        lambda act: publish(act=act, record=investor),
        lambda act: amend(act=act, record=investor, name="Đã thấy"),
        lambda act: withdraw(act=act, record=investor, reason="nhập nhầm"),
        lambda act: amend(act=act, record=investor, name="Không ai thấy nữa"),
        lambda act: publish(act=act, record=investor),
    ):
        with build.act() as act:
            step(act)

    assert told_of(investor) == [
        ("created", ""), ("updated", ""), ("updated", "created"), ("updated", "updated"), ("updated", "withdrawn"),
        ("updated", ""), ("updated", "created")]


def test_what_was_made_and_withdrawn_in_one_act_was_never_public():
    with build.act() as act:
        investor = build.make_investor(act=act)
        withdraw(act=act, record=investor, reason="nhập nhầm")

    assert told_of(investor) == [("created", "")]


def test_what_belongs_to_a_record_comes_and_goes_with_it():
    project = build.make_project(publication=Publication.DRAFT)
    milestone = build.make_milestone(project)
    with build.act() as act:
        publish(act=act, record=project)

    assert told_of(milestone) == [("created", ""), ("updated", "created")]


def test_an_observation_comes_and_goes_with_its_source_too():
    source = build.make_source(publication=Publication.DRAFT)
    observation = build.make_observation(source=source)
    assert told_of(observation) == [("created", "")]

    with build.act() as act:
        publish(act=act, record=source)
    with build.act() as act:
        withdraw(act=act, record=observation.zone, reason="trùng")

    assert told_of(observation) == [("created", ""), ("updated", "created"), ("updated", "withdrawn")]


def test_a_failure_takes_everything_back():
    with refused(ZeroDivisionError), build.act() as act:
        build.make_project(act=act, capital_usd=1000)
        raise ZeroDivisionError


def test_a_code_of_what_failed_is_given_to_the_next():
    with refused(ZeroDivisionError), build.act() as act:
        lost = build.make_investor(act=act)
        raise ZeroDivisionError

    assert build.make_investor().code == lost.code == "INV-000001"


def test_a_code_is_never_given_twice():
    codes = [build.make_investor().code for _number in range(3)]

    assert codes == ["INV-000001", "INV-000002", "INV-000003"]


def test_codes_that_a_list_brought_are_passed_over():
    with build.act() as act:
        act.count_codes("INV", 41)
        act.count_codes("INV", 7)

    assert build.make_investor().code == "INV-000042"


def test_a_record_may_bring_its_code():
    with build.act() as act:
        investor = create(act=act, record=Investor(code="SYN0000000001", name="Có mã", publication="published"))

    assert investor.code == "SYN0000000001"
    assert build.make_investor().code == "INV-000001"


def test_a_payload_can_be_taken_out_and_the_chain_verifies():
    investor = build.make_investor(name="Một điều không nên giữ")
    [change] = changes_of(investor)
    drop_triggers(connection)
    Change.objects.filter(pk=change.pk).update(before=None, after=None)
    make_triggers(connection)

    assert list(chain()) == []
