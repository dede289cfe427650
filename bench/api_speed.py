"""How fast partners read 100,000 projects, beside plain Django REST framework, Datasette and the database itself.

    make bench-api     .venv/bin/python bench/api_speed.py [--projects 100000] [--sqlite]

Loads the folder of bench/make_dataset.py into an empty register, on a PostgreSQL of its own or with --sqlite on a
file, and serves it with gunicorn as `make run` does. Lists come over HTTP from warm servers, over one connection,
uncompressed, each made anew: the register keeps no answers of its API. "clock" is the middle of the answers, "work"
the processor time for one of them, of the server and of PostgreSQL together, which other programs on the machine
disturb less. Plain REST framework (bench/drf_peer.py) makes the same nested rows; Datasette one flat table, one
with labels, and by a canned query the same nested rows too (bench/datasette_nested.py).

Then a page without HTTP beside the same rows as one json_agg of the database, and the whole feed and the whole dump
beside COPY TO STDOUT of what the dump reads (bench/api_rows.py): PostgreSQL only.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]

import datasette_nested
import datasette_peer
import make_dataset
import psycopg
from public_speed import ROOT, datasette, free_port, served, worked

from registry.vocabulary.vietnamese import search_text
from tests.servers import postgres

TIMES = 30
WARM, WARM_SECONDS = 40, 10  # answers before: a connection of each of four threads has kept its plans then
LIST = "/api/v1/projects/?page_size=100"
STYLE = "/static/registry/register.css"
GUNICORN = [sys.executable, "-m", "gunicorn", "--threads", "4", "--workers", "1", "--timeout", "300",
            "--no-control-socket", "--log-level", "error"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--data", type=Path, help="a folder of bench/make_dataset.py")
    parser.add_argument("--sqlite", action="store_true", help="on SQLite instead of PostgreSQL")
    parser.add_argument("--loaded", metavar="DATABASE_URL", help="a register on this machine that has the data already")
    parser.add_argument("--datasette", type=Path, default=Path(sys.executable).with_name("datasette"))
    asked = parser.parse_args()
    if not asked.datasette.exists():
        sys.exit(f"{asked.datasette} is not there: pip install -r bench/requirements.txt")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if not asked.data:
            make_dataset.generate(asked.projects, 1, f"{folder}/data")
        data, file = asked.data or folder / "data", f"sqlite:///{folder}/register.sqlite3"
        server = nullcontext(asked.loaded or file) if asked.loaded or asked.sqlite else postgres()
        env = os.environ | {
            "DATABASE_URL": stack.enter_context(server), "LOAD_PRESS": "0", "API_ANON_RATE": "1000000/min",
            "DUMPS_DIR": f"{folder}/dumps", "DJANGO_SETTINGS_MODULE": "bacninh_fdi.settings",
        }
        if not asked.loaded:
            manage(env, "prepare")
            print(manage(env, "load_benchmark", str(data)).splitlines()[-1])
            manage(env, "shell", "-c", "from django.db import connection; connection.cursor().execute('ANALYZE')")
        print(f"load of the machine: {os.getloadavg()[0]:.1f}\n")
        lists(env, data, folder, asked.datasette)
        if env["DATABASE_URL"].startswith("postgres"):
            in_process(env)
            whole(env)


def manage(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True, text=True,
                          stdout=subprocess.PIPE)
    return done.stdout


def lists(env: dict[str, str], data: Path, folder: Path, datasette_program: Path) -> None:
    print(f"{'':52}{'clock ms':>10}{'work ms':>10}{'kB':>8}")
    database = postmaster(env["DATABASE_URL"])
    with application(env, "bacninh_fdi.wsgi", ROOT) as (port, server):
        both = (server, *database)
        show("register: 100 projects, nested", port, both, LIST)
        show("register: 100 projects, from row 90,000 (or 90 %)", port, both, deep(port))
        show("register: 100 projects by name", port, both, f"{LIST}&ordering=name")
        show("register: 100 ledger entries", port, both, "/api/v1/capital-entries/?page_size=100")
        show("register: 100 changes of the feed", port, both, "/api/v1/changes/?after=0&page_size=100")
        show("register: 304 for the page of 100", port, both, LIST, known=True)
        show("static file (register.css)", port, both, STYLE)
        show("static file: 304", port, both, STYLE, known=True)
        for form in ("csv", "ndjson"):
            show(f"register: all projects as {form}", port, both, f"/api/v1/projects/?format={form}", times=1)
        if database:
            feed(port, both)
    with application(env, "drf_peer", HERE.parent) as (port, server):
        show("plain REST framework: 100 projects, nested", port, (server, *database), "/projects/", times=10)
        number = max(1, int(count_of(port) * 0.9) // 100)
        show("plain REST framework: from row 90,000", port, (server, *database), f"/projects/?page={number}", times=10)
    datasette_peer.make(data, folder / "peer.db", lambda *texts: search_text(*texts).folded)
    with datasette(datasette_program, folder / "peer.db") as (port, process):
        show("Datasette: 100 rows, flat", port, (process.pid,),
             "/peer/projects.json?_shape=objects&_size=100&_nofacet=1&_nocount=1")
    metadata = datasette_nested.make(data, folder / "nested.db")
    with datasette(datasette_program, folder / "nested.db", "--metadata", str(metadata)) as (port, process):
        show("Datasette: 100 rows, flat, with labels", port, (process.pid,),
             "/nested/whole.json?_shape=objects&_size=100&_nofacet=1&_nocount=1&_labels=on")
        parts = "&".join(f"_json={part}" for part in datasette_nested.PARTS)
        for name, after in (("100 projects, nested (canned query)", 0), ("the page from row 90,000", 90_000)):
            show(f"Datasette: {name}", port, (process.pid,),
                 f"/nested/{datasette_nested.QUERY}.json?_shape=objects&{parts}&after={after}")


@contextmanager
def application(env: dict[str, str], module: str, folder: Path) -> Iterator[tuple[int, int]]:
    """A WSGI application under gunicorn: its port and its process."""
    port = free_port()
    command = [*GUNICORN, "--chdir", str(folder), f"{module}:application", "--bind", f"127.0.0.1:{port}"]
    with served(command, port, env) as process:
        yield port, process.pid


def postmaster(url: str) -> tuple[int, ...]:
    """The process of a PostgreSQL server on this machine; none for SQLite, which works inside ours."""
    if not url.startswith("postgres"):
        return ()
    with psycopg.connect(url) as connection:
        folder = connection.execute("SHOW data_directory").fetchone()[0]
    return (int(Path(folder, "postmaster.pid").read_text().split()[0]),)


def show(name: str, port: int, processes: tuple[int, ...], path: str, *, known: bool = False, times: int = TIMES):
    """Ask for an address and tell how long it took; ``known``: with the tag that it had the first time."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    asked = {"Accept-Encoding": "identity"}
    first = get(connection, path, asked) if times > 1 else None
    if known:
        tags = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        asked |= {tags[name]: first[1][name] for name in tags if name in first[1]}
    until = time.perf_counter() + WARM_SECONDS
    for _time in range(WARM if times > 1 else 0):
        get(connection, path, asked)
        if time.perf_counter() > until:
            break
    clocks, before = [], sum(map(worked, processes))
    for _time in range(times):
        begun = time.perf_counter()
        body, headers = get(connection, path, asked)
        clocks.append(1000 * (time.perf_counter() - begun))
    work = 1000 * (sum(map(worked, processes)) - before) / times
    connection.close()
    print(f"{name:52}{median(clocks):10.1f}{work:10.1f}{len(body) / 1000:8.0f}", flush=True)


def get(connection: http.client.HTTPConnection, path: str, asked: dict[str, str]) -> tuple[bytes, dict]:
    connection.request("GET", path, headers=asked)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status not in (200, 304):
        raise RuntimeError(f"{path} answered {answer.status}: {body[:500]}")
    return body, dict(answer.headers)


def pages(port: int, path: str) -> Iterator[tuple[str, dict]]:
    """Each page of a list with its address, by what ``next`` says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    while path:
        page = json.loads(get(connection, path, {})[0])
        yield path, page
        following = urlsplit(page["next"] or "")
        path = following.query and f"{following.path}?{following.query}"


def deep(port: int) -> str:
    """The address of the page of 100 projects from row 90,000, or from 90 % of what there is."""
    found = [path for path, _page in pages(port, "/api/v1/projects/?page_size=500&fields=code")]
    at = found[int(len(found) * 0.9)]
    return at.replace("page_size=500", "page_size=100").replace("&fields=code", "")


def count_of(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    return json.loads(get(connection, "/projects/?page_size=1", {})[0])["count"]


def feed(port: int, processes: tuple[int, ...]) -> None:
    begun, before = time.perf_counter(), sum(map(worked, processes))
    rows = sum(len(page["results"]) for _path, page in pages(port, "/api/v1/changes/?after=0&page_size=500"))
    work = sum(map(worked, processes)) - before
    print(f"register: the whole feed, {rows} changes: {time.perf_counter() - begun:.0f} s, {work:.0f} s of work, "
          f"{rows / work:.0f} changes a second of work", flush=True)


def in_process(env: dict[str, str]) -> None:
    print("\nA page of 100 projects, from keys to bytes, without HTTP, ms")
    for name, told in (("register", "documents"), ("json_agg of the database", "json")):
        found = measure(env, told)
        print(f"  {name:50}{found['clock']:10.1f} by the clock{found['work']:8.1f} of Python's work", flush=True)


def whole(env: dict[str, str]) -> None:
    """The dump and COPY, by the clock, by work of both processes, and in memory above a bare command."""
    database = postmaster(env["DATABASE_URL"])
    _seconds, _work, bare = run([sys.executable, "manage.py", "check"], env, database)
    seconds, work, peak = run([sys.executable, "manage.py", "publish_dump"], env, database)
    copied = measure(env, "copy")
    copy_work = run([sys.executable, str(HERE.parent / "api_rows.py"), "copy"], env, database)[1]
    print(f"\n{'The whole register':32}{'rows':>10}{'clock s':>10}{'work s':>10}{'rows/s':>10}{'MB above':>10}")
    print(f"{'  publish_dump, CSV and NDJSON':32}{copied['rows']:10}{seconds:10.1f}{work:10.1f}"
          f"{copied['rows'] / seconds:10.0f}{peak - bare:10.0f}")
    print(f"{'  COPY TO STDOUT, CSV':32}{copied['rows']:10}{copied['clock']:10.1f}{copy_work:10.1f}"
          f"{copied['rows'] / copied['clock']:10.0f}")


def measure(env: dict[str, str], name: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, str(HERE.parent / "api_rows.py"), name], cwd=ROOT, env=env, check=True,
                          text=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def run(command: list[str], env: dict[str, str], database: tuple[int, ...]) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of work of the command and of the database, and in MB the peak of that of
    its processes which has the highest."""
    begun, before = time.perf_counter(), sum(map(worked, database))
    process, peak, ended = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL), 0, 0
    while not ended:
        time.sleep(0.05)
        peak = max(peak, *map(most_memory, [process.pid, *children_of(process.pid)]))
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    work = used.ru_utime + used.ru_stime + sum(map(worked, database)) - before
    return time.perf_counter() - begun, work, peak


def children_of(pid: int) -> list[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def most_memory(pid: int) -> float:
    """The most that a process has had so far, in MB; unlike ru_maxrss it counts no parent's."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1000
    return 0


if __name__ == "__main__":
    main()
