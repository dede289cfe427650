"""Sums by several groups at once, project by project, in one statement. Of a project whose last entry counts by the day
they are what is kept of it; the ledger is read for the others, and for what was known of them on a day of the past.

The ORM groups no subquery, so the outer statement is SQL; what it reads is the ORM's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Count, Q, Sum

from registry.models import CapitalEntry, CapitalSum
from registry.models.capital import MEASURES, ZERO, CapitalEntryQuerySet, amount_of
from registry.models.fields import HundredthsField
from registry.models.project import ProjectQuerySet
from registry.models.sums import BY_SHARE, DIMENSIONS
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.money import from_hundredths

from .by_month import dimension_of, sums_of_months
from .by_month_known import sums_as_known
from .groups import Group
from .ledger import Sums, beginning, of_projects

# What has a buyer stands, in groups of investors, under the buyer.
BOUGHT = Q(counts_as=CapitalKind.SHARE_PURCHASE, buyer__isnull=False)

OWN = CapitalSum._meta.db_table
AMOUNTS = (*MEASURES, "bought_usd")
NARROW = ("ended_on", "begun", *DIMENSIONS, "investor", *AMOUNTS)
IN_FORCE = "CASE WHEN own.ended_on IS NULL OR own.ended_on > %s THEN {begun} ELSE 0 END AS projects"
KEPT = f"""
SELECT {{columns}}, {", ".join(f"own.{name}" for name in AMOUNTS)}, {IN_FORCE.format(begun="own.begun")}
FROM ({{rows}}) AS own
"""
SUMMED = f"""
SELECT {{columns}}, {", ".join(f"sums.{name}" for name in AMOUNTS)}, {IN_FORCE.format(begun="sums.begun")}
FROM ({{rows}}) AS sums LEFT JOIN {OWN} AS own ON own.owner = sums.project_id
"""
GROUPED = """
SELECT '{name}', {said}, SUM(projects), SUM(registered_usd), SUM(confirmed_usd), SUM(realised_usd),
       SUM(share_purchase_usd), SUM(bought_usd)
FROM own GROUP BY own.{column}
"""


@dataclass
class Summed:
    """One group's sums. Unit: US dollars, two places; ``projects`` counts those in force."""

    projects: int
    measures: dict[str, Decimal]


Found = dict[str | None, Summed]


def sums_by_group(
    groups: Mapping[str, Group], *, as_of: date, known_on: date | None = None, projects: ProjectQuerySet | None = None
) -> dict[str, Found]:
    """The measures, and the projects in force, under each key of each group: of these projects, or of the whole
    ledger. One query for each group, or two for all and one more for each of investors."""
    by_month = {name: group for name, group in groups.items() if projects is None and dimension_of(group)}
    others = {name: group for name, group in groups.items() if name not in by_month}
    found = {name: _added_up((*row, 0) for row in (
        sums_of_months(group, as_of=as_of) if known_on is None
        else sums_as_known(group, as_of=as_of, known_on=known_on))) for name, group in by_month.items()}
    if others:
        found |= _by_project(others, as_of=as_of, known_on=known_on, projects=projects)
    return {name: {key: each for key, each in of.items() if not groups[name].path or _says(each)}
            for name, of in found.items()}


def kept_by_share(group: Group, *, as_of: date, known_on: date | None) -> Sums | None:
    """The measures of the whole ledger under each key by the shares of the current stakes; None where nothing is kept
    of the group. One query, as known on a day four."""
    if dimension_of(group) not in BY_SHARE:
        return None
    found = _added_up((*row, 0) for row in (
        sums_of_months(group, as_of=as_of, by_share=True) if known_on is None
        else sums_as_known(group, as_of=as_of, known_on=known_on, by_share=True)))
    return {key: each.measures for key, each in found.items() if any(each.measures.values())}


def _added_up(rows: Iterable[tuple]) -> Found:
    """Rows of (key, projects, the measures in hundredths, what of the purchases stands elsewhere)."""
    found = defaultdict(lambda: Summed(0, dict.fromkeys(MEASURES, ZERO)))
    for key, projects, *amounts, bought in rows:
        summed = found[key]
        summed.projects += int(projects)
        for measure, amount in zip(MEASURES, amounts, strict=True):
            summed.measures[measure] += from_hundredths(int(amount or 0))
        summed.measures["share_purchase_usd"] -= from_hundredths(int(bought or 0))
    return found


def _by_project(groups: Mapping[str, Group], *, as_of: date, known_on: date | None, projects) -> dict[str, Found]:
    entries = of_projects(CapitalEntry.objects.as_of(as_of).known_on(known_on), projects)
    rows = defaultdict(list)
    for name, *row, bought in _rows(groups, as_of=as_of, known_on=known_on, projects=projects):
        rows[name].append((*row, bought if groups[name].path else 0))
    found = {name: _added_up(rows[name]) for name in groups}
    for name, group in groups.items():
        for key, bought in _bought(entries, group):
            found[name][key].measures["share_purchase_usd"] += bought
    return found


def _says(summed: Summed) -> bool:
    """Who leads only projects in which others bought has no line."""
    return bool(summed.projects or any(summed.measures.values()))


def totals_of_projects(
    projects: ProjectQuerySet, *, as_of: date, known_on: date | None = None
) -> dict[str, Decimal]:
    """The measures of these projects together. Two queries."""
    own, parameters = _own("NULL AS no_group", as_of=as_of, known_on=known_on, projects=projects)
    if not own:
        return dict.fromkeys(MEASURES, ZERO)
    with connections[router.db_for_read(CapitalEntry)].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'SUM({name})' for name in MEASURES)} FROM ({own}) AS own", parameters)
        sums = cursor.fetchone()
    return {name: from_hundredths(int(total or 0)) for name, total in zip(MEASURES, sums, strict=True)}


def _rows(groups: Mapping[str, Group], *, as_of: date, known_on: date | None, projects: ProjectQuerySet | None):
    columns = ", ".join(f"own.{column.removesuffix('_id')} AS {column}"
                        for column in sorted({group.column for group in groups.values()}))
    own, parameters = _own(columns, as_of=as_of, known_on=known_on, projects=projects)
    if not own:
        return []
    grouped = [GROUPED.format(name=name, said=group.said, column=group.column) for name, group in groups.items()]
    with connections[router.db_for_read(CapitalEntry)].cursor() as cursor:
        cursor.execute(f"WITH own AS MATERIALIZED ({own}) {' UNION ALL '.join(grouped)}", parameters)
        return cursor.fetchall()


def _own(columns: str, *, as_of: date, known_on: date | None, projects: ProjectQuerySet | None) -> tuple[str, list]:
    """The SQL of one row for each project, and its parameters; nothing where no project was asked for."""
    entries = of_projects(CapitalEntry.objects.as_of(as_of).known_on(known_on), projects)
    parts = []
    if known_on is None:
        parts.append((KEPT, CapitalSum.objects.of(projects).with_entries().as_of(as_of).values(*NARROW)))
        entries = entries.filter(project__in=CapitalSum.objects.later(as_of).values("owner"))
    if known_on or CapitalSum.objects.later(as_of).exists():
        parts.append((SUMMED, _of_projects(entries, as_of=as_of, known_on=known_on)))
    selects, parameters = [], []
    for select, rows in parts:
        try:
            inner, given = rows.query.get_compiler(router.db_for_read(CapitalEntry)).as_sql()
        except EmptyResultSet:
            continue
        selects.append(select.format(columns=columns, rows=inner))
        parameters += [as_of.isoformat(), *given]
    return " UNION ALL ".join(selects), parameters


def _of_projects(entries: CapitalEntryQuerySet, *, as_of: date, known_on: date | None):
    """Of each project the sums, and how many of its first entries stand."""
    return entries.order_by().values("project_id").annotate(
        **{name: Sum(amount_of(name), filter=which) for name, which in MEASURES.items()},
        bought_usd=Sum("amount_usd", filter=BOUGHT),
        begun=Count("pk", filter=beginning(as_of=as_of, known_on=known_on)),
    )


def _bought(entries: CapitalEntryQuerySet, group: Group):
    """What was bought, by the buyer's key; nothing in a group that is not of investors."""
    if not group.path:
        return []
    bought = entries.filter(BOUGHT).order_by().values_list(f"buyer__{group.path}")
    return bought.annotate(total=Sum("amount_usd", output_field=HundredthsField()))
