"""The schema, and a page to read it without a request to any third party."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from registry.web.parameters import Parameters
from registry.web.problems import api_language
from registry.web.revision import by_revision

from .base import VARY, ApiView, base_address, json
from .errors import PROBLEMS
from .openapi import schema


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
    described = schema(base_address(request))
    return render(request, "registry/api/docs.html", {
        "here": "api",
        "base": base_address(request),
        "paths": [readable(path, each["get"]) for path, each in described["paths"].items()],
        "schemas": [
            {"name": name, "fields": fields_of(each)} for name, each in described["components"]["schemas"].items()
        ],
        "problems": PROBLEMS,
    })


def readable(path: str, operation: dict) -> dict:
    parameters = [
        {"name": each["name"], "required": each["required"], "description": each.get("description", ""),
         "type": type_of(each["schema"])}
        for each in operation["parameters"]
    ]
    return {"path": path, "summary": operation["summary"], "parameters": parameters,
            "anchor": path.strip("/").replace("/", "-").replace("{code}", "one") or "root"}


def fields_of(described: dict) -> list[dict]:
    return [{"name": name, "type": type_of(each)} for name, each in described["properties"].items()]


def type_of(described: dict) -> str:
    """A schema in a few words: ``string | null``, ``list of {code, name}``."""
    if "oneOf" in described:
        return " | ".join(type_of(each) for each in described["oneOf"])
    if "$ref" in described:
        return described["$ref"].rpartition("/")[2]
    kind = described.get("type", "any")
    if kind == "array":
        return f"list of {type_of(described['items'])}"
    if kind == "object":
        return "{" + ", ".join(described.get("properties", {})) + "}"
    if "enum" in described:
        return " | ".join("null" if word is None else word for word in described["enum"])
    return " | ".join(kind) if isinstance(kind, list) else described.get("format", kind)
