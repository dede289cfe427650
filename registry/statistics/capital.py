"""Capital as of a day: totals by country, sector, zone … of what the register knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.models import Project, Statement
from registry.models.capital import MEASURES
from registry.models.project import ProjectQuerySet
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.money import from_hundredths

from .by_project import is_kept_by_share, kept_by_share, sums_by_group, totals_of_projects
from .by_time import rows_by_time
from .groups import TIMES, Group, Names, group
from .ledger import Sums, sums_by_share
from .rows import CapitalRow, TimeRow, added_up

SHARED = ("country", "investor")


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


def totals_of(table: CapitalTable) -> CapitalTotals:
    """The totals of a table of all projects, with what is intended beside it: accepted plans. One query."""
    sums = {name: getattr(table.total, name) for name in ("projects", *MEASURES)}
    plans = Statement.objects.public().filter(project__in=Project.objects.public().order_by().values("pk"))
    intended = plans.intended(as_of=table.as_of, known_on=table.known_on).total_usd()
    return CapitalTotals(as_of=table.as_of, known_on=table.known_on, **sums, intended_usd=intended)


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
    they are, where somebody has counted them. Three queries, with the count two."""
    sums = totals_of_projects(projects, as_of=as_of, known_on=known_on)
    return Registered(projects=projects.count() if count is None else count, registered_usd=sums["registered_usd"],
                      confirmed_usd=sums["confirmed_usd"])


def capital_by(
    by: str, *, as_of: date, known_on: date | None = None, basis: str = Basis.LEAD,
    country_of: str = CountryOf.REGISTRATION, vsic: str = "", projects: ProjectQuerySet | None = None,
) -> CapitalTable:
    """Capital by one group: see ``capital_tables``. Two to five queries, seven under the basis of shares."""
    [table] = capital_tables(
        [by], as_of=as_of, known_on=known_on, basis=basis, country_of=country_of, vsic=vsic, projects=projects)
    return table


def capital_tables(
    groups: Sequence[str], *, as_of: date, known_on: date | None = None, basis: str = Basis.LEAD,
    country_of: str = CountryOf.REGISTRATION, vsic: str = "", projects: ProjectQuerySet | None = None,
) -> list[CapitalTable]:
    """Capital by each of these groups: every entry that counts by ``as_of`` and was recorded by ``known_on``. Where
    ``projects`` are all that are ``within`` keys of one dimension, it and times are read from what is kept of it.

    Whether a project is in force never filters money: ending one posts its closing decrease. Under the
    basis of shares a project still counts once, under its lead. Largest first, what is not stated last;
    times in their order. Raises UnknownGroup. Queries: of the whole ledger one for each group, three for each of
    times; of some projects two for all groups but times, one more for each of investors, one for each of times. One for
    the names of each group but times. By shares of what is kept one, as known on a day four; of what is not two more.
    """
    grouped = {by: group(by, country_of=country_of, vsic=vsic) for by in groups if by not in TIMES}
    by_share = {by for by in grouped if basis == Basis.SHARE and by in SHARED}
    kept = {by for by in by_share if projects is None and is_kept_by_share(grouped[by])}
    summed = sums_by_group({by: each for by, each in grouped.items() if by not in kept},
                           as_of=as_of, known_on=known_on, projects=projects)
    tables = []
    for by in groups:
        if by in TIMES:
            rows, kind = rows_by_time(by, as_of=as_of, known_on=known_on, projects=projects), TimeRow
        else:
            if by in kept:
                sums = kept_by_share(grouped[by], as_of=as_of, known_on=known_on)
            elif by in by_share:
                sums = sums_by_share(grouped[by], summed[by], as_of=as_of, known_on=known_on, projects=projects)
            else:
                sums = summed[by]
            rows, kind = _rows(sums, grouped[by]), CapitalRow
        total = added_up(rows, kind=kind)
        tables.append(CapitalTable(by=by, as_of=as_of, known_on=known_on, rows=tuple(rows), total=total))
    return tables


def _rows(found: Sums, grouped: Group) -> list[CapitalRow]:
    """The rows of one group; none of nothing alone in a group of investors."""
    if grouped.path:
        found = {key: sums for key, sums in found.items() if any(sums)}
    names = grouped.names(sorted(key for key in found if key is not None))
    return sorted((row_of(key, names.get(key, (key, key)), sums) for key, sums in found.items()), key=_by_size)


# The sums of a key of which the ledger says nothing.
NOTHING = [0] * (1 + len(MEASURES))


def row_of(key: str | None, names: Names, sums: Sequence[int]) -> CapitalRow:
    return CapitalRow(key, *names, sums[0], *map(from_hundredths, sums[1:]))


def _by_size(row: CapitalRow):
    return row.key is None, -row.registered_usd, -row.share_purchase_usd, -row.projects, row.key or ""
