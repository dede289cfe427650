"""Processes beside this one that share a dump's work, each with a connection of its own.

They are forks, so that no program has to be read and set up again, and begin before this process connects: no two may
share a connection. They go when this one goes, however it ends.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread

from django.db import connections
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken

FORK = get_context("fork")


class WorkerFailed(RuleBroken):
    code = "worker-failed"
    message = _("Một tiến trình con không làm xong phần của mình (%(problem)s). Bản xuất này bị bỏ, các bản trước còn "
                "nguyên. Hãy sửa lỗi rồi chạy lại, hoặc thử với --processes 1.")


class Worker:
    """A process that does ``work`` with one task after the other."""

    def __init__(self, work: Callable):
        self.pipe, theirs = FORK.Pipe()
        self.process = FORK.Process(target=_serve, args=(theirs, work), daemon=True)
        self.process.start()
        theirs.close()

    def answer(self):
        """What came of its task. Raises WorkerFailed."""
        try:
            done, problem = self.pipe.recv()
        except EOFError as error:
            self.process.join()
            raise WorkerFailed(problem=f"exit code {self.process.exitcode}") from error
        if problem:
            raise WorkerFailed(problem=problem)
        return done


@contextmanager
def crew(count: int, work: Callable) -> Iterator[Callable[[Iterable[tuple]], Iterator]]:
    """So many processes; what is given takes tasks, the arguments of ``work``, and yields the answers as they come."""
    connections.close_all()
    workers: list[Worker] = []
    try:
        workers += [Worker(work) for _number in range(count)]
        yield lambda tasks: _shared(workers, tasks)
        for worker in workers:
            with suppress(OSError):  # it has gone already, and had nothing left to do
                worker.pipe.send(None)
    except BaseException:
        for worker in workers:
            worker.process.terminate()
        raise
    finally:
        for worker in workers:
            worker.process.join()


def _shared(workers: list[Worker], tasks: Iterable[tuple]) -> Iterator:
    """Each task to whoever is free first. Raises WorkerFailed."""
    tasks, free, busy = iter(tasks), list(workers), {}
    while True:
        while free and (task := next(tasks, None)) is not None:
            worker = free.pop()
            worker.pipe.send(task)
            busy[worker.pipe] = worker
        if not busy:
            return
        for pipe in wait(list(busy)):
            worker = busy.pop(pipe)
            yield worker.answer()
            free.append(worker)


def _serve(pipe: Connection, work: Callable) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal interrupts all; this process then ends the others
    Thread(target=_go_with_the_parent, daemon=True).start()
    while (task := pipe.recv()) is not None:
        try:
            answer = work(*task), ""
        except Exception as error:  # whatever it is, it is the first process's to tell, which ends the dump
            traceback.print_exc()
            answer = None, f"{type(error).__name__}: {error}"
        pipe.send(answer)
    connections.close_all()


def _go_with_the_parent() -> None:
    parent_process().join()
    os._exit(1)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """To be terminated is an exception like an interrupt: what is half done is cleared away."""
    before = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
