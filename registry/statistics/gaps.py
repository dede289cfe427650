"""What the register does not know yet: how many published projects lack what a record should have."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from registry.models import CapitalEntry, Certificate, Conflict, Project, Stake
from registry.vocabulary.publication import Publication


@dataclass(frozen=True)
class Gaps:
    """Counts of published projects, and of the conflicts between public statements that nobody has settled.

    Each ``without_…`` counts the projects that their list gives for ``missing`` of that word.
    """

    projects: int
    without_capital: int
    without_certificates: int
    without_country: int
    without_zone: int
    conflicts: int


def gaps() -> Gaps:
    """Zeros where there are no projects. One query."""
    leads = Stake.objects.current().filter(lead=True, investor__country__isnull=False)
    return Gaps(**Project.objects.public().aggregate(
        projects=Count("pk"),
        without_capital=_lacking(CapitalEntry.objects.all()),
        without_certificates=_lacking(Certificate.objects.all()),
        without_country=_lacking(leads),
        without_zone=Count("pk", filter=Q(zone__isnull=True)),
        conflicts=Coalesce(Max(Subquery(_conflicts())), 0),
    ))


def _lacking(rows) -> Count:
    return Count("pk", filter=~Exists(rows.filter(project=OuterRef("pk"))))


def _conflicts():
    """The count of all of them, as one value beside every project."""
    of_public = {f"{side}__source__publication": Publication.PUBLISHED for side in ("first", "second")}
    standing = Conflict.objects.standing().filter(**of_public).order_by()
    return standing.values(one=Value(1)).annotate(times=Count("pk")).values("times")
