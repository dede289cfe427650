"""Which published projects belong to a zone, a sector, a country, an investor; a section has those of its sectors."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from registry.models import Country, Investor, Project, Sector, Stake, Zone
from registry.vocabulary.publication import Publication

HELD = {"until_certificate": None, "project__publication": Publication.PUBLISHED}


def has_projects(model) -> Exists:
    """Of a record of this noun: whether a project belongs to it. An investor may hold any part of it, a country's leads
    it."""
    match model.KIND:
        case Zone.KIND:
            found = Project.objects.public().filter(zone=OuterRef("pk"))
        case Sector.KIND:
            found = Project.objects.public().filter(sector__vsic_version=OuterRef("vsic_version")).filter(
                Q(sector=OuterRef("pk")) | Q(sector__section=OuterRef("vsic_code")))
        case Country.KIND:
            found = Stake.objects.filter(**HELD, lead=True, investor__country=OuterRef("pk"))
        case Investor.KIND:
            found = Stake.objects.filter(**HELD, investor=OuterRef("pk"))
    return Exists(found)


def projects_of(rows: QuerySet) -> QuerySet:
    """The projects under these records, each once: what the capital in their list adds up to. An investor's and a
    country's are those that it leads."""
    rows = rows.order_by()
    leads = Stake.objects.current().filter(project=OuterRef("pk"), lead=True)
    match rows.model.KIND:
        case Zone.KIND:
            belong = Q(zone__in=rows)
        case Sector.KIND:
            same = rows.filter(vsic_version=OuterRef("vsic_version"))
            belong = Q(sector__in=Sector.objects.filter(
                Exists(same.filter(Q(pk=OuterRef("pk")) | Q(vsic_code=OuterRef("section"))))))
        case Country.KIND:
            belong = Q(Exists(leads.filter(investor__country__in=rows)))
        case Investor.KIND:
            belong = Q(Exists(leads.filter(investor__in=rows)))
    return Project.objects.public().filter(belong)
