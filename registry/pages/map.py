"""The map: zones by the registered capital of their projects over the points of communes, and the same as a table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.models import AdministrativeUnit, Zone
from registry.models.capital import ZERO
from registry.statistics.zones import ZoneCapital, zones_with_capital
from registry.vocabulary.zone import Province
from registry.web.revision import by_revision

from . import about
from .map_sheet import Shown, shown_on


@dataclass(frozen=True)
class MapPage:
    """``elsewhere`` are zones of another province, which are not drawn; the sums are of all ``zones``."""

    shown: Shown
    zones: list[ZoneCapital]
    elsewhere: list[Zone]
    registered_usd: Decimal
    confirmed_usd: Decimal
    projects: int


@by_revision
def map_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    return render(request, "registry/map/page.html", {
        "page": read_map(today), "today": today, "here": "map", "about": about.of_map()})


def read_map(today: date) -> MapPage:
    """Three queries."""
    communes = Prefetch("communes", AdministrativeUnit.objects.order_by("code"))
    every = zones_with_capital(Zone.objects.public().prefetch_related(communes), as_of=today)
    zones = [each for each in every if each.zone.province == Province.BAC_NINH]
    return MapPage(
        shown=shown_on(today, zones), zones=zones,
        elsewhere=[each.zone for each in every if each.zone.province != Province.BAC_NINH],
        registered_usd=sum((each.registered_usd for each in zones), ZERO),
        confirmed_usd=sum((each.confirmed_usd for each in zones), ZERO),
        projects=sum(each.projects for each in zones),
    )
