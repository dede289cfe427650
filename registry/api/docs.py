"""The schema, and a page to read it without a request to any third party."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.vocabulary.partner import Plan
from registry.web.filters import RecordFilters
from registry.web.parameters import Parameters
from registry.web.problems import BadParameters, api_language
from registry.web.revision import by_revision

from .base import VARY, ApiView, base_address, json
from .components import target
from .deprecated import ANCHOR, DEPRECATED, LEAST_DAYS
from .errors import PROBLEMS
from .examples import examples
from .key import in_words
from .laid_out import laid_out
from .openapi import schema, schema_in_full
from .shaping import FIELDS

# What the page explains once, and not again under each list: its words are the same everywhere.
COMMON = set(RecordFilters.base_filters) - {"ordering"} | {FIELDS}

WIDEST = 96  # of an example on the page


class OpenApiView(ApiView):
    def answer(self, request) -> HttpResponse:
        Parameters(request.GET, today=timezone.localdate()).check()
        return json(schema(base_address(request)))


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The schema as a page: every address, its parameters and what it answers."""
    with translation.override(api_language(request)):
        response = page(request)
        response["Content-Language"] = translation.get_language()
        patch_vary_headers(response, [VARY])
        return response


@by_revision
def page(request: HttpRequest) -> HttpResponse:
    base = base_address(request)
    described = schema(base)
    paths = [readable(path, each["get"]) for path, each in schema_in_full(base)["paths"].items()]
    return render(request, "registry/api/docs.html", {
        "here": "api",
        "base": base,
        "paths": paths,
        "common": next(each["common"] for each in paths if each["common"]),
        "shapes": [
            {"name": name, "fields": fields_of(described, each), "example": example_of(each.get("examples", [None])[0])}
            for name, each in described["components"]["schemas"].items()
            # A part has the same fields, each of which may be missing; a small letter begins what is no object.
            if name[0].isupper() and not name.endswith("Part")
        ],
        "plans": [(_told(plan), [in_words(rate) for rate in rates]) for plan, rates in settings.API_RATES.items()],
        "deprecated": DEPRECATED, "deprecated_anchor": ANCHOR, "least_months": LEAST_DAYS * 12 // 365,
        "problems": PROBLEMS,
        "problem": example_of(examples(base, translation.get_language()).problems[BadParameters.code]),
    })


def _told(plan: str) -> str:
    return str(Plan(plan).label) if plan in Plan.values else _("không có khóa")


def readable(path: str, operation: dict) -> dict:
    """One address for the page: ``common`` are the parameters that every list takes, empty where it is no list."""
    parameters = [
        {"name": each["name"], "required": each["required"], "description": each.get("description", ""),
         "type": type_of(each["schema"])}
        for each in operation["parameters"] if each["in"] == "query"
    ]
    answer = operation["responses"]["200"]["content"]["application/json"]
    common = [each for each in parameters if each["name"] in COMMON]
    if len(common) < len(COMMON):
        common = []
    return {
        "path": path, "summary": operation["summary"], "common": common,
        "parameters": [each for each in parameters if each not in common],
        "answer": shape_of(answer["schema"]), "example": example_of(answer.get("example")),
        "anchor": "path-" + (path.strip("/").replace("/", "-").replace("{code}", "one") or "root"),
    }


def example_of(answer: dict | None) -> str:
    """An answer as the page shows it; empty where there is none."""
    return laid_out(answer, WIDEST) if answer else ""


def shape_of(answer: dict) -> str:
    """The name of the record that an answer is, or of which its results are; empty where it is none of these."""
    item = answer.get("properties", {}).get("results", {}).get("items", answer)
    item = item.get("anyOf", [item])[0]
    return type_of(item) if "$ref" in item else ""


def fields_of(document: dict, described: dict) -> list[dict]:
    return [{"name": name, "type": type_of(target(document, each) if "$ref" in each else each)}
            for name, each in described["properties"].items()]


def type_of(described: dict) -> str:
    """A schema in a few words: ``string | null``, ``{code, name}[]``."""
    if "oneOf" in described:
        return " | ".join(type_of(each) for each in described["oneOf"])
    if "$ref" in described:
        return described["$ref"].rpartition("/")[2]
    kind = described.get("type", "any")
    if kind == "array":
        item = type_of(described["items"])
        return f"({item})[]" if " | " in item else f"{item}[]"
    if kind == "object":
        return "{" + ", ".join(described.get("properties", {})) + "}"
    if "enum" in described:
        return " | ".join("null" if word is None else word for word in described["enum"])
    return " | ".join(kind) if isinstance(kind, list) else described.get("format", kind)
