"""The facets of a list as its form shows them: boxes to tick, each with its count."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.exchange.columns import FIELDS
from registry.models import Sector
from registry.templatetags.register_format import lang_here, name_here, sentence
from registry.vocabulary.zone import FormerProvince
from registry.web.facets import FACETS, Counted, count_values
from registry.web.facets import Facet as Counts
from registry.web.listing import Listing
from registry.web.parameters import NONE

from .asked import NOT_RECORDED, Asked

SHOWN = 6  # values of a facet before the rest is folded away
OPEN = 4  # facets of a list that stand open though nothing is ticked there

LABELS = {"projects": {"some": _("có dự án"), NONE: _("chưa có dự án")},
          "level": {"1": _("mục (cấp 1)"), "2": _("ngành (cấp 2)")}}


@dataclass(frozen=True)
class Option:
    """One box; ``depth`` says under how many others it stands."""

    value: str
    label: str
    lang: str
    count: int
    chosen: bool
    depth: int


@dataclass(frozen=True)
class Facet:
    """``first`` are always in sight, what is ticked among them; ``more`` are folded away. ``labels`` are of every value
    in force, as it was spelled."""

    name: str
    label: str
    first: list[Option]
    more: list[Option]
    chosen: int
    is_open: bool
    error: str
    labels: dict[str, str]


def facets_of(listing: Listing, asked: Asked) -> list[Facet]:
    """The facets of a list, those without any value left out. Queries: those of ``count_values``."""
    facets = FACETS.get(listing.path, ())
    shown = []
    for facet, values in zip(facets, count_values(facets, asked.found), strict=True):
        chosen, error = facet.asked(asked.found), asked.errors.get(facet.name, "")
        options = [_option(listing, facet.name, value, value.value in chosen) for value in values]
        first, more = _parted(options)
        if options or error:
            shown.append(Facet(
                name=facet.name, label=sentence(asked.found.filters[facet.name].label), first=first, more=more,
                chosen=len(chosen), is_open=bool(chosen or error) or len(shown) < OPEN, error=error,
                labels=_spelled(facet, options, asked),
            ))
    return shown


def _spelled(facet: Counts, options: list[Option], asked: Asked) -> dict[str, str]:
    labels = {option.value: option.label for option in options}
    return {value: labels[facet.spelled(value)] for value in asked.found.data.getlist(facet.name)}


def _parted(options: list[Option]) -> tuple[list[Option], list[Option]]:
    """The first ones and what is ticked, and the rest; one or two more are not worth folding."""
    if len(options) <= SHOWN + 2:
        return options, []
    first = [option for place, option in enumerate(options) if place < SHOWN or option.chosen]
    return first, [option for option in options if option not in first]


def _option(listing: Listing, name: str, counted: Counted, chosen: bool) -> Option:
    record = counted.record
    if record is None:
        label, lang = _word(listing, name, counted.value)
        return Option(counted.value, label, lang, counted.count, chosen, 0)
    number = f"{record.vsic_code} " if isinstance(record, Sector) else ""
    return Option(counted.value, f"{number}{name_here(record)}", lang_here(record), counted.count, chosen,
                  counted.depth)


def _word(listing: Listing, name: str, value: str) -> tuple[str, str]:
    """A word in the reader's language; a text of a record as it stands, and its language where that is another."""
    if value == NONE and name not in LABELS:
        return sentence(NOT_RECORDED), ""
    field = next((each for each in FIELDS[listing.path].fields if each.name == name), None)
    words = LABELS.get(name) or dict((field and field.words or FormerProvince).choices)
    if value in words:
        return sentence(words[value]), ""
    return value, "" if value.isascii() or get_language() == "vi" else "vi"


def labels_of(facets: Iterable[Facet]) -> dict[str, dict[str, str]]:
    """The labels of the facets' values, by the name of their filter."""
    return {facet.name: facet.labels for facet in facets}
