"""A quarter is frozen, a certificate comes late, and the revision shows exactly its cells.

The quarter by zone, the agency's table, its heading sheet and the form A.IV.1. In July 2026 a project of 100 million is
licensed in KCN Một and one of 20 million in KCN Hai. On 12 October 2026 the statistician freezes the third quarter. On
20 October the certificate of 28 September arrives that raises the first project by 30 million, and on 5 November the
second turns out to lie in KCN Một.
"""

from datetime import date
from decimal import Decimal

from registry.actions import report
from registry.actions.record import amend
from registry.exchange.check.everything import problems
from registry.models import Project
from registry.statistics.flows import flows
from registry.statistics.published import recomputed
from registry.statistics.revision import revision_of
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.published import Asked, FigureKind, canonical, of_quarter
from registry.vocabulary.report import Quarter
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


def test_a_late_certificate_in_every_official_table():
    """The same story: each official table of the third quarter differs in the cells of an increase of 30 million that
    was decided on 28 September, and in no other."""
    with recording(2026, 7, 20) as act:
        zone = build.make_zone(act=act, code="SYN-1", name="KCN Một")
        project = build.make_project(act=act, capital_usd="100000000.00", decided_on=date(2026, 7, 15), zone=zone)
        office = build.make_registrar(act=act)
    figures = {}
    for asked in (Asked(FigureKind.AGENCY, "zone", last=Q3.last, first=Q3.first),
                  Asked(FigureKind.HEADING, "", last=Q3.last, first=Q3.first), of_quarter(Quarter(2026, 3))):
        with recording(2026, 10, 12) as act:
            figures[asked.kind] = build.freeze(asked, act=act, office=office)
    for figure in figures.values():
        assert revision_of(figure).rows == () and revision_of(figure).records == ()

    with recording(2026, 10, 20) as act:
        paper = build.make_certificate(
            project, act=act, kind=CertificateKind.AMENDMENT, step=1, received_on=date(2026, 9, 10),
            decided_on=date(2026, 9, 28), amount_usd=Decimal(30_000_000))

    late, raised = paper.entries.get(), Decimal("30000000.00")
    assert differences(figures[FigureKind.AGENCY]) == {
        ("SYN-1", "adjusted_times"): 1, ("SYN-1", "adjusted_usd"): raised, ("SYN-1", "total_usd"): raised,
        ("SYN-1", "registered_usd"): raised}
    assert differences(figures[FigureKind.HEADING]) == {
        ("adjusted_times", "this"): 1, ("adjusted_usd", "this"): raised, ("total_usd", "this"): raised,
        ("registered_usd", "this"): raised}
    assert differences(figures[FigureKind.A_IV_1]) == {
        (key, column): value for column in ("quarter", "year") for key, value in (
            ("received_new", 0), ("received_new_usd", 0), ("received_adjusted", 1), ("received_adjusted_usd", raised),
            ("granted_adjusted", 1), ("granted_adjusted_usd", raised))}
    for figure in figures.values():
        assert [each.entry for each in revision_of(figure).late] == [late]
    [record] = revision_of(figures[FigureKind.A_IV_1]).records
    assert (record.kind, record.code, record.project) == ("certificate", paper.code, project.pk)

    # What is typed afterwards, and a report, are causes of their own cells.
    with recording(2026, 11, 2) as act:
        build.make_form_figure(act=act, row="granted_new", column="expected", value=Decimal(7))
        report.accept(act=act, report=build.make_report(project, act=act, realised_usd="2"))
    found = differences(figures[FigureKind.A_IV_1])
    assert found["granted_new", "expected"] == 7 and found["realised", "quarter"] == 2
    causes = revision_of(figures[FigureKind.A_IV_1]).records
    assert {each.kind: each.keys for each in causes if each.kind != "certificate"} == {
        "operating-report": ("realised",), "form-figure": ("granted_new",)}

    # A project that left its zone is told as such, and the frozen tables can be had to the byte.
    with recording(2026, 11, 5) as act:
        amend(act=act, record=Project.objects.get(pk=project.pk), zone=None)
    assert differences(figures[FigureKind.AGENCY])[None, "new_usd"] == Decimal("100000000.00")
    assert [each.why for each in revision_of(figures[FigureKind.AGENCY]).moved] == [("zone",)]
    for figure in figures.values():
        assert canonical(recomputed(figure)) == canonical(figure.table)
    assert list(problems()) == []


def differences(figure) -> dict:
    return {(row.key, cell.column): cell.difference for row in revision_of(figure).rows for cell in row.cells}
