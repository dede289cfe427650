"""A map as geometry: points of communes, circles of zones, labels that do not overlap, a scale. No text is translated
and nothing is read here. Unit: the drawing's own, of which it is ``WIDTH`` wide; days and money play no part but for
areas. What templates draw is text with one decimal, which no locale touches."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, hypot, radians, sqrt

WIDTH, MARGIN, FOOT = 720.0, 40.0, 40.0
KM_PER_DEGREE = 111.195  # of a great circle of the mean Earth

LARGEST, SMALLEST, HOLLOW = 36.0, 5.0, 4.5  # radii: the most capital, any capital, none
NEAR = 0.8
ROUND_KM = (50, 20, 10, 5, 2, 1)

MOST_LABELS = 4
# Labels are placed at the size at which a phone shows them; wider screens show them smaller.
FONT, LETTER, GAP = 18.0, 0.56, 6.0


@dataclass(frozen=True)
class Point:
    """A commune's middle; ``old`` is its province before July 2025."""

    latitude: float
    longitude: float
    old: str | None = None


@dataclass(frozen=True)
class Spot:
    """A zone to draw. ``name`` and ``words`` label it, ``lang`` where the name is not in the page's language; ``tone``
    colours it, and ``told`` says the same in words."""

    code: str
    latitude: float
    longitude: float
    registered_usd: Decimal
    confirmed_usd: Decimal
    name: str
    words: str
    lang: str = ""
    tone: str = ""
    told: str = ""


@dataclass(frozen=True)
class Circle:
    """``sure`` is the radius of the part on certificates, empty where there is none. ``name_x`` and ``anchor`` place
    the name that appears when the zone is pointed at."""

    spot: Spot
    x: str
    y: str
    radius: str
    sure: str
    name_x: str
    anchor: str

    @property
    def is_hollow(self) -> bool:
        return self.spot.registered_usd <= 0


@dataclass(frozen=True)
class Label:
    spot: Spot
    x: str
    y: str
    below_y: str
    anchor: str


@dataclass(frozen=True)
class Scale:
    km: int
    x: str
    end: str
    y: str


@dataclass(frozen=True)
class Drawing:
    """``dots`` is one path of points for each old province; ``outline`` is the path of the boundary, empty where none
    is known. ``crops``: every zone lies in the western square, so that a narrow screen may show that alone, larger."""

    width: str
    height: str
    dots: tuple[tuple[str, str], ...]
    circles: tuple[Circle, ...]
    labels: tuple[Label, ...]
    scale: Scale
    crops: bool
    outline: str = ""


@dataclass(frozen=True)
class Projection:
    """Equirectangular, with the cosine of the middle latitude, so that a kilometre is as long both ways."""

    west: float
    north: float
    per_degree: float
    cosine: float
    height: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        return (MARGIN + (longitude - self.west) * self.cosine * self.per_degree,
                MARGIN + (self.north - latitude) * self.per_degree)

    @property
    def per_km(self) -> float:
        return self.per_degree / KM_PER_DEGREE


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)

    def meets_circle(self, circle: "_Placed") -> bool:
        x = min(max(circle.x, self.left), self.right)
        y = min(max(circle.y, self.top), self.bottom)
        return hypot(circle.x - x, circle.y - y) < circle.radius

    def within(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True)
class _Placed:
    spot: Spot
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class _Way:
    """Where a label may stand; ``covers`` so many hollow circles."""

    box: Box
    label: Label
    covers: int


def draw(points: Sequence[Point], spots: Sequence[Spot], rings: Sequence[Sequence[tuple[float, float]]] = (),
         ) -> Drawing | None:
    """The map of these communes and zones, larger zones underneath, within the rings of a boundary; None where there is
    nothing to draw."""
    if not points and not spots:
        return None
    places = [(each.latitude, each.longitude) for each in (*points, *spots)]
    projection = projection_of([*places, *(place for ring in rings for place in ring)])
    most = max((spot.registered_usd for spot in spots), default=Decimal(0))
    placed = [
        _Placed(spot, *projection.at(spot.latitude, spot.longitude), radius_of(spot.registered_usd, most))
        for spot in sorted(spots, key=lambda spot: (-spot.registered_usd, spot.code))
    ]
    crops = all(each.x + each.radius <= projection.height for each in placed)
    room = projection.height if crops else WIDTH
    return Drawing(
        width=_text(WIDTH), height=_text(projection.height),
        dots=tuple((old, _dots(points, old, projection)) for old in sorted({point.old or "" for point in points})),
        circles=tuple(_circle(each, most, room) for each in placed),
        labels=tuple(_labels(placed, room, projection.height)),
        scale=scale_of(projection), crops=crops, outline="".join(_outline(ring, projection) for ring in rings),
    )


def projection_of(places: Sequence[tuple[float, float]]) -> Projection:
    """The projection that fits these places between the margins."""
    south, north = min(place[0] for place in places), max(place[0] for place in places)
    west, east = min(place[1] for place in places), max(place[1] for place in places)
    cosine = cos(radians((south + north) / 2))
    span = (east - west) * cosine or (north - south) or 1.0
    per_degree = (WIDTH - 2 * MARGIN) / span
    height = (north - south) * per_degree + 2 * MARGIN + FOOT
    return Projection(west=west, north=north, per_degree=per_degree, cosine=cosine, height=height)


def radius_of(amount: Decimal, most: Decimal) -> float:
    """The area grows with the amount; a small one is still seen, none is a small hollow circle."""
    if amount <= 0:
        return HOLLOW
    return max(LARGEST * sqrt(amount / most), SMALLEST)


def scale_of(projection: Projection) -> Scale:
    """A bar of a round number of kilometres, at most a quarter of the drawing wide."""
    km = next((km for km in ROUND_KM if km * projection.per_km <= WIDTH / 4), ROUND_KM[-1])
    return Scale(km=km, x=_text(MARGIN / 2), end=_text(MARGIN / 2 + km * projection.per_km),
                 y=_text(projection.height - MARGIN / 2))


def _dots(points: Sequence[Point], old: str, projection: Projection) -> str:
    places = sorted(projection.at(point.latitude, point.longitude) for point in points if (point.old or "") == old)
    return "".join(f"M{_text(x)} {_text(y)}h0" for x, y in places)


def _outline(ring: Sequence[tuple[float, float]], projection: Projection) -> str:
    """The path of a ring; points that lie closer together than a reader sees are left out."""
    kept: list[tuple[float, float]] = []
    for x, y in (projection.at(*place) for place in ring):
        if not kept or hypot(x - kept[-1][0], y - kept[-1][1]) >= NEAR:
            kept.append((x, y))
    return "M" + "L".join(f"{_text(x)} {_text(y)}" for x, y in kept) + "Z" if len(kept) > 2 else ""


def _circle(placed: _Placed, most: Decimal, room: float) -> Circle:
    spot, at_end = placed.spot, placed.x > room / 2
    sure = max(Decimal(0), min(spot.confirmed_usd, spot.registered_usd))
    return Circle(
        spot=spot, x=_text(placed.x), y=_text(placed.y), radius=_text(placed.radius),
        sure=_text(placed.radius * sqrt(sure / spot.registered_usd)) if sure else "",
        name_x=_text(placed.x + (-1 if at_end else 1) * (placed.radius + GAP)), anchor="end" if at_end else "start",
    )


def _labels(placed: Sequence[_Placed], room: float, height: float) -> list[Label]:
    """The largest zones with capital: as many labels as have room, none over another or over a circle with capital,
    over as few hollow ones as can be."""
    with_capital = [each for each in placed if each.spot.registered_usd > 0]
    hollow = [each for each in placed if each.spot.registered_usd <= 0]
    ways = [
        [_Way(box, label, sum(map(box.meets_circle, hollow))) for box, label in _beside(each)
         if box.within(room, height) and not any(map(box.meets_circle, with_capital))]
        for each in with_capital[:MOST_LABELS]
    ]
    return [way.label for way in _best(ways, [])]


def _best(ways: Sequence[list[_Way]], taken: list[_Way]) -> list[_Way]:
    """The most labels that stand together, the earlier ones of ways first."""
    if not ways:
        return taken
    first, *others = ways
    free = [way for way in first if not any(way.box.meets(other.box) for other in taken)]
    found = [*(_best(others, [*taken, way]) for way in free), _best(others, taken)]
    return max(found, key=lambda labels: (len(labels), -sum(way.covers for way in labels)))


def _beside(placed: _Placed) -> list[tuple[Box, Label]]:
    """Where a label of two lines may stand: beside its circle, above or below it, there also from its edge."""
    width = max(len(placed.spot.name), len(placed.spot.words)) * FONT * LETTER
    tall, away = 2.5 * FONT, placed.radius + GAP
    x, y, radius = placed.x, placed.y, placed.radius
    middle, above, below = y - tall / 2, y - away - tall, y + away
    ways = (
        ("start", x + away, x + away, middle), ("end", x - away, x - away - width, middle),
        ("middle", x, x - width / 2, above), ("middle", x, x - width / 2, below),
        ("start", x - radius, x - radius, above), ("start", x - radius, x - radius, below),
        ("end", x + radius, x + radius - width, above), ("end", x + radius, x + radius - width, below),
    )
    return [
        (Box(left, top, left + width, top + tall),
         Label(placed.spot, _text(at), _text(top + FONT), _text(top + 2.2 * FONT), anchor))
        for anchor, at, left, top in ways
    ]


def _text(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
