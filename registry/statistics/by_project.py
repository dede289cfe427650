"""Sums of the ledger by several groups in one statement: the ledger is read once, project by project, and what came of
each project is grouped. The ORM groups no subquery, so the outer statement is SQL; what it reads is the ORM's.

Reading the ledger anew for each group, with its joins for every entry, takes five times as long.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Count, Q, Sum

from registry.models import CapitalEntry, Investor, Project, Stake
from registry.models.capital import MEASURES, ZERO, CapitalEntryQuerySet
from registry.models.fields import HundredthsField
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.money import from_hundredths

from .groups import Group
from .ledger import beginning

# What has a buyer stands, in groups of investors, under the buyer.
BOUGHT = Q(counts_as=CapitalKind.SHARE_PURCHASE, buyer__isnull=False)

OWN = f"""
SELECT sums.*, {{columns}},
       CASE WHEN project.ended_latest IS NULL OR project.ended_latest > %s THEN begun ELSE 0 END AS projects
FROM ({{sums}}) AS sums
LEFT JOIN {Project._meta.db_table} AS project ON project.id = sums.project_id
{{joins}}"""
# Where the column of a group stands; what is of the project itself takes no join.
LEAD = f"""LEFT JOIN {Stake._meta.db_table} AS lead
    ON lead.project_id = sums.project_id AND lead.lead AND lead.until_certificate_id IS NULL
LEFT JOIN {Investor._meta.db_table} AS investor ON investor.id = lead.investor_id
"""
OF_LEAD = {"investor_id": "lead.investor_id", "country_id": "investor.country_id",
           "parent_country_id": "investor.parent_country_id"}
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


def sums_by_project(
    entries: CapitalEntryQuerySet, groups: Mapping[str, Group], *, as_of: date, known_on: date | None
) -> dict[str, dict[str | None, Summed]]:
    """The measures of the entries, and the projects in force, under each key of each group. One query, and one for each
    group of investors; none where no group is asked for."""
    found = {name: defaultdict(lambda: Summed(0, dict.fromkeys(MEASURES, ZERO))) for name in groups}
    for name, key, projects, *sums in _rows(entries, groups, as_of=as_of, known_on=known_on) if groups else ():
        *amounts, bought = (from_hundredths(int(each or 0)) for each in sums)
        summed = found[name][key]
        summed.projects += int(projects)
        for measure, amount in zip(MEASURES, amounts, strict=True):
            summed.measures[measure] += amount
        if groups[name].path:
            summed.measures["share_purchase_usd"] -= bought
    for name, group in groups.items():
        for key, bought in _bought(entries, group):
            found[name][key].measures["share_purchase_usd"] += bought
    return {name: {key: each for key, each in of.items() if not groups[name].path or _says(each)}
            for name, of in found.items()}


def _says(summed: Summed) -> bool:
    """Who leads only projects in which others bought has no line."""
    return bool(summed.projects or any(summed.measures.values()))


def _rows(entries: CapitalEntryQuerySet, groups: Mapping[str, Group], *, as_of: date, known_on: date | None):
    using = router.db_for_read(CapitalEntry)
    try:
        sums, parameters = _of_projects(entries, as_of=as_of, known_on=known_on).query.get_compiler(using).as_sql()
    except EmptyResultSet:  # no project was asked for
        return []
    grouped = [GROUPED.format(name=name, said=group.said, column=group.column) for name, group in groups.items()]
    columns = {group.column for group in groups.values()}
    own = OWN.format(
        sums=sums, joins=LEAD if columns & OF_LEAD.keys() else "",
        columns=", ".join(OF_LEAD.get(column, f"project.{column}") for column in sorted(columns)),
    )
    statement = f"WITH own AS MATERIALIZED ({own}) {' UNION ALL '.join(grouped)}"
    with connections[using].cursor() as cursor:
        cursor.execute(statement, [as_of.isoformat(), *parameters])
        return cursor.fetchall()


def _of_projects(entries: CapitalEntryQuerySet, *, as_of: date, known_on: date | None):
    """Of each project the sums, and how many of its first entries stand."""
    return entries.order_by().values("project_id").annotate(
        **{name: Sum("amount_usd", filter=which) for name, which in MEASURES.items()},
        bought_usd=Sum("amount_usd", filter=BOUGHT),
        begun=Count("pk", filter=beginning(as_of=as_of, known_on=known_on)),
    )


def _bought(entries: CapitalEntryQuerySet, group: Group):
    """What was bought, by the buyer's key; nothing in a group that is not of investors."""
    if not group.path:
        return []
    bought = entries.filter(BOUGHT).order_by().values_list(f"buyer__{group.path}")
    return bought.annotate(total=Sum("amount_usd", output_field=HundredthsField()))
