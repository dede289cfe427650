"""Files that wait between their preview and their import: kept privately by their SHA-256, and never served."""

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken

KEPT_FOR = timedelta(days=7)
SHA256 = re.compile("[0-9a-f]{64}")


class UploadGone(RuleBroken):
    code = "upload-gone"
    message = _("Tệp tải lên không còn được giữ. Hãy tải lên lại.")


def folder() -> Path:
    path = Path(settings.VAR_DIR) / "uploads"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(data: bytes, *, now: datetime) -> str:
    """Keep a file; return its SHA-256. What nobody imported within KEPT_FOR is deleted."""
    for path in folder().iterdir():
        if path.stat().st_mtime < (now - KEPT_FOR).timestamp():
            path.unlink(missing_ok=True)
    name = hashlib.sha256(data).hexdigest()
    path = folder() / name
    path.touch(mode=0o600)
    path.write_bytes(data)
    return name


def kept(name: str) -> bytes:
    """The file of this SHA-256. Raises UploadGone."""
    if not SHA256.fullmatch(name):
        raise UploadGone()
    try:
        return (folder() / name).read_bytes()
    except OSError as error:
        raise UploadGone() from error


def forget(name: str) -> None:
    """Delete a file that was imported, and what officers answered about it; what is not there is no error."""
    if SHA256.fullmatch(name):
        for path in folder().glob(f"{name}*"):
            path.unlink(missing_ok=True)


def keep_answers(name: str, officer: int, answers: Mapping[int, Mapping[str, str]]) -> None:
    """Keep what one officer has chosen for the rows of a file, beside the file. Raises UploadGone."""
    if not (SHA256.fullmatch(name) and (folder() / name).exists()):
        raise UploadGone()
    path = _answers_of(name, officer)
    path.touch(mode=0o600)
    path.write_bytes(orjson.dumps(answers, option=orjson.OPT_NON_STR_KEYS))


def answers_of(name: str, officer: int) -> dict[int, dict[str, str]]:
    """What this officer has chosen for the rows of a file; empty where that is nothing."""
    with suppress(OSError):
        if SHA256.fullmatch(name):
            return {int(row): given for row, given in orjson.loads(_answers_of(name, officer).read_bytes()).items()}
    return {}


def _answers_of(name: str, officer: int) -> Path:
    return folder() / f"{name}.{officer}.json"
