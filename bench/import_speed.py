"""How fast a file is imported, beside django-import-export and beside reading plus plain ``bulk_create``.

    make bench            everything, on SQLite and on a PostgreSQL server of its own
    .venv/bin/python bench/import_speed.py [--rows 5000] [--entries 20000] [--only sqlite|postgresql]

Each step runs in a process of its own (bench/step.py), so that its peak of memory is its own; what others do is rolled
back, what the register does stays for the next step. ``apply`` is what an officer waits for after the click: the file
is read and looked at again, then written. Seconds are by the clock, and of this process's work.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]

from import_files import changed_projects, entries, projects

from tests.servers import postgres

ONE_ROW = "one-row.xlsx"  # what each step takes first

# What is measured, of which file, and with which steps of others it is compared.
STEPS = {
    "plain-projects": ("projects.xlsx", "calamine + bulk_create", ()),
    "peer-dry": ("projects.xlsx", "django-import-export, dry run", ()),
    "peer-real": ("projects.xlsx", "django-import-export, real run", ()),
    "tuned-dry": ("projects.xlsx", "  the same in bulk, dry run", ()),
    "tuned-real": ("projects.xlsx", "  the same in bulk, real run", ()),
    "whole-dry": ("projects.xlsx", "  of the same records, dry run", ()),
    "whole-real": ("projects.xlsx", "  of the same records, real run", ()),
    "preview-projects": ("projects.xlsx", "register: preview",
                         ("peer-dry", "tuned-dry", "whole-dry", "plain-projects")),
    "apply-projects": ("projects.xlsx", "register: apply",
                       ("peer-real", "tuned-real", "whole-real", "plain-projects")),
    "publish-projects": ("projects.xlsx", "register: publish", ()),
    "preview-changed": ("changed.xlsx", "register: preview, all changed", ()),
    "apply-changed": ("changed.xlsx", "register: apply, all changed", ()),
    "publish-changed": ("changed.xlsx", "register: publish, all changed", ()),
    "plain-entries": ("entries.xlsx", "calamine + bulk_create", ()),
    "preview-entries": ("entries.xlsx", "register: preview", ("plain-entries",)),
    "apply-entries": ("entries.xlsx", "register: apply", ("plain-entries",)),
    "publish-entries": ("entries.xlsx", "register: publish", ("plain-entries",)),
}
SHORT = {"peer-dry": "django-import-export", "peer-real": "django-import-export", "tuned-dry": "in bulk",
         "tuned-real": "in bulk", "whole-dry": "of the same records", "whole-real": "of the same records",
         "plain-projects": "bulk_create", "plain-entries": "bulk_create"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.only != "postgresql":
            measure(f"sqlite:///{folder}/bench.sqlite3", Path(folder), asked)
        if asked.only != "sqlite":
            with postgres() as url:
                measure(url, Path(folder), asked)


def measure(url: str, folder: Path, asked: argparse.Namespace) -> None:
    """Run all steps against an empty database, and print a line for each."""
    counts = {"projects.xlsx": asked.rows, "changed.xlsx": asked.rows, "entries.xlsx": asked.entries}
    (folder / "projects.xlsx").write_bytes(projects(asked.rows))
    (folder / ONE_ROW).write_bytes(projects(1, first=90_000))
    told_by(url, "prepare", folder / "projects.xlsx")
    idle = told_by(url, "codes", folder / "projects.xlsx")["peak"]
    print(f"\n{url.split(':')[0]}, Python {sys.version.split()[0]}; a process that has done nothing: {idle:.0f} MB")
    print(f"{'':32}{'seconds':>8} {'of work':>8} {'rows/s':>8} {'peak MB':>8}   times as fast as (by work)")
    before, done = "", {}
    for name, (file, label, peers) in STEPS.items():
        if file != before:
            codes = told_by(url, "codes", folder / "projects.xlsx")["result"]
            if file == "changed.xlsx":
                (folder / file).write_bytes(changed_projects(codes))
            elif file == "entries.xlsx":
                (folder / file).write_bytes(entries(codes, asked.entries))
            print(f"{counts[file]:,} rows of {file}")
        before, done[name] = file, told_by(url, name, folder / file)
        print(line(label, counts[file], done[name], {peer: done[peer] for peer in peers}), flush=True)


def told_by(url: str, name: str, file: Path) -> dict:
    """What one step says of itself, from a process of its own."""
    command = [sys.executable, HERE.parent / "step.py", name, file, file.parent / ONE_ROW]
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bacninh_fdi.settings"}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=env)
    return json.loads(done.stdout.splitlines()[-1])


def line(label: str, rows: int, told: dict, peers: dict[str, dict]) -> str:
    ratios = ", ".join(f"{SHORT[name]} {peer['seconds'] / told['seconds']:.1f} ({peer['work'] / told['work']:.1f})"
                       for name, peer in peers.items())
    return (f"  {label:30}{told['seconds']:8.2f} {told['work']:8.2f} {rows / told['seconds']:8.0f} {told['peak']:8.0f}"
            f"   {ratios}").rstrip()


if __name__ == "__main__":
    main()
