"""A word and a number that no reader may ever see, in every hidden field; and a crawl that looks for them."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.db import models, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import Resolver404, resolve

from registry.exchange.documents.visibility import VISIBLE
from registry.exchange.dump.parquet import pyarrow
from registry.models import NOUNS
from registry.models.fields import HundredthsField, vague_days

WORD = "kanarienvogel"
NUMBER = 7319042861
SEEN = re.compile(rf"{WORD}|7\D?319\D?042\D?861".encode(), re.IGNORECASE)
LINK = re.compile(r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>|"(?:url|next)":\s*"([^"]+)"')
HOST = "http://testserver"
# Of addresses of one kind so many are opened, besides those of the records that hold a canary.
OF_A_KIND = 1
# What no document has and pages tell all the same.
TOLD_ON_PAGES = {
    "conflict": {"why", "outcome"},
    "published-figure": {"title", "title_en", "parameters", "table", "checksum", "note"},
}


def fill(kinds: dict[str, Iterable[str]]) -> set[tuple[str, str]]:
    """Write the canary into these columns of every row; the columns that took it."""
    took = set()
    for kind, names in kinds.items():
        for column in columns_of(NOUNS[kind], names):
            if _takes(NOUNS[kind], column):
                took.add((kind, column.name))
    return took


def hidden(*readers: str) -> dict[str, set[str]]:
    """The fields of each noun that only these readers see."""
    return {kind: set(" ".join(getattr(seen, reader) for reader in readers).split()) - TOLD_ON_PAGES.get(kind, set())
            for kind, seen in VISIBLE.items()}


def columns_of(model, names: Iterable[str]) -> Iterator[models.Field]:
    """The columns behind these fields that hold a text or an amount."""
    days = vague_days(model)
    for name in names:
        found = f"{name.removesuffix('_on')}_words" if name in days else name
        column = next((each for each in model._meta.concrete_fields if each.name == found), None)
        free = (models.CharField, models.TextField, models.JSONField, HundredthsField)
        if isinstance(column, free) and not column.choices and name not in ("code", "version", "updated_at"):
            yield column


def _takes(model, column: models.Field) -> bool:
    value = NUMBER if isinstance(column, HundredthsField) else [WORD] if isinstance(
        column, models.JSONField) else WORD
    took = False
    for key in model.objects.values_list("pk", flat=True):
        unique = f"{WORD} {key}" if column.unique else value
        try:
            with transaction.atomic():
                took |= bool(model.objects.filter(pk=key).update(**{column.name: unique}))
        except DatabaseError:
            continue  # this row may not have it, or is append-only
    return took


def leaks_in(folder: Path) -> list[str]:
    """The files of a folder in which the canary sits."""
    return [str(path) for path in sorted(folder.rglob("*")) if path.is_file() and leaks(path.read_bytes())]


def leaks(data: bytes) -> bool:
    """Whether the canary sits in these bytes, in the parts of a package (Excel files are such) or in the columns of a
    Parquet file, which are compressed."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(data)) as package:
            return any(leaks(package.read(name)) for name in package.namelist())
    if data[:4] == b"PAR1":
        rows = pyarrow.parquet.read_table(BytesIO(data)).to_pylist()
        return any(SEEN.search(str(value).encode()) for row in rows for value in row.values())
    return bool(SEEN.search(data))


def crawl(client: Client, seeds: Iterable[str], codes: set[str], **headers) -> tuple[list[str], list[str]]:
    """Every address that was opened, from the seeds on, and those whose answer holds the canary. Of one kind of
    address few are opened, but all that name one of these codes; what is asked of a list narrows or sorts what it
    shows anyway, and is asked by the seeds alone."""
    waiting, known, of_a_kind = list(seeds), set(seeds), defaultdict(int)
    opened, found = [], []
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, headers=headers)
        body = b"".join(answer) if answer.streaming else answer.content
        opened.append(address)
        assert answer.status_code < 500, address
        if leaks(body) or SEEN.search(str(answer.headers).encode()):
            found.append(address)
        if re.search(r"html|json|\bxml\b", answer.get("Content-Type", "")):
            for link in _links(body.decode(), address):
                if link not in known and _is_wanted(link, codes, of_a_kind):
                    known.add(link)
                    waiting.append(link)
    return opened, found


def _links(text: str, address: str) -> Iterator[str]:
    for groups in LINK.findall(text):
        link = urljoin(HOST + address, unescape(next(filter(None, groups))))
        if link.startswith(f"{HOST}/"):
            yield link.removeprefix(HOST).partition("#")[0]


def _is_wanted(link: str, codes: set[str], of_a_kind: dict[tuple, int]) -> bool:
    parts = urlsplit(link)
    if parts.path.startswith(("/static/", "/admin/")):
        return False
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return False
    if parts.query and not parts.query.startswith(("format=", "cursor=")):
        return False
    kind = (route, parts.query.partition("=")[0])
    of_a_kind[kind] += 1
    if of_a_kind[kind] <= OF_A_KIND:
        return True
    # Other languages show the same fields: one language for each record will do.
    return not parts.query and not re.match("/(en|ko|zh)/", parts.path) and not codes.isdisjoint(parts.path.split("/"))
