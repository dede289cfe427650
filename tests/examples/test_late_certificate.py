"""A quarter is frozen, a certificate comes late, and the revision shows exactly its cells.

In July 2026 a project of 100 million is licensed in KCN Một and one of 20 million in KCN Hai. On 12 October 2026 the
statistician freezes the third quarter by zone. On 20 October the certificate of 28 September arrives that raises the
first project by 30 million, and on 5 November the second turns out to lie in KCN Một.
"""

from datetime import date
from decimal import Decimal

from registry.actions.record import amend
from registry.exchange.check.everything import problems
from registry.models import Project
from registry.statistics.flows import flows
from registry.statistics.published import recomputed
from registry.statistics.revision import revision_of
from registry.vocabulary.published import Asked, FigureKind, canonical
from tests import build

from .conftest import recording

Q3 = Asked(FigureKind.FLOWS, "zone", first=date(2026, 7, 1), last=date(2026, 9, 30))


def test_a_late_certificate():
    with recording(2026, 7, 20) as act:
        one, two = (build.make_zone(act=act, code=code, name=name) for code, name in
                    (("SYN-1", "KCN Một"), ("SYN-2", "KCN Hai")))
        first = build.make_project(act=act, capital_usd="100000000.00", decided_on=date(2026, 7, 15), zone=one)
        second = build.make_project(act=act, capital_usd="20000000.00", decided_on=date(2026, 7, 16), zone=two)
        office = build.make_registrar(act=act)
    with recording(2026, 10, 12) as act:
        figure = build.freeze(Q3, act=act, title="Quý III/2026 theo khu", office=office)
    assert [(row["key"], row["total_usd"]) for row in figure.table["rows"]] == [
        ("SYN-1", "100000000.00"), ("SYN-2", "20000000.00")]
    assert revision_of(figure).rows == ()

    with recording(2026, 10, 20) as act:
        late = build.make_entry(first, "30000000.00", act=act, decided_on=date(2026, 9, 28))

    # The increase of KCN Một, how often, and the sums that contain it: no other cell.
    revision = revision_of(figure)
    assert [row.key for row in revision.rows] == ["SYN-1"]
    assert {cell.column: cell.difference for cell in revision.rows[0].cells} == {
        "adjusted_times": 1, "adjusted_usd": Decimal("30000000.00"), "total_usd": Decimal("30000000.00")}
    assert [each.entry for each in revision.rows[0].late] == [late]
    assert revision.moved == ()

    with recording(2026, 11, 5) as act:
        amend(act=act, record=Project.objects.get(pk=second.pk), zone=one)

    # What only changed its zone is told as such: its money went from one row to the other, the total is as it was.
    revision = revision_of(figure)
    moved = {row.key: {cell.column: cell.by_classification for cell in row.cells if cell.by_classification}
             for row in revision.rows}
    assert moved == {
        "SYN-1": {"new_projects": 1, "new_usd": Decimal("20000000.00"), "total_usd": Decimal("20000000.00")},
        "SYN-2": {"new_projects": -1, "new_usd": Decimal("-20000000.00"), "total_usd": Decimal("-20000000.00")}}
    assert [(each.project, each.was, each.now) for each in revision.moved] == [(second.pk, ("SYN-2",), ("SYN-1",))]
    assert {cell.column for cell in revision.total} == {"adjusted_times", "adjusted_usd", "total_usd"}

    # The public table of today is the frozen one with its differences, and the frozen one can be had to the byte.
    [row] = flows("zone", first=Q3.first, last=Q3.last).rows
    assert row.total_usd == Decimal("150000000.00")
    assert canonical(recomputed(figure)) == canonical(figure.table)
    assert list(problems()) == []
