"""Sums of the ledger by the shares of holders, and what of it counts, in the words of the ORM."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import BigIntegerField, Q, QuerySet, Sum
from django.db.models.functions import Cast

from registry.models import CapitalEntry, CapitalSum, Stake
from registry.models.capital import CONFIRMED, MEASURES, ZERO, CapitalEntryQuerySet
from registry.models.project import ProjectQuerySet
from registry.vocabulary.capital import STARTING, CapitalKind
from registry.vocabulary.money import in_whole, split, split_hundredths

from .groups import Group

# Under each key the projects in force and the measures, in hundredths.
Sums = dict[str | None, list[int]]
Holders = list[tuple[str | None, Decimal]]
HUNDRED = Decimal(100)
IN_HUNDREDTHS = {name: Cast(column, BigIntegerField()) for name, column in (
    ("amount_usd", "amount_usd"), ("confirmed_usd", CONFIRMED))}
SHARED_SUMS = tuple(name for name in MEASURES if name != "share_purchase_usd")


def sums_by_share(
    group: Group, by_lead: Sums, *, as_of: date, known_on: date | None, projects: ProjectQuerySet | None
) -> Sums:
    """The measures split by the shares of the current stakes, to the cent: of the sums ``by_lead`` the projects with
    other holders are taken out and put in again in parts. Purchases stand where they always do. What no stake's share
    covers stands under None. Two queries."""
    shared = Stake.objects.current().filter(lead=False)
    if projects is not None:
        shared = shared.filter(project__in=CapitalSum.objects.of(projects).order_by().values("owner"))
    shared = shared.order_by().values("project")
    stakes = stakes_of(shared, group)
    rest = CapitalEntry.objects.as_of(as_of).known_on(known_on).filter(project__in=shared)
    rows = rest.exclude(counts_as=CapitalKind.SHARE_PURCHASE).order_by().values_list("project").annotate(**{
        f"total_{name}": Sum(IN_HUNDREDTHS.get(name, IN_HUNDREDTHS["amount_usd"]), filter=MEASURES[name], default=0)
        for name in SHARED_SUMS})
    sums = {key: list(each) for key, each in by_lead.items()}
    for project, *amounts in rows:
        for key, parts in moved_to_holders(stakes[project], NOTHING, amounts):
            into = sums.setdefault(key, [0] * (1 + len(MEASURES)))
            for place, part in enumerate(parts, 1):
                into[place] += part
    return sums


NOTHING = (0,) * len(SHARED_SUMS)
Held = list[tuple[bool, str | None, Decimal | None]]


def stakes_of(projects: QuerySet | list[int], group: Group) -> dict[int, Held]:
    """Whether it leads, the key and the share of each holder of these projects, in their order. One query."""
    stakes: dict[int, Held] = defaultdict(list)
    held = Stake.objects.current().filter(project__in=projects).order_by("position")
    for project, *stake in held.values_list("project_id", "lead", f"investor__{group.path}", "share_percent"):
        stakes[project].append(tuple(stake))
    return stakes


def moved_to_holders(
    stakes: Held, before: Sequence[int], now: Sequence[int]
) -> Iterator[tuple[str | None, list[int]]]:
    """(key, hundredths of ``SHARED_SUMS``) by which a project moves what is its lead's to its holders, where its sums
    are ``now`` what they were not ``before``. They add up to nothing."""
    holders = adding_up([(key, share) for _is_lead, key, share in stakes])
    weights = in_whole([share for _key, share in holders])
    yield next((key for is_lead, key, _share in stakes if is_lead), None), [
        was - will for was, will in zip(before, now, strict=True)]
    steps = [_differences(was, will, weights) for was, will in zip(before, now, strict=True)]
    for (key, _share), *parts in zip(holders, *steps, strict=True):
        yield key, parts


def _differences(before: int, now: int, weights: Sequence[int]) -> Sequence[int]:
    if before == now:
        return [0] * len(weights)
    if not before:
        return split_hundredths(now, weights)
    pairs = zip(split_hundredths(before, weights), split_hundredths(now, weights), strict=True)
    return [after - part for part, after in pairs]


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
