"""The list of projects as plain Django REST framework makes it: model serializers of the same fields, related records
fetched beforehand as its manual advises, pages by number. No quota, no filters, no visibility and no tag: less than
the register does.

    gunicorn drf_peer:application     (in bench/, with the register's settings and DATABASE_URL)
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bacninh_fdi.settings")

import django
from django.conf import settings

settings.ROOT_URLCONF, settings.MIDDLEWARE = "drf_peer", []
django.setup()

from django.core.wsgi import get_wsgi_application
from django.db.models import Prefetch
from django.urls import path
from django.utils import timezone
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import CharField, DecimalField, ModelSerializer, SerializerMethodField

from registry.models import (
    AdministrativeUnit,
    CapitalEntry,
    Certificate,
    Country,
    Enterprise,
    Investor,
    Milestone,
    Project,
    Registrar,
    Sector,
    Source,
    Stake,
    Zone,
)

SUMS = ("registered_usd", "confirmed_usd", "intended_usd", "realised_usd", "share_purchase_usd")


def serializer(model_class, *names: str, **more):
    """A model serializer of these columns."""
    meta = type("Meta", (), {"model": model_class, "fields": (*names, *more)})
    return type(f"{model_class.__name__}Serializer", (ModelSerializer,), {"Meta": meta, **more})


class Day(SerializerMethodField):
    """A stated day by its name."""

    def to_representation(self, record):
        stated = getattr(record, self.field_name)
        return stated and {"earliest": stated.earliest, "latest": stated.latest, "label": stated.label,
                           "label_en": stated.label_en}


Coded = {each: serializer(each, "code", "name") for each in (Registrar, Zone, AdministrativeUnit, Source)}
Holder = serializer(Investor, "code", "name", country=serializer(Country, "code")(),
                    parent_country=serializer(Country, "code")())
Part = serializer(Stake, "share_percent", "lead", investor=Holder())
Step = serializer(Milestone, "code", "kind", "reality", happened_on=Day())


class ProjectSerializer(ModelSerializer):
    enterprise = serializer(Enterprise, "code", "name", "tax_code")()
    registrar, zone, place = Coded[Registrar](), Coded[Zone](), Coded[AdministrativeUnit]()
    sector = serializer(Sector, "vsic_version", "vsic_code", "section", "name")()
    licensed_on, expires_on, ended_on = Day(), Day(), Day()
    stakes, milestones = Part(many=True), Step(many=True)
    sources = SerializerMethodField()
    url = CharField(source="code")
    registered_usd, confirmed_usd, intended_usd, realised_usd, share_purchase_usd = (
        DecimalField(max_digits=20, decimal_places=2) for _name in SUMS)

    class Meta:
        model = Project
        fields = ("code", "url", "version", "updated_at", "irc_code", "former_irc_codes", "name", "name_en",
                  "objective", "objective_en", "address", "enterprise", "registrar", "stakes", "zone", "place",
                  "sector", "form", "status", "licensed_on", "expires_on", "ended_on", "land_area_ha",
                  "planned_workers", *SUMS, "milestones", "sources")

    def get_sources(self, project) -> list[dict]:
        rows = (*project.entries.all(), *project.statements.all(), *project.milestones.all(),
                *project.certificates.all(), project)
        found = {row.source.code: row.source for row in rows if row.source}
        return Coded[Source]([found[code] for code in sorted(found)], many=True).data


class Pages(PageNumberPagination):
    page_size, max_page_size, page_size_query_param = 100, 500, "page_size"


class Projects(ListAPIView):
    serializer_class, pagination_class, renderer_classes = ProjectSerializer, Pages, [JSONRenderer]

    def get_queryset(self):
        stakes = Stake.objects.current().order_by("position")
        return Project.objects.public().with_capital(as_of=timezone.localdate()).select_related(
            "enterprise", "registrar", "zone", "place", "sector", "source"
        ).prefetch_related(
            Prefetch("stakes", stakes.select_related("investor__country", "investor__parent_country")),
            Prefetch("entries", CapitalEntry.objects.select_related("source")), "statements__source",
            Prefetch("milestones", Milestone.objects.order_by("number").select_related("source")),
            Prefetch("certificates", Certificate.objects.public().select_related("source")),
        ).order_by("pk")


urlpatterns = [path("projects/", Projects.as_view())]
application = get_wsgi_application()
