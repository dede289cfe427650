"""A document narrowed to some of its fields, and with the records that it refers to in place of their codes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from registry.models import NOUNS, Statement

from . import DOCUMENTS
from .shape import Context
from .visibility import VISIBLE

# Names by what they stand in: ``{"capital": {"registered_usd": {}}}``; an empty one has no parts, or means all of them.
Names = dict[str, "Names"]
DEEPEST = 3


def code_of(reference):
    return reference["code"] if isinstance(reference, dict) else reference


def sector_of(reference: dict) -> str:
    return f"{reference['version']}-{reference['code']}"


@dataclass(frozen=True)
class Link:
    """A field that refers to records of a noun; ``key`` finds the code in the reference, ``keeps`` are what the
    reference says that the record does not."""

    kind: str
    key: Callable = code_of
    keeps: tuple[str, ...] = ()


LINKS: dict[str, dict[str, Link]] = {
    "project": {
        "enterprise": Link("enterprise"), "registrar": Link("registrar"), "zone": Link("zone"),
        "place": Link("place"), "sector": Link("sector", sector_of), "milestones": Link("milestone"),
        "investors": Link("investor", keeps=("share_percent", "lead")), "sources": Link("source"),
    },
    "investor": {"country": Link("country"), "parent": Link("investor"), "parent_country": Link("country")},
    "registrar": {"successor": Link("registrar")},
    "zone": {"parent": Link("zone"), "communes": Link("place"), "sources": Link("source")},
    "zone-observation": {"zone": Link("zone"), "place": Link("place"), "source": Link("source")},
    "place": {"parent": Link("place"), "successor": Link("place")},
    "certificate": {"project": Link("project"), "registrar": Link("registrar"), "source": Link("source")},
    "capital-entry": {
        "project": Link("project"), "enterprise": Link("enterprise"), "certificate": Link("certificate"),
        "source": Link("source"), "buyer": Link("investor"), "reverses": Link("capital-entry"),
        "reversed_by": Link("capital-entry"), "statements": Link("statement"),
    },
    "milestone": {"project": Link("project"), "source": Link("source")},
    "statement": {"source": Link("source"), "conflicts_with": Link("statement")},
    "policy": {"source": Link("source")},
    "engagement": {"project": Link("project"), "investor": Link("investor"), "source": Link("source")},
    "opportunity": {"sector": Link("sector"), "zone": Link("zone"), "place": Link("place"),
                    "investor": Link("investor"), "source": Link("source")},
}


def links_of(kind: str, reader: str) -> dict[str, Link]:
    """The fields of a noun that a reader can have expanded."""
    seen = VISIBLE[kind].by(reader)
    return {name: link for name, link in LINKS.get(kind, {}).items() if name in seen}


def names_of(kind: str, reader: str, expand: Names) -> Names:
    """Every name by which a reader can narrow documents of a noun, those of the expanded records too."""
    names = _names_in(DOCUMENTS[kind].schema_for(reader))
    for field, deeper in expand.items():
        link = LINKS[kind][field]
        names[field] = names_of(link.kind, reader, deeper) | {name: {} for name in link.keeps}
    return names


def _names_in(schema: dict) -> Names:
    if "items" in schema:
        return _names_in(schema["items"])
    names: Names = {}
    for variant in schema.get("oneOf", ()):
        names |= _names_in(variant)
    return names | {name: _names_in(each) for name, each in schema.get("properties", {}).items()}


def narrowed(value, names: Names):
    """Of plain data what these names say, in its own order; all of it where there are none."""
    if not names:
        return value
    if isinstance(value, list):
        return [narrowed(each, names) for each in value]
    if isinstance(value, dict):
        return {name: narrowed(each, names[name]) for name, each in value.items() if name in names}
    return value


def expanded(documents: list[dict], kind: str, expand: Names, context: Context) -> list[dict]:
    """The documents with the named records in place of the references to them; what the reader may not see stays as it
    is. One query more than the documents of each name take."""
    for field, deeper in expand.items():
        link = LINKS[kind][field]
        found = _records(link, (each for document in documents for each in _listed(document[field])), deeper, context)
        documents = [document | {field: _in_place(document[field], link, found)} for document in documents]
    return documents


def _records(link: Link, references: Iterable, deeper: Names, context: Context) -> dict:
    """The documents of the records referred to, by the key in the reference."""
    keys = {link.key(reference) for reference in references} - {None}
    column = "pk" if link.kind == Statement.KIND else "code"
    pairs = context.rows(NOUNS[link.kind]).filter(**{f"{column}__in": keys}).order_by("pk")
    found = {pk: key for key, pk in pairs.values_list(column, "pk")}
    name = "id" if link.kind == Statement.KIND else "code"
    records = DOCUMENTS[link.kind].load(list(found), context)
    return {record[name]: record for record in expanded(records, link.kind, deeper, context)}


def _listed(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def _in_place(value, link: Link, found: dict):
    if isinstance(value, list):
        return [_in_place(each, link, found) for each in value]
    record = None if value is None else found.get(link.key(value))
    if record is None:
        return value
    return record | {name: value[name] for name in link.keeps}


def part_schema(kind: str, reader: str, reference: Callable[[str], dict]) -> dict:
    """The schema of what ``fields`` and ``expand`` make of a noun: any of its fields, a reference or its record.
    ``reference`` names the schema of another noun's part."""
    schema = loose(DOCUMENTS[kind].schema_for(reader))
    properties = schema["properties"]
    for field, link in links_of(kind, reader).items():
        whole = reference(link.kind)
        if link.keeps:
            kept = {name: properties[field]["items"]["properties"][name] for name in link.keeps}
            own = part_schema(link.kind, reader, reference)
            whole = own | {"properties": own["properties"] | kept}
        if "items" in properties[field]:
            properties[field] = properties[field] | {"items": {"anyOf": [properties[field]["items"], whole]}}
        else:
            properties[field] = {"anyOf": [properties[field], whole]}
    return schema


def loose(schema: dict) -> dict:
    """The same schema with nothing required."""
    free = {name: each for name, each in schema.items() if name != "required"}
    if "properties" in free:
        free["properties"] = {name: loose(each) for name, each in free["properties"].items()}
    if "items" in free:
        free["items"] = loose(free["items"])
    if "oneOf" in free:
        free["oneOf"] = [loose(each) for each in free["oneOf"]]
    return free
