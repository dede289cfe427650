"""What each project adds to the sums that are kept beside the ledger: made from the ledger, project by project."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import orjson
from django.db.models import BigIntegerField, CharField, F
from django.db.models.functions import Cast

from registry.models import CapitalEntry, Project, Stake
from registry.models.sums import DIMENSIONS, MONTH, OF_INVESTOR, YEAR, CapitalSum
from registry.vocabulary.capital import REGISTERED, STARTING, CapitalKind
from registry.vocabulary.publication import Publication

# Dimension, key, grain, period, whether dated, whether public: what ``CapitalMonth`` has one row for.
Place = tuple[str, str, str, str, bool, bool]
Sums = dict[Place, dict[str, int]]

COLUMNS = [field.attname for field in CapitalSum._meta.concrete_fields]
REGISTERS, STARTS = frozenset(REGISTERED), frozenset(STARTING)


class Own(NamedTuple):
    """A row of ``CapitalSum``; days are ISO texts."""

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
    confirmed: bool
    decided: str | None
    counts_on: str
    reverses: int | None
    buyer: int | None
    buyer_country: int | None
    buyer_parent_country: int | None


READ = ("pk", "kind", "counts_as", Cast("amount_usd", BigIntegerField()), "confirmed",
        Cast("decided_latest", CharField()), Cast("counts_on", CharField()), "reverses_id", "buyer_id",
        "buyer__country_id", "buyer__parent_country_id")
NOWHERE = dict.fromkeys((*DIMENSIONS, "investor", "ended_on"))


def kept(owners: Sequence[int]) -> dict[int, Own]:
    """The rows of these owners as they are kept. One query."""
    columns = [Cast(name, CharField()) if name in ("ended_on", "last_on") else F(name) for name in COLUMNS]
    rows = CapitalSum.objects.filter(owner__in=owners).order_by().values_list(*columns)
    return {row[0]: Own(*row) for row in rows}


def made(owners: Sequence[int]) -> dict[int, Own]:
    """The rows of these owners as the ledger has them; none for a project without entries. At most four queries."""
    ledgers: dict[int, list[Entry]] = defaultdict(list)
    projects = [owner for owner in owners if owner > 0]
    if projects:
        for project, *entry in _in_order(project__in=projects).values_list("project_id", *READ):
            ledgers[project].append(Entry(*entry))
    if len(projects) < len(owners):
        for entry in _in_order(pk__in=[-owner for owner in owners if owner < 0]).values_list(*READ):
            ledgers[-entry[0]].append(Entry(*entry))
    stands = _stands([owner for owner in ledgers if owner > 0])
    return {owner: _own(owner, entries, stands.get(owner)) for owner, entries in ledgers.items()}


def _in_order(**which):
    return CapitalEntry.objects.filter(**which).order_by("pk")


def _stands(projects: Sequence[int]) -> dict[int, dict]:
    """What each project stands under today, and whether the public sees it."""
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
    }
    leads = Stake.objects.current().filter(lead=True, project__in=projects).order_by().values_list(
        "project_id", "investor_id", "investor__country_id", "investor__parent_country_id")
    for project, *investor in leads:
        found[project] |= zip(("investor", *OF_INVESTOR), investor, strict=True)
    return found


def _own(owner: int, entries: list[Entry], stands: dict | None) -> Own:
    stands = stands or NOWHERE | {"is_public": False}
    undone = {entry.reverses: entry.counts_on for entry in entries if entry.reverses}
    sums, slots = defaultdict(int), {}
    for entry in entries:
        for name, amount in _measures(entry):
            sums[name] += amount
            _slot(slots, entry.counts_on, entry)[name] += amount
        slot = _slot(slots, entry.counts_on, entry)
        slot["entries"] += 1
        if entry.key not in undone and entry.kind != CapitalKind.REVERSAL and entry.kind != CapitalKind.DISBURSEMENT:
            slot[f"{entry.kind}_times"] += 1
        if entry.counts_as in REGISTERS:
            slot[f"{entry.counts_as}_usd"] += entry.cents
        if entry.kind in STARTS:
            sums["begun"] += entry.key not in undone
            _in_force(slots, entry, undone.get(entry.key), stands["ended_on"])
        if _is_bought(entry):
            sums["bought_usd"] += entry.cents
    months = [[*place, {name: value for name, value in of.items() if value}] for place, of in sorted(slots.items())]
    return Own(owner=owner, **stands, last_on=max(entry.counts_on for entry in entries),
               months=orjson.dumps(months).decode(), **{name: sums[name] for name in SUMMED})


SUMMED = ("begun", "registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd", "bought_usd")


def _measures(entry: Entry) -> Iterable[tuple[str, int]]:
    """The measures that an entry adds to; see ``models/capital.py``, MEASURES."""
    if entry.counts_as in REGISTERS:
        yield "registered_usd", entry.cents
        if entry.confirmed:
            yield "confirmed_usd", entry.cents
    elif entry.counts_as == CapitalKind.DISBURSEMENT:
        yield "realised_usd", entry.cents
    else:
        yield "share_purchase_usd", entry.cents


def _is_bought(entry: Entry) -> bool:
    return entry.buyer is not None and entry.counts_as == CapitalKind.SHARE_PURCHASE


def _slot(slots: dict, day: str, entry: Entry) -> dict[str, int]:
    """Where an amount of this day goes: the month, whether the document states the day, and the countries under which
    a purchase stands; -1 stands for those of the lead, 0 for none."""
    bought = _is_bought(entry)
    countries = (entry.buyer_country or 0, entry.buyer_parent_country or 0) if bought else (-1, -1)
    return slots.setdefault((day[:7], entry.decided is not None, *countries), defaultdict(int))


def _in_force(slots: dict, start: Entry, undone: str | None, ended: str | None) -> None:
    """The project counts from the day of this entry until the day before the entry is undone or the project ends."""
    until = min([day for day in (undone, ended) if day], default=None)
    if until is None or start.counts_on < until:
        _slot(slots, start.counts_on, start)["projects"] += 1
        if until:
            _slot(slots, until, start)["projects"] -= 1


def spread(own: Own, sign: int, into: Sums) -> None:
    """Add what a project adds to the months of each of its keys, or with the sign -1 take it out again."""
    keys = {name: str(key) if (key := getattr(own, name)) is not None else "" for name in DIMENSIONS}
    for month, is_dated, *countries, sums in orjson.loads(own.months):
        bought = zip(OF_INVESTOR, (str(key or "") for key in countries), strict=True) if countries[0] >= 0 else ()
        for dimension, key in (keys | dict(bought)).items():
            for grain, period in ((MONTH, month), (YEAR, month[:4])):
                of = into[dimension, key, grain, period, is_dated, own.is_public]
                for name, value in sums.items():
                    of[name] = of.get(name, 0) + sign * value
