"""The addresses without language: robots.txt, the sitemap in parts, security.txt."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from registry.actions.project import withdraw_project
from registry.models import Project
from registry.pages import sitemap
from tests import build

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/xml"
    return ElementTree.fromstring(answer.content)


def locations(root: ElementTree.Element) -> list[str]:
    return [each.text for each in root.iterfind(".//s:loc", NAMES)]


class TestRobots:
    def test_all_may_read_all_but_the_officers_door_and_repetitions(self, client):
        answer = client.get("/robots.txt")
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.content.decode().splitlines() == [
            "User-agent: *", "Allow: /", "Disallow: /admin/", "Disallow: /corrections/",
            "Disallow: /en/corrections/", "Disallow: /*?format=", "Disallow: /*&format=",
            "Disallow: /*?cursor=", "Disallow: /*&cursor=", "", "Sitemap: http://testserver/sitemap.xml",
        ]


class TestSitemap:
    def test_the_index_names_every_section(self, client):
        found = locations(read(client, "/sitemap.xml"))
        assert found == [f"http://testserver/sitemap-{name}.xml" for name in (
            "pages", "projects", "investors", "zones", "sectors", "countries", "sources", "policies", "engagements",
            "opportunities",
        )]
        for address in found:
            read(client, address.removeprefix("http://testserver"))

    def test_a_record_has_both_languages_and_its_last_change(self, client):
        project = build.make_project()
        root = read(client, "/sitemap-projects.xml")
        addresses = [f"http://testserver{prefix}/projects/{project.code}/" for prefix in ("", "/en")]
        assert locations(root) == addresses
        for url in root.iterfind("s:url", NAMES):
            others = [(each.get("hreflang"), each.get("href")) for each in url.iterfind("x:link", NAMES)]
            assert others == list(zip(("vi", "en"), addresses, strict=True))
            assert url.find("s:lastmod", NAMES).text == f"{datetime.now(UTC) + timedelta(hours=7):%Y-%m-%d}"

    def test_only_public_records(self, client):
        build.make_project(publication="draft")
        gone = build.make_project()
        with build.act() as act:
            withdraw_project(act=act, project=Project.objects.get(pk=gone.pk), reason="Ghi trùng")
        assert locations(read(client, "/sitemap-projects.xml")) == []

    def test_in_parts(self, client, monkeypatch):
        monkeypatch.setattr(sitemap.InItsLanguages, "limit", 2)
        codes = [build.make_project().code for _ in range(5)]
        index = [each for each in locations(read(client, "/sitemap.xml")) if "sitemap-projects" in each]
        assert index == [f"http://testserver/sitemap-projects.xml{part}" for part in ("", "?p=2", "?p=3")]
        found = [each for part in index for each in locations(read(client, part.removeprefix("http://testserver")))]
        assert re.findall(r"server/projects/([^/]+)/", " ".join(found)) == codes

    def test_the_pages_answer(self, client):
        for address in locations(read(client, "/sitemap-pages.xml")):
            assert client.get(address.removeprefix("http://testserver")).status_code == 200, address

    @pytest.mark.parametrize("path", [
        "/sitemap-nix.xml", "/sitemap-projects.xml?p=9", "/sitemap-projects.xml?p=x", "/sitemap-projects.xml?p=-1",
    ])
    def test_what_is_not_there(self, client, path):
        assert client.get(path).status_code == 404

    def test_the_same_queries_however_many(self, client, django_assert_num_queries):
        for path, queries in (("/sitemap.xml", 1 + 2 * 9), ("/sitemap-projects.xml", 3)):
            build.make_project()
            with django_assert_num_queries(queries):
                client.get(path)

    def test_it_is_known_by_its_revision(self, client):
        tag = client.get("/sitemap.xml")["ETag"]
        assert client.get("/sitemap.xml", headers={"If-None-Match": tag}).status_code == 304


class TestSecurity:
    def fields(self, client) -> dict[str, str]:
        answer = client.get("/.well-known/security.txt")
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        lines = answer.content.decode().splitlines()
        fields = dict(line.split(": ", 1) for line in lines)
        assert len(fields) == len(lines)
        return fields

    def test_it_says_whom_to_tell_and_until_when(self, client):
        fields = self.fields(client)
        assert fields["Contact"] == "http://testserver/data/#errors"
        assert fields["Preferred-Languages"] == "vi, en"
        assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
        expires = datetime.fromisoformat(fields["Expires"])
        assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)

    @pytest.mark.parametrize("given, contact", [
        ("an-ninh@example.vn", "mailto:an-ninh@example.vn"), ("mailto:a@example.vn", "mailto:a@example.vn"),
        ("https://example.vn/bao-loi", "https://example.vn/bao-loi"),
    ])
    def test_the_contact_of_the_settings(self, client, settings, given, contact):
        settings.SECURITY_CONTACT = given
        assert self.fields(client)["Contact"] == contact


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/.well-known/security.txt"])
def test_without_language_without_cookies_under_the_policy(client, path):
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert not answer.cookies
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/en{path}").status_code == 404
