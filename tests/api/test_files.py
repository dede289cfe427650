"""Any list of the API as a file: whole, filtered as asked, and able to prove it."""

import csv
import hashlib
import io
from base64 import b64encode

import orjson
import pytest
from openpyxl import load_workbook

from registry.web.listing import LISTINGS
from tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("furnished")]


def file(api, path: str, **parameters):
    answer = api.ask(path, parameters)
    assert answer.status_code == 200, answer.content
    return answer, b"".join(answer.streaming_content)


@pytest.mark.parametrize("path", LISTINGS)
def test_every_list_is_whole(api, path):
    codes = api.codes(f"{path}/", page_size=500)
    _answer, lines = file(api, f"{path}/", format="ndjson")
    _answer, table = file(api, f"{path}/", format="csv")

    assert [orjson.loads(line)["code"] for line in lines.splitlines()] == codes
    assert [row["code"] for row in csv.DictReader(io.StringIO(table.decode("utf-8-sig")))] == codes


def test_filtered_and_in_order_as_the_page(api):
    asked = {"zone": "yen-phong-2c", "ordering": "-registered_usd"}
    _answer, lines = file(api, "projects/", format="ndjson", **asked)

    assert [orjson.loads(line) for line in lines.splitlines()] == api.rows("projects/", **asked)


def test_csv_is_the_file_of_the_page(api, client):
    page = b"".join(client.get("/zones/?format=csv").streaming_content)

    assert file(api, "zones/", format="csv")[1] == page


def test_excel(api):
    _answer, data = file(api, "countries/", format="xlsx")

    assert load_workbook(io.BytesIO(data), read_only=True).active.max_row == 1 + len(api.codes("countries/"))


@pytest.mark.parametrize(("form", "media_type"), [
    ("csv", "text/csv; charset=utf-8"), ("ndjson", "application/x-ndjson"), ("geojson", "application/geo+json"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
])
def test_it_tells_its_length_and_digest(api, form, media_type):
    answer, data = file(api, "zones/", format=form)

    assert answer["Content-Type"] == media_type
    assert answer["Content-Length"] == str(len(data))
    assert answer["Repr-Digest"] == f"sha-256=:{b64encode(hashlib.sha256(data).digest()).decode()}:"
    assert api.ask("zones/", {"format": form}, **{"If-None-Match": answer["ETag"]}).status_code == 304


def test_zones_and_places_on_a_map(api):
    collection = orjson.loads(file(api, "zones/", format="geojson")[1])
    by_code = {each["id"]: each for each in collection["features"]}
    zone = api.get("zones/yen-phong-2c/")

    assert collection["type"] == "FeatureCollection" and collection["count"] == len(by_code)
    assert by_code["yen-phong-2c"]["properties"] == zone
    assert by_code["yen-phong-2c"]["geometry"] == {
        "type": "Point", "coordinates": [zone["position"]["longitude"], zone["position"]["latitude"]]}


def test_a_project_stands_where_its_zone_does_approximately(api):
    placed = build.make_zone(latitude=21.1, longitude=106.0)
    build.make_project(zone=placed, name="SYN có khu")
    build.make_project(name="SYN không khu")
    features = orjson.loads(file(api, "projects/", format="geojson", search="SYN")[1])["features"]
    by_name = {each["properties"]["name"]: each for each in features}

    assert by_name["SYN có khu"]["geometry"]["coordinates"] == [106.0, 21.1]
    assert by_name["SYN có khu"]["properties"]["position"]["approximate"] is True
    assert by_name["SYN không khu"]["geometry"] is None


def test_what_is_refused(api):
    assert api.named("projects/", format="yaml") == ["format"]
    assert api.named("projects/", format=["csv", "xlsx"]) == ["format"]
    assert api.named("sources/", format="geojson") == ["format"]
    assert api.named("projects/", format="csv", page_size="5", count="true") == ["page_size", "count"]
    assert api.named("projects/", format="csv", colour="red") == ["colour"]
    assert api.named("projects/BN-000001/", format="csv") == ["format"]
