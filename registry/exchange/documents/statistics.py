"""Tables of capital and of flows as plain data: one shape for the page's files and the API."""

from collections.abc import Iterable
from datetime import date

from registry.statistics.agency import AgencyRow, AgencyTable, HeadingSheet, percent_of
from registry.statistics.capital import CapitalRow, CapitalTable
from registry.statistics.flows import FlowRow, FlowTable
from registry.statistics.groups import in_both
from registry.vocabulary.published import HEADING_LINES

from .shape import ISO_DAY, MAYBE_ISO_DAY, MAYBE_TEXT, MONEY, TEXT, WHOLE, YES_NO, decimal, iso, many, money, shape

CAPITAL_ROW = shape(key=MAYBE_TEXT, name=MAYBE_TEXT, name_en=MAYBE_TEXT, projects=WHOLE, registered_usd=MONEY,
                    realised_usd=MONEY, share_purchase_usd=MONEY)
CAPITAL_TABLE = shape(by=TEXT, as_of=ISO_DAY, known_on=MAYBE_ISO_DAY, unit=TEXT, rows=many(CAPITAL_ROW),
                      total=CAPITAL_ROW)
FLOW_ROW = shape(
    key=MAYBE_TEXT, name=MAYBE_TEXT, name_en=MAYBE_TEXT, new_projects=WHOLE, new_usd=MONEY, adjusted_times=WHOLE,
    adjusted_usd=MONEY, share_purchase_times=WHOLE, share_purchase_usd=MONEY, total_usd=MONEY,
)
FLOW_TABLE = shape(**{"by": TEXT, "from": ISO_DAY, "to": ISO_DAY, "known_on": MAYBE_ISO_DAY, "is_over": YES_NO,
                      "counted_to": ISO_DAY, "unit": TEXT, "rows": many(FLOW_ROW), "total": FLOW_ROW})


def capital_document(table: CapitalTable) -> dict:
    return {
        "by": table.by, "as_of": iso(table.as_of), "known_on": iso(table.known_on), "unit": "USD",
        "rows": [capital_row(row) for row in table.rows], "total": capital_row(table.total),
    }


def capital_documents(tables: Iterable[CapitalTable]) -> dict:
    """Several tables as one answer."""
    return {"tables": [capital_document(table) for table in tables]}


def capital_row(row: CapitalRow) -> dict:
    return {
        "key": row.key, "name": row.name, "name_en": row.name_en, "projects": row.projects,
        "registered_usd": money(row.registered_usd), "realised_usd": money(row.realised_usd),
        "share_purchase_usd": money(row.share_purchase_usd),
    }


def flow_document(table: FlowTable, *, today: date) -> dict:
    return {"by": table.by, **_period(table, today), "rows": [flow_row(row) for row in table.rows],
            "total": flow_row(table.total)}


def _period(table: FlowTable | AgencyTable | HeadingSheet, today: date) -> dict:
    """A period that goes on has been counted up to today."""
    return {
        "from": iso(table.first), "to": iso(table.last), "known_on": iso(table.known_on),
        "is_over": table.last < today, "counted_to": iso(min(table.last, today)), "unit": "USD",
    }


def flow_row(row: FlowRow) -> dict:
    return {
        "key": row.key, "name": row.name, "name_en": row.name_en, "new_projects": row.new_projects,
        "new_usd": money(row.new_usd), "adjusted_times": row.adjusted_times, "adjusted_usd": money(row.adjusted_usd),
        "share_purchase_times": row.share_purchase_times, "share_purchase_usd": money(row.share_purchase_usd),
        "total_usd": money(row.total_usd),
    }


def agency_document(table: AgencyTable, *, today: date) -> dict:
    """The agency's table: its own labels, last year's total, what is in force."""
    return {"by": table.by, **_period(table, today), "rows": [_agency_row(row) for row in table.rows],
            "total": _agency_row(table.total)}


def _agency_row(row: AgencyRow) -> dict:
    return flow_row(row.flow) | {
        "key": row.key, "name": row.name, "name_en": row.name_en, "before_usd": money(row.before_usd),
        "percent": decimal(row.percent), "in_force": row.in_force, "registered_usd": money(row.registered_usd),
    }


def heading_document(sheet: HeadingSheet, *, today: date) -> dict:
    """The heading sheet, line by line: ``this`` period, the same days of the year ``before``; null is blank."""
    return _period(sheet, today) | {"rows": [_heading_row(line, label, *sheet.line(line))
                                             for line, label in HEADING_LINES.items()]}


def _heading_row(line: str, label: str, this, before) -> dict:
    name, name_en = in_both(label)
    told = money if line.endswith("_usd") else lambda value: value
    return {"key": line, "name": name, "name_en": name_en, "before": told(before), "this": told(this),
            "percent": decimal(percent_of(this, before))}
