"""Which entries count on a day, and which the register knew of."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from registry.actions import capital
from registry.models import CapitalEntry
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from tests import build

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
OCTOBER = VagueDay(date(2023, 10, 21), date(2023, 10, 31), "cuối tháng 10/2023")


def codes(entries) -> list[str]:
    return [entry.code for entry in entries.in_ledger_order()]


def test_an_entry_counts_from_its_latest_day():
    entry = build.make_entry(build.make_project(), 5, decided_on=OCTOBER)

    assert codes(CapitalEntry.objects.as_of(date(2023, 10, 30))) == []
    assert codes(CapitalEntry.objects.as_of(date(2023, 10, 31))) == [entry.code]


def test_a_day_is_known_to_its_last_moment_here():
    last = datetime(2024, 3, 31, 23, 59, 59, 999999, tzinfo=HERE)
    project = build.make_project()
    within = build.make_entry(project, 1, recorded_at=last)
    after = build.make_entry(project, 2, recorded_at=last + timedelta(microseconds=1))

    assert codes(CapitalEntry.objects.known_on(date(2024, 3, 30))) == []
    assert codes(CapitalEntry.objects.known_on(date(2024, 3, 31))) == [within.code]
    assert codes(CapitalEntry.objects.known_on(date(2024, 4, 1))) == [within.code, after.code]
    assert codes(CapitalEntry.objects.known_on(None)) == [within.code, after.code]


def test_an_evening_in_london_is_the_next_day_here():
    evening = datetime(2024, 3, 31, 17, tzinfo=UTC)
    entry = build.make_entry(build.make_project(), 1, recorded_at=evening)

    assert codes(CapitalEntry.objects.known_on(date(2024, 3, 31))) == []
    assert codes(CapitalEntry.objects.known_on(date(2024, 4, 1))) == [entry.code]


def test_what_was_reversed_no_longer_stands():
    project = build.make_project()
    kept, undone = build.make_entry(project, 1), build.make_entry(project, 2)
    with build.act() as act:
        capital.reverse(act=act, entry=undone)

    assert codes(CapitalEntry.objects.standing()) == [kept.code]


def test_an_entry_stood_until_the_day_its_reversal_counts():
    undone = build.make_entry(build.make_project(), 2, decided_on=date(2023, 5, 15))
    with build.act() as act:
        capital.reverse(act=act, entry=undone, decided_on=VagueDay.exact(date(2024, 2, 1)))

    assert codes(CapitalEntry.objects.standing(as_of=date(2024, 1, 31))) == [undone.code]
    assert codes(CapitalEntry.objects.standing(as_of=date(2024, 2, 1))) == []


def test_an_entry_stood_for_who_did_not_know_of_its_reversal():
    undone = build.make_entry(build.make_project(), 2, recorded_at=datetime(2023, 6, 1, 9, tzinfo=HERE))
    with build.act(at=datetime(2024, 6, 1, 9, tzinfo=HERE)) as act:
        capital.reverse(act=act, entry=undone)

    assert codes(CapitalEntry.objects.standing(known_on=date(2024, 5, 31))) == [undone.code]
    assert codes(CapitalEntry.objects.standing(known_on=date(2024, 6, 1))) == []


def test_within_a_period_are_both_of_its_days():
    project = build.make_project()
    first = build.make_entry(project, 1, decided_on=date(2023, 1, 1))
    last = build.make_entry(project, 2, decided_on=date(2023, 12, 31))
    build.make_entry(project, 3, decided_on=date(2022, 12, 31))
    build.make_entry(project, 4, decided_on=date(2024, 1, 1))

    assert codes(CapitalEntry.objects.within(date(2023, 1, 1), date(2023, 12, 31))) == [first.code, last.code]


def test_what_nobody_dated_is_in_no_period():
    source = build.make_source(published_on=VagueDay.exact(date(2023, 6, 1)))
    entry = build.make_entry(build.make_project(), 1, decided_on=None, source=source)

    assert entry.counts_on == date(2023, 6, 1)
    assert codes(CapitalEntry.objects.within(date(2000, 1, 1), date(2100, 1, 1))) == []


def test_an_entry_is_named_as_people_read_it():
    project = build.make_project(capital_usd=1000)
    entry = build.make_entry(project, "2000000.50", kind="increase")
    assert str(entry) == f"{project.code}-2 điều chỉnh tăng 2.000.000,50 USD"


def test_the_total_of_nothing_is_zero():
    assert str(CapitalEntry.objects.none().total_usd()) == "0.00"
    assert str(CapitalEntry.objects.all().total_usd()) == "0.00"


def test_measures_leave_each_kind_in_its_column():
    decision = build.make_source(kind="decision")
    project = build.make_project(capital_usd=1000, source=decision)
    build.make_entry(project, "-200.50", kind="decrease")
    build.make_entry(project, 300, kind="disbursement")
    build.make_entry(project, 40, kind="share_purchase")
    with build.act() as act:
        capital.reverse(act=act, entry=build.make_entry(project, 7, act=act))

    assert CapitalEntry.objects.values("project__code").with_measures().get() == {
        "project__code": project.code, "registered_usd": Decimal("799.50"), "confirmed_usd": Decimal("799.50"),
        "realised_usd": Decimal("300.00"), "share_purchase_usd": Decimal("40.00"),
    }


def test_the_public_sees_the_entries_of_what_is_published():
    seen = build.make_entry(build.make_project(), 1)
    bought = build.make_entry(None, 2, enterprise=build.make_enterprise(), kind="share_purchase")
    hidden = build.make_entry(build.make_project(), 3)
    type(hidden.project).objects.filter(pk=hidden.project_id).update(publication=Publication.IN_REVIEW)
    hidden.refresh_from_db()

    assert codes(CapitalEntry.objects.public()) == [seen.code, bought.code]
    assert [entry.is_public() for entry in (seen, bought, hidden)] == [True, True, False]
