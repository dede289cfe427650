"""Which published projects belong to a zone, a sector, a country, an investor; a section has those of its sectors."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from registry.models import Country, Investor, Project, Sector, Stake, Zone
from registry.vocabulary.publication import Publication


def has_projects(model) -> Q:
    """Of a record of this noun: whether a project belongs to it. An investor may hold any part of it, a country's leads
    it."""
    held = Stake.objects.current().filter(project__publication=Publication.PUBLISHED)
    match model.KIND:
        case Zone.KIND:
            return Q(pk__in=_some(Project.objects.public(), "zone"))
        case Sector.KIND:
            used = Sector.objects.filter(pk__in=_some(Project.objects.public(), "sector"))
            return Q(pk__in=used.values("pk")) | Q(Exists(used.filter(
                vsic_version=OuterRef("vsic_version"), section=OuterRef("vsic_code"))))
        case Country.KIND:
            return Q(pk__in=_some(held.filter(lead=True), "investor__country"))
        case Investor.KIND:
            return Q(pk__in=_some(held, "investor"))


def _some(rows: QuerySet, column: str) -> QuerySet:
    """What stands in the column: without nulls, beside which nothing would be outside of it."""
    return rows.filter(**{f"{column}__isnull": False}).values(column)


def projects_under(rows: QuerySet) -> QuerySet:
    """The projects under these records, each once: what the capital in their list adds up to. An investor's and a
    country's are those that it leads."""
    rows = rows.order_by()
    leads = Stake.objects.current().filter(lead=True)
    match rows.model.KIND:
        case Zone.KIND:
            belong = Q(zone__in=rows)
        case Sector.KIND:
            same = rows.filter(vsic_version=OuterRef("vsic_version"))
            belong = Q(sector__in=Sector.objects.filter(
                Exists(same.filter(Q(pk=OuterRef("pk")) | Q(vsic_code=OuterRef("section"))))))
        case Country.KIND:
            belong = Q(pk__in=leads.filter(investor__country__in=rows).values("project"))
        case Investor.KIND:
            belong = Q(pk__in=leads.filter(investor__in=rows).values("project"))
    return Project.objects.public().filter(belong)
