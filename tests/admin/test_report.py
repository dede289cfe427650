"""Companies' quarterly reports at the officers' door: the form, the list, the project's page."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from registry.actions import report
from registry.admin.address import address_of
from registry.models import Change, Conflict, Country, OperatingReport
from registry.vocabulary.period import VagueDay
from registry.vocabulary.report import Quarter
from tests import build
from tests.admin.clerk import errors_of, words_of

pytestmark = pytest.mark.django_db

LIST, CONFLICTS = "/admin/registry/operatingreport/", "/admin/registry/conflict/"


def accept(made: OperatingReport) -> OperatingReport:
    with build.act() as act:
        report.accept(act=act, report=made)
    return OperatingReport.objects.get(pk=made.pk)


class TestForm:
    def test_a_report_is_typed_as_the_form_has_it(self, clerk):
        project = build.make_project()
        url, fields = clerk.opens(OperatingReport, project=project.pk)
        quarter = Quarter.before(timezone.localdate())
        assert (fields["project"], fields["year"], fields["quarter"]) == (
            [str(project.pk)], [str(quarter.year)], [str(quarter.number)])

        answer = clerk.sends(url, fields, year=2026, quarter=3, received_on="08/10/2026", loans_parent_usd="−1,5 triệu",
                             contributed_foreign_usd="2 triệu", electricity_kwh="1.250.000,5", workers_foreign="12")

        assert answer.status_code == 302, errors_of(answer)
        made = OperatingReport.objects.get()
        assert (made.project, str(made.of_quarter), str(made.realised_usd)) == (project, "quý III/2026", "500000.00")
        assert (str(made.electricity_kwh), made.workers_foreign, made.received_on) == (
            "1250000.50", 12, date(2026, 10, 8))
        assert Change.objects.latest("seq").act.by == clerk.user

    @pytest.mark.parametrize(("typed", "field", "words"), [
        ({"year": timezone.localdate().year, "quarter": 4, "realised_usd": "1"}, "quarter", "chưa kết thúc"),
        ({"realised_usd": ""}, "realised_usd", "Hãy ghi vốn thực hiện"),
        ({"realised_usd": "5", "loans_parent_usd": "4"}, "__all__", "phải bằng tổng"),
        ({"year": 1900, "realised_usd": "1"}, "year", "1987"),
        ({"export_usd": "−1", "realised_usd": "1"}, "__all__", "không được âm"),
    ])
    def test_what_is_refused_is_said_at_its_field(self, clerk, typed, field, words):
        url, fields = clerk.opens(OperatingReport, project=build.make_project().pk)
        answer = clerk.sends(url, fields, **{"year": 2026, "quarter": 3} | typed)
        assert words in " ".join(errors_of(answer)[field]) and not OperatingReport.objects.exists()

    def test_what_each_investor_paid_in_is_typed_as_lines(self, clerk):
        lead = build.make_investor(name="Alpha; Beta", country=Country.objects.get(code="KR"))
        other = build.make_investor(name="Công ty Việt", country=Country.objects.get(code="VN"))
        project = build.make_project(investors=[lead, other])
        url, fields = clerk.opens(OperatingReport, project=project.pk)
        assert fields["contributions"] == [f"{lead.code} Alpha, Beta; ; ;\n{other.code} Công ty Việt; ; ;"]

        answer = clerk.sends(url, fields, year=2026, quarter=2, contributions=(
            f"{lead.code} Alpha, Beta; 2 triệu; 500.000,5\r\n{other.code}\t100.000\t\t-20.000"))

        assert answer.status_code == 302, errors_of(answer)
        made = OperatingReport.objects.get()
        assert (str(made.contributed_domestic_usd), str(made.contributed_foreign_usd)) == ("80000.00", "2500000.50")
        page = clerk.client.get(reverse("admin:registry_operatingreport_change", args=[made.pk]))
        words = words_of(page)
        assert f"{lead.code} Alpha; Beta nước ngoài 2.000.000 500.000,50 2.500.000,50" in words
        assert f"{other.code} Công ty Việt Việt Nam 100.000 -20.000 80.000" in words.replace("−", "-")
        _url, fields = clerk.opens(made)
        assert fields["contributions"][0].splitlines()[0] == f"{lead.code} Alpha, Beta; 2.000.000; 500.000,50;"
        assert clerk.saves(made, revenue_usd="7").status_code == 302
        made.refresh_from_db()
        assert [each.usd for each in made.contributed] == [Decimal("2500000.5"), 80_000]

    def test_a_new_report_without_contributions_keeps_none(self, clerk):
        url, fields = clerk.opens(OperatingReport, project=build.make_project().pk)
        assert clerk.sends(url, fields, year=2026, quarter=2, realised_usd="1").status_code == 302
        assert OperatingReport.objects.get().contributions == []

    @pytest.mark.parametrize(("line", "words"), [
        ("NDT-X; 5", "không có nhà đầu tư mã “NDT-X”"), ("{code}; 1; 2; 3; 4", "quá nhiều phần"),
        ("{code}; năm đồng", "năm đồng"), ("; 5", "không có nhà đầu tư mã “”"), ("{code}; 5\n{code}; 6", "hai dòng"),
    ])
    def test_a_line_that_cannot_be_read_is_said_there(self, clerk, line, words):
        investor = build.make_investor()
        url, fields = clerk.opens(OperatingReport, project=build.make_project(investors=[investor]).pk)
        typed = line.format(code=investor.code)
        answer = clerk.sends(url, fields, year=2026, quarter=2, realised_usd="5", contributions=typed)
        assert words in errors_of(answer)["contributions"][0] and not OperatingReport.objects.exists()
        assert typed in answer.context["adminform"].form["contributions"].value()

    def test_what_adds_up_is_told_for_the_year_and_all_quarters(self, clerk):
        project = build.make_project()
        for quarter, revenue in (((2025, 4), 10), ((2026, 1), 20), ((2026, 3), 40)):
            made = build.make_report(project, quarter=quarter, revenue_usd=revenue)
        words = words_of(clerk.client.get(reverse("admin:registry_operatingreport_change", args=[made.pk])))
        assert "Doanh thu thuần (USD) 40 60 70" in words and "Năm này còn thiếu báo cáo quý II." in words

    def test_a_quarter_that_was_reported_is_named(self, clerk):
        made = build.make_report(build.make_project())
        url, fields = clerk.opens(OperatingReport, project=made.project.pk)
        answer = clerk.sends(url, fields, year=2026, quarter=3, realised_usd="1")
        assert made.code in errors_of(answer)["quarter"][0]

    def test_a_waiting_report_is_amended_and_its_project_stays(self, clerk):
        made = build.make_report(build.make_project())
        assert clerk.saves(made, realised_usd="7").status_code == 302
        made.refresh_from_db()
        assert str(made.realised_usd) == "7.00"
        _url, fields = clerk.opens(made)
        assert "project" not in fields and fields["realised_usd"] == ["7"]

    def test_an_accepted_report_is_only_read(self, clerk):
        made = accept(build.make_report(build.make_project(), realised_since_usd=9_000_000))
        url = reverse("admin:registry_operatingreport_change", args=[made.pk])
        answer = clerk.client.get(url)
        words = words_of(answer)
        assert b'name="_save"' not in answer.content and b'name="realised_usd"' not in answer.content
        assert "5.000.000" in words and made.entry.code in words and "trước ngày 10/10/2026" in words
        assert "Từ khi cấp GCNĐKĐT 9.000.000 5.000.000 4.000.000" in words

    def test_what_was_typed_while_another_accepted_it_is_not_lost(self, clerk):
        made = build.make_report(build.make_project())
        url, fields = clerk.opens(made)
        accept(made)
        answer = clerk.sends(url, fields, revenue_usd="123")
        assert answer.status_code == 200 and "Trong lúc bạn sửa" in words_of(answer)
        assert b'value="123"' in answer.content
        fields["version"] = [str(OperatingReport.objects.get().version)]
        answer = clerk.sends(url, fields, revenue_usd="123")
        assert "Hãy rút tiếp nhận trước" in words_of(answer) and b'value="123"' in answer.content
        made.refresh_from_db()
        assert made.revenue_usd is None


class TestList:
    def test_it_tells_the_quarter_and_who_was_late(self, clerk):
        project = build.make_project(name="Nhà máy chip")
        build.make_report(project, received_on=date(2026, 10, 10))
        words = words_of(clerk.client.get(LIST, {"q": "nha may chip"}))
        assert "quý III/2026 5.000.000 10/10/2026, nộp muộn chờ tiếp nhận" in words
        assert "chip" not in words_of(clerk.client.get(LIST, {"q": "khong co"})).split("Tìm")[0]

    def test_the_queries_do_not_grow_with_the_rows(self, clerk):
        clerk.queries(LIST)
        project = build.make_project()
        build.make_report(project)
        before = clerk.queries(LIST)
        for number in (1, 2):
            build.make_report(project, quarter=(2026, number))
            build.make_report(build.make_project(), quarter=(2026, number))
        assert clerk.queries(LIST) == before

    def test_a_report_is_found_by_its_code(self, clerk):
        made = build.make_report(build.make_project())
        answer = clerk.client.get("/admin/search/", {"q": made.code})
        assert answer["Location"] == reverse("admin:registry_operatingreport_change", args=[made.pk])


class TestProject:
    def test_its_page_has_its_reports_and_the_way_to_another(self, clerk):
        project = build.make_project()
        made = accept(build.make_report(project))
        answer = clerk.client.get(reverse("admin:registry_project_change", args=[project.pk]))
        words = words_of(answer)
        assert f"Báo cáo quý Nhập báo cáo quý Báo cáo Kỳ Ngày nhận Vốn thực hiện (USD) Tình trạng {made.code}" in words
        assert f"?project={project.pk}" in answer.content.decode()
        assert f"theo báo cáo quý {made.code}" in words  # and its entry offers no reversal
        assert reverse("admin:registry_capitalentry_reverse", args=[made.entry.pk]) not in answer.content.decode()

    def test_the_queries_do_not_grow_with_its_reports(self, clerk):
        project = build.make_project()
        url = reverse("admin:registry_project_change", args=[project.pk])
        accept(build.make_report(project, quarter=(2025, 1)))
        clerk.queries(url)
        before = clerk.queries(url)
        for number in (2, 3, 4):
            accept(build.make_report(project, quarter=(2025, number)))
        assert clerk.queries(url) == before

    def test_its_history_tells_them(self, clerk):
        project = build.make_project()
        made = accept(build.make_report(project))
        words = words_of(clerk.client.get(reverse("admin:registry_project_history", args=[project.pk])))
        assert f"báo cáo quý {made.code}" in words and "Tiếp nhận" in words


class TestDesk:
    def test_it_says_which_quarter_is_due_and_by_when(self, clerk):
        today = timezone.localdate()
        quarter = Quarter.before(today)
        project = build.make_project(licensed_on=VagueDay.exact(date(2023, 5, 15)))
        words = words_of(clerk.client.get(reverse("admin:index")))
        told = f"{quarter}, trước ngày {quarter.due_before:%d/%m/%Y}"
        assert f"Báo cáo quý đến hạn {told} 1 dự án" in words
        listed = clerk.client.get("/admin/registry/project/", {"task": "due"})
        assert listed.context["cl"].result_count == 1 and f"Báo cáo quý đến hạn ({told})" in words_of(listed)
        build.make_report(project, quarter=(quarter.year, quarter.number))
        words = words_of(clerk.client.get(reverse("admin:index")))
        assert f"Báo cáo quý đến hạn {told} không có" in words and "Báo cáo quý chờ tiếp nhận 1 báo cáo quý" in words
        assert clerk.client.get(LIST, {"task": "waiting"}).context["cl"].result_count == 1

    def test_what_differs_from_the_ledger_waits_among_the_conflicts(self, clerk):
        made = accept(build.make_report(build.make_project(), realised_year_usd=9))
        words = words_of(clerk.client.get(reverse("admin:index")))
        assert "Lũy kế báo cáo khác sổ vốn 1 mâu thuẫn giữa các nguồn" in words
        assert "Mâu thuẫn chờ xem xét không có" in words
        conflict = Conflict.objects.get(report=made)
        listed = clerk.client.get(CONFLICTS, {"task": "differing"})
        assert list(listed.context["cl"].result_list) == [conflict]
        assert made.code in words_of(listed) and "công ty báo cáo 9 USD, sổ vốn 5.000.000 USD" in words_of(listed)
        page = words_of(clerk.client.get(address_of(conflict)))
        assert f"Lũy kế của {made.code} khác sổ vốn" in page and "Sổ vốn (USD)" in page
        assert list(clerk.client.get(CONFLICTS, {"q": made.project.code}).context["cl"].result_list) == [conflict]
        assert clerk.client.get(address_of(conflict, "history")).status_code == 200


def test_what_is_hard_to_believe_is_said_when_it_is_saved_and_on_its_page(clerk):
    project = build.make_project(capital_usd=1000)
    answer = clerk.saves(OperatingReport, project=project.pk, year="2026", quarter="2", realised_usd="2000")
    assert any("lớn hơn nhiều vốn đăng ký" in str(each) for each in get_messages(answer.wsgi_request))
    page = clerk.client.get(address_of(OperatingReport.objects.get())).content.decode()
    assert "lớn hơn nhiều vốn đăng ký 1.000 USD" in page
