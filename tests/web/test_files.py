"""A list as a file: whole, with its length, the same rows as the API."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.web import files
from tests import build

pytestmark = pytest.mark.django_db


def content(answer) -> bytes:
    body = b"".join(answer.streaming_content)
    assert answer["Content-Length"] == str(len(body))
    return body


def csv_rows(answer) -> list[dict]:
    return list(csv.DictReader(StringIO(content(answer).decode("utf-8-sig"), newline="")))


@pytest.fixture
def eight():
    with build.act() as act:
        source, investor = build.make_source(act=act), build.make_investor(act=act)
        for number in range(8):
            build.make_project(act=act, name=f"Dự án {number}", capital_usd=1000 + number, source=source,
                               investors=[investor])


class TestWhole:
    def test_a_file_has_every_row_whatever_the_page_size(self, client, eight):
        assert len(csv_rows(client.get("/projects/", {"format": "csv"}))) == 8
        assert len(csv_rows(client.get("/projects/", {"format": "csv", "page_size": 2}))) == 8

    def test_it_is_filtered_and_ordered_like_the_page(self, client, eight):
        rows = csv_rows(client.get("/projects/", {
            "format": "csv", "registered_usd_min": "1005", "ordering": "-registered_usd"}))
        assert [row["capital.registered_usd"] for row in rows] == ["1007.00", "1006.00", "1005.00"]

    def test_in_chunks_it_is_the_same(self, client, eight, monkeypatch):
        whole = csv_rows(client.get("/projects/", {"format": "csv"}))
        monkeypatch.setattr(files, "CHUNK", 3)
        assert csv_rows(client.get("/projects/", {"format": "csv"})) == whole

    def test_the_queries_are_the_same_for_one_row_and_for_eight(self, client, eight):
        def queries(**parameters) -> int:
            with CaptureQueriesContext(connection) as asked:
                content(client.get("/projects/", {"format": "csv", **parameters}))
            return len(asked)

        assert queries() == queries(registered_usd_min="1007")

    def test_drafts_and_withdrawn_ones_are_not_in_it(self, client):
        build.make_project(name="Nháp", publication="draft")
        shown = build.make_project(name="Công bố")
        assert [row["code"] for row in csv_rows(client.get("/projects/", {"format": "csv"}))] == [shown.code]


class TestAnswer:
    def test_it_is_sent_whole_uncompressed_as_an_attachment(self, client, eight):
        answer = client.get("/projects/", {"format": "csv"}, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"].startswith('attachment; filename="projects-20')
        assert len(content(answer)) > 1000

    def test_it_is_known_by_its_revision(self, client, eight):
        answer = client.get("/projects/", {"format": "csv"})
        content(answer)
        assert client.get("/projects/", {"format": "csv"}, headers={"If-None-Match": answer["ETag"]}).status_code == 304

    def test_an_unknown_format_is_400_on_the_page_itself(self, client, eight):
        answer = client.get("/projects/", {"format": "pdf", "search": "Dự án 7"})
        assert answer.status_code == 400
        words = answer.content.decode()
        assert "Không có định dạng “pdf”" in words and "csv, xlsx, json" in words
        assert 'value="Dự án 7"' in words

    def test_a_wrong_filter_gives_the_page_with_its_error_and_no_file(self, client, eight):
        answer = client.get("/projects/", {"format": "csv", "status": "nix"})
        assert answer.status_code == 400
        assert answer["Content-Type"] == "text/html; charset=utf-8"

    def test_what_excel_cannot_hold_is_said(self, client):
        build.make_project(objective="x" * 40_000)
        answer = client.get("/projects/", {"format": "xlsx"})
        assert answer.status_code == 400
        assert "32767 ký tự" in answer.content.decode()
        assert len(csv_rows(client.get("/projects/", {"format": "csv"}))) == 1
