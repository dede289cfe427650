"""The outline of the province that an operator may supply for the map: a GeoJSON file, read once."""

import logging
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import orjson
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken

log = logging.getLogger(__name__)

# A file of the whole country's communes is a mistake; the province's outline has some thousand points.
MOST_BYTES = 20_000_000

Ring = tuple[tuple[float, float], ...]


class BoundaryUnreadable(RuleBroken):
    code = "boundary-unreadable"
    message = _("Không đọc được tệp ranh giới %(name)s: %(why)s. BOUNDARY_FILE phải là GeoJSON có Polygon hoặc "
                "MultiPolygon, tọa độ là kinh độ rồi vĩ độ (WGS 84).")


def boundary(path: str) -> tuple[Ring, ...]:
    """The rings of the file, (latitude, longitude) each; none where no file is set, or where it cannot be read, which
    the log of the server then says."""
    if not path:
        return ()
    try:
        return _read(path, Path(path).stat().st_mtime_ns)
    except (OSError, BoundaryUnreadable) as error:
        log.error("BOUNDARY_FILE: %s", error)
        return ()


@lru_cache(maxsize=1)
def _read(path: str, _changed: int) -> tuple[Ring, ...]:
    return read_boundary(Path(path))


def read_boundary(path: Path) -> tuple[Ring, ...]:
    """The rings of a file of GeoJSON. Raises BoundaryUnreadable."""
    if path.stat().st_size > MOST_BYTES:
        raise BoundaryUnreadable(name=path.name, why=_("tệp quá lớn"))
    try:
        rings = tuple(_rings(orjson.loads(path.read_bytes())))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise BoundaryUnreadable(name=path.name, why=str(error)) from error
    if not rings:
        raise BoundaryUnreadable(name=path.name, why=_("không có vùng nào"))
    return rings


def _rings(shape: dict) -> Iterator[Ring]:
    kind = shape["type"]
    if kind == "FeatureCollection":
        for feature in shape["features"]:
            yield from _rings(feature)
    elif kind == "Feature":
        if shape["geometry"] is not None:
            yield from _rings(shape["geometry"])
    elif kind == "GeometryCollection":
        for geometry in shape["geometries"]:
            yield from _rings(geometry)
    elif kind in ("Polygon", "MultiPolygon"):
        for polygon in [shape["coordinates"]] if kind == "Polygon" else shape["coordinates"]:
            for ring in polygon:
                yield tuple(_point(longitude, latitude) for longitude, latitude, *_height in ring)


def _point(longitude: float, latitude: float) -> tuple[float, float]:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"({longitude}, {latitude}) is no longitude and latitude")
    return float(latitude), float(longitude)
