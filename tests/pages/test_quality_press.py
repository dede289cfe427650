"""The quality of the data on the first day: the press facts and the agency's tables beside an almost empty register."""

import csv
import io
import re

import pytest

from .conftest import content_of
from .test_quality_page import section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]


def test_the_newest_total_is_the_headline(reader):
    words = reader.words("/quality/")
    assert "Nguồn nêu hơn 2.000 dự án FDI, sổ đăng ký có 1" in words
    assert "Dự án FDI Tỉnh Bắc Ninh 10/11/2023 ngày nguồn công bố hơn 2.000 1 dưới 0,05 % SRC-" in words
    assert "Vốn đăng ký FDI tại tỉnh (triệu USD) Hoa Kỳ, tính trong Bắc Ninh (trước 01/7/2025) 10/11/2023 ngày nguồn " \
        "công bố 664,31 0 0 % Theo nước đăng ký của nhà đầu tư chính." in words
    assert "Không con số nào vượt 100 %." in words


def test_the_agencys_years_are_folded(reader):
    html, words = reader.html("/quality/"), reader.words("/quality/")
    assert html.count("<details") == 9  # and one of what cannot be compared
    assert "2022 vốn cấp mới: nguồn nêu 942,05 triệu USD, sổ đăng ký có 0 (0 %)" in words
    assert "nguồn nêu 8.785,3 triệu USD, sổ đăng ký có 0" in words
    assert len(re.findall(r'id="f[0-9]', html)) == 102


def test_what_cannot_be_compared_is_named_with_the_reason(reader):
    words = reader.words("/quality/")
    assert "Không so được 32 nội dung mà sổ đăng ký không có số để đặt cạnh, và vì sao" in words
    assert ("Kim ngạch xuất khẩu Tỉnh Bắc Ninh năm 2022 45,1 tỷ USD Của cả nền kinh tế tỉnh, không riêng dự án đầu tư "
            "nước ngoài. SRC-") in words
    answer = reader.open("/api/v1/statistics/coverage/").json()["not_compared"]
    assert len(answer) == 32
    assert next(row for row in answer if row["reference"] == "F071")["reason_en"]


def test_conflicts_are_told_with_both_sides(reader):
    words = reader.words("/quality/")
    assert "Có 2 chỗ các nguồn mâu thuẫn với nhau" in words
    assert "Amkor Technology : quốc gia của nhà đầu tư Hàn Quốc nguồn không nêu thời điểm theo SRC-" in words
    assert "Hoàn công: tháng 9/2023 (kế hoạch) theo" in words
    assert "Sổ đăng ký phát hiện. Đã xác nhận." in words


def test_what_is_missing_leads_to_the_list(reader):
    html = section(reader.html("/quality/"), "missing")
    assert "6 trong 6 dự án chưa có giấy chứng nhận trong sổ" in html
    links = re.findall(r'href="/projects/\?missing=([a-z_]+)">([0-9]+)<', html)
    assert dict(links)["capital"] == "4" and "ended_on" not in dict(links)
    for name, count in links:
        assert len(reader.codes({"missing": name})) == int(count), name


def test_zones_lead_to_their_lists(reader):
    html = section(reader.html("/quality/"), "missing")
    links = re.findall(r'href="/projects/\?zone=([a-z0-9-]+)&amp;missing=([a-z_]+)">([0-9]+)<', html)
    assert ("yen-phong-2c", "certificates", "1") in links
    for zone, name, count in links:
        assert len(reader.codes({"zone": zone, "missing": name})) == int(count), (zone, name)


def test_what_waits(reader):
    words = reader.words("/quality/")
    assert "8 nội dung nguồn nêu chờ cán bộ xem xét" in words
    assert "Bút toán vốn mà tài liệu không nêu ngày 1, cộng lại 90.000.000 USD" in words


def test_the_json_is_the_apis(reader):
    file = reader.open("/quality/", {"format": "json"})
    assert content_of(file) == reader.open("/api/v1/statistics/coverage/").content


def test_the_csv_has_every_figure(reader):
    file = reader.open("/quality/", {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(content_of(file).decode("utf-8-sig"))))
    told = reader.open("/api/v1/statistics/coverage/").json()
    compared, others = rows[:len(told["results"])], rows[len(told["results"]):]
    assert (len(compared), len(others)) == (102, len(told["not_compared"]))
    first = next(row for row in rows if row["reference"] == "F003")
    assert (first["stated"], first["computed"], first["qualifier"]) == ("2000", "1", "more_than")
    assert first["scope.code"] == "27-2025"
    for row, other in zip(others, told["not_compared"], strict=True):
        assert (row["stated"] or row["stated_words"], row["reason"]) == (other["stated"], other["reason"])
        assert not any(row[name] for name in ("computed", "percent", "alarm", "computed_for.earliest"))
    assert any(row["stated_words"] for row in others) and any(row["stated"] for row in others)


def test_the_xlsx_is_a_file(reader):
    file = reader.open("/quality/", {"format": "xlsx"})
    assert file["Content-Disposition"].startswith("attachment")
    assert content_of(file)[:2] == b"PK"


def test_another_form_is_refused(reader):
    assert "“pdf”" in reader.html("/quality/", {"format": "pdf"}, status=400)
