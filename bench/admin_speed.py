"""How fast 100,000 projects are listed and searched, by officers and by the public: server time and queries, on SQLite
and on PostgreSQL.

    make bench-admin      .venv/bin/python bench/admin_speed.py [--projects 100000] [--only sqlite|postgresql]

Loads the folder of bench/make_dataset.py into an empty register, then asks for pages as a browser would, without the
network: the time is that of Django and of the database. Each page is asked for eleven times; the first is left out
(a server is warm), the middle of the others told, with the slowest. Work is processor time, of Python and of the
database, which other programs disturb less than the clock.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]

import make_dataset

from tests.servers import postgres

ROOT = HERE.parent.parent
PAGES = {
    "first page": "", "search, one word (dien tu)": "?q=dien+tu", "search, a code": "?q=SYN2300000005",
    "search, three words": "?q=nha+may+linh+kien", "search, nothing found": "?q=khongcogi", "second page": "?p=2",
    "a status": "?status__exact=operating", "search, in nearly all (nha)": "?q=nha",
    "public: search (dien tu)": "/search/?q=dien+tu", "public: search (nha may)": "/search/?q=nha+may",
    "public: nothing found": "/search/?q=dien+tu+khongcogi", "public: suggestions (dien)": "/search/suggest/?q=dien",
    "API: search (dien tu)": "/api/v1/projects/?search=dien+tu",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_dataset.generate(asked.projects, 1, f"{folder}/data")
        if asked.only != "postgresql":
            measure(f"sqlite:///{folder}/bench.sqlite3", folder)
        if asked.only != "sqlite":
            with postgres() as url:
                measure(url, folder)


def measure(url: str, folder: str) -> None:
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bacninh_fdi.settings", "LOAD_PRESS": "0"}

    def run(*arguments, **more):
        return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, check=True, text=True,
                              stdout=subprocess.PIPE, **more).stdout

    run("manage.py", "migrate", "--verbosity=0")
    run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
    loaded = run("manage.py", "load_benchmark", f"{folder}/data").splitlines()[-1]
    print(f"\n{url.split(':')[0]}: {loaded}")
    print(f"{'':32}{'work ms':>10}{'middle ms':>10}{'slowest':>10}{'queries':>10}{'answer kB':>11}")
    for page, told in json.loads(run(HERE.parent / "admin_pages.py", json.dumps(PAGES)).splitlines()[-1]).items():
        print(f"  {page:30}{told['work']:10.1f}{statistics.median(told['ms']):10.1f}{max(told['ms']):10.1f}"
              f"{told['queries']:10}{told['bytes'] / 1000:11.0f}", flush=True)


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"\n{time.monotonic() - started:.0f} s in all")
