"""Sums of the ledger by the time of decision: by year, quarter or month."""

from collections import defaultdict
from datetime import date

from django.db.models import Case, CharField, Count, F, Func, Sum, When

from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.vocabulary.capital import REGISTERED, CapitalKind

from .groups import TIMES
from .ledger import beginning
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
    entries: CapitalEntryQuerySet, by: str, *, as_of: date, known_on: date | None
) -> list[TimeRow]:
    """One row for each time in which something was decided, in their order; what nobody dated last. One query."""
    sums: dict[str | None, dict] = defaultdict(lambda: defaultdict(lambda: ZERO))
    begun: dict[str | None, int] = defaultdict(int)
    for month, kind, confirmed, amount, times in _by_month(entries, as_of=as_of, known_on=known_on):
        key = None if month is None else TIMES[by](date.fromisoformat(f"{month}-01"))
        begun[key] += times
        for column in _columns(kind, confirmed):
            sums[key][column] += amount
    rows = [TimeRow(key=key, name=key, name_en=key, projects=begun[key], **{name: of[name] for name in COLUMNS})
            for key, of in sums.items()]
    return sorted(rows, key=lambda row: (row.key is None, row.key or ""))


COLUMNS = ("registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd", "opening_usd", "new_usd",
           "increase_usd", "decrease_usd")


def _columns(kind: str, confirmed: bool) -> list[str]:
    """Into which sums an amount goes."""
    if kind == CapitalKind.DISBURSEMENT:
        return ["realised_usd"]
    if kind not in REGISTERED:
        return ["share_purchase_usd"]
    return ["registered_usd", f"{kind}_usd", *(["confirmed_usd"] if confirmed else [])]


def _by_month(entries: CapitalEntryQuerySet, *, as_of: date, known_on: date | None):
    month = Case(When(decided_latest__isnull=False, then=MonthOf(F("counts_on"))), output_field=CharField(null=True))
    rows = entries.order_by().values_list(month, "counts_as", "confirmed")
    return rows.annotate(total=Sum("amount_usd"), times=Count("pk", filter=beginning(as_of=as_of, known_on=known_on)))
