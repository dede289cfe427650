"""400,000 entries of odd cents add up exactly, in every way in which the register adds."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from registry.actions.sums import make_sums_anew
from registry.models import CapitalEntry, Project
from registry.statistics.capital import capital_by
from registry.vocabulary.money import from_hundredths
from tests import build

pytestmark = pytest.mark.django_db

ENTRIES = 400_000
DAY = date(2023, 5, 15)

# The same scattered amounts for Python and for SQL: odd numbers of cents up to two billion dollars, every fourth
# a decrease. The product stays below 2 ** 63.
SCATTER, PRIME = 2305843009213, 99999999977


def amount(number: int) -> int:
    scattered = 2 * (number * SCATTER % PRIME) + 1
    return -scattered if number % 4 == 0 else scattered


SCATTERED = f"(2 * (n.number * {SCATTER} % {PRIME}) + 1) * CASE WHEN n.number % 4 = 0 THEN -1 ELSE 1 END"
KIND = "CASE WHEN n.number % 4 = 0 THEN 'decrease' ELSE 'increase' END"


def post_copies(entry: CapitalEntry, projects: list[Project]) -> None:
    """400,000 entries like this one, past the actions and in one statement: their checks would take an hour."""
    project = f"CASE n.number % 3 WHEN 0 THEN {projects[0].pk} WHEN 1 THEN {projects[1].pk} ELSE {projects[2].pk} END"
    different = {"code": "'sum-' || n.number", "number": "n.number", "amount_usd": SCATTERED, "kind": KIND,
                 "counts_as": KIND, "project_id": project}
    columns = [field.column for field in CapitalEntry._meta.concrete_fields if not field.primary_key]
    table = CapitalEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) "
            f"WITH RECURSIVE n(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < {ENTRIES}) "
            f"SELECT {', '.join(different.get(column, f'entry.{column}') for column in columns)} "
            f"FROM n CROSS JOIN {table} AS entry WHERE entry.id = {entry.pk}"
        )


def test_odd_cents_add_up_exactly():
    sectors = [build.make_sector(code=f"2018-{vsic}", vsic_code=vsic) for vsic in ("001", "002", "003")]
    projects = [build.make_project(investors=[], sector=sector) for sector in sectors]
    first = build.make_entry(projects[0], "0.01", decided_on=DAY)

    post_copies(first, projects)
    make_sums_anew()

    amounts = [amount(number) for number in range(ENTRIES + 1)]
    amounts[0] = 1  # the entry that was copied
    exact = from_hundredths(sum(amounts))
    of_each = {project.code: from_hundredths(sum(amounts[place::3])) for place, project in enumerate(projects)}
    # Floats would not do: the very reason for whole hundredths in a BIGINT.
    assert Decimal(str(round(sum(each / 100 for each in amounts), 2))) != exact

    assert CapitalEntry.objects.count() == ENTRIES + 1
    assert CapitalEntry.objects.total_usd() == exact
    annotated = Project.objects.with_capital(as_of=DAY)
    assert {project.code: project.registered_usd for project in annotated} == of_each
    table = capital_by("sector", as_of=DAY)
    assert {row.key: row.registered_usd for row in table.rows} == {
        project.sector.code: of_each[project.code] for project in projects
    }
    assert table.total.registered_usd == exact
