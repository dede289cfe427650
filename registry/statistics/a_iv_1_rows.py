"""The rows behind one figure of form A.IV.1: entries, certificates, projects or companies' reports, each with what it
adds to the figure. For officers: drafts and single reports are among them."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from registry.models import CapitalEntry, CapitalSum, Certificate, OperatingReport, Project
from registry.models.capital import ZERO
from registry.models.fields import HundredthsField
from registry.vocabulary.capital import ADJUSTING, REGISTERED, CapitalKind
from registry.vocabulary.certificate import ENDING, CertificateKind, Outcome
from registry.vocabulary.period import Period
from registry.vocabulary.publication import Publication
from registry.vocabulary.report import ReportState

from .a_iv_1_known import CERTIFICATE, Knowledge, certificates_known, dossiers_known, suspensions_known
from .a_iv_1_parts import Scope, capital_of_dossiers, lacks_capital, registered_of
from .a_iv_1_reports import QUARTER, REPORTED, WORKERS
from .bulletin_rows import Had, Now, Then
from .log import states_at

ONE = Decimal(1)
OF_LEDGER = ("realised", "granted")


@dataclass(frozen=True)
class Behind:
    """``rows`` in their order, as they stand or as they were known; ``adds`` tells what one of them adds, None of a
    dossier that states no capital."""

    rows: QuerySet | list
    adds: Callable[[object], Decimal | None]

    def total(self) -> Decimal:
        return sum((self.adds(row) or Decimal(0) for row in self.rows), Decimal(0))


def rows_behind(key: str, period: Period, scope: Scope) -> Behind | None:
    """What makes the figure of a row in a period; None where the register collects nothing for it."""
    if key in REPORTED or key == "workers":
        return _reports(key, period, scope)
    group, _underscore, what = key.partition("_")
    if group == "received" and what.startswith("bought"):
        return None
    if group in OF_LEDGER:
        return _entries(what, period, Now(scope))
    find = {"received": _dossiers, "suspended": _suspended, "ended": _ended}.get(group)
    return find and find(what, period, scope)


def rows_known(key: str, period: Period, of: Knowledge) -> Behind | None:
    """What made the figure of a row as known on a day; None where the register collects nothing for it."""
    if key in REPORTED or key == "workers":
        return _reports_known(key, period, of)
    group, _underscore, what = key.partition("_")
    if group == "received" and what.startswith("bought"):
        return None
    if group in OF_LEDGER:
        return _entries(what, period, Then(of))
    find = {"received": _dossiers_known, "suspended": _suspended_known, "ended": _ended_known}.get(group)
    return find and find(what, period, of)


def _entries(what: str, period: Period, of: Had) -> Behind:
    """Of amendments without the decreases with which projects ended."""
    kinds = {"new": (CapitalKind.NEW,), "adjusted": ADJUSTING, "bought": (CapitalKind.SHARE_PURCHASE,),
             "bought_price": (CapitalKind.SHARE_PURCHASE,)}.get(
        what.removesuffix("_usd"), (CapitalKind.DISBURSEMENT,))
    entries = of.entries().within(period.start, period.last).filter(counts_as__in=kinds).in_ledger_order()
    if kinds == ADJUSTING:
        entries = entries.exclude(pk__in=of.closing().values("pk"))
    if what == "bought_price_usd":
        return Behind(entries.filter(expected_price_usd__isnull=False), _price)
    if what and not what.endswith("_usd"):
        return Behind(of.standing(entries), _one)
    return Behind(entries, lambda entry: entry.amount_usd)


def _one(row) -> Decimal:
    return ONE


def _price(entry: CapitalEntry) -> Decimal:
    return -entry.expected_price_usd if entry.kind == CapitalKind.REVERSAL else entry.expected_price_usd


def _ended(what: str, period: Period, scope: Scope) -> Behind:
    if what == "usd":
        ended = CapitalSum.objects.filter(ended_on__gte=period.start).values("owner")
        closing = CapitalEntry.objects.closing().filter(
            scope.within("project__"), project__in=ended, counts_on__gte=period.start, counts_on__lte=period.last)
        return Behind(closing.in_ledger_order(), lambda entry: -entry.amount_usd)
    return Behind(Now(scope).ended(period), _one)


def _ended_known(what: str, period: Period, of: Knowledge) -> Behind:
    if what == "usd":
        closing = of.closing().filter(counts_on__gte=period.start, counts_on__lte=period.last)
        return Behind(closing.in_ledger_order(), lambda entry: -entry.amount_usd)
    return Behind(Then(of).ended(period), _one)


def _suspended(what: str, period: Period, scope: Scope) -> Behind:
    certificates = Certificate.objects.public().filter(
        scope.within("project__"), kind=CertificateKind.SUSPENSION, outcome=Outcome.GRANTED,
        decided_latest__gte=period.start, decided_latest__lte=period.last)
    projects = Project.objects.filter(pk__in=certificates.order_by().values("project")).order_by("pk")
    if what != "usd":
        return Behind(projects, _one)
    entries = CapitalEntry.objects.as_of(period.last).filter(project=OuterRef("pk"), counts_as__in=REGISTERED)
    total = entries.order_by().values("project").annotate(total=Sum("amount_usd")).values("total")
    held = Coalesce(Subquery(total), ZERO, output_field=HundredthsField())
    return Behind(projects.annotate(held_usd=held), lambda project: project.held_usd)


def _suspended_known(what: str, period: Period, of: Knowledge) -> Behind:
    states = certificates_known({"": period}, of)
    suspended = {project for project, day in suspensions_known(states, of) if day in period}
    projects = Project.objects.filter(pk__in=suspended).order_by("pk")
    if what != "usd":
        return Behind(projects, _one)
    held = registered_of(of.entries(), suspended, period.last)
    return Behind(projects, lambda project: held.get(project.pk, ZERO))


def _dossiers(what: str, period: Period, scope: Scope) -> Behind:
    found = Certificate.objects.exclude(publication=Publication.WITHDRAWN).filter(
        scope.within("project__"), received_on__gte=period.start, received_on__lte=period.last)
    found = found.annotate(capital_usd=capital_of_dossiers()).order_by("received_on", "pk")
    if what.startswith("new"):
        found = found.filter(kind=CertificateKind.FIRST_ISSUE)
    else:
        found = found.exclude(kind__in=(CertificateKind.FIRST_ISSUE, *ENDING))
        changing = Q(capital_usd__isnull=False) & ~Q(capital_usd=0)
        unstated = Q(capital_usd__isnull=True, kind=CertificateKind.AMENDMENT) & ~Q(outcome=Outcome.GRANTED)
        found = found.filter(changing | unstated if what.endswith("_usd") else changing)
    return Behind(found, (lambda each: each.capital_usd) if what.endswith("_usd") else _one)


def _dossiers_known(what: str, period: Period, of: Knowledge) -> Behind:
    states = certificates_known({"": period}, of, (*CERTIFICATE, "code"))
    found = [(Certificate(**state), amount) for state, amount in dossiers_known(states, {"": period}, of)]
    if what.startswith("new"):
        found = [each for each in found if each[0].kind == CertificateKind.FIRST_ISSUE]
    else:
        found = [each for each in found if _adjusts(*each, with_unstated=what.endswith("_usd"))]
    amounts = {each.pk: amount for each, amount in found}
    rows = sorted((each for each, _amount in found), key=lambda each: (each.received_on, each.pk))
    return Behind(rows, (lambda each: amounts[each.pk]) if what.endswith("_usd") else _one)


def _adjusts(dossier: Certificate, capital_usd: Decimal | None, *, with_unstated: bool) -> bool:
    if capital_usd is None:
        return with_unstated and lacks_capital(dossier.kind, dossier.outcome) == "received_adjusted_usd"
    return bool(capital_usd) and dossier.kind not in (CertificateKind.FIRST_ISSUE, *ENDING)


def _reports(key: str, period: Period, scope: Scope) -> Behind:
    columns, first, last = _of_reports(key, period)
    stated = Q(**{f"{columns[0]}__isnull": False}) | Q(**{f"{columns[-1]}__isnull": False})
    found = OperatingReport.objects.accepted().filter(
        scope.within("project__"), stated, year=period.start.year, quarter__gte=first, quarter__lte=last)
    return Behind(found.order_by("year", "quarter", "pk"), _stated(columns))


def _reports_known(key: str, period: Period, of: Knowledge) -> Behind:
    columns, first, last = _of_reports(key, period)

    def was(state) -> bool:
        return state["state"] == ReportState.ACCEPTED and state["year"] == period.start.year and (
            first <= state["quarter"] <= last)

    states = [state for state in states_at(
        OperatingReport, of.records, ("id", "code", "project_id", "state", *QUARTER, *columns),
        which=Q(state=ReportState.ACCEPTED, year=period.start.year, quarter__gte=first, quarter__lte=last), was=was,
    ) if any(state[column] is not None for column in columns)]
    rows = [OperatingReport(**state) for state in of.among(states)]
    return Behind(sorted(rows, key=lambda report: (report.quarter, report.pk)), _stated(columns))


def _of_reports(key: str, period: Period) -> tuple[tuple[str, ...], int, int]:
    """The columns that a row adds up, and the quarters: workers are those of the last one."""
    columns = WORKERS if key == "workers" else (REPORTED[key],)
    first = period.last if key == "workers" else period.start
    return columns, (first.month + 2) // 3, (period.last.month + 2) // 3


def _stated(columns: tuple[str, ...]) -> Callable[[object], Decimal]:
    return lambda report: Decimal(sum(getattr(report, column) or 0 for column in columns))
