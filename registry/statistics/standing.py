"""What projects stand under: now, by their rows, and at every change, by replaying the log."""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

import orjson
from django.db.models import Max

from registry.models import (
    AdministrativeUnit,
    CapitalEntry,
    Change,
    Country,
    Investor,
    Project,
    Registrar,
    Sector,
    Stake,
    Zone,
)
from registry.vocabulary.publication import Publication

CHUNK = 500


class Stand(NamedTuple):
    """The columns of ``ProjectAsKnown`` that say something of the project."""

    is_public: bool
    form: str | None
    status: str | None
    registrar: str | None
    former_province: str | None
    zone: str | None
    sector: str | None
    section: str | None
    place: str | None
    investor: str | None
    country: str | None
    parent_country: str | None
    ended_on: date | None
    shares: str


# From the change on, until before the other; what of None does not count.
Spell = tuple[int, int | None, Stand]
Holder = tuple[str | None, str | None, str | None, str | None, bool]


def stands_now(projects: Sequence[int]) -> dict[int, Stand]:
    """Of these projects those that the public sees or that have an entry. Three queries."""
    rows = Project.objects.filter(pk__in=projects).order_by().values_list(
        "pk", "publication", "form", "status", "registrar__code", "zone__code", "zone__former_province", "place__code",
        "place__former_province", "sector__code", "sector__vsic_version", "sector__section", "ended_latest")
    holders: dict[int, list[Holder]] = defaultdict(list)
    held = Stake.objects.current().filter(project__in=projects).order_by("position", "pk").values_list(
        "project_id", "investor__code", "investor__country__code", "investor__parent_country__code", "share_percent",
        "lead")
    for project, code, country, parent, share, lead in held:
        holders[project].append((code, country, parent, share if share is None else str(share), lead))
    begun = set(CapitalEntry.objects.filter(project__in=projects).order_by().values_list("project_id", flat=True)
                .distinct())
    return {
        key: _stand(publication == Publication.PUBLISHED, form, status, registrar, zone, place,
                    (sector, section_key(version, section)), ended, holders[key])
        for key, publication, form, status, registrar, *zone_and_place, sector, version, section, ended in rows
        if publication == Publication.PUBLISHED or key in begun
        for zone, place in [(zone_and_place[:2], zone_and_place[2:])]
    }


def section_key(version: str | None, section: str | None) -> str | None:
    """"C" of 2018, "2025-K" of any other version."""
    return section if version in (None, "2018") else f"{version}-{section}"


def _stand(is_public, form, status, registrar, zone, place, sector, ended, holders: list[Holder]) -> Stand:
    lead = next((holder for holder in holders if holder[-1]), (None,) * 5)
    province = place[1] if place[0] else zone[1]
    return Stand(is_public, form or None, status or None, registrar, province or None, zone[0], *sector, place[0],
                 *lead[:3], ended, orjson.dumps([holder[:4] for holder in holders]).decode())


# What is known of a record of each of these nouns, by the names in its state.
TOLD = {
    Registrar: ("code",), Zone: ("code", "former_province"), AdministrativeUnit: ("code", "former_province"),
    Sector: ("code", "vsic_version", "section"), Country: ("code",),
    Investor: ("code", "country_id", "parent_country_id"),
}
LED_TO_BY = {"registrar_id": Registrar, "zone_id": Zone, "place_id": AdministrativeUnit, "sector_id": Sector}


class Past:
    """What the log says of records, at the end of each act. Memory: of each record what ``TOLD`` names."""

    def __init__(self):
        self._ends = array("q", [0])
        acts = Change.objects.order_by("act").values_list("act").annotate(end=Max("seq"))
        for act, end in acts.iterator():
            self._ends.extend([0] * (act + 1 - len(self._ends)))
            self._ends[act] = end
        self._told = {model: self._history(model, names) for model, names in TOLD.items()}

    def end_of(self, act: int) -> int:
        """The last change of an act."""
        return self._ends[act]

    def _history(self, model, names: tuple[str, ...]) -> dict[int, tuple[list[int], list[tuple]]]:
        found: dict[int, tuple[list[int], list[tuple]]] = {}
        changes = Change.objects.filter(kind=model.KIND, after__isnull=False).order_by("seq")
        for act, after in changes.values_list("act", "after").iterator(chunk_size=CHUNK):
            ends, told = found.setdefault(after["id"], ([], []))
            ends.append(self.end_of(act))
            told.append(tuple(after.get(name) for name in names))
        for key, *told in model.objects.exclude(pk__in=list(found) if len(found) < CHUNK else []).values_list(
                "pk", *names):
            found.setdefault(key, ([0], [tuple(told)]))  # of what no act has written
        return found

    def told(self, model, key: int | None, change: int) -> tuple:
        """What was known of a record at a change; nothing but None of no record."""
        ends, told = self._told[model].get(key, ((), ()))
        place = bisect_right(ends, change)
        return told[max(place - 1, 0)] if told else (None,) * len(TOLD[model])

    def changed(self, model, key: int | None) -> Iterable[int]:
        return self._told[model].get(key, ((), ()))[0]


def replayed() -> Iterator[tuple[int, list[Spell]]]:
    """Every project that still is, by the order of codes, with what it stood under, from the log alone."""
    past = Past()
    changes = Change.objects.filter(kind=Project.KIND).order_by("code", "seq").values_list("code", "act", "after")
    for _code, own in groupby(changes.iterator(chunk_size=CHUNK), key=lambda row: row[0]):
        versions = [(past.end_of(act), after) for _code, act, after in own]
        if versions[-1][1] is not None:
            yield versions[-1][1]["id"], list(_spells(versions, past))


def _spells(versions: list[tuple[int, dict | None]], past: Past) -> Iterator[Spell]:
    known = {end: after for end, after in versions if after is not None}  # of an act the last
    first = min(known)
    moments = {first, *known}
    begun = None
    if any(after["publication"] != Publication.PUBLISHED for after in known.values()):
        begun = _first_entry(next(iter(known.values()))["id"], past)
        moments |= {begun} if begun else set()
    for after in known.values():
        moments.update(end for end in _moved(after, past) if end > first)
    since, stand, after = 0, None, None
    for moment in sorted(moments):
        after = known.get(moment, after)
        counts = after is not None and (after["publication"] == Publication.PUBLISHED
                                        or (begun is not None and begun <= moment))
        now = _stand_at(after, moment, past) if counts else None
        if now != stand:
            if stand is not None:
                yield since, moment, stand
            since, stand = moment, now
    if stand is not None:
        yield since, None, stand


def _first_entry(project: int, past: Past) -> int | None:
    entry = CapitalEntry.objects.filter(project=project).order_by("pk").values_list("code", flat=True).first()
    change = entry and Change.objects.filter(kind=CapitalEntry.KIND, code=entry).order_by("seq").first()
    return past.end_of(change.act_id) if change else None


def _moved(after: Mapping, past: Past) -> Iterator[int]:
    """The changes of the records to which a project led."""
    for column, model in LED_TO_BY.items():
        yield from past.changed(model, after.get(column))
    for stake in after.get("stakes", ()):
        yield from past.changed(Investor, stake["investor_id"])


def _stand_at(after: Mapping, change: int, past: Past) -> Stand:
    holders = []
    for stake in sorted(after["stakes"], key=lambda stake: (stake["position"], stake["id"])):
        if stake["until_certificate_id"] is None:
            code, *countries = past.told(Investor, stake["investor_id"], change)
            holders.append((code, *(past.told(Country, country, change)[0] for country in countries),
                            stake["share_percent"], stake["lead"]))
    (registrar,), zone, place, (sector, version, section) = (
        past.told(model, after.get(column), change) for column, model in LED_TO_BY.items())
    return _stand(after["publication"] == Publication.PUBLISHED, after["form"], after["status"], registrar, zone, place,
                  (sector, section_key(version, section)),
                  date.fromisoformat(after["ended_latest"]) if after.get("ended_latest") else None, holders)
