"""All that is published, as one dump: each list as NDJSON, as the API has it, and as CSV, as the pages have it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import orjson
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from registry.actions.collecting import collecting_later
from registry.exchange import files
from registry.exchange.columns import FIELDS, Fields
from registry.exchange.columns.shape import DAY, MOMENT, NUMBER, WHOLE, YES, Column
from registry.exchange.documents import DOCUMENTS, Context, Document
from registry.exchange.moment import one_moment
from registry.exchange.package.export import PROFILE, sha256_of
from registry.models import NOUNS, Register

from .parquet import check_parquet, into_parquet
from .shelf import DESCRIPTOR, NAME, Dump, dump_of, form_of, names, publishing, remove_old

CHUNK = 300  # records in memory at a time; a thousand no longer fit into the cache of a processor
TYPES = {NUMBER: "number", WHOLE: "integer", DAY: "date", MOMENT: "datetime", YES: "boolean"}
# A statement is known by its number everywhere, other records by their code.
KEYS = {"statements": "id"}
MEDIA_TYPES = {"csv": "text/csv", "ndjson": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}
# Nested records are no table. Data Package knows no other type, and Frictionless takes "ndjson" for a table and counts
# its "rows".
NO_TABLE = "json-lines"

Tell = Callable[[str, int], None]


@dataclass(frozen=True)
class Published:
    """``new``: whether there was none of this day and change yet, or ``replaced``: one that differed. ``removed`` are
    older dumps that went."""

    name: str
    new: bool
    rows: dict[str, int]
    removed: list[str]
    replaced: bool = False


def publish_dump(
    *, base: str, at: datetime, parquet: bool = False, tell: Tell = lambda path, rows: None
) -> Published:
    """Publish the register as it stands, with the API's addresses under ``base``, then remove what is superseded.

    The same day and the same last change are the same dump; it is written anew only with other addresses, in a form
    that it lacks, where the change of that number is another one now (a backup was restored), or where it cannot be
    read. Raises PublishingAlready, ParquetMissing.
    """
    if parquet:
        check_parquet()
    today = timezone.localdate(at)
    with one_moment(), translation.override("vi"), collecting_later():
        register = Register.objects.get()
        name = f"{today.isoformat()}-{register.head}"
        assert NAME.fullmatch(name)
        was = name in names()
        if was and _is_the_same(dump_of(name), register, base, parquet):
            return Published(name, False, {}, remove_old(today))
        counts = {}
        with publishing(name) as folder:
            resources = []
            for document in DOCUMENTS.values():
                counts[document.path] = _write(folder, document, Context(base=base, as_of=today), parquet)
                resources += _resources(folder, document, counts[document.path], base)
                tell(document.path, counts[document.path])
            described = _descriptor(name, resources, register, at, base)
            (folder / DESCRIPTOR).write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2))
    return Published(name, not was, counts, remove_old(today), replaced=was)


def _is_the_same(dump: Dump | None, register: Register, base: str, parquet: bool) -> bool:
    if dump is None or dump.described.get("change_hash") != register.head_hash:
        return False
    forms = {form_of(resource) for resource in dump.described["resources"]}
    return dump.described["changes_after"].startswith(f"{base}changes/") and (not parquet or "parquet" in forms)


def _write(folder: Path, document: Document, context: Context, parquet: bool) -> int:
    """One list into all of its files, in one reading of it; return how many records it has."""
    table = FIELDS[document.path].table()
    stem, count = folder / document.path, 0

    def counted(rows: Iterable[dict]) -> Iterator[dict]:
        nonlocal count
        for count, row in enumerate(rows, 1):  # noqa: B007
            yield row

    with stem.with_suffix(".csv").open("wb") as as_csv, stem.with_suffix(".ndjson").open("wb") as as_lines:
        rows = _also_as_lines(as_lines, counted(document.every(context, size=CHUNK)))
        if parquet:
            rows = into_parquet(stem.with_suffix(".parquet"), table, rows)
        files.write_csv(as_csv, table, rows)
    return count


def _also_as_lines(out: BinaryIO, rows: Iterable[dict]) -> Iterator[dict]:
    for row in rows:
        out.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        yield row


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


def _descriptor(name: str, resources: list[dict], register: Register, at: datetime, base: str) -> dict:
    return {
        "$schema": PROFILE, "name": f"bacninh-fdi-{name}", "title": _("Sổ đăng ký dự án FDI Bắc Ninh"),
        "description": _("Mọi hồ sơ đã công bố. NDJSON là tài liệu của API, mỗi dòng một hồ sơ; CSV là tệp của các "
                         "trang, trong đó ô bắt đầu như một công thức có dấu ' đứng trước."),
        "rights": rights(), "homepage": base.removesuffix("api/v1/"),
        "created": at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "as_of": timezone.localdate(at).isoformat(), "revision": register.revision, "change": register.head,
        "change_hash": register.head_hash,
        "changes_after": f"{base}changes/?after={register.head}", "resources": resources,
    }


def rights() -> str:
    """What may be done with the data, as far as anybody has decided it."""
    return _("Chưa có giấy phép nào được quyết định cho dữ liệu và cho mã nguồn của sổ đăng ký. Sự kiện và con số có "
             "thể trích dẫn, kèm nguồn và ngày.")
