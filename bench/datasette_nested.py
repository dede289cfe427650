"""The benchmark's projects in Datasette with the content of the register's API: tables that refer to each other (so
``_labels=on`` tells names), and a canned query whose rows have the same nested parts.

What the register asks for at each answer, the sources that a project's entries name and its sums, stands ready here in
tables of its own; only the labels of days are left out, for which SQL has no words.
"""

import csv
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

QUERY = "nested"
PARTS = ("enterprise", "investors", "zone", "sector", "licensed_on", "expires_on", "ended_on", "capital", "milestones",
         "sources")
TABLES = """
CREATE TABLE zones (code TEXT PRIMARY KEY, name TEXT);
CREATE TABLE sectors (code TEXT PRIMARY KEY, name TEXT, section TEXT);
CREATE TABLE enterprises (code TEXT PRIMARY KEY, name TEXT);
CREATE TABLE investors (id INTEGER PRIMARY KEY, code TEXT, name TEXT, country TEXT);
CREATE TABLE sources (id INTEGER PRIMARY KEY, code TEXT, title TEXT);
CREATE TABLE whole (
  id INTEGER PRIMARY KEY, code TEXT UNIQUE, updated_at TEXT, name TEXT, name_en TEXT, objective TEXT, address TEXT,
  enterprise TEXT REFERENCES enterprises(code), zone TEXT REFERENCES zones(code), sector TEXT REFERENCES sectors(code),
  form TEXT, status TEXT, licensed_on TEXT, expires_on TEXT, ended_on TEXT, land_area_ha TEXT, planned_workers INTEGER,
  registered_usd TEXT, realised_usd TEXT, share_purchase_usd TEXT);
CREATE TABLE stakes (project INTEGER, position INTEGER, investor INTEGER REFERENCES investors(id), share_percent TEXT,
  PRIMARY KEY (project, position)) WITHOUT ROWID;
CREATE TABLE named (project INTEGER, source INTEGER REFERENCES sources(id), PRIMARY KEY (project, source))
  WITHOUT ROWID;
"""
DAY = "CASE WHEN {0} IS NOT NULL THEN json_object('earliest', {0}, 'latest', {0}) END AS {0}"
NESTED = f"""
SELECT p.code, 'http://127.0.0.1/api/v1/projects/' || p.code || '/' AS url, 1 AS version, p.updated_at,
  NULL AS irc_code, json_array() AS former_irc_codes, p.name, p.name_en, p.objective, NULL AS objective_en, p.address,
  json_object('code', e.code, 'name', e.name, 'tax_code', NULL) AS enterprise, NULL AS registrar,
  (SELECT json_group_array(json_object('code', i.code, 'name', i.name, 'country', i.country, 'parent_country', NULL,
     'share_percent', s.share_percent, 'lead', json(CASE s.position WHEN 1 THEN 'true' ELSE 'false' END)))
   FROM stakes s JOIN investors i ON i.id = s.investor WHERE s.project = p.id ORDER BY s.position) AS investors,
  CASE WHEN z.code IS NOT NULL THEN json_object('code', z.code, 'name', z.name) END AS zone, NULL AS place,
  json_object('version', '2018', 'code', v.code, 'section', v.section, 'name', v.name) AS sector,
  p.form, p.status, {DAY.format("licensed_on")}, {DAY.format("expires_on")}, {DAY.format("ended_on")},
  p.land_area_ha, p.planned_workers,
  json_object('as_of', date('now'), 'known_on', NULL, 'registered_usd', p.registered_usd, 'confirmed_usd',
    p.registered_usd, 'intended_usd', '0.00', 'realised_usd', p.realised_usd, 'share_purchase_usd',
    p.share_purchase_usd) AS capital,
  json_array() AS milestones,
  (SELECT json_group_array(json_object('code', w.code, 'title', w.title))
   FROM named n JOIN sources w ON w.id = n.source WHERE n.project = p.id ORDER BY w.code) AS sources
FROM whole p LEFT JOIN enterprises e ON e.code = p.enterprise LEFT JOIN zones z ON z.code = p.zone
LEFT JOIN sectors v ON v.code = p.sector
WHERE p.id > :after ORDER BY p.id LIMIT 100
"""


def make(folder: Path, file: Path) -> Path:
    """Write ``file`` from the folder of bench/make_dataset.py, and beside it the metadata, which is returned."""
    with sqlite3.connect(file) as database:
        database.executescript(TABLES)
        for table, rows in _tables(folder):
            rows = list(rows)
            database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        database.execute("ANALYZE")
    database.close()
    metadata = file.with_suffix(".json")
    metadata.write_text(json.dumps({"databases": {file.stem: {"queries": {QUERY: {"sql": NESTED}}}}}))
    return metadata


def _tables(folder: Path) -> Iterator[tuple[str, Iterator[tuple]]]:
    zones = {row["id"]: row for row in _read(folder, "zones.csv")}
    purchased, named = defaultdict(int), set()
    for row in _read(folder, "capital_events.csv"):
        named.add((int(row["project_id"]), int(row["source_id"])))
        if row["kind"] == "share_purchase":
            purchased[row["project_id"]] += round(float(row["amount_usd"]))
    names = list(dict.fromkeys(row["enterprise_name"] for row in _read(folder, "projects.csv")))
    enterprises = {name: f"ENT-{number:06}" for number, name in enumerate(names, 1)}
    yield "zones", ((row["code"], row["name"]) for row in zones.values())
    yield "sectors", ((row["code"], row["name_vi"], row["section"]) for row in _read(folder, "sectors.csv"))
    yield "enterprises", ((code, name) for name, code in enterprises.items())
    yield "investors", ((row["id"], row["code"], row["name"], row["country_code"])
                        for row in _read(folder, "investors.csv"))
    yield "sources", ((row["id"], f"SRC-{int(row['id']):06}", row["title"]) for row in _read(folder, "sources.csv"))
    yield "whole", ((
        row["id"], row["code"], row["updated_at"], row["name"], row["name_en"], row["objective"], row["address"],
        enterprises[row["enterprise_name"]], zones.get(row["zone_id"], {}).get("code"), row["sector_code"], row["form"],
        row["status"], row["licensed_on"] or None, row["expires_on"] or None, row["terminated_on"] or None,
        row["land_area_ha"], row["planned_workers"], f"{float(row['registered_capital_usd']):.2f}",
        f"{float(row['disbursed_usd']):.2f}", f"{purchased[row['id']]:.2f}",
    ) for row in _read(folder, "projects.csv"))
    yield "stakes", ((row["project_id"], row["position"], row["investor_id"], row["share_percent"])
                     for row in _read(folder, "project_investors.csv"))
    yield "named", named


def _read(folder: Path, file: str) -> Iterator[dict]:
    with (folder / file).open(encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows)
