"""What happens to a project as a whole."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.capital import AfterTheEnd, NotYet
from registry.actions.project import (
    EndedAlready,
    SharesOverHundred,
    StakeGiven,
    end,
    set_stakes,
    withdraw_project,
)
from registry.actions.record import InvalidRecord, NotPublished
from registry.models import Change, Project, Stake
from registry.models.capital import MEASURES
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from registry.vocabulary.vietnamese import search_words
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

JULY = VagueDay(date(2024, 7, 1), date(2024, 7, 31), "tháng 7/2024")


def registered(project) -> str:
    return str(project.entries.filter(MEASURES["registered_usd"]).total_usd())


def stakes_of(project) -> list[tuple]:
    return [(stake.investor.name, stake.lead, stake.share_percent) for stake in fresh(project).current_stakes()]


def fresh(project) -> Project:
    return Project.objects.get(pk=project.pk)


def end_it(project, **how):
    with build.act() as act:
        return end(act=act, project=fresh(project), source=build.make_source(act=act, kind="decision"), **{
            "status": "terminated", "ended_on": JULY} | how)


def test_a_project_is_opened_with_its_investors():
    first, second = build.make_investor(name="Thứ nhất"), build.make_investor(name="Thứ hai")

    project = build.make_project(investors=[StakeGiven(first, Decimal("60.5")), StakeGiven(second, Decimal("39.5"))])

    assert stakes_of(project) == [("Thứ nhất", True, Decimal("60.50")), ("Thứ hai", False, Decimal("39.50"))]
    assert Change.objects.filter(kind="project", code=project.code).count() == 1
    assert list(Project.objects.matching(search_words("thu hai"))) == [project]


def test_the_lead_may_be_any_of_them():
    first, second = build.make_investor(name="Thứ nhất"), build.make_investor(name="Thứ hai")

    project = build.make_project(investors=[StakeGiven(first), StakeGiven(second, lead=True)])

    assert stakes_of(project) == [("Thứ nhất", False, None), ("Thứ hai", True, None)]


def test_shares_over_a_hundred_percent_are_refused():
    first, second = build.make_investor(), build.make_investor()

    with refused(SharesOverHundred) as refusal:
        build.make_project(investors=[StakeGiven(first, Decimal(60)), StakeGiven(second, Decimal(50))])

    assert refusal.value.field == "share_percent"
    assert str(refusal.value) == (
        "Tổng tỷ lệ góp vốn là 110 %, vượt quá 100 %. Hãy sửa tỷ lệ của từng nhà đầu tư.")


def test_an_investor_has_one_stake_in_a_project():
    investor = build.make_investor()

    with refused(InvalidRecord) as refusal:
        build.make_project(investors=[investor, investor])

    assert refusal.value.errors == {"": ["Nhà đầu tư này đã có phần vốn góp trong dự án."]}


def test_stakes_are_replaced():
    project = build.make_project(investors=[build.make_investor(name="Cũ")])

    with build.act() as act:
        set_stakes(act=act, project=project, stakes=[StakeGiven(build.make_investor(act=act, name="Mới"))])

    assert stakes_of(project) == [("Mới", True, None)]
    assert fresh(project).version == 2
    assert list(Project.objects.matching(search_words("mới"))) == [project]
    assert list(Project.objects.matching(search_words("cũ"))) == []


def test_stakes_that_a_certificate_ended_are_kept():
    project = build.make_project(investors=[build.make_investor(name="Cũ")])
    transfer = build.make_certificate(project, kind="transfer")

    with build.act() as act:
        set_stakes(act=act, project=project, certificate=transfer,
                   stakes=[StakeGiven(build.make_investor(act=act, name="Mới"))])

    assert stakes_of(project) == [("Mới", True, None)]
    ended = Stake.objects.get(project=project, investor__name="Cũ")
    assert (ended.until_certificate, Stake.objects.current().get().since_certificate) == (transfer, transfer)


def test_replacing_stakes_over_a_hundred_percent_is_refused():
    project = build.make_project(investors=[StakeGiven(build.make_investor(), Decimal(100))])
    other = build.make_investor()

    with refused(SharesOverHundred), build.act() as act:
        set_stakes(act=act, project=project, stakes=[StakeGiven(other, Decimal("100.01"))])


def test_the_end_takes_capital_to_zero():
    project = build.make_project(capital_usd="1000.25")
    build.make_entry(project, 500)
    build.make_entry(project, 300, kind="disbursement")

    closing = end_it(project)

    assert (closing.kind, str(closing.amount_usd), closing.counts_on) == ("decrease", "-1500.25", date(2024, 7, 31))
    assert closing.confirmed
    assert registered(project) == "0.00"
    assert (fresh(project).status, fresh(project).ended_on) == ("terminated", JULY)


def test_a_project_without_capital_ends_without_an_entry():
    project = build.make_project()

    assert end_it(project, status="revoked") is None
    assert fresh(project).status == "revoked"


def test_a_project_ends_once():
    project = build.make_project(capital_usd=1000)
    end_it(project)

    with refused(EndedAlready) as refusal:
        end_it(project)

    assert str(refusal.value) == f"Dự án {project.code} đã kết thúc ngày tháng 7/2024."


def test_the_end_needs_a_status_that_ends():
    project = build.make_project(capital_usd=1000)

    with refused(InvalidRecord):
        end_it(project, status="suspended")


def test_an_end_before_an_entry_is_refused():
    project = build.make_project(capital_usd=1000)
    build.make_entry(project, 5, decided_on=date(2024, 8, 1))

    with refused(AfterTheEnd):
        end_it(project)


def test_an_end_that_is_to_come_is_refused():
    project = build.make_project()

    with refused(NotYet):
        end_it(project, ended_on=VagueDay.exact(date(2199, 1, 1)))


def test_withdrawing_reverses_what_is_left():
    project = build.make_project(capital_usd=1000)
    build.make_entry(project, -400, kind="decrease")
    build.make_entry(project, 300, kind="disbursement")

    with build.act() as act:
        withdraw_project(act=act, project=project, reason="nhập nhầm")

    assert (fresh(project).publication, fresh(project).withdrawn_reason) == ("withdrawn", "nhập nhầm")
    assert sorted((entry.kind, str(entry.amount_usd), entry.note) for entry in project.entries.all()) == [
        ("decrease", "-400.00", ""), ("disbursement", "300.00", ""), ("new", "1000.00", ""),
        ("reversal", "-1000.00", "nhập nhầm"), ("reversal", "-300.00", "nhập nhầm"),
        ("reversal", "400.00", "nhập nhầm")]
    assert not project.entries.standing().exists()


def test_partners_are_told_that_all_of_it_is_withdrawn():
    project = build.make_project(capital_usd=1000)
    milestone = build.make_milestone(project)

    with build.act() as act:
        withdraw_project(act=act, project=fresh(project), reason="nhập nhầm")

    def told(record):
        return Change.objects.filter(kind=record.KIND, code=record.code).latest("seq").feed_verb

    entry, reversal = project.entries.order_by("number")
    assert [told(project), told(milestone), told(entry)] == ["withdrawn", "withdrawn", "withdrawn"]
    assert told(reversal) == ""


def test_a_draft_is_not_withdrawn():
    project = build.make_project(publication=Publication.DRAFT)

    with refused(NotPublished), build.act() as act:
        withdraw_project(act=act, project=project, reason="nhập nhầm")


def test_withdrawing_needs_a_reason():
    project = build.make_project(capital_usd=1000)

    with refused(InvalidRecord), build.act() as act:
        withdraw_project(act=act, project=project, reason="")
