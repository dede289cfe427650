"""How many rows each value of a filter would give: the facets of a list.

A facet counts with every filter in force but its own, so that a second value of the same filter, which means "or", can
be chosen by what it would add: a value's count is what the list has with it alone. ``none`` counts the rows in which
nothing is recorded. Counts of zones, sectors and places overlap, as the filters do: a zone has its sub-zones' projects
too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, QuerySet, Value, When

from registry.models import AdministrativeUnit, CapitalSum, Country, Project, Registrar, Sector, Zone
from registry.models.sector import split_word

from .belonging import has_projects
from .filters import RecordFilters
from .parameters import NONE

Named = tuple[str, object]  # a value, and the record that it names


@dataclass(frozen=True)
class Counted:
    """One value of a filter and its count; ``record`` is what it names, None for a word and for ``none``. ``depth``
    says under how many values before it it stands."""

    value: str
    count: int
    record: object = None
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """A filter by whose values a list is counted.

    ``column`` is what it reads: of projects, of the sums that are kept of each, which have all by which they are
    grouped. ``prepare`` annotates it where the table has none. ``load`` gives, for the key of every
    record that may stand there, the values under which it counts: one query; words need none. ``spelled`` is the value
    as the facet writes it: a filter may take several spellings.
    """

    name: str
    column: str
    prepare: Callable[[QuerySet], QuerySet] = lambda rows: rows
    load: Callable[[], Mapping[str, list[Named]]] | None = None
    spelled: Callable[[str], str] = lambda value: value

    def asked(self, found: RecordFilters) -> list[str]:
        """The values in force."""
        return list(dict.fromkeys(self.spelled(value) for value in found.data.getlist(self.name)))


def count_values(facets: Sequence[Facet], found: RecordFilters) -> list[list[Counted]]:
    """For each facet the values that occur in a checked filter set, the most frequent first, each behind what contains
    it, ``none`` last; what was asked for stands there also with a count of 0.

    Queries: one, one for each facet by which the list is filtered, and those of ``load``.
    """
    open_ones = [facet for facet in facets if not facet.asked(found)]
    tallies = dict(zip([facet.name for facet in open_ones], _tallies(open_ones, found.qs), strict=True))
    for facet in facets:
        if facet.name not in tallies:
            tallies[facet.name] = _tallies([facet], found.rows_but_for(facet.name))[0]
    return [_values(facet, tallies[facet.name], facet.asked(found)) for facet in facets]


def _tallies(facets: Sequence[Facet], rows: QuerySet) -> list[dict[str | None, int]]:
    if rows.model is Project:
        rows = CapitalSum.objects.of(rows)
    for facet in facets:
        rows = facet.prepare(rows)
    return rows.tallies([facet.column for facet in facets])


def _values(facet: Facet, tally: dict[str | None, int], asked: list[str]) -> list[Counted]:
    known = facet.load() if facet.load else {}
    counts = dict.fromkeys(asked, 0)
    for key, count in tally.items():
        for value, _record in known.get(key, [(NONE, None)]) if facet.load else [(key or NONE, None)]:
            counts[value] = counts.get(value, 0) + count
    records = dict(pair for pairs in known.values() for pair in pairs)
    above = {pairs[0][0]: pairs[1][0] for pairs in known.values() if len(pairs) > 1 and pairs[1][0] != NONE}
    return [Counted(value, counts[value], records.get(value), depth) for value, depth in _in_order(counts, above)]


def _in_order(counts: dict[str, int], above: dict[str, str], under: str | None = None, depth: int = 0):
    here = [value for value in counts if _top(value, counts, above) == under]
    for value in sorted(here, key=lambda each: (each == NONE, -counts[each], each)):
        yield value, depth
        yield from _in_order(counts, above, value, depth + 1)


def _top(value: str, counts: dict[str, int], above: dict[str, str]) -> str | None:
    """The value under which this one stands, None where that is not among them."""
    return above.get(value) if above.get(value) in counts else None


def alone(model) -> Callable[[], Mapping]:
    """Each record by itself. One that the public does not see is none."""
    return lambda: {str(record.pk): [(record.code, record)] for record in model.objects.public()}


def with_above(model) -> Callable[[], Mapping]:
    """A record counts under those, too, to which it belongs. One that the public does not see is none."""

    def load() -> Mapping:
        records = {record.pk: record for record in model.objects.all()}
        return {str(record.pk): _public(_line(record, records)) for record in records.values()}

    return load


def _line(record, records: Mapping) -> list:
    """The record and the two above it: as far as the filters go."""
    parent = records.get(record.parent_id)
    above = records.get(parent.parent_id) if parent else None
    return [each for each in (record, parent, above) if each]


def _public(line: list) -> list[Named]:
    named = [(each.code, each) for each in line if each.is_public()]
    return named if line[0].is_public() else [*named, (NONE, None)]


def sectors() -> Mapping:
    """A division counts under its section, too."""
    records = list(Sector.objects.all())
    sections = {record.section_key: record for record in records if record.level == 1}
    return {
        str(record.pk): ([] if record.level == 1 else [(record.code, record)])
        + [(record.section_key, sections.get(record.section_key))]
        for record in records
    }


def sector_spelled(word: str) -> str:
    """``2018-26`` for 26, ``C`` for 2018-C."""
    version, rest = split_word(word)
    return rest if version == "2018" and rest.isalpha() else f"{version}-{rest}"


def with_belonging(rows: QuerySet) -> QuerySet:
    return rows.annotate(belonging=Case(When(has_projects(rows.model), then=Value("some")), default=None,
                                        output_field=CharField(null=True)))


PROJECTS = Facet("projects", "belonging", with_belonging)
COUNTRIES = (Facet("country", "country", load=alone(Country)),
             Facet("parent_country", "parent_country", load=alone(Country)))

# The facets of each list, in the order of its page.
FACETS: Mapping[str, tuple[Facet, ...]] = {
    "projects": (
        Facet("zone", "zone", load=with_above(Zone)),
        Facet("sector", "sector", load=sectors, spelled=sector_spelled),
        Facet("country", "country", load=alone(Country)),
        Facet("status", "status"),
        Facet("parent_country", "parent_country", load=alone(Country)),
        Facet("form", "form"),
        Facet("place", "place", load=with_above(AdministrativeUnit)),
        Facet("former_province", "former_province"),
        Facet("registrar", "registrar", load=alone(Registrar)),
    ),
    "investors": (*COUNTRIES, Facet("kind", "kind"), PROJECTS),
    "zones": (Facet("kind", "kind"), Facet("former_province", "former_province"), Facet("province", "province"),
              Facet("parent", "parent", load=alone(Zone)), PROJECTS),
    "sectors": (Facet("vsic_version", "vsic_version"), Facet("level", "level"),
                Facet("section", "section"), PROJECTS),
    "countries": (PROJECTS,),
    "sources": (Facet("kind", "kind"), Facet("publisher", "publisher")),
    "policies": (Facet("reality", "reality"),),
    "engagements": (Facet("kind", "kind"), Facet("reality", "reality")),
    "opportunities": (Facet("kind", "kind"), Facet("zone", "zone", load=alone(Zone))),
}
