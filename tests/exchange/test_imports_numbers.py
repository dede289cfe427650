"""Project numbers in files: as offices write them, and after a project has got another."""

import pytest

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
