"""What one number of a table is made of: the entries that it counts or sums, or the part of each project that stands
under a holder."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, CapitalSum, Stake
from registry.models.capital import MEASURES, ZERO, CapitalEntryQuerySet, amount_of
from registry.models.project import ProjectQuerySet
from registry.vocabulary.capital import ADJUSTING, REGISTERED, Basis, CapitalKind, CountryOf
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import UnreadableDay, read_day

from .by_project import BOUGHT
from .capital import SHARED
from .groups import TIMES, Group, group
from .ledger import HUNDRED, Holders, beginning, holders_by_project, of_projects, shared_among

# The numbers of tables of capital, of years, quarters and months, and of flows: what is counted, and the sums, each
# with the kinds of entries that make it.
COUNTED = "projects"
SUMS = {
    "registered_usd": REGISTERED, "confirmed_usd": REGISTERED, "realised_usd": (CapitalKind.DISBURSEMENT,),
    "share_purchase_usd": (CapitalKind.SHARE_PURCHASE,),
}
STEPS = {f"{kind}_usd": (kind,) for kind in REGISTERED}
TIMES_OF_FLOW = {
    "new_projects": (CapitalKind.NEW,), "adjusted_times": ADJUSTING,
    "share_purchase_times": (CapitalKind.SHARE_PURCHASE,),
}
SUMS_OF_FLOW = {
    "new_usd": (CapitalKind.NEW,), "adjusted_usd": ADJUSTING, "share_purchase_usd": (CapitalKind.SHARE_PURCHASE,),
    "total_usd": (CapitalKind.NEW, *ADJUSTING, CapitalKind.SHARE_PURCHASE),
    "realised_usd": (CapitalKind.DISBURSEMENT,),
}
OF_CAPITAL = (COUNTED, *SUMS, *STEPS)
OF_FLOWS = (*TIMES_OF_FLOW, *SUMS_OF_FLOW)


class NoSuchTime(RuleBroken):
    code = "unknown-key"
    message = _("“%(key)s” không phải là một năm, quý hay tháng của bảng; hãy viết như 2023, 2023-Q1 hoặc 2023-05.")


@dataclass(frozen=True)
class Lines:
    """The lines of a table that a number is of: those of these keys, or all but those of ``but``, or all of them where
    neither is said. None is the key of what is not stated."""

    keys: tuple[str | None, ...] = ()
    but: tuple[str | None, ...] = ()

    def __contains__(self, key: str | None) -> bool:
        return key in self.keys if self.keys else key not in self.but

    @property
    def are_all(self) -> bool:
        return not self.keys and not self.but

    @property
    def named(self) -> list[str]:
        return [key for key in self.keys or self.but if key is not None]

    def choose(self, named: Q, nothing: Q) -> Q:
        """The condition of these lines, from that of the keys that are named and that of having none."""
        parts = [named] if self.named else []
        inside = reduce(or_, [*parts, nothing] if None in (self.keys or self.but) else parts)
        return inside if self.keys else ~inside


ALL = Lines()


@dataclass(frozen=True)
class Told:
    """How many rows make a number, and the sum of their amounts. Unit: US dollars, two places."""

    rows: int
    usd: Decimal


@dataclass(frozen=True)
class Part:
    """Of a project what stands under the holders of a line: ``share_percent`` of ``whole_usd``, to the cent."""

    project: int
    whole_usd: Decimal
    share_percent: Decimal
    part_usd: Decimal


def capital_entries(
    by: str, of: str, lines: Lines, *, as_of: date, known_on: date | None = None,
    country_of: str = CountryOf.REGISTRATION, vsic: str = "", projects: ProjectQuerySet | None = None,
    decided_in: Lines = ALL,
) -> CapitalEntryQuerySet:
    """The entries that a number of ``capital_by`` counts (``projects``) or sums; of them those ``decided_in`` these
    years, quarters or months. Raises UnknownGroup, NoSuchTime."""
    entries = of_projects(CapitalEntry.objects.as_of(as_of).known_on(known_on), projects)
    if of == COUNTED:
        entries, kinds = entries.filter(beginning(as_of=as_of, known_on=known_on)), REGISTERED
        if by not in TIMES:
            entries = entries.exclude(project__in=CapitalSum.objects.filter(ended_on__lte=as_of).values("owner"))
    else:
        kinds = (SUMS | STEPS)[of]
        entries = entries.filter(MEASURES.get(of, Q(counts_as__in=kinds)))
    entries = _decided_in(entries, TIMES, decided_in)
    if by in TIMES:
        return _decided_in(entries, [by], lines)
    return _under(entries, group(by, country_of=country_of, vsic=vsic), lines, kinds)


def flow_entries(
    by: str, of: str, lines: Lines, *, first: date, last: date, known_on: date | None = None,
    country_of: str = CountryOf.REGISTRATION, projects: ProjectQuerySet | None = None,
) -> CapitalEntryQuerySet:
    """The entries that a number of ``flows`` counts or sums, and those of what was realised. Raises UnknownGroup."""
    entries = of_projects(CapitalEntry.objects.within(first, last).known_on(known_on), projects)
    if of in TIMES_OF_FLOW:
        kinds = TIMES_OF_FLOW[of]
        entries = entries.filter(kind__in=kinds).standing(known_on=known_on)
    else:
        kinds = SUMS_OF_FLOW[of]
        entries = entries.filter(counts_as__in=kinds)
    return _under(entries, group(by, country_of=country_of), lines, kinds)


def told_of(entries: CapitalEntryQuerySet, of: str) -> Told:
    """How many these are, and what they come to in this number. One query."""
    found = entries.order_by().aggregate(rows=Count("pk"), usd=Sum(amount_of(of), default=ZERO))
    return Told(found["rows"], found["usd"])


def is_in_parts(by: str, of: str, lines: Lines, basis: str) -> bool:
    """Whether a number is made of parts of projects: their sum over all holders is that of the entries."""
    return (basis == Basis.SHARE and by in SHARED and not lines.are_all and of in SUMS
            and CapitalKind.SHARE_PURCHASE not in SUMS[of])


def parts_of(
    by: str, of: str, lines: Lines, *, as_of: date, known_on: date | None = None,
    country_of: str = CountryOf.REGISTRATION, projects: ProjectQuerySet | None = None, decided_in: Lines = ALL,
) -> list[Part]:
    """The parts that a sum of ``capital_by`` by share has under these lines, the largest first; projects of which
    nothing is left have none. Of what was ``decided_in`` a time they are the parts of all up to its end, less those of
    all before it: so the times add up to the parts of the whole. Two queries: of the projects that the holders named
    have, of all where what nobody holds is asked for, or all but some. Raises NoSuchTime."""
    grouped = group(by, country_of=country_of)
    entries = of_projects(CapitalEntry.objects.as_of(as_of).known_on(known_on), projects).filter(MEASURES[of])
    holding = entries.order_by().values("project")
    if lines.keys and None not in lines.keys:
        path = f"investor__{grouped.path}"
        holding = Stake.objects.current().filter(**{f"{path}__in": lines.named}).order_by().values("project")
        entries = entries.filter(project__in=holding)
    sums = entries.order_by().values_list("project").annotate(**{
        f"{end}_{place}": Sum(amount_of(of), filter=which, default=ZERO)
        for place, ends in enumerate(_ends(decided_in)) for end, which in ends.items()})
    parts = list(_split(sums, holders_by_project(holding, grouped), lines))
    return sorted(parts, key=lambda part: (-abs(part.part_usd), part.project))


def _ends(decided_in: Lines) -> Iterator[dict[str, Q]]:
    """Of each time what was decided up to its end, and what before it. What nobody dated comes after all times."""
    dated, nothing = Q(decided_latest__isnull=False), Q(decided_latest__isnull=False) & Q(decided_latest__isnull=True)
    if decided_in.are_all:
        yield {"before": nothing, "until": Q()}
    for key in decided_in.keys:
        if key is None:
            yield {"before": dated, "until": Q()}
        else:
            first, last = _period(key, TIMES)
            yield {"before": dated & Q(counts_on__lt=first), "until": dated & Q(counts_on__lte=last)}


def _split(sums: Iterable[tuple], stakes: Mapping[int, Holders], lines: Lines) -> Iterator[Part]:
    """``sums`` are a project with what it had before and at the end of each time."""
    for project, *amounts in sums:
        ends = [(before, until) for before, until in zip(amounts[::2], amounts[1::2], strict=True) if before != until]
        holders = stakes.get(project, [(None, HUNDRED)])
        mine = [place for place, (key, _share) in enumerate(holders) if key in lines]
        if mine and ends:
            yield Part(
                project, whole_usd=sum((until - before for before, until in ends), ZERO),
                share_percent=sum((holders[place][1] for place in mine), ZERO),
                part_usd=sum((_held(holders, mine, until) - _held(holders, mine, before) for before, until in ends),
                             ZERO))


def _held(holders: Holders, mine: list[int], amount: Decimal) -> Decimal:
    parts = shared_among(holders, amount)
    return sum((parts[place] for place in mine), ZERO)


def _under(
    entries: CapitalEntryQuerySet, grouped: Group, lines: Lines, kinds: Collection[str]
) -> CapitalEntryQuerySet:
    """Of entries of these kinds those under these lines: by what is kept of their project, and a purchase in groups of
    investors by its buyer."""
    if lines.are_all:
        return entries
    owners = CapitalSum.objects.filter(_holding(grouped.column.removesuffix("_id"), grouped, lines)).values("owner")
    own = Q(project__in=owners)
    if CapitalKind.SHARE_PURCHASE not in kinds:
        return entries.filter(own)
    if None in lines:
        own |= Q(project__isnull=True)
    if not grouped.path:
        return entries.filter(own)
    return entries.filter(BOUGHT & _holding(grouped.of_buyer, grouped, lines) | ~BOUGHT & own)


def _holding(column: str, grouped: Group, lines: Lines) -> Q:
    named = Q(**{f"{column}__in": grouped.values(lines.named)}) if lines.named else Q()
    return lines.choose(named, Q(**{f"{column}__isnull": True}))


def _decided_in(entries: CapitalEntryQuerySet, times: Iterable[str], lines: Lines) -> CapitalEntryQuerySet:
    if lines.are_all:
        return entries
    periods = (_period(key, times) for key in lines.named)
    named = reduce(or_, (Q(decided_latest__isnull=False, counts_on__gte=first, counts_on__lte=last)
                         for first, last in periods), Q())
    return entries.filter(lines.choose(named, Q(decided_latest__isnull=True)))


def unknown_among(by: str, keys: Iterable[str], *, vsic: str = "") -> list[str]:
    """Those that are no line of any table by this group. One query for each that is a record's code."""
    if by in TIMES:
        return no_times(keys, [by])
    grouped = group(by, vsic=vsic)
    return [key for key in keys if not grouped.values([key])]


def no_times(keys: Iterable[str], times: Iterable[str] = tuple(TIMES)) -> list[str]:
    """Those that are no year, quarter or month."""
    return [key for key in keys if not _is_time(key, times)]


def _is_time(key: str, times: Iterable[str]) -> bool:
    try:
        return bool(_period(key, times))
    except NoSuchTime:
        return False


def _period(key: str, times: Iterable[str]) -> tuple[date, date]:
    try:
        said = read_day(key)
    except UnreadableDay as error:
        raise NoSuchTime(key=key, field="key") from error
    if said is None or key not in [TIMES[by](said.earliest) for by in times]:
        raise NoSuchTime(key=key, field="key")
    return said.earliest, said.latest
