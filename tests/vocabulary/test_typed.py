"""Numbers that officers type where the unit is known."""

from datetime import date
from decimal import Decimal

import pytest

from registry.vocabulary.money import AmountTooFine, UnreadableAmount
from registry.vocabulary.period import NoSuchDay, UnreadableDay, VagueDay
from registry.vocabulary.typed import OtherCurrency, UnreadableNumber, read_amount_in, read_listed_day, read_number


@pytest.mark.parametrize("text, amount", [
    ("1.600.000.000", "1600000000.00"), ("1.600.000.000,50", "1600000000.50"), ("1600000000", "1600000000.00"),
    ("1,6 tỷ", "1600000000.00"), ("1,6 tỷ USD", "1600000000.00"), ("-5", "-5.00"), (" 12 triệu ", "12000000.00"),
    ("1,600,000", "1600000.00"), ("10 000 000", "10000000.00"), ("10\u00a0000\u202f000 USD", "10000000.00"),
    ("$10,000,000", "10000000.00"), ("$ 1.000.000", "1000000.00"), ("2 500$", "2500.00"), ("US$ 5", "5.00"),
    ("-1 500 triệu", "-1500000000.00"), ("3 500", "3500.00"),
])
def test_an_amount_may_leave_its_currency_out(text, amount):
    assert read_amount_in("USD", text) == Decimal(amount)
    assert str(read_amount_in("USD", text)) == amount


@pytest.mark.parametrize("text", ["1.6 tỷ", "1,600", "1.6", "", "nhiều", "1.60.0",
                                  "10 00 000", "10 000 00", "1000 000", "0 500", "1 2",
                                  "10 000.000", "1 000,5", "$1.5", "A$5", "S$ 1.000", "$5 USD", "$$5"])
def test_what_could_be_read_two_ways_is_refused(text):
    with pytest.raises(UnreadableNumber) as refusal:
        read_amount_in("USD", text)
    assert isinstance(refusal.value, UnreadableAmount)
    assert "1.600.000.000" in str(refusal.value)


def test_another_currency_is_refused_by_name():
    with pytest.raises(OtherCurrency) as refusal:
        read_amount_in("USD", "1.000 tỷ đồng")
    assert str(refusal.value) == (
        "“1.000 tỷ đồng” ghi bằng đồng, còn ô này ghi bằng USD. Hãy ghi số USD như văn bản in.")
    assert read_amount_in("VND", "1.000 tỷ đồng") == Decimal(10) ** 12


def test_the_sign_of_the_dollar_is_another_currency_among_dong():
    with pytest.raises(OtherCurrency):
        read_amount_in("VND", "$10,000,000")


@pytest.mark.parametrize("text", ["15.5.2021", "15-05-2021", " 15.05.2021 ", "15/5/2021", "2021-05-15"])
def test_a_day_is_read_as_lists_have_it(text):
    assert read_listed_day(text) == VagueDay.exact(date(2021, 5, 15))


@pytest.mark.parametrize("text", ["15.5.21", "15.5-2021", "15-5-21", "2021.5.15", "ngày 15.5.2021", "5.2021"])
def test_other_days_with_points_are_refused(text):
    with pytest.raises(UnreadableDay):
        read_listed_day(text)


def test_a_listed_day_must_be_in_the_calendar():
    with pytest.raises(NoSuchDay):
        read_listed_day("05.15.2021")
    assert read_listed_day(" ") is None


def test_cents_are_the_smallest():
    with pytest.raises(AmountTooFine):
        read_amount_in("USD", "1,2345")


@pytest.mark.parametrize("text, number", [
    ("33,5", "33.5"), ("12,345", "12.345"), ("1.234,5", "1234.5"), ("1.234", "1234"), ("-7", "-7"), ("−7", "-7"),
])
def test_a_number_is_read_in_vietnamese_writing(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["33.5", "", "1,234,5", "12 345", "NaN", "1e5", "--7"])
def test_other_writing_is_refused(text):
    with pytest.raises(UnreadableNumber):
        read_number(text)
