"""What the data is, what its figures mean and how to take it away: every address on the page answers."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.cache import caches

from registry.web.listing import LISTINGS
from tests import build

from .conftest import content_of

pytestmark = pytest.mark.django_db

CONTENTS = ["about", "definitions", "changes", "corrections", "licence", "downloads", "api", "cite", "errors"]


def test_the_list_of_contents_leads_to_every_part(reader):
    html = reader.html("/data/")
    contents = html.partition('class="contents-list"')[2].partition("</ul>")[0]
    assert re.findall(r'href="#([a-z]+)"', contents) == CONTENTS
    assert re.findall(r'<h2 id="([a-z]+)"', html) == CONTENTS


def test_it_says_what_it_is_not_and_that_no_licence_was_decided(reader):
    words = reader.words("/data/")
    assert "Không phải là bản công bố chính thức các giấy chứng nhận đăng ký đầu tư" in words
    assert "Chưa có giấy phép nào được quyết định cho dữ liệu và cho mã nguồn của sổ đăng ký." in words
    assert "Một bút toán không bao giờ bị sửa hay xóa." in words


@pytest.mark.parametrize("term", [
    "Vốn đăng ký", "Trên giấy chứng nhận", "Số dư đầu kỳ", "Vốn dự kiến", "Vốn thực hiện", "Góp vốn, mua cổ phần",
    "Dự án được tính", "Tính đến ngày", "Theo số liệu đã ghi nhận đến ngày", "Ngày không chính xác",
    "Ngày không ai nêu", "Nhà đầu tư chính; theo tỷ lệ góp vốn", "Nước đăng ký; nước của công ty mẹ",
    "Số của một thời kỳ", "Mức bao phủ",
])
def test_every_published_figure_is_defined(reader, term):
    assert f"<dt>{term}</dt><dd>" in reader.html("/data/")


def test_every_list_is_offered_and_answers(reader):
    html = reader.html("/data/")
    for path in LISTINGS:
        assert f'<a href="/api/v1/{path}/">{path}</a>' in html
    files = re.findall(r'href="(/[a-z]+/\?format=(?:csv|xlsx|json))"', html)
    assert len(files) == 3 * 10
    for file in files:
        answer = reader.open(file)
        assert (answer.status_code, answer["Content-Disposition"][:10]) == (200, "attachment")
        assert answer["Content-Length"] == str(len(content_of(answer)))


def test_the_examples_work(reader):
    examples = re.findall(r"curl '(http://testserver[^']+)'", unescape(reader.html("/data/")))
    assert len(examples) == 4
    for example in examples:
        answer = reader.open(example.removeprefix("http://testserver"))
        assert answer.status_code == 200 and content_of(answer)


def test_the_links_on_the_page_answer(reader):
    for prefix in ("", "/en"):
        html = reader.html(f"{prefix}/data/")
        main = html.partition("<main")[2].partition("</main>")[0]
        for address in set(re.findall(r'href="(/[^"#]*)"', main)):
            answer = reader.open(unescape(address))
            assert answer.status_code == 200 and content_of(answer), address


def test_whom_to_tell_of_a_weakness(reader, settings):
    assert "xin báo riêng cho đơn vị vận hành sổ đăng ký" in reader.words("/data/")
    settings.SECURITY_CONTACT = "an-ninh@example.vn"
    caches["pages"].clear()  # a server that is started with another setting has no pages
    assert "Lỗ hổng bảo mật: xin báo riêng đến an-ninh@example.vn." in reader.words("/data/")


def test_what_changed_lately_is_counted_by_day(reader):
    with build.act() as act:
        project = build.make_project(act=act)
        build.make_milestone(project, act=act)
    words = reader.words("/data/")
    today = f"{datetime.now(UTC) + timedelta(hours=7):%d/%m/%Y}"
    assert re.search(rf"{today} Tạo mới: dự án \(1\), .*mốc tiến độ \(1\)", words)


def test_the_same_queries_however_much_changed(reader):
    assert reader.queries("/data/") == 4
    build.make_project()
    assert reader.queries("/data/") == 4
