"""Records that may have grown old: what nobody has touched for long, and what should have been told by now. By the same
questions as on the officers' desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from registry.models import Milestone, Project
from registry.models.capital import end_of_day
from registry.vocabulary.report import Quarter

# From how many days on a project in force counts as untouched: half a year, a year, two.
AGES = (183, 365, 730)
MOST = 10


@dataclass(frozen=True)
class Stale:
    """Of so many published ``projects`` in force: ``untouched`` for each of ``AGES``, how many have not changed since;
    those that changed longest ago first in ``oldest``.

    ``overdue`` milestones were planned for a day that is past and nobody tells that they happened; ``reports`` projects
    owe the report of ``quarter``.
    """

    projects: int
    untouched: tuple[tuple[int, int], ...]
    oldest: Sequence[Project]
    overdue: int
    quarter: Quarter
    reports: int


def stale(*, today: date) -> Stale:
    """Zeros where there is nothing. Four queries."""
    counts = Project.objects.public().filter(ended_latest__isnull=True).aggregate(projects=Count("pk"), **{
        f"over_{days}": Count("pk", filter=Q(updated_at__lt=end_of_day(today - timedelta(days=days)))) for days in AGES
    })
    old = Project.objects.untouched(since=today - timedelta(days=AGES[0])).order_by("updated_at", "pk")
    quarter = Quarter.before(today)
    return Stale(
        projects=counts["projects"], untouched=tuple((days, counts[f"over_{days}"]) for days in AGES),
        oldest=list(old.only("code", "name", "name_en", "updated_at")[:MOST]),
        overdue=Milestone.objects.public().overdue(today).count(),
        quarter=quarter, reports=Project.objects.report_due(quarter).count(),
    )
