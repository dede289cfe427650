"""The OpenAPI schema says what the API does: no more, no less, nothing else."""

import orjson
import pytest
from django.utils import translation
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from registry.api.changes import FeedParameters
from registry.api.openapi import schema_in_full
from registry.api.statistics import CapitalParameters, FlowParameters, FormParameters
from registry.exchange.documents import DOCUMENTS
from registry.exchange.documents.nested import LINKS
from registry.vocabulary.definition import DEFINED
from registry.web.cell import CapitalCell, FlowCell
from registry.web.listing import LISTINGS
from registry.web.parameters import SeveralField
from tests import build
from tests.api.additive import inlined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("furnished")]

DOCUMENT = schema_in_full("http://testserver/api/v1/")
PATHS = DOCUMENT["paths"]
SHAPING = {"fields", "expand"}
NEEDED = {
    "/statistics/capital/": {"by": "zone"},
    "/statistics/flows/": {"by": "zone", "from": "2024-01-01", "to": "2024-12-31"},
    "/statistics/capital/rows/": {"by": "zone", "of": "registered_usd"},
    "/statistics/flows/rows/": {"by": "zone", "of": "new_usd", "from": "2024-01-01", "to": "2024-12-31"},
    "/statistics/a-iv-1/": {"year": "2024", "quarter": "3"},
}
# A good value of each parameter whose schema does not tell one; by name, or by path and name.
GOOD = {
    "zone": "yen-phong-2c", "country": "KR", "parent_country": "JP", "sector": "26", "registrar": "REG-000001",
    "place": "27-2025", "source": "SRC-000001", "project": "BN-000001", "investor": "INV-000001",
    "enterprise": "ENT-000001", "buyer": "INV-000001", "lead": "INV-000001", "irc_code": "2300000000",
    "tax_code": "2300000011",
    "official_code": "27", "section": "C", "reference": "F001", "attribute": "home_country", "search": "nhà máy",
    "publisher": "none",
    "fields": "code", "expand": "source",
    **dict.fromkeys([("/projects/", "expand"), ("/projects/{code}/", "expand")], "zone,investors.country"),
    **{(f"/{path}/{end}", "expand"): name for end in ("", "{code}/") for path, name in (
        ("investors", "parent"), ("registrars", "successor"), ("zones", "parent"), ("places", "successor"))},
    **{(f"/statistics/{table}/rows/", name): "yen-phong-2c"
       for table in ("capital", "flows") for name in ("key", "but")},
    "decided_in": "2024-Q3",
    ("/zones/", "parent"): "yen-phong-1", ("/investors/", "parent"): "INV-000001", ("/places/", "parent"): "24",
}


def parameters_of(path: str) -> list[dict]:
    """Those of a page: what is asked for as a file stands in ``test_files``."""
    return [each for each in PATHS[path]["get"]["parameters"] if each["in"] == "query" and each["name"] != "format"]


def good_values(path: str, parameter: dict) -> list[str]:
    name, schema = parameter["name"], parameter["schema"]
    schema = schema.get("items", schema)
    if "enum" in schema:
        return schema["enum"]
    if "minimum" in schema:
        return [str(schema["minimum"])]
    if schema.get("format"):
        return {"date": ["2024-06-30"], "date-time": ["2024-06-30T00:00:00Z"]}[schema["format"]]
    if "pattern" in schema and name not in GOOD:
        return ["0", "-1.50", "1600000000.00"]
    found = GOOD.get((path, name), GOOD.get(name))
    return [found] if found else []


def one_row(path: str) -> dict:
    """What keeps an answer short, where the path takes it."""
    return {"page_size": 1} if any(each["name"] == "page_size" for each in parameters_of(path)) else {}


@pytest.fixture
def ask(api, furnished_codes):
    def answer(path: str, **parameters) -> dict:
        if path == "/key/":
            return api.ask("key/", None, Authorization=f"Bearer {build.issue_key()[1]}").json()
        return api.get(path.lstrip("/").format(code=furnished_codes(path)), **NEEDED.get(path, {}) | parameters)

    return answer


@pytest.fixture
def furnished_codes(api):
    return lambda path: api.get(f"{path.split('/')[1]}/", **one_row(f"/{path.split('/')[1]}/"))["results"][0][
        "code"] if "{" in path else ""


class TestDocument:
    def test_it_is_openapi_3_1(self, api):
        document = api.get("openapi.json")
        assert document["openapi"] == "3.1.0"
        OpenAPIV31SpecValidator(document).validate()
        assert document["servers"] == [{"url": "http://testserver/api/v1"}]

    def test_every_shape_is_a_schema(self, api):
        for each in api.get("openapi.json")["components"]["schemas"].values():
            Draft202012Validator.check_schema(each)

    def test_every_figure_of_a_table_has_its_definition(self):
        for path in ("/statistics/capital/", "/statistics/flows/"):
            answer = PATHS[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            row = answer["properties"]["total"]["properties"]
            for name in row.keys() - {"key", "name", "name_en"}:
                assert str(DEFINED[name].text) in row[name]["description"], name

    def test_a_record_says_when_it_was_updated_and_a_list_how_many_it_has(self):
        project = DOCUMENT["components"]["schemas"]["Project"]["properties"]
        assert project["updated_at"]["description"] == str(DEFINED["updated_at"].text)
        assert project["capital"]["properties"]["registered_usd"]["description"].startswith(
            str(DEFINED["registered_usd"].text))
        page = PATHS["/projects/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert page["properties"]["count"]["description"] == str(DEFINED["count"].text)

    def test_it_takes_no_parameter(self, api):
        assert api.named("openapi.json", format="yaml") == ["format"]

    def test_every_list_and_detail_is_there(self):
        expected = {"/", "/openapi.json", "/changes/", "/dumps/", "/publications/", "/publications/{code}/",
                    "/statistics/capital/", "/statistics/flows/", "/statistics/a-iv-1/", "/statistics/coverage/",
                    "/statistics/capital/rows/", "/statistics/flows/rows/", "/statistics/indicators/", "/key/"}
        for path in LISTINGS:
            expected |= {f"/{path}/", f"/{path}/{{code}}/"}
        assert set(PATHS) == expected
        assert {method for each in PATHS.values() for method in each} == {"get"}

    def test_every_noun_has_its_shape(self):
        # Each whole and in part, the key and the problem.
        assert len(DOCUMENT["components"]["schemas"]) == 2 * len(DOCUMENTS) + 2
        for document in DOCUMENTS.values():
            assert document.schema["additionalProperties"] is False
            assert document.schema["required"] == list(document.schema["properties"])

    def test_the_root_names_every_resource(self, api):
        root = api.get("")
        assert root["openapi"] == "http://testserver/api/v1/openapi.json"
        assert root["docs"] == "http://testserver/api/docs/"
        assert set(root["resources"]) == {path.strip("/") for path in PATHS if "{" not in path} - {"", "openapi.json"}
        for name, address in root["resources"].items():
            assert address == f"http://testserver/api/v1/{name}/"
            if name == "key":
                continue
            api.get(f"{name}/", **NEEDED.get(f"/{name}/", {}))
        assert api.named("", colour="red") == ["colour"]


class TestAnswers:
    @pytest.mark.parametrize("path", PATHS)
    def test_every_answer_keeps_to_the_schema(self, ask, schema, path):
        schema.check(path, ask(path))

    @pytest.mark.parametrize("path", ["/projects/", "/investors/", "/statements/", "/capital-entries/"])
    def test_also_in_english(self, api, schema, path):
        schema.check(path, api.ask(path.lstrip("/"), {"page_size": 500}, **{"Accept-Language": "en"}).json())

    def test_every_problem_keeps_to_the_schema(self, api):
        validator = Draft202012Validator(DOCUMENT["components"]["schemas"]["Problem"])
        for path, status in (("projects/?a=b", 400), ("projects/BN-999999/", 404), ("changes/?after=9999999", 410)):
            validator.validate(api.problem(path, status))

    @pytest.mark.parametrize("path", PATHS)
    def test_every_status_that_it_can_have_is_written_down(self, path):
        written = set(PATHS[path]["get"]["responses"])
        assert {"200", "304", "400", "401", "405", "429"} <= written
        assert ("404" in written) is ("{code}" in path)
        assert ("410" in written) is ("{code}" in path or path == "/changes/")
        assert ("301" in written) is (path.endswith("{code}/") and not path.startswith("/publications/"))

    @pytest.mark.parametrize("path", PATHS)
    def test_every_header_that_tells_a_program_what_to_do_is_written_down(self, path):
        written = {status: set(each.get("headers", ())) for status, each in PATHS[path]["get"]["responses"].items()}
        assert {"ETag", "RateLimit", "RateLimit-Policy"} <= written["200"]
        assert ("Link" in written["200"]) is (path.strip("/") in LISTINGS)
        assert (written["304"], written["401"], written["429"]) == ({"ETag"}, {"WWW-Authenticate"}, {"Retry-After"})
        assert written.get("301", {"Location"}) == {"Location"}

    def test_the_servers_own_refusals_are_told_of(self):
        assert "414" in DOCUMENT["info"]["description"] and "431" in DOCUMENT["info"]["description"]


class TestParameters:
    @pytest.mark.parametrize("path", [path for path in PATHS if parameters_of(path)])
    def test_every_one_that_is_documented_is_taken(self, ask, path):
        for parameter in parameters_of(path):
            values = good_values(path, parameter)
            assert values or parameter["name"] == "cursor", f"{path}: {parameter['name']}"
            for value in values:
                ask(path, **one_row(path) | {parameter["name"]: value})

    @pytest.mark.parametrize("path", [path for path in PATHS if parameters_of(path)])
    def test_several_values_where_it_says_so_and_one_where_it_does_not(self, api, furnished_codes, path):
        address = path.lstrip("/").format(code=furnished_codes(path))
        for parameter in parameters_of(path):
            name, values = parameter["name"], good_values(path, parameter)
            if not values:
                continue
            asked = NEEDED.get(path, {}) | one_row(path) | {name: [values[0], values[-1]]}
            if parameter["schema"]["type"] == "array" and parameter.get("explode") is not None:
                api.get(address, **asked)
            else:
                assert name in api.named(address, **asked)

    @pytest.mark.parametrize("path, filters", [
        *[(f"/{path}/", listing.filters) for path, listing in LISTINGS.items()],
        ("/statistics/capital/", CapitalParameters), ("/statistics/flows/", FlowParameters),
        ("/statistics/capital/rows/", CapitalCell), ("/statistics/flows/rows/", FlowCell),
        ("/statistics/a-iv-1/", FormParameters),
        ("/changes/", FeedParameters),
    ])
    def test_they_are_those_of_the_filter_set(self, path, filters):
        documented = {each["name"]: each for each in parameters_of(path)}
        assert set(documented) - SHAPING == set(filters.base_filters)
        for name, each in filters.base_filters.items():
            assert documented[name]["required"] is each.field.required
            assert (documented[name]["schema"]["type"] == "array") is isinstance(each.field, SeveralField)
            assert documented[name]["description"]

    def test_what_a_detail_takes(self):
        for path in LISTINGS:
            taken = [each["name"] for each in parameters_of(f"/{path}/{{code}}/")]
            assert [name for name in taken if name not in SHAPING] == (
                ["as_of", "known_on"] if path == "projects" else [])
            assert ("expand" in taken) is bool(LINKS.get(LISTINGS[path].kind)) and "fields" in taken


class TestComponents:
    def test_nothing_is_lost_by_what_stands_among_them(self, api):
        """Each reference leads to what stands there in the schema in full."""
        with translation.override("vi"):
            full = orjson.loads(orjson.dumps(schema_in_full("http://testserver/api/v1/")))
        assert inlined(api.get("openapi.json"))["paths"] == inlined(full)["paths"]

    def test_each_is_used(self, api):
        document = api.get("openapi.json")
        text = orjson.dumps(document).decode()
        for kind in ("schemas", "parameters", "responses", "headers"):
            for name in document["components"][kind]:
                assert f'"#/components/{kind}/{name}"' in text, name

    def test_it_does_not_grow_by_what_it_repeats(self, api):
        """Without them it is nearly twice as long."""
        assert len(orjson.dumps(api.get("openapi.json"))) < 220_000
