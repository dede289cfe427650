"""The rows behind the zone board's bulletin: as the register has them now, and as it knew them on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from registry.models import CapitalEntry, CapitalSum, Certificate, Project, ProjectAsKnown, Registrar
from registry.models.capital import CapitalEntryQuerySet
from registry.models.certificate import CertificateQuerySet
from registry.vocabulary.capital import ADJUSTING, CapitalKind
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.period import Period
from registry.vocabulary.publication import Publication

from .a_iv_1_known import Knowledge
from .a_iv_1_parts import Scope
from .log import states_at

# What the bulletin tells of, by the kinds of the ledger; ended projects and their last decreases stand under "ended".
KINDS = {
    "new": CapitalKind.NEW, "up": CapitalKind.INCREASE, "down": CapitalKind.DECREASE,
    "bought": CapitalKind.SHARE_PURCHASE,
}
ENDED = "ended"
ITEMS = (*KINDS, ENDED)
CERTIFICATE = ("id", "project_id", "kind", "outcome", "publication", "decided_latest")


@dataclass(frozen=True)
class Now:
    """What the register has."""

    scope: Scope

    def entries(self) -> CapitalEntryQuerySet:
        return CapitalEntry.objects.filter(self.scope.within("project__"))

    def standing(self, entries: CapitalEntryQuerySet) -> CapitalEntryQuerySet:
        """Those that no reversal has undone; no reversals."""
        return entries.standing()

    def closing(self) -> CapitalEntryQuerySet:
        return CapitalEntry.objects.closing()

    def ended(self, period: Period) -> QuerySet:
        """The projects that the public sees which ended in the period, with capital left or without."""
        found = CapitalSum.objects.filter(
            self.scope.within(""), is_public=True, ended_on__gte=period.start, ended_on__lte=period.last)
        return Project.objects.filter(pk__in=found.values("owner")).order_by("ended_latest", "pk")

    def amendments(self, period: Period) -> CertificateQuerySet:
        return Certificate.objects.public().filter(
            self.scope.within("project__"), kind=CertificateKind.AMENDMENT, outcome=Outcome.GRANTED,
            decided_latest__gte=period.start, decided_latest__lte=period.last)


@dataclass(frozen=True)
class Then:
    """What it had on a day, under today's registrars as every table."""

    of: Knowledge

    def entries(self) -> CapitalEntryQuerySet:
        return self.of.entries()

    def standing(self, entries: CapitalEntryQuerySet) -> CapitalEntryQuerySet:
        return entries.filter(self.of.standing())

    def closing(self) -> CapitalEntryQuerySet:
        return self.of.closing()

    def ended(self, period: Period) -> QuerySet:
        found = ProjectAsKnown.objects.at(self.of.records).filter(
            ended_on__gte=period.start, ended_on__lte=period.last, project__in=self.of.projects(is_public=True))
        return Project.objects.filter(pk__in=found.values("project")).order_by("ended_latest", "pk")

    def amendments(self, period: Period) -> CertificateQuerySet:
        """As the log has them: a certificate that was published or amended later than the day is not among them. Three
        queries, and one for every 500 projects."""
        decided = Q(decided_latest__gte=period.start, decided_latest__lte=period.last)
        states = [state for state in states_at(
            Certificate, self.of.records, CERTIFICATE, which=decided & Q(kind=CertificateKind.AMENDMENT),
            was=lambda state: state["decided_latest"] is not None and state["decided_latest"] in period)
            if state["kind"] == CertificateKind.AMENDMENT and state["outcome"] == Outcome.GRANTED
            and state["publication"] == Publication.PUBLISHED]
        projects = self.of.of_scope({state["project_id"] for state in states}, is_public=True)
        return Certificate.objects.filter(
            pk__in=[state["id"] for state in states if state["project_id"] in projects])


Had = Now | Then


def had(registrar: Registrar | None, known_on: date | None) -> Had:
    """What the register has, or had on a day. Queries: one for a registrar, at most six for a day."""
    if known_on is None:
        return Now(Scope.of(registrar))
    return Then(Knowledge.on(known_on, registrar.code if registrar else ""))


def entries_of(item: str, period: Period, of: Had) -> CapitalEntryQuerySet:
    """The entries of an item of ``ITEMS``, reversals among them."""
    entries = of.entries().within(period.start, period.last)
    closing = of.closing().values("pk")
    if item not in KINDS:
        return entries.filter(kind=CapitalKind.DECREASE, pk__in=closing)
    entries = entries.filter(counts_as=KINDS[item])
    return entries.exclude(pk__in=closing) if item == "down" else entries


def without_certificate(period: Period, of: Had) -> CapitalEntryQuerySet:
    """The amendments that stand of which the register has no certificate."""
    entries = of.entries().within(period.start, period.last).filter(
        counts_as__in=ADJUSTING, certificate__isnull=True)
    return of.standing(entries.exclude(pk__in=of.closing().values("pk")))
