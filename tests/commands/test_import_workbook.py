"""The importer from the shell: what it prints, what it writes, how it ends."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from registry.actions import batch
from registry.exchange.imports.preview import TABLES
from registry.models import ImportBatch, Project, RowProblem
from tests import build
from tests.exchange import damaged_workbooks as damaged
from tests.exchange.officers_list import officers_list, row, sheet_of
from tests.unchanged import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def written(data: bytes, name: str = "danh-muc.xlsx"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written


def run(path, *options, table: str = "projects") -> tuple[dict, int]:
    """What the command prints for programs, and its exit code."""
    out, code = io.StringIO(), 0
    try:
        call_command("import_workbook", str(path), "--json", *options, table=table, stdout=out)
    except SystemExit as end:
        code = end.code
    return json.loads(out.getvalue()), code


def test_the_preview_for_programs(file):
    before = everything()
    answer, code = run(file(officers_list()))
    assert code == 0
    assert answer == {"rows": 3, "new": 3, "changed": 0, "unchanged": 0, "conflicts": 0, "errors": [], "batch": None}
    assert everything() == before


def test_errors_have_sheet_cell_code_and_message_and_exit_1(file):
    answer, code = run(file(sheet_of([row(), row(c7="abc", c4="2")])))
    assert code == 1
    assert (answer["rows"], answer["new"]) == (2, 1)
    assert [set(error) for error in answer["errors"]] == [{"sheet", "cell", "code", "message"}]
    assert (answer["errors"][0]["sheet"], answer["errors"][0]["cell"]) == ("Sheet", "H3")


@pytest.mark.parametrize("bad", damaged.REFUSED, ids=lambda bad: bad.name)
def test_a_file_that_cannot_be_read_is_one_error(file, bad):
    answer, code = run(file(bad.make(), bad.name))
    assert code == 1
    assert [(error["sheet"], error["cell"], error["code"]) for error in answer["errors"]] == [(None, None, bad.refused)]
    assert answer["rows"] == 0


def test_apply_and_undo(file):
    officer = build.make_user("canbo")
    path = file(officers_list())
    answer, code = run(path, "--apply", "--by", "canbo")
    made = ImportBatch.objects.get(pk=answer["batch"])
    assert (code, made.file_name, made.acts.get().by) == (0, "danh-muc.xlsx", officer)
    again, _code = run(path, "--apply", "--by", "canbo")
    assert (again["unchanged"], again["batch"]) == (3, made.pk)

    call_command("undo_batch", str(made.pk), by="canbo", stdout=io.StringIO())
    assert not Project.objects.filter(name__startswith="Nhà máy").exists()
    with pytest.raises(CommandError):
        call_command("undo_batch", made.code, by="canbo")


def test_apply_needs_an_officer(file):
    path = file(officers_list())
    for options in (["--apply"], ["--apply", "--by", "nobody"]):
        with pytest.raises(CommandError):
            run(path, *options)


def test_apply_refuses_errors_and_keeps_them(file):
    build.make_user("canbo")
    answer, code = run(file(sheet_of([row(c7="abc")])), "--apply", "--by", "canbo")
    assert (code, answer["batch"]) == (1, None)
    assert RowProblem.objects.get().cell == "H2"
    assert not ImportBatch.objects.exists()


def test_conflicts_alone_exit_0_and_are_not_applied(file):
    build.make_user("canbo")
    for _time in range(2):
        build.make_investor(name="ABC Electronics")
    path = file(officers_list())
    answer, code = run(path)
    assert (code, answer["conflicts"], answer["errors"]) == (0, 2, [])
    with pytest.raises(CommandError):
        run(path, "--apply", "--by", "canbo")
    assert not ImportBatch.objects.exists()


def test_a_batch_on_which_something_rests_says_what(file):
    build.make_user("canbo")
    answer, _code = run(file(officers_list()), "--apply", "--by", "canbo")
    project = Project.objects.get(irc_code="5421840814")
    build.make_milestone(project)
    with pytest.raises(CommandError, match=project.code):
        call_command("undo_batch", str(answer["batch"]), by="canbo")


def test_a_heading_without_rows_changes_nothing(file):
    build.make_user("canbo")
    path = file(sheet_of([]))
    answer, code = run(path, "--apply", "--by", "canbo")
    assert (code, answer["rows"], answer["errors"], answer["batch"]) == (0, 0, [], None)
    assert not ImportBatch.objects.exists()
    out = io.StringIO()
    call_command("import_workbook", str(path), table="projects", stdout=out)
    assert "chỉ có dòng tiêu đề" in out.getvalue()
    assert run(file(sheet_of([("Tổng quan", "Năm 2026")], heading=None)))[1] == 1


def test_a_file_that_there_is_not_is_told_in_vietnamese(tmp_path):
    with pytest.raises(CommandError, match="Không có tệp “.*khong-co.xlsx”"):
        run(tmp_path / "khong-co.xlsx")
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        run(tmp_path)


@pytest.mark.parametrize("table", TABLES)
def test_a_template_is_taken_as_it_is_given(tmp_path, table):
    path = tmp_path / "mau.xlsx"
    call_command("write_template", table, str(path))
    book = load_workbook(path)
    assert book.sheetnames == ["Sheet1", "Lists"]
    assert book["Lists"].sheet_state == "hidden"
    assert book["Sheet1"]["A2"].value == "VÍ DỤ"
    assert table == "projects" or book["Sheet1"].data_validations.dataValidation or table == "certificates"
    answer, _code = run(path, table=table)
    assert [error["code"] for error in answer["errors"]] == ["no-sheet"]


def test_a_filled_template(tmp_path):
    """50 rows of which 3 are wrong, mended, applied, published."""
    build.make_user("canbo")
    path = tmp_path / "mau.xlsx"
    call_command("write_template", "projects", str(path))
    book = load_workbook(path)
    sheet = book["Sheet1"]
    places = {cell.value.removesuffix(" *"): cell.column for cell in sheet[1]}
    for number in range(50):
        for heading, value in {
            "Tên": f"Dự án {number}", "Nhà đầu tư": "ABC Electronics", "Quốc tịch": "Hàn Quốc",
            "Mã số dự án": f"54{number:08}", "Ngày cấp lần đầu": "15/05/2023", "Vốn đăng ký (USD)": 1_000_000 + number,
            "KCN": "KCN Quang Châu", "Hình thức đầu tư": "liên doanh",
        }.items():
            sheet.cell(number + 3, places[heading]).value = value
    for number, heading, value in ((5, "KCN", "KCN Lạ"), (6, "Ngày cấp lần đầu", "31/02/2023"), (7, "Tên", None)):
        sheet.cell(number, places[heading]).value = value
    book.save(path)
    answer, code = run(path)
    assert (code, answer["rows"], answer["new"], len(answer["errors"])) == (1, 50, 47, 3)

    for number, heading, value in ((5, "KCN", "KCN Quang Châu"), (6, "Ngày cấp lần đầu", "28/02/2023"),
                                   (7, "Tên", "Dự án 4")):
        sheet.cell(number, places[heading]).value = value
    book.save(path)
    answer, code = run(path, "--apply", "--by", "canbo")
    assert (code, answer["new"]) == (0, 50)
    with build.act() as act:
        batch.publish(act=act, batch=ImportBatch.objects.get(pk=answer["batch"]))
    assert Project.objects.public().filter(name__startswith="Dự án ", zone__code="quang-chau").count() == 50


def test_a_table_that_there_is_not_is_told(file, tmp_path, table="nonsense"):
    with pytest.raises(CommandError, match=table):
        call_command("import_workbook", str(file(officers_list())), table=table)
    with pytest.raises(CommandError, match=table):
        call_command("write_template", table, str(tmp_path / "a.xlsx"))
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize("answer, counts", [(None, (1, 0, 2)), ("same", (1, 2, 0)), ("new", (3, 0, 0))])
def test_rows_that_repeat_what_is_there_have_one_answer(file, answer, counts):
    project = build.make_project(capital_usd=5)
    rows = [(project.code, "increase", amount, "1/5/2024") for amount in (100, 200, 300)]
    heading = ("project.code", "kind", "amount_usd", "decided_on")
    build.make_batch(sheet_of(rows[:2], heading=heading), table="capital-entries")
    path = file(sheet_of(rows, heading=heading))
    told, code = run(path, *([f"--repeats={answer}"] if answer else []), table="capital-entries")
    assert ((told["new"], told["unchanged"], told["conflicts"]), code) == (counts, 0)
