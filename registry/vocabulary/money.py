"""Amounts of money: whole hundredths, the ways people write them and the ways pages show them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from .errors import RuleBroken

HUNDREDTHS = 100
CENT = Decimal("0.01")
LARGEST = Decimal(2**63 - 1) / HUNDREDTHS  # what a BIGINT column of hundredths can hold
MILLION = Decimal(1_000_000)

# Words and their powers of ten.
VIETNAMESE_UNITS = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "nghìn tỷ": 12, "ngàn tỷ": 12}
ENGLISH_UNITS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
POWERS = {"": 0} | VIETNAMESE_UNITS | ENGLISH_UNITS

EASTERN_UNITS = {"ko": {4: "만", 8: "억", 12: "조"}, "zh": {4: "万", 8: "亿", 12: "万亿"}}
EASTERN_CURRENCIES = {"ko": {"USD": "달러", "VND": "동"}, "zh": {"USD": "美元", "VND": "越南盾"}}

CURRENCIES = {
    "usd": "USD",
    "us$": "USD",
    "đô la": "USD",
    "đô la mỹ": "USD",
    "đô-la": "USD",
    "đô-la mỹ": "USD",
    "vnd": "VND",
    "vnđ": "VND",
    "đ": "VND",
    "đồng": "VND",
    "đồng việt nam": "VND",
}

# Units of statements, as the facts file writes them: currency and power of ten.
STATED_UNITS = {
    "USD": ("USD", 0),
    "USD million": ("USD", 6),
    "USD billion": ("USD", 9),
    "VND": ("VND", 0),
    "VND million": ("VND", 6),
    "VND billion": ("VND", 9),
}


def _any_of(words) -> str:
    """A pattern that matches any of the words, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


WRITTEN_AMOUNT = re.compile(
    rf"(?P<before>{_any_of(CURRENCIES)})? ?"
    r"(?P<number>-? ?[0-9][0-9.,]*|\([0-9][0-9.,]*\)) ?"
    rf"(?P<unit>{_any_of(VIETNAMESE_UNITS | ENGLISH_UNITS)})? ?"
    rf"(?P<after>{_any_of(CURRENCIES)})?"
)
VIETNAMESE_NUMBER = re.compile(r"([1-9][0-9]{0,2}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?")
ENGLISH_GROUPS = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+")
ENGLISH_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
PLAIN_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")

OTHER_MINUS_SIGNS = str.maketrans("−–", "--")
SWAPPED_SIGNS = str.maketrans(",.", ".,")


class AmountTooFine(RuleBroken):
    """More than two decimals, to the unit of the currency."""

    code = "amount-too-fine"
    message = _("Số tiền %(amount)s có hơn hai chữ số thập phân. Hãy làm tròn đến hai chữ số.")


class AmountTooLarge(RuleBroken):
    """Beyond what the register can hold."""

    code = "amount-too-large"
    message = _(
        "Số tiền %(amount)s vượt quá mức sổ đăng ký ghi được, khoảng 92 triệu tỷ. "
        "Hãy kiểm tra lại số chữ số và đơn vị."
    )


class UnreadableAmount(RuleBroken):
    """Not an amount, or one that could be read two ways."""

    code = "unreadable-amount"
    message = _(
        "Không đọc được chắc chắn số tiền “%(text)s”. Hãy viết dấu chấm ngăn từng ba chữ số, "
        "một dấu phẩy thập phân, rồi đơn vị và loại tiền, ví dụ 1,6 tỷ USD hoặc 1.000 tỷ đồng."
    )


class CurrencyMissing(RuleBroken):
    """A number without its currency."""

    code = "currency-missing"
    message = _("Số tiền “%(text)s” chưa có loại tiền. Hãy ghi thêm USD hoặc đồng, ví dụ 1,6 tỷ USD.")


@dataclass(frozen=True)
class Money:
    """An amount in units of its currency (not thousands or millions), the currency by its ISO 4217 code."""

    amount: Decimal
    currency: str


def to_hundredths(amount: Decimal | int) -> int:
    """The amount in whole hundredths, exactly.

    Raises AmountTooFine for more than two decimals, AmountTooLarge beyond
    ±(2**63 - 1) hundredths, TypeError for a float or a text, ValueError for
    NaN and infinity.
    """
    if not isinstance(amount, Decimal | int):
        raise TypeError(f"an amount is a Decimal or an int, not {type(amount).__name__}")
    amount = Decimal(amount)
    if not amount.is_finite():
        raise ValueError(f"{amount} is not an amount")
    if amount.copy_abs() > LARGEST:
        raise AmountTooLarge(amount=_shown(amount))
    cents = amount.quantize(CENT)
    if cents != amount:
        raise AmountTooFine(amount=_shown(amount))
    return int(cents * HUNDREDTHS)


def _shown(amount: Decimal) -> str:
    """The amount in an error: written out in Vietnamese, unless it has too many zeros to read."""
    return f"{amount:,f}".translate(SWAPPED_SIGNS) if abs(amount.adjusted()) < 30 else str(amount)


def from_hundredths(hundredths: int) -> Decimal:
    """The amount of so many hundredths, with exactly two decimals: 5 gives 0.05."""
    return Decimal(hundredths).scaleb(-2)


def hundredths_written(hundredths: int) -> str:
    """The amount of so many hundredths as text with two decimals: 5 gives "0.05"."""
    whole, cents = divmod(abs(hundredths), HUNDREDTHS)
    return f"{'-' if hundredths < 0 else ''}{whole}.{cents:02d}"


def split(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """The total in parts by the weights, in whole cents that add up to it exactly.

    Each part is cut to the cent and the cents left over go to the largest
    remainders, earlier parts first among equals. A negative total gives
    the parts of the positive one, negated.

    Raises ValueError where no weight is positive or one is negative, and what
    to_hundredths raises for the total.
    """
    return [from_hundredths(part) for part in split_hundredths(to_hundredths(total), in_whole(weights))]


def in_whole(weights: Sequence[Decimal]) -> list[int]:
    """Weights of the same proportions without decimals."""
    places = max([0, *(-weight.as_tuple().exponent for weight in weights)])
    return [int(weight * 10**places) for weight in weights]


def split_hundredths(total: int, weights: Sequence[int]) -> list[int]:
    """``split`` of whole hundredths by whole weights. Raises ValueError as ``split`` does."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative and must add up to more than zero")
    cut = [divmod(abs(total) * weight, whole) for weight in weights]
    parts = [part for part, _remainder in cut]
    left_over = abs(total) - sum(parts)
    for i in sorted(range(len(parts)), key=lambda i: -cut[i][1])[:left_over]:
        parts[i] += 1
    return [-part for part in parts] if total < 0 else parts


def read_amount(text: str) -> Money:
    """The money that a press article or an officer writes: "1,6 tỷ USD", "1.000 tỷ đồng".

    A point groups thousands, in threes, and a comma is the decimal sign. A
    number in English writing ("USD 1.6 billion", "1,600,000,000 USD") is read
    only where it has one kind of sign, cannot be read the Vietnamese way and
    no Vietnamese unit follows; a decimal point needs an English unit.
    A minus or brackets around the number make it negative. The amount has two
    decimals.

    Raises UnreadableAmount, also for an empty text; CurrencyMissing;
    AmountTooFine and AmountTooLarge.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    found = WRITTEN_AMOUNT.fullmatch(words.lower().replace("tỉ", "tỷ").translate(OTHER_MINUS_SIGNS))
    if not found or (found["before"] and found["after"]):
        raise UnreadableAmount(text=words)
    unit = found["unit"] or ""
    number = _plain_number(found["number"].strip("-() "), unit)
    if number is None:
        raise UnreadableAmount(text=words)
    currency = found["before"] or found["after"]
    if not currency:
        raise CurrencyMissing(text=words)
    sign = "-" if found["number"][0] in "-(" else ""
    return Money(_exact_amount(sign + number, POWERS[unit]), CURRENCIES[currency])


def _plain_number(written: str, unit: str) -> str | None:
    """The number with a decimal point and no groups; None where there is no reading, or two."""
    vietnamese = VIETNAMESE_NUMBER.fullmatch(written)
    english = (unit not in VIETNAMESE_UNITS and ENGLISH_GROUPS.fullmatch(written)) or (
        unit in ENGLISH_UNITS and ENGLISH_DECIMAL.fullmatch(written)
    )
    if bool(vietnamese) == bool(english):
        return None
    return written.replace(",", "") if english else written.replace(".", "").replace(",", ".")


def _exact_amount(number: str, power: int) -> Decimal:
    """The plain decimal times the power of ten, with two decimals. Raises what to_hundredths raises."""
    # Written as an exponent: a multiplication would round what has more than 28 digits.
    return from_hundredths(to_hundredths(Decimal(f"{number}E{power}")))


def format_amount(amount: Decimal, currency: str, language: str) -> str:
    """The full amount: "664.310.000,50 USD" in "vi", "664,310,000.50 USD" in any other language.

    Rounded half up to two decimals, which are left out where both are zero.
    Vietnamese says "đồng" for VND.
    """
    number = f"{_rounded(amount):z,.2f}".removesuffix(".00")
    if language == "vi":
        return f"{number.translate(SWAPPED_SIGNS)} {currency_in_vietnamese(currency)}"
    return f"{number} {currency}"


def format_bare(amount: Decimal) -> str:
    """The amount in a Vietnamese message that names its currency itself: "100.000.000"."""
    return format_amount(amount, "", "vi").strip()


def format_short(amount: Decimal, currency: str, language: str) -> str:
    """The amount in millions or billions: "1,6 tỷ USD" in "vi", else "USD 1.6 billion".

    Rounded half up to two decimals, zeros at the end left out. Below a million
    it is the full form of format_amount. Korean and Chinese count in tens of thousands: "16억 달러", "16亿美元".
    """
    if abs(amount) < MILLION:
        return format_amount(amount, currency, language)
    if language in EASTERN_UNITS:
        return _eastern(amount, currency, language)
    number, vietnamese_unit, english_unit = _rounded(amount.scaleb(-6)), "triệu", "million"
    if abs(number) >= 1000:
        number, vietnamese_unit, english_unit = _rounded(amount.scaleb(-9)), "tỷ", "billion"
    shown = f"{number:,.2f}".rstrip("0").rstrip(".")
    if language == "vi":
        return f"{shown.translate(SWAPPED_SIGNS)} {vietnamese_unit} {currency_in_vietnamese(currency)}"
    return f"{currency} {shown} {english_unit}"


def _eastern(amount: Decimal, currency: str, language: str) -> str:
    power = next(power for power in (12, 8, 4) if abs(amount) >= Decimal(10) ** power)
    number = f"{_rounded(amount.scaleb(-power)):,.2f}".rstrip("0").rstrip(".")
    name = EASTERN_CURRENCIES[language].get(currency, currency)
    return f"{number}{EASTERN_UNITS[language][power]}{' ' if language == 'ko' else ''}{name}"


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def currency_in_vietnamese(currency: str) -> str:
    return "đồng" if currency == "VND" else currency


def in_written(value: str, unit: str) -> Money | None:
    """The money of a statement, from its value and unit as the facts file writes them.

    The value is a plain decimal ("664.31"), the unit one of STATED_UNITS.
    None for every other unit, such as "USD million per year", for every other
    value, and for an amount that whole cents cannot hold.
    """
    if unit not in STATED_UNITS or not PLAIN_DECIMAL.fullmatch(value):
        return None
    currency, power = STATED_UNITS[unit]
    try:
        return Money(_exact_amount(value, power), currency)
    except (AmountTooFine, AmountTooLarge):
        return None


def in_usd(value: str, unit: str) -> Decimal | None:
    """The dollars of a statement, in units; None where in_written gives none or another currency."""
    money = in_written(value, unit)
    return money.amount if money and money.currency == "USD" else None
