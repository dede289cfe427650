"""The independent oracle: plain SQL over the benchmark's rows, in a database of its own.

It knows the contract and the CSV files, and nothing of the register's tables or code. Amounts are whole cents
and days are ISO texts, so that every sum is a sum of integers and every comparison one of texts.
"""

import sqlite3
from decimal import Decimal
from pathlib import Path

from tests.bench_folder import read_rows

SCHEMA = """
CREATE TABLE investor (id TEXT PRIMARY KEY, code TEXT, country TEXT, parent TEXT);
CREATE TABLE stake (project TEXT, investor TEXT, position INTEGER, share INTEGER, is_lead INTEGER);
CREATE TABLE project (id TEXT PRIMARY KEY, code TEXT, sector TEXT, section TEXT, zone TEXT, form TEXT, status TEXT,
                      place TEXT, registrar TEXT, ended TEXT);
CREATE TABLE event (id TEXT PRIMARY KEY, project TEXT, kind TEXT, cents INTEGER, decided TEXT, recorded TEXT,
                    hour TEXT, buyer TEXT, corrects TEXT, sure INTEGER);
-- sure: how much of it counts as confirmed.
-- recorded is the local day, seven hours ahead of UTC the whole year; hour that of UTC.
CREATE TABLE entry (id TEXT PRIMARY KEY, project TEXT, kind TEXT, cents INTEGER, decided TEXT, recorded TEXT,
                    buyer TEXT, corrects TEXT, counts_as TEXT, counts TEXT, sure INTEGER);
CREATE INDEX entry_project ON entry (project);
CREATE INDEX entry_corrects ON entry (corrects);
CREATE INDEX stake_project ON stake (project);
CREATE VIEW lead AS SELECT * FROM stake WHERE is_lead;
"""

# A correction counts in the column of what it corrects; nothing counts later than the day of its recording.
FILL_ENTRIES = """
INSERT INTO entry
SELECT event.id, event.project, CASE WHEN event.corrects IS NULL THEN event.kind ELSE 'reversal' END, event.cents,
       event.decided, event.recorded,
       CASE WHEN event.corrects IS NULL THEN event.buyer ELSE undone.buyer END,
       event.corrects, COALESCE(undone.kind, event.kind), MIN(event.decided, event.recorded), event.sure
FROM event LEFT JOIN event AS undone ON undone.id = event.corrects
"""

REGISTERED = "('new', 'opening', 'increase', 'decrease')"

# What of each project the register knows by the two days.
KNOWN = f"""
known AS (SELECT entry.* FROM entry JOIN chosen ON chosen.id = entry.project
          WHERE counts <= :as_of AND (:known_on IS NULL OR recorded <= :known_on)),
begun AS (SELECT * FROM known WHERE kind IN ('new', 'opening')
          AND NOT EXISTS (SELECT 1 FROM known AS undoing WHERE undoing.corrects = known.id)),
counting AS (SELECT chosen.* FROM chosen WHERE id IN (SELECT project FROM begun)
             AND (ended IS NULL OR ended > :as_of)),
sums AS (SELECT project,
                SUM(CASE WHEN counts_as IN {REGISTERED} THEN cents ELSE 0 END) AS registered,
                SUM(CASE WHEN counts_as IN {REGISTERED} THEN sure ELSE 0 END) AS confirmed,
                SUM(CASE WHEN counts_as = 'disbursement' THEN cents ELSE 0 END) AS realised
         FROM known GROUP BY project)
"""

# Each project's sums in parts by share: cut to the cent, the cents left over to the largest remainders, the
# earlier position first among equals; below zero as above it. A single investor has all; what the shares of
# several leave over belongs to nobody.
SHARED = """
held AS (SELECT *, COUNT(*) OVER (PARTITION BY project) AS holders FROM stake),
part AS (SELECT project, investor, position, CASE WHEN holders = 1 THEN 10000 ELSE COALESCE(share, 0) END AS weight
         FROM held
         UNION ALL
         SELECT project, NULL, 100, 10000 - SUM(COALESCE(share, 0)) FROM held WHERE holders > 1 GROUP BY project),
weighed AS (SELECT *, SUM(weight) OVER (PARTITION BY project) AS whole FROM part),
cut AS (SELECT weighed.*, measure, SIGN(total) AS sign, ABS(total) AS total,
               ABS(total) * weight / whole AS base, ABS(total) * weight % whole AS remainder
        FROM weighed JOIN (SELECT project, 'registered' AS measure, registered AS total FROM sums
                           UNION ALL SELECT project, 'confirmed', confirmed FROM sums
                           UNION ALL SELECT project, 'realised', realised FROM sums) AS totals USING (project)),
shared AS (SELECT project, investor, measure,
                  sign * (base + (ROW_NUMBER() OVER (PARTITION BY project, measure
                                                     ORDER BY remainder DESC, position)
                                  <= total - SUM(base) OVER (PARTITION BY project, measure))) AS cents
           FROM cut)
"""

OF_PROJECT = {name: f"project.{name}" for name in ("sector", "section", "zone", "form", "status", "place", "registrar")}
OF_DAY = {
    "year": "SUBSTR(decided, 1, 4)",
    "quarter": "SUBSTR(decided, 1, 4) || '-Q' || ((SUBSTR(decided, 6, 2) + 2) / 3)",
    "month": "SUBSTR(decided, 1, 7)",
}

Cents = tuple[int, ...]


class Oracle:
    """The folder's rows, as they are, and what the contract's statistics make of them.

    ``where`` restricts the projects, in SQL over the table ``project``. Every answer is a dict from key to
    whole numbers, without rows that are all zero.
    """

    def __init__(self, folder: Path):
        self.database = sqlite3.connect(":memory:")
        self.database.executescript(SCHEMA)
        sections = {row["code"]: row["section"] for row in read_rows(folder, "sectors.csv")}
        zones = {row["id"]: row["code"] for row in read_rows(folder, "zones.csv")}
        self._fill("investor", ((row["id"], row["code"], row["country_code"] or None, None)
                                for row in read_rows(folder, "investors.csv")))
        self._fill("stake", ((row["project_id"], row["investor_id"], row["position"], cents(row["share_percent"]),
                              row["position"] == "1")
                             for row in read_rows(folder, "project_investors.csv")))
        self._fill("project", (
            (row["id"], row["code"], f"2018-{row['sector_code']}" if row["sector_code"] else None,
             sections.get(row["sector_code"]), zones.get(row["zone_id"]), row["form"] or None, row["status"], None,
             None, row["terminated_on"] or None) for row in read_rows(folder, "projects.csv")))
        events = list(read_rows(folder, "capital_events.csv"))
        sure = held_within(events, {row["id"] for row in read_rows(folder, "sources.csv")
                                    if row["kind"] in ("certificate", "decision")})
        self._fill("event", (
            (row["id"], row["project_id"], row["kind"], cents(row["amount_usd"]), row["decided_on"],
             row["recorded_at"], row["recorded_at"][11:13], row["investor_id"] or None, row["corrects_id"] or None,
             sure[row["id"]]) for row in events))
        self.database.execute("UPDATE event SET recorded = DATE(recorded, '+7 hours')")
        self.database.execute(FILL_ENTRIES)

    def state(self, table: str, column: str, values: dict[str, str]) -> None:
        """Set what the folder does not say, by code."""
        self.database.executemany(
            f"UPDATE {table} SET {column} = :value WHERE code = :code",
            ({"code": code, "value": value} for code, value in values.items()),
        )

    def capital(self, by: str, *, as_of: str, known_on: str | None = None, basis: str = "lead",
                country_of: str = "registration", where: str = "1") -> dict[str | None, Cents]:
        """(projects, registered, confirmed, realised, share_purchase) of each key, money in cents."""
        if by in OF_DAY:
            groups = self._by_day(OF_DAY[by])
        elif by in OF_PROJECT:
            groups = self._by_project(OF_PROJECT[by])
        else:
            column = "code" if by == "investor" else {"registration": "country", "parent": "parent"}[country_of]
            groups = self._by_investor(f"investor.{column}", f"buyer.{column}", basis)
        return self._ask(
            f"WITH chosen AS (SELECT * FROM project WHERE {where}), {KNOWN}, {SHARED} "
            "SELECT key, SUM(projects), SUM(registered), SUM(confirmed), SUM(realised), SUM(purchases) "
            f"FROM ({groups}) GROUP BY key", as_of=as_of, known_on=known_on,
        )

    def _by_day(self, key: str) -> str:
        return f"""
            SELECT {key} AS key, COUNT(*) AS projects, 0 AS registered, 0 AS confirmed, 0 AS realised, 0 AS purchases
            FROM begun GROUP BY 1
            UNION ALL SELECT {key}, 0, {_if_registered("cents")}, {_if_registered("sure")},
                             {_if("counts_as", "disbursement")}, {_if("counts_as", "share_purchase")} FROM known"""

    def _by_project(self, key: str) -> str:
        return f"""
            SELECT {key} AS key, COUNT(*) AS projects, 0 AS registered, 0 AS confirmed, 0 AS realised, 0 AS purchases
            FROM counting AS project GROUP BY 1
            UNION ALL SELECT {key}, 0, {_if_registered("cents")}, {_if_registered("sure")},
                             {_if("counts_as", "disbursement")}, {_if("counts_as", "share_purchase")}
            FROM known JOIN project ON project.id = known.project"""

    def _by_investor(self, key: str, buyers_key: str, basis: str) -> str:
        led = "LEFT JOIN lead ON lead.project = {} LEFT JOIN investor ON investor.id = lead.investor"
        if basis == "lead":
            money = f"""SELECT {key}, 0, registered, confirmed, realised, 0 FROM sums {led.format("sums.project")}"""
        else:
            money = f"""
                SELECT {key}, 0, {_if("measure", "registered")}, {_if("measure", "confirmed")},
                       {_if("measure", "realised")}, 0
                FROM shared LEFT JOIN investor ON investor.id = shared.investor
                UNION ALL SELECT NULL, 0, registered, confirmed, realised, 0 FROM sums
                WHERE project NOT IN (SELECT project FROM stake)"""
        return f"""
            SELECT {key} AS key, COUNT(*) AS projects, 0 AS registered, 0 AS confirmed, 0 AS realised, 0 AS purchases
            FROM counting {led.format("counting.id")} GROUP BY 1
            UNION ALL {money}
            UNION ALL SELECT CASE WHEN buyer.id IS NULL THEN {key} ELSE {buyers_key} END, 0, 0, 0, 0, cents
            FROM known {led.format("known.project")} LEFT JOIN investor AS buyer ON buyer.id = known.buyer
            WHERE counts_as = 'share_purchase'"""

    def flows(self, by: str, *, first: str, last: str, known_on: str | None = None,
              where: str = "1") -> dict[str | None, Cents]:
        """(new projects, new, times adjusted, adjusted, purchases, purchased, total), money in cents."""
        key = OF_PROJECT.get(by) or """
            CASE WHEN counts_as = 'share_purchase' AND buyer.id IS NOT NULL THEN buyer.country
                 ELSE investor.country END"""
        adjusting = "counts_as IN ('increase', 'decrease')"
        return self._ask(f"""
            WITH seen AS (SELECT * FROM entry WHERE :known_on IS NULL OR recorded <= :known_on),
                 flow AS (SELECT *, kind <> 'reversal' AND id NOT IN (SELECT corrects FROM seen
                                                                      WHERE corrects IS NOT NULL) AS stands
                          FROM seen WHERE decided BETWEEN :first AND :last)
            SELECT {key},
                   SUM(counts_as = 'new' AND stands), SUM({_if("counts_as", "new")}),
                   SUM({adjusting} AND stands), SUM(CASE WHEN {adjusting} THEN cents ELSE 0 END),
                   SUM(counts_as = 'share_purchase' AND stands), SUM({_if("counts_as", "share_purchase")}),
                   SUM(CASE WHEN counts_as IN ('disbursement', 'opening') THEN 0 ELSE cents END)
            FROM flow JOIN (SELECT * FROM project WHERE {where}) AS project ON project.id = flow.project
            LEFT JOIN lead ON lead.project = project.id LEFT JOIN investor ON investor.id = lead.investor
            LEFT JOIN investor AS buyer ON buyer.id = flow.buyer
            GROUP BY 1""", first=first, last=last, known_on=known_on)

    def _fill(self, table: str, rows) -> None:
        width = len(self.database.execute(f"SELECT * FROM {table}").description)
        self.database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)

    def _ask(self, sql: str, **days) -> dict[str | None, Cents]:
        return {key: tuple(numbers) for key, *numbers in self.database.execute(sql, days) if any(numbers)}


def total(rows: dict[str | None, Cents], width: int) -> Cents:
    """The sum of all rows, zeros where there are none."""
    return tuple(sum(row[place] for row in rows.values()) for place in range(width))


def cents(text: str) -> int | None:
    return int(Decimal(text) * 100) if text else None


def _if(column: str, value: str) -> str:
    return f"CASE WHEN {column} = '{value}' THEN cents ELSE 0 END"


def _if_registered(amount: str) -> str:
    return f"CASE WHEN counts_as IN {REGISTERED} THEN {amount} ELSE 0 END"


def held_within(events: list[dict], confirming: set[str]) -> dict[str, int]:
    """How many cents of each event of the folder count as confirmed, in their order: those that rest on a source that
    confirms, and of a correction what it takes back, so far as the project's stay between 0 and its registered ones."""
    sure, confirms, kinds, sums = {}, {}, {}, {}
    for event in events:
        key, undone, amount = event["id"], event["corrects_id"], cents(event["amount_usd"])
        confirms[key] = confirms[undone] if undone else event["source_id"] in confirming
        kinds[key] = kinds[undone] if undone else event["kind"]
        sure[key] = -sure[undone] if undone else amount * confirms[key]
        if kinds[key] in ("new", "opening", "increase", "decrease"):
            registered, confirmed = sums.get(event["project_id"], (0, 0))
            registered += amount
            sure[key] = sorted((0, registered, confirmed + sure[key]))[1] - confirmed
            sums[event["project_id"]] = registered, confirmed + sure[key]
    return sure
