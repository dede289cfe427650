"""Possible duplicates, found once for each state of the register."""

from django.core.cache import cache

from registry.models import Register
from registry.statistics.duplicates import Candidate, candidates

KEPT_SECONDS = 60 * 60


def likely_duplicates(model) -> list[Candidate]:
    """The pairs of a noun that may be one record, the likeliest first. One query, three where nobody has asked since
    the register last changed."""
    revision = Register.objects.values_list("revision", flat=True).get(pk=1)
    return cache.get_or_set(f"duplicates-{model.KIND}-{revision}", lambda: candidates(model), KEPT_SECONDS)
