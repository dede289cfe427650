"""A mistake is undone by its mirror image."""

from datetime import date

import pytest

from registry.actions import capital
from registry.actions.capital import (
    AfterTheEnd,
    AlreadyReversed,
    BelowZero,
    NotYet,
    ReversalOfReversal,
    ReversalTooEarly,
)
from registry.actions.project import end
from registry.models import CapitalEntry, Project
from registry.models.capital import MEASURES
from registry.vocabulary.period import VagueDay
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

MAY = VagueDay(date(2023, 5, 1), date(2023, 5, 31), "tháng 5/2023")


def exactly(year, month, day) -> VagueDay:
    return VagueDay.exact(date(year, month, day))


def registered(project) -> str:
    return str(project.entries.filter(MEASURES["registered_usd"]).total_usd())


def reverse(entry, **how) -> CapitalEntry:
    with build.act() as act:
        return capital.reverse(act=act, entry=CapitalEntry.objects.get(pk=entry.pk), **how)


def test_a_reversal_mirrors_its_entry():
    project = build.make_project(capital_usd=1000)
    entry = build.make_entry(project, "250.75", decided_on=MAY, source=build.make_source(kind="decision"))

    reversal = reverse(entry, note="ghi hai lần")

    reversal.refresh_from_db()
    assert (reversal.kind, reversal.counts_as, str(reversal.amount_usd)) == ("reversal", "increase", "-250.75")
    assert (reversal.reverses, reversal.project, reversal.source) == (entry, project, entry.source)
    assert (reversal.confirmed, reversal.note) == (True, "ghi hai lần")
    assert registered(project) == "1000.00"


def test_by_default_the_mistake_never_was():
    entry = build.make_entry(build.make_project(), 5, decided_on=MAY)

    reversal = reverse(entry)

    assert (reversal.decided_on, reversal.counts_on) == (MAY, date(2023, 5, 31))
    assert reversal.recorded_at > entry.recorded_at


def test_a_reversal_of_an_undated_entry_counts_with_it():
    source = build.make_source(published_on=exactly(2023, 6, 15))
    entry = build.make_entry(build.make_project(), 5, decided_on=None, source=source)

    reversal = reverse(entry)

    assert (reversal.decided_on, reversal.counts_on) == (None, date(2023, 6, 15))


def test_a_dated_decision_gives_it_a_later_day():
    entry = build.make_entry(build.make_project(), 5, decided_on=MAY)

    reversal = reverse(entry, decided_on=exactly(2024, 2, 1))

    assert (reversal.decided_on, reversal.counts_on) == (exactly(2024, 2, 1), date(2024, 2, 1))


def test_a_decision_that_is_earlier_than_the_entry_is_refused():
    entry = build.make_entry(build.make_project(), 5, decided_on=MAY)
    day = exactly(2023, 5, 30)

    with refused(ReversalTooEarly) as refusal:
        reverse(entry, decided_on=day)

    assert str(refusal.value) == (
        f"{entry.code} tính từ ngày 31/05/2023; quyết định đảo không thể có hiệu lực sớm hơn ({day.label}). "
        "Để trống ngày nếu bút toán sai ngay từ đầu.")


def test_a_decision_that_is_to_come_is_refused():
    entry = build.make_entry(build.make_project(), 5, decided_on=MAY)

    with refused(NotYet):
        reverse(entry, decided_on=exactly(2199, 1, 1))


def test_a_decision_after_the_end_is_refused():
    project = build.make_project(capital_usd=1000)
    entry = build.make_entry(project, 5, kind="disbursement")
    with build.act() as act:
        end(act=act, project=project, status="terminated", ended_on=exactly(2024, 7, 10),
            source=build.make_source(act=act))

    with refused(AfterTheEnd):
        reverse(entry, decided_on=exactly(2024, 7, 11))


def test_a_reversal_is_not_reversed():
    reversal = reverse(build.make_entry(build.make_project(), 5))

    with refused(ReversalOfReversal) as refusal:
        reverse(reversal)

    assert str(refusal.value) == (
        f"{reversal.code} là bút toán đảo; không đảo một bút toán đảo. Hãy ghi lại bút toán gốc.")


def test_an_entry_is_reversed_once():
    entry = build.make_entry(build.make_project(), 5)
    reversal = reverse(entry)

    with refused(AlreadyReversed) as refusal:
        reverse(entry)

    assert str(refusal.value) == f"{entry.code} đã được đảo bằng {reversal.code}."


def test_a_reversal_never_leaves_less_than_nothing():
    project = build.make_project(capital_usd=1000)
    build.make_entry(project, -400, kind="decrease")

    with refused(BelowZero):
        reverse(project.entries.get(kind="new"))

    assert registered(project) == "600.00"


def test_a_decrease_is_reversed():
    project = build.make_project(capital_usd=1000)
    decrease = build.make_entry(project, -1000, kind="decrease")

    reverse(decrease)

    assert registered(project) == "1000.00"


def test_what_is_not_registered_capital_does_not_count_against_it():
    project = build.make_project()
    disbursement = build.make_entry(project, 400, kind="disbursement")

    assert str(reverse(disbursement).amount_usd) == "-400.00"


def test_a_purchase_without_a_project_is_reversed():
    enterprise = build.make_enterprise()
    entry = build.make_entry(None, 5, kind="share_purchase", enterprise=enterprise)

    reversal = reverse(entry)

    assert (reversal.code, reversal.counts_as, reversal.enterprise) == (
        f"{enterprise.code}-2", "share_purchase", enterprise)


def test_a_reversal_is_a_new_version_of_the_project():
    project = build.make_project(capital_usd=1000)

    reverse(project.entries.get())

    assert Project.objects.get(pk=project.pk).version == 2
