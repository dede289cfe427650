"""A project on paper: all that officers know of it, whole, and nothing to click on."""

import pytest
from django.urls import reverse

from registry.models import NOUNS
from registry.vocabulary.legal_term import LEGAL_TERM
from tests import build
from tests.admin.clerk import words_of

pytestmark = pytest.mark.django_db


def page(clerk, project):
    return clerk.client.get(reverse("admin:registry_project_print", args=[project.pk]))


def test_it_has_the_record_its_certificates_ledger_milestones_and_history(clerk):
    project = build.make_project(name="Nhà máy chip", irc_code="9876543210", capital_usd=1000, publication="published")
    build.make_certificate(project, kind="correction", changes="tên đường")
    build.make_milestone(project)
    words = words_of(page(clerk, project))
    for shown in ("Nhà máy chip", "9876543210", "Sổ vốn", "1.000", "BN-000001-1", "Giấy chứng nhận đăng ký đầu tư",
                  "hiệu đính", "Mốc tiến độ", "khởi công", "Nhà đầu tư thử nghiệm", "Lịch sử", "Nhập mới",
                  "Bản nội bộ"):
        assert shown in words, shown
    assert "Ghi bút toán" not in words.split("Lịch sử")[0] and "Đảo" not in words.split("Lịch sử")[0]
    assert "<details open>" in page(clerk, project).content.decode()


def test_a_draft_is_printed_for_officers_and_says_so(clerk, client):
    project = build.make_project(publication="draft")
    assert "nháp" in words_of(page(clerk, project))
    client.logout()
    assert page(clerk, project).status_code == 302


def test_every_entry_is_on_it_and_the_queries_are_the_same(clerk):
    project = build.make_project(capital_usd=1000)
    url = reverse("admin:registry_project_print", args=[project.pk])
    build.make_entry(project, 5)
    clerk.queries(url)
    first = clerk.queries(url)
    for _number in range(40):
        build.make_entry(project, 5)
    assert clerk.queries(url) == first
    words = words_of(clerk.client.get(url))
    assert all(f"{project.code}-{number} " in words for number in range(1, 43))


def test_the_form_leads_to_it_and_gives_the_legal_term(clerk):
    project = build.make_project()
    answer = clerk.client.get(reverse("admin:registry_project_change", args=[project.pk]))
    assert f'href="/admin/registry/project/{project.pk}/print/"' in answer.content.decode()
    assert "một doanh nghiệp có thể thực hiện nhiều dự án" in words_of(answer)
    investor = clerk.client.get(reverse("admin:registry_investor_add"))
    assert "Nhà đầu tư: tổ chức hoặc cá nhân bỏ vốn" in words_of(investor)
    assert "Bản in" not in words_of(investor)


def test_every_noun_has_its_legal_term():
    assert LEGAL_TERM.keys() == NOUNS.keys()


def test_the_desk_leads_to_what_is_new_with_its_day(clerk):
    desk = words_of(clerk.client.get("/admin/"))
    assert "Có gì mới 27/11/2026" in desk and "Phím tắt" in desk
    words = words_of(clerk.client.get(reverse("admin:whats_new")))
    assert words.index("27/11/2026") < words.index("26/11/2026")
