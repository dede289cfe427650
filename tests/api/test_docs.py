"""The page of the API: every address and every problem, in two languages, without a third party."""

import re

import pytest
from django.utils import translation

from registry.api.errors import PROBLEMS
from registry.api.openapi import schema_in_full
from tests import build
from tests.api.conftest import ENGLISH

pytestmark = pytest.mark.django_db

DOCUMENT = schema_in_full("http://testserver/api/v1/")


@pytest.fixture(scope="module")
def drawn() -> list[str]:
    return []


@pytest.fixture
def html(client, drawn) -> str:
    """The page, the same for all: it tells nothing of the records."""
    if not drawn:
        answer = client.get("/api/docs/")
        assert answer.status_code == 200
        drawn.append(answer.content.decode())
    return drawn[0]


def in_language(client, header: str):
    return client.get("/api/docs/", headers={"Accept-Language": header})


class TestPage:
    @pytest.mark.parametrize("path", ["/api/docs/", "/api/"])
    def test_it_is_a_page(self, client, path):
        answer = client.get(path)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        assert text.count("<h1") == text.count("<main") == text.count("<title>") == 1
        assert "<title>API – Sổ đăng ký FDI Bắc Ninh</title>" in text
        assert "<h1>API của sổ đăng ký</h1>" in text

    @pytest.mark.parametrize("header, language", [("vi", "vi"), ("", "vi"), ("fr", "vi"), ("en-GB", "en")])
    def test_in_the_language_of_the_header(self, client, header, language):
        answer = in_language(client, header)
        text = answer.content.decode()
        assert f'<html lang="{language}">' in text
        assert answer["Content-Language"] == language
        assert "Accept-Language" in answer["Vary"]
        with translation.override(language):
            for message in ("API của sổ đăng ký", "Giữ một bản sao", "Tham số", "Danh sách và trang"):
                assert translation.gettext(message) in text
                assert (message in text) is (language == "vi")

    def test_it_asks_no_third_party(self, html):
        addresses = re.findall(r'(?:src|href|action|srcset|poster)="([^"]*)"', html)
        assert len(addresses) > 40
        for address in addresses:
            assert re.match(r"(#|/(?!/)|http://testserver/)", address), address
        assert not re.search('<script(?! src="/static/)', html)
        assert "<style" not in html
        assert not re.search(r'\s(?:style|on[a-z]+)="', html)
        assert "<iframe" not in html

    def test_the_policy_allows_nothing_else(self, client):
        policy = client.get("/api/docs/")["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'; ")
        assert "unsafe-" not in policy
        assert "http" not in policy

    def test_it_sets_no_cookie_and_is_only_read(self, client):
        assert not client.get("/api/docs/").cookies
        assert client.post("/api/docs/").status_code == 405
        assert client.head("/api/docs/").status_code == 200

    def test_it_is_tagged(self, client):
        etag = client.get("/api/docs/")["ETag"]
        assert client.get("/api/docs/", headers={"If-None-Match": etag}).status_code == 304
        assert in_language(client, "en")["ETag"] != etag


class TestContent:
    def test_every_anchor_is_there_once_and_every_link_to_one_leads_somewhere(self, html):
        anchors = re.findall(r'\sid="([^"]+)"', html)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)

    @pytest.mark.parametrize("path", DOCUMENT["paths"])
    def test_every_path_with_its_parameters(self, html, path):
        heading = f'<span class="method">GET</span> <code>{path}</code>'
        assert html.count(heading) == 1
        section = html.partition(heading)[2].partition('<h3 class="endpoint"')[0]
        common = html.partition('id="lists"')[2].partition("<h2")[0]
        for parameter in DOCUMENT["paths"][path]["get"]["parameters"]:
            if parameter["in"] == "query":
                cell = f"<code>{parameter['name']}</code>"
                assert cell in section or ('href="#lists"' in section and cell in common)

    # A part has the fields of its whole.
    @pytest.mark.parametrize("name", [name for name in DOCUMENT["components"]["schemas"] if not name.endswith("Part")])
    def test_every_shape_with_its_fields(self, html, name):
        section = html.partition(f'id="shape-{name}"')[2].partition("<h3")[0]
        for field in DOCUMENT["components"]["schemas"][name]["properties"]:
            assert f"<code>{field}</code>" in section

    @pytest.mark.parametrize("status, code", [(status, code) for status, code, _meaning in PROBLEMS])
    def test_every_problem_where_its_type_leads(self, html, status, code):
        row = html.partition(f'<tr id="{code}">')[2].partition("</tr>")[0]
        assert f"<code>{code}</code>" in row
        assert f">{status}<" in row

    def test_every_example_works(self, client, html):
        examples = re.findall(r"curl (?:-H (?:'[^']*'|\"[^\"]*\") )?'(http://testserver/api/v1/[^']*)'", html)
        examples = [address.replace("&amp;", "&") for address in examples]
        assert len(examples) == 9
        key = {"Authorization": f"Bearer {build.issue_key()[1]}"}
        for address in examples:
            answer = client.get(address, headers=key if address.endswith("/key/") else {})
            assert answer.status_code in ((200, 410) if "after=1234" in address else (200,))

    def test_the_base_is_the_address_that_was_asked(self, client):
        text = client.get("/api/docs/", headers={"Host": "127.0.0.1:8000", **ENGLISH}).content.decode()
        assert "<code>http://127.0.0.1:8000/api/v1/</code>" in text
        assert "testserver" not in text
