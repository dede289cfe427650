"""The form A.IV.1 at the officers' door: the page, its Excel file, and what is typed into it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from registry.actions import report
from registry.models import Change, FormFigure
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.role import Role
from tests import build
from tests.examples.conftest import recording

pytestmark = pytest.mark.django_db
THIRD = {"year": 2026, "quarter": 3}
TYPE = "/admin/a-iv-1/type/?year=2026&quarter=3&row=granted_new_usd"


@pytest.fixture
def statistician(client) -> Client:
    client.force_login(build.make_officer("tam", Role.STATISTICIAN))
    return client


def sheet(client, **asked):
    answer = client.get("/admin/a-iv-1/", {**THIRD, "format": "xlsx", **asked})
    return load_workbook(BytesIO(b"".join(answer))).active


def test_the_workbook_has_the_form_s_headings_cells_and_signatures(statistician):
    build.make_project(capital_usd=Decimal("12500000.40"), decided_on=date(2026, 8, 1))
    found = sheet(statistician)
    texts = {cell.value: cell for row in found.iter_rows() for cell in row if cell.value is not None}
    assert {"Biểu A.IV.1", "NGƯỜI LẬP BIỂU", "(10)", "N/A", "CẤP ĐĂNG KÝ ĐẦU TƯ"} <= texts.keys()
    merged = {str(area) for area in found.merged_cells.ranges}
    head = texts["Lũy kế từ đầu năm đến hết quý báo cáo"].row
    assert {f"A{head}:A{head + 1}", f"D{head}:F{head}", f"H{head}:J{head}"} <= merged
    [row] = [row for row in found.iter_rows(min_row=head) if row[4].value == 12.5000004]
    assert (row[0].value, row[1].value, row[2].value, row[4].number_format) == (
        "b", "Vốn đăng ký", "triệu USD", "#,##0.00")
    assert found.page_setup.orientation == "landscape"


def test_a_page_shows_it_and_says_what_is_wrong(statistician):
    build.make_project(capital_usd=12_500_000, decided_on=date(2026, 8, 1))
    assert "12,50" in statistician.get("/admin/a-iv-1/", THIRD).content.decode()
    future = statistician.get("/admin/a-iv-1/", {"year": 2099, "quarter": 1})
    assert future.status_code == 400
    assert "chưa bắt đầu" in future.content.decode()
    for wrong in ({"quarter": 5}, {"year": "x"}, {"registrar": "REG-999999"}):
        assert statistician.get("/admin/a-iv-1/", THIRD | wrong).status_code == 400


def test_typing_marks_the_cell_and_says_who(statistician):
    page = statistician.get(TYPE)
    sent = {"key": "a1", "seen": page.context["form"].initial["seen"], "expected": "400 triệu", "quarter": "1,5 triệu",
            "reason": "theo công văn 12"}
    assert statistician.post(TYPE, sent).status_code == 302
    assert sorted(FormFigure.objects.values_list("column", "value")) == [
        ("expected", Decimal(400_000_000)), ("quarter", Decimal(1_500_000))]
    shown = statistician.get("/admin/a-iv-1/", THIRD).content.decode()
    assert "tam, " in shown and "theo công văn 12" in shown and "is-typed" in shown
    typed = [cell for row in sheet(statistician).iter_rows() for cell in row if cell.value == 1.5]
    assert typed[0].number_format.endswith('"*"')
    rows = statistician.get("/admin/a-iv-1/", THIRD | {"format": "json"}).json()["rows"]
    [row] = [row for row in rows if row["key"] == "granted_new_usd"]
    assert (row["quarter"], row["expected"], row["typed"]) == ("1500000.00", "400000000.00", ["quarter", "expected"])


def test_a_form_of_file_that_it_does_not_have(statistician):
    for address, forms in (("/admin/a-iv-1/", "xlsx, json"), ("/admin/a-iv-4/", "xlsx, json")):
        answer = statistician.get(address, {"format": "pdf"})
        assert answer.status_code == 400
        assert f"Không có dạng tệp “pdf”; hãy chọn: {forms}." in answer.content.decode()


def test_the_second_of_two_officers_is_told(statistician):
    seen = statistician.get(TYPE).context["form"].initial["seen"]
    assert statistician.post(TYPE, {"key": "a1", "seen": seen, "expected": "4"}).status_code == 302
    late = statistician.post(TYPE, {"key": "a2", "seen": seen, "expected": "5"})
    assert late.status_code == 200 and "đã được người khác sửa" in late.content.decode()
    assert FormFigure.objects.get().value == 4
    assert Change.objects.filter(kind="form-figure").count() == 1


def test_who_only_looks_may_not_type(client):
    client.force_login(build.make_officer("nam", Role.READER))
    assert client.get("/admin/a-iv-1/").status_code == 200
    assert client.get(TYPE).status_code == 403


def test_a_computed_figure_opens_its_rows(statistician):
    project = build.make_project(name="Nhà máy mười hai", capital_usd="12500000.00", decided_on=date(2026, 8, 1))
    shown = statistician.get("/admin/a-iv-1/", THIRD).content.decode()
    address = "/admin/a-iv-1/rows/?year=2026&amp;quarter=3&amp;row=granted_new_usd&amp;column=quarter"
    assert f'<a href="{address}">' in shown and "column=expected" not in shown
    asked = THIRD | {"row": "granted_new_usd", "column": "quarter"}
    rows = statistician.get("/admin/a-iv-1/rows/", asked).content.decode()
    assert "Nhà máy mười hai" in rows and project.entries.get().code in rows and "12.500.000 USD" in rows
    for wrong in ({"row": "received_bought"}, {"row": "x"}, {"column": "expected"}, {"year": "2099"}):
        assert statistician.get("/admin/a-iv-1/rows/", asked | wrong).status_code == 404


@pytest.mark.parametrize(("row", "amount"), [("received_adjusted_usd", "2.000 USD"), ("export", "5 USD")])
def test_what_was_known_on_a_day_opens_its_rows(statistician, row, amount):
    """A dossier, and a report that was taken back since."""
    with recording(2026, 10, 9) as act:
        project = build.make_project(act=act, name="Nhà máy mười hai")
        dossier = build.make_certificate(project, act=act, kind=CertificateKind.AMENDMENT, step=1, amount_usd=2000,
                                         received_on=date(2026, 8, 3), decided_on=date(2026, 8, 9))
        stated = build.make_report(project, act=act, quarter=(2026, 3), realised_usd="0", export_usd=Decimal(5))
        report.accept(act=act, report=stated)
    with recording(2026, 10, 20) as act:
        report.take_back(act=act, report=stated, note="sai")
    asked = THIRD | {"row": row, "column": "quarter"}
    code = stated.code if row == "export" else dossier.code
    known = statistician.get("/admin/a-iv-1/rows/", asked | {"known_on": "2026-10-10"}).content.decode()
    assert code in known and "Nhà máy mười hai" in known and amount in known
    now = statistician.get("/admin/a-iv-1/rows/", asked).content.decode()
    assert (code in now) == (row != "export")


def test_a_typed_quarter_above_the_year_so_far_is_told_at_once(statistician):
    page = statistician.get(TYPE)
    sent = {"key": "a1", "seen": page.context["form"].initial["seen"], "quarter": "1,5 triệu"}
    after = statistician.post(TYPE, sent, follow=True)
    told = [str(each) for each in after.context["messages"]]
    assert len(told) == 2 and told[1].startswith("Cần xem lại: III. Cấp mới: Vốn đăng ký: số của quý lớn hơn")


def test_dossiers_without_capital_are_counted_and_listed(statistician):
    """In the page's notes, in JSON, and among the rows."""
    for asked_usd in (None, Decimal(5_000_000)):
        build.make_dossier(build.make_project(), kind=CertificateKind.FIRST_ISSUE, step=None, asked_usd=asked_usd,
                           received_on=date(2026, 8, 3))
    note = "Hồ sơ cấp mới không nêu vốn, chưa cộng ở mục II.1.b: (5) quý báo cáo: 1 hồ sơ"
    assert note in statistician.get("/admin/a-iv-1/", THIRD).content.decode()
    assert any(note in str(cell.value) for row in sheet(statistician).iter_rows() for cell in row)
    rows = statistician.get("/admin/a-iv-1/", THIRD | {"format": "json"}).json()["rows"]
    [row] = [row for row in rows if row["key"] == "received_new_usd"]
    assert (row["quarter"], row["unstated"]) == ("5000000.00", {"quarter": 1, "year": 1})
    for known in ({}, {"known_on": timezone.localdate().isoformat()}):
        asked = THIRD | {"row": "received_new_usd", "column": "quarter"} | known
        shown = statistician.get("/admin/a-iv-1/rows/", asked).content.decode()
        assert "hồ sơ không nêu" in shown and "5.000.000 USD" in shown


def test_what_is_of_no_registrar_stands_on_the_province_s_page_alone(statistician):
    board = build.make_registrar()
    build.make_project(name="Của ban", capital_usd=7, decided_on=date(2026, 8, 1), registrar=board)
    heading = "Không rõ cơ quan đăng ký đầu tư"
    assert heading not in statistician.get("/admin/a-iv-1/", THIRD).content.decode()
    build.make_project(name="Không ai biết", capital_usd=2_000_000, decided_on=date(2026, 8, 1))
    page = statistician.get("/admin/a-iv-1/", THIRD)
    assert heading in page.content.decode()
    [_times, part] = page.context["of_nobody"]
    value, address = part.cells[1]
    assert (part.called, value) == ("III. Cấp mới: Vốn đăng ký", Decimal(2_000_000))
    known = statistician.get("/admin/a-iv-1/", THIRD | {"known_on": timezone.localdate().isoformat()})
    [_times, then] = known.context["of_nobody"]
    assert (then.called, then.cells[1][0]) == (part.called, value)
    for each in (address, then.cells[1][1]):
        shown = statistician.get(each).content.decode()
        assert heading in shown and "Không ai biết" in shown and "Của ban" not in shown
    of_board = statistician.get("/admin/a-iv-1/", THIRD | {"registrar": board.code})
    assert heading not in of_board.content.decode()
    assert statistician.get(f"{address}&registrar={board.code}").status_code == 404
