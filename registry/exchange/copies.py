"""Which parts of a document are copied from which other records: what a mirror carries over when one is renamed."""

from registry.exchange.columns import FIELDS
from registry.exchange.columns.shape import Field
from registry.exchange.documents import DOCUMENTS


def copies_of(path: str) -> list[dict]:
    """Each part that names another record: ``at`` which key it stands, of which ``kind`` the other is (none: the part
    says it), and which ``keys`` of the other's document it repeats. The part has the other's code in ``code``, or,
    where the copy names ``code``, in these keys, with a dash between."""
    found = []
    for field in FIELDS[path].fields:
        keys = {part.key for part in field.parts}
        if field.to in DOCUMENTS and keys.issuperset(field.code_from):
            found.append({"at": field.name, "kind": field.to, "keys": _repeated(field)} | (
                {"code": list(field.code_from)} if field.code_from != ("code",) else {}))
        elif {"kind", "code", "name"} <= keys:
            found.append({"at": field.name, "keys": ["name"]})
    return found


def _repeated(field: Field) -> list[str]:
    theirs = DOCUMENTS[field.to].schema["properties"].keys() - set(field.code_from)
    return [part.key for part in field.parts if part.key in theirs]
