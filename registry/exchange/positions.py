"""Records as features on a map: where each is, and how surely."""

from collections.abc import Callable, Iterable, Iterator

from registry.exchange.documents import Context
from registry.models import Zone

HAVE_THEIR_OWN = ("zones", "places")
BY_THEIR_ZONE = ("projects",)
POSITIONED = (*HAVE_THEIR_OWN, *BY_THEIR_ZONE)
BASIS = "zone"


def positions_for(path: str, context: Context) -> Callable[[dict], dict | None]:
    """How a document of this list has its position. A project stands where its zone does, approximately. One query for
    projects, none for others."""
    if path in HAVE_THEIR_OWN:
        return lambda document: document["position"]
    placed = context.rows(Zone).filter(latitude__isnull=False).values_list("code", "latitude", "longitude")
    zones = {code: {"latitude": latitude, "longitude": longitude, "approximate": True, "basis": BASIS}
             for code, latitude, longitude in placed}
    return lambda document: zones.get(document["zone"]["code"]) if document["zone"] else None


def features_of(documents: Iterable[dict], position_of: Callable[[dict], dict | None]) -> Iterator[dict]:
    """Each document as a GeoJSON feature, without a geometry where nobody knows where it is."""
    for document in documents:
        position = position_of(document)
        yield {
            "type": "Feature", "id": document["code"],
            "geometry": position and {"type": "Point", "coordinates": [position["longitude"], position["latitude"]]},
            "properties": {**document, "position": position},
        }
