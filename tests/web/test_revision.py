"""The ETag: new with the register, the day, the language and the address; the same otherwise."""

import re
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse, HttpResponseNotFound
from django.test import RequestFactory
from django.utils import translation

from registry.actions import record
from registry.web.revision import by_revision, etag_of, fresh, is_known
from tests import build

pytestmark = pytest.mark.django_db

LIST = "/api/v1/countries/?page_size=20"
STRONG = re.compile(r'"[0-9a-f]{32}"')


def tag(path="/api/v1/projects/", language="vi", **headers) -> str:
    with translation.override(language):
        return etag_of(RequestFactory().get(path, **headers))


def known(header: str, etag='"abc"') -> bool:
    return is_known(RequestFactory().get("/", headers={"If-None-Match": header}), etag)


class TestTheTag:
    def test_the_same_question_has_the_same_tag(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            first = tag()
        assert STRONG.fullmatch(first)
        assert tag() == first

    def test_it_changes_with_the_register(self):
        before = tag()
        build.make_investor()
        assert tag() != before

    def test_it_stays_where_an_act_changed_nothing(self):
        before = tag()
        with build.act():
            pass
        assert tag() == before

    def test_it_changes_with_the_day_in_bac_ninh(self, monkeypatch):
        days = []
        for moment in (datetime(2026, 11, 22, 16, 59, tzinfo=UTC), datetime(2026, 11, 22, 17, 0, tzinfo=UTC),
                       datetime(2026, 11, 23, 16, 59, tzinfo=UTC)):
            monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
            days.append(tag())
        assert days[0] != days[1] == days[2]

    def test_it_changes_with_the_language_the_path_the_query_the_host_and_the_release(self, settings):
        tags = {
            tag(), tag(language="en"), tag("/api/v1/zones/"), tag("/api/v1/projects/?page_size=1"),
            tag(HTTP_HOST="127.0.0.1"), etag_of(RequestFactory().get("/api/v1/projects/"), scope="partner"),
        }
        settings.RELEASE = "another"
        assert len(tags | {tag()}) == 7


class TestWhatTheAskerHas:
    @pytest.mark.parametrize("header", [
        '"abc"', 'W/"abc"', '"abc-gzip"', 'W/"abc-gzip"', '"x", W/"abc"', '"x","abc-gzip"',
    ])
    def test_also_where_a_proxy_has_changed_the_tag(self, header):
        assert known(header)

    @pytest.mark.parametrize("header", ["", '"x"', "abc", '"abcd"', '"abc-br"', '"gzip"', '"', "*", '"ABC"', "W/"])
    def test_anything_else_is_not_known(self, header):
        assert not known(header)


class TestAnswers:
    def test_304_and_nothing_else(self, client):
        first = client.get(LIST)
        assert STRONG.fullmatch(first["ETag"])
        assert first["Cache-Control"] == "no-cache"
        for sent in (first["ETag"], f"W/{first['ETag']}", f'{first["ETag"][:-1]}-gzip"'):
            again = client.get(LIST, headers={"If-None-Match": sent})
            assert (again.status_code, again.content) == (304, b"")
            assert again["ETag"] == first["ETag"]
            assert "Accept-Language" in again["Vary"]

    @pytest.mark.parametrize("path", [LIST, "/api/v1/countries/KR/", "/api/v1/dumps/", "/countries/", "/en/",
                                      "/api/v1/countries/?format=csv"])
    def test_304_to_whoever_has_any_answer(self, client, path):
        first = client.get(path)
        b"".join(first)  # a file is open until it has been read
        again = client.get(path, headers={"If-None-Match": " * "})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Vary"]
        assert client.head(path, headers={"If-None-Match": "*"}).status_code == 304

    @pytest.mark.parametrize(("path", "status"), [("/api/v1/countries/ZZ/", 404), ("/api/v1/countries/?x=1", 400),
                                                  ("/api/v1/countries", 301), ("/countries/?page_size=0", 400)])
    def test_what_there_is_not_is_told_all_the_same(self, client, path, status):
        assert client.get(path, headers={"If-None-Match": "*"}).status_code == status

    def test_304_costs_one_query(self, client, django_assert_num_queries):
        etag = client.get(LIST)["ETag"]
        with django_assert_num_queries(1):
            client.get(LIST, headers={"If-None-Match": etag})

    def test_the_same_tag_means_the_same_bytes(self, client):
        first, second = client.get(LIST), client.get(LIST)
        assert first.json()["next"]
        assert (first["ETag"], first.content) == (second["ETag"], second.content)

    def test_each_encoding_has_a_strong_tag_of_its_own(self, client):
        plain = client.get(LIST)
        packed = client.get(LIST, headers={"Accept-Encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert packed["ETag"] == f'{plain["ETag"][:-1]}-gzip"'
        assert packed.content == client.get(LIST, headers={"Accept-Encoding": "gzip"}).content
        assert "Accept-Encoding" in plain["Vary"]
        assert client.get(LIST, headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}).status_code == 304

    def test_head_has_the_tag_and_no_body(self, client):
        head = client.head(LIST)
        assert (head.status_code, head.content) == (200, b"")
        assert head["ETag"] == client.get(LIST)["ETag"]

    def test_languages_are_different_answers(self, client):
        vietnamese = client.get(LIST)
        english = client.get(LIST, headers={"Accept-Language": "en", "If-None-Match": vietnamese["ETag"]})
        assert english.status_code == 200
        assert english["ETag"] != vietnamese["ETag"]

    @pytest.mark.parametrize("path, status", [
        ("/api/v1/projects/BN-999999/", 404), ("/api/v1/projects/?colour=red", 400), ("/api/v1/nothing/", 404),
        ("/api/v1/changes/?after=999999999", 410),
    ])
    def test_errors_have_none(self, client, path, status):
        answer = client.get(path, headers={"If-None-Match": "*"})
        assert answer.status_code == status
        assert "ETag" not in answer
        assert answer["Cache-Control"] == "no-store"

    def test_what_the_asker_has_of_a_withdrawn_record_is_no_longer_good(self, client):
        investor = build.make_investor()
        path = f"/api/v1/investors/{investor.code}/"
        etag = client.get(path)["ETag"]
        with build.act() as act:
            record.withdraw(act=act, record=investor, reason="Ghi nhầm")
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 410


class TestPages:
    def test_a_page_that_the_reader_has(self):
        made = []

        @by_revision
        def view(request):
            made.append(request)
            return HttpResponse("page")

        first = view(RequestFactory().get("/x/"))
        assert STRONG.fullmatch(first["ETag"])
        assert view(RequestFactory().get("/x/", headers={"If-None-Match": first["ETag"]})).status_code == 304
        assert view(RequestFactory().post("/x/", headers={"If-None-Match": first["ETag"]})).status_code == 200
        assert len(made) == 2

    def test_only_a_200_is_tagged(self):
        assert "ETag" not in fresh(HttpResponseNotFound(), '"abc"')
        assert fresh(HttpResponse(), '"abc"')["ETag"] == '"abc"'

    def test_the_page_of_the_api_has_a_tag_for_each_language(self, client):
        vietnamese, english = (client.get("/api/docs/", headers={"Accept-Language": code}) for code in ("vi", "en"))
        assert vietnamese["ETag"] != english["ETag"]
        again = client.get("/api/docs/", headers={"Accept-Language": "en", "If-None-Match": english["ETag"]})
        assert again.status_code == 304
        assert "Accept-Language" in again["Vary"]
