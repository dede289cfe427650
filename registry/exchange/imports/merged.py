"""Cells of the body that are merged from above to below: one investor or zone for several projects."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.exchange.workbook import Sheet
from registry.exchange.workbook.sheet import address

from .headings import Heading

COUNTING = {"stt"}  # says nothing of a row


def carry_down(sheet: Sheet, heading: Heading, carried: frozenset[str]) -> dict[int, list[str]]:
    """Write a merged value into each of its rows where its column is ``carried``: it names what the rows share. Of any
    other column it stays in the first row alone; the notes for the rows below say so, by their index."""
    names = {place: name for name, place in heading.places.items()}
    notes = defaultdict(list)
    for top, left, index in _below(sheet, heading):
        cells, name = sheet.rows[index], names.get(left)
        if name is None or name in COUNTING or cells[left] is not None or not any(each is not None for each in cells):
            continue
        if name in carried:
            cells[left] = sheet.rows[top][left]
        else:
            notes[index].append(_("Ô %(cell)s được gộp với %(first)s: giá trị chỉ tính cho dòng %(row)s. Nếu dòng này "
                                  "cũng có giá trị, hãy bỏ gộp và ghi riêng.") % {
                "cell": address(index, left), "first": address(top, left), "row": top + 1})
    return notes


def _below(sheet: Sheet, heading: Heading) -> Iterator[tuple[int, int, int]]:
    """Each cell below the first of a merged area that has a value: the area's first row and column, and the cell's row.
    Each cell once, however the areas lie over each other."""
    reached: dict[int, int] = {}
    for left, top, bottom in sorted((left, top, bottom) for top, left, bottom, _right in sheet.merged):
        if top < heading.first or top >= len(sheet.rows) or sheet.rows[top][left] is None:
            continue
        for index in range(max(top, reached.get(left, top)) + 1, min(bottom, len(sheet.rows) - 1) + 1):
            yield top, left, index
        reached[left] = max(bottom, reached.get(left, bottom))
