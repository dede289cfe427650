"""Project numbers (mã số dự án) as certificates print them: the digits of the national system, or those of an older
certificate or licence."""

import re
import unicodedata

from django.utils.translation import gettext as _

PARTED_DIGITS = re.compile(r"[0-9]+(?:[ .][0-9]+)+")
# Since July 2015; certificates of 2006 to 2015.
USUAL_LENGTHS = (10, 12)
BETWEEN = "; "


def read_project_number(text: str) -> str:
    """The number as the register keeps it: without invisible characters, spaces collapsed, digits that are parted by
    spaces or points together. Empty for an empty text."""
    seen = "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf")
    words = " ".join(seen.split())
    return re.sub(r"[ .]", "", words) if PARTED_DIGITS.fullmatch(words) else words


def doubt_of_number(number: str | None) -> str:
    """What an officer should look at in a number such as no certificate is known to have; empty where nothing."""
    if not number or (number.isdecimal() and len(number) in USUAL_LENGTHS):
        return ""
    if number.isdecimal():
        return _("Mã số dự án “%(number)s” có %(count)s chữ số; mã hiện hành có 10, giấy chứng nhận đầu tư cũ có 12. "
                 "Hãy xem lại giấy.") % {"number": number, "count": len(number)}
    if not any(sign.isdigit() for sign in number):
        return _("Mã số dự án “%(number)s” không có chữ số nào. Hãy xem lại giấy.") % {"number": number}
    return ""


def former_numbers(kept: str) -> list[str]:
    """The numbers that a project had before, as they are kept in one text, the oldest first."""
    return kept.split(BETWEEN) if kept else []


def with_former(kept: str, number: str | None, *, now: str | None) -> str:
    """The former numbers with one more, and without the one that is its number now."""
    numbers = [each for each in [*former_numbers(kept), number] if each and each != now]
    return BETWEEN.join(dict.fromkeys(numbers))
