"""What made a frozen table of the agency, or its heading sheet, another."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from registry.models import CapitalEntry
from registry.vocabulary.agency import section_of_2018, year_before
from registry.vocabulary.capital import REGISTERED, CapitalKind
from registry.vocabulary.published import Asked, FigureKind

from .agency_known import parts_of
from .as_known import Known, flow_column_of
from .causes import Cells, LateEntry, Moved, late_entries, late_in_cells, late_of, moved_of

MONEY = ("new_usd", "adjusted_usd", "share_purchase_usd", "total_usd")
COUNTS = {"new": "new_projects", "adjusted": "adjusted_times", "share_purchase": "share_purchase_times"}
IN_FORCE = ("registered_usd", "in_force", "countries")


def late_of_agency(asked: Asked, then: Known, now: Known) -> list[LateEntry]:
    """Of its three tables, each entry once, in the order of their recording."""
    this, before, held = parts_of(asked)
    found: dict[int, LateEntry] = {}
    for part, columns in ((this, {name: name for name in MONEY}), (before, {"total_usd": "before_usd"}),
                          (held, {"registered_usd": "registered_usd"})):
        for late in late_of(part, then, now):
            names = tuple(columns[name] for name in late.columns if name in columns)
            # What only undoes something that was counted changes times, which no other part tells.
            if names or (part is this and not late.in_period):
                _put(found, replace(late, keys=_keys(asked, late), columns=names))
    return [found[key] for key in sorted(found)]


def _keys(asked: Asked, late: LateEntry) -> tuple[str | None, ...]:
    return tuple(section_of_2018(key) if asked.by == "section" and key else key for key in late.keys)


def _put(found: dict[int, LateEntry], late: LateEntry) -> None:
    before = found.get(late.entry.pk, late)
    found[late.entry.pk] = replace(
        late, keys=tuple(dict.fromkeys((*before.keys, *late.keys))),
        columns=tuple(dict.fromkeys((*before.columns, *late.columns))), in_period=before.in_period or late.in_period)


def late_of_heading(asked: Asked, then: Known, differing: Cells) -> Iterable[LateEntry]:
    """In the order of their recording. One query."""
    periods = {"this": (asked.first, asked.last), "before": year_before(asked.first, asked.last)}

    def within(lines: Iterable[str], day: date) -> set[tuple[str, str]]:
        columns = [name for name, (first, last) in periods.items() if first <= day <= last]
        return {(line, column) for line in lines for column in columns}

    def own(entry: CapitalEntry) -> set[tuple[str, str]]:
        cells = within(_lines(entry), entry.counts_on) if entry.decided_latest else set()
        if entry.counts_as in REGISTERED and entry.counts_on <= asked.last:
            cells |= {(line, "this") for line in IN_FORCE}
        return cells

    def undone(entry: CapitalEntry) -> set[tuple[str, str]]:
        return within(_lines(entry), entry.reverses.counts_on)

    entries = late_entries(asked, then, CapitalEntry.objects.all())
    return late_in_cells(entries, own, undone, differing) if differing else ()


def _lines(entry: CapitalEntry) -> tuple[str, ...]:
    """The lines of the heading sheet in which an entry counts."""
    if entry.counts_as == CapitalKind.DISBURSEMENT:
        return ("realised_usd",)
    if entry.counts_as == CapitalKind.OPENING:
        return ()
    column = flow_column_of(entry.counts_as)
    return f"{column}_usd", "total_usd", COUNTS[column]


def moved_of_agency(asked: Asked, then: Known, now: Known) -> list[Moved]:
    """Of what is in force, which has every project that flows have. The heading sheet counts countries."""
    by = asked if asked.kind == FigureKind.AGENCY else replace(asked, by="country")
    moved = moved_of(parts_of(by)[2], then, now)
    if asked.by != "section":
        return list(moved)
    found = []
    for each in moved:
        was, is_now = (tuple(key and section_of_2018(key) for key in keys) for keys in (each.was, each.now))
        if was != is_now or each.why != ("section",):
            found.append(replace(each, was=was, now=is_now))
    return found
