"""The form A.IV.1 by plain SQL over an exported package, section by section as the circular describes its rows.

It knows the contract and the files, and nothing of the register's code. Amounts are hundredths, of dollars or of what a
row counts; None is a blank cell.
"""

from datetime import date, timedelta
from pathlib import Path

from tests.oracle import cents
from tests.package_oracle import PackageOracle, rows_of

REPORTED = {"realised_foreign": "realised_foreign_usd", "revenue": "revenue_usd", "export": "export_usd",
            "import": "import_usd", "taxes": "taxes_usd", "electricity": "electricity_kwh", "coal": "coal_tonnes",
            "oil": "oil_litres", "gas": "gas_m3"}
WORKERS = ("workers_vietnamese", "workers_foreign")
SCHEMA = f"""
CREATE TABLE standing (project TEXT PRIMARY KEY, registrar TEXT, is_public INTEGER);
CREATE TABLE successor (code TEXT PRIMARY KEY, of TEXT);
CREATE TABLE posted (id TEXT PRIMARY KEY, number INTEGER, certificate TEXT, price INTEGER);
CREATE TABLE certificate (id TEXT PRIMARY KEY, project TEXT, kind TEXT, outcome TEXT, publication TEXT, received TEXT,
                          decided TEXT, proposed INTEGER, asked INTEGER);
CREATE TABLE report (project TEXT, year INTEGER, quarter INTEGER, {", ".join((*REPORTED.values(), *WORKERS))});
"""
ENDING = "('termination', 'revocation', 'expiry')"
REGISTERED = "('new', 'opening', 'increase', 'decrease')"
# ``scope``: of whom there is nothing to choose, of nobody, or of a registrar and of those before it.
WHOSE = """
RECURSIVE whose(code) AS (
    SELECT :scope UNION SELECT successor.code FROM successor JOIN whose ON successor.of = whose.code),
owned AS (SELECT standing.* FROM standing WHERE :scope IS NULL OR (:scope = '' AND registrar IS NULL)
          OR (:scope <> '' AND registrar IN (SELECT code FROM whose))),
ledger AS (SELECT entry.*, posted.number, posted.certificate, posted.price FROM entry JOIN posted USING (id)
           WHERE project IN (SELECT project FROM owned) AND (:known_on IS NULL OR recorded <= :known_on)),
stands AS (SELECT * FROM ledger WHERE kind <> 'reversal' AND id NOT IN (SELECT corrects FROM ledger
                                                                        WHERE corrects IS NOT NULL)),
decided AS (SELECT ledger.*, id IN (SELECT id FROM stands) AS stand FROM ledger
            WHERE decided IS NOT NULL AND counts BETWEEN :first AND :last)
"""
# The decrease with which a project ended: of its last day the last one, of a certificate that ends it or of none.
CLOSING = f"""
closing AS (
    SELECT * FROM (
        SELECT stands.*, ROW_NUMBER() OVER (PARTITION BY stands.project ORDER BY number DESC) AS from_last
        FROM stands JOIN project ON project.id = stands.project AND project.ended = stands.decided
        WHERE stands.kind = 'decrease' AND (certificate IS NULL OR certificate IN (
            SELECT id FROM certificate WHERE kind IN {ENDING})))
    WHERE from_last = 1 AND counts BETWEEN :first AND :last)
"""
LEDGER = f"""
WITH {WHOSE}, {CLOSING}
SELECT SUM(counts_as = 'new' AND stand) * 100, SUM(CASE WHEN counts_as = 'new' THEN cents ELSE 0 END),
       (SUM(counts_as IN ('increase', 'decrease') AND stand) - (SELECT COUNT(*) FROM closing)) * 100,
       SUM(CASE WHEN counts_as IN ('increase', 'decrease') THEN cents ELSE 0 END)
       - (SELECT COALESCE(SUM(cents), 0) FROM closing),
       SUM(counts_as = 'share_purchase' AND stand) * 100,
       SUM(CASE WHEN counts_as = 'share_purchase' THEN cents ELSE 0 END),
       SUM(CASE WHEN counts_as = 'share_purchase' THEN CASE kind WHEN 'reversal' THEN -price ELSE price END END),
       SUM(CASE WHEN counts_as = 'disbursement' THEN cents ELSE 0 END),
       (SELECT -COALESCE(SUM(cents), 0) FROM closing)
FROM decided
"""
OF_LEDGER = ("granted_new", "granted_new_usd", "granted_adjusted", "granted_adjusted_usd", "granted_bought",
             "granted_bought_usd", "granted_bought_price_usd", "realised", "ended_usd")
DOSSIERS = f"""
WITH {WHOSE},
dossier AS (
    SELECT kind, COALESCE(proposed, (SELECT SUM(cents) FROM stands WHERE stands.certificate = certificate.id
                                     AND counts_as IN {REGISTERED}), asked) AS cents
    FROM certificate WHERE publication <> 'withdrawn' AND received BETWEEN :first AND :last
    AND project IN (SELECT project FROM owned))
SELECT SUM(kind = 'first_issue') * 100,
       CASE WHEN SUM(kind = 'first_issue') > 0 THEN SUM(CASE WHEN kind = 'first_issue' THEN cents END) ELSE 0 END,
       SUM(kind NOT IN ('first_issue', 'termination', 'revocation', 'expiry') AND COALESCE(cents, 0) <> 0) * 100,
       SUM(CASE WHEN kind IN ('first_issue', 'termination', 'revocation', 'expiry') THEN 0 ELSE COALESCE(cents, 0) END)
FROM dossier HAVING COUNT(*) > 0
"""
OF_DOSSIERS = ("received_new", "received_new_usd", "received_adjusted", "received_adjusted_usd")
ENDS = f"""
WITH {WHOSE},
asleep AS (SELECT DISTINCT project FROM certificate JOIN owned USING (project)
           WHERE kind = 'suspension' AND outcome = 'granted' AND publication = 'published' AND is_public
           AND decided BETWEEN :first AND :last)
SELECT (SELECT COUNT(*) FROM asleep) * 100,
       (SELECT COALESCE(SUM(cents), 0) FROM ledger WHERE counts <= :last AND counts_as IN {REGISTERED}
        AND project IN (SELECT project FROM asleep)),
       (SELECT COUNT(*) FROM project JOIN owned ON owned.project = project.id
        WHERE is_public AND ended BETWEEN :first AND :last) * 100
"""
OF_ENDS = ("suspended", "suspended_usd", "ended")
REPORTS = f"""
WITH {WHOSE}
SELECT COUNT(*), {", ".join(f"SUM({column})" for column in REPORTED.values())},
       SUM(CASE WHEN quarter = :number THEN COALESCE({WORKERS[0]}, 0) + COALESCE({WORKERS[1]}, 0) END
           * CASE WHEN {WORKERS[0]} IS NULL AND {WORKERS[1]} IS NULL THEN NULL ELSE 100 END)
FROM report WHERE project IN (SELECT project FROM owned) AND year = :year AND quarter BETWEEN :from_number AND :number
"""
# What the ledger alone says of past knowledge; whether a project had ended, or what a dossier asked for, is the log's.
AS_KNOWN = ("granted_new", "granted_new_usd", "granted_bought", "granted_bought_usd", "granted_bought_price_usd")


class FormOracle(PackageOracle):
    """Of a package the forms A.IV.1 too."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.database.executescript(SCHEMA)
        registrar = {row["id"]: row for row in rows_of(folder, "registrar")}
        codes = {key: row["code"] for key, row in registrar.items()}
        self._fill("successor", ((row["code"], codes.get(row["successor_id"])) for row in registrar.values()))
        self._fill("standing", ((row["id"], codes.get(row["registrar_id"]), row["publication"] == "published")
                                for row in rows_of(folder, "project")))
        entries = list(rows_of(folder, "capitalentry"))
        self._fill("standing", ((f"without {row['id']}", None, False) for row in entries if row["project_id"] is None))
        self._fill("posted", ((row["id"], int(row["id"]), row["certificate_id"], cents(row["expected_price_usd"] or ""))
                              for row in entries))
        self._fill("certificate", (
            (row["id"], row["project_id"], row["kind"], row["outcome"], row["publication"], row["received_on"],
             row["decided_latest"], cents(row["proposed_usd"] or ""), cents(row["asked_usd"] or ""))
            for row in rows_of(folder, "certificate")))
        self._fill("report", (
            (row["project_id"], int(row["year"]), int(row["quarter"]),
             *(cents(row[name] or "") for name in REPORTED.values()),
             *(row[name] and int(row[name]) for name in WORKERS))
            for row in rows_of(folder, "operatingreport") if row["state"] == "accepted"))

    def form(self, year: int, number: int, *, scope: str | None = None, known_on: str | None = None) -> dict:
        """By row and column in hundredths: of all, of a registrar (``scope``: its code), or of no registrar (empty). As
        known on a day the rows ``AS_KNOWN`` alone."""
        found = {}
        for column, of_year, from_number in (("quarter_before", year - 1, number), ("quarter", year, number),
                                             ("year_before", year - 1, 1), ("year", year, 1)):
            cells = self._cells(of_year, from_number, number, scope, known_on)
            found |= {(key, column): value for key, value in cells.items() if known_on is None or key in AS_KNOWN}
        return found

    def _cells(self, year: int, from_number: int, number: int, scope: str | None, known_on: str | None) -> dict:
        after = date(year + number // 4, number % 4 * 3 + 1, 1)
        asked = {"scope": scope, "known_on": known_on, "first": date(year, from_number * 3 - 2, 1).isoformat(),
                 "last": (after - timedelta(days=1)).isoformat(), "year": year, "from_number": from_number,
                 "number": number}
        cells = {}
        for names, sql in ((OF_LEDGER, LEDGER), (OF_DOSSIERS, DOSSIERS), (OF_ENDS, ENDS)):
            rows = self.database.execute(sql, asked).fetchall() or [(None,) * len(names)]
            cells |= dict(zip(names, rows[0], strict=True))
        cells |= {key: cells[key] or 0 for key in OF_LEDGER if key not in ("granted_bought_price_usd", "realised")}
        [(reports, *sums)] = self.database.execute(REPORTS, asked)
        cells |= dict(zip((*REPORTED, "workers"), sums, strict=True))
        cells["realised"] = cells["realised"] or (0 if reports else None)
        return cells
