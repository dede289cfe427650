"""Flows of a period, as the foreign-investment agency's table counts them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry
from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.models.project import ProjectQuerySet
from registry.vocabulary.capital import ADJUSTING, CapitalKind
from registry.vocabulary.errors import RuleBroken

from .groups import Group, group
from .ledger import counts_by, of_projects, totals_by

FLOW_GROUPS = ("sector", "section", "country", "zone", "place", "registrar")

COLUMNS = {
    "new": (CapitalKind.NEW,),
    "adjusted": ADJUSTING,
    "share_purchase": (CapitalKind.SHARE_PURCHASE,),
}


class PeriodBackwards(RuleBroken):
    code = "period-backwards"
    message = _("Ngày đầu %(first)s sau ngày cuối %(last)s; hãy đổi chỗ hai ngày.")


class NoFlowGroup(RuleBroken):
    code = "unknown-group"
    message = _("Không có nhóm “%(by)s”; hãy chọn một trong: %(groups)s.")


@dataclass(frozen=True)
class FlowRow:
    """One group. Unit: US dollars, two places; decreases are negative. ``adjusted_times`` and
    ``share_purchase_times`` count times (lượt), not projects. Key None: not stated."""

    key: str | None
    name: str | None
    name_en: str | None
    new_projects: int
    new_usd: Decimal
    adjusted_times: int
    adjusted_usd: Decimal
    share_purchase_times: int
    share_purchase_usd: Decimal

    @property
    def total_usd(self) -> Decimal:
        return self.new_usd + self.adjusted_usd + self.share_purchase_usd


@dataclass(frozen=True)
class FlowTable:
    """Rows that add up to the total; both days of the period are included."""

    by: str
    first: date
    last: date
    known_on: date | None
    rows: tuple[FlowRow, ...]
    total: FlowRow


def flows(
    by: str, *, first: date, last: date, known_on: date | None = None, projects: ProjectQuerySet | None = None
) -> FlowTable:
    """What was decided in the period: new, adjusted, and shares bought.

    Openings are in no period, nor is what has no day. Times leave out reversals and what a reversal
    recorded by ``known_on`` has undone; a reversal's amount goes, in its own period, into the column of
    the kind that it reverses. Raises PeriodBackwards, NoFlowGroup. Queries: 7.
    """
    if first > last:
        raise PeriodBackwards(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}", field="from")
    if by not in FLOW_GROUPS:
        raise NoFlowGroup(by=by, groups=", ".join(FLOW_GROUPS), field="by")
    entries = of_projects(CapitalEntry.objects.within(first, last).known_on(known_on), projects)
    grouped = group(by)
    amounts = {name: totals_by(entries.filter(counts_as__in=kinds), grouped) for name, kinds in COLUMNS.items()}
    times = {name: _times(entries, kinds, grouped, known_on) for name, kinds in COLUMNS.items()}
    keys = {key for column in (*amounts.values(), *times.values()) for key in column}
    names = grouped.names(sorted(key for key in keys if key is not None))
    rows = [
        _row(key, names.get(key, (key, key)), {name: column.get(key, ZERO) for name, column in amounts.items()},
             {name: column.get(key, 0) for name, column in times.items()})
        for key in keys
    ]
    rows.sort(key=lambda row: (row.key is None, -row.total_usd, row.key or ""))
    return FlowTable(by=by, first=first, last=last, known_on=known_on, rows=tuple(rows), total=_total(rows))


def _times(
    entries: CapitalEntryQuerySet, kinds: Iterable[str], grouped: Group, known_on: date | None
) -> dict[str | None, int]:
    return counts_by(entries.filter(kind__in=kinds).standing(known_on=known_on), grouped)


def _row(key, names, amounts: dict[str, Decimal], times: dict[str, int]) -> FlowRow:
    return FlowRow(
        key=key, name=names[0], name_en=names[1], new_projects=times["new"], new_usd=amounts["new"],
        adjusted_times=times["adjusted"], adjusted_usd=amounts["adjusted"],
        share_purchase_times=times["share_purchase"], share_purchase_usd=amounts["share_purchase"],
    )


def _total(rows: list[FlowRow]) -> FlowRow:
    def add(column: str, start):
        return sum((getattr(row, column) for row in rows), start)

    return FlowRow(
        key=None, name=None, name_en=None, new_projects=add("new_projects", 0), new_usd=add("new_usd", ZERO),
        adjusted_times=add("adjusted_times", 0), adjusted_usd=add("adjusted_usd", ZERO),
        share_purchase_times=add("share_purchase_times", 0), share_purchase_usd=add("share_purchase_usd", ZERO),
    )
