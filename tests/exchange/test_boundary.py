"""The outline that an operator supplies: what is read, and what a wrong file says."""

import logging
import os

import orjson
import pytest

from registry.exchange.boundary import BoundaryUnreadable, boundary, read_boundary

SQUARE = [[106.0, 21.0], [106.5, 21.0, 12.0], [106.5, 21.5], [106.0, 21.0]]
RING = ((21.0, 106.0), (21.0, 106.5), (21.5, 106.5), (21.0, 106.0))


def file_of(tmp_path, content):
    path = tmp_path / "outline.geojson"
    path.write_bytes(content if isinstance(content, bytes) else orjson.dumps(content))
    return path


@pytest.mark.parametrize("shape", [
    {"type": "Polygon", "coordinates": [SQUARE]},
    {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
    {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}},
    {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": None},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}]},
    {"type": "GeometryCollection", "geometries": [
        {"type": "Point", "coordinates": [106.0, 21.0]}, {"type": "Polygon", "coordinates": [SQUARE]}]},
])
def test_every_kind_of_area(tmp_path, shape):
    path = file_of(tmp_path, shape)
    assert read_boundary(path) == (RING,)
    assert boundary(str(path)) == (RING,)


@pytest.mark.parametrize("content", [
    b"", b"<kml/>", b"[]", b"null", b'{"type": "Polygon"}', {"type": "Point", "coordinates": [1, 2]},
    {"type": "Polygon", "coordinates": [[[2360000.0, 590000.0], [1, 2], [3, 4]]]},
    {"type": "Polygon", "coordinates": [[["a", "b"]]]}, {"type": "Polygon", "coordinates": 5},
])
def test_a_wrong_file_says_what_it_should_be_and_the_map_goes_without(tmp_path, content, caplog):
    path = file_of(tmp_path, content)
    with pytest.raises(BoundaryUnreadable, match="GeoJSON"):
        read_boundary(path)
    with caplog.at_level(logging.ERROR):
        assert boundary(str(path)) == ()
    assert "BOUNDARY_FILE" in caplog.text


def test_no_file(tmp_path, caplog):
    assert boundary("") == ()
    assert not caplog.text
    assert boundary(str(tmp_path / "nowhere")) == ()
    assert "BOUNDARY_FILE" in caplog.text


def test_a_new_file_is_read_anew(tmp_path):
    path = file_of(tmp_path, {"type": "Polygon", "coordinates": [SQUARE]})
    assert len(boundary(str(path))) == 1
    path.write_bytes(orjson.dumps({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}))
    os.utime(path, ns=(1, 1))
    assert len(boundary(str(path))) == 2
