import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.vocabulary.period import (
    NoSuchDay,
    Period,
    UnreadableDay,
    VagueDay,
    month_key,
    quarter_key,
    read_day,
    year_key,
)


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("earliest", "latest", "label", "label_en"),
    [
        ("2023-10-21", "2023-10-21", "21/10/2023", "21 October 2023"),
        ("2023-05-01", "2023-05-01", "01/05/2023", "1 May 2023"),
        ("2023-09-01", "2023-09-30", "tháng 9/2023", "September 2023"),
        ("2024-02-01", "2024-02-29", "tháng 2/2024", "February 2024"),
        ("2025-01-01", "2025-03-31", "quý I/2025", "first quarter of 2025"),
        ("2025-10-01", "2025-12-31", "quý IV/2025", "fourth quarter of 2025"),
        ("2023-01-01", "2023-06-30", "6 tháng đầu năm 2023", "first half of 2023"),
        ("2023-07-01", "2023-12-31", "6 tháng cuối năm 2023", "second half of 2023"),
        ("2011-01-01", "2011-12-31", "năm 2011", "2011"),
        ("2015-01-01", "2015-12-20", "từ 01/01/2015 đến 20/12/2015", "1 January 2015 to 20 December 2015"),
    ],
)
def test_days_without_words_are_named_by_themselves(earliest, latest, label, label_en):
    stated = VagueDay(day(earliest), day(latest))
    assert stated.label == label
    assert stated.label_en == label_en
    read = read_day(label)
    assert (read.earliest, read.latest) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "label_en"),
    [
        ("ngày 14/6/2023", "2023-06-14", "2023-06-14", "14 June 2023"),
        ("chiều 13/6/2023", "2023-06-13", "2023-06-13", "13 June 2023"),
        ("sáng ngày 14 tháng 6 năm 2023", "2023-06-14", "2023-06-14", "14 June 2023"),
        ("tháng 5/2023", "2023-05-01", "2023-05-31", "May 2023"),
        ("tháng 9 năm 2023", "2023-09-01", "2023-09-30", "September 2023"),
        ("đầu tháng 3/2024", "2024-03-01", "2024-03-10", "early March 2024"),
        ("giữa tháng 3/2024", "2024-03-11", "2024-03-20", "mid-March 2024"),
        ("cuối tháng 10/2023", "2023-10-21", "2023-10-31", "late October 2023"),
        ("cuối tháng 2/2023", "2023-02-21", "2023-02-28", "late February 2023"),
        ("cuối tháng 3/2025", "2025-03-21", "2025-03-31", "late March 2025"),
        ("quý I/2025", "2025-01-01", "2025-03-31", "first quarter of 2025"),
        ("quý 1/2025", "2025-01-01", "2025-03-31", "first quarter of 2025"),
        ("Quý III năm 2025", "2025-07-01", "2025-09-30", "third quarter of 2025"),
        ("6 tháng đầu năm 2023", "2023-01-01", "2023-06-30", "first half of 2023"),
        ("6 tháng cuối năm 2023", "2023-07-01", "2023-12-31", "second half of 2023"),
        ("nửa cuối năm 2023", "2023-07-01", "2023-12-31", "second half of 2023"),
        ("đầu năm 2023", "2023-01-01", "2023-03-31", "early 2023"),
        ("giữa năm 2024", "2024-04-01", "2024-09-30", "mid-2024"),
        ("cuối năm 2023", "2023-10-01", "2023-12-31", "late 2023"),
        ("năm 2024", "2024-01-01", "2024-12-31", "2024"),
        ("đến năm 2030", "2030-01-01", "2030-12-31", "by 2030"),
        ("Đến năm 2035", "2035-01-01", "2035-12-31", "by 2035"),
        ("khoảng năm 2022", "2022-01-01", "2022-12-31", "around 2022"),
        ("khoảng quý I/2025", "2025-01-01", "2025-03-31", "around first quarter of 2025"),
        ("đến tháng 6/2026", "2026-06-01", "2026-06-30", "by June 2026"),
        ("từ 01/01/2015 đến 20/12/2015", "2015-01-01", "2015-12-20", "1 January 2015 to 20 December 2015"),
        ("từ tháng 4/2023 đến tháng 6/2023", "2023-04-01", "2023-06-30", "second quarter of 2023"),
    ],
)
def test_words_are_read_and_kept(text, earliest, latest, label_en):
    stated = read_day(text)
    assert stated == VagueDay(day(earliest), day(latest), text)
    assert stated.label == text
    assert stated.label_en == label_en


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "label"),
    [
        ("14/6/2023", "2023-06-14", "2023-06-14", "14/06/2023"),
        ("05/06/2023", "2023-06-05", "2023-06-05", "05/06/2023"),
        ("29/02/2024", "2024-02-29", "2024-02-29", "29/02/2024"),
        ("2023-06-14", "2023-06-14", "2023-06-14", "14/06/2023"),
        ("9/2023", "2023-09-01", "2023-09-30", "tháng 9/2023"),
        (" 9 / 2023 ", "2023-09-01", "2023-09-30", "tháng 9/2023"),
        ("2023-09", "2023-09-01", "2023-09-30", "tháng 9/2023"),
        ("2025-Q1", "2025-01-01", "2025-03-31", "quý I/2025"),
        ("2023-H1", "2023-01-01", "2023-06-30", "6 tháng đầu năm 2023"),
        ("2023-h2", "2023-07-01", "2023-12-31", "6 tháng cuối năm 2023"),
        ("2011", "2011-01-01", "2011-12-31", "năm 2011"),
        ("1900", "1900-01-01", "1900-12-31", "năm 1900"),
        ("31/12/2200", "2200-12-31", "2200-12-31", "31/12/2200"),
    ],
)
def test_numbers_are_read_and_named_in_words(text, earliest, latest, label):
    stated = read_day(text)
    assert stated == VagueDay(day(earliest), day(latest))
    assert stated.label == label


@pytest.mark.parametrize("text", ["", "  ", "\u00a0"], ids=["empty", "spaces", "no-break space"])
def test_nothing_typed_is_no_day(text):
    assert read_day(text) is None


def test_typing_does_not_matter():
    typed = unicodedata.normalize("NFD", "  CUỐI   tháng\u00a010 / 2023 ")
    stated = read_day(typed)
    assert stated == VagueDay(date(2023, 10, 21), date(2023, 10, 31), "CUỐI tháng 10 / 2023")
    assert stated.label_en == "late October 2023"


@pytest.mark.parametrize(
    "text",
    [
        "30/02/2024",
        "29/02/2023",
        "06/14/2023",
        "2023-02-30",
        "ngày 31/6/2023",
        "13/2023",
        "0/2023",
        "1899",
        "quý I/2201",
        "14/6/0023",
        "từ 02/01/2023 đến 01/01/2023",
    ],
)
def test_a_day_in_no_calendar_is_refused(text):
    with pytest.raises(NoSuchDay) as refused:
        read_day(text)
    assert f"“{text}” không tồn tại" in str(refused.value)
    assert "21/10/2023" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "hơn hai tuần trước bài báo",
        "trong các năm tới",
        "14/6/23",
        "quý V/2025",
        "2023-Q5",
        "14.6.2023",
        "từ năm 2021",
        "từ năm 2021 đến nay",
        "đến đến năm 2030",
        "khoảng đến năm 2030",
        "٢٠٢٣",
        "1/2/2023\x00",
    ],
)
def test_other_words_are_refused_with_the_way_to_write(text):
    with pytest.raises(UnreadableDay, match="Hãy viết như 21/10/2023") as refused:
        read_day(text)
    assert not isinstance(refused.value, NoSuchDay)


@pytest.mark.parametrize(
    ("words", "label_en"),
    [
        ("hơn hai tuần trước bài báo", "15 October 2023 to 31 October 2023"),
        ("cuối tháng 10/2023", "15 October 2023 to 31 October 2023"),
        ("ngày 30/02/2023", "15 October 2023 to 31 October 2023"),
    ],
    ids=["unreadable", "other days", "no such day"],
)
def test_english_comes_from_the_days_where_the_words_do_not_agree(words, label_en):
    stated = VagueDay(date(2023, 10, 15), date(2023, 10, 31), words)
    assert stated.label == words
    assert stated.label_en == label_en


def test_an_exact_day():
    stated = VagueDay.exact(date(2023, 10, 21))
    assert stated == VagueDay(date(2023, 10, 21), date(2023, 10, 21))
    assert stated.is_exact
    assert not VagueDay(date(2023, 10, 21), date(2023, 10, 22)).is_exact


def test_the_earliest_day_is_not_after_the_latest():
    with pytest.raises(ValueError, match="2023-10-22"):
        VagueDay(date(2023, 10, 22), date(2023, 10, 21))


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_derived_label_reads_back(one, other):
    stated = VagueDay(min(one, other), max(one, other))
    read = read_day(stated.label)
    assert (read.earliest, read.latest, read.label_en) == (stated.earliest, stated.latest, stated.label_en)


@pytest.mark.parametrize(
    ("period", "start", "last"),
    [
        (Period.day(date(2023, 12, 31)), "2023-12-31", "2023-12-31"),
        (Period.month(2024, 2), "2024-02-01", "2024-02-29"),
        (Period.month(2023, 12), "2023-12-01", "2023-12-31"),
        (Period.quarter(2023, 1), "2023-01-01", "2023-03-31"),
        (Period.quarter(2023, 4), "2023-10-01", "2023-12-31"),
        (Period.half(2023, 1), "2023-01-01", "2023-06-30"),
        (Period.half(2023, 2), "2023-07-01", "2023-12-31"),
        (Period.year(2023), "2023-01-01", "2023-12-31"),
        (Period.between(date(2022, 1, 1), date(2022, 12, 31)), "2022-01-01", "2022-12-31"),
    ],
    ids=["day", "leap month", "december", "Q1", "Q4", "first half", "second half", "year", "between"],
)
def test_periods(period, start, last):
    assert (period.start, period.last) == (day(start), day(last))


def test_a_period_leaves_its_end_out():
    may = Period.month(2023, 5)
    assert may.end == date(2023, 6, 1)
    assert date(2023, 4, 30) not in may
    assert date(2023, 5, 1) in may
    assert date(2023, 5, 31) in may
    assert date(2023, 6, 1) not in may


@pytest.mark.parametrize(
    "make",
    [
        lambda: Period(date(2023, 1, 1), date(2023, 1, 1)),
        lambda: Period.between(date(2023, 1, 2), date(2023, 1, 1)),
        lambda: Period.month(2023, 13),
        lambda: Period.quarter(2023, 5),
        lambda: Period.quarter(2023, 0),
        lambda: Period.half(2023, 3),
    ],
    ids=["empty", "backwards", "month 13", "quarter 5", "quarter 0", "half 3"],
)
def test_a_period_that_is_none_is_refused(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize(
    ("of", "year", "quarter", "month"),
    [
        ("2023-01-01", "2023", "2023-Q1", "2023-01"),
        ("2023-05-31", "2023", "2023-Q2", "2023-05"),
        ("2023-12-31", "2023", "2023-Q4", "2023-12"),
    ],
)
def test_keys_of_a_day(of, year, quarter, month):
    assert (year_key(day(of)), quarter_key(day(of)), month_key(day(of))) == (year, quarter, month)
