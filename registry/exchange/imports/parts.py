"""A list in parts, each under the name of its zone, without a column that says the zone of each project."""

import re
from dataclasses import replace

from registry.exchange.workbook import Sheet

from .cells import Row
from .headings import Heading, comparable
from .matching import Records
from .name_keys import ZONE_WORDS
from .words_between import is_between, words_of

ZONE = ("zone.code", "zone.name")
NUMBER = re.compile(r"^\W*([IVXLC]+|[A-Za-z])\s*[.):]\s*")
OUTSIDE = re.compile(r"\bngoai (cac )?(kcn|khu)\b")


def zones_above(sheet: Sheet, heading: Heading, sums: frozenset[str], zones: Records) -> Heading:
    """Write the zone above its part into each of the part's rows, in a column behind all others; the heading with that
    column. The words above a part that name no zone end the part before. A list that says zones by itself stays as it
    is."""
    if not heading.numbered or any(name in heading.places for name in ZONE):
        return heading
    above, place = None, len(sheet.rows[heading.first - 1])
    for index in range(heading.first, len(sheet.rows)):
        row = Row(sheet, heading, index, {})
        is_data = row.has_any(heading.places) and not is_between(row, sums)
        if not is_data and row.value("stt") is not None:
            above = _zone(words_of(row), zones)
        row.cells.append(above if is_data else None)
    return replace(heading, places={**heading.places, ZONE[1]: place})


def _zone(words: str, zones: Records) -> str | None:
    """What a cell of the part's projects would say; None of words that are about no zone."""
    words, said = NUMBER.sub("", words), comparable(words)
    if OUTSIDE.search(said):
        return "ngoài KCN"
    is_zone = zones.named(words) or (ZONE_WORDS.search(said) and zones.near(words))
    return words if is_zone else None
