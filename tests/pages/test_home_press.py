"""The first page of a register that holds the press facts."""

import pytest
from django.utils import timezone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]

NOT_CHECKED = "vốn theo báo chí, chưa đối chiếu giấy chứng nhận"


def test_three_figures_as_of_today(reader):
    words = reader.words("/")
    today = timezone.localdate()
    assert f"Bắc Ninh tính đến ngày {today:%d/%m/%Y} Vốn đăng ký 1.690.000.000 USD" in words
    assert "Số dự án 2 dự án" in words
    assert "Vốn dự kiến 400.000.000 USD" in words
    assert NOT_CHECKED in words


def test_in_english(reader):
    words = reader.words("/en/")
    assert "Registered capital 1,690,000,000 USD" in words
    assert "Projects 2 projects" in words
    assert "Intended capital 400,000,000 USD" in words
    assert "capital as stated by the press, not yet checked against certificates" in words


def test_the_chart_says_what_it_finds(reader):
    words = reader.words("/")
    assert "Năm 2023 nhiều vốn đăng ký nhất: 1,6 tỷ USD" in words
    assert "2023 1 dự án mới 1.600.000.000" in words
    assert "nguồn không nêu 1 dự án mới 90.000.000" in words
    assert "Tổng 1.690.000.000" in words


def test_the_chart_is_drawn_without_a_style_or_a_comma(reader):
    html = reader.html("/")
    assert 'x="0.00%" y="3" width="99.00%"' in html
    assert 'x="0.00%" y="3" width="5.57%"' in html


def test_latest_changes_lead_to_their_projects(reader):
    html = reader.html("/")
    assert '<a href="/projects/BN-000001/">Nhà máy Amkor Technology Việt Nam</a>' in html
    assert "tạo mới: bút toán vốn, mốc tiến độ, nội dung nguồn nêu" in html


@pytest.mark.parametrize("missing, count", [("certificates", 6), ("capital", 4), ("country", 4), ("zone", 3)])

def test_what_is_missing_is_what_the_list_finds(reader, missing, count):
    assert f'<a href="/projects/?missing={missing}">{count} dự án</a>' in reader.html("/")
    assert len(reader.codes({"missing": missing})) == count


def test_stated_against_computed(reader):
    words = reader.words("/")
    assert "Dự án FDI Tỉnh Bắc Ninh 10/11/2023 ngày nguồn công bố hơn 2.000 1 dưới 0,05 %" in words
    assert "Dự án FDI Tỉnh Bắc Ninh 13/06/2023 ngày nguồn công bố 1.908 1 0,05 %" in words
    assert "Vốn đăng ký FDI (triệu USD) Tỉnh Bắc Ninh 13/06/2023 ngày nguồn công bố 24.170 1.600 6,62 %" in words
    assert "FDI registered capital (USD million) Bac Ninh Province 13 June 2023" in reader.words("/en/")


def test_queries(reader):
    assert reader.queries("/") <= 16
    assert reader.queries("/en/") <= 16
