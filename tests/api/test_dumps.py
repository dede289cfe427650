"""Dumps as a partner finds and fetches them."""

import hashlib
from base64 import b64encode

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator

from registry.api.openapi import schema_in_full
from registry.exchange.dump.publish import publish_dump
from tests import build

pytestmark = pytest.mark.django_db
BASE = "http://testserver/api/v1/"


@pytest.fixture(autouse=True)
def of_this_test(settings, tmp_path):
    settings.DUMPS_DIR = str(tmp_path / "dumps")


@pytest.fixture
def published() -> str:
    build.make_project()
    return publish_dump(base=BASE, at=timezone.now()).name


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_none_yet(client):
    assert client.get("/api/v1/dumps/").json() == {"results": [], "next": None}
    assert client.get("/data/dumps/latest/datapackage.json").status_code == 404
    gone = client.get("/api/v1/changes/?after=99999999")
    assert gone.status_code == 410 and gone.json()["dump"] is None


def test_it_is_told(client, published):
    answer = client.get("/api/v1/dumps/").json()
    told, = answer["results"]
    projects = next(each for each in told["files"] if each["name"] == "projects-ndjson")
    said = schema_in_full(BASE)["paths"]["/dumps/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator(said).validate(answer)

    assert told["name"] == published and told["latest"]
    assert told["url"] == f"http://testserver/data/dumps/{published}/datapackage.json"
    assert projects["rows"] == 1
    data = body(client.get(projects["url"]))
    assert (projects["bytes"], projects["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert client.get("/api/v1/changes/?after=99999999").json()["dump"] == told["url"]


def test_the_tag_follows_the_dumps(client, published):
    tag = client.get("/api/v1/dumps/")["ETag"]
    assert client.get("/api/v1/dumps/", headers={"If-None-Match": tag}).status_code == 304
    build.make_investor()
    publish_dump(base=BASE, at=timezone.now())
    assert client.get("/api/v1/dumps/", headers={"If-None-Match": tag}).status_code == 200


def test_the_tag_follows_a_dump_that_is_replaced(client, published):
    tag = client.get("/api/v1/dumps/")["ETag"]
    file = client.get(f"/data/dumps/{published}/projects.ndjson")
    body(file)
    publish_dump(base="https://fdi.example.vn/api/v1/", at=timezone.now())

    assert client.get("/api/v1/dumps/", headers={"If-None-Match": tag}).status_code == 200
    now = client.get(f"/data/dumps/{published}/projects.ndjson", headers={"If-None-Match": file["ETag"]})
    assert now.status_code == 200
    body(now)
    assert "no-cache" in now["Cache-Control"]


def test_a_file_says_what_is_whole(client, published):
    address = f"/data/dumps/{published}/zones.ndjson"
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    data = body(answer)
    digest = hashlib.sha256(data)

    assert answer["Content-Length"] == str(len(data))
    assert answer["Repr-Digest"] == f"sha-256=:{b64encode(digest.digest()).decode()}:"
    assert answer["ETag"] == f'"{digest.hexdigest()}"'
    assert "Content-Encoding" not in answer
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    head = client.head(address)
    head.close()
    assert head["Content-Length"] == str(len(data))


@pytest.mark.parametrize(("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=10-", 10, None),
                                                      ("bytes=-5", -5, None)])
def test_a_download_goes_on_where_it_broke_off(client, published, asked, first, last):
    address = f"/data/dumps/{published}/countries.csv"
    whole = body(client.get(address))
    part = client.get(address, headers={"Range": asked})
    expected = whole[first:] if last is None else whole[first:last + 1]

    assert part.status_code == 206
    assert body(part) == expected
    begins = len(whole) + first if first < 0 else first
    assert part["Content-Range"] == f"bytes {begins}-{begins + len(expected) - 1}/{len(whole)}"
    assert body(client.get(address, headers={"Range": asked, "If-Range": '"another"'})) == whole


def test_a_range_beyond_the_end(client, published):
    answer = client.get(f"/data/dumps/{published}/countries.csv", headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416
    for odd in ("bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4"):
        answer = client.get(f"/data/dumps/{published}/countries.csv", headers={"Range": odd})
        assert (answer.status_code, len(body(answer))) == (200, int(answer["Content-Length"]))


def test_the_latest_leads_to_the_newest(client, published):
    answer = client.get("/data/dumps/latest/datapackage.json")
    assert answer.status_code == 302
    assert answer["Location"] == f"/data/dumps/{published}/datapackage.json"


@pytest.mark.parametrize("path", ["latest/.lock", "{}/nothing.csv", "{}/%2e%2e", ".lock/x", "2020-01-01-1/zones.csv"])
def test_nothing_else_is_served(client, published, path):
    response = client.get(f"/data/dumps/{path.format(published)}", follow=True)
    assert response.status_code == 404


def test_programs_and_people_find_them(client, published):
    assert "/api/v1/dumps/" in client.get("/data/").content.decode()
    sets = client.get("/catalog.jsonld").json()["dcat:dataset"]
    assert any(each["dcterms:identifier"] == "dumps" for each in sets)
    assert client.get("/api/v1/").json()["resources"]["dumps"] == "http://testserver/api/v1/dumps/"
