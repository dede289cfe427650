"""What an officer is told that is missing, where it leads, and the move itself."""

import pytest

from registry.admin.address import address_of
from tests import build
from tests.unchanged import everything

pytestmark = pytest.mark.django_db


def test_what_is_missing_leads_to_its_place(officer):
    project = build.make_project(status="proposed", investors=[])
    here = address_of(project)
    for html in (officer.open(project, "stage").html, officer.client.get(here).content.decode()):
        assert f'href="{here}#id_objective"' in html and f'href="{here}#id_zone"' in html
        assert f'href="{address_of(project, "stakes")}"' in html


def test_it_is_refused_then_moved_with_a_reason(officer):
    project = build.make_project(status="proposed")
    before = everything()
    page = officer.refused(project, "stage", status="building")
    assert "hãy bổ sung: mục tiêu" in page.errors["status"]
    page = officer.refused(project, "stage", status="building", despite_missing="on")
    assert "Hãy ghi lý do" in page.errors["reason"]
    assert everything() == before

    sent = officer.work(project, "stage", status="building", despite_missing="on", reason="theo công văn 12")
    assert sent.told == [f"{project.code} nay là “đang xây dựng”."]
    project.refresh_from_db()
    assert project.status == "building"


def test_an_edit_that_does_not_move_it_is_never_blocked(officer):
    project = build.make_project(status="operating", investors=[])
    assert officer.client.get(address_of(project)).status_code == 200
    assert "Để chuyển sang" not in officer.client.get(address_of(project)).content.decode()
