"""The folder where dumps stand: one folder for each, named by its day and its last change.

What is there is whole: a dump is written beside under a name that nobody reads, then named, in place of one of that
name whose addresses or forms were others. ``latest`` leads to the newest and is moved last.
"""

import ctypes
import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken

DESCRIPTOR = "datapackage.json"
LATEST = "latest"
NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d+)")
HALF = ".half"
KEPT_DAYS = 7
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of renameat2(2)


class PublishingAlready(RuleBroken):
    code = "publishing-already"
    message = _("Một lần xuất khác đang ghi vào %(folder)s. Hãy đợi lần đó xong rồi chạy lại.")


@dataclass(frozen=True)
class Dump:
    """A dump that stands in the folder, as its descriptor tells of it."""

    folder: Path
    described: dict

    @property
    def name(self) -> str:
        return self.folder.name

    def resource(self, file: str) -> dict | None:
        """What the descriptor says of a file; None for a file that is not of the dump."""
        return next((each for each in self.described["resources"] if each["path"] == file), None)


def form_of(resource: dict) -> str:
    """The form of a file of a dump: ``csv``, ``ndjson``, ``parquet``."""
    return resource["path"].rpartition(".")[2]


def rows_of(resource: dict) -> int | None:
    """How many records a file has, None where nothing says it; dumps of earlier releases say ``rows`` of every one."""
    return resource.get("records", resource.get("rows"))


def shelf() -> Path:
    return Path(settings.DUMPS_DIR)


def dumps() -> list[Dump]:
    """Every dump that is published, the newest first; those that cannot be read are left out."""
    found = [dump for name in names() if (dump := dump_of(name))]
    return sorted(found, key=lambda dump: _order(dump.name), reverse=True)


def names() -> list[str]:
    if not shelf().is_dir():
        return []
    return [path.name for path in shelf().iterdir() if NAME.fullmatch(path.name)]


def dump_of(name: str) -> Dump | None:
    """The dump of this name, or under ``latest`` the newest; None where there is none."""
    if name == LATEST:
        name = latest_name()
    if not NAME.fullmatch(name):
        return None
    folder = shelf() / name
    try:
        return Dump(folder, orjson.loads((folder / DESCRIPTOR).read_bytes()))
    except (OSError, ValueError):
        return None


def latest_name() -> str:
    """The name of the newest dump; empty where there is none."""
    try:
        return os.readlink(shelf() / LATEST)
    except OSError:
        return ""


def stamp() -> str:
    """Another text whenever a dump has come, gone or been replaced."""
    found = [latest_name()]
    for name in sorted(names()):
        with suppress(OSError):  # removed at this moment
            found.append(f"{name} of {(shelf() / name).stat().st_mtime_ns}")
    return ", ".join(found)


@contextmanager
def publishing(name: str) -> Iterator[Path]:
    """A folder to write a dump into; on leaving it stands under its name, where another may have stood, and is the
    latest. What earlier attempts left behind goes. Raises PublishingAlready."""
    shelf().mkdir(parents=True, exist_ok=True)
    with (shelf() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise PublishingAlready(folder=shelf()) from error
        half = shelf() / HALF
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        try:
            yield half
            _put_in_place(half, shelf() / name)
        finally:
            shutil.rmtree(half, ignore_errors=True)
        _lead_to(name)


def _put_in_place(half: Path, there: Path) -> None:
    """Where the system can exchange two folders (Linux) one of them stands there at every moment."""
    if not there.exists():
        half.rename(there)
    elif not _exchanged(half, there):
        gone = shelf() / f".gone-{there.name}"
        shutil.rmtree(gone, ignore_errors=True)
        there.rename(gone)
        half.rename(there)


def _exchanged(one: Path, other: Path) -> bool:
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(
        AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0


def _lead_to(name: str) -> None:
    link = shelf() / f".{LATEST}"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    link.replace(shelf() / LATEST)


def remove_old(today: date) -> list[str]:
    """Remove the dumps that no rule keeps; return their names."""
    gone = superseded(names(), today=today) - {latest_name()}
    for name in sorted(gone):
        # Renamed first: nobody finds a dump that is half removed.
        (shelf() / name).rename(shelf() / f".gone-{name}")
    for path in shelf().glob(".gone-*"):
        shutil.rmtree(path, ignore_errors=True)
    return sorted(gone)


def superseded(standing: Iterable[str], *, today: date) -> set[str]:
    """The dumps that go: what is older than a week and not the first of its month; of earlier days, all but a day's
    last."""
    by_day: dict[date, list[str]] = {}
    for name in sorted(standing, key=_order):
        by_day.setdefault(_day(name), []).append(name)
    keep = {names[-1] for day, names in by_day.items() if day > today - timedelta(days=KEPT_DAYS)}
    keep |= set(by_day.get(today, []))
    first_of_month: dict[tuple[int, int], str] = {}
    for day in sorted(by_day):
        first_of_month.setdefault((day.year, day.month), by_day[day][0])
    return {name for each in by_day.values() for name in each} - keep - set(first_of_month.values())


def _day(name: str) -> date:
    return date.fromisoformat(NAME.fullmatch(name)[1])


def _order(name: str) -> tuple[str, int]:
    day, change = NAME.fullmatch(name).groups()
    return day, int(change)
