"""The rows behind one number of a table, as plain data: entries, or the parts of projects that are counted by share.

What the public does not see keeps its day, kind and amount, so that the rows add up, and loses its names and code.
"""

from collections.abc import Sequence

from registry.models import CapitalEntry, Certificate, Enterprise, Investor, Project, Source
from registry.statistics.cell import Part
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.investor import INDIVIDUAL

from .reading import Reading
from .shape import (
    CITED,
    DAY,
    MAYBE_DECIMAL,
    MAYBE_ISO_DAY,
    MAYBE_MONEY,
    MAYBE_TEXT,
    MONEY,
    REF,
    WHOLE,
    Context,
    cited,
    day,
    decimal,
    iso,
    many,
    maybe,
    money,
    ref,
    shape,
    words,
)

ENTRIES = Reading(
    CapitalEntry, "code kind counts_as amount_usd confirmed confirmed_part_usd decided_on counts_on recorded_at",
    project=Reading(Project, "code name"), enterprise=Reading(Enterprise, "code name"),
    certificate=Reading(Certificate, "code", project=Reading(Project, "code")), source=Reading(Source, "code name"),
    buyer=Reading(Investor, "code name"), reverses=Reading(CapitalEntry, "code"),
    reversed_by=Reading(CapitalEntry, "code"),
)
PROJECTS = Reading(Project, "code name")
ROW = shape(
    code=MAYBE_TEXT, project=REF, enterprise=REF, kind=words(CapitalKind, nullable=True),
    counts_as=words(CapitalKind, nullable=True), decided_on=DAY, counts_on=MAYBE_ISO_DAY,
    recorded_at=maybe({"type": "string", "format": "date-time"}), amount_usd=MONEY, whole_usd=MAYBE_MONEY,
    share_percent=MAYBE_DECIMAL, buyer=REF, certificate=MAYBE_TEXT, source=CITED, reverses=MAYBE_TEXT,
    reversed_by=MAYBE_TEXT,
)
ROWS = shape(total_usd=MONEY, count=WHOLE, next=maybe({"type": "string", "format": "uri"}), results=many(ROW))
NOTHING = dict.fromkeys(ROW["properties"])


def entry_rows(keys: list[int], context: Context, *, of: str) -> list[dict]:
    """The entries of these keys, in their order, with what each adds to this number; the whole amount where that is but
    a part. One query."""
    return [_entry(row, context, of) for row in ENTRIES.rows(keys, for_staff=True)]


def _entry(row, context: Context, of: str) -> dict:
    buyer, amount = row.buyer, row.confirmed_usd if of == "confirmed_usd" else row.amount_usd

    def code(other) -> str | None:
        return other.code if other and context.sees(row) else None

    return NOTHING | {
        "code": code(row),
        "project": ref(row.project, context),
        "enterprise": ref(row.enterprise, context),
        "kind": row.kind,
        "counts_as": row.counts_as,
        "decided_on": day(row.decided_on),
        "counts_on": iso(row.counts_on),
        "recorded_at": row.recorded_at,
        "amount_usd": money(amount),
        "whole_usd": None if amount == row.amount_usd else money(row.amount_usd),
        "buyer": {"code": buyer.code, "name": str(INDIVIDUAL) if buyer.is_person else buyer.name}
        if context.sees(buyer) else None,
        "certificate": row.certificate.code if context.sees(row.certificate) else None,
        "source": cited(row.source, context),
        "reverses": code(row.reverses),
        "reversed_by": code(row.reversed_by),
    }


def part_rows(parts: Sequence[Part], context: Context) -> list[dict]:
    """These parts of projects. One query."""
    projects = [part.project for part in parts]
    named = dict(zip(projects, PROJECTS.rows(projects, for_staff=True), strict=True))
    return [NOTHING | {
        "project": ref(named[part.project], context), "amount_usd": money(part.part_usd),
        "whole_usd": money(part.whole_usd), "share_percent": decimal(part.share_percent),
    } for part in parts]
