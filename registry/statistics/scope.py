"""The province before 1 July 2025 as a scope of every statistic: two provinces, and what is of neither on record."""

from collections.abc import Collection

from django.db.models import Q

from registry.models import CapitalSum, Project
from registry.models.project import ProjectQuerySet

from .by_month import Within


def of_former_provinces(provinces: Collection[str | None]) -> ProjectQuerySet:
    """All that the ledger has of these former provinces; None stands for what is not recorded, with purchases without a
    project. Unlike a filter of projects it leaves out none that the public does not see, so that the scopes add up to
    the whole register."""
    column = "former_province"
    stands = Q(**{f"{column}__in": [each for each in provinces if each is not None]})
    if None in provinces:
        stands |= Q(**{f"{column}__isnull": True})
    sums = CapitalSum.objects.filter(stands)
    found = Project.objects.filter(pk__in=sums.values("owner"))
    found.among_sums, found.with_what_has_none = sums, None in provinces
    found.within = Within(column, stands, is_public=False)
    return found
