"""Every number of the pages of statistics and of flows opens its rows, which add up to it."""

import csv
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from io import StringIO

import pytest
from django.utils import timezone

from registry.actions.capital import reverse
from registry.actions.project import StakeGiven, withdraw_project
from registry.models import Country, Sector
from registry.templatetags.register_format import millions, number, usd
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.investor import InvestorKind
from tests import build
from tests.web.conftest import no_quota

__all__ = ["no_quota"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_quota")]

BEHIND = re.compile(r'<a class="behind" href="([^"]+)">(.*?)</a>', re.DOTALL)
TOLD = re.compile(r'<div class="headline"><dt>[^<]*</dt><dd>(.*?)</dd>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def worked(lasting):
    with lasting(enter_all):
        yield


def enter_all() -> None:
    """A joint venture in thirds, a purchase, an undone increase, a closed project, a project of nobody, seventeen
    zones, sectors of both classifications."""
    korea, japan = (build.make_investor(country=Country.objects.get(code=code)) for code in ("KR", "JP"))
    person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON)
    joint = build.make_project(
        name="Nhà máy chung", investors=[StakeGiven(korea, Decimal("33.33")), StakeGiven(japan, Decimal("33.33"))],
        capital_usd="1000.01", decided_on=date(2024, 1, 1), sector=Sector.objects.get(code="2018-26"))
    build.make_entry(joint, 50, kind=CapitalKind.SHARE_PURCHASE, decided_on=date(2024, 2, 1), buyer=japan)
    undone = build.make_entry(joint, "7.77", decided_on=date(2024, 3, 1))
    with build.act() as act:
        reverse(act=act, entry=undone)
    estate = build.make_project(investors=[person], capital_usd=2_500_000, decided_on=date(2023, 5, 1),
                                sector=Sector.objects.get(code="2025-M"))
    build.make_entry(estate, -500_000, kind=CapitalKind.DECREASE, decided_on=date(2024, 5, 1))
    build.make_entry(estate, 300, kind=CapitalKind.DISBURSEMENT, decided_on=date(2024, 5, 1))
    build.make_project(investors=[], capital_usd=40, decided_on=None)
    shrunk = build.make_project(investors=[japan], capital_usd=70, decided_on=date(2023, 6, 1))
    build.make_entry(shrunk, 50, decided_on=date(2023, 7, 1), source=build.make_source(kind="decision"))
    build.make_entry(shrunk, -90, kind=CapitalKind.DECREASE, decided_on=date(2023, 8, 1))
    with build.act() as act:
        source = build.make_source(act=act)
        for year in range(2004, 2021):
            build.make_project(act=act, zone=build.make_zone(act=act), investors=[], capital_usd=str(3000 - year),
                               source=source, decided_on=date(year, 1, 2))


def opened(reader, html: str):
    """(what a number says, what the page of its rows says, its address) of every number that leads to rows."""
    for address, said in dict.fromkeys(BEHIND.findall(html)):
        yield text_of(said), unescape(address)


def text_of(html: str) -> str:
    shown = re.sub(r'<span class="visually-hidden">.*?</span>', "", html)
    return " ".join(unescape(TAGS.sub(" ", shown)).split())


def digits(text: str) -> str:
    return re.sub(r"[^0-9,-]", "", text)


@pytest.mark.parametrize("asked", [
    {}, {"by": "country", "basis": "share"}, {"by": "month", "sector": "2018-26"},
    {"by": "investor", "as_of": "2024-03-31", "known_on": timezone.localdate().isoformat(), "country_of": "parent"},
])
def test_every_number_of_the_tables(reader, worked, asked):
    html = reader.html("/statistics/", asked)
    found = list(opened(reader, html))
    assert len(found) > 6
    for said, address in found:
        told = text_of(TOLD.search(reader.html(address))[1])
        assert digits(told) == digits(said), (said, told, address)
    cells = re.findall(r'<td role="cell" data-label="[^"]+" class="num">(.*?)</td>', html.partition("h-stated")[0])
    assert all('class="behind"' in cell or cell == "0" for cell in cells)


@pytest.mark.parametrize("by", ["section", "country"])
def test_every_number_of_the_tables_of_a_period(reader, worked, by):
    html = reader.html("/statistics/flows/", {"by": by, "from": "2024-01-01", "to": "2024-12-31"})
    found = list(opened(reader, html))
    assert len(found) > 15
    for said, address in found:
        answer = rows(reader, address)
        assert said in (number(answer["count"]), millions(Decimal(answer["total_usd"]))), (said, address)


def rows(reader, address: str) -> dict:
    return json.loads(b"".join(reader.open(f"{address}&format=json")))


def test_the_parts_of_a_joint_venture(reader, worked):
    asked = {"by": "country", "of": "registered_usd", "basis": "share"}
    words = reader.words("/statistics/rows/", asked | {"key": "KR"})
    assert "Vốn đăng ký: Hàn Quốc" in words and "333,30 USD cộng phần của 1 dự án dưới đây" in words
    assert "Nhà máy chung 1.000,01 33,33 % 333,30" in words
    assert "Nhà máy chung 1.000,01 33,34 % 333,41" in reader.words("/statistics/rows/", asked | {"key": "none"})


def test_the_parts_of_a_year(reader, worked):
    asked = {"by": "country", "of": "registered_usd", "basis": "share", "key": "KR"}
    words = reader.words("/statistics/rows/", asked | {"decided_in": "2024"})
    assert "Vốn đăng ký: Hàn Quốc, ngày quyết định: 2024" in words
    assert "Nhà máy chung 1.000,01 33,33 % 333,30" in words
    assert "con số này bằng 0" in reader.words("/statistics/rows/", asked | {"decided_in": "2023"})
    wrong = reader.words("/statistics/rows/", asked | {"decided_in": "2023-13"}, status=400)
    assert "“2023-13” không phải là một năm, quý hay tháng" in wrong
    months = [f"{year}-{month:02d}" for year in range(2019, 2025) for month in range(1, 13)]
    assert "Nhà máy chung" in reader.words("/statistics/rows/", asked | {"decided_in": months[-60:]})
    assert "nhiều nhất 60 năm, quý hay tháng" in reader.words(
        "/statistics/rows/", asked | {"decided_in": months[-61:]}, status=400)


def test_it_says_how_the_number_counts(reader, worked):
    words = reader.words("/statistics/rows/", {
        "by": "country", "of": "registered_usd", "key": "none", "basis": "share", "country_of": "parent",
        "sector": "2018-26", "former_province": "none"})
    assert "theo tỷ lệ góp vốn, nước của công ty mẹ cao nhất." in words
    assert "Chỉ tính các dự án khớp với: ngành: 2018-26; tỉnh cũ: chưa ghi nhận" in words
    words = reader.words("/statistics/rows/", {"by": "section", "of": "projects", "key": "2025-M", "vsic": "2018"},
                         status=400)
    assert "Bảng không có dòng “2025-M”" in words
    words = reader.words("/statistics/rows/", {"by": "section", "of": "projects", "key": "L", "vsic": "2018"})
    assert "Số dự án: Hoạt động kinh doanh bất động sản" in words and "VSIC 2018." in words
    assert "Số dự án 1 đếm 1 bút toán dưới đây" in words


def test_a_row_that_counts_in_part_tells_its_whole(reader, worked):
    words = reader.words("/statistics/rows/", {"by": "form", "of": "confirmed_usd"})
    assert "-20 trong -90 của bút toán" in words and words.count("của bút toán") == 1


def test_what_is_withdrawn_keeps_its_amount_and_loses_its_name(reader):
    project = build.make_project(name="Nhà máy bị gỡ", capital_usd=100, decided_on=date(2024, 1, 1))
    with build.act() as act:
        withdraw_project(act=act, project=project, reason="Nhập trùng")
    html = reader.html("/statistics/rows/", {"by": "zone", "of": "registered_usd"})
    assert "gỡ" not in html and project.code not in html and html.count("không công khai</span>") == 2
    words = reader.words("/statistics/rows/", {"by": "zone", "of": "registered_usd"})
    assert "0 USD cộng 2 bút toán dưới đây" in words
    file = b"".join(reader.open("/statistics/rows/", {"by": "zone", "of": "registered_usd", "format": "csv"})).decode()
    assert project.code not in file and "-100.00" in file


def test_a_person_is_not_named(reader, worked):
    for asked in ({"by": "investor", "of": "registered_usd"}, {"by": "investor", "of": "share_purchase_usd"}):
        assert "Kim" not in reader.html("/statistics/rows/", asked)


class TestPages:
    def test_each_row_once_the_newest_first(self, reader):
        first = date(2024, 1, 1)
        for day in range(7):
            build.make_project(name=f"Nhà máy {day}", capital_usd=1 + day, decided_on=first + timedelta(days=day // 3))
        seen, query = [], "by=zone&of=projects&page_size=2"
        while query:
            html = reader.html(f"/statistics/rows/?{query}")
            seen += re.findall(r"Nhà máy (\d)</a>", html)
            following = re.search(r'<a rel="next nofollow" href="\?([^"]+)"', html)
            query = following and unescape(following[1])
        assert seen == ["6", "3", "4", "5", "0", "1", "2"]

    def test_of_parts_too(self, reader):
        japan = build.make_investor(country=Country.objects.get(code="JP"))
        for amount in (5, 9, 7):
            build.make_project(name=f"Nhà máy {amount}", capital_usd=amount, investors=[japan])
        query = "by=country&basis=share&key=JP&of=registered_usd&page_size=2"
        html = reader.html(f"/statistics/rows/?{query}")
        assert re.findall(r"Nhà máy (\d)</a>", html) == ["9", "7"]
        following = unescape(re.search(r'<a rel="next nofollow" href="\?([^"]+)"', html)[1])
        assert re.findall(r"Nhà máy (\d)</a>", reader.html(f"/statistics/rows/?{following}")) == ["5"]
        other = following.replace("key=JP", "key=KR")
        assert "Con trỏ thuộc một danh sách khác" in reader.words(f"/statistics/rows/?{other}", status=400)

    @pytest.mark.parametrize("basis", ["lead", "share"])
    def test_a_fixed_number_of_queries(self, reader, basis):
        japan = build.make_investor(country=Country.objects.get(code="JP"))
        asked = {"by": "country", "key": "JP", "basis": basis, "of": "registered_usd"}
        build.make_project(capital_usd=5, investors=[japan])
        once = reader.queries("/statistics/rows/", asked)
        for _time in range(20):
            build.make_project(capital_usd=5, investors=[japan])
        assert reader.queries("/statistics/rows/", asked) == once <= 8


def test_the_files_have_every_row_and_its_sum(reader, worked):
    asked = {"by": "year", "of": "registered_usd", "key": ["2023", "2024"], "page_size": "1"}
    lines = list(csv.DictReader(StringIO(b"".join(
        reader.open("/statistics/rows/", asked | {"format": "csv"})).decode("utf-8-sig"))))
    told = rows(reader, "/statistics/rows/?by=year&of=registered_usd&key=2023&key=2024")
    assert len(lines) == told["count"] == len(told["results"])
    assert sum(Decimal(line["amount_usd"]) for line in lines) == Decimal(told["total_usd"])
    assert usd(Decimal(told["total_usd"])) in reader.words("/statistics/rows/", asked)
    assert b"".join(reader.open("/statistics/rows/", asked | {"format": "xlsx"})).startswith(b"PK")


@pytest.mark.parametrize(("path", "query", "told"), [
    ("/statistics/rows/", "by=country", "of: Hãy điền mục này"),
    ("/statistics/rows/", "by=year&of=new_usd&key=2023-05", "Bảng không có dòng “2023-05”"),
    ("/statistics/rows/", "by=year&of=new_usd&key=2023&but=2024", "Hãy chọn các dòng bằng key"),
    ("/statistics/rows/", "by=status&of=projects&key=nix", "Bảng không có dòng “nix”"),
    ("/statistics/rows/", "by=year&of=vốn", "Không có giá trị “vốn”"),
    ("/statistics/flows/rows/", "by=zone&of=new_usd&from=2024-01-01", "to: Hãy điền mục này"),
    ("/statistics/flows/rows/", "by=zone&of=new_usd&from=2024-01-02&to=2024-01-01", "sau ngày cuối 01/01/2024"),
    ("/statistics/flows/rows/", "by=zone&of=new_usd&from=2024-01-02&to=2024-02-30", "“2024-02-30” không phải"),
])
def test_what_is_asked_wrongly_is_told(reader, path, query, told):
    words = reader.words(f"{path}?{query}", status=400).replace(" : ", ": ")
    assert told in words
