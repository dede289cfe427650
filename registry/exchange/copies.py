"""Which parts of a document are copied from which other records: what a mirror carries over when one is renamed."""

from registry.exchange.columns import FIELDS
from registry.exchange.documents import DOCUMENTS


def copies_of(path: str) -> list[dict]:
    """Each part that names another record: ``at`` which key it stands, of which ``kind`` the other is (none: the part
    says it), and which ``keys`` of the other's document it repeats."""
    found = []
    for field in FIELDS[path].fields:
        keys = [part.key for part in field.parts]
        if field.to in DOCUMENTS and "code" in keys:
            theirs = DOCUMENTS[field.to].schema["properties"]
            found.append({"at": field.name, "kind": field.to,
                          "keys": [key for key in keys if key != "code" and key in theirs]})
        elif {"kind", "code", "name"} <= set(keys):
            found.append({"at": field.name, "keys": ["name"]})
    return found
