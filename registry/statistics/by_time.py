"""Sums of the ledger by the time of decision: by year, quarter or month."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Case, CharField, Count, Exists, F, Func, OuterRef, Sum, When

from registry.models import CapitalEntry, CapitalMonth, CapitalSum
from registry.models.capital import CONFIRMED, ZERO, CapitalEntryQuerySet
from registry.models.project import ProjectQuerySet
from registry.models.sums import DAY, MONTH, YEAR
from registry.vocabulary.capital import REGISTERED, STARTING, CapitalKind
from registry.vocabulary.money import from_hundredths, to_hundredths

from .by_month import Within, whole_months
from .by_time_known import SHORTEST, kept_as_known
from .groups import TIMES
from .ledger import beginning, of_projects
from .rows import TimeRow


class MonthOf(Func):
    """"2023-05" of a day, in the database's own words: Django's functions of dates run in Python on SQLite, once for
    every entry."""

    output_field = CharField()

    def as_sqlite(self, compiler, connection, **context):
        return super().as_sql(compiler, connection, template="SUBSTR(%(expressions)s, 1, 7)", **context)

    def as_postgresql(self, compiler, connection, **context):
        return super().as_sql(compiler, connection, template="TO_CHAR(%(expressions)s, 'YYYY-MM')", **context)


def rows_by_time(
    by: str, *, as_of: date, known_on: date | None = None, projects: ProjectQuerySet | None = None,
) -> list[TimeRow]:
    """One row for each time in which something was decided, in their order; what nobody dated last. One query; two of
    the whole ledger, or of the projects ``within``, of which what is kept is read; three of the whole ledger as known
    on a day: only its whole months are kept."""
    sums: dict[str | None, dict] = defaultdict(lambda: defaultdict(lambda: ZERO))
    begun: dict[str | None, int] = defaultdict(int)
    within = projects.within if projects is not None else None
    if known_on is None and (projects is None or within):
        parts = [_kept(by, as_of, within), _undone_later(as_of + timedelta(days=1), as_of, None, projects)]
    elif projects is None:
        first = whole_months(as_of)
        parts = [kept_as_known(by, first, known_on), _undone_later(first, as_of, known_on, None),
                 _entered(CapitalEntry.objects.filter(counts_on__gte=first), as_of, known_on)]
    else:
        parts = [_entered(of_projects(CapitalEntry.objects.all(), projects), as_of, known_on)]
    for month, times, *amounts in itertools.chain.from_iterable(parts):
        key = None if month is None else TIMES[by](date.fromisoformat(f"{month}-01"))
        begun[key] += times
        for column, amount in zip(COLUMNS, amounts, strict=False):  # none where only the count is told
            sums[key][column] += from_hundredths(amount)
    rows = [TimeRow(key=key, name=key, name_en=key, projects=begun[key], **{name: of[name] for name in COLUMNS})
            for key, of in sums.items()]
    return sorted(rows, key=lambda row: (row.key is None, row.key or ""))


COLUMNS = ("registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd", "opening_usd", "new_usd",
           "increase_usd", "decrease_usd")


def _columns(kind: str) -> list[str]:
    """Into which sums an amount goes whole."""
    if kind == CapitalKind.DISBURSEMENT:
        return ["realised_usd"]
    if kind not in REGISTERED:
        return ["share_purchase_usd"]
    return ["registered_usd", f"{kind}_usd"]


def _kept(by: str, as_of: date, within: Within | None) -> Iterator[tuple]:
    """When, how many began, and the amounts of COLUMNS; by years where they are enough."""
    first = whole_months(as_of)
    kept = CapitalMonth.objects.filter(dimension=SHORTEST)
    if within:
        kept = within.months()
    months = kept.filter(grain=MONTH, period__lt=f"{first:%Y-%m}")
    if by == "year":
        years = kept.filter(grain=YEAR, period__lt=f"{first:%Y}")
        months = years | months.filter(period__gte=f"{first:%Y}-01")
    days = kept.filter(grain=DAY, period__gte=first.isoformat(), period__lte=as_of.isoformat())
    rows = (months | days).order_by().values_list("period", "is_dated").annotate(
        entries=Sum("entries"), times=Sum(F("opening_times") + F("new_times")), **{
            f"total_{name}": Sum(name) for name in COLUMNS})
    for period, is_dated, entries, times, *amounts in rows:
        if entries:
            yield f"{period}-01"[:7] if is_dated else None, times, *map(int, amounts)


def _undone_later(
    first: date, as_of: date, known_on: date | None, projects: ProjectQuerySet | None
) -> Iterator[tuple]:
    """When began, before ``first``, what had not been undone by ``as_of``, and how many: what is kept counts none that
    was ever undone."""
    undone = CapitalEntry.objects.filter(reverses__isnull=False, counts_as__in=STARTING, counts_on__gt=as_of)
    undone = undone.known_on(known_on).filter(reverses__counts_on__lt=first).order_by()
    if projects is not None:  # of the few it is asked whether their project is among these
        undone = undone.filter(Exists(CapitalSum.objects.of(projects).filter(owner=OuterRef("project"))))
    month = Case(When(reverses__decided_latest__isnull=False, then=MonthOf(F("reverses__counts_on"))),
                 output_field=CharField(null=True))
    yield from undone.values_list(month).annotate(Count("pk"))


def _entered(entries: CapitalEntryQuerySet, as_of: date, known_on: date | None) -> Iterator[tuple]:
    """The same of these entries, from the ledger."""
    month = Case(When(decided_latest__isnull=False, then=MonthOf(F("counts_on"))))
    rows = entries.as_of(as_of).known_on(known_on).order_by().values_list(month, "counts_as").annotate(
        total=Sum("amount_usd"), sure=Sum(CONFIRMED),
        times=Count("pk", filter=beginning(as_of=as_of, known_on=known_on)))
    for when, kind, amount, sure, times in rows:
        of = dict.fromkeys(_columns(kind), amount) | ({"confirmed_usd": sure} if kind in REGISTERED else {})
        yield when, times, *(to_hundredths(of.get(column, ZERO)) for column in COLUMNS)
