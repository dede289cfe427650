"""An end that was recorded by mistake, taken back at the project or with its certificate."""

from datetime import date

import pytest

from registry.admin.address import address_of
from registry.models import Project
from tests import build
from tests.admin.work.desk import done_by, last_act
from tests.unchanged import everything

pytestmark = pytest.mark.django_db


def ended(officer) -> Project:
    project = build.make_project(capital_usd=1000, status="suspended")
    officer.work(project, "end", status="revoked", ended_on="30/6/2025", source=build.make_source())
    return Project.objects.get(pk=project.pk)


def test_the_end_by_a_source_is_taken_back_with_a_reason(officer):
    project = ended(officer)
    page = officer.open(project, "undo-end")
    assert "tình trạng trở lại “ngừng hoạt động”" in page.words
    assert f"Sổ vốn đảo {project.code}-2; vốn đăng ký trở lại 1.000 USD." in page.words

    refused = officer.send(page, reason="")
    assert "reason" in refused.errors
    sent = officer.send(refused, reason="ghi nhầm dự án")

    project = Project.objects.get(pk=project.pk)
    assert (sent.path, sent.told) == (address_of(project), [
        f"Đã hủy việc chấm dứt {project.code}: tình trạng nay là “ngừng hoạt động”, vốn đăng ký 1.000 USD."])
    assert (project.status, project.ended_on) == ("suspended", None)
    assert (last_act().reason, last_act().by) == ("ghi nhầm dự án", officer.user)
    assert sorted(done_by(last_act())) == [
        ("capital-entry", f"{project.code}-2", "updated"), ("capital-entry", f"{project.code}-3", "created"),
        ("project", project.code, "updated")]
    for work in ("certificate", "end", "dossier", "stage"):
        assert officer.client.get(address_of(project, work)).status_code == 200
    assert officer.client.get(address_of(project, "undo-end"))["Location"] == address_of(project)


def test_at_a_project_that_a_certificate_ended_it_names_the_certificate(officer):
    project = build.make_project(capital_usd=1000)
    certificate = build.make_certificate(project, kind="termination", decided_on=date(2025, 6, 30))
    page = officer.open(project, "undo-end")
    assert "trở lại" not in page.words.replace("trở lại tình trạng trước đó", "")
    before = everything()

    refused = officer.send(page, reason="nhầm")

    assert f"theo giấy chứng nhận {certificate.code}" in refused.errors[""]
    assert everything() == before


def test_withdrawing_the_certificate_says_what_comes_back(officer):
    project = build.make_project(capital_usd=1000)
    certificate = build.make_certificate(project, kind="termination", decided_on=date(2025, 6, 30))
    page = officer.open(certificate, "withdraw")
    assert "tình trạng trở lại “đang hoạt động”" in page.words
    assert f"Sổ vốn đảo {project.code}-2; vốn đăng ký trở lại 1.000 USD." in page.words

    sent = officer.send(page, reason="ghi nhầm dự án")

    project.refresh_from_db()
    assert sent.told == [f"Đã gỡ {certificate.code}."]
    assert (project.status, project.ended_on) == ("operating", None)
    assert officer.client.get(address_of(project, "certificate")).status_code == 200


def test_the_closing_decrease_alone_is_refused_in_words_that_lead_on(officer):
    project = ended(officer)

    refused = officer.refused(project.entries.get(kind="decrease"), "reverse", reason="nhầm")

    assert "“Hủy việc chấm dứt”" in refused.errors[""]
