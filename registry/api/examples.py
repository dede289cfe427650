"""One complete answer of each resource, of a synthetic register: ``tests/api/test_examples.py`` makes them and holds
them equal to what the API answers."""

from dataclasses import dataclass
from pathlib import Path

import orjson

FILE = Path(__file__).with_name("examples.json")
# Where the synthetic register stands; every other one puts its own address in its place.
SITE = "https://fdi.example.vn/"


@dataclass(frozen=True)
class Examples:
    """``records`` by kind, ``answers`` by path as the schema writes it, ``problems`` by code."""

    records: dict[str, dict]
    answers: dict[str, dict]
    problems: dict[str, dict]


def examples(base: str, language: str) -> Examples:
    """The examples as the API at ``base`` would answer them."""
    made = orjson.loads(FILE.read_text(encoding="utf-8").replace(SITE, base.removesuffix("api/v1/")))
    return Examples(made["records"], made["answers"], made["problems"][language])


def with_examples(document: dict, told: Examples) -> dict:
    """The same schema, changed in place: each record, answer and problem with its example."""
    for each in document["components"]["schemas"].values():
        if each.get("x-kind") in told.records:
            each["examples"] = [told.records[each["x-kind"]]]
    for path, methods in document["paths"].items():
        for status, answer in methods["get"]["responses"].items():
            content = answer.get("content", {})
            if status == "200" and path in told.answers:
                content["application/json"]["example"] = told.answers[path]
            if "application/problem+json" in content:
                content["application/problem+json"]["examples"] = {
                    code: {"value": each} for code, each in told.problems.items() if str(each["status"]) == status}
    return document
