"""A new certificate in one form: what it makes, what it refuses, and the second person."""

from decimal import Decimal

import pytest
from django.test import Client

from registry.models import Certificate, Investor, Project, Registrar
from registry.vocabulary.role import Role
from tests import build
from tests.admin.work.desk import Officer, Page, done_by, last_act
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

ADD = "/admin/registry/certificate/add/"


def paper(**changes) -> dict:
    return {"irc_code": "5421840814", "decided_on": "21/10/2023", "registrar": Registrar.objects.first(),
            "name": "Nhà máy SYN", "objective": "sản xuất thử", "enterprise_name": "Công ty TNHH SYN",
            "total_usd": "1,5 tỷ", "total_vnd": "36.000 tỷ", "stakes-0-new_name": "SYN Corp",
            "stakes-0-share_percent": "100"} | changes


def test_one_form_makes_all_and_posts_the_first_entry(officer):
    sent = officer.work(ADD, **paper())

    certificate = Certificate.objects.get()
    project = certificate.project
    assert sent.told[0] == (f"Đã ghi giấy chứng nhận {certificate.code} và dự án {project.code}. Vốn đăng ký: "
                            "1.500.000.000 USD.")
    assert (project.irc_code, project.enterprise.name, project.source) == (
        "5421840814", "Công ty TNHH SYN", certificate.source)
    assert [(each.investor.name, each.share_percent) for each in project.current_stakes()] == [
        ("SYN Corp", Decimal("100.00"))]
    assert [(each.kind, each.certificate) for each in project.entries.all()] == [("new", certificate)]
    assert {kind for kind, _code, verb in done_by(last_act()) if verb == "created"} == {
        "source", "enterprise", "investor", "project", "certificate", "capital-entry"}
    assert officer.client.get(f"/api/v1/projects/{project.code}/").json()["capital"]["confirmed_usd"] == "1500000000.00"


@pytest.mark.parametrize(("typed", "field", "message"), [
    ({"irc_code": ""}, "irc_code", "Hãy điền mục này"),
    ({"name": ""}, "name", "Hãy điền mục này"),
    ({"total_usd": ""}, "total_usd", "chép tổng vốn bằng USD"),
    ({"total_usd": "-5"}, "total_usd", "một số dương"),
    ({"tax_code": "2300000001"}, "tax_code", "sai chữ số kiểm tra"),
    ({"enterprise_name": "", "tax_code": "0100109106"}, "enterprise_name", "Hãy ghi tên"),
    ({"stakes-0-share_percent": "101"}, "stakes-0-share_percent", "Không được quá 100"),
])
def test_what_is_refused_is_said_at_its_field(officer, typed, field, message):
    before = everything()
    page = officer.refused(ADD, **paper(**typed))
    assert message in page.errors[field], page.errors
    assert everything() == before


def test_whoever_is_in_the_register_is_chosen_not_made_again(officer):
    build.make_investor(name="SYN CORP")
    build.make_enterprise(name="Công ty TNHH SYN")
    build.make_project(irc_code="5421840814")
    before = everything()
    page = officer.refused(ADD, **paper())
    assert "hãy chọn ở ô trên" in page.errors["enterprise_name"]
    assert "hãy chọn ở ô “Nhà đầu tư”" in page.errors["stakes-0-new_name"]
    page = officer.refused(ADD, **paper(enterprise_name="", **{"stakes-0-new_name": "SYN Holdings"}))
    assert "đã thuộc" in page.errors["irc_code"]
    assert everything() == before


def test_two_clicks_write_once(officer):
    page = officer.open(ADD)
    officer.send(page, **paper())
    sent = officer.send(page, **paper())
    assert sent.told == ["Việc này đã được ghi."]
    assert Project.objects.count() == 1


def test_with_two_persons_all_waits_and_comes_out_with_the_certificate(settings):
    settings.TWO_PERSON_RULE = True
    desks = []
    for name, role in (("canbo", Role.OFFICER), ("lanhdao", Role.REVIEWER)):
        user, client = build.make_officer(name, role), Client()
        client.force_login(user)
        desks.append(Officer(client, user))
    entering, reviewing = desks

    sent = entering.work(ADD, **paper())
    certificate = Certificate.objects.get()
    assert sent.told[0].endswith("chờ người khác duyệt và công bố.")
    assert entering.client.get(f"/projects/{certificate.project.code}/").status_code == 404
    page = reviewing.open(certificate, "publish")
    assert "Cùng công bố: dự án" in page.words and "Sổ vốn ghi 1.500.000.000 USD" in page.words

    assert not isinstance(reviewing.send(page, reason="đã xem giấy"), Page)
    assert entering.client.get(f"/projects/{certificate.project.code}/").status_code == 200


@pytest.mark.parametrize(("name", "stated", "kind"), [
    ("Ông Trần Văn Mẫu", "", "person"), ("Mrs. Kim Mẫu", "", "person"), ("KIM MAU SU", "person", "person"),
    ("SYN Corp", "", "organisation"), ("Bà Nà SYN", "organisation", "organisation"),
])
def test_a_natural_person_is_not_told_by_name(officer, name, stated, kind):
    officer.work(ADD, **paper(**{"stakes-0-new_name": name, "stakes-0-new_kind": stated}))

    assert Investor.objects.get().kind == kind
    project = officer.client.get(f"/api/v1/projects/{Project.objects.get().code}/").content.decode()
    assert (name in project) == (kind == "organisation")


def test_a_kind_belongs_to_somebody(officer):
    page = officer.refused(ADD, **paper(**{"stakes-1-new_kind": "person"}))
    assert "Hãy chọn nhà đầu tư của dòng này" in page.errors["stakes-1-investor"]


@pytest.mark.parametrize(("name", "told"), [
    ("Ông Trần Văn Mẫu", "cá nhân, công chúng không thấy tên"), ("SYN Corp", "tổ chức, công chúng thấy tên"),
])
def test_who_publishes_reads_what_each_new_investor_is(settings, officer, name, told):
    project = build.make_project(capital_usd="5000000")
    settings.TWO_PERSON_RULE = True
    officer.work(ADD, **paper(**{"stakes-0-new_name": name}))
    officer.work(project, "certificate", kind="amendment", step="1", decided_on="2/2/2024",
                 **{"stakes-1-new_name": f"{name} hai"})

    waiting = Investor.objects.in_review().order_by("pk")
    for certificate, investor in zip(Certificate.objects.order_by("pk"), waiting, strict=True):
        line = f"Nhà đầu tư mới {investor}: {told}."
        assert line in officer.open(certificate, "publish").words
        assert line in officer.open(investor, "publish").words


def test_a_certificate_begins_from_the_project_as_it_stands(officer):
    investor = build.make_investor(name="SYN Corp")
    project = build.make_project(name="Nhà máy cũ", investors=[investor], capital_usd="5000000")
    page = officer.open(project, "certificate")
    assert (page.typed["name"], page.typed["stakes-0-investor"]) == ("Nhà máy cũ", str(investor.pk))

    officer.send(page, kind="amendment", step="1", decided_on="2/2/2024", amount_usd="1 triệu", total_usd="6 triệu",
                 name="Nhà máy mới")

    project = Project.objects.get(pk=project.pk)
    assert (project.name, project.certificates.get().changes) == ("Nhà máy mới", "Tên")
    page = officer.refused(project, "certificate", decided_on="3/3/2024", total_usd="9 triệu")
    assert "chênh 3.000.000 USD" in page.errors["total_usd"]
    page = officer.refused(project, "certificate", decided_on="3/3/2024", total_usd="9 triệu", despite_difference="on")
    assert "phải nêu lý do" in page.errors["reason"]


def test_a_dossier_from_its_receipt_to_its_outcome(officer):
    project = build.make_project()
    officer.work(project, "dossier", received_on="1/3/2024", changes="cấp mới")
    dossier = project.certificates.get()
    assert officer.open(project, "certificate").typed["kind"] == "first_issue"
    page = officer.refused(dossier, "publish", reason="đã xem")
    assert "chưa có kết quả" in page.errors[""]

    officer.work(dossier, "revise", decided_on="2/4/2024", amount_usd="5 triệu", total_usd="5 triệu")
    officer.work(dossier, "publish", reason="đã xem")
    assert project.entries.get().amount_usd == Decimal("5000000.00")

    officer.work(project, "dossier", kind="amendment", step="1", received_on="1/5/2024")
    officer.work(project.certificates.get(step=1), "refuse", decided_on="2/6/2024", changes="hồ sơ không hợp lệ")
    assert project.certificates.get(step=1).outcome == "refused"
