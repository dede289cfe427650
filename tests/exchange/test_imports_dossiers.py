"""What dossiers ask for, in a table of certificates."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from registry.exchange.imports.template import write_template
from registry.models import Certificate
from registry.vocabulary.batch import Fate
from tests import build
from tests.exchange.officers_list import sheet_of
from tests.exchange.test_imports_projects import preview_of, problems, published

pytestmark = pytest.mark.django_db

HEADING = ("Mã dự án", "Loại", "Lần điều chỉnh", "Kết quả", "Ngày tiếp nhận hồ sơ", "Vốn đề nghị trong hồ sơ (USD)",
           "Ngày cấp")

REFUSED = "20/07/2026"


def table(*rows) -> bytes:
    return sheet_of(list(rows), heading=HEADING)


def test_it_is_read_signed_and_blank_where_none_is_stated():
    code = build.make_project().code
    published(table(
        (code, "cấp lần đầu", None, "từ chối", "02/07/2026", "5.000.000", REFUSED),
        (code, "điều chỉnh", 1, "từ chối", "03/07/2026", -2_000_000, REFUSED),
        (code, "điều chỉnh", 2, "từ chối", "04/07/2026", None, REFUSED),
    ), table="certificates")
    assert [each.asked_usd for each in Certificate.objects.order_by("number")] == [
        Decimal(5_000_000), Decimal(-2_000_000), None]


def test_a_row_changes_it():
    made = build.make_certificate(build.make_project(), received_on=date(2023, 4, 1))
    heading = ("Mã", "Mã dự án", "Loại", "Vốn đề nghị")
    data = sheet_of([(made.code, made.project.code, "cấp lần đầu", 7)], heading=heading)
    [planned] = preview_of(data, table="certificates").rows
    assert (planned.fate, planned.changes) == (Fate.CHANGED, {"asked_usd": Decimal(7)})
    published(data, table="certificates")
    made.refresh_from_db()
    assert made.asked_usd == 7


@pytest.mark.parametrize("amount", [0, -1])
def test_a_first_issue_asks_for_more_than_nothing(amount):
    project = build.make_project().code
    assert problems(table((project, "cấp lần đầu", None, "từ chối", "02/07/2026", amount, REFUSED)),
                    table="certificates") == [("F2", "asks-for-total")]


def test_the_template_has_it(tmp_path):
    with (tmp_path / "a.xlsx").open("wb") as out:
        write_template(out, "certificates", today=date(2026, 11, 27))
    [heading] = load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(max_row=1, values_only=True)
    assert "Vốn đề nghị trong hồ sơ (USD)" in heading
