"""Who may enter: officers, every noun; administrators, the accounts too. Nobody deletes."""

import pytest
from django.urls import get_resolver, reverse

from registry.admin.site import GROUPS
from tests import build
from tests.admin.clerk import words_of

pytestmark = pytest.mark.django_db

LISTS = [
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for _name, nouns in GROUPS for model in nouns
]
OF_ADMINISTRATORS = ("/auth/", "/registry/partner/", "/registry/apikey/")
ACCOUNTS = [url for url in LISTS if any(each in url for each in OF_ADMINISTRATORS)]
OWN = [url for url in LISTS if url not in ACCOUNTS]


def routes(resolver, prefix: str = ""):
    for each in resolver.url_patterns:
        path = prefix + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from routes(each, path)
        else:
            yield path, each.name or ""


@pytest.mark.parametrize("url", ["/admin/", *LISTS])
def test_a_stranger_is_asked_to_sign_in(client, url):
    answer = client.get(url)
    assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={url}")


def test_who_is_no_officer_is_refused(client):
    client.force_login(build.make_user("khach"))
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == "/admin/login/"
    answer = client.post(reverse("admin:registry_investor_add"), {"name": "A"})
    assert answer.status_code == 302 and answer.url.startswith("/admin/login/")


def test_who_has_left_is_refused(clerk):
    clerk.user.is_active = False
    clerk.user.save()
    assert clerk.client.get("/admin/").status_code == 302


@pytest.mark.parametrize("url", OWN)
def test_every_officer_sees_every_noun(clerk, url):
    assert clerk.client.get(url).status_code == 200


@pytest.mark.parametrize("url", ACCOUNTS)
def test_accounts_are_for_administrators(clerk, client, url):
    assert clerk.client.get(url).status_code == 403
    client.force_login(build.make_user("quantri", is_staff=True, is_superuser=True))
    assert client.get(url).status_code == 200


def test_no_route_of_the_site_deletes(client):
    client.force_login(build.make_user("quantri", is_staff=True, is_superuser=True))
    assert [path for path, name in routes(get_resolver()) if "delete" in path or "delete" in name] == []
    investor = build.make_investor()
    answer = client.post(f"/admin/registry/investor/{investor.pk}/delete/", {"post": "yes"}, follow=True)
    assert answer.request["PATH_INFO"] != "/admin/registry/investor/"
    investor.refresh_from_db()
    answer = client.post(reverse("admin:registry_investor_changelist"), {
        "action": "delete_selected", "_selected_action": [investor.pk], "post": "yes"})
    investor.refresh_from_db()


@pytest.mark.parametrize("name", ["capitalentry", "milestone", "statement", "conflict"])
def test_what_begins_on_a_page_of_work_has_no_blank_form(clerk, name):
    assert clerk.client.get(reverse(f"admin:registry_{name}_add")).status_code == 403


@pytest.mark.parametrize("name", ["capitalentry", "certificate"])
def test_the_ledger_and_certificates_are_only_read(clerk, name):
    project = build.make_project(capital_usd=1000)
    record = project.entries.get() if name == "capitalentry" else build.make_certificate(project)
    url = reverse(f"admin:registry_{name}_change", args=[record.pk])
    answer = clerk.client.get(url)
    assert answer.status_code == 200
    assert 'name="_save"' not in answer.content.decode()
    assert clerk.client.post(url, {"amount_usd": "5"}).status_code == 403


def test_the_desk_groups_the_nouns_and_says_what_the_officer_did(clerk):
    words = words_of(clerk.client.get("/admin/"))
    groups = ("Hồ sơ dự án", "Nguồn và nội dung nguồn nêu", "Khu và danh mục", "Xúc tiến")
    places = [words.index(name) for name in groups]
    assert places == sorted(places)
    assert "Tài khoản" not in words
    assert "Mở hồ sơ dự án mới" in words
    assert "Bạn chưa ghi gì vào sổ đăng ký." in words

    build.make_investor(name="Hana Micron", act=None)
    with build.act(by=clerk.user, reason="theo công văn 12", door="admin") as act:
        build.make_investor(name="Amkor", act=act)
    assert "INV-000002 Amkor" in words_of(clerk.client.get("/admin/"))


def test_signing_in_is_told_in_vietnamese(client):
    words = words_of(client.get("/admin/login/"))
    assert "Tên đăng nhập" in words and "Mật khẩu" in words
    words = words_of(client.post("/admin/login/", {"username": "lan", "password": "sai"}))
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in words


def test_nothing_on_a_page_is_inline(clerk):
    project = build.make_project(capital_usd=1000)
    for url in ("/admin/", reverse("admin:registry_project_changelist"),
                reverse("admin:registry_project_change", args=[project.pk]), reverse("admin:registry_investor_add"),
                reverse("admin:registry_project_history", args=[project.pk])):
        html = clerk.client.get(url).content.decode()
        assert "<style" not in html and " style=" not in html and " onclick=" not in html, url
        assert "<script>" not in html, url
