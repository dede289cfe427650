"""A published dump looked at from outside: is it new, has it every list, and is every file of it whole?"""

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import BinaryIO
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import orjson
from django.utils.translation import gettext_lazy as _

from registry.exchange.documents import DOCUMENTS

from .shelf import DESCRIPTOR, form_of, rows_of

WAITS_SECONDS = 60
WEB = ("http", "https")
LONGEST_CELL = 2**31 - 1
# The files of this release's dumps; others, of more forms, may stand beside them.
EXPECTED = {f"{document.path}.{form}" for document in DOCUMENTS.values() for form in ("csv", "ndjson")}
# What a descriptor says of each file, if nothing else.
OF_A_FILE = {"path": str, "format": str, "bytes": int, "hash": str}


def problems_of(place: str, *, now: datetime, oldest: timedelta) -> Iterator[str]:
    """A line for each problem of the dump at an address or in a folder; nothing of one that is whole and new."""
    try:
        with _opened(place, DESCRIPTOR) as file:
            described = orjson.loads(file.read())
    except (OSError, URLError, HTTPException, ValueError) as error:
        yield _("%(file)s: không đọc được (%(problem)s)") % {"file": DESCRIPTOR, "problem": error}
        return
    if malformed := list(_malformed(described)):
        yield from (f"{DESCRIPTOR}: {each}" for each in malformed)
        return
    created, resources = datetime.fromisoformat(described["created"]), described["resources"]
    site = str(described.get("changes_after", "")).partition("api/v1/")[0]
    if now - created > oldest:
        yield _("%(file)s: cũ %(hours)d giờ, quá %(most)d giờ") % {
            "file": DESCRIPTOR, "hours": (now - created) // timedelta(hours=1), "most": oldest // timedelta(hours=1)}
    if urlsplit(place).scheme in WEB and not place.startswith(site):
        yield _("%(file)s: các địa chỉ là của %(site)s, không phải của nơi này; hãy chạy lại publish_dump với --site "
                "đúng") % {"file": DESCRIPTOR, "site": site}
    if missing := EXPECTED - {resource["path"] for resource in resources}:
        yield _("%(file)s: không nêu %(missing)s; hãy chạy lại publish_dump") % {
            "file": DESCRIPTOR, "missing": ", ".join(sorted(missing))}
    for resource in resources:
        try:
            with _opened(place, resource["path"]) as file:
                yield from _wrong_with(resource, file)
        except (OSError, URLError, HTTPException, ValueError, csv.Error) as error:
            yield _("%(file)s: không đọc được (%(problem)s)") % {"file": resource["path"], "problem": error}


def _malformed(described) -> Iterator[str]:
    """What is wrong with the form of a descriptor."""
    if not isinstance(described, dict):
        yield _("không phải một đối tượng JSON")
        return
    if not _is_moment(described.get("created")):
        yield _("created không phải thời điểm có múi giờ, như 2026-11-27T02:00:00Z")
    resources = described.get("resources")
    if not isinstance(resources, list):
        yield _("resources không phải một danh sách")
        return
    for number, resource in enumerate(resources):
        for name, type_ in OF_A_FILE.items():
            if not isinstance(resource, dict) or type(resource.get(name)) is not type_:
                yield _("resources[%(number)d]: %(name)s bị thiếu hoặc sai kiểu") % {"number": number, "name": name}
        if isinstance(resource, dict) and type(rows_of(resource)) is not int:
            yield _("resources[%(number)d]: %(name)s bị thiếu hoặc sai kiểu") % {"number": number, "name": "rows"}


def _is_moment(value) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


@contextmanager
def _opened(place: str, name: str) -> Iterator[BinaryIO]:
    place = place.removesuffix(DESCRIPTOR).rstrip("/")
    if urlsplit(place).scheme in WEB:
        with urlopen(f"{place}/{name}", timeout=WAITS_SECONDS) as answer:
            yield answer
    else:
        with Path(place, name).open("rb") as file:
            yield file


def _wrong_with(resource: dict, file: BinaryIO) -> Iterator[str]:
    read = Read(file)
    rows = read.rows(form_of(resource))
    for what, is_, said in (("bytes", read.bytes, resource["bytes"]), ("rows", rows, rows_of(resource)),
                            ("SHA-256", f"sha256:{read.digest.hexdigest()}", resource["hash"])):
        if is_ is not None and is_ != said:
            yield _("%(file)s: %(what)s là %(is)s, không phải %(said)s") % {
                "file": resource["path"], "what": what, "is": is_, "said": said}


class Read:
    """A file read once from beginning to end: its bytes, its digest and its rows."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self.bytes, self.digest = 0, hashlib.sha256()

    def lines(self) -> Iterator[bytes]:
        for line in self._file:
            self.bytes += len(line)
            self.digest.update(line)
            yield line

    def rows(self, form: str) -> int | None:
        """How many rows there are; None of a form that this does not read."""
        csv.field_size_limit(LONGEST_CELL)
        match form:
            case "csv":
                count = sum(1 for _row in csv.reader((line.decode() for line in self.lines()), strict=True)) - 1
            case "ndjson":
                count = sum(1 for line in self.lines() if orjson.loads(line) is not None)
            case _:
                count = None
        for _rest in self.lines():
            pass
        return count
