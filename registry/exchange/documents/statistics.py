"""Tables of capital and of flows as plain data: one shape for the page's files and the API."""

from collections.abc import Iterable
from datetime import date

from registry.statistics.capital import CapitalRow, CapitalTable
from registry.statistics.flows import FlowRow, FlowTable

from .shape import ISO_DAY, MAYBE_ISO_DAY, MAYBE_TEXT, MONEY, TEXT, WHOLE, YES_NO, iso, many, money, shape

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
    """A period that goes on has been counted up to today."""
    return {
        "by": table.by, "from": iso(table.first), "to": iso(table.last), "known_on": iso(table.known_on),
        "is_over": table.last < today, "counted_to": iso(min(table.last, today)),
        "unit": "USD", "rows": [flow_row(row) for row in table.rows], "total": flow_row(table.total),
    }


def flow_row(row: FlowRow) -> dict:
    return {
        "key": row.key, "name": row.name, "name_en": row.name_en, "new_projects": row.new_projects,
        "new_usd": money(row.new_usd), "adjusted_times": row.adjusted_times, "adjusted_usd": money(row.adjusted_usd),
        "share_purchase_times": row.share_purchase_times, "share_purchase_usd": money(row.share_purchase_usd),
        "total_usd": money(row.total_usd),
    }
