"""How fast the public's pages are over 100,000 projects, beside Datasette on the same data and a static file.

    make bench-public     .venv/bin/python bench/public_speed.py [--projects 100000]

Loads the folder of bench/make_dataset.py into an empty register on SQLite, serves it with gunicorn as `make run` does,
and serves the same projects as one table with Datasette. Every page comes over HTTP from a server that is warm, over
one connection, uncompressed. "clock" is the middle of the answers, "work" the processor time of the server for one
answer, which other programs on the machine disturb less. "fresh": every request has another address, so that nothing
can have been kept; "again": the same address each time.

Datasette facets the six columns that it is told to, with time limits that let it finish; it is not asked to look for
others (``suggest_facets`` off), which is what makes it slow by itself. Its facets count with every filter on, the
register's with every filter but their own. --database FILE and --data FOLDER take what an earlier run has made.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]

import datasette_peer
import make_dataset

from registry.vocabulary.vietnamese import search_text

ROOT = HERE.parent.parent
TICK = os.sysconf("SC_CLK_TCK")
TIMES, FEWEST, LONGEST = 15, 3, 10_000  # answers of a page; fewer, but three, once they have taken 10,000 ms
THREE = {"zone": "KCN-06", "status": "operating", "country": "KR"}
REGISTER = {
    "list, three filters, nine facets": f"/projects/?{urlencode(THREE)}",
    "list, no filter, nine facets": "/projects/",
    "list, search of two words, nine facets": "/projects/?search=dien+tu",
    "project": "/projects/SYN2300000005/",
    "statistics": "/statistics/",
    "search": "/search/?q=dien+tu",
    "static file (register.css)": "/static/registry/register.css",
}
FACETS = [("_facet", name) for name in datasette_peer.FACETS]
TABLE = "/peer/projects"
PEER = {
    "list, three filters, six facets": f"{TABLE}?{urlencode([*THREE.items(), ('_size', 50), *FACETS])}",
    "list, three filters, no facets": f"{TABLE}?{urlencode([*THREE.items(), ('_size', 50), ('_nofacet', 1)])}",
    "list, no filter, six facets": f"{TABLE}?{urlencode([('_size', 50), *FACETS])}",
    "list, search of two words, six facets":
        f"{TABLE}?{urlencode([('search__contains', ' dien'), ('search__like', '% tu%'), ('_size', 50), *FACETS])}",
    "row": f"{TABLE}/5",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--data", type=Path, help="a folder of bench/make_dataset.py")
    parser.add_argument("--database", type=Path, help="an SQLite file into which it was loaded")
    parser.add_argument("--datasette", type=Path, default=Path(sys.executable).with_name("datasette"))
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        data = asked.data or folder / "data"
        if not asked.data:
            make_dataset.generate(asked.projects, 1, str(data))
        database = asked.database or folder / "register.sqlite3"
        print(f"{'':50}{'clock ms':>10}{'work ms':>10}{'kB':>8}")
        with register(database, data, load=not asked.database) as (port, process):
            for name, path in REGISTER.items():
                show(f"register: {name}", *answers(port, process, path))
            again = REGISTER["list, three filters, nine facets"]
            show("register: list, three filters, again", *answers(port, process, again, fresh=False))
        if not asked.datasette.exists():
            sys.exit(f"{asked.datasette} is not there: pip install -r bench/requirements.txt")
        datasette_peer.make(data, folder / "peer.db", lambda *texts: search_text(*texts).folded)
        with datasette(asked.datasette, folder / "peer.db") as (port, process):
            for name, path in PEER.items():
                show(f"Datasette: {name}", *answers(port, process, path))


def show(name: str, clock: float, work: float, size: float) -> None:
    print(f"{name:50}{clock:10.1f}{work:10.1f}{size:8.0f}", flush=True)


def answers(port: int, process: subprocess.Popen, path: str, *, fresh: bool = True) -> tuple[float, float, float]:
    """The middle of the milliseconds by the clock, the mean of those of work, and the length in kB."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    size = get(connection, path)
    times, work = [], worked(process.pid)
    while len(times) < TIMES and (len(times) < FEWEST or sum(times) < LONGEST):
        begun, number = time.perf_counter(), len(times)
        get(connection, f"{path}{'&' if '?' in path else '?'}_fresh={number}" if fresh else path)
        times.append(1000 * (time.perf_counter() - begun))
    connection.close()
    return statistics.median(times), 1000 * (worked(process.pid) - work) / len(times), size / 1000


def get(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path, headers={"Accept-Encoding": "identity"})
    answer = connection.getresponse()
    length = len(answer.read())
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return length


def worked(pid: int) -> float:
    """The seconds of processor time of a process and of its children, of those that have ended too."""
    total = 0.0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(file.parent.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / TICK
        if int(file.parent.name) == pid:
            total += (int(fields[13]) + int(fields[14])) / TICK
    return total


@contextmanager
def register(database: Path, data: Path, *, load: bool):
    env = os.environ | {"DATABASE_URL": f"sqlite:///{database.resolve()}", "LOAD_PRESS": "0"}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "prepare"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    if load:
        loaded = subprocess.run([*manage, "load_benchmark", str(data)], cwd=ROOT, env=env, check=True, text=True,
                                stdout=subprocess.PIPE).stdout
        print(loaded.splitlines()[-1])
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "bacninh_fdi.wsgi:application", "--threads", "4", "--workers", "1",
                "--timeout", "120", "--no-control-socket", "--log-level", "error", "--bind", f"127.0.0.1:{port}"]
    with served(gunicorn, port, env) as process:
        yield port, process


@contextmanager
def datasette(program: Path, database: Path, *options: str):
    port = free_port()
    settings = {"suggest_facets": "off", "facet_time_limit_ms": "30000", "sql_time_limit_ms": "30000"}
    command = [str(program), "serve", "--immutable", str(database), "--port", str(port), *options,
               *(word for name, value in settings.items() for word in ("--setting", name, value))]
    with served(command, port, dict(os.environ)) as process:
        yield port, process


@contextmanager
def served(command: list[str], port: int, env: dict[str, str]):
    """A server until the end of the block."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _try in range(300):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield process
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


if __name__ == "__main__":
    main()
