"""The benchmark's projects as one table for Datasette: an SQLite file with an index on every column that is filtered or
counted, as its manual advises."""

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

COLUMNS = ("code", "name", "name_en", "enterprise", "zone", "former_province", "sector", "status", "form", "country",
           "licensed_on", "registered_usd", "objective", "search")
INDEXED = ("code", "zone", "former_province", "sector", "status", "form", "country", "licensed_on", "registered_usd")
FACETS = ("zone", "sector", "country", "status", "form", "former_province")


def make(folder: Path, file: Path, folded) -> None:
    """Write ``file`` from the folder of bench/make_dataset.py; ``folded`` makes of texts what search reads."""
    with sqlite3.connect(file) as database:
        kinds = ", ".join(f"{name} {'INTEGER' if name == 'registered_usd' else 'TEXT'}" for name in COLUMNS)
        database.execute(f"CREATE TABLE projects (id INTEGER PRIMARY KEY, {kinds})")
        marks = ", ".join("?" for _name in range(len(COLUMNS) + 1))
        database.executemany(f"INSERT INTO projects VALUES ({marks})", _rows(folder, folded))
        for name in INDEXED:
            database.execute(f"CREATE INDEX projects_{name} ON projects ({name})")
        database.execute("ANALYZE")
    database.close()


def _rows(folder: Path, folded) -> Iterator[tuple]:
    zones = {row["id"]: row for row in _read(folder, "zones.csv")}
    investors = {row["id"]: row for row in _read(folder, "investors.csv")}
    leads = {row["project_id"]: investors[row["investor_id"]] for row in _read(folder, "project_investors.csv")
             if row["position"] == "1"}
    for row in _read(folder, "projects.csv"):
        zone, lead = zones.get(row["zone_id"], {}), leads.get(row["id"], {})
        search = folded(row["code"], row["name"], row["name_en"], row["objective"], row["enterprise_name"],
                        lead.get("name"), zone.get("name"))
        yield (row["id"], row["code"], row["name"], row["name_en"], row["enterprise_name"], zone.get("code"),
               zone.get("former_province"), row["sector_code"], row["status"], row["form"],
               lead.get("country_code"), row["licensed_on"], int(float(row["registered_capital_usd"])),
               row["objective"], search)


def _read(folder: Path, file: str) -> Iterator[dict]:
    with (folder / file).open(encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows)
