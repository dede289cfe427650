"""Errors of the API: one form, two languages, nothing that is nobody's business."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from registry.api.errors import PROBLEMS
from registry.models import counts
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.quota import rates_of
from tests.api.conftest import ENGLISH

pytestmark = pytest.mark.django_db

PATHS = ["", "projects/", "projects/BN-000001/", "changes/", "statistics/capital/", "statistics/coverage/",
         "openapi.json", "nothing/"]
REGISTRY = Path(__file__).resolve().parents[2] / "registry"
MEMBERS = ["type", "title", "status", "detail", "code", "errors", "request_id"]


def check(answer, status: int, code: str, *more: str) -> dict:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert "Accept-Language" in answer["Vary"]
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer
    problem = answer.json()
    assert list(problem) == [*MEMBERS, *more]
    assert problem["type"] == f"http://testserver/api/docs/#{code}"
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["request_id"] == answer["X-Request-ID"]
    assert problem["title"]
    assert problem["detail"]
    assert code in {known for _status, known, _meaning in PROBLEMS}
    return problem


def raised_in(folder: str) -> Iterator[type[RuleBroken]]:
    for path in sorted((REGISTRY / folder).glob("*.py")):
        module = import_module(f"registry.{folder}.{path.stem}")
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                raised = getattr(module, node.exc.func.id, None)
                if isinstance(raised, type) and issubclass(raised, RuleBroken):
                    yield raised


class TestForm:
    def test_bad_parameters(self, api):
        problem = check(api.ask("projects/", {"zone": "nowhere", "colour": "red"}), 400, "bad-parameter")
        assert problem["title"] == "Yêu cầu chưa đúng"
        assert problem["detail"] == "Tham số chưa đúng: colour, zone."
        assert problem["errors"] == [
            {"pointer": "colour", "message": "Không có tham số này; hãy xem /api/docs/."},
            {"pointer": "zone", "message": "Không có mã “nowhere”; hãy tra mã trong danh mục."},
        ]

    def test_not_found(self, api):
        for path in ("nothing/", "projects/BN-999999/", "nothing", "Projects", "projects/BN-1/x", "projects//",
                     "Projects/", "v2/", "%20/"):
            assert check(api.ask(path), 404, "not-found")["errors"] == []

    @pytest.mark.parametrize("path", ["projects", "statistics/capital", "changes", "projects/BN-000001", "dumps"])
    def test_without_the_last_slash(self, client, path):
        for method in (client.get, client.head):
            answer = method(f"/api/v1/{path}?page_size=2&search=%C4%91i%E1%BB%87n")
            assert answer.status_code == 301
            assert answer["Location"] == f"/api/v1/{path}/?page_size=2&search=%C4%91i%E1%BB%87n"
        assert client.post(f"/api/v1/{path}").status_code == 405

    def test_a_backward_period(self, api):
        days = {"by": "zone", "from": "2024-01-02", "to": "2024-01-01"}
        assert check(api.ask("statistics/flows/", days), 400, "period-backwards")["errors"][0]["pointer"] == "from"

    def test_what_has_not_begun(self, api):
        days = {"by": "zone", "from": "2199-01-01", "to": "2199-01-02"}
        check(api.ask("statistics/flows/", days), 400, "period-in-future")
        check(api.ask("statistics/a-iv-1/", {"year": 2199, "quarter": 1}), 400, "quarter-in-future")

    def test_more_than_excel_holds(self, api, monkeypatch):
        monkeypatch.setattr("registry.exchange.files.MOST_ROWS", 2)
        check(api.ask("countries/", {"format": "xlsx"}), 400, "too-much-for-excel")

    @pytest.mark.parametrize("folder", ["api", "web"])
    def test_every_rule_that_these_doors_raise_has_its_anchor(self, folder):
        codes = {rule.code for rule in raised_in(folder)}
        assert codes and codes <= {code for _status, code, _meaning in PROBLEMS}

    def test_beyond_the_head(self, api):
        check(api.ask("changes/", {"after": 99_999_999}), 410, "after-beyond-head", "dump")

    def test_nul(self, api):
        check(api.ask("projects/", {"search": "\0"}), 400, "unreadable-request")

    def test_too_many_parameters(self, api):
        check(api.client.get("/api/v1/projects/?" + "a&" * 2000), 400, "bad-request")

    def test_a_strange_host_is_not_repeated(self, client):
        answer = client.get("/api/v1/projects/", headers={"Host": "evil.example"})
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["type"] == "about:blank"
        assert answer.json()["code"] == "bad-request"


class TestLanguage:
    @pytest.mark.parametrize("path, parameters", [
        ("projects/", {"colour": "red"}), ("projects/BN-999999/", {}), ("changes/", {"after": "x"}),
        ("statistics/capital/", {}), ("statistics/flows/", {"by": "zone", "from": "2024-01-02", "to": "2024-01-01"}),
    ])
    def test_vietnamese_unless_english_is_asked_for(self, api, path, parameters):
        titles = {400: "Yêu cầu chưa đúng", 404: "Không tìm thấy"}
        for headers, language in (
            ({}, "vi"), ({"Accept-Language": "fr"}, "vi"), (ENGLISH, "en"),
            ({"Accept-Language": "en-GB,vi;q=0.5"}, "en"), ({"Cookie": "django_language=en"}, "vi"),
        ):
            answer = api.ask(path, parameters, **headers)
            assert answer["Content-Language"] == language
            said = titles[answer.status_code]
            with translation.override(language):
                assert answer.json()["title"] == translation.gettext(said)
            assert (answer.json()["title"] == said) is (language == "vi")

    def test_what_is_well_says_its_language_too(self, api):
        assert api.ask("projects/")["Content-Language"] == "vi"
        answer = api.ask("projects/", None, **ENGLISH)
        assert answer["Content-Language"] == "en"
        assert "Accept-Language" in answer["Vary"]

    def test_the_thread_keeps_its_own(self, api):
        api.ask("projects/", None, **ENGLISH)
        api.ask("projects/BN-999999/", None, **ENGLISH)
        assert translation.get_language() == "vi"


class TestKeys:
    @pytest.mark.parametrize("path", PATHS)
    @pytest.mark.parametrize("key", ["Bearer abc", "Bearer", "", "Basic dXNlcjpwYXNz", "x" * 200])
    def test_every_key_is_unknown(self, api, path, key):
        answer = api.ask(path, None, Authorization=key)
        problem = check(answer, 401, "authentication-failed")
        assert problem["detail"] == "Khóa không hợp lệ; hãy bỏ tiêu đề Authorization để đọc không cần khóa."
        assert answer["WWW-Authenticate"] == 'Bearer realm="registry"'

    def test_none_is_needed(self, api):
        assert api.ask("projects/").status_code == 200

    def test_being_an_officer_is_no_key(self, api, admin_client):
        assert admin_client.get("/api/v1/projects/").content == api.ask("projects/").content


class TestMethods:
    @pytest.mark.parametrize("path", PATHS)
    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "LINK"])
    def test_reading_only(self, client, path, method):
        answer = client.generic(method, f"/api/v1/{path}", b'{"name": "x"}', content_type="application/json")
        check(answer, 405, "method-not-allowed")
        assert answer["Allow"] == "GET, HEAD, OPTIONS"

    def test_also_for_one_with_a_token_of_a_form(self):
        answer = Client(enforce_csrf_checks=True).post("/api/v1/projects/", {"csrfmiddlewaretoken": "x"})
        check(answer, 405, "method-not-allowed")

    @pytest.mark.parametrize("path", PATHS)
    def test_options_say_so(self, client, path):
        answer = client.options(f"/api/v1/{path}")
        assert (answer.status_code, answer.content, answer["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")

    @pytest.mark.parametrize("path, status", [
        ("", 200), ("projects/", 200), ("projects/?page_size=0", 400), ("projects/BN-999999/", 404),
        ("openapi.json", 200),
    ])
    def test_head_is_get_without_a_body(self, client, path, status):
        head, get = client.head(f"/api/v1/{path}"), client.get(f"/api/v1/{path}")
        assert (head.status_code, head.content, get.status_code) == (status, b"", status)
        assert head["Content-Type"] == get["Content-Type"]
        assert head.get("ETag") == get.get("ETag")


class TestQuota:
    @pytest.fixture
    def three_a_day(self, settings):
        counts.forget(2**60)
        settings.API_RATES = settings.API_RATES | {"anonymous": rates_of("3/day")}

    def test_when_it_is_used_up(self, three_a_day, api):
        for _request in range(3):
            assert api.ask("projects/").status_code == 200
        answer = api.ask("zones/")
        assert check(answer, 429, "throttled")["title"] == "Quá nhiều yêu cầu"
        assert 1 <= int(answer["Retry-After"]) <= 86401

    def test_each_address_has_its_own(self, three_a_day, client):
        for _request in range(3):
            client.get("/api/v1/projects/", REMOTE_ADDR="192.0.2.1")
        assert client.get("/api/v1/projects/", REMOTE_ADDR="192.0.2.1").status_code == 429
        assert client.get("/api/v1/projects/", REMOTE_ADDR="192.0.2.2").status_code == 200

    def test_a_header_that_anybody_can_write_does_not_help(self, three_a_day, client):
        statuses = [
            client.get("/api/v1/projects/", headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code
            for number in range(5)
        ]
        assert statuses == [200, 200, 200, 429, 429]

    def test_pages_and_health_have_none(self, three_a_day, client):
        for path in ("/api/docs/", "/healthz", "/"):
            assert {client.get(path).status_code for _request in range(6)} == {200}


class TestFaults:
    @pytest.fixture
    def broken(self, monkeypatch) -> Client:
        def fail(*args, **kwargs):
            raise ZeroDivisionError("the secret of the house")

        monkeypatch.setattr("registry.api.base.page_of", fail)
        return Client(raise_request_exception=False)

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_a_fault_of_ours_tells_where_to_ask_and_nothing_else(self, broken, language):
        answer = broken.get("/api/v1/projects/", headers={"Accept-Language": language, "X-Request-ID": "abcdefgh"})
        problem = check(answer, 500, "internal-error")
        assert problem["request_id"] == "abcdefgh"
        assert answer["Content-Language"] == language
        text = answer.content.decode()
        for secret in ("secret", "ZeroDivision", "Traceback", "page_of", "/registry/"):
            assert secret not in text

    def test_the_next_request_is_well(self, broken):
        broken.get("/api/v1/projects/")
        assert broken.get("/api/v1/").status_code == 200
