"""What each project adds to the sums that are kept beside the ledger: made from the ledger, project by project."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

import orjson
from django.db.models import BigIntegerField, CharField, F
from django.db.models.functions import Cast
from django.utils import timezone

from registry.models import CapitalEntry, Project, Stake
from registry.models.capital import CONFIRMED
from registry.models.sums import (
    ADDED,
    BY_SHARE,
    DAY,
    DIMENSIONS,
    MEASURE_SUMS,
    MONTH,
    OF_INVESTOR,
    YEAR,
    CapitalAdded,
    CapitalSum,
)
from registry.vocabulary.capital import REGISTERED, STARTING, CapitalKind
from registry.vocabulary.publication import Publication
from registry.vocabulary.third import third_of_month

from .held_parts import Holding, held_of

# By dimension, key and whether public: by day, third of a month of recording and whether dated, what is added up.
Sums = dict[tuple[str, str, bool], dict[tuple[str, str, bool], dict[str, int]]]
# What ``CapitalMonth`` has one row for, and ``CapitalKnown``.
PLACE = ("dimension", "key", "is_public", "grain", "period", "is_dated")
PLACE_KNOWN = (*PLACE, "known")

COLUMNS = [field.attname for field in CapitalSum._meta.concrete_fields]
REGISTERS, STARTS = frozenset(REGISTERED), frozenset(STARTING)


class Own(NamedTuple):
    """A row of ``CapitalSum`` with that of ``CapitalAdded``; days are ISO texts."""

    owner: int
    is_public: bool
    form: str | None
    status: str | None
    registrar: int | None
    former_province: str | None
    zone: int | None
    sector: int | None
    place: int | None
    investor: int | None
    country: int | None
    parent_country: int | None
    ended_on: str | None
    last_on: str
    begun: int
    registered_usd: int
    confirmed_usd: int
    realised_usd: int
    share_purchase_usd: int
    bought_usd: int
    months: str


class Entry(NamedTuple):
    """An entry as the sums need it; days are ISO texts."""

    key: int
    kind: str
    counts_as: str
    cents: int
    confirmed_cents: int
    decided: str | None
    counts_on: str
    recorded: str  # in UTC
    reverses: int | None
    buyer: int | None
    buyer_country: int | None
    buyer_parent_country: int | None

    @property
    def known(self) -> str:
        """The first day of the third of a month in which it was recorded."""
        return _third_of(self.recorded[:13])


@lru_cache(maxsize=4096)
def _third_of(hour: str) -> str:
    """The third of a month here in an hour of UTC: what is recorded together is recorded within an hour."""
    at = datetime.fromisoformat(f"{hour}:00").replace(tzinfo=UTC)
    return third_of_month(at.astimezone(timezone.get_default_timezone()).date()).isoformat()


READ = ("pk", "kind", "counts_as", Cast("amount_usd", BigIntegerField()), Cast(CONFIRMED, BigIntegerField()),
        Cast("decided_latest", CharField()), Cast("counts_on", CharField()), Cast("recorded_at", CharField()),
        "reverses_id", "buyer_id", "buyer__country_id", "buyer__parent_country_id")
NOWHERE = dict.fromkeys((*DIMENSIONS, "investor", "ended_on")) | {"is_public": False}
NEVER = "0001-01-01"
SHOWN = (Publication.PUBLISHED, Publication.WITHDRAWN)


def kept(owners: Sequence[int]) -> dict[int, Own]:
    """The rows of these owners as they are kept. Two queries."""
    columns = [Cast(name, CharField()) if name in ("ended_on", "last_on") else F(name) for name in COLUMNS]
    rows = CapitalSum.objects.filter(owner__in=owners).order_by().values_list(*columns)
    added = dict(CapitalAdded.objects.filter(owner__in=owners).values_list("owner", "months"))
    return {row[0]: Own(*row, added.get(row[0], "[[],[]]")) for row in rows}


def made(owners: Sequence[int]) -> dict[int, Own]:
    """The rows of these owners as the ledger has them; none for a project that is gone, nor for one that was never
    published and has no entries. At most five queries."""
    ledgers: dict[int, list[Entry]] = defaultdict(list)
    projects = [owner for owner in owners if owner > 0]
    if projects:
        for project, *entry in _in_order(project__in=projects).values_list("project_id", *READ):
            ledgers[project].append(Entry(*entry))
    taken_back: dict[int, Entry] = {}
    if alone := [-owner for owner in owners if owner < 0]:
        for entry in _in_order(pk__in=alone).values_list(*READ):
            ledgers[-entry[0]].append(Entry(*entry))
        taken_back = {entry[0]: Entry(*entry) for entry in _in_order(reversed_by__in=alone).values_list(*READ)}
    stakes = _stakes(projects)
    stands = _stands(projects, ledgers, stakes) | {owner: NOWHERE for owner in ledgers if owner < 0}
    return {owner: _own(owner, ledgers[owner], under, stakes[owner], taken_back) for owner, under in stands.items()}


def _in_order(**which):
    return CapitalEntry.objects.filter(**which).order_by("pk")


def _stakes(projects: Sequence[int]) -> dict[int, list[Holding]]:
    """Who holds these projects today, in their order."""
    stakes: dict[int, list[Holding]] = defaultdict(list)
    held = Stake.objects.current().filter(project__in=projects) if projects else Stake.objects.none()
    for project, *stake in held.order_by("position").values_list(
        "project_id", "lead", "share_percent", "investor_id", "investor__country_id", "investor__parent_country_id"
    ):
        stakes[project].append(Holding(*stake))
    return stakes


def _stands(
    projects: Sequence[int], ledgers: Collection[int], stakes: Mapping[int, Sequence[Holding]]
) -> dict[int, dict]:
    """What each project stands under today, and whether the public sees it: each that has or had been published, or
    has a ledger."""
    if not projects:
        return {}
    rows = Project.objects.filter(pk__in=projects).order_by().values_list(
        "pk", "publication", "form", "status", "registrar_id", "zone_id", "sector_id", "place_id",
        Cast("ended_latest", CharField()), "place__former_province", "zone__former_province")
    found = {
        key: NOWHERE | {
            "is_public": publication == Publication.PUBLISHED, "form": form, "status": status, "registrar": registrar,
            "zone": zone, "sector": sector, "place": place, "ended_on": ended,
            "former_province": of_zone if place is None else of_place,
        }
        for key, publication, form, status, registrar, zone, sector, place, ended, of_place, of_zone in rows
        if publication in SHOWN or key in ledgers
    }
    for project, under in found.items():
        for stake in stakes.get(project, ()):
            if stake.is_lead:
                under |= zip(("investor", *OF_INVESTOR), (stake.investor, *stake.countries), strict=True)
    return found


# Where an entry's amount goes, by the kind that it counts as; see ``models/capital.py``, MEASURES.
GOES_TO = {
    **{str(kind): ("registered_usd", f"{kind}_usd") for kind in REGISTERED},
    str(CapitalKind.DISBURSEMENT): ("realised_usd",), str(CapitalKind.SHARE_PURCHASE): ("share_purchase_usd",),
}
TIMES = {kind: f"{kind}_times" for kind in (*map(str, REGISTERED), str(CapitalKind.SHARE_PURCHASE))}
PURCHASE = str(CapitalKind.SHARE_PURCHASE)


def _own(
    owner: int, entries: list[Entry], stands: dict, stakes: list[Holding], taken_back: dict[int, Entry]
) -> Own:
    """``taken_back`` are what reversals without a project reverse: each such entry is an owner by itself."""
    undone = {entry.reverses: entry for entry in entries if entry.reverses}
    slots: dict[tuple, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    begun = bought = 0
    for entry in entries:
        undoing = undone.get(entry.key)
        slot = slots[_slot(entry, entry.counts_on, entry.known)]
        slot["entries"] += 1
        for name in GOES_TO[entry.counts_as]:
            slot[name] += entry.cents
        if entry.counts_as in REGISTERS:
            slot["confirmed_usd"] += entry.confirmed_cents
        if entry.kind in TIMES:
            slot[TIMES[entry.kind]] += 1
            if undoing:
                slots[_slot(entry, entry.counts_on, undoing.known)][TIMES[entry.kind]] -= 1
        if (other := taken_back.get(entry.reverses)) and other.kind in TIMES:
            slots[_slot(other, other.counts_on, entry.known)][TIMES[other.kind]] -= 1
        if entry.kind in STARTS:
            begun += undoing is None
            _in_force(slots, entry, undoing, stands["ended_on"])
        if entry.buyer is not None and entry.counts_as == PURCHASE:
            bought += entry.cents
    sums = {name: sum(slot.get(name, 0) for slot in slots.values()) for name in MEASURE_SUMS}
    held = held_of(slots, stakes) if any(not stake.is_lead for stake in stakes) else {}
    months = orjson.dumps([_listed(slots), _listed(held)]).decode()
    return Own(owner=owner, **stands, **sums, begun=begun, bought_usd=bought, months=months,
               last_on=max((entry.counts_on for entry in entries), default=NEVER))


def _listed(slots: dict) -> list[list]:
    added = ((place, {name: value for name, value in slots[place].items() if value}) for place in sorted(slots))
    return [[*place, values] for place, values in added if values]


def _slot(entry: Entry, day: str, known: str) -> tuple:
    """Where an amount of this day goes that was recorded in this third of a month: the day, the third, whether the
    document states the day, and the countries under which a purchase stands; -1 stands for those of the lead, 0 for
    none."""
    if entry.buyer is not None and entry.counts_as == PURCHASE:
        return day, known, entry.decided is not None, entry.buyer_country or 0, entry.buyer_parent_country or 0
    return day, known, entry.decided is not None, -1, -1


def _in_force(slots: dict, start: Entry, undoing: Entry | None, ended: str | None) -> None:
    """The project counts from the day of this entry until the day before the entry is undone or the project ends; as
    known by then, while what undoes it is not known, until its end alone."""
    steps = [(start.counts_on, start.known, 1)]
    if undoing:
        steps.append((max(start.counts_on, undoing.counts_on), max(start.known, undoing.known), -1))
    if ended:
        steps += [(max(day, ended), known, -step) for day, known, step in steps]
    for day, known, step in steps:
        slots[_slot(start, day, known)]["projects"] += step


def spread(own: Own, sign: int, into: Sums) -> None:
    """Add what a project adds to the months of each of its keys, or with the sign -1 take it out again."""
    by_lead, held = orjson.loads(own.months)
    by_buyer: dict[tuple[int, int], list] = {}
    for day, known, is_dated, *countries, values in by_lead:
        by_buyer.setdefault(tuple(countries), []).append(((day, known, is_dated), values))
    keys = {name: key if (key := getattr(own, name)) is not None else "" for name in DIMENSIONS}
    for countries, added in by_buyer.items():
        under = dict(zip(OF_INVESTOR, (key or "" for key in countries), strict=True)) if countries[0] >= 0 else {}
        for dimension, key in (keys | under).items():
            of = into[dimension, str(key), own.is_public]
            for when, values in added:
                _add(of.setdefault(when, {}), values, sign)
    for day, known, *countries, values in held:
        for dimension, key in zip(BY_SHARE.values(), countries, strict=True):
            _add(into[dimension, str(key or ""), own.is_public].setdefault((day, known, True), {}), values, sign)


def _add(row: dict[str, int], values: dict[str, int], sign: int = 1) -> None:
    for name, value in values.items():
        row[name] = row.get(name, 0) + sign * value


def rows_of(sums: Sums) -> Iterator[tuple]:
    """The rows of ``CapitalMonth`` that these sums make: ``PLACE``, then ``ADDED``; none of zeros alone."""
    for holder, of in sums.items():
        periods: dict[tuple, dict[str, int]] = defaultdict(dict)
        for (day, _known, is_dated), values in of.items():
            for grain, period in ((DAY, day), (MONTH, day[:7]), (YEAR, day[:4])):
                _add(periods[grain, period, is_dated], values)
        yield from _rows(holder, periods)


def rows_known(sums: Sums) -> Iterator[tuple]:
    """The rows of ``CapitalKnown``: ``PLACE_KNOWN``, then ``ADDED``."""
    for holder, of in sums.items():
        periods: dict[tuple, dict[str, int]] = defaultdict(dict)
        for (day, known, is_dated), values in of.items():
            _add(periods[MONTH, day[:7], is_dated, known], values)
            _add(periods[YEAR, day[:4], is_dated, known[:4]], values)
        yield from _rows(holder, periods)


def _rows(holder: tuple, periods: dict[tuple, dict[str, int]]) -> Iterator[tuple]:
    for where, row in periods.items():
        if any(row.values()):
            yield *holder, *where, *[row.get(name, 0) for name in ADDED]
