"""The OpenAPI 3.1 schema, made from what the API really uses: filter sets, documents and statistics."""

from registry.exchange.documents import DOCUMENTS
from registry.exchange.documents.shape import (
    DAY,
    ISO_DAY,
    MAYBE_ISO_DAY,
    MAYBE_TEXT,
    MOMENT,
    MONEY,
    SUBJECT,
    TEXT,
    WHOLE,
    YES_NO,
    many,
    maybe,
    shape,
    words,
)
from registry.vocabulary.change import Verb
from registry.web.listing import LISTINGS
from registry.web.order import words as order_words
from registry.web.parameters import (
    AmountField,
    IsoDayField,
    MomentField,
    SeveralField,
    WholeField,
    WordField,
    WordsField,
    YesField,
)

from .base import detail_parameters
from .changes import FeedParameters
from .statistics import CapitalParameters, FlowParameters

VERSION = "1.0"

MAYBE_URI = {"type": ["string", "null"], "format": "uri"}

CAPITAL_ROW = shape(key=MAYBE_TEXT, name=MAYBE_TEXT, name_en=MAYBE_TEXT, projects=WHOLE, registered_usd=MONEY,
                    realised_usd=MONEY, share_purchase_usd=MONEY)
CAPITAL_TABLE = shape(by=TEXT, as_of=ISO_DAY, known_on=MAYBE_ISO_DAY, unit=TEXT, rows=many(CAPITAL_ROW),
                      total=CAPITAL_ROW)
FLOW_ROW = shape(
    key=MAYBE_TEXT, name=MAYBE_TEXT, name_en=MAYBE_TEXT, new_projects=WHOLE, new_usd=MONEY, adjusted_times=WHOLE,
    adjusted_usd=MONEY, share_purchase_times=WHOLE, share_purchase_usd=MONEY, total_usd=MONEY,
)
FLOW_TABLE = shape(**{"by": TEXT, "from": ISO_DAY, "to": ISO_DAY, "known_on": MAYBE_ISO_DAY, "unit": TEXT,
                      "rows": many(FLOW_ROW), "total": FLOW_ROW})
STATED = shape(
    statement=WHOLE, reference=MAYBE_TEXT, what=TEXT, scope=SUBJECT, date=DAY, computed_for=DAY, stated=TEXT,
    unit=TEXT, qualifier=MAYBE_TEXT, computed=TEXT, percent=MAYBE_TEXT, alarm=YES_NO, reason=TEXT, reason_en=TEXT,
)
PROBLEM = shape(
    type={"type": "string", "format": "uri-reference"}, title=TEXT, status=WHOLE, detail=TEXT, code=TEXT,
    errors=many(shape(pointer=TEXT, message=TEXT)), request_id=TEXT,
)
EVENT = shape(
    seq=WHOLE, at=MOMENT, kind=TEXT, code=TEXT, verb=words(Verb), url={"type": "string", "format": "uri"},
    record=maybe({"type": "object", "description": "the record's present public form"}), merged_into=MAYBE_TEXT,
)

CODE = {"name": "code", "in": "path", "required": True, "schema": TEXT}

ERRORS = {
    "400": "A parameter is wrong; errors names each with the remedy",
    "401": "A key was sent that nobody has",
    "405": "The API is read only",
    "429": "The quota is used up; Retry-After says for how long",
}


def schema(base: str) -> dict:
    """The schema of the API that is served at ``base``."""
    paths = {
        "/": _path("The resources by name", [], {"type": "object"}),
        "/openapi.json": _path("This schema", [], {"type": "object"}),
    }
    for path, listing in LISTINGS.items():
        paths[f"/{path}/"] = _path(f"List of {path}", _parameters(listing.filters), _page(_named(listing.kind)))
        of_one = [CODE, *_parameters(detail_parameters(path))]
        paths[f"/{path}/{{code}}/"] = _path(f"One of {path}", of_one, _named(listing.kind), gone=True)
    paths |= {
        "/statistics/capital/": _path("Totals by group as of a day", _parameters(CapitalParameters), CAPITAL_TABLE),
        "/statistics/flows/": _path("The agency's table for a period", _parameters(FlowParameters), FLOW_TABLE),
        "/statistics/coverage/": _path("Stated against computed", [], _page(STATED)),
        "/changes/": _path("The change feed", _parameters(FeedParameters), _feed(), gone=True),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Bắc Ninh FDI register", "version": VERSION,
            "description": "Every figure has a date and a source, nothing is ever lost, and any total can be asked "
                           "as of any day. Reading what is published needs no key. Additive changes only.",
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": {**{_title(kind): each.schema for kind, each in DOCUMENTS.items()}, "Problem": PROBLEM},
            "securitySchemes": {"partner": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"partner": []}],
    }


def _path(summary: str, parameters: list[dict], answer: dict, *, gone: bool = False) -> dict:
    responses = {
        "200": {
            "description": "The answer", "content": {"application/json": {"schema": answer}},
            "headers": {"ETag": {"schema": TEXT, "description": "strong; send it back in If-None-Match"}},
        },
        "304": {"description": "Unchanged since the ETag sent"},
        **{status: _problem(text) for status, text in ERRORS.items()},
    }
    if gone:
        responses |= {"404": _problem("Never published, or no such record"),
                      "410": _problem("Withdrawn, with the reason; or a number beyond the head of the feed")}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _problem(description: str) -> dict:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": reference}}}


def _page(item: dict) -> dict:
    page = shape(results=many(item), next=MAYBE_URI)
    return {**page, "properties": {**page["properties"], "count": WHOLE}}


def _feed() -> dict:
    return shape(results=many(EVENT), next=MAYBE_URI, head=WHOLE)


def _named(kind: str) -> dict:
    return {"$ref": f"#/components/schemas/{_title(kind)}"}


def _title(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("-"))


def _parameters(filters) -> list[dict]:
    return [
        {
            "name": name, "in": "query", "description": str(each.label), "required": each.field.required,
            **({"explode": True} if isinstance(each.field, SeveralField) else {}),
            "schema": _schema_of(name, each.field, filters),
        }
        for name, each in filters.base_filters.items()
    ]


def _schema_of(name: str, field, filters) -> dict:
    match field:
        case WordsField():
            return {"type": "array", "items": {"type": "string", "enum": field.words}}
        case SeveralField():
            return {"type": "array", "items": TEXT}
        case WordField():
            return {"type": "string", "enum": field.words}
        case IsoDayField():
            return ISO_DAY
        case MomentField():
            return MOMENT
        case WholeField():
            return {"type": "integer", "minimum": field.least, "maximum": field.most}
        case AmountField():
            return {"type": "string", "pattern": r"^-?\d+(\.\d{1,2})?$"}
        case YesField():
            return {"type": "string", "enum": ["true", "false"]}
    return {"type": "string", "enum": order_words(filters.ORDERS)} if name == "ordering" else TEXT
