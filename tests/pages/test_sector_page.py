"""A sector's page: its projects, where they come from, in which zones, over the years."""

from datetime import date

import pytest

from registry.models import Country, Opportunity, Sector
from registry.vocabulary.promotion import OpportunityKind
from tests import build

pytestmark = pytest.mark.django_db


def test_capital_by_year_country_and_zone(reader):
    sector, zone = Sector.objects.get(code="2018-26"), build.make_zone(name="KCN A")
    korean = build.make_investor(country=Country.objects.get(code="KR"))
    build.make_project(sector=sector, zone=zone, investors=[korean], capital_usd="6000000", decided_on=date(2021, 5, 1))
    build.make_project(sector=sector, capital_usd="1000000", decided_on=date(2022, 5, 1))
    html, words = reader.html("/sectors/2018-26/"), reader.words("/sectors/2018-26/")
    assert "Dự án trong sổ 2 dự án Vốn đăng ký 7.000.000 USD" in words
    assert "Năm 2021 nhiều vốn đăng ký nhất: 6 triệu USD" in words
    assert "Hàn Quốc 1 dự án 6.000.000" in words and "KCN A 1 dự án 6.000.000" in words
    assert '<a href="/projects/?sector=2018-26&amp;country=KR">1 dự án</a>' in html
    assert "Tổng của 2 dự án 7.000.000" in words
    assert 'thuộc mục <a href="/sectors/2018-C/">' in html


def test_a_section_adds_up_its_divisions(reader):
    for code, amount in (("2018-26", 7), ("2018-27", 5)):
        build.make_project(sector=Sector.objects.get(code=code), capital_usd=amount)
    words = reader.words("/sectors/2018-C/")
    assert "Sản xuất thiết bị điện 1 dự án 5" in words and "Tổng của 2 dự án 12" in words
    assert "Total of 2 projects 12" in reader.words("/en/sectors/2018-C/")
    assert "Total of 1 project 7" in reader.words("/en/sectors/2018-26/")


def test_nothing_yet(reader):
    words = reader.words("/sectors/2018-26/")
    assert "Chưa có dự án nào thuộc ngành này trong sổ" in words and "chưa đối chiếu" in words


def test_many_groups_become_one_line_that_leads_to_all(reader):
    sector = Sector.objects.get(code="2018-26")
    with build.act() as act:
        for number in range(12):
            build.make_project(act=act, sector=sector, zone=build.make_zone(act=act, name=f"KCN {number}"),
                               capital_usd=number + 1)
    html, words = reader.html("/sectors/2018-26/"), reader.words("/sectors/2018-26/")
    assert '<a href="/statistics/?by=zone&amp;sector=2018-26">2 dòng khác</a>' in html
    assert "2 dòng khác 2 dự án 3" in words


def test_calls_for_investment(reader):
    call = build.make(Opportunity, **build.published(name="Kêu gọi", kind=OpportunityKind.CALL,
                                                     sector=Sector.objects.get(code="2018-26")))
    assert f'<a href="/opportunities/{call.code}/">Kêu gọi</a>' in reader.html("/sectors/2018-C/")


def test_same_queries_for_one_and_for_twenty(reader):
    sector = Sector.objects.get(code="2018-26")

    def add(act):
        investor = build.make_investor(act=act, country=Country.objects.get(code="KR"))
        build.make_project(act=act, sector=sector, zone=build.make_zone(act=act), investors=[investor], capital_usd=1)

    with build.act() as act:
        add(act)
    one = reader.queries("/sectors/2018-26/")
    with build.act() as act:
        for _ in range(19):
            add(act)
    assert reader.queries("/sectors/2018-26/") == one <= 16
