"""The rows of form A.IV.1 as the register knew them: from the ledger as far as it was written, and the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When

from registry.models import CapitalEntry, Certificate, ProjectAsKnown, Registrar
from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.models.fields import HundredthsField
from registry.models.rows import in_chunks
from registry.vocabulary.a_iv_1 import RULES
from registry.vocabulary.capital import ADJUSTING, REGISTERED, CapitalKind
from registry.vocabulary.certificate import ENDING, CertificateKind, Outcome
from registry.vocabulary.money import from_hundredths
from registry.vocabulary.period import Period
from registry.vocabulary.publication import Publication

from .a_iv_1_parts import Figures, add, add_dossiers, add_suspended, blank_unstated, reach, zeros
from .a_iv_1_reports import add_reports_known
from .as_known import Known, known_now
from .by_time import MonthOf
from .flow_months_known import months_as_known
from .log import change_on, states_at

LEDGER = {CapitalKind.NEW: "granted_new", CapitalKind.SHARE_PURCHASE: "granted_bought",
          **dict.fromkeys(ADJUSTING, "granted_adjusted")}
NOBODY: frozenset[str] = frozenset()
CERTIFICATE = ("id", "project_id", "kind", "outcome", "publication", "received_on", "decided_latest", "proposed_usd",
               "asked_usd")


@dataclass(frozen=True)
class Knowledge:
    """What a form counts: entries up to ``last_entry`` that were recorded by ``known_on``, other records as the log
    has them at change ``records``, and projects under the registrar of change ``stands``. ``registrars`` are the codes
    of those whose projects count; None: all; NOBODY: those without one count, with purchases without a project.
    ``is_now``: nothing but ``known_on`` keeps from it what is known today."""

    last_entry: int
    records: int
    stands: int
    known_on: date | None
    registrars: frozenset[str] | None
    is_now: bool = False

    @classmethod
    def of(cls, known: Known, known_on: date | None, registrar: str = "") -> "Knowledge":
        """At a change, and there as known on a day. Queries: at most four."""
        records = known.change if known_on is None else min(known.change, change_on(known_on))
        return cls(known.last_entry, records, known.stands_at, known_on,
                   with_those_before(registrar, known.stands_at) if registrar else None)

    @classmethod
    def on(cls, known_on: date, registrar: str = "") -> "Knowledge":
        """As known on a day, under today's registrars as every table. Queries: at most six."""
        return replace(cls.of(known_now(), known_on, registrar), is_now=True)

    @classmethod
    def of_nobody(cls, known_on: date) -> "Knowledge":
        """As known on a day, of projects that have no registrar today. Queries: at most four."""
        return replace(cls.on(known_on), registrars=NOBODY)

    def entries(self) -> CapitalEntryQuerySet:
        entries = CapitalEntry.objects.filter(pk__lte=self.last_entry).known_on(self.known_on).order_by()
        if self.registrars is None:
            return entries
        of_projects = Q(project__in=self.projects())
        return entries.filter(of_projects | Q(project__isnull=True) if self.registrars == NOBODY else of_projects)

    def standing(self) -> Q:
        """That no reversal which is known has undone an entry."""
        undone = CapitalEntry.objects.filter(reverses=OuterRef("pk"), pk__lte=self.last_entry).known_on(self.known_on)
        return ~Q(kind=CapitalKind.REVERSAL) & ~Exists(undone)

    def closing(self) -> CapitalEntryQuerySet:
        """The decreases that took to zero the projects that had ended: of each the last that stands of its last day."""
        of_end = ProjectAsKnown.objects.at(self.records).filter(
            project=OuterRef("project"), ended_on=OuterRef("decided_latest"))
        at_ends = self.entries().filter(self.standing(), Q(certificate__isnull=True) | Q(certificate__kind__in=ENDING),
                                        Exists(of_end), kind=CapitalKind.DECREASE)
        return at_ends.exclude(Exists(at_ends.filter(project=OuterRef("project"), pk__gt=OuterRef("pk"))))

    def projects(self, **which) -> QuerySet:
        """The projects of the scope, as a subquery."""
        stands = ProjectAsKnown.objects.at(self.stands).filter(**which)
        if self.registrars is not None:
            stands = stands.filter(Q(registrar__in=self.registrars) if self.registrars else Q(registrar__isnull=True))
        return stands.values("project")

    def of_scope(self, projects: set[int], **which) -> set[int]:
        """Those of these projects that are in scope. One query for every 500."""
        return {key for some in in_chunks(sorted(projects))
                for key in self.projects(**which).filter(project__in=some).values_list("project", flat=True)}

    def among(self, states: list[dict]) -> list[dict]:
        """Those whose project is in scope. One query for every 500 projects of a registrar; none for the province."""
        if self.registrars is None:
            return states
        scope = self.of_scope({state["project_id"] for state in states})
        return [state for state in states if state["project_id"] in scope]


def with_those_before(code: str, change: int) -> frozenset[str]:
    """A registrar with all whose work it has taken over, as known at a change. Two queries."""
    states = states_at(Registrar, change, ("id", "code", "successor_id"), which=Q(), was=lambda state: True)
    rows = {state["id"]: state for state in states}
    found = {key for key, state in rows.items() if state["code"] == code}
    while more := {key for key, state in rows.items() if state["successor_id"] in found} - found:
        found |= more
    return frozenset({code, *(rows[key]["code"] for key in found)})


def figures_known(periods: Mapping[str, Period], of: Knowledge, *, rules: int = RULES) -> dict[str, Figures]:
    """What ``figures_of`` tells of today, by these rules. A fixed number of queries, and one more for every 500
    certificates and projects that it is about."""
    found = {name: Figures() for name in periods}
    _ledger(found, periods, of)
    _prices(found, periods, of)
    _closings(found, periods, of)
    add_reports_known(found, periods, of)
    _certificates(found, periods, of)
    _ended(found, periods, of)
    if rules > 1:
        blank_unstated(found)
    return found


def _ledger(found, periods, of: Knowledge) -> None:
    for figures in found.values():
        for key in dict.fromkeys(LEDGER.values()):
            figures[key], figures[f"{key}_usd"] = Decimal(0), ZERO
    if of.is_now:
        _months(found, periods, of)
        return
    rows = of.entries().filter(decided_latest__isnull=False, counts_as__in=[*LEDGER, CapitalKind.DISBURSEMENT],
                               **reach(periods, "counts_on")).values_list(MonthOf(F("counts_on")), "counts_as")
    realised = dict.fromkeys(periods, ZERO)
    for month, counts_as, total, times in rows.annotate(total=Sum("amount_usd"),
                                                        times=Count("pk", filter=of.standing())):
        day = date.fromisoformat(f"{month}-01")
        if key := LEDGER.get(counts_as):
            add(found, periods, day, **{key: Decimal(times), f"{key}_usd": total})
        else:
            realised |= {name: realised[name] + total for name, period in periods.items() if day in period}
    for name, total in realised.items():
        if total:
            found[name]["realised"] = total


def _months(found, periods, of: Knowledge) -> None:
    """The same from the months that are kept beside the ledger. One query, two for registrars."""
    days = reach(periods, "counts_on")
    registrars = None if of.registrars is None else list(
        Registrar.objects.filter(code__in=of.registrars).values_list("pk", flat=True))
    months = months_as_known(days["counts_on__gte"], days["counts_on__lte"] + timedelta(days=1), known_on=of.known_on,
                             registrars=registrars)
    for month, told in months.items():
        for name, key in (("new", "granted_new"), ("adjusted", "granted_adjusted"),
                          ("share_purchase", "granted_bought")):
            add(found, periods, month, **{key: Decimal(told[f"{name}_times"]),
                                          f"{key}_usd": from_hundredths(told[f"{name}_usd"])})
    for name, period in periods.items():
        if realised := sum(told["realised_usd"] for month, told in months.items() if month in period):
            found[name]["realised"] = from_hundredths(realised)


def _prices(found, periods, of: Knowledge) -> None:
    bought = of.entries().filter(counts_as=CapitalKind.SHARE_PURCHASE, decided_latest__isnull=False,
                                 expected_price_usd__isnull=False, **reach(periods, "counts_on"))
    price = Case(When(kind=CapitalKind.REVERSAL, then=-F("expected_price_usd")), default=F("expected_price_usd"),
                 output_field=HundredthsField())
    for month, total in bought.values_list(MonthOf(F("counts_on"))).annotate(total=Sum(price)):
        add(found, periods, date.fromisoformat(f"{month}-01"), granted_bought_price_usd=total)


def _closings(found, periods, of: Knowledge) -> None:
    zeros(found, "ended_usd")
    first = reach(periods, "counts_on")["counts_on__gte"]
    ended = ProjectAsKnown.objects.at(of.records).filter(ended_on__gte=first)
    ends = dict(ended.values_list("project", "ended_on"))
    candidates = of.entries().filter(
        of.standing(), Q(certificate__isnull=True) | Q(certificate__kind__in=ENDING), kind=CapitalKind.DECREASE,
        project__in=ended.values("project"))
    rows = candidates.order_by("pk").values_list("project", "decided_latest", "counts_on", "amount_usd")
    last = {project: (day, amount) for project, decided, day, amount in rows if decided == ends[project]}
    for day, amount in last.values():
        add(found, periods, day, granted_adjusted=Decimal(-1), granted_adjusted_usd=-amount, ended_usd=-amount)


def _certificates(found, periods, of: Knowledge) -> None:
    """Dossiers, and who suspended."""
    states = certificates_known(periods, of)
    for state, amount in dossiers_known(states, periods, of):
        add_dossiers(found, periods, state["received_on"], state["kind"], state["outcome"], amount)
    add_suspended(found, periods, suspensions_known(states, of), of.entries())


def certificates_known(periods: Mapping[str, Period], of: Knowledge, names: Sequence[str] = CERTIFICATE) -> list[dict]:
    """The certificates of the scope that may be dossiers of a period or suspensions in it; of one that cannot be read
    from a project of the scope nothing is counted. Two queries, and one for every 500 projects of a registrar."""
    received, decided = (reach(periods, name) for name in ("received_on", "decided_latest"))
    states = list(states_at(
        Certificate, of.records, names, which=Q(**received) | Q(kind=CertificateKind.SUSPENSION, **decided),
        was=lambda state: True))
    return of.among(states)


def dossiers_known(
    states: list[dict], periods: Mapping[str, Period], of: Knowledge,
) -> list[tuple[dict, Decimal | None]]:
    """Those received in a period, each with its capital (``capital_of_dossiers``). One query for every 500."""
    dossiers = [state for state in states if state["publication"] != Publication.WITHDRAWN and state["received_on"]
                and any(state["received_on"] in period for period in periods.values())]
    posted = _posted([state["id"] for state in dossiers], of)
    return [(state, posted.get(state["id"], state["asked_usd"]) if state["proposed_usd"] is None
             else state["proposed_usd"]) for state in dossiers]


def suspensions_known(states: list[dict], of: Knowledge) -> list[tuple[int, date]]:
    """(project, day) of those that the public may see. One query for every 500 projects."""
    suspending = [(state["project_id"], state["decided_latest"]) for state in states
                  if state["kind"] == CertificateKind.SUSPENSION and state["outcome"] == Outcome.GRANTED
                  and state["publication"] == Publication.PUBLISHED and state["decided_latest"]]
    public = of.of_scope({project for project, _day in suspending}, is_public=True)
    return [each for each in suspending if each[0] in public]


def _posted(certificates: list[int], of: Knowledge) -> dict[int, Decimal]:
    found = {}
    for some in in_chunks(certificates):
        entries = of.entries().filter(of.standing(), certificate__in=some, counts_as__in=REGISTERED)
        found |= dict(entries.values_list("certificate").annotate(total=Sum("amount_usd")))
    return found


def _ended(found, periods, of: Knowledge) -> None:
    """Ends are what was recorded; whose project it is and whether the public sees it is how it stands."""
    zeros(found, "ended")
    ended = ProjectAsKnown.objects.at(of.records).filter(**reach(periods, "ended_on"))
    rows = ended.filter(project__in=of.projects(is_public=True))
    for day, count in rows.order_by().values_list("ended_on").annotate(times=Count("pk")):
        add(found, periods, day, ended=Decimal(count))
