"""Capital as of a day: totals by country, sector, zone … of what the register knows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.models import CapitalEntry, Project, Statement
from registry.models.capital import MEASURES, ZERO
from registry.models.project import ProjectQuerySet
from registry.vocabulary.capital import Basis, CountryOf

from .groups import TIMES, Names, group
from .ledger import counts_by, counts_by_time, of_projects, still_counting, sums_by, sums_by_share, sums_by_time

SHARED = ("country", "investor")


@dataclass(frozen=True)
class CapitalRow:
    """One group. Unit: US dollars, two places; ``projects`` counts those in force. Key None: not stated.

    ``confirmed_usd`` is the part of ``registered_usd`` that rests on a certificate or a decision.
    """

    key: str | None
    name: str | None
    name_en: str | None
    projects: int
    registered_usd: Decimal
    confirmed_usd: Decimal
    realised_usd: Decimal
    share_purchase_usd: Decimal


@dataclass(frozen=True)
class CapitalTable:
    """Rows that add up to the total."""

    by: str
    as_of: date
    known_on: date | None
    rows: tuple[CapitalRow, ...]
    total: CapitalRow


@dataclass(frozen=True)
class CapitalTotals:
    """The register's capital at the close of ``as_of``. Unit: US dollars, two places.

    ``confirmed_usd`` is the part of ``registered_usd`` that rests on a certificate or a decision;
    ``intended_usd`` are accepted plans that no ledger entry contains, never part of a total.
    """

    as_of: date
    known_on: date | None
    projects: int
    registered_usd: Decimal
    confirmed_usd: Decimal
    realised_usd: Decimal
    share_purchase_usd: Decimal
    intended_usd: Decimal


def capital_totals(
    *, as_of: date, known_on: date | None = None, projects: ProjectQuerySet | None = None
) -> CapitalTotals:
    """The totals, zeros when there is nothing. Source: the ledger and accepted statements. Three queries."""
    entries = of_projects(CapitalEntry.objects.as_of(as_of).known_on(known_on), projects)
    sums = entries.measures()
    starting = still_counting(entries.starting().standing(as_of=as_of, known_on=known_on), as_of=as_of)
    of = Project.objects.public() if projects is None else projects
    plans = Statement.objects.public().filter(project__in=of.order_by().values("pk"))
    return CapitalTotals(
        as_of=as_of, known_on=known_on, projects=starting.count(), **sums,
        intended_usd=plans.intended(as_of=as_of, known_on=known_on).total_usd(),
    )


@dataclass(frozen=True)
class Registered:
    """Registered capital of some projects. ``projects`` counts all of them, also those that ended or have no entry.
    Unit: US dollars, two places; ``confirmed_usd`` is the part that rests on a certificate or a decision."""

    projects: int
    registered_usd: Decimal
    confirmed_usd: Decimal


def registered_of(
    projects: ProjectQuerySet, *, as_of: date, known_on: date | None = None, count: int | None = None
) -> Registered:
    """What these projects have registered at the close of ``as_of``, zeros where there are none. ``count`` is how many
    they are, where somebody has counted them. Two queries, without the count one."""
    sums = of_projects(CapitalEntry.objects.as_of(as_of).known_on(known_on), projects).measures()
    return Registered(projects=projects.count() if count is None else count, registered_usd=sums["registered_usd"],
                      confirmed_usd=sums["confirmed_usd"])


def capital_by(
    by: str, *, as_of: date, known_on: date | None = None, basis: str = Basis.LEAD,
    country_of: str = CountryOf.REGISTRATION, projects: ProjectQuerySet | None = None,
) -> CapitalTable:
    """Capital by one group: every entry that counts by ``as_of`` and was recorded by ``known_on``.

    Whether a project is in force never filters money: ending one posts its closing decrease. Under the
    basis of shares a project still counts once, under its lead. Largest first, what is not stated last;
    times in their order. Raises UnknownGroup. Queries: 3 to 5.
    """
    entries = of_projects(CapitalEntry.objects.as_of(as_of).known_on(known_on), projects)
    starting = entries.starting().standing(as_of=as_of, known_on=known_on)
    if by in TIMES:
        sums, counts, names = sums_by_time(entries, by), counts_by_time(starting, by), {}
    else:
        grouped = group(by, country_of=country_of)
        shared = basis == Basis.SHARE and by in SHARED
        sums = (sums_by_share if shared else sums_by)(entries, grouped)
        counts = counts_by(still_counting(starting, as_of=as_of), grouped)
        names = grouped.names(sorted(key for key in {*sums, *counts} if key is not None))
    rows = [_row(key, names.get(key), counts.get(key, 0), sums.get(key, {})) for key in {*sums, *counts}]
    rows.sort(key=_in_time if by in TIMES else _by_size)
    return CapitalTable(by=by, as_of=as_of, known_on=known_on, rows=tuple(rows), total=added_up(rows))


def _row(key: str | None, names: Names | None, projects: int, sums: dict[str, Decimal]) -> CapitalRow:
    name, name_en = names or (key, key)
    return CapitalRow(
        key=key, name=name, name_en=name_en, projects=projects,
        **{measure: sums.get(measure, ZERO) for measure in MEASURES},
    )


def added_up(rows: list[CapitalRow]) -> CapitalRow:
    """The sum of rows, under no key."""
    return CapitalRow(
        key=None, name=None, name_en=None, projects=sum(row.projects for row in rows),
        **{measure: sum((getattr(row, measure) for row in rows), ZERO) for measure in MEASURES},
    )


def _by_size(row: CapitalRow):
    return row.key is None, -row.registered_usd, -row.share_purchase_usd, -row.projects, row.key or ""


def _in_time(row: CapitalRow):
    return row.key is None, row.key or ""
