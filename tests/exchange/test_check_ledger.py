"""What ``check_register`` finds in the ledger, the stakes and the statements."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from registry.actions import capital
from registry.actions.project import StakeGiven, end
from registry.actions.record import withdraw
from registry.actions.statement import accept
from registry.exchange.check import capital as ledger
from registry.exchange.check import project as projects
from registry.exchange.check import statement as statements
from registry.models import CapitalEntry, Project, Stake, Statement
from registry.models.append_only import drop_triggers
from registry.vocabulary.period import VagueDay
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_hand(db):
    """The triggers are gone, as for someone who may change tables."""
    drop_triggers(connection)


def found(rule) -> list[str]:
    return [str(problem) for problem in rule()]


def edit(record, **columns) -> None:
    type(record).objects.filter(pk=record.pk).update(**columns)


def reversed_entry() -> tuple[CapitalEntry, CapitalEntry]:
    """An increase and its reversal, beside a new entry."""
    project = build.make_project(capital_usd=1000)
    entry = build.make_entry(project, 5)
    with build.act() as act:
        return entry, capital.reverse(act=act, entry=entry)


@pytest.mark.parametrize(("columns", "what"), [
    ({"counts_as": "decrease"}, "counts_as phải là increase"),
    ({"amount_usd": Decimal("-4.99")}, "amount_usd phải là -5.00"),
    ({"confirmed": True}, "confirmed phải là False"),
])
def test_a_reversal_that_does_not_mirror(columns, what):
    entry, reversal = reversed_entry()
    edit(reversal, **columns)

    assert found(ledger.entries) == [
        f"capital-entry {reversal.code}: không khớp với {entry.code} mà nó đảo: {what}"]


def test_a_reversal_in_another_project():
    entry, reversal = reversed_entry()
    other = build.make_project()
    edit(reversal, project=other)

    assert found(ledger.entries) == [
        f"capital-entry {reversal.code}: không khớp với {entry.code} mà nó đảo: project_id phải là {entry.project_id}"]


def test_a_reversal_on_no_day_of_its_own():
    _entry, reversal = reversed_entry()
    edit(reversal, counts_on=date(2023, 5, 20))

    assert found(ledger.entries) == [
        f"capital-entry {reversal.code}: tính từ ngày 2023-05-20, không phải ngày của bút toán gốc hay của chính nó"]


def test_a_reversal_of_a_reversal():
    _entry, reversal = reversed_entry()
    other = build.make_entry(Project.objects.get(), 5)
    edit(other, kind="reversal", counts_as="increase", reverses=reversal)

    assert f"capital-entry {other.code}: đảo một bút toán đảo, {reversal.code}" in found(ledger.entries)


def test_an_entry_on_another_day():
    entry = build.make_entry(build.make_project(), 5, decided_on=date(2023, 5, 15))
    edit(entry, counts_on=date(2023, 5, 16))

    assert found(ledger.entries) == [
        f"capital-entry {entry.code}: tính từ ngày 2023-05-16, nhưng phải là 2023-05-15"]


def test_an_entry_that_is_not_confirmed():
    entry = build.make_entry(build.make_project(), 5)
    edit(entry, confirmed=True)

    assert found(ledger.entries) == [
        f"capital-entry {entry.code}: ghi sai việc có dựa trên giấy chứng nhận hoặc quyết định hay không"]


def test_two_starts():
    project = build.make_project(capital_usd=1000)
    edit(build.make_entry(project, 5), kind="opening", counts_as="opening")

    assert found(ledger.projects) == [f"project {project.code}: có 2 bút toán cấp mới hoặc đầu kỳ còn hiệu lực"]


def test_less_than_nothing():
    project = build.make_project(capital_usd=1000)
    edit(build.make_entry(project, -400, kind="decrease"), amount_usd=Decimal("-1000.50"))

    assert found(ledger.projects) == [f"project {project.code}: vốn đăng ký âm: -0.50 USD"]


def test_an_entry_after_the_end():
    project = build.make_project(capital_usd=1000)
    with build.act() as act:
        closing = end(act=act, project=project, status="terminated", ended_on=VagueDay.exact(date(2024, 7, 10)),
                      source=build.make_source(act=act))
    edit(closing, counts_on=date(2024, 7, 11))

    assert found(ledger.projects) == [
        f"capital-entry {closing.code}: tính từ ngày 2024-07-11, sau khi dự án chấm dứt"]


def test_a_reversal_after_the_end():
    entry, reversal = reversed_entry()
    with build.act() as act:
        end(act=act, project=Project.objects.get(), status="terminated", ended_on=VagueDay.exact(date(2024, 7, 10)),
            source=build.make_source(act=act))
    day = date(2024, 7, 11)
    edit(reversal, decided_earliest=day, decided_latest=day, counts_on=day)

    assert found(ledger.entries) == [
        f"capital-entry {reversal.code}: tính từ ngày 2024-07-11, sau khi dự án chấm dứt"]


def test_a_withdrawn_project_with_capital():
    project = build.make_project(capital_usd=1000)
    with build.act() as act:
        withdraw(act=act, record=project, reason="nhập nhầm")

    assert found(ledger.projects) == [f"capital-entry {project.code}-1: còn hiệu lực, dù dự án không công bố"]


def test_shares_over_a_hundred_percent():
    project = build.make_project(investors=[StakeGiven(build.make_investor(), Decimal(60)),
                                            StakeGiven(build.make_investor(), Decimal(40))])
    Stake.objects.filter(lead=True).update(share_percent=Decimal("60.01"))

    assert found(projects.stakes) == [f"project {project.code}: tổng tỷ lệ góp vốn là 100.01 %"]


def test_no_lead():
    project = build.make_project()
    Stake.objects.update(lead=False)

    assert found(projects.stakes) == [f"project {project.code}: có 0 nhà đầu tư chính, phải có một"]


@pytest.mark.parametrize(("kind", "code"), [
    ("capital-entry", "BN-000001-9"), ("statement", "999999"), ("nothing", "BN-000001")])
def test_a_statement_made_into_nothing(kind, code):
    statement = build.make_statement()
    edit(statement, promoted_kind=kind, promoted_code=code)

    assert found(statements.promotions) == [
        f"statement {statement.pk}: ghi nhận vào {kind} {code}, không có bản ghi đó"]


def test_a_statement_made_into_what_there_is():
    project = build.make_project()
    statement = build.make_statement(subject=project)
    with build.act() as act:
        accept(act=act, statement=statement, into=project)

    assert found(statements.promotions) == []


def test_another_amount():
    statement = build.make_statement(value="1600", unit="USD million")
    Statement.objects.filter(pk=statement.pk).update(amount_usd=Decimal(1600))

    assert found(statements.amounts) == [
        f"statement {statement.pk}: số vốn là 1600.00 USD, nhưng phải là 1600000000.00"]
