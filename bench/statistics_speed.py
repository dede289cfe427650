"""How fast tables of capital are over 400,000 entries, beside one SQL statement over the ledger and beside DuckDB.

    DATABASE_URL=sqlite:///FILE .venv/bin/python bench/statistics_speed.py [--day 2021-09-17]

FILE holds what bench/make_dataset.py writes (``manage.py load_benchmark``). Each table as of
the day is asked of the register (its function, names of the groups included), of the ledger by one statement with all
indexes of the register, and of DuckDB in memory, two threads, one narrow table that was filled before. Milliseconds of
processor time, the middle of the runs; registered capital is compared, to the cent. Then what has no peer: the form
A.IV.1 of the last quarter, and tables and the form as known on the day.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bacninh_fdi.settings")

import django
import duckdb

django.setup()

from django.db import connection

from registry.statistics.a_iv_1 import office_form
from registry.statistics.capital import capital_by
from registry.vocabulary.report import Quarter

RUNS = {"register": 31, "as known": 5, "one statement": 5, "DuckDB": 31}

KEYS = {
    "country": "country.code", "sector": "sector.code", "zone": "zone.code",
    "year": "CASE WHEN entry.decided_latest IS NOT NULL THEN SUBSTR(entry.counts_on, 1, 4) END",
}
REGISTERED = "('new', 'opening', 'increase', 'decrease')"
JOINS = """
FROM registry_capitalentry AS entry
LEFT JOIN registry_project AS project ON project.id = entry.project_id
LEFT JOIN registry_zone AS zone ON zone.id = project.zone_id
LEFT JOIN registry_sector AS sector ON sector.id = project.sector_id
LEFT JOIN registry_stake AS stake ON stake.project_id = project.id AND stake.lead AND stake.until_certificate_id IS NULL
LEFT JOIN registry_investor AS investor ON investor.id = stake.investor_id
LEFT JOIN registry_country AS country ON country.id = investor.country_id
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--day", type=date.fromisoformat, default=date(2021, 9, 17))
    asked = parser.parse_args()
    duck = in_duckdb()
    print(f"as of {asked.day}, ms{'':12}{'register':>12}{'one statement':>15}{'ratio':>8}{'DuckDB':>9}{'ratio':>8}")
    for by in KEYS:
        own, table = timed("register", lambda by=by: capital_by(by, as_of=asked.day))
        sql, rows = timed("one statement", lambda by=by: of_ledger(by, asked.day))
        peer, peers = timed("DuckDB", lambda by=by: of_duckdb(duck, by, asked.day))
        sums = {row.key: int(row.registered_usd * 100) for row in table.rows if row.registered_usd}
        for found in (rows, peers):
            assert {key: int(total) for key, total in found if total} == sums, by
        print(f"{by:24}{own:12.2f}{sql:15.1f}{sql / own:8.0f}{peer:9.2f}{own / peer:8.1f}", flush=True)
    quarter = Quarter.before(asked.day)
    print(f"{'A.IV.1 ' + quarter.short:24}{timed('register', lambda: office_form(quarter, today=asked.day))[0]:12.2f}")
    as_known = {by: lambda by=by: capital_by(by, as_of=asked.day, known_on=asked.day) for by in KEYS}
    as_known["A.IV.1"] = lambda: office_form(quarter, today=asked.day, known_on=asked.day)
    for name, ask in as_known.items():
        print(f"{name + ', known_on':24}{timed('as known', ask)[0]:12.2f}", flush=True)


def timed(which: str, ask) -> tuple[float, object]:
    found, times = ask(), []
    for _run in range(RUNS[which]):
        begun = time.process_time()
        ask()
        times.append(1000 * (time.process_time() - begun))
    return statistics.median(times), found


def of_ledger(by: str, day: date) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {KEYS[by]}, SUM(CASE WHEN entry.counts_as IN {REGISTERED} THEN entry.amount_usd ELSE 0 END) "
            f"{JOINS} "
            "WHERE entry.counts_on <= %s GROUP BY 1", [day.isoformat()])
        return cursor.fetchall()


def in_duckdb():
    duck = duckdb.connect(config={"threads": 2})
    duck.execute("CREATE TABLE fact (country TEXT, sector TEXT, zone TEXT, year TEXT, counts_on DATE, cents BIGINT)")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(KEYS.values())}, entry.counts_on, entry.amount_usd {JOINS} "
                       f"WHERE entry.counts_as IN {REGISTERED}")
        columns = [list(column) for column in zip(*cursor.fetchall(), strict=True)]
    types = ["VARCHAR[]"] * 4 + ["DATE[]", "BIGINT[]"]
    duck.execute(f"INSERT INTO fact SELECT {', '.join(f'UNNEST(CAST(? AS {each}))' for each in types)}", columns)
    return duck


def of_duckdb(duck, by: str, day: date) -> list[tuple]:
    return duck.execute(f"SELECT {by}, SUM(cents) FROM fact WHERE counts_on <= ? GROUP BY 1", [day]).fetchall()


if __name__ == "__main__":
    main()
