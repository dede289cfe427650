"""What goes wrong is told to people as a page in their language, to programs as a problem."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from registry.actions.project import withdraw_project
from registry.actions.record import withdraw
from registry.models import Project, Zone
from registry.pages import errors
from tests import build

HANDLERS = [
    (errors.bad_request, 400, "Yêu cầu chưa đúng", "bad-request"),
    (errors.forbidden, 403, "Không được phép", "forbidden"),
    (errors.csrf_failure, 403, "Không được phép", "form-refused"),
    (errors.not_found, 404, "Không tìm thấy", "not-found"),
    (errors.server_error, 500, "Lỗi của sổ đăng ký", "internal-error"),
]


def request_for(path: str, **headers):
    request = RequestFactory().get(path, headers=headers)
    request.id = "a-request-id"
    return request


@pytest.mark.parametrize("handler, status, title, code", HANDLERS)
class TestHandlers:
    """Without ``django_db``: none of them may read the database."""

    def test_a_page_in_vietnamese(self, handler, status, title, code):
        answer = handler(request_for("/gì/"))
        html = answer.content.decode()
        assert answer.status_code == status
        assert '<html lang="vi">' in html and f"<h1>{title}</h1>" in html
        assert "a-request-id" in html

    def test_a_page_in_english(self, handler, status, title, code):
        html = handler(request_for("/en/gì/")).content.decode()
        assert '<html lang="en">' in html and title not in html

    def test_a_problem_for_programs(self, handler, status, title, code):
        answer = handler(request_for("/api/v1/nix/", **{"Accept-Language": "vi"}))
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        assert f'"code":"{code}"' in answer.content.decode()
        assert title in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_not_found_without_a_query(client):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/nix/")
    assert (answer.status_code, len(asked)) == (404, 0)
    assert "Content-Security-Policy" in answer
    assert answer["X-Request-ID"] in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_host_is_refused_with_a_page(client):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_a_failure_is_told_without_details(monkeypatch):
    def fail(day):
        raise ZeroDivisionError("a secret of the machine")

    monkeypatch.setattr("registry.pages.home.read_front", fail)
    monkeypatch.setattr("registry.web.revision.etag_of", lambda request: '"x"')
    answer = Client(raise_request_exception=False).get("/en/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "The register failed" in html and "secret" not in html


def test_a_failure_of_the_error_page_itself_is_told_in_a_few_words(monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError("a secret of the machine")

    monkeypatch.setattr(errors, "refuse", fail)
    answer = errors.server_error(request_for("/"))
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "The register failed" in html and "a-request-id" in html and "secret" not in html


@pytest.mark.django_db
class TestMethods:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    @pytest.mark.parametrize("path, title", [
        ("/", "Phương thức không được phép"), ("/en/projects/", "Method not allowed"),
        ("/projects/BN-000001/", "Phương thức không được phép"), ("/robots.txt", "Phương thức không được phép"),
    ])
    def test_a_page_only_reads(self, method, path, title):
        for checks in (False, True):
            answer = getattr(Client(enforce_csrf_checks=checks), method)(path)
            assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
            assert f"<h1>{title}</h1>" in answer.content.decode()
            assert "Content-Security-Policy" in answer

    def test_what_a_page_takes_can_be_asked(self, client):
        answer = client.options("/projects/")
        assert (answer.status_code, answer.content, answer["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")

    def test_a_head_has_no_body(self, client):
        answer = client.head("/projects/")
        assert (answer.status_code, answer.content) == (200, b"")

    def test_a_form_without_its_token_is_refused_with_a_page(self):
        answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})
        html = answer.content.decode()
        assert answer.status_code == 403
        assert "chưa có gì được ghi" in html and "CSRF" not in html
        assert answer["X-Request-ID"] in html


@pytest.mark.django_db
class TestNotFound:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_it_offers_the_search_and_ways_on(self, client, prefix):
        answer = client.get(f"{prefix}/projects/BN-999999/")
        html = answer.content.decode()
        assert answer.status_code == 404
        assert f'<form class="search-hero" action="{prefix}/search/" method="get" role="search"' in html
        assert html.count('role="search"') == 1
        assert f'href="{prefix}/projects/"' in html
        assert '<meta name="robots" content="noindex">' in html


@pytest.mark.django_db
class TestWithdrawn:
    def test_a_project(self, client):
        project = build.make_project(name="Nhà máy Cũ")
        with build.act() as act:
            withdraw_project(act=act, project=Project.objects.get(pk=project.pk), reason="Ghi trùng")
        for prefix, said in (("", "không còn tính vào tổng nào"), ("/en", "Ghi trùng")):
            answer = client.get(f"{prefix}/projects/{project.code}/")
            html = answer.content.decode()
            assert answer.status_code == 410
            assert project.code in html and "Ghi trùng" in html and said in html
            assert "Nhà máy Cũ" not in html

    def test_any_other_record(self, client):
        zone = build.make_zone(code="khu-cu", name="KCN Cũ")
        with build.act() as act:
            withdraw(act=act, record=Zone.objects.get(pk=zone.pk), reason="Ghi trùng")
        answer = client.get("/zones/khu-cu/")
        html = answer.content.decode()
        assert answer.status_code == 410
        assert "Hồ sơ khu-cu đã gỡ khỏi sổ đăng ký" in html and "Ghi trùng" in html
        assert "KCN Cũ" not in html and "tính vào tổng" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("path, title", [("/projects/?q=", "Yêu cầu chưa đúng"), ("/en/?q=", "Wrong request")])
def test_an_endless_address_is_refused_with_a_page(client, path, title):
    answer = client.get(path + "a" * 10_000)
    assert answer.status_code == 400
    assert f"<h1>{title}</h1>" in answer.content.decode()
