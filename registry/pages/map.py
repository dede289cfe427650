"""The map: zones by the registered capital of their projects over the points of communes, and the same as a table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.models import AdministrativeUnit, Zone
from registry.models.capital import ZERO
from registry.statistics.capital import capital_by
from registry.statistics.zones import ZoneCapital, zones_with_capital
from registry.vocabulary.zone import Province
from registry.web.revision import by_revision

from . import about
from .list_form import Choice
from .map_colour import COLOURS, SURE, Tint, colouring
from .map_sheet import Shown, shown_on


@dataclass(frozen=True)
class ZoneLine:
    """A zone with its capital; ``tint`` says by what it is coloured, None where by how sure its capital is."""

    capital: ZoneCapital
    tint: Tint | None


@dataclass(frozen=True)
class MapPage:
    """``elsewhere`` are zones of another province, which are not drawn; the sums are of all ``zones``."""

    shown: Shown
    zones: list[ZoneLine]
    elsewhere: list[Zone]
    registered_usd: Decimal
    confirmed_usd: Decimal
    projects: int
    choices: list[Choice]
    error: str


@by_revision
def map_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    word, error = request.GET.get("colour") or SURE, ""
    if word not in COLOURS:
        error = _("Không có giá trị “%(word)s”; hãy chọn một trong: %(words)s.") % {
            "word": word, "words": ", ".join(COLOURS)}
        word = SURE
    return render(request, "registry/map/page.html", {
        "page": read_map(today, word, error), "today": today, "here": "map", "about": about.of_map(),
    }, status=400 if error else 200)


def read_map(today: date, word: str, error: str = "") -> MapPage:
    """At most seven queries."""
    communes = Prefetch("communes", AdministrativeUnit.objects.order_by("code"))
    every = zones_with_capital(Zone.objects.public().prefetch_related(communes), capital_by("zone", as_of=today))
    zones = [each for each in every if each.zone.province == Province.BAC_NINH]
    colours = colouring(word, [each.zone for each in zones], today=today)
    return MapPage(
        shown=shown_on(today, zones, colours), zones=[ZoneLine(each, colours.of(each.zone)) for each in zones],
        elsewhere=[each.zone for each in every if each.zone.province != Province.BAC_NINH],
        registered_usd=sum((each.registered_usd for each in zones), ZERO),
        confirmed_usd=sum((each.confirmed_usd for each in zones), ZERO),
        projects=sum(each.projects for each in zones),
        choices=[Choice(value, str(label), chosen=value == word) for value, label in COLOURS.items()], error=error,
    )
