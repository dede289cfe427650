"""Numbers that officers type where the unit is known: it may be left out."""

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
    """The amount that an officer types where the currency is known: "1.600.000.000", "1,6 tỷ", "1600000000".

    As read_amount, but that the currency may be left out. Raises UnreadableNumber; OtherCurrency;
    AmountTooFine and AmountTooLarge.
    """
    try:
        money = read_amount(text)
    except CurrencyMissing:
        money = read_amount(f"{text} {currency}")
    except UnreadableAmount as error:
        raise UnreadableNumber(**error.params) from error
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
