"""A published table as a file: the numbers as they were published."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.models import PublishedFigure
from registry.statistics.published import line_names
from registry.vocabulary.a_iv_1 import FormColumn
from registry.vocabulary.published import NUMBERS, SHEETS, FigureKind, unit_of

from .shape import MOMENT, NUMBER, TEXT, WHOLE, WORD, Column, Table

LABELS = {
    "projects": _("số dự án"), "registered_usd": _("vốn đăng ký (USD)"),
    "confirmed_usd": _("trong đó trên giấy chứng nhận (USD)"), "realised_usd": _("vốn thực hiện (USD)"),
    "share_purchase_usd": _("góp vốn, mua cổ phần (USD)"), "new_projects": _("số dự án cấp mới"),
    "new_usd": _("vốn cấp mới (USD)"), "adjusted_times": _("số lượt điều chỉnh vốn"),
    "adjusted_usd": _("vốn điều chỉnh (USD)"), "share_purchase_times": _("số lượt góp vốn, mua cổ phần"),
    "total_usd": _("tổng vốn (USD)"), "before_usd": _("cùng kỳ năm trước (USD)"),
    "in_force": _("số dự án còn hiệu lực"), "before": _("cùng kỳ năm trước"), "this": _("trong kỳ"),
    **dict(FormColumn.choices),
}

OF_AGENCY = {"registered_usd": _("tổng vốn đăng ký lũy kế (USD)")}


def label_of(kind: str, column: str) -> str:
    """What a column of numbers is called in a table of this kind."""
    return str(OF_AGENCY.get(column, LABELS[column]) if kind == FigureKind.AGENCY else LABELS[column])


# Of the list of published tables, whose rows are their documents.
PUBLICATIONS = Table("publications", (
    Column("code", _("mã"), TEXT, lambda row: row["code"]),
    Column("title", _("tên bảng"), TEXT, lambda row: row["title"]),
    Column("title_en", _("tên bảng bằng tiếng Anh"), TEXT, lambda row: row["title_en"]),
    Column("kind", _("loại bảng"), WORD, lambda row: row["kind"], FigureKind),
    Column("office", _("cơ quan công bố"), TEXT, lambda row: row["office"] and row["office"]["name"]),
    Column("frozen_at", _("chốt lúc"), MOMENT, lambda row: row["frozen_at"]),
    Column("change", _("tính đến thay đổi số"), WHOLE, lambda row: row["change"]),
    Column("checksum", _("mã kiểm SHA-256"), TEXT, lambda row: row["checksum"]),
    Column("supersedes", _("thay cho bảng"), TEXT, lambda row: row["supersedes"]),
    Column("superseded_by", _("thay bằng"), TEXT, lambda row: row["superseded_by"]),
    Column("note", _("ghi chú công khai"), TEXT, lambda row: row["note"]),
))


def published_file(figure: PublishedFigure) -> tuple[Table, Iterator[dict]]:
    """The rows of the table and last its total, whose key is ``total``; a form has none."""
    kind = figure.kind
    numbers = [_column(name, label_of(kind, name), NUMBER if kind in SHEETS or name.endswith("_usd") else WHOLE)
               for name in NUMBERS[kind]]
    columns = (_column("key", _("mã"), TEXT), _column("name", _("tên"), TEXT),
               _column("name_en", _("tên tiếng Anh"), TEXT), *numbers)
    if kind in SHEETS:
        return Table(figure.code, (*columns[:3], _column("unit", _("đơn vị"), TEXT), *numbers)), (
            row | dict(zip(("name", "name_en"), line_names(kind, row["key"]), strict=True))
            | {"unit": unit_of(kind, row["key"])} for row in figure.table["rows"])
    total = figure.table["total"] | {"key": "total", "name": "Tổng", "name_en": "Total"}
    return Table(figure.code, columns), iter([*figure.table["rows"], total])


def _column(name: str, label: str, kind: str) -> Column:
    return Column(name, label, kind, lambda row: row[name])
