"""Korean and Chinese readers: the pages that stand in their language, and the way to the others."""

import re

import pytest

from tests import build

pytestmark = pytest.mark.django_db

PAGES = ("/", "/zones/", "/zones/kcn-a/", "/statistics/")
TAGS = {"ko": "ko", "zh": "zh-Hans"}


@pytest.fixture(autouse=True)
def zone(db):
    with build.act() as act:
        zone = build.make_zone(act=act, code="kcn-a", name="KCN Đông A", name_en="Dong A Park")
        build.make_project(act=act, name="Nhà máy", name_en="Plant", zone=zone, capital_usd="1600000000")
    return zone


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("path", PAGES)
class TestPages:
    def test_says_its_language_and_names_the_others(self, reader, language, path):
        html = reader.html(f"/{language}{path}?x=1")
        assert f'<html lang="{TAGS[language]}">' in html
        links = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="http://testserver([^"]+)">', html)
        assert dict(links) == {"vi": f"{path}?x=1", "en": f"/en{path}?x=1", "ko": f"/ko{path}?x=1",
                               "zh-Hans": f"/zh{path}?x=1", "x-default": f"/en{path}?x=1"}
        switch = re.findall(r'<li class="language"><a href="([^"]+)" lang="([^"]+)" hreflang="\2">', html)
        assert {tag for _address, tag in switch} == {"vi", "en", "ko", "zh-Hans"} - {TAGS[language]}

    def test_what_is_not_in_it_is_linked_in_english_and_marked(self, reader, language, path):
        html = reader.html(f"/{language}{path}")
        assert not re.search(rf'(href|action)="/{language}/(?!zones/[^?]*"|statistics/[^"]*"|"|zones/\?[^"]*")', html)
        outside = re.findall(r'<a [^>]*href="/en/(?!")[^>]*>', html)
        assert outside
        for link in outside:
            assert 'hreflang="en"' in link or 'lang="en"' in link
        assert 'action="/en/search/"' in html

    def test_is_known_by_its_revision(self, reader, language, path):
        answer = reader.open(f"/{language}{path}")
        again = reader.open(f"/{language}{path}", **{"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert not answer.cookies


@pytest.mark.parametrize("address, elsewhere", [
    ("/ko/projects/?zone=kcn-a", "/en/projects/?zone=kcn-a"), ("/zh/data/", "/en/data/"),
    ("/ko/zones/?format=csv", "/en/zones/?format=csv"), ("/zh/khong-co/", "/en/khong-co/"),
    ("/ko/zones/kcn-a/feed.atom", "/en/zones/kcn-a/feed.atom"),
])
def test_a_page_that_is_not_in_it_is_read_in_english(client, address, elsewhere):
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, elsewhere)


def test_an_address_without_its_slash_keeps_its_language(client):
    for address in ("/ko", "/zh/zones", "/ko/zones/kcn-a"):
        assert client.get(address)["Location"] == f"{address}/"


def test_the_other_pages_offer_only_what_there_is(reader):
    html = reader.html("/projects/")
    assert re.findall(r'<li class="language"><a href="([^"]+)"', html) == ["/en/projects/"]
    assert 'hreflang="ko"' not in html


@pytest.mark.parametrize("language, words", [
    ("ko", ("등록자본", "1,600,000,000 USD", "16억 달러", "2023년")),
    ("zh", ("注册投资额", "1,600,000,000 USD", "16亿美元", "2023年")),
])
def test_formats_of_each(reader, language, words):
    told = reader.words(f"/{language}/")
    for each in words:
        assert each in told
    assert re.search(r"20\d\d년 \d+월 \d+일" if language == "ko" else r"20\d\d年\d+月\d+日", told)


def test_names_say_in_which_language_they_are(reader):
    html = reader.html("/ko/zones/kcn-a/")
    assert '<h1><span lang="vi">KCN Đông A</span></h1>' in html
    assert '<span lang="en">Plant</span>' in html
    assert '<span lang="vi">KCN Đông A</span>' in reader.html("/zh/statistics/")


def test_what_is_wrong_is_told_in_it(reader):
    assert "찾을 수 없음" in reader.words("/ko/zones/khong-co/", status=404)
    assert "有需要修正之处" in reader.words("/zh/zones/?kind=nix", status=400)


def test_an_error_is_reported_from_it(reader, client):
    html = reader.html("/ko/zones/kcn-a/")
    address = re.search(r'href="(/en/corrections/new/[^"]+)"', html)[1]
    assert address == "/en/corrections/new/?about=/ko/zones/kcn-a/"
    assert client.get(address).status_code == 200


def test_the_api_stays_with_its_two_languages(client):
    answer = client.get("/api/v1/nix/", headers={"Accept-Language": "ko, zh-CN;q=0.9, en;q=0.5"})
    assert answer["Content-Language"] == "en"


def test_the_sitemap_has_them(client):
    text = client.get("/sitemap-zones.xml").content.decode()
    for address in ("/zones/kcn-a/", "/en/zones/kcn-a/", "/ko/zones/kcn-a/", "/zh/zones/kcn-a/"):
        assert f"<loc>http://testserver{address}</loc>" in text
    assert 'hreflang="zh-Hans" href="http://testserver/zh/zones/kcn-a/"' in text
