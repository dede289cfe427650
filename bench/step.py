"""One step of bench/import_speed.py in a process of its own: ``python bench/step.py NAME FILE``.

The last line that it prints is JSON: seconds by the clock, seconds of this process's work, the peak of its memory in
MB, and what the step gives. It first takes a file of one row and rolls it back: a server that runs is warm.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]
django.setup()

import peers
import register
from django.db import transaction
from import_files import projects

DRY, REAL = partial(peers.import_export, dry_run=True), partial(peers.import_export, dry_run=False)
ROLLED_BACK: dict[str, Callable] = {
    "plain-projects": peers.plain_projects, "plain-entries": peers.plain_entries,
    "peer-dry": partial(DRY, peers.Simple), "peer-real": partial(REAL, peers.Simple),
    "whole-dry": partial(DRY, peers.Whole), "whole-real": partial(REAL, peers.Whole),
    "tuned-dry": partial(DRY, peers.Tuned), "tuned-real": partial(REAL, peers.Tuned),
}
KEPT: dict[str, Callable] = {"prepare": register.prepare, "codes": register.codes}
for what, table in register.TABLES.items():
    KEPT[f"preview-{what}"] = partial(register.preview, table=table)
    KEPT[f"apply-{what}"] = partial(register.apply, table=table)
    KEPT[f"publish-{what}"] = register.publish


def rolled_back(do: Callable, data: bytes):
    with transaction.atomic():
        result = do(data)
        transaction.set_rollback(True)
    return result


def peak() -> float:
    """The most memory that this process has had, in MB; unlike ru_maxrss it counts no parent's."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(each.split()[1]) for each in status if each.startswith("VmHWM:")) / 1000


def main(name: str, file: str) -> None:
    do = ROLLED_BACK.get(name) or KEPT[name]
    take = partial(rolled_back, do) if name in ROLLED_BACK else do
    data = Path(file).read_bytes()
    if name.startswith(("peer", "whole", "tuned", "plain-projects")):
        rolled_back(do, projects(1))
    elif name.startswith(("preview", "apply")):
        rolled_back(partial(register.apply, table="projects"), projects(1, first=90_000))
    seconds, work = time.perf_counter(), time.process_time()
    result = take(data)
    print(json.dumps({"seconds": time.perf_counter() - seconds, "work": time.process_time() - work, "peak": peak(),
                      "result": result}))


if __name__ == "__main__":
    main(*sys.argv[1:])
