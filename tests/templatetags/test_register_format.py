"""Amounts, days and names as readers of both languages see them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from registry.models import CapitalEntry, Investor, Project
from registry.templatetags import register_format as shown
from registry.vocabulary.period import VagueDay


@pytest.fixture(params=["vi", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def either(language: str, vietnamese, english):
    return vietnamese if language == "vi" else english


def test_amounts(language):
    amount = Decimal("1600000000.00")
    assert shown.usd(amount) == either(language, "1.600.000.000 USD", "1,600,000,000 USD")
    assert shown.usd_short(amount) == either(language, "1,6 tỷ USD", "USD 1.6 billion")
    assert shown.amount(Decimal("0.50")) == either(language, "0,50", "0.50")
    assert shown.money(Decimal("1000"), "VND") == either(language, "1.000 đồng", "1,000 VND")
    assert shown.money_short(Decimal("1500000"), "VND") == either(language, "1,5 triệu đồng", "VND 1.5 million")


@pytest.mark.parametrize("value, vietnamese, english", [
    (2000, "2.000", "2,000"), (0, "0", "0"), (Decimal("12.3400"), "12,34", "12.34"), (Decimal("100.00"), "100", "100"),
    (Decimal("-1234.5"), "-1.234,5", "-1,234.5"), (None, "", ""),
])
def test_numbers(language, value, vietnamese, english):
    assert shown.number(value) == either(language, vietnamese, english)


def test_percent(language):
    assert shown.percent(Decimal("0.05")) == either(language, "0,05\N{NO-BREAK SPACE}%", "0.05%")


def test_days(language):
    assert shown.day(date(2026, 11, 2)) == either(
        language, '<time datetime="2026-11-02">02/11/2026</time>', '<time datetime="2026-11-02">2 November 2026</time>'
    )
    assert shown.day(None) == ""
    assert shown.vague_day(VagueDay(date(2023, 10, 21), date(2023, 10, 31), "cuối tháng 10/2023")) == either(
        language, "cuối tháng 10/2023", "late October 2023"
    )
    assert shown.vague_day(None) == ""


def test_a_moment_is_told_in_local_time(language):
    told = shown.moment(datetime(2026, 11, 22, 18, 30, tzinfo=UTC))
    assert 'datetime="2026-11-23T01:30+07:00"' in told
    assert either(language, "23/11/2026, 01:30", "23 November 2026, 01:30") in told


def test_marks():
    assert shown.mark(CapitalEntry(confirmed=True)) == "certificate"
    assert shown.mark(CapitalEntry(confirmed=False)) == "press"

    @dataclass
    class Sums:
        registered_usd: int
        confirmed_usd: int

    assert shown.mark(Sums(5, 5)) == "certificate"
    assert shown.mark(Sums(5, 4)) == "press"
    assert shown.mark(Sums(0, 0)) == ""


def test_figure(language):
    html = Template('{% load register_format %}{% figure amount "press" %}').render(Context({"amount": Decimal(5)}))
    assert html.strip() == either(
        language,
        '<span class="figure figure-press"><span class="visually-hidden">báo chí nêu: </span>5 '
        '<abbr title="đô la Mỹ">USD</abbr></span>',
        '<span class="figure figure-press"><span class="visually-hidden">stated by the press: </span>5 '
        '<abbr title="US dollars">USD</abbr></span>',
    )


def test_names(language):
    both = Project(name="Nhà máy", name_en="Plant")
    only = Project(name="Nhà máy <b>")
    plain = Project(name="Samsung")
    assert shown.named(both) == either(language, "Nhà máy", "Plant")
    assert shown.named(only) == either(language, "Nhà máy <b>", '<span lang="vi">Nhà máy &lt;b&gt;</span>')
    assert shown.named(plain) == "Samsung"


def test_texts_of_records(language):
    assert shown.vietnamese("bán dẫn") == either(language, "bán dẫn", '<span lang="vi">bán dẫn</span>')
    assert shown.vietnamese("bán dẫn", "semiconductors") == either(language, "bán dẫn", "semiconductors")
    assert shown.vietnamese("Hai nguồn nêu giá trị khác nhau.") == either(
        language, "Hai nguồn nêu giá trị khác nhau.", "Two sources state different values."
    )
    assert shown.vietnamese("") == ""


def test_investors(language):
    published = {"publication": "published"}
    assert shown.investor_name(Investor(name="Samsung", **published)) == "Samsung"
    assert shown.investor_name(Investor(name="Kim", kind="person", **published)) == either(
        language, "nhà đầu tư cá nhân", "individual investor"
    )
    assert "Kim" not in shown.investor_name(Investor(name="Kim"))


def test_words(language):
    assert shown.locator("paragraph 7") == either(language, "đoạn\N{NO-BREAK SPACE}7", "paragraph\N{NO-BREAK SPACE}7")
    assert shown.locator("trang 2, bảng 1") == "trang 2, bảng 1"
    assert shown.attribute("home_country") == either(language, "quốc gia của nhà đầu tư", "investor's country")
    assert shown.attribute("never_heard_of") == "never heard of"
    assert shown.unit("USD million") == either(language, "triệu USD", "USD million")
    assert shown.unit("barrels") == "barrels"
    assert shown.verb("withdrawn") == either(language, "đã gỡ", "withdrawn")
    assert shown.kinds(["capital-entry", "milestone"]) == either(
        language, "bút toán vốn, mốc tiến độ", "ledger entry, milestone"
    )
    assert shown.sentence("đang hoạt động") == "Đang hoạt động"
    assert shown.sentence("") == ""


@pytest.mark.parametrize("path, vietnamese, english", [
    ("/", "/", "/en/"), ("/en/", "/", "/en/"), ("/projects/?a=1&b=2", "/projects/?a=1&b=2", "/en/projects/?a=1&b=2"),
    ("/en/projects/?q=/en/x", "/projects/?q=/en/x", "/en/projects/?q=/en/x"), ("/entry/", "/entry/", "/en/entry/"),
])
def test_the_same_page_in_the_other_language(path, vietnamese, english):
    context = {"request": RequestFactory().get(path)}
    assert shown.address_in(context, "vi") == vietnamese
    assert shown.address_in(context, "en") == english
    assert shown.address_in(context, "en", absolute=True) == f"http://testserver{english}"
