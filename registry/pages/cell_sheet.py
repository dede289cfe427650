"""The rows behind a number as their page shows them: whose number it is, what it comes to, and the rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import SafeString, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.exchange.documents import Context
from registry.models import Project, Source
from registry.statistics.capital import SHARED
from registry.statistics.groups import TIMES, group
from registry.statistics.rows import named
from registry.templatetags.register_format import in_its_language, sentence, stated_day
from registry.vocabulary.capital import Basis, CapitalKind, CountryOf
from registry.vocabulary.group import GROUP_NAMES
from registry.vocabulary.period import VagueDay
from registry.vocabulary.vsic import Vsic
from registry.web.cell import CapitalCell, FlowCell, OfNumber, RowPage, page_of_rows
from registry.web.names import called
from registry.web.statistics_filters import FORMER

from .addresses import page_of_record
from .asked import NOT_RECORDED, Chip, chips
from .statistics import LABELS
from .statistics_sheet import time_name

OF_CAPITAL = {
    "projects": gettext_lazy("Số dự án"), "registered_usd": gettext_lazy("Vốn đăng ký"),
    "confirmed_usd": gettext_lazy("Vốn đăng ký trên giấy chứng nhận"), "realised_usd": gettext_lazy("Vốn thực hiện"),
    "share_purchase_usd": gettext_lazy("Góp vốn, mua cổ phần"), "opening_usd": gettext_lazy("Số dư đầu kỳ"),
    "new_usd": gettext_lazy("Cấp mới"), "increase_usd": gettext_lazy("Điều chỉnh tăng"),
    "decrease_usd": gettext_lazy("Điều chỉnh giảm"),
}
OF_FLOWS = {
    "new_projects": gettext_lazy("Dự án cấp mới"), "new_usd": gettext_lazy("Vốn cấp mới"),
    "adjusted_times": gettext_lazy("Lượt điều chỉnh"), "adjusted_usd": gettext_lazy("Vốn điều chỉnh"),
    "share_purchase_times": gettext_lazy("Lượt góp vốn, mua cổ phần"),
    "share_purchase_usd": gettext_lazy("Giá trị góp vốn, mua cổ phần"), "total_usd": gettext_lazy("Tổng vốn đăng ký"),
    "realised_usd": gettext_lazy("Vốn thực hiện"),
}
MOST_NAMED = 3


class OfTable:
    """The table that a number is in, in the reader's language: how it counts, and by which filters of projects."""

    page: str
    numbers: Mapping[str, str]
    filtering: list[str]

    def __init__(self, asked: OfNumber):
        self.asked = asked

    @property
    def noun(self) -> str:
        return str(GROUP_NAMES[self.asked.by])

    @property
    def how(self) -> list[str]:
        by_parent = self.asked.by == "country" and self.asked.country_asked() == CountryOf.PARENT
        return [str(CountryOf.PARENT.label)] if by_parent else []

    @property
    def address(self) -> str:
        return f"{reverse(self.page)}?{self.asked.table_query()}"

    @property
    def line(self) -> str:
        """The line of the number."""
        return ", ".join(name for name, _language in self._said)

    @property
    def line_marked(self) -> SafeString:
        """The same with what is in another language than the page's marked."""
        return format_html_join(", ", "{}", ((in_its_language(*said),) for said in self._said))

    @property
    def decided_in(self) -> str:
        """The times that the number is narrowed to; empty where it is not."""
        return ""

    @cached_property
    def _said(self) -> list[tuple[str, str]]:
        """Names with their languages: at most one query."""
        lines = self.asked.lines
        if lines.are_all:
            return [(_("cả bảng"), "")]
        if lines.but:
            return [(_("các dòng không nêu riêng trên bảng"), "")]
        shown = lines.keys[:MOST_NAMED]
        names = self._names([key for key in shown if key is not None])
        said = [(str(NOT_RECORDED), "") if key is None else names[key] for key in shown]
        return [*said, *([("…", "")] if len(lines.keys) > MOST_NAMED else [])]

    def _names(self, keys: list[str]) -> dict[str, tuple[str, str]]:
        if self.asked.by in TIMES:
            return {key: (time_name(key), "") for key in keys}
        found = group(self.asked.by, country_of=self.asked.country_asked()).names(keys) if keys else {}
        return {key: called(named(key, found.get(key)), self.asked.by) for key in keys}


class OfCapital(OfTable):
    asked: CapitalCell
    page, numbers = "pages:statistics", OF_CAPITAL

    @property
    def title(self) -> str:
        return _("Vốn theo %(noun)s") % {"noun": self.noun}

    @property
    def how(self) -> list[str]:
        found, by = self.asked, self.asked.by
        by_share = [str(Basis.SHARE.label)] if by in SHARED and found.basis_asked() == Basis.SHARE else []
        vsic = found.vsic_asked() if by == "section" else ""
        return [*by_share, *super().how, *([str(Vsic(vsic).label)] if vsic else [])]

    @property
    def filtering(self) -> list[str]:
        return self.asked.filtering()

    @property
    def decided_in(self) -> str:
        times = self.asked.times.keys
        if not times:
            return ""
        return _("ngày quyết định: %(times)s") % {
            "times": ", ".join(str(NOT_RECORDED) if key is None else time_name(key) for key in times)}

    period = None


class OfFlows(OfTable):
    asked: FlowCell
    page, numbers = "pages:flows", OF_FLOWS
    filtering: ClassVar[list[str]] = [FORMER]

    @property
    def title(self) -> str:
        return _("Vốn đầu tư của một kỳ, theo %(noun)s") % {"noun": self.noun}

    @property
    def period(self) -> VagueDay:
        values = self.asked.form.cleaned_data
        return VagueDay(values["from"], values["to"])


@dataclass(frozen=True)
class Row:
    """An entry, or a part of a project; ``name`` is empty where the public sees neither project nor enterprise. The
    addresses are empty where there is no page."""

    day: str
    counts_on: date | None
    kind: str
    code: str
    undoes: str
    undone_by: str
    name: str
    address: str
    source: str
    source_address: str
    certificate: str
    share_percent: Decimal | None
    whole_usd: Decimal | None
    amount_usd: Decimal


@dataclass(frozen=True)
class Found:
    """What was asked, as chips take it."""

    found: OfNumber


@dataclass(frozen=True)
class Sheet:
    """``number`` is what the table says: the count of the rows, or the sum of their amounts."""

    asked: OfNumber
    table: OfTable
    page: RowPage
    rows: list[Row]
    chips: list[Chip]

    @property
    def number_name(self) -> str:
        return str(self.table.numbers[self.asked.of])

    @property
    def title(self) -> str:
        return ", ".join(filter(None, (f"{self.number_name}: {self.table.line}", self.table.decided_in)))

    @property
    def query(self) -> str:
        """The query of the first page, and of the files."""
        return self._query(None)

    @property
    def next_query(self) -> str:
        return self._query(self.page.cursor) if self.page.cursor else ""

    @property
    def is_first(self) -> bool:
        return "cursor" not in self.asked.data

    def _query(self, cursor: str | None) -> str:
        query: QueryDict = self.asked.data.copy()
        query.pop("cursor", None)
        if cursor:
            query["cursor"] = cursor
        return query.urlencode()


def sheet_of(asked: OfNumber, table: OfTable, context: Context) -> Sheet:
    """Queries: those of ``page_of_rows``, one for the name of the line, one for each parameter of codes."""
    page = page_of_rows(asked, context)
    within = [chip for chip in chips(Found(asked), LABELS) if chip.name in table.filtering]
    return Sheet(asked, table, page, [_row(row) for row in page.rows], within)


def _row(row: dict) -> Row:
    owner, day, source = row["project"] or row["enterprise"], row["decided_on"], row["source"]
    project = row["project"] and row["project"]["code"]
    address = page_of_record(Project.KIND, project)
    return Row(
        day=stated_day(day["label"], day["label_en"]) if day else "",
        counts_on=row["counts_on"] and date.fromisoformat(row["counts_on"]),
        kind=sentence(CapitalKind(row["kind"]).label) if row["kind"] else "",
        code=row["code"] or "", undoes=row["reverses"] or "", undone_by=row["reversed_by"] or "",
        name=owner["name"] if owner else "",
        address=f"{address}#{row['code']}" if address and row["code"] else address,
        source=source["code"] if source else "",
        source_address=page_of_record(Source.KIND, source and source["code"]),
        certificate=row["certificate"] or "",
        share_percent=row["share_percent"] and Decimal(row["share_percent"]),
        whole_usd=row["whole_usd"] and Decimal(row["whole_usd"]), amount_usd=Decimal(row["amount_usd"]),
    )
