"""The sums beside the ledger, made anew from it."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.actions.sums import all_owners
from registry.models import CapitalMonth, CapitalSum, Project
from registry.models.rows import in_chunks
from registry.models.sums import ADDED, MONTH
from registry.statistics.contribution import PLACE, Sums, kept, made, rows_of, spread

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
    yield from _months(wanted)


def _months(wanted: Sums) -> Iterator[Problem]:
    made_of = {row[:len(PLACE)]: row[len(PLACE):] for row in rows_of(wanted)}
    rows = CapitalMonth.objects.order_by().values_list(*PLACE, *ADDED)
    for row in rows.iterator(chunk_size=CHUNK):
        place, values = row[:len(PLACE)], row[len(PLACE):]
        if values != made_of.pop(place, NOTHING):
            yield _problem(place)
    yield from map(_problem, made_of)


def _problem(place: tuple) -> Problem:
    dimension, key, grain, period, _is_dated, _is_public = place
    kind = CapitalMonth._meta.model_name if grain == MONTH else f"{CapitalMonth._meta.model_name} ({grain})"
    return Problem(kind, f"{dimension} {key or '-'} {period}", _("vốn theo tháng lưu sẵn không khớp với sổ vốn"))
