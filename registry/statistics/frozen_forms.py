"""Frozen official tables as the dataclasses of which they were made, to be printed as they were published."""

from datetime import date
from decimal import Decimal

from registry.models import PublishedFigure, Registrar
from registry.models.capital import ZERO
from registry.vocabulary.a_iv_1 import LINES, FormColumn, Line
from registry.vocabulary.agency import year_before

from .a_iv_1 import Figure, FormRow, QuarterlyForm
from .agency import AgencyRow, AgencyTable, HeadingSheet, Headline
from .flows import FlowRow
from .published import rows_in

FLOW = ("new_projects", "new_usd", "adjusted_times", "adjusted_usd", "share_purchase_times", "share_purchase_usd")


def form_of(figure: PublishedFigure, *, frozen_on: date) -> QuarterlyForm:
    """A frozen A.IV.1. One query, of a registrar's form two."""
    asked, rows = figure.asked, rows_in(figure.table)
    registrar = Registrar.objects.filter(code=asked.registrar).first() if asked.registrar else None
    return QuarterlyForm(
        quarter=asked.quarter, registrar=registrar, is_over=asked.last < frozen_on,
        counted_to=asked.last, known_on=asked.known_on,
        rows=tuple(_form_row(line, rows.get(line.key)) for line in LINES))


def _form_row(line: Line, row: dict | None) -> FormRow:
    if not line.key or row is None:
        return FormRow(line, {})
    return FormRow(line, {column: _figure(row, column) for column in FormColumn.values})


def _figure(row: dict, column: str) -> Figure:
    value = None if row[column] is None else Decimal(row[column])  # a percentage of two counts is exact too
    typed = value if column in row["typed"] else None
    return Figure(None if column in row["typed"] else value, typed, is_withheld=column in row["withheld"],
                  unstated=row.get("unstated", {}).get(column, 0))


def agency_of(figure: PublishedFigure) -> AgencyTable:
    """A frozen table of the agency."""
    asked = figure.asked
    total = _agency_row(figure.table["total"])
    # Of last year's period the total alone was published.
    before = FlowRow(None, None, None, 0, total.before_usd, 0, ZERO, 0, ZERO)
    return AgencyTable(
        by=asked.by, first=asked.first, last=asked.last, known_on=asked.known_on,
        before=year_before(asked.first, asked.last), rows=tuple(_agency_row(row) for row in figure.table["rows"]),
        total=total, before_flow=before)


def _agency_row(row: dict) -> AgencyRow:
    names = row["key"], row["name"], row["name_en"]
    return AgencyRow(*names, FlowRow(*names, *(_number(row[name]) for name in FLOW)), _number(row["before_usd"]),
                     row["in_force"], _number(row["registered_usd"]))


def heading_sheet_of(figure: PublishedFigure) -> HeadingSheet:
    """A frozen heading sheet."""
    asked, rows = figure.asked, rows_in(figure.table)
    this, before = (Headline(_number(rows["realised_usd"][column]), FlowRow(None, None, None, *(
        _number(rows[name][column]) for name in FLOW))) for column in ("this", "before"))
    return HeadingSheet(
        first=asked.first, last=asked.last, known_on=asked.known_on, before=year_before(asked.first, asked.last),
        this=this, last_year=before, countries=rows["countries"]["this"], in_force=rows["in_force"]["this"],
        registered_usd=_number(rows["registered_usd"]["this"]))


def _number(value: int | str | None) -> int | Decimal | None:
    return Decimal(value) if isinstance(value, str) else value
