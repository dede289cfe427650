"""Several processes write one dump: the same files, of one moment, and none of them outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from registry.exchange.documents import DOCUMENTS
from registry.exchange.dump import lists, shelf
from registry.exchange.dump.crew import WorkerFailed, crew
from registry.exchange.dump.publish import publish_dump
from registry.exchange.dump.shelf import dump_of
from registry.models import Project, Register
from tests import build
from tests.api.example_register import write_examples

BASE = "http://testserver/api/v1/"
write_list = lists.write_list

DUMPING = """
import django, os, signal, sys, time; django.setup()
from pathlib import Path
from django.core.management import call_command
from registry.exchange.dump import lists, publish
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
def write_list(folder, kind, *more):
    Path(folder.parent.parent, f"{os.getpid()}.at-work").write_text(kind)
    time.sleep(60)
lists.write_list = publish.write_list = write_list
call_command("publish_dump", "--processes", sys.argv[1])
"""


@pytest.fixture(autouse=True)
def of_this_test(committed, settings, tmp_path):
    settings.DUMPS_DIR = str(tmp_path / "dumps")


def shares() -> bool:
    """Whether a dump here is written by several processes: SQLite has no moment that two connections can share."""
    return connection.vendor == "postgresql"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("parquet", [False, True])
def test_the_files_are_the_same_to_the_byte(parquet, tmp_path, settings):
    write_examples()
    for number in range(3):
        build.make_project(name=f"=SYN {number}", capital_usd="7.25")
    told, now = [], timezone.now()

    publish_dump(base=BASE, at=now, parquet=parquet)
    alone = contents(dump_of("latest").folder)
    settings.DUMPS_DIR = str(tmp_path / "again")
    many = publish_dump(base=BASE, at=now, parquet=parquet, processes=3, tell=lambda *each: told.append(each))

    assert contents(dump_of("latest").folder) == alone
    assert len(alone) == (3 if parquet else 2) * len(DOCUMENTS) + 1
    assert dict(told) == many.rows and list(many.rows) == [each.path for each in DOCUMENTS.values()]


def test_each_process_is_another(monkeypatch, tmp_path):
    def noted(folder, kind, *more):
        Path(tmp_path, f"{os.getpid()}.{kind}").touch()
        return write_list(folder, kind, *more)

    monkeypatch.setattr(lists, "write_list", noted)
    publish_dump(base=BASE, at=timezone.now(), processes=2)

    names = [path.name.split(".") for path in tmp_path.glob("*.*")]
    if shares():
        assert {kind for _pid, kind in names} == set(DOCUMENTS)
        assert str(os.getpid()) not in {pid for pid, _kind in names}


def test_all_read_as_of_one_moment(monkeypatch, tmp_path):
    """A project comes in while the lists are being written: none of them has it, and the dump says so."""
    if not shares():
        return
    begun, go_on = tmp_path / "begun", tmp_path / "go on"

    def in_the_midst(*asked):
        begun.touch()
        while not go_on.exists():
            time.sleep(0.01)
        return write_list(*asked)

    def bring_one_in():
        while not begun.exists():
            time.sleep(0.01)
        build.make_project(capital_usd="100")
        connection.close()
        go_on.touch()

    monkeypatch.setattr(lists, "write_list", in_the_midst)
    head, other = Register.objects.get().head, Thread(target=bring_one_in)
    other.start()
    published = publish_dump(base=BASE, at=timezone.now(), processes=2)
    other.join()

    assert Register.objects.get().head > head
    assert dump_of("latest").described["change"] == head
    assert published.rows["projects"] == published.rows["capital-entries"] == 0
    assert Project.objects.count() == 1


@pytest.mark.parametrize("end, told", [
    (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
    (lambda: os.kill(os.getpid(), signal.SIGKILL), "exit code -9"),
])
def test_one_that_fails_fails_the_dump(end, told, monkeypatch):
    build.make_project()
    publish_dump(base=BASE, at=timezone.now())
    before = dump_of("latest").name
    build.make_project()

    def ends(folder, kind, *more):
        return end() if kind == "zone" else write_list(folder, kind, *more)

    if shares():
        monkeypatch.setattr(lists, "write_list", ends)
        with pytest.raises(CommandError, match=told):
            call_command("publish_dump", processes=2)
        assert dump_of("latest").name == before
        assert sorted(path.name for path in shelf.shelf().iterdir()) == [".lock", before, "latest"]
        assert running_below(os.getpid()) == []


def test_tasks_go_to_whoever_is_free():
    """After the first failure nothing goes on."""
    with crew(2, pow) as shared:
        assert sorted(shared([(2, 3), (3, 2), (5, 1), (1, 9)])) == [1, 5, 8, 9]
        assert list(shared([])) == []
    with pytest.raises(WorkerFailed, match="TypeError"), crew(2, pow) as shared:
        list(shared([("a", 1), (2, 2)]))
    assert running_below(os.getpid()) == []


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("processes", [1, 2])
def test_nothing_outlives_one_that_is_ended(sign, processes, tmp_path):
    """Who is killed cannot clear away; the next dump does."""
    dumping = subprocess.Popen([sys.executable, "-c", DUMPING, str(processes)], env=environment(tmp_path),
                               stderr=subprocess.DEVNULL)
    at_work = processes if shares() else 1
    wait_for(lambda: len(list(tmp_path.glob("*.at-work"))) == at_work)
    workers = [int(path.name.partition(".")[0]) for path in tmp_path.glob("*.at-work")]
    assert (dumping.pid in workers) == (at_work == 1)
    dumping.send_signal(sign)

    assert dumping.wait(timeout=30) != 0
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert shelf.names() == []
    if sign != signal.SIGKILL:
        assert [path.name for path in shelf.shelf().iterdir()] == [".lock"]
    publish_dump(base=BASE, at=timezone.now())
    assert sorted(path.name for path in shelf.shelf().iterdir()) == [".lock", dump_of("latest").name, "latest"]


def environment(folder: Path) -> dict[str, str]:
    """For a program that reads the register of this test."""
    at, name = connection.settings_dict, connection.settings_dict["NAME"]
    url = f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{name}" if shares() else f"sqlite:///{name}"
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bacninh_fdi.settings",
                         "DUMPS_DIR": f"{folder}/dumps"}


def wait_for(what) -> None:
    until = time.monotonic() + 60
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def running_below(parent: int) -> list[int]:
    """The processes whose parent it is."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        if int(told["PPid"]) == parent:
            found.append(int(told["Pid"]))
    return found
