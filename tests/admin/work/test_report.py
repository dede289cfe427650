"""A company's report, accepted, returned, taken back and taken away by a page of work."""

from datetime import date

import pytest
from django.contrib.auth.models import Group

from registry.actions import report
from registry.admin.address import address_of
from registry.models import Conflict, OperatingReport, Project
from registry.vocabulary.publication import Publication
from tests import build
from tests.admin.work.desk import Officer, Sent, done_by, last_act
from tests.unchanged import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def statistician(client) -> Officer:
    user = build.make_officer("minh", "statistician")
    client.force_login(user)
    return Officer(client, user)


@pytest.fixture
def waiting() -> OperatingReport:
    return build.make_report(build.make_project(name="Nhà máy chip"), received_on=date(2026, 10, 8),
                             realised_year_usd=9_000_000)


def accepted(made: OperatingReport) -> OperatingReport:
    with build.act() as act:
        report.accept(act=act, report=made)
    return OperatingReport.objects.get(pk=made.pk)


def test_it_is_accepted_and_told_what_the_ledger_has(statistician, waiting):
    page = statistician.open(waiting, "accept")
    for words in ("Nhà máy chip", "quý III/2026", "5.000.000 USD", "9.000.000 USD", "08/10/2026"):
        assert words in page.words

    sent = statistician.send(page)

    assert isinstance(sent, Sent) and sent.path == address_of(waiting)
    entry = OperatingReport.objects.get().entry
    assert sent.told[0] == f"Đã tiếp nhận {waiting.code}; sổ vốn ghi 5.000.000 USD bằng bút toán {entry.code}."
    assert "khác sổ vốn" in sent.told[1]
    act = last_act()
    assert (act.reason, act.by) == ("Tiếp nhận báo cáo quý", statistician.user)
    assert {kind for kind, _code, _verb in done_by(act)} == {
        "source", "capital-entry", "project", "operating-report", "conflict"}


def test_a_quarter_without_capital_says_so(statistician):
    made = build.make_report(build.make_project(), realised_usd=0)
    assert "sổ vốn không ghi gì" in statistician.work(made, "accept").told[0]


def test_two_clicks_accept_once(statistician, waiting):
    page = statistician.open(waiting, "accept")
    statistician.send(page)
    assert statistician.send(page).told == ["Việc này đã được ghi."]
    assert Project.objects.get().entries.count() == 1


def test_who_typed_it_does_not_accept_it(client, settings):
    settings.TWO_PERSON_RULE = True
    user = build.make_officer("lan", "officer", "statistician")
    client.force_login(user)
    project = build.make_project()
    with build.act(by=user) as act:
        made = build.make_report(project, act=act)
    before = everything()
    page = Officer(client, user).refused(made, "accept")
    assert "không tự tiếp nhận được" in page.errors[""] and everything() == before


def test_the_later_of_two_people_is_told(statistician, waiting):
    page = statistician.open(waiting, "accept")
    with build.act() as act:
        report.return_(act=act, report=waiting)
    refused = statistician.send(page)
    assert "vừa được người khác thay đổi" in refused.errors[""]


def test_it_is_returned_with_a_reason(statistician, waiting):
    assert "reason" in statistician.refused(waiting, "return").errors
    statistician.work(waiting, "return", reason="thiếu vốn vay")
    waiting.refresh_from_db()
    assert (waiting.state, last_act().reason) == ("returned", "thiếu vốn vay")


def test_it_is_taken_back_with_a_reason(statistician, waiting):
    made = accepted(waiting)
    statistician.work(made, "take-back", reason="sai số liệu")
    made.refresh_from_db()
    reversal = made.project.entries.get(kind="reversal")
    assert (made.state, made.entry, reversal.note) == ("waiting", None, "sai số liệu")


def test_a_difference_is_confirmed_then_explained(statistician, waiting):
    made = accepted(waiting)
    conflict = Conflict.objects.get(report=made)
    page = statistician.client.get(address_of(made)).content.decode()
    assert address_of(conflict) in page and f"Mâu thuẫn số {conflict.code}: chờ xem xét" in page
    statistician.work(conflict, "confirm-difference", outcome="đã đề nghị công ty gửi báo cáo quý II")
    conflict.refresh_from_db()
    assert (conflict.state, last_act().reason) == ("confirmed", "Xác nhận lũy kế báo cáo khác sổ vốn")
    assert "outcome" in statistician.refused(conflict, "dismiss-difference", outcome="").errors
    statistician.work(conflict, "dismiss-difference", outcome="4 triệu USD giải ngân trước khi có sổ")
    conflict.refresh_from_db()
    assert (conflict.state, conflict.outcome) == ("dismissed", "4 triệu USD giải ngân trước khi có sổ")


@pytest.mark.parametrize("work", ["confirm", "settle", "dismiss"])
def test_a_difference_is_no_conflict_of_statements(statistician, waiting, work):
    conflict = Conflict.objects.get(report=accepted(waiting))
    statistician.user.groups.set(Group.objects.all())
    answer = statistician.client.get(address_of(conflict, work))
    assert (answer.status_code, answer["Location"]) == (302, address_of(conflict))


def test_a_report_that_should_not_be_there_is_taken_away(statistician, waiting):
    statistician.work(waiting, "withdraw", reason="nhầm dự án")
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"


@pytest.mark.parametrize(("work", "ready"), [("take-back", False), ("accept", True), ("return", True),
                                             ("withdraw", True)])
def test_what_cannot_be_done_now_is_not_offered(statistician, waiting, work, ready):
    made = accepted(waiting) if ready else waiting
    answer = statistician.client.get(address_of(made, work))
    assert (answer.status_code, answer["Location"]) == (302, address_of(made))


def test_a_report_of_a_project_out_of_sight_waits(statistician, waiting):
    Project.objects.update(publication=Publication.DRAFT)
    assert "chưa được công bố" in statistician.refused(waiting, "accept").errors[""]
