"""One step of bench/import_speed.py in a process of its own: ``python bench/step.py NAME FILE ONE_ROW``.

The last line that it prints is JSON: seconds by the clock, seconds of this process's work, the peak of its memory in
MB, and what the step gives. It first takes a file of one row and rolls it back: a server that runs is warm. It loads
what its step needs and no more, so that nobody's memory is counted as another's.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import django

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]
django.setup()

from django.db import transaction

RESOURCES = {"peer": "Simple", "whole": "Whole", "tuned": "Tuned"}


def step(name: str) -> Callable:
    """What the name stands for: ``plain-projects``, ``tuned-dry``, ``preview-entries`` …, taking the file's bytes."""
    what, _dash, how = name.partition("-")
    if what in RESOURCES:
        usual = import_module("usual_import")
        return partial(usual.take, getattr(usual, RESOURCES[what]), dry_run=how == "dry")
    if what == "plain":
        return getattr(import_module("plain_import"), how)
    register = import_module("register")
    if what in ("preview", "apply"):
        return partial(getattr(register, what), table=register.TABLES[how])
    return getattr(register, what)


def rolled_back(do: Callable, data: bytes):
    with transaction.atomic():
        result = do(data)
        transaction.set_rollback(True)
    return result


def peak() -> float:
    """The most memory that this process has had, in MB; unlike ru_maxrss it counts no parent's."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(each.split()[1]) for each in status if each.startswith("VmHWM:")) / 1000


def main(name: str, file: str, one_row: str) -> None:
    do, what = step(name), name.partition("-")[0]
    is_theirs = what in RESOURCES or what == "plain"
    take = partial(rolled_back, do) if is_theirs else do
    data, first = Path(file).read_bytes(), Path(one_row).read_bytes()
    if is_theirs and name != "plain-entries":
        rolled_back(do, first)
    elif what in ("preview", "apply"):
        rolled_back(step("apply-projects"), first)
    seconds, work = time.perf_counter(), time.process_time()
    result = take(data)
    print(json.dumps({"seconds": time.perf_counter() - seconds, "work": time.process_time() - work, "peak": peak(),
                      "result": result}))


if __name__ == "__main__":
    main(*sys.argv[1:])
