"""What the rows of form A.IV.1 are made of, for several periods of whole months at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from registry.models import CapitalEntry, CapitalMonth, CapitalSum, Certificate, Registrar
from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.models.fields import HundredthsField
from registry.models.rows import in_chunks
from registry.models.sums import MONTH
from registry.vocabulary.capital import REGISTERED, CapitalKind
from registry.vocabulary.certificate import ENDING, CertificateKind, Outcome
from registry.vocabulary.money import from_hundredths
from registry.vocabulary.period import Period
from registry.vocabulary.publication import Publication

from .a_iv_1_reports import OF_REPORTS, add_reports
from .by_time import MonthOf

RECEIVED = ("received_new", "received_new_usd", "received_adjusted", "received_adjusted_usd")


class Figures(dict):
    """Figures by row; what is missing was not collected. ``few`` are rows that tell of one or two companies in some
    quarter, ``withheld`` those of which the reader is not told; ``unstated``: how many dossiers a row of capital leaves
    out, for they state none."""

    def __init__(self):
        super().__init__()
        self.unstated: dict[str, int] = {}
        self.few: set[str] = set()
        self.withheld: set[str] = set()

    def add(self, key: str, value) -> None:
        self[key] = self.get(key, Decimal(0)) + value


@dataclass(frozen=True)
class Scope:
    """Whose projects: all (None), those of a registrar and of those before it, or those of which no registrar is known
    (the empty set), with purchases without a project."""

    registrars: frozenset[int] | None

    @classmethod
    def of(cls, registrar: Registrar | None) -> "Scope":
        """One query; none for the province."""
        if registrar is None:
            return cls(None)
        found, successors = {registrar.pk}, dict(Registrar.objects.values_list("pk", "successor_id"))
        while more := {key for key, successor in successors.items() if successor in found} - found:
            found |= more
        return cls(frozenset(found))

    def within(self, path: str) -> Q:
        if self.registrars is None:
            return Q()
        return Q(**{f"{path}registrar__in": self.registrars} if self.registrars else {f"{path}registrar__isnull": True})


OF_NOBODY = Scope(frozenset())


def figures_of(periods: Mapping[str, Period], scope: Scope) -> dict[str, Figures]:
    """The figures of each period, by its name. Nine queries, two more where projects were suspended."""
    found = {name: Figures() for name in periods}
    for fill in (_ledger, _prices, _closings, _dossiers, _ended, _suspended):
        fill(found, periods, scope)
    add_reports(found, periods, scope.within("project__"))
    blank_unstated(found)
    return found


def withhold(found: Mapping[str, Figures], *, dossiers: bool, reports: bool) -> None:
    """Take out what a reader is not told, and say which rows that concerns: sums of few companies' reports always, all
    sums of reports and what is known of dossiers where it is said."""
    for figures in found.values():
        figures.withheld |= {*(RECEIVED if dossiers else ()), *(OF_REPORTS if reports else ()), *figures.few}
        for key in figures.withheld:
            figures.pop(key, None)
            figures.unstated.pop(key, None)


def _ledger(found, periods, scope: Scope) -> None:
    """What was granted and realised, from the months kept beside the ledger."""
    rows = CapitalMonth.objects.filter(dimension="registrar", grain=MONTH, is_dated=True, **reach(periods, "period"))
    if scope.registrars is not None:
        rows = rows.filter(key__in=[str(key) for key in scope.registrars] or [""])
    sums = ("new_times", "new_usd", "share_purchase_times", "share_purchase_usd", "increase_times", "decrease_times",
            "increase_usd", "decrease_usd", "realised_usd")
    months = rows.order_by().values_list("period").annotate(**{f"all_{name}": Sum(name) for name in sums})
    by_month = {date.fromisoformat(f"{month}-01"): dict(zip(sums, map(int, values), strict=True))
                for month, *values in months}
    for name, period in periods.items():
        total = {each: sum(of[each] for month, of in by_month.items() if month in period) for each in sums}
        into = found[name]
        into["granted_new"], into["granted_bought"] = (Decimal(total[f"{kind}_times"])
                                                       for kind in ("new", "share_purchase"))
        into["granted_new_usd"] = from_hundredths(total["new_usd"])
        into["granted_bought_usd"] = from_hundredths(total["share_purchase_usd"])
        into["granted_adjusted"] = Decimal(total["increase_times"] + total["decrease_times"])
        into["granted_adjusted_usd"] = from_hundredths(total["increase_usd"] + total["decrease_usd"])
        if total["realised_usd"]:
            into["realised"] = from_hundredths(total["realised_usd"])


def _prices(found, periods, scope: Scope) -> None:
    """What purchases are expected to cost, where that is stated; a reversal takes it back."""
    bought = CapitalEntry.objects.filter(
        scope.within("project__"), counts_as=CapitalKind.SHARE_PURCHASE, decided_latest__isnull=False,
        expected_price_usd__isnull=False, **reach(periods, "counts_on"))
    price = Case(When(kind=CapitalKind.REVERSAL, then=-F("expected_price_usd")), default=F("expected_price_usd"),
                 output_field=HundredthsField())
    for month, total in bought.order_by().values_list(MonthOf(F("counts_on"))).annotate(total=Sum(price)):
        add(found, periods, date.fromisoformat(f"{month}-01"), granted_bought_price_usd=total)


def _closings(found, periods, scope: Scope) -> None:
    """The decrease to zero of an ended project stands in row IV and not among the amendments."""
    zeros(found, "ended_usd")
    # The entries at_ends(), without reading whole projects: of few decreases it is asked whether their project ended.
    ended = CapitalSum.objects.filter(owner=OuterRef("project"), ended_on=OuterRef("decided_latest"))
    # Not closing(): of each project the last is taken here, which costs less than to ask for a later one.
    rows = CapitalEntry.objects.filter(Exists(ended), **reach(periods, "counts_on")).may_end().filter(
        scope.within("project__"))
    last = {project: (day, amount) for project, day, amount in rows.order_by("pk").values_list(
        "project", "counts_on", "amount_usd")}
    by_month: dict[date, list[Decimal]] = defaultdict(list)
    for day, amount in last.values():
        by_month[day.replace(day=1)].append(amount)
    for month, amounts in by_month.items():
        amount = sum(amounts, ZERO)
        add(found, periods, month, granted_adjusted=Decimal(-len(amounts)), granted_adjusted_usd=-amount,
            ended_usd=-amount)


def _dossiers(found, periods, scope: Scope) -> None:
    """Dossiers by the day of reception. Without any in a period nothing was collected there."""
    rows = Certificate.objects.exclude(publication=Publication.WITHDRAWN).filter(
        scope.within("project__"), **reach(periods, "received_on"))
    told = rows.order_by().values_list("received_on", "kind", "outcome", capital_of_dossiers())
    for day, kind, outcome, amount_usd in told:
        add_dossiers(found, periods, day, kind, outcome, amount_usd)


def capital_of_dossiers() -> Coalesce:
    """What the certificate would post or has posted, else what the dossier asks for; null where neither states any."""
    posted = CapitalEntry.objects.filter(certificate=OuterRef("pk"), counts_as__in=REGISTERED).standing()
    posted = posted.order_by().values("certificate").annotate(total=Sum("amount_usd")).values("total")
    return Coalesce("proposed_usd", Subquery(posted), "asked_usd", output_field=HundredthsField())


def add_dossiers(found, periods, day: date, kind: str, outcome: str, amount_usd: Decimal | None) -> None:
    """A dossier that was received on a day; with the first one of a period its rows are no longer blank."""
    left_out = lacks_capital(kind, outcome) if amount_usd is None else None
    for name, period in periods.items():
        if day in period:
            found[name].update({key: found[name].get(key, Decimal(0)) for key in RECEIVED})
            if left_out:
                found[name].unstated[left_out] = found[name].unstated.get(left_out, 0) + 1
    if kind == CertificateKind.FIRST_ISSUE:
        add(found, periods, day, received_new=Decimal(1), received_new_usd=amount_usd or ZERO)
    elif amount_usd and kind not in ENDING:
        add(found, periods, day, received_adjusted=Decimal(1), received_adjusted_usd=amount_usd)


def lacks_capital(kind: str, outcome: str) -> str | None:
    """The row in which a dossier without capital is missed: of a first issue it is unknown; so is whether an amendment
    asked for any that was not granted. One that was granted without does not change capital."""
    if kind == CertificateKind.FIRST_ISSUE:
        return "received_new_usd"
    return "received_adjusted_usd" if kind == CertificateKind.AMENDMENT and outcome != Outcome.GRANTED else None


def blank_unstated(found: Mapping[str, Figures]) -> None:
    """Capital that none of a period's dossiers states is not known to be 0."""
    for figures in found.values():
        count = figures.get("received_new")
        if count and figures.unstated.get("received_new_usd") == count:
            del figures["received_new_usd"]


def _ended(found, periods, scope: Scope) -> None:
    zeros(found, "ended")
    projects = CapitalSum.objects.filter(scope.within(""), is_public=True, **reach(periods, "ended_on"))
    for month, count in projects.order_by().values_list(MonthOf(F("ended_on"))).annotate(Count("pk")):
        add(found, periods, date.fromisoformat(f"{month}-01"), ended=Decimal(count))


def _suspended(found, periods, scope: Scope) -> None:
    """Projects, not certificates, and their registered capital at the end of the period."""
    rows = Certificate.objects.filter(
        kind=CertificateKind.SUSPENSION, outcome=Outcome.GRANTED, publication=Publication.PUBLISHED,
        **reach(periods, "decided_latest"))
    days = list(rows.order_by().values_list("project", "decided_latest"))
    # The few projects apart: joined, SQLite begins with all projects.
    sums = CapitalSum.objects.of_public_projects().filter(scope.within(""))
    public = {key for some in in_chunks(sorted({project for project, _day in days}))
              for key in sums.filter(owner__in=some).values_list("owner", flat=True)}
    add_suspended(found, periods, [each for each in days if each[0] in public], CapitalEntry.objects.order_by())


def add_suspended(found, periods, days: list[tuple[int, date]], entries: CapitalEntryQuerySet) -> None:
    """Projects that were suspended, each with a day; ``entries`` are the ledger's that count. One query for each last
    day of a period, where there are any."""
    last_days: dict[date, set[int]] = defaultdict(set)
    for project, day in days:
        for period in periods.values():
            if day in period:
                last_days[period.last].add(project)
    registered = {last: registered_of(entries, projects, last) for last, projects in last_days.items()}
    for name, period in periods.items():
        projects = {project for project, day in days if day in period}
        capital = (registered[period.last].get(project, ZERO) for project in projects)
        found[name] |= {"suspended": Decimal(len(projects)), "suspended_usd": sum(capital, ZERO)}


def registered_of(entries: CapitalEntryQuerySet, projects: set[int], as_of: date) -> dict[int, Decimal]:
    """What each of these projects has registered at the close of a day. One query for every 500."""
    registered = entries.as_of(as_of).filter(counts_as__in=REGISTERED)
    return {project: total for some in in_chunks(sorted(projects)) for project, total in registered.filter(
        project__in=some).values_list("project").annotate(total=Sum("amount_usd"))}


def zeros(found: Mapping[str, Figures], key: str) -> None:
    """Nothing yet, in each period."""
    for figures in found.values():
        figures[key] = Decimal(0)


def add(found, periods, day: date, **amounts: Decimal) -> None:
    """Add to the rows of each period that has the day."""
    for name, period in periods.items():
        if day in period:
            for key, amount in amounts.items():
                found[name].add(key, amount)


def reach(periods: Mapping[str, Period], column: str) -> dict:
    """From the first day of all periods to the last, for a column of days or of months."""
    first, last = min(each.start for each in periods.values()), max(each.last for each in periods.values())
    if column == "period":
        return {f"{column}__gte": f"{first:%Y-%m}", f"{column}__lte": f"{last:%Y-%m}"}
    return {f"{column}__gte": first, f"{column}__lte": last}
