"""The files of public dumps, with what a program needs to know that it has the whole of one."""

import hashlib
import re
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from registry.exchange.dump.lists import MEDIA_TYPES
from registry.exchange.dump.shelf import DESCRIPTOR, LATEST, Dump, dump_of, form_of
from registry.web.revision import TAG, has_any

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Part:
    """So many bytes of a file from where it stands."""

    def __init__(self, file: BinaryIO, length: int):
        self._file, self._left = file, length

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()


@require_safe
def dump_file(request: HttpRequest, name: str, file: str) -> HttpResponse:
    """A file of a dump, whole or a range of it; under ``latest`` it leads to the newest."""
    dump = dump_of(name)
    if dump is None:
        raise Http404
    if name == LATEST:
        response = HttpResponseRedirect(reverse("dump-file", args=[dump.name, file]))
        response["Cache-Control"] = "no-cache"
        return response
    opened, digest, kind = _opened(dump, file)
    etag = f'"{digest.hex()}"'
    if has_any(request) or etag.strip('"') in TAG.findall(request.headers.get("If-None-Match", "")):
        opened.close()
        return HttpResponseNotModified(headers={"ETag": etag})
    response = _answer(request, opened, etag, kind)
    response["Repr-Digest"] = f"sha-256=:{b64encode(digest).decode()}:"
    response["ETag"], response["Accept-Ranges"] = etag, "bytes"
    # A dump that was published with the wrong addresses is replaced under its name.
    response["Cache-Control"] = "public, no-cache, no-transform"
    response["Content-Disposition"] = f'attachment; filename="{dump.name}-{file}"'
    return response


def _opened(dump: Dump, file: str) -> tuple[BinaryIO, bytes, str]:
    """A file of the dump, its SHA-256 and its media type. Raises Http404."""
    if file == DESCRIPTOR:
        data = Path(dump.folder, file).read_bytes()
        return BytesIO(data), hashlib.sha256(data).digest(), "application/json"
    resource = dump.resource(file)
    if resource is None:
        raise Http404
    try:
        # The answer closes it.
        opened = Path(dump.folder, file).open("rb")  # noqa: SIM115
    except OSError as error:  # removed since, by a newer one
        raise Http404 from error
    return opened, bytes.fromhex(resource["hash"].removeprefix("sha256:")), MEDIA_TYPES[form_of(resource)]


def _answer(request: HttpRequest, file: BinaryIO, etag: str, kind: str) -> HttpResponse:
    length = file.seek(0, 2)
    asked = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.headers.get("If-Range", etag) != etag or not asked or asked[0] == "bytes=-":
        file.seek(0)
        return FileResponse(file, content_type=kind, headers={"Content-Length": str(length)})
    first, last = _range(asked[1], asked[2], length)
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{length}"})
    file.seek(first)
    response = FileResponse(Part(file, last - first + 1), content_type=kind, status=206,
                            headers={"Content-Length": str(last - first + 1)})
    response["Content-Range"] = f"bytes {first}-{last}/{length}"
    return response


def _range(first: str, last: str, length: int) -> tuple[int, int]:
    """The first and the last byte that are asked for; ``-500`` are the last 500. The first after the last: none."""
    if not first:
        return max(length - int(last), 0), length - 1
    return int(first), min(int(last), length - 1) if last else length - 1
