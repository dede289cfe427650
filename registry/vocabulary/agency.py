"""The words of the foreign-investment agency's tables: periods with their year before, and its lines of sectors."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from .period import Period

# Its lines are sections of VSIC 2018. In the classification of 2025 J is parted, and every letter from K on has moved
# by one; what moved between sections besides (division 45 is gone) is not told by a letter.
SECTION_BEFORE = {"K": "J", **{chr(ord("L") + place): chr(ord("K") + place) for place in range(11)}}
LAST_SAME = "J"
LETTERS_OF_2025 = "ABCDEFGHIJKLMNOPQRSTUV"


def section_of_2018(key: str) -> str:
    """The section of 2018 under which a section key is printed: ``2025-M`` as ``L``."""
    version, _dash, letter = key.rpartition("-")
    if not version or letter <= LAST_SAME:
        return letter
    return SECTION_BEFORE.get(letter, letter)


def sections_under(letter: str) -> list[str]:
    """The section keys of both classifications that are printed under a section of 2018."""
    return [letter, *(f"2025-{each}" for each in LETTERS_OF_2025 if section_of_2018(f"2025-{each}") == letter)]


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same days a year earlier; the end of a month stays the end of its month, 29 February is none of its own."""
    return _day_before(first, is_end=False), _day_before(last, is_end=last.day == monthrange(last.year, last.month)[1])


def _day_before(day: date, *, is_end: bool) -> date:
    longest = monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, longest if is_end else min(day.day, longest))


def usual_periods(today: date) -> Iterator[tuple[str, Period]]:
    """The periods for which tables are drawn up, each with what it is called: the last whole month, quarter and half,
    this year until the end of that month, and the year before."""
    month = _whole(today, 1)
    yield _("Tháng vừa qua"), month
    yield _("Quý vừa qua"), _whole(today, 3)
    yield _("6 tháng vừa qua"), _whole(today, 6)
    yield _("Từ đầu năm"), Period(date(month.last.year, 1, 1), month.end)
    yield _("Cả năm trước"), Period.year(today.year - 1)


def _whole(today: date, months: int) -> Period:
    """The last so many months, by the calendar, that are over."""
    end = date(today.year, (today.month - 1) // months * months + 1, 1)
    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    return Period(date(year, month + 1, 1), end)
