"""Whole pages: made once for each state of the register, language and encoding, and never stale."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse, HttpResponseNotFound
from django.test import RequestFactory

from registry.web.kept_pages import MOST_KEPT
from registry.web.revision import by_revision
from tests import build

pytestmark = pytest.mark.django_db

GZIP = {"Accept-Encoding": "gzip"}
LONG = "Bắc Ninh " * 200


def counted(*answers: HttpResponse):
    """A page that gives these answers in turn, and how often it was made."""
    made = []

    @by_revision
    def page(request):
        made.append(request)
        return answers[len(made) - 1]

    return page, made


def ask(page, **headers) -> HttpResponse:
    return page(RequestFactory().get("/x/", headers=headers))


def test_a_page_is_made_once_while_the_register_stands():
    page, made = counted(HttpResponse(LONG, headers={"Link": "<a>"}), HttpResponse("new"))
    first, second = ask(page), ask(page)
    assert second.content == first.content == LONG.encode()
    assert dict(second.items()) == dict(first.items())
    assert second["Link"] == "<a>"
    assert len(made) == 1
    build.make_investor()
    assert ask(page).content == b"new"


def test_each_encoding_is_kept_by_itself():
    page, made = counted(HttpResponse(LONG), HttpResponse(LONG))
    for _again in range(2):
        packed, plain = ask(page, **GZIP), ask(page)
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content == LONG.encode()
        assert "Accept-Encoding" in packed["Vary"]
    assert len(made) == 2


@pytest.mark.parametrize("answer", [
    lambda: HttpResponseNotFound(LONG), lambda: HttpResponse(b"x" * (MOST_KEPT + 1)), lambda: with_cookie(),
    lambda: FileResponse([b"x" * 1000]),
])
def test_what_is_no_page_of_everybodys_is_made_each_time(answer):
    page, made = counted(answer(), answer())
    ask(page)
    ask(page)
    assert len(made) == 2


def with_cookie() -> HttpResponse:
    answer = HttpResponse(LONG)
    answer.set_cookie("whose", "mine")
    return answer


def test_a_page_of_the_public_costs_one_query_when_it_is_asked_for_again(client, django_assert_num_queries):
    first = client.get("/projects/", headers=GZIP)
    with django_assert_num_queries(1):
        again = client.get("/projects/", headers=GZIP)
    assert again.content == first.content
    assert (again["ETag"], again["Vary"], again["Content-Length"]) == (
        first["ETag"], first["Vary"], first["Content-Length"])
    assert again["ETag"].endswith('-gzip"')


@pytest.mark.parametrize("address", ["/ko/", "/zh/statistics/"])
def test_a_page_of_a_language_that_has_some_is_linked_to_the_others_before_it_is_kept(client, address):
    for _again in range(2):
        packed = client.get(address, headers=GZIP)
        assert packed["Content-Encoding"] == "gzip"
        assert b'href="/en/projects/" hreflang="en"' in gzip.decompress(packed.content)


def test_what_changes_is_seen_at_once(client):
    project = build.make_project(name="Nhà máy thử SYN")
    assert "Nhà máy thử SYN" in client.get(f"/projects/{project.code}/").content.decode()
    build.make_entry(project, "1000000")
    assert "1.000.000" in client.get(f"/projects/{project.code}/").content.decode()
