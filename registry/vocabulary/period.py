"""Days as documents state them, often vaguely, and periods of whole days."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from .errors import RuleBroken

FIRST_YEAR, LAST_YEAR = 1900, 2200

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth")
ROMANS = ("I", "II", "III", "IV")
PARTS = {"đầu": "early ", "giữa": "mid-", "cuối": "late "}
BEFORE = {"đến": "by", "khoảng": "around"}
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
HALVES = {"đầu": 1, "cuối": 2, "1": 1, "2": 2}

# How days are written, in lower case and without spaces round "/" and "-".
YEAR, MONTH, DAY = r"(?P<year>[0-9]{4})", r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
OF_YEAR = rf"(?:/| năm ){YEAR}"
PART = r"(?:(?P<part>đầu|giữa|cuối) )?"
SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{YEAR}-{MONTH}-{DAY}",
        rf"(?:(?:sáng|trưa|chiều|tối|ngày) )*{DAY}(?:/| tháng ){MONTH}{OF_YEAR}",
        rf"{YEAR}-{MONTH}",
        rf"{MONTH}/{YEAR}",
        rf"{PART}tháng {MONTH}{OF_YEAR}",
        rf"{YEAR}-q(?P<quarter>[1-4])",
        rf"qu[ýí] (?P<quarter>i{{1,3}}|iv|[1-4]){OF_YEAR}",
        rf"{YEAR}-h(?P<half>[12])",
        rf"(?:6 tháng|nửa) (?P<half>đầu|cuối) năm {YEAR}",
        YEAR,
        rf"{PART}năm {YEAR}",
    )
)
RANGE = re.compile(r"từ (.+?) đến (.+)")
NUMERIC = re.compile(r"[0-9qh/-]+")


class UnreadableDay(RuleBroken):
    """Words that name no day, month, quarter, half or year."""

    code = "unreadable-day"
    message = _(
        "Không đọc được thời gian “%(text)s”. Hãy viết như 21/10/2023, tháng 10/2023, cuối tháng 10/2023, "
        "quý I/2025, 6 tháng đầu năm 2023, năm 2011 hoặc từ 01/01/2015 đến 20/12/2015."
    )


class NoSuchDay(UnreadableDay):
    """Words whose shape is right and whose day is in no calendar, or out of the register's years."""

    code = "no-such-day"
    message = _(
        "Thời gian “%(text)s” không tồn tại: ngày không có trong lịch, năm ngoài khoảng 1900–2200, "
        "hoặc ngày cuối trước ngày đầu. Hãy viết ngày/tháng/năm có thật, ví dụ 21/10/2023."
    )


@dataclass(frozen=True)
class Period:
    """Whole days from ``start``, included, to ``end``, left out; at least one, else ValueError."""

    start: date
    end: date

    def __post_init__(self):
        if self.start >= self.end:
            raise ValueError(f"a period from {self.start} cannot end before {self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    @classmethod
    def between(cls, first: date, last: date) -> "Period":
        """The days from first to last, both included."""
        return cls(first, last + timedelta(days=1))

    @classmethod
    def day(cls, day: date) -> "Period":
        return cls.between(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        return cls._of_months(year, month, 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """Quarter 1 to 4 of the year."""
        return cls._of_months(year, 3 * quarter - 2, 3)

    @classmethod
    def half(cls, year: int, half: int) -> "Period":
        """Half 1 or 2 of the year."""
        return cls._of_months(year, 6 * half - 5, 6)

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls._of_months(year, 1, 12)

    @classmethod
    def _of_months(cls, year: int, first: int, count: int) -> "Period":
        """So many months from the first. Raises ValueError for a month or year that no calendar has."""
        years, months = divmod(first - 1 + count, 12)
        return cls(date(year, first, 1), date(year + years, months + 1, 1))


def year_key(day: date) -> str:
    """The year of the day: "2023"."""
    return f"{day.year:04}"


def quarter_key(day: date) -> str:
    """The quarter of the day: "2023-Q1"."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def month_key(day: date) -> str:
    """The month of the day: "2023-05"."""
    return f"{day.year:04}-{day.month:02}"


@dataclass(frozen=True)
class VagueDay:
    """A day as a document states it: the earliest and the latest it can mean, and its words.

    ``words`` is empty where the two days say it all. Raises ValueError where
    the earliest is after the latest.
    """

    earliest: date
    latest: date
    words: str = ""

    def __post_init__(self):
        if self.earliest > self.latest:
            raise ValueError(f"the earliest day {self.earliest} is after the latest {self.latest}")

    def __str__(self) -> str:
        return self.label

    @classmethod
    def exact(cls, day: date) -> "VagueDay":
        return cls(day, day)

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def label(self) -> str:
        """In Vietnamese: the words, else "21/10/2023", "tháng 9/2023", "quý I/2025", "từ … đến …"."""
        return self.words or _labels(self.earliest, self.latest)[0]

    @property
    def label_en(self) -> str:
        """In English: the words where they can be read and mean these days, else the days alone."""
        if self.words:
            with suppress(ValueError):
                reading = _read(self.words)
                if reading and (reading[0].start, reading[0].last) == (self.earliest, self.latest):
                    return reading[1]
        return _labels(self.earliest, self.latest)[1]


def read_day(text: str) -> VagueDay | None:
    """The day that an officer types; None for an empty text.

    Days: "14/6/2023", "2023-06-14", "ngày 14/6/2023", "chiều 13/6/2023", "ngày 14 tháng 6 năm 2023".
    Months: "9/2023", "2023-09", "tháng 9/2023"; their parts: đầu (days 1-10), giữa (11-20), cuối (21-end).
    Quarters and halves: "quý I/2025", "2025-Q1", "6 tháng đầu năm 2023", "2023-H1".
    Years: "2011", "năm 2011"; their parts: đầu (January-March), giữa (April-September), cuối (the rest).
    "đến" before any of these means a plan for that time and gives its days, "khoảng" a time that is not sure.
    Ranges: "từ … đến …" with any of these at both ends.

    Case, NFC or NFD and extra spaces do not matter. The words are kept as
    typed (NFC, spaces collapsed), but empty for what is written in numbers.
    Raises UnreadableDay, and its NoSuchDay for what no calendar has, for years
    outside 1900-2200 and for a range that ends before it starts.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if not words:
        return None
    try:
        reading = _read(words)
    except ValueError:
        raise NoSuchDay(text=words) from None
    if reading is None:
        raise UnreadableDay(text=words)
    period = reading[0]
    return VagueDay(period.start, period.last, "" if NUMERIC.fullmatch(_comparable(words)) else words)


def _labels(earliest: date, latest: date) -> tuple[str, str]:
    """What the two days mean by themselves, in Vietnamese and in English."""
    if earliest == latest:
        return _day_label(earliest), _day_label_en(earliest)
    year, month = earliest.year, earliest.month
    quarter, half = (month + 2) // 3, (month + 5) // 6
    roman, nth_quarter = ROMANS[quarter - 1], ORDINALS[quarter - 1]
    side, nth_half = ("đầu", "first") if half == 1 else ("cuối", "second")
    named = (
        (Period.month(year, month), f"tháng {month}/{year}", f"{MONTHS[month - 1]} {year}"),
        (Period.quarter(year, quarter), f"quý {roman}/{year}", f"{nth_quarter} quarter of {year}"),
        (Period.half(year, half), f"6 tháng {side} năm {year}", f"{nth_half} half of {year}"),
        (Period.year(year), f"năm {year}", f"{year}"),
    )
    for period, label, label_en in named:
        if (period.start, period.last) == (earliest, latest):
            return label, label_en
    return (
        f"từ {_day_label(earliest)} đến {_day_label(latest)}",
        f"{_day_label_en(earliest)} to {_day_label_en(latest)}",
    )


def _day_label(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _day_label_en(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _comparable(words: str) -> str:
    """The words in lower case and NFC, without spaces round slashes and hyphens."""
    composed = " ".join(unicodedata.normalize("NFC", words).lower().split())
    return re.sub(r" ?([/-]) ?", r"\1", composed)


def _read(words: str) -> tuple[Period, str] | None:
    """The days that the words mean, and the words in English; None where they cannot be read.

    Raises ValueError for days that no calendar has.
    """
    words = _comparable(words)
    if found := RANGE.fullmatch(words):
        first, last = _read_one(found[1]), _read_one(found[2])
        if not (first and last):
            return None
        period = Period(first[0].start, last[0].end)
        return period, _labels(period.start, period.last)[1]
    before = next((word for word in BEFORE if words.startswith(f"{word} ")), "")
    reading = _read_one(words.removeprefix(before).strip())
    return (reading[0], f"{BEFORE[before]} {reading[1]}") if reading and before else reading


def _read_one(words: str) -> tuple[Period, str] | None:
    """As _read, without what stands before and ranges."""
    found = next(filter(None, (shape.fullmatch(words) for shape in SHAPES)), None)
    if not found:
        return None
    named = found.groupdict()
    whole = _whole(named)
    label_en = _labels(whole.start, whole.last)[1]
    part = named.get("part")
    return (_part_of(whole, part), PARTS[part] + label_en) if part else (whole, label_en)


def _whole(named: dict[str, str]) -> Period:
    """The day, month, quarter, half or year with these numbers. Raises ValueError where there is none."""
    year = int(named["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    if "day" in named:
        return Period.day(date(year, int(named["month"]), int(named["day"])))
    if "month" in named:
        return Period.month(year, int(named["month"]))
    if "quarter" in named:
        return Period.quarter(year, QUARTERS[named["quarter"]])
    if "half" in named:
        return Period.half(year, HALVES[named["half"]])
    return Period.year(year)


def _part_of(whole: Period, part: str) -> Period:
    """The first, middle or last part of a month or a year."""
    start, last = whole.start, whole.last
    if start.month == last.month:
        first_day, last_day = {"đầu": (1, 10), "giữa": (11, 20), "cuối": (21, last.day)}[part]
        return Period.between(start.replace(day=first_day), start.replace(day=last_day))
    first_month, last_month = {"đầu": (1, 3), "giữa": (4, 9), "cuối": (10, 12)}[part]
    return Period(start.replace(month=first_month), Period.month(start.year, last_month).end)
