import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.vocabulary.money import (
    AmountTooFine,
    AmountTooLarge,
    CurrencyMissing,
    Money,
    UnreadableAmount,
    format_amount,
    format_short,
    from_hundredths,
    hundredths_written,
    in_usd,
    in_written,
    read_amount,
    split,
    to_hundredths,
)

LARGEST = 2**63 - 1


def decimals(*texts):
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("amount", "hundredths"),
    [
        (Decimal("1600000000"), 160_000_000_000),
        (Decimal("0.01"), 1),
        (Decimal("-72620000.50"), -7_262_000_050),
        (Decimal("1.500"), 150),
        (Decimal("1E+3"), 100_000),
        (0, 0),
        (Decimal("92233720368547758.07"), LARGEST),
        (Decimal("-92233720368547758.07"), -LARGEST),
    ],
    ids=str,
)
def test_amounts_are_whole_hundredths(amount, hundredths):
    assert to_hundredths(amount) == hundredths


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        (Decimal("0.001"), AmountTooFine),
        (Decimal("1.0000000000000000000000000000000001"), AmountTooFine),
        (Decimal("1E-999999"), AmountTooFine),
        (Decimal("92233720368547758.08"), AmountTooLarge),
        (Decimal("-92233720368547758.08"), AmountTooLarge),
        (Decimal("1E+999999"), AmountTooLarge),
        (Decimal("NaN"), ValueError),
        (Decimal("-Infinity"), ValueError),
        (1.5, TypeError),
        ("1.5", TypeError),
    ],
    ids=str,
)
def test_amounts_that_hundredths_cannot_hold_are_refused(amount, error):
    with pytest.raises(error):
        to_hundredths(amount)


def test_a_refused_amount_is_told_the_vietnamese_way():
    with pytest.raises(AmountTooFine) as refused:
        to_hundredths(Decimal("1234.567"))
    assert "1.234,567" in str(refused.value)


@given(st.integers(-LARGEST, LARGEST))
def test_hundredths_come_back(hundredths):
    amount = from_hundredths(hundredths)
    assert amount.as_tuple().exponent == -2
    assert to_hundredths(amount) == hundredths
    assert hundredths_written(hundredths) == str(amount)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        ("100", ("1", "1", "1"), ("33.34", "33.33", "33.33")),
        ("-100", ("1", "1", "1"), ("-33.34", "-33.33", "-33.33")),
        ("0.05", ("1", "1"), ("0.03", "0.02")),
        ("100", ("33.3", "66.7"), ("33.30", "66.70")),
        ("10", ("0", "1"), ("0.00", "10.00")),
        ("1", ("1", "5"), ("0.17", "0.83")),
        ("0", ("1", "2"), ("0.00", "0.00")),
        ("7", ("0.1",), ("7.00",)),
    ],
)
def test_parts_follow_their_weights(total, weights, parts):
    assert split(Decimal(total), decimals(*weights)) == decimals(*parts)


@pytest.mark.parametrize("weights", [(), ("0", "0"), ("-1", "2")], ids=["none", "zero", "negative"])
def test_weights_that_divide_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        split(Decimal(100), decimals(*weights))


@given(st.integers(-LARGEST, LARGEST), st.lists(st.decimals(0, 1000, places=3), min_size=1))
def test_parts_add_up_to_the_cent(hundredths, weights):
    if any(weights):
        parts = split(from_hundredths(hundredths), weights)
        assert sum(to_hundredths(part) for part in parts) == hundredths


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1,6 tỷ USD", "1600000000.00", "USD"),
        ("664,31 triệu USD", "664310000.00", "USD"),
        ("90 triệu USD", "90000000.00", "USD"),
        ("400 triệu đô la", "400000000.00", "USD"),
        ("8,3 tỉ đô la Mỹ", "8300000000.00", "USD"),
        ("20.000.000 Đô-la Mỹ", "20000000.00", "USD"),
        ("1.600.000.000 USD", "1600000000.00", "USD"),
        ("664.310.000,50 USD", "664310000.50", "USD"),
        ("1.600 USD", "1600.00", "USD"),
        ("1234,5 USD", "1234.50", "USD"),
        ("1.000 tỷ đồng", "1000000000000.00", "VND"),
        ("1,1 nghìn tỷ đồng", "1100000000000.00", "VND"),
        ("13.895,7 tỷ đồng", "13895700000000.00", "VND"),
        ("100.000đ", "100000.00", "VND"),
        ("5 tỷ VNĐ", "5000000000.00", "VND"),
        ("-72,62 triệu USD", "-72620000.00", "USD"),
        ("−72,62 triệu USD", "-72620000.00", "USD"),
        ("(59,82) triệu USD", "-59820000.00", "USD"),
        ("USD 1.6 billion", "1600000000.00", "USD"),
        ("1,6 billion USD", "1600000000.00", "USD"),
        ("664.31 million USD", "664310000.00", "USD"),
        ("1,600,000,000 USD", "1600000000.00", "USD"),
        (" 1,6\u00a0tỷ\u202fUSD ", "1600000000.00", "USD"),
        (unicodedata.normalize("NFD", "8,3 tỷ đô la Mỹ"), "8300000000.00", "USD"),
    ],
)
def test_amounts_are_read_as_people_write_them(text, amount, currency):
    money = read_amount(text)
    assert money == Money(Decimal(amount), currency)
    assert str(money.amount) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "vài tỷ USD",
        "1.6 tỷ USD",
        "1.6 tỷ",
        "1.6 USD",
        "0.600 tỷ USD",
        "1,6,5 tỷ USD",
        "1,234.56 USD",
        "1,600,000.50 USD",
        "1.600.00 USD",
        "1 600 000 USD",
        "1,600,000 tỷ đồng",
        "1,600 USD",
        "1,600 million USD",
        "1.600 million USD",
        "(59,82 triệu USD",
        "5 triệu EUR",
        "USD 5 triệu đồng",
        "hơn 5 triệu USD",
    ],
)
def test_amounts_without_one_sure_reading_are_refused(text):
    with pytest.raises(UnreadableAmount) as refused:
        read_amount(text)
    assert text in str(refused.value)
    assert "1,6 tỷ USD" in str(refused.value)


@pytest.mark.parametrize("text", ["1,6 tỷ", "1.600.000", "-5"])
def test_an_amount_needs_its_currency(text):
    with pytest.raises(CurrencyMissing, match="USD hoặc đồng"):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("0,001 USD", AmountTooFine),
        ("1,0000000000000000000000000000000000000001 tỷ USD", AmountTooFine),
        ("92.233.720.368.547.758,08 đồng", AmountTooLarge),
        ("100.000 nghìn tỷ đồng", AmountTooLarge),
    ],
)
def test_amounts_that_cannot_be_held_are_refused_in_words_too(text, error):
    with pytest.raises(error):
        read_amount(text)


@pytest.mark.parametrize(
    ("amount", "currency", "vietnamese", "english"),
    [
        ("1600000000.00", "USD", "1.600.000.000 USD", "1,600,000,000 USD"),
        ("664310000.50", "USD", "664.310.000,50 USD", "664,310,000.50 USD"),
        ("-72620000", "USD", "-72.620.000 USD", "-72,620,000 USD"),
        ("1000000000000", "VND", "1.000.000.000.000 đồng", "1,000,000,000,000 VND"),
        ("0", "USD", "0 USD", "0 USD"),
        ("-0.001", "USD", "0 USD", "0 USD"),
        ("0.005", "USD", "0,01 USD", "0.01 USD"),
    ],
)
def test_full_amounts(amount, currency, vietnamese, english):
    assert format_amount(Decimal(amount), currency, "vi") == vietnamese
    assert format_amount(Decimal(amount), currency, "en") == english


@pytest.mark.parametrize(
    ("amount", "currency", "vietnamese", "english"),
    [
        ("1600000000", "USD", "1,6 tỷ USD", "USD 1.6 billion"),
        ("664310000", "USD", "664,31 triệu USD", "USD 664.31 million"),
        ("90000000", "USD", "90 triệu USD", "USD 90 million"),
        ("1000000000000", "VND", "1.000 tỷ đồng", "VND 1,000 billion"),
        ("-72620000", "USD", "-72,62 triệu USD", "USD -72.62 million"),
        ("1005000", "USD", "1,01 triệu USD", "USD 1.01 million"),
        ("995000000", "USD", "995 triệu USD", "USD 995 million"),
        ("999995000", "USD", "1 tỷ USD", "USD 1 billion"),
        ("1000000", "USD", "1 triệu USD", "USD 1 million"),
        ("999999.99", "USD", "999.999,99 USD", "999,999.99 USD"),
        ("6696", "USD", "6.696 USD", "6,696 USD"),
        ("0", "VND", "0 đồng", "0 VND"),
    ],
)
def test_short_amounts(amount, currency, vietnamese, english):
    assert format_short(Decimal(amount), currency, "vi") == vietnamese
    assert format_short(Decimal(amount), currency, "en") == english


@pytest.mark.parametrize("amount, currency, korean, chinese", [
    ("1600000000", "USD", "16억 달러", "16亿美元"), ("90000000", "USD", "9,000만 달러", "9,000万美元"),
    ("-664310000", "USD", "-6.64억 달러", "-6.64亿美元"), ("2500000000000", "VND", "2.5조 동", "2.5万亿越南盾"),
    ("999999", "USD", "999,999 USD", "999,999 USD"), ("16000000", "EUR", "1,600만 EUR", "1,600万EUR"),
])
def test_short_amounts_in_the_east(amount, currency, korean, chinese):
    assert format_short(Decimal(amount), currency, "ko") == korean
    assert format_short(Decimal(amount), currency, "zh") == chinese


EXACT_IN_SHORT = st.one_of(
    st.integers(-99_999_999, 99_999_999).map(from_hundredths),
    st.integers(-99_999, 99_999).map(lambda n: Decimal(n) * 10_000),
    st.integers(-(10**9), 10**9).map(lambda n: Decimal(n) * 10_000_000),
)


@given(EXACT_IN_SHORT, st.sampled_from(["USD", "VND"]))
def test_a_short_amount_reads_back(amount, currency):
    assert read_amount(format_short(amount, currency, "vi")) == Money(amount, currency)


@given(st.integers(-LARGEST, LARGEST).map(from_hundredths), st.sampled_from(["USD", "VND"]))
def test_a_full_amount_reads_back(amount, currency):
    assert read_amount(format_amount(amount, currency, "vi")) == Money(amount, currency)


@pytest.mark.parametrize(
    ("value", "unit", "in_dollars", "written"),
    [
        ("664.31", "USD million", "664310000.00", ("664310000.00", "USD")),
        ("6696", "USD", "6696.00", ("6696.00", "USD")),
        ("-59.82", "USD million", "-59820000.00", ("-59820000.00", "USD")),
        ("1000", "VND billion", None, ("1000000000000.00", "VND")),
        ("1000", "USD million per year", None, None),
        ("16", "zones", None, None),
        ("664,31", "USD million", None, None),
        ("", "USD", None, None),
        ("0.001", "USD", None, None),
        ("99999999999", "USD billion", None, None),
    ],
)
def test_amounts_of_statements(value, unit, in_dollars, written):
    assert in_usd(value, unit) == (in_dollars and Decimal(in_dollars))
    assert in_written(value, unit) == (written and Money(Decimal(written[0]), written[1]))
