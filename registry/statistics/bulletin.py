"""The zone board's bulletin: what was granted in a month, in its quarter and in its year so far, and the largest of it.

Each figure is the count and the sum of rows that can be shown (``rows_of``).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Certificate, Project, Registrar
from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.models.certificate import CertificateQuerySet
from registry.vocabulary.capital import ADJUSTING, CapitalKind
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import Period

from .a_iv_1_parts import Scope
from .capital import capital_by

# What the bulletin tells of, by the kinds of the ledger; decreases of ended projects stand under "ended".
KINDS = {
    "new": CapitalKind.NEW, "up": CapitalKind.INCREASE, "down": CapitalKind.DECREASE,
    "bought": CapitalKind.SHARE_PURCHASE,
}
ITEMS = (*KINDS, "ended")
AMENDED = "amended"
LARGEST = 3


class MonthInFuture(RuleBroken):
    code = "month-in-future"
    message = _("Tháng %(month)s chưa bắt đầu; hãy chọn tháng đã bắt đầu vào ngày %(today)s hoặc trước đó.")


@dataclass(frozen=True)
class Told:
    """``times`` counts rows that no reversal has undone; ``usd`` is the sum of all rows, a decrease below zero."""

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
    """``registrar`` None: the whole province. ``in_force`` and ``registered_usd`` are what stands at the month's
    end."""

    month: Period
    registrar: Registrar | None
    stretches: tuple[Stretch, ...]
    largest: tuple[Large, ...]
    in_force: int
    registered_usd: Decimal


def stretches_of(year: int, month: int) -> dict[str, Period]:
    """The month, and its quarter and year until its end."""
    own = Period.month(year, month)
    return {"month": own, "quarter": Period(date(year, (month - 1) // 3 * 3 + 1, 1), own.end),
            "year": Period(date(year, 1, 1), own.end)}


def bulletin(year: int, month: int, *, today: date, registrar: Registrar | None = None) -> Bulletin:
    """Raises MonthInFuture. Queries: fixed, some forty."""
    own = Period.month(year, month)
    if own.start > today:
        raise MonthInFuture(month=f"{month}/{year}", today=f"{today:%d/%m/%Y}", field="month")
    scope = Scope.of(registrar)
    held = capital_by("registrar", as_of=own.last).rows
    if scope.registrars is not None:
        codes = set(Registrar.objects.filter(pk__in=scope.registrars).values_list("code", flat=True))
        held = [row for row in held if row.key in codes]
    return Bulletin(
        month=own, registrar=registrar,
        stretches=tuple(_stretch(name, period, scope) for name, period in stretches_of(year, month).items()),
        largest=_largest(own, scope), in_force=sum(row.projects for row in held),
        registered_usd=sum((row.registered_usd for row in held), ZERO))


def rows_of(item: str, period: Period, registrar: Registrar | None) -> CapitalEntryQuerySet:
    """The entries that make an item of ``ITEMS``, in the ledger's order; reversals among them."""
    return _rows(item, period, Scope.of(registrar)).in_ledger_order()


def told_of(rows: CapitalEntryQuerySet) -> Told:
    """What these rows come to. Two queries."""
    return Told(rows.standing().count(), rows.total_usd())


def amendments_of(period: Period, registrar: Registrar | None) -> CertificateQuerySet:
    """The amended certificates of a period."""
    return _amendments(period, Scope.of(registrar))


def _stretch(name: str, period: Period, scope: Scope) -> Stretch:
    told = {item: told_of(_rows(item, period, scope)) for item in ITEMS}
    without = _rows("up", period, scope) | _rows("down", period, scope)
    without = without.filter(certificate__isnull=True).standing().count()
    return Stretch(name, period, told, _amendments(period, scope).count() + without)


def _rows(item: str, period: Period, scope: Scope) -> CapitalEntryQuerySet:
    entries = CapitalEntry.objects.within(period.start, period.last).filter(scope.within("project__"))
    closing = CapitalEntry.objects.closing().values("pk")
    if item not in KINDS:
        return entries.filter(kind=CapitalKind.DECREASE, pk__in=closing)
    entries = entries.filter(counts_as=KINDS[item])
    return entries.exclude(pk__in=closing) if item == "down" else entries


def _amendments(period: Period, scope: Scope) -> CertificateQuerySet:
    return Certificate.objects.public().filter(
        scope.within("project__"), kind=CertificateKind.AMENDMENT, outcome=Outcome.GRANTED,
        decided_latest__gte=period.start, decided_latest__lte=period.last)


def _largest(period: Period, scope: Scope) -> tuple[Large, ...]:
    """The projects to which the most was granted in the month, new or more. Two queries."""
    granted = CapitalEntry.objects.within(period.start, period.last).filter(
        scope.within("project__"), counts_as__in=(CapitalKind.NEW, *ADJUSTING), project__isnull=False)
    sums = granted.order_by().values("project").annotate(
        total=Sum("amount_usd"), begun=Count("pk", filter=Q(kind=CapitalKind.NEW))).filter(total__gt=0)
    first = list(sums.order_by("-total", "project")[:LARGEST])
    projects = Project.objects.select_related("enterprise", "zone").in_bulk([each["project"] for each in first])
    return tuple(Large(projects[each["project"]], each["total"], each["begun"] > 0) for each in first)
