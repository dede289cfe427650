"""One measure of bench/api_speed.py without HTTP, in a process of its own: ``python bench/api_rows.py NAME``.

``documents``: a page of 100 projects from its keys to its bytes, as the API makes it. ``json``: the same rows as one
statement of the database, with everything but the labels of days, which SQL has no words for. ``copy``: what the dump
reads of its seventeen lists (and beside projects their stakes and sums), as CSV from the database. Prints JSON.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bacninh_fdi.settings")

import django

django.setup()

import orjson
from django.db import connection
from django.utils import timezone

from registry.exchange.documents import DOCUMENTS, Context
from registry.exchange.documents.project import STAKE
from registry.exchange.documents.reading import seen
from registry.models import CapitalSum, Project, Stake

TIMES = 41
DAYS = "json_build_object('earliest', {0}_earliest, 'latest', {0}_latest, 'words', {0}_words)"
SOURCES = """
SELECT project_id, source_id FROM registry_capitalentry WHERE project_id = ANY(%(keys)s)
UNION SELECT project_id, source_id FROM registry_statement WHERE project_id = ANY(%(keys)s)
UNION SELECT project_id, source_id FROM registry_milestone WHERE project_id = ANY(%(keys)s)
UNION SELECT project_id, source_id FROM registry_certificate WHERE project_id = ANY(%(keys)s)
  AND publication = 'published'
UNION SELECT id, source_id FROM registry_project WHERE id = ANY(%(keys)s)
"""
AS_JSON = f"""
SELECT json_agg(json_build_object(
  'code', p.code, 'url', 'http://127.0.0.1/api/v1/projects/' || p.code || '/', 'version', p.version,
  'updated_at', p.updated_at, 'irc_code', p.irc_code,
  'former_irc_codes', string_to_array(p.former_irc_codes, '; '), 'name', p.name, 'name_en', nullif(p.name_en, ''),
  'objective', nullif(p.objective, ''), 'objective_en', nullif(p.objective_en, ''), 'address', nullif(p.address, ''),
  'enterprise', CASE WHEN e.publication = 'published'
    THEN json_build_object('code', e.code, 'name', e.name, 'tax_code', e.tax_code) END,
  'registrar', CASE WHEN r.id IS NOT NULL THEN json_build_object('code', r.code, 'name', r.name) END,
  'investors', coalesce(s.investors, '[]'),
  'zone', CASE WHEN z.publication = 'published' THEN json_build_object('code', z.code, 'name', z.name) END,
  'place', CASE WHEN a.id IS NOT NULL THEN json_build_object('code', a.code, 'name', a.name) END,
  'sector', CASE WHEN v.id IS NOT NULL THEN json_build_object('version', v.vsic_version, 'code', v.vsic_code,
    'section', v.section, 'name', v.name) END,
  'form', p.form, 'status', p.status,
  'licensed_on', CASE WHEN p.licensed_latest IS NOT NULL THEN {DAYS.format('p.licensed')} END,
  'expires_on', CASE WHEN p.expires_latest IS NOT NULL THEN {DAYS.format('p.expires')} END,
  'ended_on', CASE WHEN p.ended_latest IS NOT NULL THEN {DAYS.format('p.ended')} END,
  'land_area_ha', p.land_area_ha::text, 'planned_workers', p.planned_workers,
  'capital', json_build_object('as_of', %(day)s, 'known_on', null,
    'registered_usd', round(c.registered_usd / 100.0, 2)::text,
    'confirmed_usd', round(c.confirmed_usd / 100.0, 2)::text,
    'intended_usd', round(coalesce(i.usd, 0) / 100.0, 2)::text,
    'realised_usd', round(c.realised_usd / 100.0, 2)::text,
    'share_purchase_usd', round(c.share_purchase_usd / 100.0, 2)::text),
  'milestones', coalesce(m.milestones, '[]'), 'sources', coalesce(q.sources, '[]')
) ORDER BY p.id)
FROM registry_project p
LEFT JOIN registry_enterprise e ON e.id = p.enterprise_id
LEFT JOIN registry_registrar r ON r.id = p.registrar_id
LEFT JOIN registry_zone z ON z.id = p.zone_id
LEFT JOIN registry_administrativeunit a ON a.id = p.place_id
LEFT JOIN registry_sector v ON v.id = p.sector_id
LEFT JOIN registry_capitalsum c ON c.owner = p.id AND NOT c.last_on > %(day)s
LEFT JOIN (
  SELECT t.project_id, json_agg(json_build_object('code', h.code,
    'name', CASE WHEN h.kind = 'person' THEN 'nhà đầu tư cá nhân' ELSE h.name END, 'country', n.code,
    'parent_country', o.code, 'share_percent', round(t.share_percent / 100.0, 2)::text, 'lead', t.lead)
    ORDER BY t.position) AS investors
  FROM registry_stake t JOIN registry_investor h ON h.id = t.investor_id
  LEFT JOIN registry_country n ON n.id = h.country_id LEFT JOIN registry_country o ON o.id = h.parent_country_id
  WHERE t.project_id = ANY(%(keys)s) AND t.until_certificate_id IS NULL GROUP BY 1) s ON s.project_id = p.id
LEFT JOIN (
  SELECT project_id, json_agg(json_build_object('code', code, 'kind', kind, 'reality', reality,
    'date', {DAYS.format('happened')}) ORDER BY number) AS milestones
  FROM registry_milestone WHERE project_id = ANY(%(keys)s) GROUP BY 1) m ON m.project_id = p.id
LEFT JOIN (
  SELECT u.project_id, json_agg(json_build_object('code', w.code, 'title', w.name) ORDER BY w.code) AS sources
  FROM ({SOURCES}) u JOIN registry_source w ON w.id = u.source_id AND w.publication = 'published'
  GROUP BY 1) q ON q.project_id = p.id
LEFT JOIN (
  SELECT project_id, sum(amount_usd) AS usd FROM registry_statement
  WHERE project_id = ANY(%(keys)s) AND kind IN ('plan', 'mou') AND review = 'accepted' AND promoted_kind = ''
  GROUP BY 1) i ON i.project_id = p.id
WHERE p.id = ANY(%(keys)s) AND p.publication = 'published'
"""
NOT_IN_SQL = ("licensed_on", "expires_on", "ended_on", "land_area_ha", "updated_at", "milestones")


def of_documents(keys: list[int], day: date) -> bytes:
    return orjson.dumps(DOCUMENTS[Project.KIND].load(keys, Context("http://127.0.0.1/api/v1/", day)))


def of_database(keys: list[int], day: date) -> str:
    with connection.cursor() as cursor:
        # As text: the driver would take it apart.
        cursor.execute(f"SELECT ({AS_JSON})::text", {"keys": keys, "day": day})
        return cursor.fetchone()[0]


def timed(make: Callable[[], object]) -> dict[str, float]:
    """The middle of the milliseconds by the clock and of this process's work, once it is warm."""
    clock, work = [], []
    for _time in range(TIMES + 5):
        begun, worked = time.perf_counter(), time.process_time()
        make()
        clock.append(1000 * (time.perf_counter() - begun))
        work.append(1000 * (time.process_time() - worked))
    return {"clock": statistics.median(clock[5:]), "work": statistics.median(work[5:])}


def page(name: str) -> dict[str, float]:
    keys = list(Project.objects.public().order_by("pk").values_list("pk", flat=True)[:100])
    day = timezone.localdate()
    if name == "documents":
        return timed(lambda: of_documents(keys, day))
    ours, theirs = json.loads(of_documents(keys, day)), json.loads(of_database(keys, day))
    for one, other in zip(ours, theirs, strict=True):
        assert all(one[key] == other[key] for key in one if key not in NOT_IN_SQL), (one, other)
    return timed(lambda: of_database(keys, day))


def copied() -> dict[str, float]:
    """Seconds, bytes and rows of the lists as the database itself writes them."""
    queries = [seen(each.reads.model, for_staff=False).order_by("pk").values_list(*each.reads.columns)
               for each in DOCUMENTS.values()]
    beside = [Stake.objects.order_by("project").values_list(*STAKE.columns),
              CapitalSum.objects.order_by("owner").values()]
    begun, size, rows = time.perf_counter(), 0, 0
    with connection.cursor() as cursor:
        for number, query in enumerate([*queries, *beside]):
            statement, parameters = query.query.sql_with_params()
            with cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)", parameters) as out:
                size += sum(len(block) for block in out)
            rows += cursor.rowcount if number < len(queries) else 0
    return {"clock": time.perf_counter() - begun, "bytes": size, "rows": rows}


if __name__ == "__main__":
    print(json.dumps(copied() if sys.argv[1] == "copy" else page(sys.argv[1])))
