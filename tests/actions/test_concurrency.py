"""Sixteen writers at once: one after the other, each whole, none lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import connection, transaction

from registry.actions import capital
from registry.actions.record import StaleVersion, amend
from registry.actions.writing import RegisterBusy, writing
from registry.exchange.check.everything import problems
from registry.models import Act, CapitalEntry, Change, Investor, Project, Register
from registry.models.capital import MEASURES
from tests import build
from tests.unchanged import everything

pytestmark = pytest.mark.usefixtures("committed")

WRITERS, ACTS = 16, 3


def at_once(job) -> list:
    """Run ``job(number)`` in as many threads as there are writers, all starting together."""
    start = threading.Barrier(WRITERS)

    def run(number: int):
        try:
            start.wait()
            return job(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_every_writer_s_records_are_there_and_the_chain_is_one():
    before = Register.objects.get()

    def write(number: int):
        for turn in range(ACTS):
            with writing(by=f"writer {number}", reason=f"turn {turn}", door="shell") as act:
                build.make_investor(act=act, name=f"Nhà đầu tư {number}-{turn}")
                build.make_source(act=act, name=f"Nguồn {number}-{turn}")

    at_once(write)

    after = Register.objects.get()
    names = Investor.objects.values_list("name", flat=True)
    assert sorted(names) == sorted(f"Nhà đầu tư {n}-{turn}" for n in range(WRITERS) for turn in range(ACTS))
    assert after.revision == before.revision + WRITERS * ACTS == Act.objects.count()
    assert after.head == before.head + 2 * WRITERS * ACTS == Change.objects.count()
    assert list(Change.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, after.head + 1))
    assert Change.objects.values("previous_hash").distinct().count() == after.head
    assert sorted(Investor.objects.values_list("code", flat=True)) == [
        f"INV-{number:06}" for number in range(1, WRITERS * ACTS + 1)]
    assert list(problems()) == []


def test_no_update_is_lost():
    build.make_investor(name="0")

    def add_one(number: int) -> int:
        refusals = 0
        for _turn in range(ACTS):
            while True:
                seen = Investor.objects.get()
                try:
                    with build.act() as act:
                        amend(act=act, record=seen, name=str(int(seen.name) + 1))
                    break
                except StaleVersion:
                    refusals += 1
        return refusals

    refusals = at_once(add_one)

    investor = Investor.objects.get()
    assert (investor.name, investor.version) == (str(WRITERS * ACTS), WRITERS * ACTS + 1)
    assert Change.objects.filter(kind="investor").count() == WRITERS * ACTS + 1
    assert sum(refusals) > 0, "nobody met another writer: the test proves nothing"
    assert list(problems()) == []


def test_two_never_reverse_the_same_entry_nor_take_the_same_capital():
    project = build.make_project(capital_usd=1000)
    with build.act() as act:
        entry = build.make_entry(project, 100, act=act)

    def try_both(number: int) -> tuple[bool, bool]:
        return (
            succeeds(lambda act: capital.reverse(act=act, entry=CapitalEntry.objects.get(pk=entry.pk))),
            succeeds(lambda act: capital.enter(
                act=act, project=Project.objects.get(), kind="decrease", amount_usd=Decimal(-600),
                source=CapitalEntry.objects.get(pk=entry.pk).source)),
        )

    done = at_once(try_both)

    assert [sum(each) for each in zip(*done, strict=True)] == [1, 1]
    assert str(CapitalEntry.objects.filter(MEASURES["registered_usd"]).total_usd()) == "400.00"
    assert list(problems()) == []


def succeeds(action) -> bool:
    try:
        with build.act() as act:
            action(act)
    except (capital.AlreadyReversed, capital.BelowZero):
        return False
    return True


@contextmanager
def another_writer():
    """Another writer holds the register until the body is done."""
    holding, done = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                Register.objects.select_for_update().get(pk=1)
                holding.set()
                done.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert holding.wait(10)
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.fixture
def waits_a_second(committed, settings, monkeypatch):
    settings.WRITER_WAITS_SECONDS = 1
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 1)
    connection.close()


def test_who_waits_too_long_is_told_and_nothing_is_written(waits_a_second):
    before = everything()

    with another_writer(), pytest.raises(RegisterBusy) as refusal, build.act() as act:
        build.make_investor(act=act)

    assert str(refusal.value) == (
        "Người khác đang ghi vào sổ đăng ký; đã chờ 1 giây. Hãy thử lại, chưa có gì bị thay đổi.")
    assert everything() == before
    assert build.make_investor().code == "INV-000001"


def test_readers_do_not_wait_for_a_writer():
    build.make_investor(name="Amkor")

    with another_writer():
        assert Investor.objects.get().name == "Amkor"
