"""What is kept of the ledger by the time of recording: sums as the register knew them at the end of a third of a month,
and which entries then tell what it knew on a day."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import connections, router
from django.db.models import Q
from django.utils import timezone

from registry.models import CapitalKnown
from registry.models.capital import end_of_day
from registry.models.sums import MONTH, YEAR
from registry.vocabulary.period import next_third, third_of_month

KNOWN = CapitalKnown._meta.db_table
# Of the months from %(from)s to before %(to)s, what was recorded before the day %(known)s: whole years of both;
# what was recorded in the last year; what was recorded before it and counts in a year that is not whole.
CELLS = f"""
SELECT {{columns}} FROM {KNOWN} WHERE dimension = '{{dimension}}' AND grain = '{YEAR}' AND known < %(known_year)s
    AND period >= %(first_year)s AND period < %(last_year)s
UNION ALL
SELECT {{columns}} FROM {KNOWN} WHERE dimension = '{{dimension}}' AND grain = '{MONTH}' AND known >= %(known_january)s
    AND known < %(known)s AND period >= %(from)s AND period < %(to)s
UNION ALL
SELECT {{columns}} FROM {KNOWN} WHERE dimension = '{{dimension}}' AND grain = '{MONTH}' AND known < %(known_january)s
    AND period >= %(from)s AND period < %(until_years)s
UNION ALL
SELECT {{columns}} FROM {KNOWN} WHERE dimension = '{{dimension}}' AND grain = '{MONTH}' AND known < %(known_january)s
    AND period >= %(from_years)s AND period < %(to)s
"""
# With these after those of ``asked`` they are months alone, by thirds of a month of recording.
BY_MONTHS = {"known_year": "", "known_january": ""}


class Knowing(NamedTuple):
    """What was known at the end of a day: what was recorded before the third of a month that begins on ``third``, and, of
    the entries recorded from ``low`` to before ``high``, these too (``sign`` 1) or not these (-1)."""

    third: date
    low: datetime
    high: datetime
    sign: int

    @property
    def is_whole(self) -> bool:
        return self.low == self.high

    def besides(self) -> Q:
        """The entries beside those of whole thirds."""
        return Q(recorded_at__gte=self.low, recorded_at__lt=self.high)


def knowing(known_on: date) -> Knowing:
    """By the nearer end of a third of a month, so that no more than six days' entries are read."""
    third, after = third_of_month(known_on), known_on + timedelta(days=1)
    following = next_third(third)
    if after - third < following - after:
        return Knowing(third, _begin(third), end_of_day(known_on), 1)
    return Knowing(following, end_of_day(known_on), _begin(following), -1)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def cells(columns: str, dimension: str) -> str:
    """The SQL of what is kept under each key, several rows for each; its parameters are those of ``asked``."""
    return CELLS.format(columns=columns, dimension=dimension)


def asked(first: date | None, end: date, known: Knowing) -> dict[str, object]:
    """The parameters for what counts from ``first`` (None: from the beginning) to before ``end``, both the first days
    of months, and is known so."""
    first_year = 0 if first is None else first.year if first.month == 1 else first.year + 1
    has_years = first_year < end.year or (first_year == end.year and end.month == 1)
    third = known.third
    return {
        "known": third.isoformat(), "known_year": f"{third:%Y}", "known_january": f"{third:%Y}-01",
        "from": "" if first is None else f"{first:%Y-%m}", "to": f"{end:%Y-%m}",
        "first_year": f"{first_year:04}", "last_year": f"{end.year:04}" if has_years else "",
        "until_years": "" if first is None else f"{first_year:04}-01" if has_years else f"{end:%Y-%m}",
        "from_years": f"{end:%Y}-01" if has_years else f"{end:%Y-%m}",
    }


def moment(at: datetime) -> object:
    """As a parameter of SQL."""
    return connections[router.db_for_read(CapitalKnown)].ops.adapt_datetimefield_value(at)
