"""The projects near one project: of the same zone, of the same investor, of the same sector."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.models import Project, Stake
from registry.models.project import ProjectQuerySet

from .some import Some, some

MOST = 6


@dataclass(frozen=True)
class Neighbours:
    """The MOST that came into the register last; ``query`` is the query by which the list of projects gives all of
    them."""

    title: str
    projects: Some
    query: str


def neighbours_of(project: Project) -> list[Neighbours]:
    """Without the groups in which there is nobody else. Reads the stakes; at most three queries."""
    others = Project.objects.public().exclude(pk=project.pk).order_by("-pk")
    groups = [
        (_("Dự án cùng khu"), _zone(project, others)),
        (_("Dự án cùng nhà đầu tư chính"), _investor(project, others)),
        (_("Dự án cùng ngành"), _sector(project, others)),
    ]
    found = [Neighbours(str(title), some(rows, MOST), query) for title, (rows, query) in groups if query]
    return [each for each in found if each.projects]


Asked = tuple[ProjectQuerySet, str]


def _zone(project: Project, others: ProjectQuerySet) -> Asked:
    if project.zone is None or not project.zone.is_public():
        return others, ""
    return others.filter(zone=project.zone_id), f"zone={project.zone.code}"


def _investor(project: Project, others: ProjectQuerySet) -> Asked:
    lead = next((stake.investor for stake in project.stakes.all() if stake.lead), None)
    if lead is None or not lead.is_public():
        return others, ""
    held = Stake.objects.current().filter(investor=lead)
    return others.filter(pk__in=held.values("project")), f"investor={lead.code}"


def _sector(project: Project, others: ProjectQuerySet) -> Asked:
    if project.sector is None:
        return others, ""
    return others.filter(sector=project.sector_id), f"sector={project.sector.code}"
