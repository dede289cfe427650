"""What readers report, at the officers' door: the late ones first, taken up and concluded."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registry.admin.address import address_of, list_of
from registry.models import CorrectionRequest
from tests import build
from tests.admin.clerk import words_of

from .desk import last_act

pytestmark = pytest.mark.django_db


def codes(officer, **query) -> list[str]:
    answer = officer.client.get(list_of(CorrectionRequest), query)
    assert answer.status_code == 200
    return [row.code for row in answer.context["cl"].result_list]


def test_the_late_ones_come_first_and_the_concluded_last(officer):
    today = timezone.localdate()
    for days, state, outcome in [(9, "received", ""), (-1, "accepted", "Đã sửa."), (-3, "in_work", ""),
                                 (2, "received", "")]:
        made = build.make_correction()
        CorrectionRequest.objects.filter(pk=made.pk).update(
            deadline=today + timedelta(days=days), state=state, outcome=outcome)
    assert codes(officer) == ["COR-000003", "COR-000004", "COR-000001", "COR-000002"]
    assert codes(officer, due="waiting") == ["COR-000003", "COR-000004", "COR-000001"]
    assert codes(officer, due="overdue") == ["COR-000003"]
    assert codes(officer, q="cor-000002") == ["COR-000002"]
    html = officer.client.get(list_of(CorrectionRequest)).content.decode()
    assert html.count("quá hạn</span>") == 1


def test_an_officer_reads_what_the_public_does_not(officer):
    project = build.make_project()
    made = build.make_correction(words="Sai tên công ty", contact="a@example.vn", about=f"/projects/{project.code}/",
                                 about_kind="project", about_code=project.code)
    words = words_of(officer.client.get(address_of(made)))
    assert "Sai tên công ty" in words and "a@example.vn" in words
    assert address_of(project) in officer.client.get(address_of(made)).content.decode()
    assert "Sai tên công ty" in words_of(officer.client.get(address_of(made, "conclude")))
    assert f'href="{reverse("pages:correction", args=[made.code])}"' in officer.client.get(
        address_of(made)).content.decode()
    words = words_of(officer.client.get(address_of(made, "history")))
    assert "Hạn trả lời" in words and "a@example.vn" not in words and "Sai tên công ty" not in words


def test_taken_up_and_concluded(officer):
    made = build.make_correction()
    officer.work(made, "take-up")
    made.refresh_from_db()
    assert made.state == "in_work"
    assert officer.client.get(address_of(made, "take-up")).status_code == 302  # offered once

    officer.refused(made, "conclude", state="accepted", outcome="")
    officer.work(made, "conclude", state="declined", outcome="Giấy chứng nhận ghi đúng như sổ.")
    made.refresh_from_db()
    assert (made.state, made.outcome) == ("declined", "Giấy chứng nhận ghi đúng như sổ.")
    assert (last_act().by, last_act().reason) == (officer.user, "Kết luận báo sai sót")
