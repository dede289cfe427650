"""Two desks: an officer enters and submits, a reviewer publishes or gives back."""

from decimal import Decimal

import pytest
from django.test import Client

from registry.admin.address import address_of
from registry.admin.deeds import deed_of
from registry.models import Change, Project
from registry.vocabulary.role import Role
from tests import build
from tests.admin.work.desk import Officer, Sent, last_act
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

ADD = "/admin/registry/project/add/"


@pytest.fixture(autouse=True)
def rule(settings):
    settings.TWO_PERSON_RULE = True


def at_a_desk(name: str, *roles: str) -> Officer:
    user, client = build.make_officer(name, *roles), Client()
    client.force_login(user)
    return Officer(client, user)


@pytest.fixture
def entering(db) -> Officer:
    return at_a_desk("canbo", Role.OFFICER)


@pytest.fixture
def reviewing(db) -> Officer:
    return at_a_desk("lanhdao", Role.REVIEWER)


def test_a_project_from_its_opening_to_its_capital(entering, reviewing):
    page = entering.open(ADD)
    assert "Hồ sơ chờ người khác duyệt" in page.words
    assert not {"publish_now", "entry_kind", "amount_usd"} & page.typed.keys()

    sent = entering.send(page, name="Nhà máy thử")
    project = Project.objects.get(name="Nhà máy thử")
    assert sent.told[0] == f"Đã thêm dự án {project.code} Nhà máy thử, chờ người khác duyệt và công bố."
    assert project.publication == "in_review"

    assert isinstance(reviewing.work(project, "publish", reason="đã duyệt"), Sent)
    assert entering.client.get(f"/projects/{project.code}/").status_code == 200

    sent = entering.work(project, "certificate", kind="first_issue", decided_on="2/2/2024", amount_usd="5 triệu",
                         irc_code="5421840814")
    certificate = project.certificates.get()
    assert sent.told[0].endswith("chờ người khác duyệt và công bố. Sổ vốn chưa đổi.")
    assert not project.entries.exists()
    page = entering.open(certificate, "revise")
    assert (page.typed["amount_usd"], page.typed["irc_code"]) == ("5.000.000", "5421840814")
    entering.send(page, amount_usd="6 triệu")

    page = reviewing.open(certificate, "publish")
    assert f"Sổ vốn ghi 6.000.000 USD cho {project.code}" in page.words
    reviewing.send(page, reason="đã duyệt")
    assert project.entries.get().amount_usd == Decimal("6000000.00")


def test_a_draft_is_submitted_given_back_and_submitted_again(entering, reviewing):
    investor = build.make_investor(publication="draft")
    entering.work(investor, "submit")
    assert (last_act().reason, last_act().by) == ("Gửi duyệt", entering.user)

    sent = reviewing.work(investor, "give-back", reason="thiếu nước đăng ký")
    assert sent.told == [f"Đã trả lại {investor.code}."]
    assert "thiếu nước đăng ký" in entering.client.get(address_of(investor)).content.decode()
    entering.work(investor, "submit")
    reviewing.work(investor, "publish", reason="đã duyệt")

    changes = Change.objects.filter(kind="investor", code=investor.code).order_by("seq")
    assert [deed_of(change) for change in changes] == ["Nhập mới", "Gửi duyệt", "Trả lại", "Gửi duyệt", "Công bố"]


def test_who_holds_both_roles_is_told_the_way_out(reviewing):
    both = at_a_desk("lan", Role.OFFICER, Role.REVIEWER)
    both.work(ADD, name="Nhà máy thử")
    project = Project.objects.get(name="Nhà máy thử")
    before = everything()

    page = both.work(project, "publish", reason="vội")

    assert "nhờ người khác công bố" in page.errors[""]
    assert everything() == before


@pytest.mark.parametrize("who, work, state, status", [
    ("entering", "publish", "in_review", 403), ("entering", "withdraw", "published", 403),
    ("entering", "give-back", "in_review", 403), ("reviewing", "submit", "draft", 403),
    ("reviewing", "publish", "in_review", 200), ("entering", "submit", "draft", 200),
    ("entering", "submit", "published", 302), ("reviewing", "give-back", "draft", 302),
])
def test_who_may_do_what_in_which_state(request, who, work, state, status):
    desk, record = request.getfixturevalue(who), build.make_source(publication=state)
    before = everything()
    assert desk.client.get(address_of(record, work)).status_code == status
    if status == 403:
        answer = desk.client.post(address_of(record, work), {"reason": "vì", "key": "k", "version": 1})
        assert answer.status_code == 403
    assert everything() == before


def test_buttons_are_those_that_one_may_use(entering, reviewing):
    project = build.make_project(capital_usd=5000)
    shown = {desk.user.username: desk.client.get(address_of(project)).content.decode()
             for desk in (entering, reviewing)}
    for work in ("certificate", "entry", "milestone", "stakes", "end"):
        assert address_of(project, work) in shown["canbo"] and address_of(project, work) not in shown["lanhdao"]
    assert address_of(project, "withdraw") in shown["lanhdao"] and address_of(project, "withdraw") not in shown["canbo"]
    reverse = address_of(project.entries.get(), "reverse")
    assert reverse in shown["canbo"] and reverse not in shown["lanhdao"]
    assert 'name="_save"' in shown["canbo"] and 'name="_save"' not in shown["lanhdao"]


def test_what_waits_counts_for_the_next_certificate(entering):
    project = build.make_project(capital_usd="10000000")
    entering.work(project, "certificate", kind="amendment", step="1", decided_on="2/2/2024", amount_usd="2 triệu")
    waiting = project.certificates.get()

    second = {"kind": "amendment", "step": "2", "decided_on": "3/3/2024"}
    page = entering.refused(project, "certificate", amount_usd="-13 triệu", **second)
    assert f"sổ vốn có 10.000.000 USD, giấy đang chờ duyệt thêm 2.000.000 USD của {waiting.code}" in (
        page.errors["amount_usd"])
    page = entering.refused(project, "certificate", amount_usd="3 triệu", total_usd="16 triệu", **second)
    assert f"(2.000.000 USD của {waiting.code}), sổ vốn có 15.000.000 USD" in page.errors["total_usd"]
    assert isinstance(entering.send(page, total_usd="15 triệu"), Sent)


def test_what_was_proposed_in_error_is_discarded(entering, reviewing):
    project = build.make_project(capital_usd="10000000")
    entering.work(project, "certificate", kind="amendment", step="1", decided_on="2/2/2024", amount_usd="2 triệu",
                  **{"stakes-1-new_name": "SYN Corp"})
    certificate = project.certificates.get()
    assert address_of(certificate, "discard") in entering.client.get(address_of(certificate)).content.decode()
    assert reviewing.client.get(address_of(certificate, "discard")).status_code == 403
    page = entering.open(certificate, "discard")
    assert "Cùng bị xóa, vì chỉ được nhập cho giấy này: nhà đầu tư INV-" in page.words
    refused = entering.send(page)
    assert "Hãy ghi lý do" in refused.errors["reason"]

    sent = entering.send(page, reason="nhập nhầm dự án")
    assert (sent.path, sent.told) == (address_of(project), [f"Đã bỏ đề nghị {certificate.code}."])
    assert not project.certificates.exists()
    assert deed_of(Change.objects.get(kind="certificate", verb="deleted")) == "Xóa"
    again = entering.send(page, reason="nhập nhầm dự án")
    assert again.told == ["Việc này đã được ghi."]
    assert entering.client.get(address_of(certificate, "discard")).status_code == 404


def test_certificates_that_wait_are_no_ground_for_an_entry(entering):
    project = build.make_project()
    entering.work(project, "certificate", kind="first_issue", decided_on="2/2/2024", amount_usd="5 triệu")
    certificate = project.certificates.get()
    entering.open(project, "entry")  # the message of the work before is read here
    assert certificate.code not in entering.open(project, "entry").html
