"""What ``check_register`` finds when someone has been at the changes and acts by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from registry.actions import capital
from registry.actions.project import StakeGiven
from registry.actions.record import amend, withdraw
from registry.actions.statement import accept
from registry.exchange.check.everything import problems
from registry.models import (
    Act,
    Change,
    Project,
    Register,
)
from registry.models.append_only import drop_triggers
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from tests import build

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [str(problem) for problem in problems()]


@pytest.fixture
def by_hand():
    """The triggers are gone, as for someone who may change tables."""
    drop_triggers(connection)


def edit(record, **columns) -> None:
    type(record).objects.filter(pk=record.pk).update(**columns)


def remove(rows) -> None:
    rows._raw_delete(using="default")


def head() -> Register:
    return Register.objects.get()


def a_full_register() -> Project:
    """A little of everything that an action can leave behind."""
    sources = [build.make_source(published_on=VagueDay.exact(date(2023, 6, 1))), build.make_source(kind="decision")]
    project = build.make_project(
        capital_usd="1000.25", source=sources[1], zone=build.make_zone(), enterprise=build.make_enterprise(),
        investors=[StakeGiven(build.make_investor(), Decimal(60)), StakeGiven(build.make_investor(), Decimal(40))])
    entry = build.make_entry(project, 5, decided_on=None, source=sources[0])
    build.make_entry(None, 7, kind="share_purchase", enterprise=build.make_enterprise())
    build.make_milestone(project)
    build.make_observation()
    statement = build.make_statement(subject=project)
    build.make_project(publication=Publication.DRAFT)
    gone = build.make_investor()
    with build.act() as act:
        capital.reverse(act=act, entry=entry, decided_on=VagueDay.exact(date(2024, 2, 1)))
        accept(act=act, statement=statement, into=project.entries.get(kind="new"))
        withdraw(act=act, record=gone, reason="trùng")
    # The source is mended: the entries that rest on it keep the day and the rank that they were given.
    for changes in ({"published_on": VagueDay.exact(date(2023, 7, 1))}, {"kind": "certificate"}):
        with build.act() as act:
            amend(act=act, record=sources[0], **changes)
    build.make_certificate(Project.objects.get(pk=project.pk), kind="termination", decided_on=date(2024, 3, 1))
    return project


def test_what_actions_leave_behind_is_clean():
    a_full_register()

    assert found() == []


def test_an_edited_payload(by_hand):
    build.make_investor(name="Amkor")
    change = Change.objects.latest("seq")
    edit(change, after=change.after | {"name": "Khác"})

    assert found() == [f"change {change.seq}: nội dung đã bị sửa",
                       f"investor {change.code}: đã bị sửa ngoài sổ: name"]


def test_an_edited_change(by_hand):
    build.make_investor()
    change = Change.objects.latest("seq")
    edit(change, verb="updated")

    assert found() == [f"change {change.seq}: đã bị sửa: mã băm không khớp"]


def test_an_edited_act(by_hand):
    build.make_investor()
    edit(Act.objects.latest("id"), reason="lý do khác")

    assert found() == [f"change {head().head}: đã bị sửa: mã băm không khớp"]


def test_an_edited_change_with_a_new_hash_of_its_own(by_hand):
    build.make_investor()
    change = Change.objects.latest("seq")
    build.make_source()
    edit(change, hash="0" * 64)

    assert found() == [f"change {change.seq}: đã bị sửa: mã băm không khớp",
                       f"change {change.seq + 1}: không nối với thay đổi đứng trước"]


def test_a_deleted_change(by_hand):
    build.make_investor()
    seq = head().head
    build.make_source()
    remove(Change.objects.filter(pk=seq))

    assert found() == [
        f"change {seq}: đã mất", f"act {head().revision - 1}: không có thay đổi nào",
        "investor INV-000001: không có thay đổi nào ghi nó vào sổ",
        "investor INV-000001: đang công khai, nhưng luồng thay đổi không báo"]


def test_changes_in_another_order(by_hand):
    with build.act() as act:
        build.make_investor(act=act)
        build.make_source(act=act)
    last = head().head
    for old, new in ((last, -1), (last - 1, last), (-1, last - 1)):
        Change.objects.filter(seq=old).update(seq=new)

    assert found() == [
        f"change {last - 1}: không nối với thay đổi đứng trước",
        f"change {last - 1}: đã bị sửa: mã băm không khớp",
        f"change {last}: không nối với thay đổi đứng trước",
        f"change {last}: đã bị sửa: mã băm không khớp",
        "register 1: mã băm cuối không phải của thay đổi cuối"]


def test_the_last_changes_cut_off(by_hand):
    source = build.make_source()
    with build.act() as act:
        amend(act=act, record=source, name="Một")
    with build.act() as act:
        amend(act=act, record=source, name="Hai")
    last, revision = head().head, head().revision
    remove(Change.objects.filter(seq__gte=last - 1))
    remove(Act.objects.filter(pk__gte=revision - 1))

    assert found() == [f"change {last - 1}–{last}: đã mất", f"act {revision - 1}–{revision}: đã mất",
                       f"source {source.code}: đã bị sửa ngoài sổ: name, version"]


def test_a_register_that_was_set_back():
    build.make_source()
    was = head()
    Register.objects.update(head=was.head - 1, revision=was.revision - 1)

    assert found() == [f"register 1: ghi thay đổi cuối là {was.head - 1}, nhưng có đến {was.head}",
                       f"register 1: ghi hành động cuối là {was.revision - 1}, nhưng có đến {was.revision}"]


def test_another_last_hash():
    build.make_source()
    Register.objects.update(head_hash="f" * 64)

    assert found() == ["register 1: mã băm cuối không phải của thay đổi cuối"]


def test_a_register_without_its_row():
    Register.objects.all().delete()

    assert "register 1: dòng của sổ đăng ký đã mất" in found()


def test_an_act_that_did_nothing():
    act = Act.objects.create(
        id=head().revision + 1, at=datetime(2026, 11, 1, tzinfo=UTC), by_name="x", reason="x", door="shell")
    Register.objects.update(revision=act.pk)

    assert found() == [f"act {act.pk}: không có thay đổi nào"]
