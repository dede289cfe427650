"""One list of a dump: its files, and what the descriptor says of them."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import orjson
from django.utils import translation

from registry.actions.collecting import collecting_later
from registry.exchange import files
from registry.exchange.columns import FIELDS, Fields
from registry.exchange.columns.shape import DAY, MOMENT, NUMBER, WHOLE, YES, Column
from registry.exchange.documents import DOCUMENTS, Context, Document
from registry.exchange.moment import one_moment
from registry.exchange.package.export import sha256_of
from registry.models import NOUNS

from .parquet import into_parquet

CHUNK = 300  # records in memory at a time; a thousand no longer fit into the cache of a processor
TYPES = {NUMBER: "number", WHOLE: "integer", DAY: "date", MOMENT: "datetime", YES: "boolean"}
# A statement is known by its number everywhere, other records by their code.
KEYS = {"statements": "id"}
MEDIA_TYPES = {"csv": "text/csv", "ndjson": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}
# Nested records are no table. Data Package knows no other type, and Frictionless takes "ndjson" for a table and counts
# its "rows".
NO_TABLE = "json-lines"


@dataclass(frozen=True)
class Written:
    """A list of a dump: how many records it has, and what the descriptor says of its files."""

    path: str
    rows: int
    resources: list[dict]


def write_list_as_of(moment: str, *asked) -> Written:
    """``write_list`` in a process of its own, as the register stood at the moment of another's transaction."""
    with one_moment(moment), translation.override("vi"), collecting_later():
        return write_list(*asked)


def write_list(folder: Path, kind: str, context: Context, parquet: bool) -> Written:
    """One list into all of its files, in one reading of it."""
    document = DOCUMENTS[kind]
    rows = _write(folder, document, context, parquet)
    return Written(document.path, rows, _resources(folder, document, rows, context.base))


def _write(folder: Path, document: Document, context: Context, parquet: bool) -> int:
    """How many records it has. Some are written at once, while they are in the processor's cache."""
    table = FIELDS[document.path].table()
    stem, count = folder / document.path, 0
    rows = document.every(context, size=CHUNK)
    if parquet:
        rows = into_parquet(stem.with_suffix(".parquet"), table, rows)
    with stem.with_suffix(".csv").open("wb") as as_csv, stem.with_suffix(".ndjson").open("wb") as as_lines:
        as_csv.write(files.csv_heading(table))
        while some := list(islice(rows, files.AT_ONCE)):
            as_lines.write(b"".join([orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in some]))
            as_csv.write(files.csv_lines(table, some))
            count += len(some)
    return count


def _resources(folder: Path, document: Document, rows: int, base: str) -> list[dict]:
    fields = FIELDS[document.path]
    found = []
    for form, media_type in MEDIA_TYPES.items():
        path = (folder / document.path).with_suffix(f".{form}")
        if not path.exists():
            continue
        found.append({
            "name": document.path if form == "csv" else f"{document.path}-{form}", "path": path.name,
            **({"format": NO_TABLE, "records": rows} if form == "ndjson" else {"format": form, "rows": rows}),
            "mediatype": media_type, "bytes": path.stat().st_size, "hash": f"sha256:{sha256_of(path)}",
            "title": str(NOUNS[document.kind]._meta.verbose_name_plural), "kind": document.kind,
            "key": KEYS.get(document.path, "code"),
            **({"type": "table", "encoding": "utf-8", "schema": table_schema(fields)} if form == "csv" else {}),
            **({"encoding": "utf-8", "described_by": f"{base}openapi.json"} if form == "ndjson" else {}),
        })
    return found


def table_schema(fields: Fields) -> dict:
    """The schema of a list's CSV, in the words of Frictionless."""
    paths = {document.kind: document.path for document in DOCUMENTS.values()}
    leads = [
        {"fields": [f"{field.name}.code"], "reference": {"resource": paths[field.to], "fields": ["code"]}}
        for field in fields.fields if field.to in paths and not field.many and field.code_from == ("code",)
        and any(part.key == "code" for part in field.parts)
    ]
    return {"fields": [_described(column) for column in fields.table().columns],
            "primaryKey": [KEYS.get(fields.name, "code")], "missingValues": [""],
            **({"foreignKeys": leads} if leads else {})}


def _described(column: Column) -> dict:
    """A column; the words of a closed list are named."""
    return {"name": column.name, "type": TYPES.get(column.kind, "string"), "title": str(column.label),
            **({"constraints": {"enum": list(column.words.values)}} if column.words else {})}
