"""The sums beside the ledger, made anew from it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from registry.actions.sums import all_owners
from registry.models import CapitalKnown, CapitalMonth, CapitalSum, Project
from registry.models.rows import in_chunks
from registry.models.sums import ADDED, MONTH
from registry.statistics.contribution import PLACE, PLACE_KNOWN, Sums, kept, made, rows_known, rows_of, spread

from .problem import CHUNK, Problem

NOTHING = (0,) * len(ADDED)


def sums() -> Iterator[Problem]:
    """The sum of each project, and of each month and year of each dimension, is what the ledger makes."""
    wanted: Sums = defaultdict(dict)
    for some in in_chunks({*all_owners(), *CapitalSum.objects.values_list("owner", flat=True)}):
        is_kept, is_made = kept(some), made(some)
        for own in is_made.values():
            spread(own, 1, wanted)
        differ = [owner for owner in some if is_kept.get(owner) != is_made.get(owner)]
        codes = dict(Project.objects.filter(pk__in=differ).values_list("pk", "code"))
        for owner in differ:
            yield Problem(Project.KIND, codes.get(owner, str(owner)), _("tổng vốn lưu sẵn không khớp với sổ vốn"))
    yield from _months(CapitalMonth, PLACE, rows_of(wanted))
    yield from _months(CapitalKnown, PLACE_KNOWN, rows_known(wanted))


def _months(
    model: type[CapitalMonth | CapitalKnown], place: tuple[str, ...], rows: Iterable[tuple]
) -> Iterator[Problem]:
    made_of = {row[:len(place)]: row[len(place):] for row in rows}
    for row in model.objects.order_by().values_list(*place, *ADDED).iterator(chunk_size=CHUNK):
        where, values = row[:len(place)], row[len(place):]
        if values != made_of.pop(where, NOTHING):
            yield _problem(model, where)
    for where in made_of:
        yield _problem(model, where)


def _problem(model: type[CapitalMonth | CapitalKnown], place: tuple) -> Problem:
    dimension, key, _is_public, grain, period, _is_dated, *known = place
    kind = model._meta.model_name if grain == MONTH else f"{model._meta.model_name} ({grain})"
    return Problem(kind, " ".join((dimension, key or "-", period, *known)),
                   _("vốn theo tháng lưu sẵn không khớp với sổ vốn"))
