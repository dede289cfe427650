"""What the register holds of what sources state: all figures together, from few readings of the ledger.

Every figure asks for sums or counts up to some day, or between two. The ledger is grouped once by the stretches between
these days, and each figure adds up the stretches that it covers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import BooleanField, Case, CharField, Count, F, IntegerField, Q, Sum, Value, When
from django.db.models.functions import Greatest

from registry.models import CapitalEntry
from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.models.project import former_province
from registry.vocabulary.capital import STARTING, CapitalKind

from .groups import with_lead


@dataclass(frozen=True)
class Measured:
    """How the register computes a stated attribute: over entries of which ``kinds``, as a sum, a count or distinct
    values of ``distinct``.

    ``of_period``: it is a flow of the statement's period, else a stock on its last day. ``in_zones``: of projects in a
    zone alone, for sums and counts.
    """

    how: str
    kinds: Sequence[str]
    of_period: bool = False
    distinct: str = ""
    in_zones: bool = False


@dataclass(frozen=True)
class Figure:
    """One figure to compute, known by ``key``: up to ``day``, from ``first`` on where it is of a period.

    ``province``: of what was this province until July 2025; ``country``: of the projects led from there; else of all.
    """

    key: int
    measured: Measured
    first: date | None
    day: date
    province: str = ""
    country: str = ""

    def covers(self, where: "Where") -> bool:
        """Whether amounts of this province and country are among them."""
        return (self.province in ("", where.province) and self.country in ("", where.country)
                and (where.is_in_zone or not self.measured.in_zones))

    @property
    def scope(self) -> Q:
        """The same as a filter of entries with their lead."""
        of_country = Q(lead__investor__country__code=self.country) if self.country else Q()
        return of_country & (Q(province=self.province) if self.province else Q())


@dataclass(frozen=True)
class Where:
    kind: str
    is_dated: bool
    is_in_zone: bool
    province: str | None
    country: str | None


# Of each place in the ledger the sum of each stretch of days.
Stretches = dict[Where, dict[int, Decimal]]


def computed(figures: Iterable[Figure], *, known_on: date | None = None) -> dict[int, Decimal]:
    """Each figure by its key, from what was recorded by ``known_on``. One query for the sums, two for the counts, one
    for what is distinct; none for no figures."""
    by_how: dict[str, list[Figure]] = {"sum": [], "count": [], "distinct": []}
    for figure in figures:
        by_how[figure.measured.how].append(figure)
    entries = CapitalEntry.objects.known_on(known_on)
    undone = CapitalEntry.objects.filter(reverses__isnull=False).known_on(known_on).values("reverses")
    # As ``standing``; the reversals are listed once, not looked for beside every entry.
    standing = entries.exclude(kind=CapitalKind.REVERSAL).exclude(pk__in=undone)
    found = (_added(by_how["sum"], entries, _sums) | _added(by_how["count"], standing, _times)
             | _distinct(by_how["distinct"], standing))
    return {key: Decimal(value) for key, value in found.items()}


def _added(figures: Sequence[Figure], entries: CapitalEntryQuerySet, read) -> dict[int, Decimal]:
    if not figures:
        return {}
    ends = sorted({day for figure in figures for day in _days(figure)})
    place = {day: number for number, day in enumerate(ends)}
    begun, ended = read(_keyed(entries, figures), figures, ends)
    return {figure.key: _sum(figure, begun, place) - (0 if figure.first else _sum(figure, ended, place))
            for figure in figures}


def _days(figure: Figure) -> list[date]:
    """The last days of the stretches that a figure needs."""
    return [figure.day, *([figure.first - timedelta(days=1)] if figure.first else [])]


def _sum(figure: Figure, stretches: Stretches, place: dict[date, int]) -> Decimal:
    after = place[figure.first - timedelta(days=1)] if figure.first else -1
    return sum((
        amount for where, amounts in stretches.items()
        if where.kind in figure.measured.kinds and (where.is_dated or not figure.first) and figure.covers(where)
        for stretch, amount in amounts.items() if after < stretch <= place[figure.day]
    ), ZERO if figure.measured.how == "sum" else Decimal(0))


def _sums(entries: CapitalEntryQuerySet, figures: Sequence[Figure], ends: Sequence[date]):
    kinds = {kind for figure in figures for kind in figure.measured.kinds}
    rows = entries.filter(counts_as__in=kinds, counts_on__lte=ends[-1])
    return _stretches(rows, "counts_as", F("counts_on"), ends, Sum("amount_usd")), {}


def _times(entries: CapitalEntryQuerySet, figures: Sequence[Figure], ends: Sequence[date]):
    """The entries that stand, and again those whose project has ended, on the day of its end."""
    kinds = {kind for figure in figures for kind in figure.measured.kinds}
    rows = entries.filter(kind__in=kinds, counts_on__lte=ends[-1])
    over = rows.filter(project__ended_latest__lte=ends[-1])
    end = Greatest("counts_on", "project__ended_latest")
    return (_stretches(rows, "kind", F("counts_on"), ends, Count("pk")),
            _stretches(over, "kind", end, ends, Count("pk")))


def _stretches(rows: CapitalEntryQuerySet, kind: str, day, ends: Sequence[date], amount) -> Stretches:
    """``ends`` are the last days of the stretches; the last of them is the last day of all."""
    later = [When(on__gt=end, then=Value(number + 1)) for number, end in reversed(list(enumerate(ends[:-1])))]
    dated = Case(When(decided_latest__isnull=False, then=Value(True)), default=Value(False),
                 output_field=BooleanField())
    grouped = rows.alias(on=day).order_by().values_list(kind, dated, "in_zone", "province", "country", Case(
        *later, default=Value(0), output_field=IntegerField())).annotate(amount=amount)
    found: Stretches = defaultdict(dict)
    for *where, stretch, total in grouped:
        found[Where(*where)][stretch] = Decimal(total)
    return found


def _keyed(entries: CapitalEntryQuerySet, figures: Sequence[Figure]) -> CapitalEntryQuerySet:
    """The entries with ``province``, ``country`` and ``in_zone``, None or False where no figure asks for it: it takes a
    join for each entry. Where all figures are of countries, theirs alone."""
    nothing = Value(None, output_field=CharField(null=True))
    countries = {figure.country for figure in figures}
    if any(countries):
        entries = with_lead(entries).annotate(country=F("lead__investor__country__code"))
    else:
        entries = entries.annotate(country=nothing)
    if all(countries):
        entries = entries.filter(country__in=countries)
    is_asked = any(figure.province for figure in figures)
    is_zoned = any(figure.measured.in_zones for figure in figures)
    return entries.annotate(
        province=former_province("project__") if is_asked else nothing,
        in_zone=Case(*([When(project__zone__isnull=False, then=Value(True))] if is_zoned else []), default=Value(False),
                     output_field=BooleanField()),
    )


def _distinct(figures: Sequence[Figure], entries: CapitalEntryQuerySet) -> dict[int, int]:
    """How many different values the projects in force have."""
    if not figures:
        return {}
    rows = with_lead(entries.filter(kind__in=STARTING)).annotate(province=former_province("project__"))
    counts = rows.aggregate(**{
        f"f{figure.key}": Count(figure.measured.distinct, distinct=True, filter=figure.scope & Q(
            counts_on__lte=figure.day) & (Q(project__ended_latest__isnull=True)
                                          | Q(project__ended_latest__gt=figure.day)))
        for figure in figures
    })
    return {figure.key: counts[f"f{figure.key}"] for figure in figures}
