"""The pages of the projects that the press facts made."""

import re

import pytest
from django.utils import timezone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]

AMKOR, VICTORY_GIANT, MCC = "/projects/BN-000001/", "/projects/BN-000002/", "/projects/BN-000003/"


def section(html: str, start: str, end: str) -> str:
    """The part of a page between the ids of two headings."""
    return html.partition(f'id="{start}"')[2].partition(f'id="{end}"')[0]


def test_who_how_much_where_how_far(reader):
    words = reader.words(AMKOR)
    today = timezone.localdate()
    assert "Dự án BN-000001 Nhà máy Amkor Technology Việt Nam Công ty TNHH Amkor Technology Việt Nam" in words
    assert "Nhà đầu tư Amkor Technology quốc gia: nguồn mâu thuẫn" in words
    assert f"Vốn đăng ký 1.600.000.000 USD [1] [2] tính đến ngày {today:%d/%m/%Y}" in words
    assert "Khu KCN Yên Phong II-C [3] [2]" in words
    assert "Tình trạng Đang hoạt động" in words


def test_in_english(reader):
    words = reader.words(f"/en{AMKOR}")
    assert "Project BN-000001 Amkor Technology Vietnam plant" in words
    assert "Registered capital 1,600,000,000 USD [1] [2] as of" in words
    assert "Park Yen Phong II-C Industrial Park" in words
    assert '<span lang="vi">Công ty TNHH Amkor Technology Việt Nam</span>' in reader.html(f"/en{AMKOR}")


def test_the_story_has_plans_above_and_facts_below_in_order(reader):
    html = section(reader.html(AMKOR), "h-timeline", "h-ledger")
    assert re.findall(r'timeline-item timeline-(\w+)">\s*<div class="timeline-body"><span class="timeline-day">([^<]+)',
                      html) == [
        ("press", "tháng 5/2023"), ("press", "tháng 5/2023"), ("planned", "tháng 9/2023"),
        ("planned", "cuối tháng 10/2023"), ("press", "cuối năm 2023"), ("planned", "đến năm 2035"),
    ]
    undated = html.partition("timeline-undated")[2]
    assert "Khánh thành, “hơn hai tuần trước bài báo”" in undated
    assert "Đi vào sản xuất" in undated


def test_the_ledger_says_from_where_and_how_sure(reader):
    html = section(reader.html(AMKOR), "h-ledger", "h-conflicts")
    assert '<tr role="row" id="BN-000001-1">' in html
    assert "tổng số nguồn nêu, chưa rõ các lần cấp" in html
    assert html.count("figure figure-press") == 2  # the entry and the sum
    assert re.search(r'href="#n1">SRC-\d+, đoạn\s7</a>', html)
    assert "Chưa có giấy chứng nhận nào của dự án trong sổ." in html


def test_conflicts_tell_both_sides(reader):
    html = reader.html(AMKOR)
    conflicts = section(html, "h-conflicts", "h-statements")
    assert "Quốc gia của nhà đầu tư: Amkor Technology" in conflicts
    assert "<b>Hàn Quốc\n</b>" in conflicts and "<b>Hoa Kỳ, Hàn Quốc\n</b>" in conflicts
    assert "Nước đăng ký của nhà đầu tư để trống cho đến khi thấy giấy chứng nhận." in conflicts
    assert "<b>Hoàn công: tháng 9/2023 (kế hoạch)</b>" in conflicts
    assert "<b>Bắt đầu đầu tư: cuối năm 2023</b>" in conflicts
    assert "<b>South Korea\n</b>" in reader.html(f"/en{AMKOR}")


def test_every_statement_stands_there_with_its_review(reader):
    html = reader.html(AMKOR)
    statements = section(html, "h-statements", "h-sources")
    own, _caption, related = statements.partition("Từng điều các nguồn nêu về nhà đầu tư")
    assert own.count('class="cell-title"') == 18
    assert related.count('class="cell-title"') == 5
    assert 'bút toán vốn <a class="code" href="#BN-000001-1">BN-000001-1</a>' in own
    assert '<a class="state-disputed" href="#conflict-2">đang mâu thuẫn</a>' in own


def test_every_note_leads_to_a_source(reader):
    html = reader.html(AMKOR)
    cited = set(re.findall(r'href="#n(\d+)"', html))
    assert cited == set(re.findall(r'<li id="n(\d+)">', html)) == {str(number) for number in range(1, 10)}


def test_address_citation_and_json(reader):
    html = reader.html(AMKOR)
    assert '<a href="http://testserver/projects/BN-000001/">http://testserver/projects/BN-000001/</a>' in html
    assert "“Nhà máy Amkor Technology Việt Nam” (BN-000001), Sổ đăng ký dự án FDI Bắc Ninh, phiên bản 1" in html
    assert '<a href="/api/v1/projects/BN-000001/">JSON</a>' in html


def test_an_intention_is_dashed_and_no_capital(reader):
    html = reader.html(VICTORY_GIANT)
    words = reader.words(VICTORY_GIANT)
    assert "Vốn đăng ký chưa ghi nhận dự kiến 400.000.000 USD" in words
    assert "Chưa có bút toán nào: chưa có giấy chứng nhận" in words
    assert "Vốn dự kiến: kế hoạch đã ghi nhận, không phải vốn đăng ký" in words
    assert 'figure-planned"><span class="visually-hidden">kế hoạch: </span>400.000.000' in html
    assert "Victory Giant Technology Trung Quốc" in words


def test_what_is_not_recorded_says_so(reader):
    words = reader.words(MCC)
    assert "tổ chức kinh tế thực hiện dự án: chưa ghi nhận" in words
    assert "Mã số dự án (GCNĐKĐT) chưa ghi nhận" in words
    assert "Ngày nguồn không nêu tính từ 30/06/2025" in words.replace("Số tiền (USD) nguồn", "Ngày nguồn")


@pytest.mark.parametrize("number", range(1, 7))
def test_queries(reader, number):
    assert reader.queries(f"/projects/BN-00000{number}/") <= 15
