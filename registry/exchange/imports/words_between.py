"""Rows of a list that are no records: words above its parts, and below it who signs."""

import re
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from .cells import Row
from .headings import comparable

NOTHING_BUT_NAME = _("Dòng chỉ có tên, không có gì khác. Nếu không phải là dự án, hãy xóa dòng này khỏi tệp.")
ALONE = ("stt", "name")
# Who signs a list, and where and when, in whatever column: "Người lập biểu", "Bắc Ninh, ngày … tháng … năm …".
SIGNED = re.compile(
    r"(nguoi (lap|ky|tong hop)|(pho )?(tong )?giam doc|(pho )?truong (ban|phong)|(pho )?chu tich|thu truong|noi nhan"
    r"|ky (ten|ghi)|(bac ninh )?ngay( [0-9]+)? thang)\b")


def has_only_name(row: Row) -> bool:
    """Whether nothing stands in the row but a name, a number before it, or one of the two."""
    filled = len(row.cells) - row.cells.count(None)  # which tells nearly every row
    return filled <= len(ALONE) and not row.problems and filled == sum(row.value(name) is not None for name in ALONE)


def is_between(row: Row, sums: Collection[str]) -> bool:
    """"I | KCN Yên Phong II-C" above the projects of a zone, "| Giám đốc" below a list that numbers its rows; beside
    the words nothing but ``sums``. A signature may stand in any columns."""
    number = row.value("stt")
    if (_counts(number) if number is not None else not row.heading.numbered) or row.problems:
        return False
    filled = len(row.cells) - row.cells.count(None)
    of_a_heading = sum(row.value(name) is not None for name in (*ALONE, *sums))
    if filled == of_a_heading:
        return True
    return filled == len(ALONE) if number is not None else row.value("name") is None and _is_signed(row)


def _is_signed(row: Row) -> bool:
    said = [cell for cell in row.cells if cell is not None]
    return all(isinstance(cell, str) and SIGNED.match(comparable(cell)) for cell in said)


def _counts(number) -> bool:
    """Whether it numbers a record: "7", "2.1", and not "II." or "KCN Yên Phong 2"."""
    return any(map(str.isdecimal, str(number).split()[0]))


def words_of(row: Row) -> str:
    """What a row that is none of data says."""
    place = row.heading.places.get("stt")
    words = (cell for at, cell in enumerate(row.cells) if isinstance(cell, str) and at != place)
    return row.text("name") or next(words, row.text("stt"))
