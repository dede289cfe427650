"""What no program should send: 400 or 431 with a problem, never a fault, never slow."""

from time import perf_counter

import pytest
from django.urls import reverse

from registry.api.openapi import schema_in_full
from registry.web.listing import LISTINGS
from tests import build

pytestmark = pytest.mark.django_db

PATHS = schema_in_full("http://testserver/api/v1/")["paths"]
WHOLE = [(path, each["name"]) for path, methods in PATHS.items()
         for each in methods["get"]["parameters"] if each["schema"].get("type") == "integer"]
# Every address with a query of its own: lists, statistics, the feed.
QUERIES = {path.lstrip("/"): [each for each in methods["get"]["parameters"] if each["in"] == "query"]
           for path, methods in PATHS.items() if "{" not in path and methods["get"]["parameters"]}
EXPANDING = {
    "projects": "zone", "zones": "parent", "investors": "parent", "registrars": "successor",
    "zone-observations": "zone", "places": "parent", "certificates": "project", "capital-entries": "project",
    "milestones": "project", "statements": "source", "policies": "source", "engagements": "project",
    "opportunities": "zone",
}
SLOW_SECONDS = 3  # on a busy machine; each takes some milliseconds


def refused(client, address: str, *, statuses=(400,), **headers) -> dict:
    begun = perf_counter()
    answer = client.get(f"/api/v1/{address}", headers=headers)
    assert perf_counter() - begun < SLOW_SECONDS
    assert answer.status_code in statuses, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


@pytest.mark.parametrize("path, name", WHOLE)
@pytest.mark.parametrize("number", [2**63, 2**64, -(2**63) - 1, 10**400, "1e9", "٣", "0x10", "1_000"])
def test_integers_beyond_what_a_database_holds(client, path, name, number):
    if "{" not in path:
        assert name in str(refused(client, f"{path.lstrip('/')}?{name}={number}"))


@pytest.mark.parametrize("code", [2**63, 10**400, -1, "1e9", "٣"])
@pytest.mark.parametrize("path", LISTINGS)
def test_a_code_that_is_a_number_beyond(client, path, code):
    refused(client, f"{path}/{code}/", statuses=(404, 400))


@pytest.mark.parametrize("path", LISTINGS)
@pytest.mark.parametrize("text", ["%00", "a%00b", "%ED%A0%80", "%ED%B0%80x", "%FF%FE", "%F4%90%80%80", "%C0%80"])
def test_nul_and_what_is_no_text(client, path, text):
    """A lone surrogate, half a character, a character beyond the last: nobody has such a code."""
    for name in ("cursor", "ordering", "fields", "expand", "updated_after", "page_size", "count"):
        refused(client, f"{path}/?{name}={text}")
    refused(client, f"{path}/{text}/", statuses=(404, 400))
    answer = client.get(f"/api/v1/{path}/?search={text}")
    assert answer.status_code == 400


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("text", ["%ED%A0%80", "9" * 400], ids=["half a character", "a long number"])
def test_every_parameter_of_every_address(client, path, text):
    """What is no text, and a number beyond any column: named where the parameter takes only some words, numbers or
    days; what is searched for, or a code that nobody has, is never a fault."""
    for parameter in QUERIES[path]:
        schema = parameter["schema"].get("items", parameter["schema"])
        free = not schema.keys() & {"enum", "format", "minimum"} and "pattern" not in schema
        address = f"{path}?{parameter['name']}={text}"
        if free and parameter["name"] != "cursor":
            assert client.get(f"/api/v1/{address}").status_code in (200, 400), address
        else:
            assert parameter["name"] in [each["pointer"] for each in refused(client, address)["errors"]]


@pytest.mark.parametrize("path", QUERIES)
def test_nul_many_and_long_at_every_address(client, path):
    refused(client, f"{path}?search=%00")
    refused(client, f"{path}?a%00=1")
    refused(client, f"{path}?" + "&".join(f"p{number}=1" for number in range(1000)))
    for parameter in QUERIES[path]:
        if not parameter.get("explode") and parameter.get("style") != "form":
            refused(client, f"{path}?" + "&".join([f"{parameter['name']}=1"] * 900))
    refused(client, path, statuses=(431,), Referer="x" * 65_536)


def test_those_are_all_that_expand():
    taking = {path.rstrip("/") for path, several in QUERIES.items() if "expand" in {each["name"] for each in several}}
    assert taking == set(EXPANDING)


@pytest.mark.parametrize("path", EXPANDING)
@pytest.mark.parametrize("deep", [4, 100, 1000])
def test_deep_expansion_of_every_list(client, path, deep):
    refused(client, f"{path}/?expand=" + ".".join([EXPANDING[path]] * deep))
    refused(client, f"{path}/?expand=" + ",".join(f"{EXPANDING[path]}.x{number}" for number in range(deep)))


@pytest.mark.parametrize("address", [
    "projects/?expand=" + ".".join(["zone"] * 100),
    "zones/?expand=" + ".".join(["parent"] * 100),
    "zones/?expand=" + ".".join(["parent"] * 1100),
    "zones/?fields=" + ".".join(["parent"] * 1100),
    "projects/?" + "&".join(["zone=x"] * 1001),
    "projects/?" + "&".join(["page_size=1"] * 900),
    "projects/?" + "&".join(f"p{number}=1" for number in range(1000)),
    "projects/?" + "&".join(["expand=zone"] * 1100),
    "projects/?fields=" + ",".join(f"f{number}" for number in range(1000)),
    "projects/?search=" + "a" * 9000,
])
def test_deep_and_many(client, address):
    problem = refused(client, address)
    assert len(problem["errors"]) <= 1000


@pytest.mark.parametrize("name", ["Accept-Language", "Authorization", "If-None-Match", "X-Request-ID", "Cookie",
                                  "X-Forwarded-For", "User-Agent", "Referer"])
@pytest.mark.parametrize("unit", ["x", "a,", '"', "bnf_", "vi;q=0.1,"])
def test_headers_of_64_kb(client, name, unit):
    refused(client, "zones/?page_size=1", statuses=(431,), **{name: unit * (65_536 // len(unit))})


def test_a_thousand_values_of_one_parameter_that_takes_several(client):
    codes = [build.make_zone().code for _zone in range(3)] * 300
    begun = perf_counter()
    answer = client.get("/api/v1/projects/?" + "&".join(f"zone={code}" for code in codes[:300]))
    assert answer.status_code == 200 and perf_counter() - begun < SLOW_SECONDS


@pytest.mark.parametrize("key", ["\x7f" * 40, "bnf_" + "\xe9" * 12 + "." + "x" * 43,
                                 "bnf_" + "0" * 12 + "." + "x" * 9000, "bnf_" * 1000])
def test_keys_that_are_none(client, key):
    assert refused(client, "zones/", statuses=(401,), Authorization=f"Bearer {key}")["code"] == "authentication-failed"


def test_a_key_that_is_none_on_the_page(client):
    for key in ("\0", "x" * 100_000, "bnf_\ud800", ["a", "b"]):
        data = {"key": key if isinstance(key, list) else key.encode("utf-8", "surrogatepass")}
        answer = client.post(reverse("api-key-page"), data)
        assert answer.status_code in (400, 401)
