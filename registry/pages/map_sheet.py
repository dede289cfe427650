"""The map as the first page and the page of the map show it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.exchange.boundary import boundary
from registry.models import Zone
from registry.models.capital import ZERO
from registry.statistics.capital import CapitalTable
from registry.statistics.zones import ZoneCapital, zones_with_capital
from registry.templatetags.register_format import lang_here, name_here
from registry.vocabulary.money import format_short
from registry.vocabulary.zone import Province

from .locator import commune_points
from .map_colour import PLAIN, Colouring, Tint
from .map_drawing import Drawing, Spot, draw

# What every English name of a zone ends with: a map has no room for it.
COMMON_WORDS = " Industrial Park"


@dataclass(frozen=True)
class Shown:
    """``drawing`` is None where nothing has a position. ``with_capital`` of ``zones`` zones have registered capital;
    ``unplaced`` have no position."""

    drawing: Drawing | None
    communes: int
    zones: int
    with_capital: int
    unplaced: int
    colours: Colouring


def small_map(today: date, table: CapitalTable) -> Shown:
    """The map of the first page from the capital by zone. Two queries."""
    zones = Zone.objects.public().filter(province=Province.BAC_NINH)
    return shown_on(today, zones_with_capital(zones, table))


def shown_on(today: date, zones: list[ZoneCapital], colours: Colouring = PLAIN) -> Shown:
    """These zones over the communes in force on ``today``. One query."""
    points = commune_points(today)
    placed = [each for each in zones if _has_position(each.zone)]
    spots = [_spot(each, colours.of(each.zone)) for each in placed]
    return Shown(
        drawing=draw(points, spots, boundary(settings.BOUNDARY_FILE)), communes=len(points), zones=len(zones),
        with_capital=sum(each.registered_usd > 0 for each in zones), unplaced=len(zones) - len(placed), colours=colours,
    )


def _has_position(zone: Zone) -> bool:
    return zone.latitude is not None and zone.longitude is not None


def _spot(each: ZoneCapital, tint: Tint | None) -> Spot:
    """What is coloured by something else does not say how sure its capital is."""
    amount = each.registered_usd
    return Spot(
        code=each.zone.code, latitude=each.zone.latitude, longitude=each.zone.longitude,
        registered_usd=amount, confirmed_usd=ZERO if tint else each.confirmed_usd,
        name=name_here(each.zone).replace(COMMON_WORDS, ""), lang=lang_here(each.zone),
        words=format_short(amount, "USD", get_language()) if amount > 0 else _("chưa có vốn đăng ký"),
        tone=tint.tone if tint else "", told=tint.told if tint else "",
    )
