"""A revision: every cell that differs, and the entries and the classifications that made it so."""

from datetime import date
from decimal import Decimal

import pytest

from registry.models import PublishedFigure
from registry.statistics.as_known import known_now
from registry.statistics.published import frozen_rows
from registry.statistics.revision import numbers_of, revision_of
from registry.vocabulary.published import NUMBERS, OFFICIAL, Asked, FigureKind, is_count
from tests import build
from tests.actions.test_as_known import Deeds
from tests.statistics.test_as_known import asked_tables, not_zero

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(2))
def test_the_published_table_and_its_revision_make_the_table_of_now(seed):
    deeds, tables = Deeds(seed), asked_tables()
    for _number in range(24):
        deeds.do()
    office = build.make_registrar()
    for asked in tables:
        build.freeze(asked, office=office)
    for _number in range(24):
        deeds.do()

    differing = 0
    for figure in PublishedFigure.objects.all():
        asked, revision = figure.asked, revision_of(figure)
        found = {row["key"]: numbers_of(asked, row) for row in figure.table["rows"]}
        for row in revision.rows:
            before = found.setdefault(row.key, dict.fromkeys(NUMBERS[asked.kind], 0))
            for cell in row.cells:
                assert before[cell.column] == cell.published
                assert cell.difference == (cell.now or 0) - (cell.published or 0)
                kind = int if is_count(asked.kind, row.key, cell.column) else Decimal
                numbers = [cell.published, cell.now, cell.by_entries, cell.by_classification, cell.difference]
                assert {type(each) for each in numbers if each is not None} == {kind}, (asked, row.key, cell)
                before[cell.column] = cell.now
                if asked.kind not in OFFICIAL and asked.basis == "lead" and cell.column.endswith("_usd"):
                    of = "confirmed_usd" if cell.column == "confirmed_usd" else "amount_usd"
                    assert cell.by_entries == sum(
                        getattr(each.entry, of) for each in row.late if cell.column in each.columns), (asked, row.key)
                if cell.by_entries:
                    assert row.late or cell.column in ("projects", "in_force") or row.key in ("in_force", "countries")
                if cell.by_classification:
                    assert row.moved, (asked, row.key, cell)
            differing += 1
        assert not_zero(found) == not_zero(frozen_rows(asked.as_known_today(), known_now()))
    assert differing > 50


def test_a_late_certificate_shows_exactly_its_cells():
    zone, other = build.make_zone(code="SYN-A"), build.make_zone(code="SYN-B")
    late = build.make_project(capital_usd=5, zone=zone, decided_on=date(2023, 8, 1))
    build.make_project(capital_usd=7, zone=other, decided_on=date(2023, 8, 1))
    figure = build.freeze(Asked(FigureKind.FLOWS, "zone", date(2023, 9, 30), date(2023, 7, 1)))
    assert revision_of(figure).rows == ()

    entry = build.make_entry(late, 3, kind="increase", decided_on=date(2023, 9, 29))
    build.make_entry(late, 4, kind="increase", decided_on=date(2023, 10, 1))

    revision = revision_of(figure)
    [row] = revision.rows
    assert row.key == "SYN-A"
    assert {cell.column: (cell.published, cell.now) for cell in row.cells} == {
        "adjusted_times": (0, 1), "adjusted_usd": (Decimal("0.00"), Decimal("3.00")),
        "total_usd": (Decimal("5.00"), Decimal("8.00"))}
    assert [each.entry.pk for each in row.late] == [entry.pk]
    assert row.moved == () and len(revision.late) == 1
    assert [cell.column for cell in revision.total] == ["adjusted_times", "adjusted_usd", "total_usd"]
