"""What every answer has, and what no request can do."""

import gzip
import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from registry.web.middleware import LONGEST_QUERY, Compress

pytestmark = pytest.mark.django_db

ID = re.compile(r"[0-9a-f]{32}")

NUL = "Yêu cầu có ký tự NUL; hãy bỏ ký tự đó rồi gửi lại."
LONG = "Địa chỉ dài quá %(limit)s ký tự; hãy bỏ bớt tham số."


def said(message: str, language: str) -> str:
    with translation.override(language):
        told = translation.gettext(message)
    assert (told == message) is (language == "vi")
    return told % {"limit": 8000}


def short(value) -> str:
    """The name of a test case: its long inputs make endless ones."""
    return ascii(value)[:40]


@pytest.fixture
def broken(monkeypatch):
    """A client of a register whose lists and first page fail."""
    def fail(*args, **kwargs):
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setattr("registry.api.base.page_of", fail)
    monkeypatch.setattr("registry.pages.home.read_front", fail)
    return Client(raise_request_exception=False)


class TestRequestId:
    def test_one_is_made(self, client):
        first, second = client.get("/healthz")["X-Request-ID"], client.get("/healthz")["X-Request-ID"]
        assert ID.fullmatch(first)
        assert first != second

    @pytest.mark.parametrize("given", ["a1b2c3d4", "0191d5f4-9c1e-7cc0-a1b2-0123456789ab", "A" * 64])
    def test_the_proxys_is_kept(self, client, given):
        assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given

    @pytest.mark.parametrize("given", ["", "short", "A" * 65, "<script>alert", "a b c d e f g h", "đđđđđđđđ"])
    def test_anything_else_is_replaced(self, client, given):
        assert ID.fullmatch(client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"])

    def test_an_error_shows_it(self, client):
        answer = client.get("/api/v1/nothing/", headers={"X-Request-ID": "abcdefgh"})
        assert answer.json()["request_id"] == answer["X-Request-ID"] == "abcdefgh"
        assert "abcdefgh" in client.get("/nothing/", headers={"X-Request-ID": "abcdefgh"}).content.decode()


class TestSecurityHeaders:
    @pytest.mark.parametrize("path, status", [
        ("/", 200), ("/en/", 200), ("/projects/", 200), ("/projects/?page_size=0", 400), ("/nothing/", 404),
        ("/en/nothing/", 404), ("/api/docs/", 200), ("/api/v1/", 200), ("/api/v1/projects/", 200),
        ("/api/v1/nothing/", 404), ("/api/v1/projects/?colour=red", 400), ("/api/v1/changes/?after=99999999", 410),
        ("/static/registry/register.css", 200), ("/static/nothing.css", 404), ("/admin/login/", 200), ("/admin/", 302),
        ("/healthz", 200), ("/readyz", 200), ("/?a=%00", 400), ("/api/v1/?a=%00", 400), ("/api/v1", 301),
    ])
    def test_every_answer_has_them(self, client, path, status):
        self.check(client.get(path), status)

    @pytest.mark.parametrize("path", ["/", "/api/v1/projects/"])
    def test_failures_have_them(self, broken, path):
        self.check(broken.get(path), 500)

    def test_refused_hosts_methods_and_forms_have_them(self, client):
        self.check(client.get("/", headers={"Host": "evil.example"}), 400)
        self.check(client.get("/api/v1/", headers={"Host": "evil.example"}), 400)
        self.check(client.post("/api/v1/projects/"), 405)
        self.check(Client(enforce_csrf_checks=True).post("/admin/login/"), 403)

    def test_an_answer_that_says_nothing_has_them(self, client):
        etag = client.get("/api/v1/projects/")["ETag"]
        self.check(client.get("/api/v1/projects/", headers={"If-None-Match": etag}), 304)

    def check(self, answer, status: int) -> None:
        assert answer.status_code == status
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert "unsafe-" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
        assert answer["X-Request-ID"]
        answer.close()


class TestUnreadable:
    @pytest.mark.parametrize("language", ["vi", "en"])
    @pytest.mark.parametrize("path", [
        "?search=%00", "?search=a\0b", "?%00=1", "?page_size=1&zone=yen%00phong", "%00/", "BN-%00/",
    ])
    def test_nul_in_the_address_of_the_api(self, client, path, language):
        answer = client.get(f"/api/v1/projects/{path}", headers={"Accept-Language": language})
        assert answer.status_code == 400
        problem = answer.json()
        assert (problem["code"], problem["detail"]) == ("unreadable-request", said(NUL, language))
        assert answer["Content-Language"] == language

    @pytest.mark.parametrize("query, names", [
        ("search=%00", ["search"]), ("search=a\0b", ["search"]), ("%00=1", ["\ufffd"]),
        ("page_size=1&zone=yen%00phong&search=%00&zone=%00", ["zone", "search"]),
        ("search=%ED%A0%80", ["search"]), ("search=%FF", ["search"]), ("search=%C0%80", ["search"]),
        ("search=%F4%90%80%80", ["search"]), ("search=\xff", ["search"]), ("page_size=1&%FF=1", ["\ufffd"]),
        ("search=a%00&zone=%FF", ["search", "zone"]),
    ])
    def test_each_parameter_that_cannot_be_read_is_named(self, client, query, names):
        answer = client.get("/api/v1/projects/", QUERY_STRING=query)

        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["code"] == "unreadable-request"
        assert [each["pointer"] for each in answer.json()["errors"]] == names
        assert all(each["message"] for each in answer.json()["errors"])

    @pytest.mark.parametrize("query", ["search=%C4%91i%E1%BB%87n%20t%E1%BB%AD", "search=%F0%9F%8F%AD", "search=100%25",
                                       "search=%EF%BF%BD", "search=%2500", "search=%zz", "search=\xc4\x91"])
    def test_what_can_be_read_is_read(self, client, query):
        assert client.get("/api/v1/projects/", QUERY_STRING=query).status_code == 200

    @pytest.mark.parametrize("path", ["/projects/", "/en/zones/", "/search/", "/statistics/"])
    def test_a_page_that_names_it_keeps_what_was_valid(self, client, path):
        answer = client.get(path, QUERY_STRING="page_size=20&search=%ED%A0%80&country=KR")

        assert answer.status_code == 400
        assert "<b>search</b>" in answer.content.decode()
        assert f'href="{path}?page_size=20&amp;country=KR"' in answer.content.decode()

    @pytest.mark.parametrize("language", ["vi", "en"])
    @pytest.mark.parametrize("headers", [
        {"User-Agent": "a\0b"}, {"If-None-Match": '"\0"'}, {"X-Forwarded-For": "\0"}, {"Cookie": "sessionid=a\0b"},
        {"Cookie": "django_language=%00"}, {"Authorization": "Bearer a\0b"}, {"Accept": "\0"},
    ])
    def test_nul_in_a_header(self, client, headers, language):
        answer = client.get("/api/v1/projects/", headers=headers | {"Accept-Language": language})
        assert (answer.status_code, answer.json()["detail"]) == (400, said(NUL, language))

    @pytest.mark.parametrize("prefix, language", [("/", "vi"), ("/en/", "en")])
    @pytest.mark.parametrize("rest", ["?a=%00", "%00/", "projects/BN-%00/", "projects/?search=a%00", "search/?q=%00"])
    def test_nul_in_the_address_of_a_page(self, client, prefix, language, rest):
        answer = client.get(prefix + rest)
        assert answer.status_code == 400
        assert said(NUL, language) in answer.content.decode()
        assert f'<html lang="{language}">' in answer.content.decode()

    @pytest.mark.parametrize("path", ["/api/v1/projects/", "/projects/", "/admin/", "/static/a.css", "/healthz"])
    def test_nul_anywhere_else(self, client, path):
        assert client.get(f"{path}?a=%00").status_code == 400
        assert client.get(path, headers={"Cookie": "\0"}).status_code == 400

    @pytest.mark.parametrize("language", ["vi", "en"])
    @pytest.mark.parametrize("length", [LONGEST_QUERY + 1, 10_000_000])
    def test_an_endless_query(self, client, language, length):
        answer = client.get("/api/v1/projects/?" + "a" * length, headers={"Accept-Language": language})
        assert (answer.status_code, answer.json()["detail"]) == (400, said(LONG, language))
        page = client.get(("/en/" if language == "en" else "/") + "?" + "a" * length)
        assert page.status_code == 400
        assert said(LONG, language) in page.content.decode()

    def test_a_query_of_the_longest_length_is_read(self, client):
        answer = client.get("/api/v1/projects/?" + "a" * LONGEST_QUERY)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad-parameter")
        assert client.get("/api/v1/projects/?search=" + "a" * (LONGEST_QUERY - 7)).status_code == 200


class TestNothingRaises:
    """The client raises what a view raises: none of these may."""

    @pytest.mark.parametrize("path", ["/api/v1/projects/", "/projects/", "/en/", "/api/v1/statements/"])
    @pytest.mark.parametrize("query", [
        "?search=%ff%fe", "?%ed%a0%80=1", "?search=%ed%a0%80", "?search=%F0%9F%98%80", "?a=1&a=2", "?&&&", "?=", "?%",
        "?search=" + "%CC%81" * 900, "?updated_after=0001-01-01T00:00:00%2B14:00", "?cursor=%ed%a0%80", "?cursor=.",
        "?page_size=99999999999999999999", "?registered_usd_min=1e9999999999", "?as_of=9999-12-31", "?search=%25%5f",
        "?zone=" + "&zone=".join(f"z{number}" for number in range(900)), "?" + "a&" * 3000, "?search=%27%22%3B--",
        "?" + "sector=C&" * 800, "?" + "has=form&" * 800, "?" + "missing=form&" * 600,
        "?search=" + "+".join(f"w{number}" for number in range(19)), "?search=(((", "?former_province=bac-ninh%20",
    ], ids=short)
    def test_queries(self, client, path, query):
        assert client.get(path + query, follow=True).status_code in (200, 400)

    @pytest.mark.parametrize("path", [
        "/api/v1/projects/%ff/", "/projects/%ff/", "/api/v1/projects/%ed%a0%80/", "/%F0%9F%98%80", "/api/v1/../../etc/",
        "/api/v1/projects/" + "A" * 7000 + "/", "/projects/" + "%C3" * 2000 + "/", "/api/v1//", "/api/v1/statements/²/",
        "/api/v1/projects/BN-000001/extra/", "/api/v1/projects/%2F/", "/api/v1/projects/%2e%2e/", "/en/en/", "/vi/",
    ], ids=short)
    def test_paths(self, client, path):
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("path", ["/api/v1/projects/", "/projects/", "/api/docs/"])
    @pytest.mark.parametrize("headers", [
        {"Accept-Language": "x" * 5000}, {"Accept-Language": "en;q=abc, ,,;;"}, {"Accept-Language": "*"},
        {"Accept-Language": "\xed\xa0\x80"}, {"Accept-Language": "i-klingon, zh-Hant-TW"}, {"If-None-Match": '"' * 999},
        {"If-None-Match": "W/" * 2000}, {"X-Forwarded-For": "x" * 3000}, {"Accept": "text/html;version=\xff"},
        {"Cookie": "django_language=../../etc"}, {"Cookie": "a" * 4000}, {"Cookie": "sessionid=\xed\xa0\x80; ="},
        {"Accept-Encoding": "gzip;q=zzz"}, {"Content-Type": "x"}, {"Range": "bytes=0-"},
    ], ids=short)
    def test_headers(self, client, path, headers):
        assert client.get(path, headers=headers).status_code == 200

    @pytest.mark.parametrize("path", ["/api/v1/projects/", "/projects/", "/"])
    @pytest.mark.parametrize("host", [
        "evil.example", "a b", "\xff", "127.0.0.1:x", "[::1", "x" * 4000, "127.0.0.1, evil.example",
    ], ids=short)
    def test_hosts(self, client, path, host):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.content.decode()


class TestCompression:
    body = b"BN-000001 " * 100

    def packed(self, response: HttpResponse) -> HttpResponse:
        request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
        return Compress(lambda request: response)(request)

    def test_what_belongs_to_nobody_is_exact_under_a_strong_tag(self):
        answers = [self.packed(HttpResponse(self.body, headers={"ETag": '"abc"'})) for _turn in range(3)]
        assert {answer["ETag"] for answer in answers} == {'"abc-gzip"'}
        assert len({answer.content for answer in answers}) == 1
        assert gzip.decompress(answers[0].content) == self.body

    def test_what_sets_a_cookie_is_padded_under_a_weak_tag(self):
        def personal() -> HttpResponse:
            response = HttpResponse(self.body, headers={"ETag": '"abc"'})
            response.set_cookie("sessionid", "secret")
            return response

        answers = [self.packed(personal()) for _turn in range(5)]
        assert {answer["ETag"] for answer in answers} == {'W/"abc"'}
        assert len({answer.content for answer in answers}) > 1

    def test_short_answers_stay_as_they_are(self):
        answer = self.packed(HttpResponse(b"ok", headers={"ETag": '"abc"'}))
        assert (answer.content, answer["ETag"]) == (b"ok", '"abc"')
