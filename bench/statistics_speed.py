"""How fast tables of capital are over 400,000 entries, beside one SQL statement over the ledger and beside DuckDB.

    DATABASE_URL=… .venv/bin/python bench/statistics_speed.py [--day 2021-09-17] [--known-on 2016-09-17]

The register at DATABASE_URL holds what bench/make_dataset.py writes (``manage.py load_benchmark``). Each table as of
the day is asked of the register (its function, names of the groups included), of the ledger by one statement with all
indexes of the register, and of DuckDB in memory, two threads, one narrow table that was filled before. Then the same
as known on days: the day itself, the end of the month, a far day, the day of a table that is told as of an earlier
one; a year's flows; and what has no peer here: tables by share and of some projects, the form A.IV.1 of the last
quarter. Milliseconds of processor time, of this process and of PostgreSQL's where it runs on the same machine, the
middle of the runs; registered capital is compared, to the cent.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bacninh_fdi.settings")

import django
import duckdb

django.setup()

from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from registry.models import Project
from registry.models.capital import end_of_day
from registry.statistics.a_iv_1 import office_form
from registry.statistics.capital import capital_by
from registry.statistics.flows import flows
from registry.vocabulary.report import Quarter
from registry.web.statistics_filters import CapitalParameters

RUNS = {"register": 21, "form": 5, "one statement": 5, "DuckDB": 21}
EVER = date(2100, 1, 1)

DECIDED = "CAST(entry.counts_on AS VARCHAR(10))"
KEYS = {
    "country": "country.code", "sector": "sector.code", "zone": "zone.code",
    "year": f"CASE WHEN entry.decided_latest IS NOT NULL THEN SUBSTR({DECIDED}, 1, 4) END", "investor": "investor.code",
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
FLOWS = ("country", "sector", "zone")
BIG, SMALL = "KCN-02", "KCN-29"  # zones with a tenth and a thousandth of the projects


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--day", type=date.fromisoformat, default=date(2021, 9, 17))
    parser.add_argument("--known-on", type=date.fromisoformat, default=date(2016, 9, 17))
    asked = parser.parse_args()
    duck = in_duckdb()
    print(f"{connection.vendor}, ms{'':37}{'register':>10}{'one statement':>15}{'ratio':>8}{'DuckDB':>9}{'ratio':>8}")
    for as_of, known_on in days(asked.day, asked.known_on):
        for by in KEYS:
            compared(duck, by, as_of, known_on)
    for known_on in (None, asked.day):
        for by, whose in (("country", "registration"), ("country", "parent"), ("investor", "registration")):
            of = {"as_of": asked.day, "known_on": known_on, "basis": "share", "country_of": whose}
            told(f"{by} ({whose}) by share", timed("form", lambda by=by, of=of: capital_by(by, **of))[0], asked.day,
                 known_on)
        for chosen in (f"zone={BIG}", f"zone={SMALL}", f"zone={BIG}&status=operating"):
            for by in ("zone", "country", "year"):
                query = QueryDict(f"by={by}&as_of={asked.day}&{chosen}" + f"&known_on={known_on}" * bool(known_on))
                took, _table = timed("form", lambda by=by, query=query: chosen_table(query, by))
                told(f"{by} of {chosen}", took, asked.day, known_on)
    for known_on in (None, asked.day, asked.day - timedelta(days=100)):
        for by in FLOWS:
            of = {"first": asked.day - timedelta(days=365), "last": asked.day, "known_on": known_on}
            told(f"flows by {by}", timed("register", lambda by=by, of=of: flows(by, **of))[0], None, known_on)
    quarter = Quarter.before(asked.day)
    for known_on in (None, asked.day):
        took, _form = timed("form", lambda day=known_on: office_form(quarter, today=asked.day, known_on=day))
        told(f"A.IV.1 {quarter.short}", took, None, known_on)


def chosen_table(query: QueryDict, by: str):
    """A table of some projects, as the API makes it."""
    asked = CapitalParameters(query, Project.objects.public(), today=timezone.localdate())
    asked.check()
    return asked.table(by)


def days(day: date, far: date) -> list[tuple[date, date | None]]:
    """(as of, known on)."""
    end = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return [(day, None), (day, day), (end, end), (day, far), (far, day), (far - timedelta(days=40), far)]


def compared(duck, by: str, as_of: date, known_on: date | None) -> None:
    own, table = timed("register", lambda: capital_by(by, as_of=as_of, known_on=known_on))
    sql, rows = timed("one statement", lambda: of_ledger(by, as_of, known_on))
    peer, peers = timed("DuckDB", lambda: of_duckdb(duck, by, as_of, known_on))
    sums = {row.key: int(row.registered_usd * 100) for row in table.rows if row.registered_usd}
    for found in (rows, peers):
        assert {key: int(total) for key, total in found if total} == sums, (by, as_of, known_on)
    told(by, own, as_of, known_on, f"{sql:15.1f}{sql / own:8.0f}{peer:9.2f}{own / peer:8.1f}")


def told(what: str, took: float, as_of: date | None, known_on: date | None, more: str = "") -> None:
    what += f" as of {as_of}" * bool(as_of) + f", known on {known_on}" * bool(known_on)
    print(f"{what:48}{took:10.2f}{more}", flush=True)


def timed(which: str, ask) -> tuple[float, object]:
    found, times = ask(), []
    for _run in range(RUNS[which]):
        begun = work()
        ask()
        times.append((work() - begun) / 1e6)
    return statistics.median(times), found


def work() -> int:
    """Nanoseconds of processor time of this process and of the server's for this connection."""
    return time.process_time_ns() + (served() if connection.vendor == "postgresql" else 0)


def served() -> int:
    path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(path.read_text().split()[0]) if path.exists() else 0


def of_ledger(by: str, as_of: date, known_on: date | None) -> list[tuple]:
    until = connection.ops.adapt_datetimefield_value(end_of_day(known_on or EVER))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {KEYS[by]}, SUM(CASE WHEN entry.counts_as IN {REGISTERED} THEN entry.amount_usd ELSE 0 END) "
            f"{JOINS} WHERE entry.counts_on <= %s {'AND entry.recorded_at < %s' if known_on else ''} GROUP BY 1",
            [as_of.isoformat(), until][:2 if known_on else 1])
        return cursor.fetchall()


def in_duckdb():
    duck = duckdb.connect(config={"threads": 2})
    duck.execute(f"CREATE TABLE fact ({', '.join(f'{name} TEXT' for name in KEYS)}, counts_on DATE, "
                 "recorded_on DATE, cents BIGINT)")
    recorded = ("DATE(entry.recorded_at, '+7 hours')" if connection.vendor == "sqlite"
                else "CAST(entry.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS DATE)")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(KEYS.values())}, {DECIDED}, CAST({recorded} AS VARCHAR(10)), "
                       f"entry.amount_usd {JOINS} WHERE entry.counts_as IN {REGISTERED}")
        columns = [list(column) for column in zip(*cursor.fetchall(), strict=True)]
    types = ["VARCHAR[]"] * len(KEYS) + ["DATE[]", "DATE[]", "BIGINT[]"]
    duck.execute(f"INSERT INTO fact SELECT {', '.join(f'UNNEST(CAST(? AS {each}))' for each in types)}", columns)
    return duck


def of_duckdb(duck, by: str, as_of: date, known_on: date | None) -> list[tuple]:
    return duck.execute(f"SELECT {by}, SUM(cents) FROM fact WHERE counts_on <= ? AND recorded_on <= ? GROUP BY 1",
                        [as_of, known_on or EVER]).fetchall()


if __name__ == "__main__":
    main()
