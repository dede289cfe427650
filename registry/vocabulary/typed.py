"""Numbers that officers type where the unit is known: it may be left out. And what their lists have besides."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from .errors import RuleBroken
from .money import (
    OTHER_MINUS_SIGNS,
    VIETNAMESE_NUMBER,
    CurrencyMissing,
    UnreadableAmount,
    currency_in_vietnamese,
    read_amount,
)
from .period import VagueDay, read_day

# "10 000 000", of which every group but the first has three digits.
SPACED_GROUPS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9.,]| [0-9])")
DOLLAR_SIGN = re.compile(r"(?<![A-Za-z])\$")  # not that of "A$" or "S$"
DAY_FIRST = re.compile(r"([0-9]{1,2})([.-])([0-9]{1,2})\2([0-9]{4})")


class UnreadableNumber(UnreadableAmount):
    """As UnreadableAmount, where the unit is known and need not be written."""

    message = _(
        "Không đọc được chắc chắn con số “%(text)s”. Hãy viết dấu chấm ngăn từng ba chữ số và một dấu phẩy "
        "thập phân, ví dụ 1.600.000.000 hoặc 33,5; số tiền có thể viết gọn là 1,6 tỷ."
    )


class OtherCurrency(RuleBroken):
    """An amount in a currency that is not the one asked for."""

    code = "other-currency"
    message = _("“%(text)s” ghi bằng %(found)s, còn ô này ghi bằng %(wanted)s. Hãy ghi số %(wanted)s như văn bản in.")


def read_amount_in(currency: str, text: str) -> Decimal:
    """The amount that an officer types where the currency is known: "1.600.000.000", "1,6 tỷ", "1600000000",
    "10 000 000", "$10,000,000".

    As read_amount, but that the currency may be left out. Raises UnreadableNumber; OtherCurrency;
    AmountTooFine and AmountTooLarge.
    """
    words = usual_signs(text)
    try:
        money = read_amount(words)
    except CurrencyMissing:
        money = read_amount(f"{words} {currency}")
    except UnreadableAmount as error:
        raise UnreadableNumber(text=" ".join(text.split())) from error
    if money.currency != currency:
        raise OtherCurrency(text=text.strip(), found=currency_in_vietnamese(money.currency),
                            wanted=currency_in_vietnamese(currency))
    return money.amount


def read_number(text: str) -> Decimal:
    """A number without a unit, in Vietnamese writing alone: "1.234,5", "33,5", and "12,345" is a little over 12.

    Raises UnreadableNumber.
    """
    words = text.strip().translate(OTHER_MINUS_SIGNS)
    digits = words.removeprefix("-")
    if not VIETNAMESE_NUMBER.fullmatch(digits):
        raise UnreadableNumber(text=text.strip())
    return Decimal(words.replace(".", "").replace(",", "."))


def usual_signs(text: str) -> str:
    """An amount as read_amount takes it: groups parted by spaces put together, the sign of the dollar as USD."""
    words = SPACED_GROUPS.sub(lambda found: found[0].replace(" ", ""), " ".join(text.split()))
    return DOLLAR_SIGN.sub("USD", words)


def read_listed_day(text: str) -> VagueDay | None:
    """As read_day, and "15.5.2021" or "15-05-2021", which lists have for 15/5/2021."""
    found = DAY_FIRST.fullmatch(text.strip())
    return read_day(f"{found[1]}/{found[3]}/{found[4]}" if found else text)
