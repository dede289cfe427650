"""What goes wrong is told to people as a page in their language, to programs as a problem."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from registry.pages import errors

HANDLERS = [
    (errors.bad_request, 400, "Yêu cầu chưa đúng", "bad-request"),
    (errors.forbidden, 403, "Không được phép", "forbidden"),
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
