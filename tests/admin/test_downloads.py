"""An officers' list as a file: exactly its rows, whole, with drafts; the same queries however many."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from orjson import loads

from registry.actions import report
from registry.actions.certificate import AsPrinted
from registry.exchange.columns import FIELDS
from registry.exchange.columns.report import PLAIN
from registry.exchange.documents import Context
from registry.exchange.documents.report import load_reports
from registry.exchange.imports.preview import TABLES, preview_file
from registry.models import OperatingReport
from registry.vocabulary.batch import Fate
from registry.vocabulary.publication import Publication
from registry.web import files
from registry.web.listing import LISTINGS
from tests import build
from tests.admin.clerk import words_of
from tests.exchange.test_imports_round_trip import NOW

pytestmark = pytest.mark.django_db

NOUNS = {listing.model._meta.model_name: listing for listing in LISTINGS.values()}


def content(answer) -> bytes:
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content)
    assert answer["Content-Length"] == str(len(body))
    return body


def rows(clerk, noun: str, form: str = "csv", **query) -> list[dict]:
    data = content(clerk.client.get(reverse(f"admin:registry_{noun}_{form}", query=query or None)))
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def codes(clerk, **query) -> list[str]:
    return [row["code"] for row in rows(clerk, "project", "export-csv", **query)]


@pytest.fixture
def four():
    return make_four()


def make_four() -> dict:
    """A project in each state of publication."""
    with build.act() as act:
        return {state: build.make_project(act=act, name=f"Nhà máy {state}", publication=state,
                                          withdrawn_reason="nhầm" if state == "withdrawn" else "")
                for state in Publication.values}


@pytest.mark.parametrize("noun", NOUNS)
def test_every_list_of_a_noun_with_columns_has_its_files(clerk, noun):
    words = clerk.client.get(reverse(f"admin:registry_{noun}_changelist")).content.decode()
    for form in files.FORMS:
        address = reverse(f"admin:registry_{noun}_export-{form}")
        assert f'href="{address}"' in words
        assert content(clerk.client.get(address))


def test_a_list_without_columns_has_none(clerk):
    assert "Tải về" not in words_of(clerk.client.get(reverse("admin:registry_conflict_changelist")))


def test_reports_as_the_list_has_them(clerk):
    one, other = build.make_report(build.make_project()), build.make_report(build.make_project(), quarter=(2026, 2))
    found = rows(clerk, "operatingreport", "export-csv")
    assert [(row["code"], row["quarter"], row["realised_usd"], row["state"]) for row in found] == [
        (one.code, "3", "5000000.00", "waiting"), (other.code, "2", "5000000.00", "waiting")]
    assert [row["code"] for row in rows(clerk, "operatingreport", "export-csv", quarter__exact="2")] == [other.code]
    data = loads(content(clerk.client.get(reverse("admin:registry_operatingreport_export-json"))))
    assert data["results"][0]["project"] == {"code": one.project.code, "name": one.project.name}


@pytest.mark.parametrize("url", ["/api/v1/operating-reports/", "/operating-reports/", "/data/operating-reports.csv"])
def test_no_reader_of_the_public_finds_a_report(client, url):
    build.make_report(build.make_project())
    assert client.get(url).status_code == 404
    nobody = Context(base="/", as_of=NOW.date())
    assert load_reports([OperatingReport.objects.get().pk], nobody, PLAIN) == []


def test_it_has_the_public_s_columns_and_the_state_of_publication(clerk, four):
    found = rows(clerk, "project", "export-csv")
    assert {row["code"]: row["publication"] for row in found} == {
        project.code: state for state, project in four.items()}
    public = [column.name for column in FIELDS["projects"].table().columns]
    assert set(found[0]) == {*public, "publication"}
    answer = clerk.client.get(reverse("admin:registry_project_export-json"))
    assert answer["Content-Disposition"].startswith('attachment; filename="projects-internal-20')
    document = loads(content(answer))
    assert (document["count"], {each["publication"] for each in document["results"]}) == (4, set(Publication.values))


def test_the_public_s_file_has_neither(client, four):
    answer = client.get("/projects/", {"format": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "publication" not in text and text.count("\n") == 2 and four["published"].code in text
    assert client.get(reverse("admin:registry_project_export-csv")).status_code == 302


def test_its_rows_are_those_of_the_filtered_list_in_its_order_on_all_pages(clerk, four, monkeypatch):
    monkeypatch.setattr("registry.admin.project.ProjectAdmin.list_per_page", 1)
    assert codes(clerk, publication__exact="draft") == [four["draft"].code]
    assert codes(clerk, q="may review") == [four["in_review"].code]
    assert codes(clerk, task="review") == [four["in_review"].code]
    names = sorted(four.values(), key=lambda project: project.name)
    assert codes(clerk, o="1") == [project.code for project in names]
    assert codes(clerk, o="-1", p="3") == [project.code for project in reversed(names)]
    page = clerk.client.get(reverse("admin:registry_project_changelist"), {"publication__exact": "draft", "p": "1"})
    assert "export/csv/?publication__exact=draft" in page.content.decode()


def test_a_wrong_filter_is_told_by_the_list(clerk):
    answer = clerk.client.get(reverse("admin:registry_project_export-csv"), {"nix": "1"})
    assert answer.url.startswith(reverse("admin:registry_project_changelist"))


def test_a_person_s_name_is_where_the_list_shows_it_alone(clerk):
    person = build.make_investor(name="Kim Min-su", kind="person")
    build.make_project(investors=[person], irc_code="0123456789")
    assert [row["name"] for row in rows(clerk, "investor", "export-csv")] == ["Kim Min-su"]
    for noun, form in (("project", "export-csv"), ("project", "export-json"), ("project", "national-csv"),
                       ("capitalentry", "export-json"), ("statement", "export-csv")):
        data = content(clerk.client.get(reverse(f"admin:registry_{noun}_{form}")))
        assert b"Kim" not in data and person.name.encode() not in data


@pytest.mark.parametrize("noun, form", [
    ("project", "export-csv"), ("project", "export-json"), ("project", "national-csv"), ("project", "national"),
    ("investor", "export-csv"), ("certificate", "export-csv"), ("capitalentry", "export-csv"),
])
def test_the_queries_are_the_same_for_one_row_and_for_twenty(clerk, noun, form):
    def make(count: int) -> None:
        with build.act() as act:
            source = build.make_source(act=act)
            for _number in range(count):
                investor = build.make_investor(act=act)
                project = build.make_project(act=act, capital_usd=1000, source=source, investors=[investor],
                                             zone=build.make_zone(act=act))
                build.make_certificate(project, act=act, kind="correction")
                build.make_milestone(project, act=act)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = clerk.client.get(reverse(f"admin:registry_{noun}_{form}"))
            assert b"".join(answer) if answer.streaming else answer.content
        return len(queries)

    make(1)
    asked()
    first = asked()
    make(19)
    assert asked() == first


def test_what_excel_cannot_hold_is_said(clerk):
    build.make_project(objective="x" * 40_000)
    answer = clerk.client.get(reverse("admin:registry_project_export-xlsx"))
    assert answer.status_code == 400 and "32767 ký tự" in answer.content.decode()


@pytest.fixture(scope="class")
def mixed(lasting):
    with lasting(make_mixed):
        yield


def make_mixed() -> None:
    """Records in every state, that name others in every state."""
    make_four()
    with build.act() as act:
        investor = build.make_investor(act=act, name="Nháp", publication="draft")
        person = build.make_investor(act=act, name="Kim Min-su", kind="person")
        build.make_investor(act=act, name="Con", parent=investor)
        enterprise = build.make_enterprise(act=act, name="Công ty nháp", publication="draft")
        source = build.make_source(act=act, publication="draft")
        zone = build.make_zone(act=act, publication="in_review")
        for state in ("draft", "published"):
            project = build.make_project(act=act, publication=state, zone=zone, enterprise=enterprise,
                                         investors=[investor], name=f"Dự án {state}", irc_code=f"01234{state}")
            build.make_certificate(project, act=act, kind="amendment", step=1, source=source)
        project = build.make_project(act=act, investors=[person], capital_usd=5000, source=source)
        build.make_observation(act=act, zone=zone, source=source)
        build.make_observation(act=act, zone=build.make_zone(act=act), source=source)


class TestWhatComesBack:
    @pytest.mark.parametrize("table", ["projects", "investors", "certificates", "capital-entries", "zones",
                                       "zone-observations"])
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_a_file_of_officers_comes_back_unchanged(self, clerk, mixed, table, form):
        noun = LISTINGS[table].model._meta.model_name
        data = content(clerk.client.get(reverse(f"admin:registry_{noun}_export-{form}")))
        preview = preview_file(data, f"{table}.{form}", table, now=NOW)
        assert preview.problems == ()
        assert {row.fate for row in preview.rows} == {Fate.UNCHANGED}
        assert len(preview.rows) == TABLES[table].model.objects.count()

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_reports_in_every_state_come_back_unchanged(self, clerk, form):
        project = build.make_project()
        stated = {"loans_parent_usd": Decimal("-250000.5"), "revenue_usd": Decimal("7e6"), "electricity_kwh": 12,
                  "workers_vietnamese": 850, "difficulties": "=thiếu điện", "received_on": date(2026, 10, 8)}
        made = {state: build.make_report(project, quarter=(2026, number), realised_usd=None, **stated)
                for number, state in enumerate(("waiting", "accepted", "returned"), 1)}
        with build.act() as act:
            report.accept(act=act, report=made["accepted"])
            report.return_(act=act, report=made["returned"])
            report.withdraw_report(act=act, report=build.make_report(project, act=act, quarter=(2025, 4)))
        build.make_report(project, quarter=(2025, 4), realised_usd=0)
        data = content(clerk.client.get(reverse(f"admin:registry_operatingreport_export-{form}")))
        preview = preview_file(data, f"bao-cao.{form}", "operating-reports", now=NOW)
        assert (preview.problems, [row.fate for row in preview.rows]) == ((), [Fate.UNCHANGED] * 5)

    @pytest.mark.parametrize("column, value, problem", [
        ("name", "Tên khác", "not-in-sight"), ("publication", "published", "computed-changed")])
    def test_a_draft_is_not_changed_by_a_file(self, clerk, four, column, value, problem):
        data = content(clerk.client.get(reverse("admin:registry_project_export-csv"), {"publication__exact": "draft"}))
        [row] = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))
        out = StringIO(newline="")
        writer = csv.DictWriter(out, list(row))
        writer.writeheader()
        writer.writerow(row | {column: value})
        preview = preview_file(out.getvalue().encode(), "projects.csv", "projects", now=NOW)
        assert [each.code for each in preview.problems] == [problem]


class TestByNumber:
    @pytest.fixture
    def projects(self):
        with build.act() as act:
            without = build.make_project(act=act, name="A chưa có số", publication="draft")
            project = build.make_project(
                act=act, name="B có số", irc_code="9876543210", capital_usd=1000, planned_workers=120,
                investors=[build.make_investor(act=act, name="ABC Co., Ltd.")])
            build.make_certificate(project, act=act, kind="amendment", step=2, decided_on=date(2024, 3, 5),
                                   despite_difference=True,
                                   printed=AsPrinted(total_usd=Decimal("5000.00"), total_vnd=Decimal("120000000.00"),
                                                     contribute_by=date(2027, 1, 31)))
            build.make_certificate(project, act=act, kind="amendment", step=3, decided_on=date(2025, 3, 5),
                                   changes="đổi mục tiêu", printed=AsPrinted(contributed_usd=Decimal("700.00")))
            build.make_milestone(project, act=act)
        return without, project

    def test_one_row_a_project_those_without_a_number_last(self, clerk, projects):
        without, project = projects
        first, last = rows(clerk, "project", "national-csv")
        assert (first["irc_code"], last["irc_code"]) == ("9876543210", "")
        assert (first["code"], last["code"]) == (project.code, without.code)
        assert (last["publication"], last["amendments"], last["total_usd"]) == ("draft", "0", "")

    def test_it_has_what_was_printed_last(self, clerk, projects):
        first = rows(clerk, "project", "national-csv")[0]
        assert {name: first[name] for name in (
            "investors", "amendments", "amended_on", "total_usd", "total_vnd", "contributed_usd", "contribute_by",
            "registered_usd", "planned_workers")} == {
                "investors": "ABC Co., Ltd.", "amendments": "3", "amended_on": "05/03/2025", "total_usd": "5000.00",
                "total_vnd": "120000000.00", "contributed_usd": "700.00", "contribute_by": "2027-01-31",
                "registered_usd": "1000.00", "planned_workers": "120"}

    def test_its_headings_are_vietnamese_and_begin_with_the_number(self, clerk, projects):
        data = content(clerk.client.get(reverse("admin:registry_project_national-xlsx")))
        headings = [cell.value for cell in load_workbook(BytesIO(data)).active[1]]
        assert headings[:5] == ["Mã số dự án", "Tên dự án", "Nhà đầu tư", "Quốc tịch nhà đầu tư", "Tỷ lệ góp vốn (%)"]
        assert len(set(headings)) == len(headings)

    def test_the_page_counts_those_without_a_number(self, clerk, projects):
        words = words_of(clerk.client.get(reverse("admin:registry_project_national")))
        assert "Danh sách đang lọc có 2 dự án." in words
        assert "1 dự án chưa có mã số dự án: đứng cuối tệp" in words
        url = reverse("admin:registry_project_national", query={"publication__exact": "published"})
        words = words_of(clerk.client.get(url))
        assert "Dự án nào cũng có mã số dự án." in words
