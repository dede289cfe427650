"""The zone board's bulletin: what was granted in a month, in its quarter and in its year so far, and the largest of it.

Each figure is the count and the sum of rows that can be shown (``rows_of``), now or as the register knew them on a day.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from registry.models import Project, Registrar
from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.vocabulary.capital import ADJUSTING, CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import Period

from .a_iv_1_parts import Scope
from .bulletin_rows import ENDED, ITEMS, Had, entries_of, had, without_certificate
from .capital import capital_by
from .log import check_known

AMENDED = "amended"
LARGEST = 3


class MonthInFuture(RuleBroken):
    code = "month-in-future"
    message = _("Tháng %(month)s chưa bắt đầu; hãy chọn tháng đã bắt đầu vào ngày %(today)s hoặc trước đó.")


@dataclass(frozen=True)
class Told:
    """``times`` counts rows that no reversal has undone, of what ended the projects; ``usd`` is the sum of all rows, a
    decrease below zero."""

    times: int
    usd: Decimal


@dataclass(frozen=True)
class Stretch:
    """One period: what it is called by (``month``, ``quarter``, ``year``), what was told of in it by item, and how
    often certificates were amended, for capital or not."""

    name: str
    period: Period
    told: dict[str, Told]
    amended: int


@dataclass(frozen=True)
class Large:
    """A project, and what was granted to it in the month: at once, ``is_new``, or as an increase."""

    project: Project
    usd: Decimal
    is_new: bool


@dataclass(frozen=True)
class Bulletin:
    """``registrar`` None: the whole province. ``in_force`` and ``registered_usd`` are what stands at the end of
    ``counted_to``: the month's last day, of a month that goes on today. ``known_on`` is the day of which it tells what
    the register knew; None: all it knows."""

    month: Period
    counted_to: date
    registrar: Registrar | None
    known_on: date | None
    stretches: tuple[Stretch, ...]
    largest: tuple[Large, ...]
    in_force: int
    registered_usd: Decimal


def stretches_of(year: int, month: int) -> dict[str, Period]:
    """The month, and its quarter and year until its end."""
    own = Period.month(year, month)
    return {"month": own, "quarter": Period(date(year, (month - 1) // 3 * 3 + 1, 1), own.end),
            "year": Period(date(year, 1, 1), own.end)}


def bulletin(
    year: int, month: int, *, today: date, registrar: Registrar | None = None, known_on: date | None = None
) -> Bulletin:
    """Raises MonthInFuture, KnownInFuture. Queries: fixed, some forty; as known on a day some fifty, and one for every
    500 projects with amended certificates."""
    own = Period.month(year, month)
    if own.start > today:
        raise MonthInFuture(month=f"{month}/{year}", today=f"{today:%d/%m/%Y}", field="month")
    check_known(known_on, today=today)
    scope, of = Scope.of(registrar), had(registrar, known_on)
    counted_to = min(own.last, today)
    held = capital_by("registrar", as_of=counted_to, known_on=known_on).rows
    if scope.registrars is not None:
        codes = set(Registrar.objects.filter(pk__in=scope.registrars).values_list("code", flat=True))
        held = [row for row in held if row.key in codes]
    return Bulletin(
        month=own, counted_to=counted_to, registrar=registrar, known_on=known_on,
        stretches=tuple(_stretch(name, period, of) for name, period in stretches_of(year, month).items()),
        largest=_largest(own, of), in_force=sum(row.projects for row in held),
        registered_usd=sum((row.registered_usd for row in held), ZERO))


def rows_of(item: str, period: Period, of: Had) -> CapitalEntryQuerySet:
    """The entries that make an item of ``ITEMS``, in the ledger's order; reversals among them."""
    return entries_of(item, period, of).in_ledger_order()


def told_of(item: str, period: Period, of: Had) -> Told:
    """What an item of ``ITEMS`` comes to. Two queries."""
    rows = entries_of(item, period, of)
    # Who ends with no capital left has no decrease, and has ended all the same.
    times = of.ended(period) if item == ENDED else of.standing(rows)
    return Told(times.count(), rows.total_usd())


def _stretch(name: str, period: Period, of: Had) -> Stretch:
    told = {item: told_of(item, period, of) for item in ITEMS}
    return Stretch(name, period, told, of.amendments(period).count() + without_certificate(period, of).count())


def _largest(period: Period, of: Had) -> tuple[Large, ...]:
    """The projects to which the most was granted in the month, new or more. Two queries."""
    granted = of.entries().within(period.start, period.last).filter(
        counts_as__in=(CapitalKind.NEW, *ADJUSTING), project__isnull=False)
    sums = granted.order_by().values("project").annotate(
        total=Sum("amount_usd"), begun=Count("pk", filter=Q(kind=CapitalKind.NEW))).filter(total__gt=0)
    first = list(sums.order_by("-total", "project")[:LARGEST])
    projects = Project.objects.select_related("enterprise", "zone").in_bulk([each["project"] for each in first])
    return tuple(Large(projects[each["project"]], each["total"], each["begun"] > 0) for each in first)
