"""Sums of the ledger by the shares of holders, and what of it counts, in the words of the ORM."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from registry.models import CapitalEntry, Stake
from registry.models.capital import ZERO, CapitalEntryQuerySet
from registry.vocabulary.capital import STARTING, CapitalKind
from registry.vocabulary.money import split

from .groups import Group

Sums = dict[str | None, dict[str, Decimal]]
Holders = list[tuple[str | None, Decimal]]
HUNDRED = Decimal(100)


def sums_by_share(entries: CapitalEntryQuerySet, group: Group, by_lead: Sums) -> Sums:
    """The measures split by the shares of the current stakes, to the cent: of the sums ``by_lead`` the projects with
    other holders are taken out and put in again in parts. Purchases stand where they always do. What no stake's share
    covers stands under None. Three queries."""
    sums: Sums = defaultdict(lambda: defaultdict(lambda: ZERO))
    for key, measures in by_lead.items():
        sums[key].update(measures)
    stakes = Stake.objects.current()
    shared = stakes.filter(lead=False).order_by().values("project")
    leads = dict(stakes.filter(lead=True, project__in=shared).values_list("project", f"investor__{group.path}"))
    holders = holders_by_project(shared, group)
    rest = entries.filter(project__in=shared).exclude(counts_as=CapitalKind.SHARE_PURCHASE)
    for row in rest.order_by().values("project").with_measures():
        project = row.pop("project")
        for measure, amount in row.items():
            if amount:
                sums[leads.get(project)][measure] -= amount
                for (key, _share), part in zip(holders[project], shared_among(holders[project], amount), strict=True):
                    sums[key][measure] += part
    return {key: measures for key, measures in sums.items() if any(measures.values())}


def holders_by_project(projects: QuerySet, group: Group) -> dict[int, Holders]:
    """Who holds how much of each of these projects (their keys), in percent that add up to 100."""
    held = Stake.objects.current().filter(project__in=projects)
    stakes = defaultdict(list)
    for project, key, share in held.order_by("position").values_list(
        "project", f"investor__{group.path}", "share_percent"
    ):
        stakes[project].append((key, share))
    return {project: adding_up(holders) for project, holders in stakes.items()}


def shared_among(holders: Holders, amount: Decimal) -> list[Decimal]:
    """The part of each holder, to the cent."""
    return [amount] if len(holders) == 1 else split(amount, [share for _key, share in holders])


def adding_up(holders: list[tuple[str | None, Decimal | None]]) -> Holders:
    """Holders of one project with their shares in percent, as shares that add up to 100."""
    if len(holders) == 1:
        return [(holders[0][0], HUNDRED)]
    stated = [(key, share) for key, share in holders if share]
    missing = HUNDRED - sum((share for _key, share in stated), ZERO)
    return [*stated, (None, missing)] if missing else stated


def beginning(*, as_of: date, known_on: date | None = None) -> Q:
    """That an entry is a new or opening one and no reversal has undone it: ``standing`` within a sum."""
    undone = CapitalEntry.objects.filter(reverses__isnull=False, counts_as__in=STARTING).as_of(as_of)
    return Q(kind__in=STARTING) & ~Q(pk__in=undone.known_on(known_on).values("reverses"))


def of_projects(entries: CapitalEntryQuerySet, projects) -> CapitalEntryQuerySet:
    """The entries of these projects; all of them, purchases without a project too, where None."""
    if projects is None:
        return entries
    sums = projects.among_sums
    of_these = Q(project__in=projects.order_by().values("pk") if sums is None else sums.order_by().values("owner"))
    return entries.filter(of_these | Q(project__isnull=True) if projects.with_what_has_none else of_these)
