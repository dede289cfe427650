"""The API changes by addition only, and the committed copy of its schema is the one that is served."""

from copy import deepcopy
from pathlib import Path

import orjson
import pytest
from django.utils import translation

from registry.api.laid_out import laid_out
from registry.api.openapi import schema
from tests.api.additive import taken_away

COPY = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
BASE = "https://fdi.example.vn/api/v1/"
RENEW = """docs/openapi.json is not the schema that is served. Where the change only adds, write it anew:
python manage.py shell -c "from tests.api.test_contract_kept import renew; renew()" """


def served() -> dict:
    """The schema in Vietnamese, which no missing translation changes."""
    with translation.override("vi"):
        return orjson.loads(orjson.dumps(schema(BASE)))


def renew() -> None:
    COPY.write_text(f"{laid_out(served())}\n", encoding="utf-8")


def test_the_committed_schema_is_the_one_that_is_served():
    committed = orjson.loads(COPY.read_bytes())

    assert taken_away(committed, served()) == []
    assert committed == served(), RENEW


def change(document: dict, where: str, value) -> dict:
    changed = deepcopy(document)
    *keys, last = where.split("|")
    inside = changed
    for key in keys:
        inside = inside[int(key) if isinstance(inside, list) else key]
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    return changed


OLD = {
    "paths": {"/projects/": {"get": {
        "parameters": [{"in": "query", "name": "page_size", "required": False,
                        "schema": {"type": "integer", "minimum": 1, "maximum": 500}},
                       {"in": "query", "name": "status", "required": False,
                        "schema": {"type": "array", "items": {"type": "string", "enum": ["operating", "building"]}}}],
        "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Project"}}}}},
    }}},
    "components": {"schemas": {"Project": {
        "type": "object", "required": ["code", "zone"], "properties": {
            "code": {"type": "string"},
            "zone": {"oneOf": [{"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
                               {"type": "null"}]},
        }}}},
}
GET, PROJECT = "paths|/projects/|get|", "components|schemas|Project|"


@pytest.mark.parametrize(("where", "value"), [
    ("paths|/zones/", {}), (GET + "summary", "khác"), (PROJECT + "properties|new", {"type": "string"}),
    (PROJECT + "required", ["code", "zone", "new"]), (GET + "parameters|0|schema|maximum", 1000),
    (GET + "parameters|1|schema|items|enum", ["operating", "building", "new"]), (GET + "responses|410", {}),
])
def test_what_adds(where, value):
    assert taken_away(OLD, change(OLD, where, value)) == []


@pytest.mark.parametrize(("where", "value", "told"), [
    ("paths|/projects/", None, "get /projects/ is gone"),
    (GET + "parameters", [], "get /projects/: parameter page_size is gone"),
    (GET + "parameters|0|required", True, "get /projects/: parameter page_size is required now"),
    (GET + "parameters|0|schema|maximum", 100, "get /projects/: parameter page_size: maximum is 100"),
    (GET + "parameters|1|schema|items|enum", ["operating"],
     "get /projects/: parameter status no longer takes building"),
    (GET + "responses|200|content", {}, "get /projects/ 200 application/json is gone"),
    (PROJECT + "properties|code", None, "Project.code is gone"),
    (PROJECT + "properties|code|type", ["string", "null"], "Project.code may be null now"),
    (PROJECT + "required", ["code"], "Project.zone may be missing now"),
    (PROJECT + "properties|zone|oneOf|0|properties|name", None, "Project.zone.name is gone"),
])
def test_what_takes_away(where, value, told):
    assert told in taken_away(OLD, change(OLD, where, value))
