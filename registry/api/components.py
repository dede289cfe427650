"""What the schema says in many places is said once, among its components, and referred to everywhere else."""

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus

import orjson

from registry.exchange.documents.nested import loose
from registry.exchange.documents.shape import CITED, DAY, POSITION, REF, SUBJECT, WRITTEN

# Parts of many records. What ``fields`` makes of each is a shape of its own, in which nothing is required.
SHAPES = {"Day": DAY, "Reference": REF, "Citation": CITED, "Position": POSITION, "Written": WRITTEN,
          "Subject": SUBJECT}
# Shorter ones are no longer to read where they stand than a reference would be.
SHORTEST_PROPERTY = 120

# A part of the document that may be a component: which kind, under which name, and at which path it stands.
Use = tuple[str, str, str, dict]


def shared(document: dict) -> dict:
    """The same schema, with references in place of the parameters, answers and headers that stand in several places,
    of long properties, and of the shapes above."""
    shapes = _shapes()
    names = {_text(each): ("schemas", name) for name, each in shapes.items()} | _names(document)
    components = {kind: dict(each) for kind, each in document["components"].items()}

    def referring(part, *, itself: bool = False):
        if isinstance(part, list):
            return [referring(each) for each in part]
        if not isinstance(part, dict):
            return part
        if not itself and (found := names.get(_text(part))):
            return reference(*found)
        return {key: referring(each) for key, each in part.items()}

    components["schemas"] = {name: referring(each) for name, each in components["schemas"].items()}
    for text, (kind, name) in names.items():
        components.setdefault(kind, {})[name] = referring(orjson.loads(text), itself=True)
    return document | {"paths": referring(document["paths"]), "components": components}


def reference(kind: str, name: str) -> dict:
    return {"$ref": f"#/components/{kind}/{name}"}


def target(document: dict, part: dict) -> dict:
    """What a reference leads to; any other part of the schema as it is."""
    while "$ref" in part:
        kind, name = part["$ref"].removeprefix("#/components/").split("/")
        part = document["components"][kind][name]
    return part


def _names(document: dict) -> dict[str, tuple[str, str]]:
    """Of each part that stands in several places: the kind and the name under which it is a component. What is there
    in several forms is named after the first path or record that has each, but the most usual form."""
    counts: dict[tuple[str, str], Counter] = {}
    first: dict[str, str] = {}
    for kind, name, place, part in _uses(document):
        counts.setdefault((kind, name), Counter())[_text(part)] += 1
        first.setdefault(_text(part), place.strip("/").replace("/", "-").replace("{code}", "one"))
    return {
        text: (kind, name if rank == 0 else f"{name}-of-{first[text]}")
        for (kind, name), forms in counts.items()
        for rank, (text, uses) in enumerate(forms.most_common()) if uses > 1
    }


def _uses(document: dict) -> Iterator[Use]:
    for name, each in document["components"]["schemas"].items():
        yield from _properties(name, each)
    for path, methods in document["paths"].items():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                yield "parameters", parameter["name"], path, parameter
            for status, answer in operation["responses"].items():
                yield from _of_answer(path, status, answer)


def _of_answer(path: str, status: str, answer: dict) -> Iterator[Use]:
    for name, header in answer.get("headers", {}).items():
        yield "headers", name, path, header
    if status != "200":
        yield "responses", HTTPStatus(int(status)).phrase.replace(" ", ""), path, answer
        return
    for content in answer["content"].values():
        yield from _properties(path, content["schema"])


def _properties(place: str, schema: dict) -> Iterator[Use]:
    """The long closed lists and definitions of a schema, and of what stands inside it."""
    for name, each in schema.get("properties", {}).items():
        if each.keys() & {"enum", "description"} and len(_text(each)) >= SHORTEST_PROPERTY:
            yield "schemas", name, place, each
        yield from _properties(place, each)
    for inside in (*filter(None, [schema.get("items")]), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from _properties(place, inside)


def _shapes() -> dict[str, dict]:
    whole = {name: each["oneOf"][0] if "oneOf" in each else each for name, each in SHAPES.items()}
    return whole | {f"{name}Part": loose(each) for name, each in whole.items()}


def _text(part) -> str:
    return orjson.dumps(part, option=orjson.OPT_SORT_KEYS).decode()
