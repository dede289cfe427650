"""The agency's tables of a period: the page, its files, what is asked wrongly."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from registry.models import Country, Sector
from registry.vocabulary.capital import CapitalKind
from tests import build

pytestmark = pytest.mark.django_db
ADDRESS, THIRD = "/statistics/flows/", {"from": "2026-07-01", "to": "2026-09-30"}


@pytest.fixture
def worked():
    """Electronics: new 12.5 million this quarter and 25 in last year's; real estate of the classification of 2025:
    down by 1.5 million; one project without a sector."""
    electronics, estate = Sector.objects.get(code="2018-26"), Sector.objects.get(code="2025-M")
    korea = build.make_investor(country=Country.objects.get(code="KR"))
    build.make_project(capital_usd=25_000_000, decided_on=date(2025, 9, 30), sector=electronics)
    build.make_project(capital_usd=12_500_000, decided_on=date(2026, 7, 1), sector=electronics, investors=[korea])
    sold = build.make_project(capital_usd=8_000_000, decided_on=date(2020, 1, 1), sector=estate)
    build.make_entry(sold, -1_500_000, kind=CapitalKind.DECREASE, decided_on=date(2026, 8, 8))
    build.make_project(capital_usd=1_000_000, decided_on=date(2026, 9, 30))


def rows(reader, **asked) -> list[dict]:
    file = reader.open(ADDRESS, THIRD | {"format": "csv"} | asked)
    return list(csv.DictReader(StringIO(b"".join(file).decode("utf-8-sig"))))


def test_by_the_agencys_lines_largest_first_what_is_not_stated_last(reader, worked):
    assert [(row["key"], row["name"], row["total_usd"], row["before_usd"], row["percent"], row["in_force"])
            for row in rows(reader)] == [
        ("C", "Công nghiệp chế biến, chế tạo", "12500000.00", "25000000.00", "50", "2"),
        ("L", "Hoạt động kinh doanh bất động sản", "-1500000.00", "0.00", "", "1"),
        ("", "", "1000000.00", "0.00", "", "1"),
    ]


def test_the_page_prints_brackets_dashes_and_the_sum(reader, worked):
    words = reader.words(ADDRESS, THIRD)
    assert "chế biến, chế tạo 1 12,50 - - - - 12,50 25,00 50 % 2 37,50" in words
    assert "bất động sản - - 1 (1,50) - - (1,50) - N/A 1 6,50" in words
    assert "Tổng 2 13,50 1 (1,50) - - 12,00 25,00 48 % 4 45,00" in words
    assert "Đến cuối kỳ: 4 dự án còn hiệu lực của 1 quốc gia" in words


def test_excel_has_the_printed_headings_and_formats(reader, worked):
    sheet = load_workbook(BytesIO(b"".join(reader.open(ADDRESS, THIRD | {"format": "xlsx"})))).active
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"Số dự án cấp mới", "Vốn đăng ký cấp mới (triệu USD)", "Số lượt dự án điều chỉnh",
            "Vốn đăng ký điều chỉnh (triệu USD)", "Số lượt góp vốn mua cổ phần",
            "Giá trị góp vốn, mua cổ phần (triệu USD)", "Tổng vốn đăng ký (triệu USD)"} <= cells.keys()
    assert cells[-1.5].number_format == '#,##0.00_);(#,##0.00);"-"_)'
    row = cells["Công nghiệp chế biến, chế tạo"].row
    assert [sheet.cell(row, column).value for column in (1, 3, 4, 9, 10, 11)] == [1, 1, 12.5, 12.5, 25, 50]


def in_excel(reader, **asked) -> str:
    """All words of the sheet."""
    file = reader.open(ADDRESS, THIRD | {"format": "xlsx"} | asked)
    rows = load_workbook(BytesIO(b"".join(file))).active.iter_rows(values_only=True)
    return " ".join(str(cell) for row in rows for cell in row if cell is not None)


def test_excel_says_whose_country_and_which_province_it_means(reader, worked):
    of_2024 = {"from": "2024-01-01", "to": "2024-12-31"}
    assert "NƯỚC CỦA CÔNG TY MẸ CUỐI CÙNG" in in_excel(reader, by="country", country_of="parent")
    assert "CÔNG TY MẸ" not in in_excel(reader, by="country")
    for sheet in ({}, {"sheet": "heading"}):
        assert "cả tỉnh Bắc Ninh cũ và tỉnh Bắc Giang" in in_excel(reader, **of_2024, **sheet)
        assert "cả tỉnh Bắc Ninh cũ" not in in_excel(reader, **sheet)
    assert "cả tỉnh Bắc Ninh cũ" not in in_excel(reader, **of_2024, former_province="bac-giang")


def test_what_is_in_force_stands_on_no_day_that_is_yet_to_come(reader, worked):
    today = timezone.localdate()
    running = {"from": f"{today:%Y}-01-01", "to": f"{today.year + 1}-12-31"}
    assert f"Còn hiệu lực đến {today:%d/%m/%Y}" in in_excel(reader, **running)
    assert f"Lũy kế đến ngày {today:%d/%m/%Y}" in in_excel(reader, **running, sheet="heading")


def test_the_heading_sheet_as_excel(reader, worked):
    file = reader.open(ADDRESS, THIRD | {"format": "xlsx", "sheet": "heading"})
    sheet = load_workbook(BytesIO(b"".join(file))).active
    found = {row[0].value: [cell.value for cell in row[1:6]] for row in sheet.iter_rows()}
    assert found["2"] == ["Vốn đăng ký", "triệu USD", 25, 12, 48]
    assert found["2.2"] == ["Đăng ký tăng thêm", "triệu USD", 0, -1.5, "N/A"]
    assert found["3.1"] == ["Cấp mới", "dự án", 1, 2, 200]
    assert found["1"][2:4] == [None, None]  # nothing was reported


@pytest.mark.parametrize("asked", [{}, {"by": "country"}, {"sheet": "heading"}], ids=str)
def test_json_and_csv_are_of_the_same_table(reader, worked, asked):
    document = json.loads(b"".join(reader.open(ADDRESS, THIRD | {"format": "json"} | asked)))
    lines = rows(reader, **asked)
    assert [line["key"] for line in lines] == [row["key"] or "" for row in document["rows"]]
    for line, row in zip(lines, document["rows"], strict=True):
        assert {name: line[name] for name in row} == {
            name: "" if value is None else str(value) for name, value in row.items()}
        assert (line["from"], line["to"]) == (document["from"], document["to"])


def test_json_has_what_stands_on_the_page(reader, worked):
    document = json.loads(b"".join(reader.open(ADDRESS, THIRD | {"format": "json"})))
    api = reader.open("/api/v1/statistics/flows/", THIRD | {"by": "section"}).json()
    assert document["total"].items() >= api["total"].items()
    assert document["total"]["before_usd"] == "25000000.00" and document["total"]["registered_usd"] == "45000000.00"
    sheet = json.loads(b"".join(reader.open(ADDRESS, THIRD | {"format": "json", "sheet": "heading"})))
    found = {row["key"]: row for row in sheet["rows"]}
    assert found["new_projects"] == {"key": "new_projects", "name": "Dự án cấp mới", "name_en": "New projects",
                                     "before": 1, "this": 2, "percent": "200"}
    assert (found["realised_usd"]["this"], found["in_force"]["before"]) == (None, None)


@pytest.mark.parametrize("asked, told", [
    ({"from": "2026-02-02", "to": "2026-01-01"}, "sau ngày cuối 01/01/2026"),
    ({"from": "2199-01-01", "to": "2199-03-31"}, "Kỳ từ ngày 01/01/2199 chưa bắt đầu; hãy chọn kỳ đã bắt đầu"),
    ({"from": "30/02/2026"}, "không phải là một ngày"), ({"by": "2025-26"}, "Không có giá trị “2025-26”"),
])
def test_what_is_wrong_is_said_and_the_rest_kept(reader, asked, told):
    answer = reader.open(ADDRESS, asked)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "Báo cáo nhanh" in answer.content.decode()


def test_an_empty_register_and_29_february(reader):
    assert "chưa có bút toán nào" in reader.words(ADDRESS)
    build.make_project(capital_usd=5_000_000, decided_on=date(2024, 2, 29))
    [row] = rows(reader, **{"from": "2025-02-01", "to": "2025-02-28"})
    assert row["before_usd"] == "5000000.00"  # the end of a month is beside the end of its month
    [row] = rows(reader, **{"from": "2024-02-29", "to": "2024-02-29"})
    assert (row["total_usd"], row["before_usd"]) == ("5000000.00", "0.00")


def test_the_number_of_queries_is_fixed(reader, django_assert_max_num_queries):
    for number in range(12):
        build.make_project(capital_usd=5, decided_on=date(2026, 7, 1), zone=build.make_zone(),
                           sector=Sector.objects.filter(vsic_version="2018", level=2)[number])
    for by in ("section", "zone", "country"):
        with django_assert_max_num_queries(24):
            assert reader.open(ADDRESS, THIRD | {"by": by, "known_on": "2026-10-31"}).status_code == 200


def test_partners_by_their_parents_country_and_within_a_former_province(reader):
    japan, korea = (Country.objects.get(code=code) for code in ("JP", "KR"))
    old = build.make_zone(former_province="bac-giang")
    build.make_project(capital_usd=3_000_000, decided_on=date(2026, 7, 2), zone=old,
                       investors=[build.make_investor(country=japan, parent_country=korea)])
    build.make_project(capital_usd=1_000_000, decided_on=date(2026, 7, 2),
                       investors=[build.make_investor(country=japan)])
    assert [(row["key"], row["new_usd"], row["registered_usd"])
            for row in rows(reader, by="country", country_of="parent")] == [
        ("KR", "3000000.00", "3000000.00"), ("", "1000000.00", "1000000.00")]
    assert [(row["key"], row["new_usd"], row["in_force"])
            for row in rows(reader, by="country", former_province="bac-giang")] == [("JP", "3000000.00", "1")]
    html = reader.html(ADDRESS, THIRD | {"by": "country", "country_of": "parent", "former_province": "bac-giang"})
    assert "/projects/?as_of=2026-09-30&amp;parent_country=KR" in html
    assert "key=KR&amp;former_province=bac-giang&amp;country_of=parent&amp;of=new_usd" in html
    sheet = load_workbook(BytesIO(b"".join(
        reader.open(ADDRESS, THIRD | {"former_province": "bac-giang", "format": "xlsx"})))).active
    assert any("tỉnh cũ: Bắc Giang (trước 01/7/2025)" in str(cell.value) for row in sheet.iter_rows() for cell in row)
