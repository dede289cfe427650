"""Merged cells in the body of a list: what names something holds for all rows, an amount for the first alone."""

import pytest

from registry.models import Project
from tests.exchange.officers_list import row, sheet_of
from tests.exchange.test_imports_projects import preview_of, published

pytestmark = pytest.mark.django_db


def merged(*areas: str, rows=3) -> bytes:
    def change(sheet):
        for area in areas:
            sheet.merge_cells(area)  # empties all but the first

    return sheet_of([row(c1=f"Nhà máy {n}", c4=f"542184080{n}") for n in range(rows)], change=change)


def test_investors_and_zones_hold_for_every_row():
    published(merged("C2:C4", "D2:D4", "J2:J3", "M2:M4"))
    projects = Project.objects.order_by("irc_code")
    assert [[stake.investor.name for stake in each.current_stakes()] for each in projects] == [
        ["ABC Electronics", "Công ty Hai"]] * 3
    assert [each.zone and each.zone.code for each in projects] == ["yen-phong-2c"] * 3
    assert len({each.enterprise_id for each in projects}) == 1


def test_an_amount_is_never_multiplied_and_the_rows_below_say_so():
    preview = preview_of(merged("A2:A4", "H2:H3", "I2:I3"))
    assert not preview.problems
    assert [len(each.proposed) for each in preview.rows] == [1, 0, 1]
    assert [len(each.notes) for each in preview.rows] == [0, 2, 0]
    assert preview.rows[1].notes[0].startswith("Ô H3 được gộp với H2: giá trị chỉ tính cho dòng 2.")


def test_merged_cells_beyond_the_rows_make_no_projects():
    assert len(preview_of(merged("C2:C40")).rows) == 3
