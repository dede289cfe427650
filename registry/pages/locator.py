"""Where something lies in the province: one mark over the points of the communes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.models import AdministrativeUnit
from registry.vocabulary.place import UnitLevel

from .map_drawing import Circle, Drawing, Point, Spot, draw


@dataclass(frozen=True)
class Locator:
    """``mark`` is where it lies in ``drawing``."""

    drawing: Drawing

    @property
    def mark(self) -> Circle:
        return self.drawing.circles[0]


def locate(latitude: float | None, longitude: float | None, today: date) -> Locator | None:
    """None where nobody has recorded the position. One query, none for no position."""
    if latitude is None or longitude is None:
        return None
    spot = Spot(code="", latitude=latitude, longitude=longitude, registered_usd=Decimal(0), confirmed_usd=Decimal(0),
                name="", words="")
    return Locator(draw(commune_points(today), [spot]))


def commune_points(today: date) -> list[Point]:
    """The middles of the communes in force. One query."""
    communes = AdministrativeUnit.objects.in_force(today).filter(
        level=UnitLevel.COMMUNE, latitude__isnull=False, longitude__isnull=False,
    )
    return [Point(*row) for row in communes.order_by("code").values_list("latitude", "longitude", "former_province")]
