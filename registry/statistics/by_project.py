"""Sums by several groups at once, project by project, in one statement. Of a project whose last entry counts by the day
they are what is kept of it; the ledger is read for the others, and for what was known of them on a day of the past.

The ORM groups no subquery, so the outer statement is SQL; which projects it reads is the ORM's.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Q

from registry.models import CapitalEntry, CapitalSum, Investor
from registry.models.capital import MEASURES, ZERO, end_of_day
from registry.models.project import ProjectQuerySet
from registry.models.sums import BY_SHARE
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.money import from_hundredths

from .by_month import dimension_of, sums_of_months, sums_within
from .by_month_known import sums_as_known
from .groups import Group
from .known_months import moment
from .ledger import Sums
from .of_entries import CONFIRMED, REGISTERED, STARTING

# What has a buyer stands, in groups of investors, under the buyer.
BOUGHT = Q(counts_as=CapitalKind.SHARE_PURCHASE, buyer__isnull=False)

ENTRY = CapitalEntry._meta.db_table
AMOUNTS = (*MEASURES, "bought_usd")
OF_ENTRY = {
    "registered_usd": (f"counts_as {REGISTERED}", "entry.amount_usd"),
    "confirmed_usd": (f"counts_as {REGISTERED}", CONFIRMED),
    "realised_usd": (f"counts_as = '{CapitalKind.DISBURSEMENT}'", "entry.amount_usd"),
    "share_purchase_usd": (f"counts_as = '{CapitalKind.SHARE_PURCHASE}'", "entry.amount_usd"),
    "bought_usd": (f"counts_as = '{CapitalKind.SHARE_PURCHASE}' AND entry.buyer_id IS NOT NULL", "entry.amount_usd"),
}
KEPT = f"""
SELECT {{columns}}, {", ".join(f"own.{name}" for name in AMOUNTS)},
       CASE WHEN own.ended_on IS NULL OR own.ended_on > %s THEN own.begun ELSE 0 END AS projects
FROM ({{rows}}) AS own
"""
SUMMED = ", ".join(f"SUM(CASE WHEN entry.{which} THEN {amount} ELSE 0 END) AS {name}"
                   for name, (which, amount) in OF_ENTRY.items())
# The first entries that stand: a reversal of a later day, or recorded later, has undone none.
BEGUN = f"""
SUM(CASE WHEN entry.kind {STARTING} AND (own.ended_on IS NULL OR own.ended_on > %s) AND entry.id NOT IN (
    SELECT undoing.reverses_id FROM {ENTRY} AS undoing WHERE undoing.reverses_id IS NOT NULL
    AND undoing.counts_as {STARTING} AND undoing.counts_on <= %s {{undoing_known}}) THEN 1 ELSE 0 END)"""
OF_LEDGER = f"""
SELECT {{columns}}, {SUMMED}, {BEGUN} AS projects
FROM ({{rows}}) AS own CROSS JOIN {ENTRY} AS entry
WHERE entry.project_id = own.owner AND entry.counts_on <= %s {{entry_known}} GROUP BY {{grouped}}
"""
WITHOUT_PROJECT = f"""
SELECT {{columns}}, {SUMMED}, 0 AS projects FROM {ENTRY} AS entry
WHERE entry.project_id IS NULL AND entry.counts_on <= %s {{entry_known}} GROUP BY entry.project_id
"""
# The projects apart, joined: PostgreSQL would look up one by one to which project each purchase belongs, SQLite which
# purchases each project has.
PURCHASES = f"""
WITH chosen(owner) AS MATERIALIZED ({{chosen}}),
     own({{column}}, cents) AS (
         SELECT {{held}}, SUM(entry.amount_usd) FROM {ENTRY} AS entry {{among}}
         WHERE entry.buyer_id IS NOT NULL AND entry.counts_as = '{CapitalKind.SHARE_PURCHASE}'
               AND entry.counts_on <= %s {{known}} {{which}} GROUP BY 1)
SELECT {{said}}, cents FROM own
"""
GROUPED = """
SELECT '{name}', {said}, SUM(projects), SUM(registered_usd), SUM(confirmed_usd), SUM(realised_usd),
       SUM(share_purchase_usd), SUM(bought_usd)
FROM own GROUP BY own.{column}
"""


def sums_by_group(
    groups: Mapping[str, Group], *, as_of: date, known_on: date | None = None, projects: ProjectQuerySet | None = None
) -> dict[str, Sums]:
    """The projects in force and the measures under each key of each group: of these projects, or of the whole ledger.
    One query for each group of all projects, or by that ``within`` which they are; two for all others and one more for
    each of investors."""
    found, within = {}, None if projects is None else projects.within
    for name, group in groups.items():
        dimension = dimension_of(group)
        if projects is None and dimension:
            found[name] = _added_up((*row, 0) for row in (
                sums_of_months(group, as_of=as_of) if known_on is None
                else sums_as_known(group, as_of=as_of, known_on=known_on)))
        elif within and known_on is None and dimension == within.dimension:
            found[name] = _added_up((*row, 0) for row in sums_within(group, within, as_of=as_of))
    others = {name: group for name, group in groups.items() if name not in found}
    if others:
        found |= _by_project(others, as_of=as_of, known_on=known_on, projects=projects)
    # Who leads only projects in which others bought has no line.
    return {name: {key: sums for key, sums in of.items() if not groups[name].path or any(sums)}
            for name, of in found.items()}


def is_kept_by_share(group: Group) -> bool:
    """Whether sums of the whole ledger by share are kept."""
    return dimension_of(group) in BY_SHARE


def kept_by_share(group: Group, *, as_of: date, known_on: date | None) -> Sums:
    """What stands under each key of the whole ledger by the shares of the current stakes. One query, as known on a day
    four."""
    return _added_up((*row, 0) for row in (
        sums_of_months(group, as_of=as_of, by_share=True) if known_on is None
        else sums_as_known(group, as_of=as_of, known_on=known_on, by_share=True)))


def _added_up(rows: Iterable[tuple]) -> Sums:
    """Rows of (key, projects, the measures in hundredths, what of the purchases stands elsewhere)."""
    found: Sums = {}
    for key, projects, registered, confirmed, realised, purchased, bought in rows:
        sums = [int(projects or 0), int(registered or 0), int(confirmed or 0), int(realised or 0),
                int(purchased or 0) - int(bought or 0)]
        others = found.get(key)
        found[key] = sums if others is None else [one + other for one, other in zip(others, sums, strict=True)]
    return found


def _by_project(groups: Mapping[str, Group], *, as_of: date, known_on: date | None, projects) -> dict[str, Sums]:
    rows: dict[str, list[tuple]] = {name: [] for name in groups}
    for name, *row, bought in _rows(groups, as_of=as_of, known_on=known_on, projects=projects):
        rows[name].append((*row, bought if groups[name].path else 0))
    for name, group in groups.items():
        if group.path:
            bought = _bought(group, as_of=as_of, known_on=known_on, projects=projects)
            rows[name] += [(key, 0, 0, 0, 0, cents, 0) for key, cents in bought]
    return {name: _added_up(of) for name, of in rows.items()}


def totals_of_projects(
    projects: ProjectQuerySet, *, as_of: date, known_on: date | None = None
) -> dict[str, Decimal]:
    """The measures of these projects together. Two queries."""
    own, parameters = _own({}, as_of=as_of, known_on=known_on, projects=projects)
    if not own:
        return dict.fromkeys(MEASURES, ZERO)
    with connections[router.db_for_read(CapitalEntry)].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'SUM({name})' for name in MEASURES)} FROM ({own}) AS own", parameters)
        sums = cursor.fetchone()
    return {name: from_hundredths(int(total or 0)) for name, total in zip(MEASURES, sums, strict=True)}


def _rows(groups: Mapping[str, Group], *, as_of: date, known_on: date | None, projects: ProjectQuerySet | None):
    columns = {group.column: group.column.removesuffix("_id") for group in groups.values()}
    own, parameters = _own(columns, as_of=as_of, known_on=known_on, projects=projects)
    if not own:
        return []
    grouped = [GROUPED.format(name=name, said=group.said, column=group.column) for name, group in groups.items()]
    with connections[router.db_for_read(CapitalEntry)].cursor() as cursor:
        cursor.execute(f"WITH own AS MATERIALIZED ({own}) {' UNION ALL '.join(grouped)}", parameters)
        return cursor.fetchall()


def _own(
    columns: Mapping[str, str], *, as_of: date, known_on: date | None, projects: ProjectQuerySet | None
) -> tuple[str, list]:
    """The SQL of one row for each project, and its parameters; nothing where no project was asked for. ``columns`` are
    those of ``CapitalSum`` by the names that they get."""
    day, known = as_of.isoformat(), [] if known_on is None else [moment(end_of_day(known_on))]
    says = {f"{which}_known": f"AND {which}.recorded_at < %s" * bool(known) for which in ("entry", "undoing")}
    own, parts = CapitalSum.objects.of(projects), []
    of_ledger = ([day, day, *known], [day, *known])
    # SQLite goes through entries project by project, in the order of their index, and takes all by which a project is
    # grouped, one value for each, by MIN; PostgreSQL groups by that at once.
    grouped, column_of_ledger = "own.owner", "MIN(own.{column}) AS {name}"
    if connections[router.db_for_read(CapitalEntry)].vendor == "postgresql" and columns:
        grouped, column_of_ledger = ", ".join(f"own.{of}" for of in columns.values()), "own.{column} AS {name}"
    if known_on is None:
        parts.append((KEPT, "own.{column} AS {name}", own.with_entries().as_of(as_of), ([day], [])))
        if CapitalSum.objects.later(as_of).exists():
            parts.append((OF_LEDGER, column_of_ledger, own.not_as_of(as_of), of_ledger))
    else:
        parts.append((OF_LEDGER, column_of_ledger, own, of_ledger))
        if projects is None or projects.with_what_has_none:
            parts.append((WITHOUT_PROJECT, "NULL AS {name}", None, ([], [day, *known])))
    selects, parameters = [], []
    for select, column, rows, (before, after) in parts:
        inner, given = "", ()
        if rows is not None:
            rows = rows.order_by().values("owner", "ended_on", "begun", *columns.values(), *AMOUNTS)
            try:
                inner, given = rows.query.get_compiler(router.db_for_read(CapitalEntry)).as_sql()
            except EmptyResultSet:
                continue
        told = ", ".join(column.format(column=of, name=name) for name, of in columns.items()) or "NULL AS no_group"
        selects.append(select.format(columns=told, rows=inner, grouped=grouped, **says))
        parameters += [*before, *given, *after]
    return " UNION ALL ".join(selects), parameters


def _bought(
    group: Group, *, as_of: date, known_on: date | None, projects: ProjectQuerySet | None
) -> list[tuple[str | None, int]]:
    """What was bought, by the buyer's key, in hundredths."""
    given = [as_of.isoformat(), *([] if known_on is None else [moment(end_of_day(known_on))])]
    chosen, among, which = "SELECT NULL", "", ""
    if projects is not None:
        rows = CapitalSum.objects.of(projects).order_by().values("owner")
        try:
            chosen, first = rows.query.get_compiler(router.db_for_read(CapitalEntry)).as_sql()
        except EmptyResultSet:
            return []
        given = [*first, *given]
        among, which = "CROSS JOIN chosen", "AND chosen.owner = entry.project_id"
        if projects.with_what_has_none:
            among = "LEFT JOIN chosen ON chosen.owner = entry.project_id"
            which = "AND (chosen.owner IS NOT NULL OR entry.project_id IS NULL)"
    held = "entry.buyer_id" if group.column == "investor_id" else (
        f"(SELECT {group.column} FROM {Investor._meta.db_table} WHERE id = entry.buyer_id)")
    statement = PURCHASES.format(chosen=chosen, among=among, which=which, column=group.column, said=group.said,
                                 held=held, known="" if known_on is None else "AND entry.recorded_at < %s")
    with connections[router.db_for_read(CapitalEntry)].cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()
