"""Whether a new schema only adds to an old one: what a program reads or sends by the old one still holds."""

from collections.abc import Iterator


def taken_away(old: dict, new: dict) -> list[str]:
    """A line for each promise of the old document that the new one does not keep; texts may change. What stands among
    the components counts as if it stood where it is referred to, but for records, which are promised by name."""
    old, new = inlined(old), inlined(new)
    return [*_paths(old["paths"], new["paths"]),
            *(line for name, shape in old["components"]["schemas"].items()
              for line in _shape(name, shape, new["components"]["schemas"].get(name)))]


def inlined(document: dict) -> dict:
    """The same document without components but records and shapes, which begin with a capital; no reference to any
    that is no record."""
    components = document["components"]
    named = {name: each for name, each in components["schemas"].items() if name[0].isupper()}
    records = {name for name, each in named.items() if "x-kind" in each}
    stay = {f"#/components/schemas/{name}{end}" for name in records for end in ("", "Part")}

    def whole(part):
        if isinstance(part, list):
            return [whole(each) for each in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part and part["$ref"] not in stay:
            kind, name = part["$ref"].removeprefix("#/components/").split("/")
            return whole(components[kind][name])
        return {key: whole(each) for key, each in part.items()}

    return document | {"paths": whole(document["paths"]), "components": {
        **{kind: each for kind, each in components.items() if kind == "securitySchemes"}, "schemas": whole(named)}}


def _paths(old: dict, new: dict) -> Iterator[str]:
    for path, methods in old.items():
        for method, operation in methods.items():
            now = new.get(path, {}).get(method)
            if now is None:
                yield f"{method} {path} is gone"
                continue
            yield from _parameters(f"{method} {path}", operation["parameters"], now["parameters"])
            yield from _responses(f"{method} {path}", operation["responses"], now["responses"])


def _parameters(where: str, old: list[dict], new: list[dict]) -> Iterator[str]:
    before, after = ({(each["in"], each["name"]): each for each in several} for several in (old, new))
    for key, parameter in before.items():
        if key not in after:
            yield f"{where}: parameter {key[1]} is gone"
        else:
            yield from _taken(f"{where}: parameter {key[1]}", parameter["schema"], after[key]["schema"])
    for key, parameter in after.items():
        if parameter["required"] and not before.get(key, {}).get("required"):
            yield f"{where}: parameter {key[1]} is required now"


def _taken(where: str, old: dict, new: dict) -> Iterator[str]:
    """What a caller sends: every value that was taken still is."""
    if old.get("type") != new.get("type"):
        yield f"{where} is {new.get('type')}, not {old.get('type')}"
    if "items" in old:
        yield from _taken(where, old["items"], new.get("items", {}))
    if "enum" in new and (gone := [value for value in old.get("enum", ["anything"]) if value not in new["enum"]]):
        yield f"{where} no longer takes {', '.join(map(str, gone))}"
    for bound, narrower in (("minimum", lambda a, b: b > a), ("maximum", lambda a, b: b < a)):
        if bound in new and (bound not in old or narrower(old[bound], new[bound])):
            yield f"{where}: {bound} is {new[bound]}"


def _responses(where: str, old: dict, new: dict) -> Iterator[str]:
    for status, response in old.items():
        if status not in new:
            yield f"{where}: {status} is gone"
            continue
        for media_type, content in response.get("content", {}).items():
            now = new[status].get("content", {}).get(media_type)
            yield from _shape(f"{where} {status} {media_type}", content["schema"], now and now["schema"])


def _shape(where: str, old: dict, new: dict | None) -> Iterator[str]:
    """What a caller reads: every key is still there, and of no other type. A new key and a new word of a closed list
    are additions."""
    if new is None:
        yield f"{where} is gone"
        return
    if old.get("$ref") != new.get("$ref"):
        yield f"{where} is {new.get('$ref')}, not {old.get('$ref')}"
    types = [set(kind if isinstance(kind, list) else [kind]) for kind in (old.get("type"), new.get("type"))]
    if types[1] - types[0]:
        yield f"{where} may be {', '.join(sorted(map(str, types[1] - types[0])))} now"
    for name, each in old.get("properties", {}).items():
        yield from _shape(f"{where}.{name}", each, new.get("properties", {}).get(name))
    for name in set(old.get("required", [])) - set(new.get("required", [])):
        yield f"{where}.{name} may be missing now"
    if "items" in old:
        yield from _shape(f"{where}[]", old["items"], new.get("items"))
    for place, each in enumerate(old.get("oneOf", [])):
        yield from _shape(where, each, dict(enumerate(new.get("oneOf", []))).get(place))
