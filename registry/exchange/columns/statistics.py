"""Tables of capital as files."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from registry.exchange.documents.shape import iso, money
from registry.exchange.documents.statistics import capital_row
from registry.statistics.capital import CapitalTable
from registry.statistics.rows import TimeRow

from .shape import DAY, NUMBER, TEXT, WHOLE, Column, Table


def _column(name: str, label: str, kind: str) -> Column:
    return Column(name, label, kind, lambda row: row[name])


BY = _column("by", _("nhóm theo"), TEXT)
CAPITAL = (
    _column("key", _("mã"), TEXT),
    _column("name", _("tên"), TEXT),
    _column("name_en", _("tên tiếng Anh"), TEXT),
    _column("projects", _("số dự án"), WHOLE),
    _column("registered_usd", _("vốn đăng ký (USD)"), NUMBER),
    _column("confirmed_usd", _("trong đó trên giấy chứng nhận (USD)"), NUMBER),
    _column("realised_usd", _("vốn thực hiện (USD)"), NUMBER),
    _column("share_purchase_usd", _("góp vốn, mua cổ phần (USD)"), NUMBER),
    _column("as_of", _("tính đến ngày"), DAY),
    _column("known_on", _("theo số liệu đã ghi nhận đến ngày"), DAY),
)
# Of years, quarters and months the steps stand before their sum.
STEPS = (
    _column("opening_usd", _("số dư đầu kỳ (USD)"), NUMBER),
    _column("new_usd", _("cấp mới (USD)"), NUMBER),
    _column("increase_usd", _("điều chỉnh tăng (USD)"), NUMBER),
    _column("decrease_usd", _("điều chỉnh giảm (USD)"), NUMBER),
)
OF_TIME = (*CAPITAL[:4], *STEPS, *CAPITAL[4:])

PERIOD = (
    _column("from", _("từ ngày"), DAY),
    _column("to", _("đến hết ngày"), DAY),
    _column("counted_to", _("tính đến hết ngày"), DAY),
    _column("known_on", _("theo số liệu đã ghi nhận đến ngày"), DAY),
)
AGENCY = Table("flows", (
    *CAPITAL[:3],
    _column("new_projects", _("số dự án cấp mới"), WHOLE),
    _column("new_usd", _("vốn đăng ký cấp mới (USD)"), NUMBER),
    _column("adjusted_times", _("số lượt dự án điều chỉnh"), WHOLE),
    _column("adjusted_usd", _("vốn đăng ký điều chỉnh (USD)"), NUMBER),
    _column("share_purchase_times", _("số lượt góp vốn, mua cổ phần"), WHOLE),
    _column("share_purchase_usd", _("giá trị góp vốn, mua cổ phần (USD)"), NUMBER),
    _column("total_usd", _("tổng vốn đăng ký (USD)"), NUMBER),
    _column("before_usd", _("cùng kỳ năm trước (USD)"), NUMBER),
    _column("percent", _("so cùng kỳ (%)"), NUMBER),
    _column("in_force", _("số dự án còn hiệu lực"), WHOLE),
    _column("registered_usd", _("tổng vốn đăng ký lũy kế (USD)"), NUMBER),
    *PERIOD,
))
HEADING = Table("heading", (
    *CAPITAL[:3],
    _column("before", _("cùng kỳ năm trước"), NUMBER),
    _column("this", _("trong kỳ"), NUMBER),
    _column("percent", _("so cùng kỳ (%)"), NUMBER),
    *PERIOD,
))


def lines_of(document: Mapping) -> Iterator[dict]:
    """The rows of a document as those of ``AGENCY`` and ``HEADING``, without the total."""
    days = {name: document[name] for name in ("from", "to", "counted_to", "known_on")}
    for row in document["rows"]:
        yield row | days


def capital_file(tables: Iterable[CapitalTable]) -> tuple[Table, Iterator[dict]]:
    """One table, or several under each other with the group first; with the rows, without the sums of tables."""
    tables = list(tables)
    if len(tables) == 1:
        columns = OF_TIME if isinstance(tables[0].total, TimeRow) else CAPITAL
        return Table(f"capital-by-{tables[0].by}", columns), _rows(tables)
    return Table("capital", (BY, *CAPITAL)), _rows(tables)


def _rows(tables: Iterable[CapitalTable]) -> Iterator[dict]:
    for table in tables:
        days = {"as_of": iso(table.as_of), "known_on": iso(table.known_on)}
        for row in table.rows:
            steps = {step.name: money(getattr(row, step.name)) for step in STEPS} if isinstance(row, TimeRow) else {}
            yield {"by": table.by, **capital_row(row), "confirmed_usd": money(row.confirmed_usd), **steps, **days}
