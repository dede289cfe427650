"""What ``check_register`` finds in companies' reports."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from registry.actions import capital, report
from registry.actions.report_conflict import follow
from registry.exchange.check import everything
from registry.exchange.check.report import contributions, differences, disbursements
from registry.models import CapitalEntry, Conflict, Country, OperatingReport
from registry.models.append_only import drop_triggers
from registry.vocabulary.report import Contribution
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted() -> OperatingReport:
    """The triggers are gone, as for someone who may change tables."""
    drop_triggers(connection)
    made = build.make_report(build.make_project())
    with build.act() as act:
        return report.accept(act=act, report=made)


def found() -> list[str]:
    return [str(problem) for problem in disbursements()]


def edit(record, **columns) -> None:
    type(record).objects.filter(pk=record.pk).update(**columns)


def test_an_accepted_report_has_its_entry(accepted):
    assert found() == [] and list(everything.problems()) == []


@pytest.mark.parametrize(("columns", "told"), [
    ({"amount_usd": 4}, "bút toán ghi 4.00 USD"), ({"kind": "increase"}, "không phải vốn thực hiện"),
    ({"counts_on": date(2026, 10, 1)}, "không tính vào quý"),
])
def test_an_entry_that_is_another(accepted, columns, told):
    edit(accepted.entry, **columns, **({"counts_as": columns["kind"]} if "kind" in columns else {}))
    assert len(found()) == 1 and found()[0].startswith(f"operating-report {accepted.code}: ")
    assert all(word in found()[0] for word in told.replace("bút toán ", "").split())


def test_an_entry_of_another_project(accepted):
    edit(accepted, project=build.make_project())
    assert "không phải vốn thực hiện của dự án này" in found()[0]


def test_an_entry_that_was_reversed(accepted):
    entry = CapitalEntry.objects.get(pk=accepted.entry.pk)
    with build.act() as act:
        capital.mirror(act=act, entry=entry)
    assert "đã bị đảo" in found()[0]


def test_an_accepted_report_without_an_entry_cannot_be_written(accepted):
    with pytest.raises(Exception, match="report_accepted_with_entry"):
        edit(accepted, entry=None)


def test_a_difference_has_its_conflict(accepted):
    edit(accepted, realised_since_usd=9)
    assert [str(each) for each in differences()] == [
        f"operating-report {accepted.code}: số lũy kế khác sổ vốn, nhưng không có mâu thuẫn nào nêu"]
    with build.act() as act:
        follow(act=act, projects=[accepted.project])
    assert list(differences()) == []
    edit(accepted, realised_since_usd=None)
    conflict = Conflict.objects.get()
    assert [str(each) for each in differences()] == [
        f"conflict {conflict.code}: báo cáo không khác sổ vốn, nhưng mâu thuẫn chưa đóng"]
    edit(conflict, state="dismissed")
    assert list(differences()) == []


def test_contributions_that_do_not_add_up(accepted):
    foreign = build.make_investor(country=Country.objects.get(code="KR"))
    edit(accepted, contributed_domestic_usd=0, contributed_foreign_usd=5_000_000,
         contributions=[Contribution(foreign.code, Decimal(5_000_000)).as_plain()])
    assert list(contributions()) == []
    edit(accepted, contributions=[Contribution(foreign.code, Decimal(4)).as_plain()])
    assert "cộng lại góp 4 USD" in str(next(contributions()))
