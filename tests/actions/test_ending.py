"""An end that was recorded by mistake is taken back: status, day, capital, sums and what is published of it."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.capital import AfterTheEnd, ClosesTheProject, mirror, reverse
from registry.actions.certificate import EntriesStand, publish_certificate, withdraw_certificate
from registry.actions.project import EndedByCertificate, NotEnded, end, undo_end
from registry.actions.record import amend
from registry.actions.undo import NotPlain, undo
from registry.exchange.check.everything import problems
from registry.models import CapitalEntry, CapitalSum, Certificate, Change, Project, ProjectAsKnown
from registry.models.capital import MEASURES
from registry.statistics.a_iv_1 import office_form
from registry.statistics.a_iv_1_known import Knowledge
from registry.statistics.a_iv_1_rows import rows_known
from registry.statistics.as_known import known_now
from registry.vocabulary.period import VagueDay
from registry.vocabulary.report import Quarter
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

JULY = VagueDay(date(2024, 7, 1), date(2024, 7, 31), "tháng 7/2024")
ENDED_ON = date(2024, 7, 10)
QUARTER, TODAY = Quarter(2024, 3), date(2026, 11, 27)
KINDS = ("termination", "revocation", "expiry")


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def registered(project) -> str:
    return str(project.entries.filter(MEASURES["registered_usd"]).total_usd())


def stands(project) -> tuple:
    project = fresh(project)
    return project.status, project.ended_on, registered(project)


def end_it(project, **how):
    with build.act() as act:
        return end(act=act, project=fresh(project), source=build.make_source(act=act, kind="decision"), **{
            "status": "terminated", "ended_on": JULY} | how)


def take_back(project, reason="ghi nhầm dự án"):
    with build.act(reason=reason) as act:
        return undo_end(act=act, project=fresh(project), reason=reason)


def withdraw(certificate, reason="ghi nhầm dự án"):
    with build.act(reason=reason) as act:
        return withdraw_certificate(act=act, certificate=fresh(certificate), reason=reason)


def reversal_without_the_end(entry):
    """As it could be entered once: the closing decrease reversed, the project ended all the same."""
    with build.act() as act:
        mirror(act=act, entry=CapitalEntry.objects.get(pk=entry.pk))


@pytest.mark.parametrize("kind", KINDS)
def test_a_withdrawn_certificate_takes_the_end_back(kind):
    project = build.make_project(capital_usd="1000.25", status="suspended")
    certificate = build.make_certificate(project, kind=kind, decided_on=ENDED_ON)
    assert stands(project)[1:] == (VagueDay.exact(ENDED_ON), "0.00")

    withdraw(certificate)

    assert stands(project) == ("suspended", None, "1000.25")
    assert (fresh(certificate).publication, fresh(certificate).withdrawn_reason) == ("withdrawn", "ghi nhầm dự án")
    reversal = project.entries.get(kind="reversal")
    assert (reversal.counts_on, reversal.note) == (ENDED_ON, "ghi nhầm dự án")
    last = Change.objects.latest("seq").act
    assert set(last.changes.values_list("kind", flat=True)) == {"project", "certificate", "capital-entry"}
    assert list(problems()) == []


def test_what_is_kept_of_the_project_follows():
    project = build.make_project(capital_usd=1000)
    withdraw(build.make_certificate(project, kind="termination", decided_on=ENDED_ON))

    kept = CapitalSum.objects.get(owner=project.pk)
    assert (kept.ended_on, kept.registered_usd) == (None, 100_000)  # hundredths
    assert ProjectAsKnown.objects.open().get(project=project).ended_on is None
    assert ProjectAsKnown.objects.filter(project=project, ended_on=ENDED_ON, seq_until__isnull=False).exists()
    assert Project.objects.counting(as_of=TODAY).filter(pk=project.pk).exists()
    assert str(build.totals(as_of=TODAY).registered_usd) == "1000.00"


def test_the_form_a_iv_1_no_longer_counts_it():
    going_on, project = (build.make_project(capital_usd=1000, decided_on=date(2024, 1, 2)) for _each in range(2))
    build.make_entry(going_on, -5, kind="decrease", decided_on=ENDED_ON)

    def said() -> list[str]:
        form = office_form(QUARTER, today=TODAY)
        return [f"{form.row(key).figures['quarter'].computed:f}"
                for key in ("ended", "ended_usd", "granted_adjusted", "granted_adjusted_usd")]

    assert said() == ["0", "0", "1", "-5.00"]
    certificate = build.make_certificate(project, kind="termination", decided_on=ENDED_ON)
    assert said() == ["1", "1000.00", "1", "-5.00"]
    then = known_now()

    withdraw(certificate)

    assert said() == ["0", "0", "1", "-5.00"]
    for key, was in (("ended", 1), ("ended_usd", 1000), ("granted_adjusted", 1)):
        now = 1 if key == "granted_adjusted" else 0
        assert rows_known(key, QUARTER.period, Knowledge.of(then, None, None)).total() == was, key
        assert rows_known(key, QUARTER.period, Knowledge.of(known_now(), None, None)).total() == now, key


def test_after_it_the_project_goes_on_and_may_end_again():
    project = build.make_project(capital_usd=1000)
    withdraw(build.make_certificate(project, kind="termination", decided_on=ENDED_ON))

    build.make_certificate(fresh(project), kind="amendment", step=1, amount_usd=Decimal(5), decided_on=date(2025, 1, 2))
    assert registered(project) == "1005.00"
    build.make_certificate(fresh(project), kind="revocation", decided_on=date(2025, 3, 4))

    assert stands(project) == ("revoked", VagueDay.exact(date(2025, 3, 4)), "0.00")
    assert list(problems()) == []


def test_a_closing_decrease_that_was_reversed_before_is_not_reversed_twice():
    project = build.make_project(capital_usd=1000)
    certificate = build.make_certificate(project, kind="termination", decided_on=ENDED_ON)
    reversal_without_the_end(certificate.entries.get())

    withdraw(certificate)

    assert stands(project) == ("operating", None, "1000.00")
    assert project.entries.filter(kind="reversal").count() == 1


def test_a_project_left_ended_without_any_certificate_is_taken_back():
    """Once the closing decrease could be reversed and the certificate withdrawn, and the project stayed ended."""
    project = build.make_project(capital_usd=1000)
    certificate = build.make_certificate(project, kind="termination", decided_on=ENDED_ON)
    reversal_without_the_end(certificate.entries.get())
    with build.act() as act:
        amend(act=act, record=fresh(certificate), publication="withdrawn", withdrawn_reason="nhầm")

    assert take_back(project) is None
    assert stands(project) == ("operating", None, "1000.00")


def test_other_capital_on_the_certificate_keeps_it():
    project = build.make_project(capital_usd=1000)
    certificate = build.make_certificate(project, kind="termination", decided_on=ENDED_ON)
    late = build.make_entry(fresh(project), 7, certificate=certificate, decided_on=ENDED_ON)

    with refused(EntriesStand) as refusal:
        withdraw(certificate)

    assert late.code in str(refusal.value)


def test_a_certificate_published_again_ends_its_project_again():
    project = build.make_project(capital_usd=1000)
    certificate = build.make_certificate(project, kind="termination", decided_on=ENDED_ON)
    withdraw(certificate)

    with build.act() as act:
        publish_certificate(act=act, certificate=Certificate.objects.get(pk=certificate.pk))

    assert stands(project) == ("terminated", VagueDay.exact(ENDED_ON), "0.00")
    assert list(problems()) == []


def test_published_again_it_does_not_end_before_what_came_since():
    project = build.make_project(capital_usd=1000)
    certificate = build.make_certificate(project, kind="termination", decided_on=ENDED_ON)
    withdraw(certificate)
    build.make_entry(fresh(project), 5, decided_on=date(2025, 1, 2))

    with refused(AfterTheEnd), build.act() as act:
        publish_certificate(act=act, certificate=Certificate.objects.get(pk=certificate.pk))


def test_an_end_by_a_source_is_taken_back_at_the_project():
    project = build.make_project(capital_usd=1000, status="building")
    closing = end_it(project)

    reversal = take_back(project)

    assert (reversal.reverses, reversal.note) == (closing, "ghi nhầm dự án")
    assert stands(project) == ("building", None, "1000.00")
    assert list(problems()) == []


def test_without_capital_only_status_and_day_come_back():
    project = build.make_project()
    end_it(project, status="revoked")

    assert take_back(project) is None
    assert stands(project) == ("operating", None, "0.00")


def test_a_decrease_of_the_same_day_was_no_part_of_the_end():
    project = build.make_project(capital_usd=1000)
    build.make_entry(project, -1000, kind="decrease", decided_on=JULY)
    assert end_it(project) is None

    assert take_back(project) is None
    assert stands(project) == ("operating", None, "0.00")


def test_what_was_found_later_of_the_same_day_is_no_part_of_the_end():
    project = build.make_project(capital_usd=1000)
    closing = end_it(project)
    build.make_entry(fresh(project), 7, decided_on=JULY)
    found = build.make_entry(fresh(project), -7, kind="decrease", decided_on=JULY)

    with refused(ClosesTheProject), build.act() as act:
        reverse(act=act, entry=CapitalEntry.objects.get(pk=closing.pk))
    with build.act() as act:
        reverse(act=act, entry=CapitalEntry.objects.get(pk=found.pk))
    assert take_back(project).reverses == closing

    assert stands(project) == ("operating", None, "1007.00")


def test_the_second_of_two_ends_comes_back_to_what_was_before_it():
    project = build.make_project(capital_usd=1000)
    end_it(project)
    take_back(project)
    with build.act() as act:
        amend(act=act, record=fresh(project), status="schedule_extended")
    end_it(project, status="expired")

    take_back(project)

    assert stands(project) == ("schedule_extended", None, "1000.00")
    assert project.entries.filter(kind="reversal").count() == 2


@pytest.mark.parametrize("known, status", [
    ({}, "proposed"), ({"licensed_on": VagueDay.exact(date(2023, 1, 2))}, "not_started"),
    ({"milestone": "ground_breaking"}, "building"), ({"milestone": "production_start"}, "operating"),
])
def test_of_a_project_loaded_as_ended_the_record_says_how_far_it_had_come(known, status):
    known = dict(known)
    milestone = known.pop("milestone", "")
    project = build.make_project(status="terminated", ended_on=JULY, **known)
    if milestone:
        build.make_milestone(project, kind=milestone)

    take_back(project)

    assert stands(project) == (status, None, "0.00")


def test_a_project_that_goes_on_has_no_end_to_take_back():
    project = build.make_project(capital_usd=1000)

    with refused(NotEnded):
        take_back(project)


def test_an_end_by_a_certificate_is_taken_back_with_it():
    project = build.make_project(capital_usd=1000)
    certificate = build.make_certificate(project, kind="expiry", decided_on=ENDED_ON)

    with refused(EndedByCertificate) as refusal:
        take_back(project)

    assert certificate.code in str(refusal.value) and "gỡ giấy đó" in str(refusal.value)


@pytest.mark.parametrize("by_certificate", [True, False])
def test_the_closing_decrease_is_not_reversed_alone(by_certificate):
    project = build.make_project(capital_usd=1000)
    if by_certificate:
        build.make_certificate(project, kind="termination", decided_on=ENDED_ON)
    else:
        end_it(project)

    with refused(ClosesTheProject) as refusal, build.act() as act:
        reverse(act=act, entry=CapitalEntry.objects.get(project=project, kind="decrease"))

    assert "“Hủy việc chấm dứt”" in str(refusal.value) and "gỡ giấy chứng nhận" in str(refusal.value)


def test_undoing_the_change_that_ended_it_names_the_way_out():
    project = build.make_project()
    end_it(project)

    with refused(NotPlain) as refusal, build.act() as act:
        undo(act=act, change=Change.objects.filter(kind="project", code=project.code).latest("seq"))

    assert "hủy việc chấm dứt" in str(refusal.value)
