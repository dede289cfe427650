"""Numbers that officers type where the unit is known."""

from decimal import Decimal

import pytest

from registry.vocabulary.money import AmountTooFine, UnreadableAmount
from registry.vocabulary.typed import OtherCurrency, UnreadableNumber, read_amount_in, read_number


@pytest.mark.parametrize("text, amount", [
    ("1.600.000.000", "1600000000.00"), ("1.600.000.000,50", "1600000000.50"), ("1600000000", "1600000000.00"),
    ("1,6 tỷ", "1600000000.00"), ("1,6 tỷ USD", "1600000000.00"), ("-5", "-5.00"), (" 12 triệu ", "12000000.00"),
    ("1,600,000", "1600000.00"),
])
def test_an_amount_may_leave_its_currency_out(text, amount):
    assert read_amount_in("USD", text) == Decimal(amount)
    assert str(read_amount_in("USD", text)) == amount


@pytest.mark.parametrize("text", ["1.6 tỷ", "1,600", "1.6", "", "nhiều", "1.60.0"])
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
