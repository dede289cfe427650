"""All that is published, as one dump: each list as NDJSON, as the API has it, and as CSV, as the pages have it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import starmap

import orjson
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from registry.actions.collecting import collecting_later
from registry.exchange.documents import DOCUMENTS, Context
from registry.exchange.moment import can_be_shared, name_of_moment, one_moment
from registry.exchange.package.export import PROFILE
from registry.models import NOUNS, Register

from .crew import crew
from .lists import Written, write_list, write_list_as_of
from .parquet import check_parquet
from .shelf import DESCRIPTOR, NAME, Dump, dump_of, form_of, names, publishing, remove_old

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
    *, base: str, at: datetime, parquet: bool = False, processes: int = 1, tell: Tell = lambda path, rows: None
) -> Published:
    """Publish the register as it stands, with the API's addresses under ``base``, then remove what is superseded.

    The same day and the same last change are the same dump; it is written anew only with other addresses, in a form
    that it lacks, where the change of that number is another one now (a backup was restored), or where it cannot be
    read. ``processes`` write lists side by side, of one moment; the files are the same. Raises PublishingAlready,
    ParquetMissing, WorkerFailed.
    """
    if parquet:
        check_parquet()
    today = timezone.localdate(at)
    with _writers(processes) as write, one_moment(), translation.override("vi"), collecting_later():
        register = Register.objects.get()
        name = f"{today.isoformat()}-{register.head}"
        assert NAME.fullmatch(name)
        was = name in names()
        if was and _is_the_same(dump_of(name), register, base, parquet):
            return Published(name, False, {}, remove_old(today))
        found = {}
        with publishing(name) as folder:
            context = Context(base=base, as_of=today)
            for written in write((folder, kind, context, parquet) for kind in _longest_first()):
                found[written.path] = written
                tell(written.path, written.rows)
            lists = [found[document.path] for document in DOCUMENTS.values()]
            resources = [each for written in lists for each in written.resources]
            described = _descriptor(name, resources, register, at, base)
            (folder / DESCRIPTOR).write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2))
    counts = {written.path: written.rows for written in lists}
    return Published(name, not was, counts, remove_old(today), replaced=was)


@contextmanager
def _writers(processes: int) -> Iterator[Callable[[Iterable[tuple]], Iterator[Written]]]:
    """What writes the lists that it is given: this process, or several where they can read as of the same moment."""
    if processes > 1 and can_be_shared():
        with crew(processes, write_list_as_of) as shared:
            yield partial(_shared_as_of_now, shared)
    else:
        yield partial(starmap, write_list)


def _shared_as_of_now(shared: Callable, tasks: Iterable[tuple]) -> Iterator[Written]:
    moment = name_of_moment()
    return shared((moment, *task) for task in tasks)


def _longest_first() -> list[str]:
    """The kinds of record, so that those who share them end at about the same time."""
    rows = {kind: NOUNS[kind].objects.count() for kind in DOCUMENTS}
    return sorted(rows, key=rows.get, reverse=True)


def _is_the_same(dump: Dump | None, register: Register, base: str, parquet: bool) -> bool:
    if dump is None or dump.described.get("change_hash") != register.head_hash:
        return False
    forms = {form_of(resource) for resource in dump.described["resources"]}
    return dump.described["changes_after"].startswith(f"{base}changes/") and (not parquet or "parquet" in forms)


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
