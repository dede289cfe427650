"""Rows of a list that are no records: words above its parts, and below it who signs."""

from django.utils.translation import gettext_lazy as _

from .cells import Row
from .headings import comparable

NOTHING_BUT_NAME = _("Dòng chỉ có tên, không có gì khác. Nếu không phải là dự án, hãy xóa dòng này khỏi tệp.")
ALONE = ("stt", "name")


def has_only_name(row: Row) -> bool:
    """Whether nothing stands in the row but a name, a number before it, or one of the two."""
    filled = len(row.cells) - row.cells.count(None)  # which tells nearly every row
    return filled <= len(ALONE) and not row.problems and filled == sum(row.value(name) is not None for name in ALONE)


def is_between(row: Row) -> bool:
    """"I | KCN Yên Phong II-C" above the projects of a zone, "| Giám đốc" below a list that numbers its rows."""
    if not has_only_name(row):
        return False
    number = comparable(row.text("stt"))
    return not any(map(str.isdecimal, number)) if number else row.heading.numbered
