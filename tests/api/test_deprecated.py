"""What should no longer be used says so in every answer, in the schema and on the page: nothing does at present."""

from datetime import date, timedelta

import pytest

from registry.api import deprecated, docs, openapi
from registry.api.deprecated import DEPRECATED, LEAST_DAYS, Deprecated

pytestmark = pytest.mark.django_db

LINK = '<http://testserver/api/docs/#deprecated>; rel="deprecation"; type="text/html"'
ONE_ZONE = Deprecated("/zones/{code}/", date(2027, 1, 1), "zones/", sunset=date(2028, 7, 1))
SEARCH = Deprecated("/zones/", date(2027, 2, 1), "ordering", "search")
COUNT = Deprecated("/zones/", date(2026, 12, 1), "page_size", "count", sunset=date(2028, 1, 1))


@pytest.fixture
def table(monkeypatch):
    """Real addresses and parameters, as if they were deprecated."""
    found = (ONE_ZONE, SEARCH, COUNT)
    for module in (deprecated, docs, openapi):
        monkeypatch.setattr(module, "DEPRECATED", found)
    return found


def told(answer) -> tuple:
    return tuple(answer.get(name) for name in ("Deprecation", "Sunset", "Link"))


def test_at_present_nothing_is(api):
    assert DEPRECATED == ()
    assert told(api.ask("zones/yen-phong-1/")) == (None, None, None)
    assert "deprecated" not in str(api.get("openapi.json"))
    assert "Hiện chưa có gì như vậy." in api.client.get("/api/docs/").content.decode()


def test_each_is_in_the_schema_and_has_its_time():
    for each in DEPRECATED:
        operation = openapi.schema_in_full("http://testserver/api/v1/")["paths"][each.path]["get"]
        assert not each.parameter or each.parameter in [found["name"] for found in operation["parameters"]]
        assert each.sunset is None or each.sunset - each.since >= timedelta(days=LEAST_DAYS)


@pytest.mark.parametrize(("path", "headers", "status"), [
    ("zones/yen-phong-1/", {}, 200), ("zones/nowhere/", {}, 404), ("zones/yen-phong-1/?colour=red", {}, 400),
    ("zones/yen-phong-1/", {"Authorization": "Bearer x"}, 401),
])
def test_an_address(api, table, path, headers, status):
    answer = api.ask(path, **headers)

    assert answer.status_code == status
    assert told(answer) == ("@1798761600", "Sat, 01 Jul 2028 00:00:00 GMT", LINK)


def test_also_where_nothing_has_changed(api, table):
    again = api.ask("zones/yen-phong-1/", **{"If-None-Match": api.ask("zones/yen-phong-1/")["ETag"]})

    assert again.status_code == 304
    assert told(again)[0] == "@1798761600"


def test_a_parameter_where_it_is_used(api, table):
    assert told(api.ask("zones/", {"code": "x"}))[0] is None
    assert told(api.ask("zones/"))[:2] == (None, None)
    assert told(api.ask("zones/", {"search": "yên phong"})) == ("@1801440000", None, LINK)
    assert told(api.ask("places/", {"search": "yên phong"}))[0] is None


def test_of_several_the_earliest_days_and_beside_the_next_page(api, table):
    answer = api.ask("zones/", {"search": "khu", "count": "true", "page_size": 1})

    assert told(answer)[:2] == ("@1796083200", "Sat, 01 Jan 2028 00:00:00 GMT")
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next", {LINK}'


def test_in_the_schema(table):
    paths = openapi.schema_in_full("http://testserver/api/v1/")["paths"]
    zones = {each["name"]: each for each in paths["/zones/"]["get"]["parameters"]}

    assert paths["/zones/{code}/"]["get"]["deprecated"] is True
    assert zones["search"]["deprecated"] is True
    assert "Không nên dùng từ 01/02/2027; hãy dùng ordering." in zones["search"]["description"]
    assert "deprecated" not in zones["ordering"] and "deprecated" not in paths["/zones/"]["get"]
    assert "deprecated" not in str(paths["/places/"])


def test_on_the_page(client, table):
    section = client.get("/api/docs/").content.decode().partition('id="deprecated"')[2].partition("<h2")[0]

    assert "<code>/zones/{code}/</code>: Không nên dùng từ 01/01/2027; hãy dùng zones/." in section
    assert "Có thể không còn từ 01/07/2028." in section
    assert "<code>/zones/</code> <code>search</code>" in section
