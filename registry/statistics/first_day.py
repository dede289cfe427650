"""The day on which the ledger begins to say something."""

from datetime import date

from django.db.models import Min

from registry.models import CapitalEntry
from registry.models.project import ProjectQuerySet

from .ledger import of_projects


def first_day(*, known_on: date | None = None, projects: ProjectQuerySet | None = None) -> date | None:
    """The first day from which any capital counts; None where nothing was recorded by ``known_on``. One query."""
    entries = of_projects(CapitalEntry.objects.known_on(known_on), projects)
    return entries.aggregate(first=Min("counts_on"))["first"]
