"""The benchmark's folders for tests, and its CSV files read and written as they are."""

import csv
import importlib.util
from collections.abc import Callable
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent / "bench" / "make_dataset.py"

Rows = list[dict[str, str]]


def make_folder(path: Path, *, projects: int, seed: int) -> Path:
    """The folder that ``make_dataset.py --projects … --seed …`` writes: the same bytes every time."""
    spec = importlib.util.spec_from_file_location("make_dataset", BENCH)
    make_dataset = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_dataset)
    make_dataset.generate(projects, seed, str(path))
    return path


def read_rows(folder: Path, file: str) -> Rows:
    with open(folder / file, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_rows(folder: Path, file: str, rows: Rows) -> None:
    with open(folder / file, "w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def change_rows(folder: Path, file: str, change: Callable[[Rows], Rows | None]) -> None:
    """Write the file again, with its rows as ``change`` returns or leaves them."""
    rows = read_rows(folder, file)
    changed = change(rows)
    write_rows(folder, file, rows if changed is None else changed)
