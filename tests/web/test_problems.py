"""Errors: problem+json for programs in their language, a page for people in its own."""

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.web.problems import (
    TITLES,
    BadParameters,
    Problem,
    api_language,
    is_for_programs,
    problem_json,
    problem_of_rule,
    refuse,
)


class TooMany(RuleBroken):
    code = "too-many"
    message = _("Có %(count)s dòng.")


def request(path="/api/v1/projects/", **headers):
    asked = RequestFactory().get(path, headers=headers)
    asked.id = "abcdefgh"
    return asked


class TestLanguage:
    @pytest.mark.parametrize("header, language", [
        ("", "vi"), ("en", "en"), ("vi", "vi"), ("en-GB,en;q=0.8", "en"), ("EN", "en"), ("fr", "vi"),
        ("fr, en;q=0.5, vi;q=0.1", "en"), ("vi;q=0.2, en;q=0.9", "en"), ("*", "vi"), ("fr, *;q=0.1", "vi"),
        ("en;q=0", "vi"), ("en;q=abc", "vi"), (",,;", "vi"), ("x" * 5000, "vi"), ("vi-VN", "vi"),
    ], ids=lambda value: value[:20])
    def test_from_accept_language(self, header, language):
        assert api_language(request(**{"Accept-Language": header})) == language

    def test_not_from_a_cookie(self):
        assert api_language(request(**{"Cookie": "django_language=en"})) == "vi"

    def test_not_from_the_thread(self):
        with translation.override("en"):
            assert api_language(request()) == "vi"


class TestOfARule:
    def test_the_whole(self):
        assert problem_of_rule(TooMany(count=3)) == Problem(400, "too-many", "Có 3 dòng.", [])

    def test_a_field(self):
        problem = problem_of_rule(TooMany(count=3, field="file"), 410)
        assert (problem.status, problem.errors) == (410, [("file", "Có 3 dòng.")])

    def test_parameters(self):
        problem = problem_of_rule(BadParameters([("zone", _("lạ")), ("size", "nhỏ"), ("zone", "dài")]))
        assert problem == Problem(400, "bad-parameter", "Tham số chưa đúng: zone, size.",
                                  [("zone", "lạ"), ("size", "nhỏ"), ("zone", "dài")])


class TestJson:
    def test_members(self):
        answer = problem_json(request(), Problem(404, "not-found", "Không có.", [("zone", "lạ")]))
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Vary"] == "Accept-Language"
        assert answer["Content-Language"] == "vi"
        assert answer["Cache-Control"] == "no-store"
        assert answer.content.decode() == (
            '{"type":"http://testserver/api/docs/#not-found","title":"Không tìm thấy","status":404,'
            '"detail":"Không có.","code":"not-found","errors":[{"pointer":"zone","message":"lạ"}],'
            '"request_id":"abcdefgh"}'
        )

    def test_a_host_that_is_not_ours_is_not_repeated(self):
        answer = problem_json(request(Host="evil.example"), Problem(400, "bad-request", "Lạ."))
        assert answer.content.startswith(b'{"type":"about:blank"')
        assert b"evil" not in answer.content

    @pytest.mark.parametrize("status", TITLES)
    def test_every_status_has_a_title_in_both_languages(self, status):
        for language in ("vi", "en"):
            with translation.override(language):
                assert f'"title":"{TITLES[status]}"' in problem_json(
                    request(), Problem(status, "code", "detail")
                ).content.decode()


class TestWhoAsks:
    @pytest.mark.parametrize("path, programs", [
        ("/api/v1/projects/", True), ("/api/v1/", True), ("/healthz", True), ("/readyz", True), ("/api/docs/", False),
        ("/", False), ("/en/projects/", False), ("/admin/", False), ("/api/v1", False),
    ])
    def test_programs_get_json_and_people_a_page(self, path, programs):
        assert is_for_programs(request(path)) is programs

    @pytest.mark.parametrize("header", ["vi", "en"])
    def test_json_speaks_the_language_of_the_header(self, header):
        answer = refuse(request(**{"Accept-Language": header}), TooMany(count=3))
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Content-Language"] == header

    @pytest.mark.django_db
    @pytest.mark.parametrize("path, language", [("/nothing/", "vi"), ("/en/nothing/", "en")])
    def test_a_page_speaks_the_language_of_its_address(self, path, language):
        answer = refuse(request(path, **{"Accept-Language": "en"}), TooMany(count=3), 404)
        assert answer.status_code == 404
        text = answer.content.decode()
        assert f'<html lang="{language}">' in text
        assert text.count("<h1") == 1
        assert "Có 3 dòng." in text
        assert "abcdefgh" in text
