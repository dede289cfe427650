"""Scans of documents, for the staff alone: kept by their SHA-256, and served by the officers' door only."""

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken

MEGABYTE = 1024 * 1024
MOST_BYTES = 30 * MEGABYTE
SHA256 = re.compile("[0-9a-f]{64}")
# What a file begins with, whatever its name says.
KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png",
         b"II*\x00": "image/tiff", b"MM\x00*": "image/tiff"}


class NotAScan(RuleBroken):
    code = "not-a-scan"
    message = _("Tệp này không phải PDF, JPEG, PNG hay TIFF. Hãy lưu bản chụp thành PDF rồi đính kèm lại.")


class ScanTooLarge(RuleBroken):
    code = "scan-too-large"
    message = _("Tệp có %(size)s MB; nhiều nhất %(most)s MB. Hãy quét lại ở độ phân giải thấp hơn.")


class ScanGone(RuleBroken):
    code = "scan-gone"
    message = _("Không còn tệp đính kèm này trên máy chủ. Hãy báo người quản trị, hoặc đính kèm lại.")


def check(data: bytes) -> None:
    """Raises ScanTooLarge, NotAScan."""
    if len(data) > MOST_BYTES:
        raise ScanTooLarge(size=-(-len(data) // MEGABYTE), most=MOST_BYTES // MEGABYTE)
    kind_of(data)


def kind_of(data: bytes) -> str:
    """The media type of a scan, by its first bytes. Raises NotAScan."""
    for begins, kind in KINDS.items():
        if data.startswith(begins):
            return kind
    raise NotAScan()


def keep(data: bytes) -> str:
    """Keep a file; return its SHA-256. The same file again is kept once. What the register then does not name does no
    harm."""
    name = hashlib.sha256(data).hexdigest()
    path = _path(name)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.touch(mode=0o600)
        half.write_bytes(data)
        half.replace(path)
    return name


def kept(name: str) -> bytes:
    """The file of this SHA-256, whole and unchanged. Raises ScanGone."""
    try:
        data = _path(name).read_bytes() if SHA256.fullmatch(name) else b""
    except OSError as error:
        raise ScanGone() from error
    if hashlib.sha256(data).hexdigest() != name:
        raise ScanGone()
    return data


def _path(name: str) -> Path:
    return Path(settings.VAR_DIR) / "scans" / name[:2] / name
