"""What holds for every reading page, in both languages."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]

PATHS = [
    "/", "/projects/", "/projects/?zone=yen-phong-2c&search=nh%C3%A0", "/projects/BN-000001/", "/projects/BN-000002/",
    "/investors/", "/investors/INV-000001/", "/zones/", "/zones/yen-phong-2c/", "/zones/compare/",
    "/zones/compare/?zone=yen-phong-2c&zone=dai-dong-hoan-son", "/sectors/", "/sectors/2018-26/", "/sectors/2018-C/",
    "/countries/", "/countries/US/", "/map/", "/statistics/", "/statistics/?by=zone&as_of=2024-12-31",
    "/statistics/rows/?by=year&of=registered_usd", "/statistics/flows/", "/statistics/indicators/", "/policies/",
    "/statistics/flows/rows/?by=section&of=total_usd&from=2023-01-01&to=2023-12-31",
    "/policies/POL-000001/", "/engagements/", "/engagements/ENG-000001/", "/opportunities/", "/sources/",
    "/sources/SRC-000034/", "/publications/", "/quality/", "/data/", "/search/", "/search/?q=amkor",
]
LANGUAGES = ["vi", "en"]


def path_in(language: str, path: str) -> str:
    return f"/en{path}" if language == "en" else path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
class TestEveryPage:
    def test_has_one_heading_a_title_a_main_and_its_language(self, reader, language, path):
        html = reader.html(path_in(language, path))
        assert f'<html lang="{language}">' in html
        assert len(re.findall("<h1[ >]", html)) == 1
        assert '<main id="content"' in html
        assert re.search(r"<title>\S[^<]+</title>", html)
        assert "search" in path or re.search(r'<meta name="description" content="[^"]{40,}">', html)

    def test_names_its_other_language_and_keeps_the_query(self, reader, language, path):
        html = reader.html(path_in(language, path))
        escaped = path.replace("&", "&amp;")
        assert f'<link rel="alternate" hreflang="vi" href="http://testserver{escaped}">' in html
        assert f'<link rel="alternate" hreflang="en" href="http://testserver/en{escaped}">' in html
        own = path_in(language, path).partition("?")[0]
        assert f'<link rel="canonical" href="http://testserver{own}">' in html
        other = "en" if language == "vi" else "vi"
        switch = path_in(other, escaped)
        assert f'<li class="language"><a href="{switch}" lang="{other}" hreflang="{other}">' in html

    def test_answers_under_a_strict_policy_without_cookies(self, reader, language, path):
        answer = reader.open(path_in(language, path))
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "unsafe-" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")

    def test_has_nothing_inline_and_nothing_from_elsewhere(self, reader, language, path):
        html = reader.html(path_in(language, path))
        data = re.sub(r'<script type="application/ld\+json">[^<>&]+</script>', "", html)
        assert not re.search(r"\sstyle=|<style|<script(?! src=./static/)|\son[a-z]+=", data)
        # A link to a source's own page asks for nothing before it is followed.
        assert set(re.findall(r'(?:src="|<link [^>]*href=")(https?://[^/"]+)', html)) <= {"http://testserver"}

    def test_is_known_by_its_revision(self, reader, language, path):
        answer = reader.open(path_in(language, path))
        again = reader.open(path_in(language, path), **{"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
        assert not again.content

    def test_is_all_in_english_but_for_what_says_so(self, reader, language, path):
        """No text without a translation: Vietnamese stands in ``lang="vi"`` or is a name."""
        if language == "vi":
            return
        html = re.sub(r'<(\w+) [^>]*?lang="vi"[^>]*>.*?</\1>', "", reader.html(path_in(language, path)))
        names = "|".join(("Bắc Ninh", "Bắc Giang", "Yên Phong", "Việt Nam", "Hưng Yên", "Barthélemy", "Côte d",
                          r"value=\"[^\"]*\"", ": nhà"))
        assert not re.findall(r"[^\s<>]*[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]\w*",
                              re.sub(names, "", html.replace("&nbsp;", " ")).lower())
