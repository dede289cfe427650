"""Companies' reports from a file: what becomes of each row, and what publishing and taking back do to the ledger."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from registry.actions import batch, report, statement
from registry.actions.batch_undo import RestsOnIt, undo
from registry.actions.project import withdraw_project
from registry.exchange.check.everything import problems
from registry.exchange.columns.report import OPERATING_REPORT, PLAIN
from registry.exchange.documents.report import build_report
from registry.exchange.files import write_csv, write_xlsx
from registry.exchange.imports.preview import preview_file
from registry.exchange.imports.template import write_template
from registry.models import CapitalEntry, Conflict, Country, ImportBatch, OperatingReport, Project
from registry.models.capital import MEASURES
from registry.vocabulary.batch import Fate
from registry.vocabulary.period import VagueDay
from registry.vocabulary.report import Contribution
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
HEADINGS = ["Mã số dự án", "Năm", "Quý", "Vốn thực hiện (USD)"]


def sheet(*rows, headings=HEADINGS) -> bytes:
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def previewed(data: bytes, name: str = "bao-cao.xlsx"):
    return preview_file(data, name, "operating-reports", now=NOW)


def told(data: bytes) -> list[tuple[str, str]]:
    return [(problem.cell, problem.code) for problem in previewed(data).problems]


def applied(data: bytes) -> ImportBatch:
    return build.make_batch(data, table="operating-reports")


def published(data: bytes) -> ImportBatch:
    made = applied(data)
    with build.act() as act:
        return batch.publish(act=act, batch=made)


def realised(project) -> str:
    return str(project.entries.filter(MEASURES["realised_usd"]).total_usd())


@pytest.fixture
def project():
    return build.make_project(irc_code="5421840814", name="Nhà máy chip")


class TestPreview:
    @pytest.mark.parametrize("who", ["code", "irc_code", "name"])
    @pytest.mark.parametrize("quarter", ["III", "3", 3, "Quý III", "quý 3"])
    def test_a_project_by_code_number_or_name_and_a_quarter_as_it_is_written(self, project, who, quarter):
        heading = "Tên dự án" if who == "name" else "Mã dự án"
        data = sheet([getattr(project, who), 2026, quarter, 5000], headings=[heading, *HEADINGS[1:]])
        preview = previewed(data)
        assert (preview.problems, [row.fate for row in preview.rows]) == ((), [Fate.NEW])
        made = preview.rows[0].makes[0]
        assert (made.project, made.year, made.quarter, made.realised_usd) == (project, 2026, 3, 5000)
        assert preview.rows[0].name == f"{project.code} quý III/2026"

    def test_english_headings_and_the_sum_of_the_parts(self, project):
        data = sheet([project.code, 2026, 2, 300, "-100.5", 7], headings=[
            "project.code", "year", "quarter", "Contributed capital, foreign (USD)", "loans_parent_usd",
            "Foreign workers"])
        made = previewed(data).rows[0].makes[0]
        assert (str(made.realised_usd), made.workers_foreign) == ("199.50", 7)

    @pytest.mark.parametrize(("row", "cell", "code"), [
        (["BN-999999", 2026, 3, 5], "A2", "no-such-record"), ([None, 2026, 3, 5], "A2", "missing"),
        (["5421840814", None, 3, 5], "B2", "missing"), (["5421840814", 2026, "V", 5], "C2", "not-in-list"),
        (["5421840814", 2026, "IV", 5], "C2", "quarter-not-over"), (["5421840814", 2026, 3, None], "D2", "missing"),
        (["5421840814", 1900, 3, 5], "B2", "invalid-value"), (["5421840814", 99999, 3, 5], "B2", "invalid-value"),
        (["5421840814", 2026, 3, "năm đồng"], "D2", "unreadable-amount"),
    ])
    def test_what_is_wrong_is_told_at_its_cell(self, project, row, cell, code):
        assert told(sheet(row)) == [(cell, code)]

    def test_parts_that_differ_and_what_cannot_be_negative(self, project):
        data = sheet([project.code, 2026, 3, 5, 4, -1], headings=[*HEADINGS, "Vay công ty mẹ", "Xuất khẩu"])
        assert told(data) == [("D2", "parts-differ"), ("F2", "negative-quantity")]

    def test_what_each_investor_paid_in(self, project):
        lead = build.make_investor(name="Alpha Electronics", country=Country.objects.get(code="KR"))
        here = build.make_investor(name="Công ty Việt", country=Country.objects.get(code="VN"))
        headings = [*HEADINGS[:3], "Nhà đầu tư góp vốn", "Góp bằng tiền", "Góp bằng máy móc"]
        data = sheet([project.code, 2026, 3, f"alpha electronics; {here.code}", "1.500.000; 200.000", "; 5,5"],
                     [project.code, 2026, 2, here.code, 7, None], headings=headings)
        first, second = (row.makes[0] for row in previewed(data).rows)
        assert [(each.investor, each.cash_usd, each.machinery_usd) for each in first.contributed] == [
            (lead.code, Decimal(1_500_000), None), (here.code, Decimal(200_000), Decimal("5.5"))]
        assert (first.contributed_domestic_usd, first.contributed_foreign_usd) == (Decimal("200005.5"), 1_500_000)
        assert (second.contributed_domestic_usd, second.realised_usd) == (7, 7)

    @pytest.mark.parametrize(("who", "cash", "told_at"), [
        ("NDT-X", 5, ("D2", "no-such-record")), ("{code}; {code}", "5; 6", ("D2", "contributor-twice")),
        ("{code}", "5; 6", ("E2", "count-differs")), ("{code}", "năm", ("E2", "unreadable-amount")),
        ("{code}", None, ("D2", "nothing-contributed")),
    ])
    def test_what_is_wrong_with_an_investor_is_told_there(self, project, who, cash, told_at):
        code = build.make_investor(country=Country.objects.get(code="KR")).code
        headings = [*HEADINGS[:3], "Nhà đầu tư góp vốn", "Góp bằng tiền"]
        assert told_at in told(sheet([project.code, 2026, 3, who.format(code=code), cash], headings=headings))

    def test_on_record_a_file_says_both_sides_too(self, project):
        investor = build.make_investor(country=Country.objects.get(code="KR"))
        build.make_report(project, quarter=(2026, 2))
        headings = [*HEADINGS[:3], "Nhà đầu tư góp vốn", "Góp bằng tiền"]
        assert told(sheet([project.code, 2026, 2, investor.code, 5_000_000], headings=headings)) == [
            ("A2", "missing"), ("A2", "missing")]

    def test_a_project_and_quarter_stand_once_in_a_file(self, project):
        data = sheet([project.code, 2026, 3, 5], [project.irc_code, 2026, "III", 6], [project.code, 2026, 2, 6])
        assert told(data) == [("C3", "row-twice")]

    def test_a_waiting_report_is_mended_and_an_accepted_one_is_not(self, project):
        made = build.make_report(project)
        assert [row.fate for row in previewed(sheet([project.code, 2026, 3, 5_000_000])).rows] == [Fate.UNCHANGED]
        row = previewed(sheet([project.code, 2026, 3, 6])).rows[0]
        assert (row.fate, row.code, [each.after for each in row.differences]) == (Fate.CHANGED, made.code, ["6"])
        with build.act() as act:
            report.accept(act=act, report=made)
        assert told(sheet([project.code, 2026, 3, 6])) == [("A2", "accepted-stands")]
        assert [row.fate for row in previewed(sheet([project.code, 2026, 3, 5_000_000])).rows] == [Fate.UNCHANGED]

    def test_the_queries_do_not_grow_with_the_rows(self):
        def queries(count: int) -> int:
            projects = [build.make_project(investors=()) for _number in range(count)]
            data = sheet(*([each.code, 2026, 3, 5] for each in projects))
            with CaptureQueriesContext(connection) as asked:
                assert previewed(data).counts[Fate.NEW] == count
            return len(asked)

        assert queries(2) == queries(12)


class TestBatch:
    def test_its_reports_wait_and_publishing_accepts_them(self, project):
        other = build.make_project()
        made = applied(sheet([project.code, 2026, 3, 5], [project.code, 2026, 2, -2], [other.code, 2026, 3, 0]))
        assert {each.state for each in OperatingReport.objects.all()} == {"waiting"} and realised(project) == "0.00"
        assert list(problems()) == []

        with build.act() as act:
            batch.publish(act=act, batch=made)

        reports = list(OperatingReport.objects.order_by("pk"))
        assert {each.state for each in reports} == {"accepted"}
        assert [each.entry and str(each.entry.amount_usd) for each in reports] == ["5.00", "-2.00", None]
        assert {each.source.reference for each in reports} == {made.code}
        assert (realised(project), reports[0].entry.counts_on) == ("3.00", date(2026, 9, 30))
        project.refresh_from_db()
        assert project.version == 2 and list(problems()) == []

    def test_it_accepts_what_still_waits(self, project):
        other = build.make_project()
        made = applied(sheet([project.code, 2026, 3, 5], [other.code, 2026, 3, 7]))
        first, second = OperatingReport.objects.order_by("pk")
        with build.act() as act:
            report.accept(act=act, report=first)
        with build.act() as act:
            report.return_(act=act, report=second)
        with build.act() as act:
            batch.publish(act=act, batch=made)
        assert [each.state for each in OperatingReport.objects.order_by("pk")] == ["accepted", "returned"]
        assert CapitalEntry.objects.filter(kind="disbursement").count() == 1 and list(problems()) == []

    def test_who_edited_one_of_its_reports_does_not_publish_it(self, project, settings):
        settings.TWO_PERSON_RULE = True
        made, user = applied(sheet([project.code, 2026, 3, 5])), build.make_officer("lan")
        with build.act(by=user) as act:
            report.amend_report(act=act, record=OperatingReport.objects.get(), realised_usd=Decimal(7))
        with refused(report.OwnReport), build.act(by=user) as act:
            batch.publish(act=act, batch=made)
        with build.act(by=build.make_officer("minh")) as act:
            batch.publish(act=act, batch=made)
        assert realised(project) == "7.00" and list(problems()) == []

    def test_what_it_mends_waits_to_be_accepted(self, project):
        made = build.make_report(project)
        with build.act() as act:
            report.return_(act=act, report=made)
        done = published(sheet([project.code, 2026, 3, 6]))
        made.refresh_from_db()
        assert (str(made.realised_usd), made.state) == ("6.00", "waiting")
        with build.act() as act:
            undo(act=act, batch=done, reason="nhầm")
        made.refresh_from_db()
        assert str(made.realised_usd) == "5000000.00" and list(problems()) == []

    def test_before_it_is_published_its_reports_are_deleted(self, project):
        made = applied(sheet([project.code, 2026, 3, 5]))
        with build.act() as act:
            undo(act=act, batch=made, reason="nhầm")
        assert not OperatingReport.objects.exists() and list(problems()) == []

    def test_after_that_they_are_withdrawn_and_reversed(self, project):
        data = sheet([project.code, 2026, 3, 5], [build.make_project().code, 2026, 3, 0])
        made = published(data)
        with build.act() as act:
            undo(act=act, batch=made, reason="nhầm tệp")
        assert {(each.state, each.entry) for each in OperatingReport.objects.all()} == {("withdrawn", None)}
        assert realised(project) == "0.00" and project.entries.get(kind="reversal").note == "nhầm tệp"
        assert list(problems()) == []
        published(data)  # the quarter is free again
        assert realised(project) == "5.00" and list(problems()) == []

    def test_what_differs_becomes_a_conflict_that_ends_with_the_batch(self, project):
        build.make_entry(project, 2, kind="disbursement", decided_on=date(2025, 11, 30))
        headings = [*HEADINGS, "Lũy kế từ khi cấp"]
        made = published(sheet([project.code, 2026, 3, 5, 9], [build.make_project().code, 2026, 3, 4, 4],
                               headings=headings))
        conflict = Conflict.objects.get()
        assert (conflict.report.project, conflict.state, list(problems())) == (project, "open", [])
        assert conflict.why.endswith("công ty báo cáo 9 USD, sổ vốn 7 USD.")
        with build.act() as act:
            statement.confirm(act=act, conflict=conflict, outcome="chờ công ty")
        with build.act() as act:
            undo(act=act, batch=made, reason="nhầm tệp")
        conflict.refresh_from_db()
        assert (conflict.state, list(problems())) == ("resolved", [])

    @pytest.mark.parametrize("further", ["", "withdrawn", "project withdrawn"])
    def test_what_somebody_has_taken_back_already_is_not_reversed_twice(self, project, further):
        made = published(sheet([project.code, 2026, 3, 5]))
        with build.act() as act:
            if further == "project withdrawn":
                withdraw_project(act=act, project=Project.objects.get(pk=project.pk), reason="không có thật")
            else:
                report.take_back(act=act, report=OperatingReport.objects.get())
            if further == "withdrawn":
                report.withdraw_report(act=act, report=OperatingReport.objects.get())
        with build.act() as act:
            undo(act=act, batch=made, reason="nhầm")
        assert (OperatingReport.objects.get().state, realised(project)) == ("withdrawn", "0.00")
        assert list(problems()) == []

    def test_not_once_one_was_accepted_anew_or_mended(self, project):
        made = published(sheet([project.code, 2026, 3, 5]))
        with build.act() as act:
            report.take_back(act=act, report=OperatingReport.objects.get())
        with build.act() as act:
            report.accept(act=act, report=OperatingReport.objects.get())
        with refused(RestsOnIt), build.act() as act:
            undo(act=act, batch=made, reason="nhầm")
        with build.act() as act:
            report.take_back(act=act, report=OperatingReport.objects.get())
        with build.act() as act:
            report.amend_report(act=act, record=OperatingReport.objects.get(), realised_usd=Decimal(7))
        with refused(RestsOnIt), build.act() as act:
            undo(act=act, batch=made, reason="nhầm")

    def test_a_project_that_ended_meanwhile_refuses_the_whole_batch(self, project):
        from_file = sheet([build.make_project().code, 2026, 3, 1], [project.code, 2026, 3, 5])
        made = applied(from_file)
        with build.act() as act:
            build.make_certificate(project, act=act, kind="termination", decided_on=date(2026, 6, 1))
        with refused(Exception), build.act() as act:
            batch.publish(act=act, batch=made)


class TestFiles:
    def test_the_template_is_filled_and_taken(self, project):
        out = io.BytesIO()
        write_template(out, "operating-reports", today=date(2026, 11, 20))
        book = load_workbook(io.BytesIO(out.getvalue()))
        places = {cell.value.removesuffix(" *"): cell.column for cell in book.worksheets[0][1]}
        assert {"Mã dự án", "Năm", "Quý", "Vốn thực hiện trong quý (USD)", "Khó khăn, kiến nghị"} <= places.keys()
        for heading, value in {"Mã dự án": project.code, "Năm": 2026, "Quý": "III", "Ngày nhận báo cáo": "08/10/2026",
                               "Vốn thực hiện trong quý (USD)": 5, "Điện (kWh)": 12.5}.items():
            book.worksheets[0].cell(3, places[heading]).value = value
        filled = io.BytesIO()
        book.save(filled)
        preview = previewed(filled.getvalue())
        assert (preview.problems, preview.counts[Fate.NEW]) == ((), 1)
        made = preview.rows[0].makes[0]
        assert (made.received_on, made.electricity_kwh) == (date(2026, 10, 8), Decimal("12.5"))

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_what_the_register_would_give_it_takes_unchanged(self, project, form):
        investor = build.make_investor(country=Country.objects.get(code="KR"))
        made = build.make_report(project, source=build.make_source(), received_on=date(2026, 10, 8),
                                 revenue_usd=Decimal("0.07"), workers_foreign=0, difficulties="thiếu\nđiện",
                                 realised_usd=None, contributions=[
                                     Contribution(investor.code, None, Decimal("5.5")).as_plain()])
        with build.act() as act:
            report.accept(act=act, report=made)
        documents, out = [build_report(OperatingReport.objects.get(), PLAIN)], io.BytesIO()
        if form == "csv":
            write_csv(out, OPERATING_REPORT.table(), documents)
        else:
            write_xlsx(out, OPERATING_REPORT.table(), documents, today=date(2026, 11, 20))
        preview = previewed(out.getvalue(), f"a.{form}")
        assert (preview.problems, [row.fate for row in preview.rows]) == ((), [Fate.UNCHANGED])


class TestPlausibility:
    SINCE = [*HEADINGS, "Lũy kế từ khi cấp GCNĐKĐT"]

    def test_a_quarter_before_the_licence_is_an_error(self):
        project = build.make_project(licensed_on=VagueDay.exact(date(2026, 4, 1)))
        assert told(sheet([project.code, 2026, 1, 5], [project.code, 2026, 2, 5])) == [
            ("C2", "quarter-before-licence")]

    def test_what_is_hard_to_believe_is_noted(self):
        project = build.make_project(capital_usd=1000)
        data = sheet([project.code, 2026, 1, 5, 900], [project.code, 2026, 2, 5, 800],
                     [project.code, 2026, 3, 5, 1501], headings=self.SINCE)
        preview = previewed(data)
        assert not preview.problems
        assert [len(row.notes) for row in preview.rows] == [0, 1, 1]
        assert "nhỏ hơn lũy kế của quý I/2026" in preview.rows[1].notes[0]
