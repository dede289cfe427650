"""Days that cannot be are told at their cell of a file, by the rules of the forms."""

from datetime import date, timedelta

import pytest

from tests import build
from tests.exchange.officers_list import row, sheet_of
from tests.exchange.test_imports_projects import NOW, preview_of, problems

pytestmark = pytest.mark.django_db

TOMORROW = NOW.date() + timedelta(days=1)


def test_of_projects():
    heading = ("Tên dự án", "Ngày cấp", "Hết hạn")
    data = sheet_of([("Một", TOMORROW, None), ("Hai", date(2020, 1, 2), date(2019, 1, 2)),
                     ("Ba", date(2020, 1, 2), date(2070, 1, 2))], heading=heading)
    assert problems(data) == [("B2", "in-the-future"), ("C3", "before-the-first")]


def test_with_capital_the_day_is_told_once():
    assert problems(sheet_of([row(c5=TOMORROW, c6=None)])) == [("F2", "not-yet")]


def test_of_certificates_and_zones():
    project = build.make_project()
    data = sheet_of([(project.code, "điều chỉnh", 1, date(2020, 2, 1), date(2020, 1, 1)),
                     (project.code, "điều chỉnh", 2, None, TOMORROW)],
                    heading=("Mã dự án", "Loại", "Lần thứ", "Ngày tiếp nhận hồ sơ", "Ngày cấp"))
    assert problems(data, table="certificates") == [("E2", "decided-before-received"), ("E3", "not-yet")]
    zone = sheet_of([("khu-moi", "KCN Mới", "khu công nghiệp", NOW.year + 1)],
                    heading=("Mã", "Tên", "Loại", "Năm thành lập"))
    assert problems(zone, table="zones") == [("D2", "established-later")]


def test_what_a_row_does_not_change_is_not_held_against_it():
    project = build.make_project(irc_code="5421840814", licensed_on=None)
    type(project).objects.filter(pk=project.pk).update(licensed_earliest=TOMORROW, licensed_latest=TOMORROW)
    data = sheet_of([(project.name, "5421840814", "Lô A1")], heading=("Tên dự án", "Mã số dự án", "Địa chỉ"))
    assert [each.fate for each in preview_of(data).rows] == ["changed"]
