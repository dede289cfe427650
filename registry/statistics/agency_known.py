"""The agency's table and its heading sheet as the register knew them at a change."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from registry.models import CapitalEntry
from registry.models.capital import ZERO
from registry.vocabulary.agency import section_of_2018, year_before
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.published import HEADING_LINES, NUMBERS, Asked, FigureKind

from .as_known import Known, Numbers, Rows, added_up, rows_of

OF_FLOWS = NUMBERS[FigureKind.FLOWS]


def agency_rows(asked: Asked, known: Known) -> Rows:
    """What ``agency_table`` has, by its keys: sections of either classification under those of 2018. Rows add up.
    Queries: those of two tables of flows and one of capital."""
    now, before, held = _parts(asked, known)
    found: Rows = defaultdict(lambda: _nothing())
    for key in now.keys() | before.keys() | held.keys():
        row = found[section_of_2018(key) if asked.by == "section" and key else key]
        for name in OF_FLOWS if key in now else ():
            row[name] += now[key][name]
        if key in before:
            row["before_usd"] += before[key]["total_usd"]
        if key in held:
            row["in_force"] += held[key]["projects"]
            row["registered_usd"] += held[key]["registered_usd"]
    return {key: row for key, row in found.items() if any(row.values())}


def heading_rows(asked: Asked, known: Known) -> Rows:
    """What ``heading_of`` has: a line's figure of this period and of last year's, blank where nothing was collected.
    Queries: those of ``agency_rows``, and two."""
    by_country = replace(asked, by="country")
    now, before, held = _parts(by_country, known)
    this, then = (added_up(replace(by_country, kind=FigureKind.FLOWS), rows) for rows in (now, before))
    rows = {name: {"before": then.get(name), "this": this.get(name)} for name in HEADING_LINES}
    last_year = year_before(asked.first, asked.last)
    rows["realised_usd"] = {"before": _realised(asked, known, *last_year),
                            "this": _realised(asked, known, asked.first, asked.last)}
    rows["countries"]["this"] = sum(1 for key, row in held.items() if key and row["projects"])
    rows["in_force"]["this"] = sum(row["projects"] for row in held.values())
    rows["registered_usd"]["this"] = sum((row["registered_usd"] for row in held.values()), ZERO)
    return rows


def parts_of(asked: Asked) -> tuple[Asked, Asked, Asked]:
    """The tables of which an agency's is made: this period, the same days a year earlier, what is in force."""
    first, last = year_before(asked.first, asked.last)
    return (replace(asked, kind=FigureKind.FLOWS), replace(asked, kind=FigureKind.FLOWS, first=first, last=last),
            replace(asked, kind=FigureKind.CAPITAL, first=None))


def _parts(asked: Asked, known: Known) -> tuple[Rows, ...]:
    return tuple(rows_of(part, known) for part in parts_of(asked))


def _realised(asked: Asked, known: Known, first: date, last: date) -> Decimal | None:
    entries = CapitalEntry.objects.filter(pk__lte=known.last_entry, counts_as=CapitalKind.DISBURSEMENT)
    return entries.known_on(asked.known_on).within(first, last).aggregate(total=Sum("amount_usd"))["total"]


def _nothing() -> Numbers:
    return {name: ZERO if name.endswith("_usd") else 0 for name in NUMBERS[FigureKind.AGENCY]}
