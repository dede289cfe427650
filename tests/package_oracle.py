"""The independent oracle over an exported package: its CSV files as they are, in a database of their own.

It knows the contract and the files of ``export_package``, and nothing of the register's code. What has no project
stands as a project of its own, of which nothing is recorded.
"""

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tests.oracle import SCHEMA, Oracle, cents

NULL = "\\N"

# Nothing counts later than the day of its recording; what nobody dated counts from its source's, else from that day.
FILL_ENTRIES = """
INSERT INTO entry
SELECT event.id, event.project, event.kind, event.cents, MIN(event.decided, event.recorded), event.recorded,
       event.buyer, event.corrects, COALESCE(undone.kind, event.kind),
       MIN(COALESCE(event.decided, source.published, event.recorded), event.recorded), event.sure
FROM event LEFT JOIN event AS undone ON undone.id = event.corrects
LEFT JOIN dated ON dated.id = event.id LEFT JOIN source ON source.id = dated.source
"""


class PackageOracle(Oracle):
    """The same questions as of the folder that the benchmark reads."""

    def __init__(self, folder: Path):
        self.database = sqlite3.connect(":memory:")
        self.database.executescript(SCHEMA)
        self.database.executescript("CREATE TABLE source (id TEXT PRIMARY KEY, published TEXT);"
                                    "CREATE TABLE dated (id TEXT PRIMARY KEY, source TEXT);")
        code = {name: {row["id"]: row["code"] for row in rows_of(folder, name)}
                for name in ("country", "sector", "zone", "administrativeunit", "registrar")}
        section = {row["id"]: row["section"] if row["vsic_version"] == "2018" else (
            f"{row['vsic_version']}-{row['section']}") for row in rows_of(folder, "sector")}
        self._fill("investor", ((row["id"], row["code"], code["country"].get(row["country_id"]),
                                 code["country"].get(row["parent_country_id"]))
                                for row in rows_of(folder, "investor")))
        self._fill("stake", ((row["project_id"], row["investor_id"], int(row["position"]),
                              cents(row["share_percent"] or ""), row["lead"] == "true")
                             for row in rows_of(folder, "stake") if row["until_certificate_id"] is None))
        self._fill("project", (
            (row["id"], row["code"], code["sector"].get(row["sector_id"]), section.get(row["sector_id"]),
             code["zone"].get(row["zone_id"]), row["form"] or None, row["status"],
             code["administrativeunit"].get(row["place_id"]), code["registrar"].get(row["registrar_id"]),
             row["ended_latest"]) for row in rows_of(folder, "project")))
        self._ledger(folder)

    def _ledger(self, folder: Path) -> None:
        rows = list(rows_of(folder, "capitalentry"))
        self._fill("project", ((f"without {row['id']}", *[None] * 9) for row in rows if row["project_id"] is None))
        self._fill("event", (
            (row["id"], row["project_id"] or f"without {row['id']}", row["kind"], cents(row["amount_usd"]),
             row["decided_latest"], row["recorded_at"], row["recorded_at"][11:13], row["buyer_id"], row["reverses_id"],
             _sure(row)) for row in rows))
        self._fill("dated", ((row["id"], row["source_id"]) for row in rows))
        self._fill("source", ((row["id"], row["published_latest"]) for row in rows_of(folder, "source")))
        self.database.execute("UPDATE event SET recorded = DATE(recorded, '+7 hours')")
        self.database.execute(FILL_ENTRIES)


def _sure(row: dict[str, str | None]) -> int:
    """How many cents of an entry count as confirmed."""
    if row["confirmed_part_usd"] is not None:
        return cents(row["confirmed_part_usd"])
    return cents(row["amount_usd"]) if row["confirmed"] == "true" else 0


def rows_of(folder: Path, table: str) -> Iterator[dict[str, str | None]]:
    """The rows of one file of the package, nothing where the cell says null."""
    with open(folder / f"registry_{table}.csv", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: None if value == NULL else value for name, value in row.items()}
