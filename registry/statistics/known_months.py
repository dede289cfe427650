"""What is kept of the ledger by the time of recording: sums as the register knew them at the end of a third of a month,
and which entries then tell what it knew on a day."""

from datetime import date, datetime, time
from typing import NamedTuple

from django.db import connections, router
from django.db.models import Count, Q
from django.utils import timezone

from registry.models import CapitalEntry, CapitalKnown
from registry.models.capital import end_of_day
from registry.models.sums import MONTH, YEAR
from registry.vocabulary.third import next_third, third_of_month

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
    """What was known at the end of a day: what was recorded before ``third``, the first day of a third of a month, with
    (``sign`` 1) or without (-1) what was recorded from ``low`` to before ``high``."""

    third: date
    low: datetime
    high: datetime
    sign: int


def knowing(known_on: date) -> Knowing:
    """By that end of a third of a month on whose side fewer entries were recorded: thousands are, on the day of an
    import. One query, none for the last day of a third."""
    third, until = third_of_month(known_on), end_of_day(known_on)
    following = next_third(third)
    begin, end = _begin(third), _begin(following)
    if until == end:
        return Knowing(following, end, end, 1)
    recorded = CapitalEntry.objects.filter(recorded_at__gte=begin, recorded_at__lt=end).aggregate(
        before=Count("pk", filter=Q(recorded_at__lt=until)), after=Count("pk", filter=Q(recorded_at__gte=until)))
    if recorded["before"] <= recorded["after"]:
        return Knowing(third, begin, until, 1)
    return Knowing(following, until, end, -1)


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
