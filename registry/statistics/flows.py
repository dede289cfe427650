"""Flows of a period, as the foreign-investment agency's table counts them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry
from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.models.project import ProjectQuerySet
from registry.vocabulary.capital import ADJUSTING, CapitalKind, CountryOf
from registry.vocabulary.errors import RuleBroken

from .by_month import dimension_of
from .flow_days import flows_of_days
from .flow_months import Parts, flows_kept, parts_of
from .flow_months_known import flows_as_known
from .groups import Group, group, with_lead
from .ledger import of_projects

FLOW_GROUPS = ("sector", "section", "country", "zone", "place", "registrar")

# The kinds of the three pairs of columns: times, and money.
COLUMNS = ((CapitalKind.NEW,), ADJUSTING, (CapitalKind.SHARE_PURCHASE,))
NOTHING = (0, ZERO) * len(COLUMNS)


class PeriodBackwards(RuleBroken):
    code = "period-backwards"
    message = _("Ngày đầu %(first)s sau ngày cuối %(last)s; hãy đổi chỗ hai ngày.")


class PeriodInFuture(RuleBroken):
    code = "period-in-future"
    message = _("Kỳ từ ngày %(first)s chưa bắt đầu; hãy chọn kỳ đã bắt đầu vào ngày %(today)s hoặc trước đó.")


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


def check_begun(first: date, *, today: date) -> None:
    """Raises PeriodInFuture of a period that has not begun: zeros would say that nothing came."""
    if first > today:
        raise PeriodInFuture(first=f"{first:%d/%m/%Y}", today=f"{today:%d/%m/%Y}", field="from")


def flows(
    by: str, *, first: date, last: date, known_on: date | None = None, projects: ProjectQuerySet | None = None,
    country_of: str = CountryOf.REGISTRATION,
) -> FlowTable:
    """What was decided in the period: new, adjusted, and shares bought.

    Openings are in no period, nor is what has no day. Times leave out reversals and what a reversal
    recorded by ``known_on`` has undone; a reversal's amount goes, in its own period, into the column of
    the kind that it reverses. A group of which all was undone has no row. Raises PeriodBackwards, NoFlowGroup. Queries:
    all projects are read from what is kept of them, by one, as known on a day what is not a whole month by one more; a
    choice of projects by one; and the names.
    """
    if first > last:
        raise PeriodBackwards(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}", field="from")
    if by not in FLOW_GROUPS:
        raise NoFlowGroup(by=by, groups=", ".join(FLOW_GROUPS), field="by")
    grouped = group(by, country_of=country_of)
    found: dict[str | None, list] = {}
    if projects is None and dimension_of(grouped):
        parts = parts_of(first, last)
        for key, *sums in flows_kept(grouped, parts) if known_on is None else _as_known(grouped, parts, known_on):
            _add(found, key, sums)
    else:
        within = CapitalEntry.objects.within(first, last).known_on(known_on)
        _add_entries(found, of_projects(within, projects), grouped, known_on)
    found = {key: sums for key, sums in found.items() if any(sums)}
    names = grouped.names(sorted(key for key in found if key is not None))
    rows = [FlowRow(key, *names.get(key, (key, key)), *sums) for key, sums in found.items()]
    rows.sort(key=lambda row: (row.key is None, -row.total_usd, row.key or ""))
    return FlowTable(by=by, first=first, last=last, known_on=known_on, rows=tuple(rows), total=_total(rows))


def _as_known(grouped: Group, parts: Parts, known_on: date) -> Iterator[tuple]:
    if parts.months:
        yield from flows_as_known(grouped, *parts.months, known_on=known_on)
    if parts.days:
        yield from flows_of_days(grouped, parts.days, known_on=known_on)


def _add(found: dict[str | None, list], key: str | None, sums: Iterable) -> None:
    """``sums`` in the order of a row's figures."""
    found[key] = [one + other for one, other in zip(found.get(key, NOTHING), sums, strict=True)]


def _add_entries(
    found: dict[str | None, list], entries: CapitalEntryQuerySet, grouped: Group, known_on: date | None
) -> None:
    """What the ledger itself says. One query."""
    undone = Exists(CapitalEntry.objects.filter(reverses=OuterRef("pk")).known_on(known_on))
    sums = {}
    for place, kinds in enumerate(COLUMNS):
        sums[f"times_{place}"] = Count("pk", filter=Q(kind__in=kinds) & ~Q(undone))
        sums[f"total_{place}"] = Sum("amount_usd", filter=Q(counts_as__in=kinds), default=ZERO)
    of_flows = with_lead(entries.filter(counts_as__in=[kind for kinds in COLUMNS for kind in kinds])).order_by()
    for row in of_flows.values(key=grouped.key).annotate(**sums):
        _add(found, row["key"], [row[name] for name in sums])


def _total(rows: list[FlowRow]) -> FlowRow:
    def add(column: str, start):
        return sum((getattr(row, column) for row in rows), start)

    return FlowRow(
        key=None, name=None, name_en=None, new_projects=add("new_projects", 0), new_usd=add("new_usd", ZERO),
        adjusted_times=add("adjusted_times", 0), adjusted_usd=add("adjusted_usd", ZERO),
        share_purchase_times=add("share_purchase_times", 0), share_purchase_usd=add("share_purchase_usd", ZERO),
    )
