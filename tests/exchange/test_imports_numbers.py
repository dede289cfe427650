"""Project numbers in files: as offices write them, and after a project has got another."""

import pytest

from registry.exchange.imports.shown import values_of
from registry.models import Project
from tests import build
from tests.exchange.officers_list import row, sheet_of
from tests.exchange.test_imports_projects import preview_of, problems, published

pytestmark = pytest.mark.django_db


def test_spaces_and_points_make_no_other_number():
    published(sheet_of([row(c4="5421 840 814")]))
    assert Project.objects.get().irc_code == "5421840814"
    assert [each.fate for each in preview_of(sheet_of([row(c4="5421.840.814")])).rows] == ["unchanged"]
    assert problems(sheet_of([row(c4="5421840814"), row(c4="5421 840814")])) == [("E3", "row-twice")]


def test_an_unusual_number_is_noted():
    assert "có 6 chữ số" in preview_of(sheet_of([row(c4="542184")])).rows[0].notes[0]


def test_a_former_number_names_the_present_one():
    project = build.make_project(irc_code="212043000123")
    build.make_certificate(project, kind="exchange", irc_code="5421840814")
    [problem] = preview_of(sheet_of([row(c4="212043000123")])).problems
    assert (problem.cell, problem.code) == ("E2", "number-replaced")
    assert project.code in problem.message and "5421840814" in problem.message
    entries = sheet_of([("212043000123", "điều chỉnh tăng", 1000)], heading=("Mã dự án", "Loại", "Số tiền USD"))
    preview = preview_of(entries, table="capital-entries")
    assert not preview.problems and preview.rows[0].proposed[0].project == project


@pytest.mark.parametrize(("told", "code"), [("212043000123", None), ("212043000124", "computed-changed"), ("", None)])
def test_a_row_without_a_code_changes_no_former_number(told, code):
    project = build.make_project(irc_code="212043000123")
    build.make_certificate(project, kind="exchange", irc_code="5421840814")
    heading = ("Tên dự án", "Mã số dự án", "Mã số dự án trước đây")
    preview = preview_of(sheet_of([(project.name, "5421840814", told)], heading=heading))
    assert [each.code for each in preview.problems] == [code] * bool(code)
    assert [each.fate for each in preview.rows] == ["error" if code else "unchanged"]


def test_a_new_row_brings_no_former_number():
    heading = ("Tên dự án", "Mã số dự án", "Mã số dự án trước đây")
    assert problems(sheet_of([("Nhà máy Hai", "5421840814", "212043000123")], heading=heading)) == [
        ("C2", "computed-changed")]


def test_one_project_twice_without_a_number_names_the_first_row():
    twice = [row(c4=None), row(c4=None, c1="NHÀ MÁY  MỘT"), row(c4="5421840814")]
    preview = preview_of(sheet_of(twice))
    assert [(each.cell, each.code) for each in preview.problems] == [
        ("B3", "same-project-twice"), ("B4", "same-project-twice")]
    assert "Dòng 2" in preview.problems[0].message


def test_rows_with_numbers_of_their_own_or_other_investors_are_other_projects():
    rows = [row(c4="5421840814"), row(c4="5421840815"), row(c4=None, c2="Công ty Ba", c3="Nhật Bản")]
    assert not problems(sheet_of(rows))


def test_a_new_row_shows_what_it_brings():
    [first, *_others] = preview_of(sheet_of([row()])).rows
    lines = values_of(first)
    assert "Mã số dự án: 5421840814" in lines and "Ngày cấp lần đầu: 02/01/2020" in lines
    assert "Nhà đầu tư: ABC Electronics; Công ty Hai" in lines
    assert "Tổ chức kinh tế thực hiện dự án: Công ty TNHH Một" in lines
    assert "Số tiền (USD): 1.000.000,50" in lines
    published(sheet_of([row()]))
    [again] = preview_of(sheet_of([row(c11=4)])).rows
    assert (again.fate, values_of(again)) == ("changed", [])
