"""Certificates from files keep the rules of the form, each told at its cell."""

from datetime import UTC, date, datetime

import pytest

from registry.exchange.imports.preview import preview_file
from registry.vocabulary.batch import Fate
from tests import build
from tests.exchange.officers_list import sheet_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
HEADING = ("project.code", "kind", "step", "outcome", "received_on", "decided_on", "total_usd", "total_vnd")
COLUMNS = dict(zip(HEADING, "ABCDEFGH", strict=True))
USUAL = {"kind": "amendment", "step": 1, "decided_on": "1/5/2024"}


@pytest.fixture
def project():
    project = build.make_project(capital_usd=5000, investors=())
    build.make_certificate(project, decided_on=date(2023, 4, 20))
    return project


def preview_of(*rows):
    data = sheet_of([[row.get(name) for name in HEADING] for row in rows], heading=HEADING)
    return preview_file(data, "a.xlsx", "certificates", now=NOW)


@pytest.mark.parametrize(("column", "code", "said"), [
    ("decided_on", "not-yet", {"decided_on": "21/11/2026"}),
    ("received_on", "not-yet", {"outcome": "received", "received_on": "21/11/2026", "decided_on": None}),
    ("decided_on", "outcome-without-day", {"decided_on": None}),
    ("decided_on", "outcome-without-day", {"decided_on": None, "outcome": "refused"}),
    ("received_on", "dossier-without-day", {"decided_on": None, "outcome": "received"}),
    ("decided_on", "decided-before-received", {"received_on": "2/5/2024"}),
    ("decided_on", "amended-before-issue", {"decided_on": "19/4/2023"}),
    ("total_usd", "negative-printed", {"total_usd": -5}), ("total_vnd", "negative-printed", {"total_vnd": -5}),
])
def test_a_broken_rule_is_told_at_its_cell(project, column, code, said):
    preview = preview_of(USUAL | {"project.code": project.code} | said)
    assert [(each.cell, each.code) for each in preview.problems] == [(f"{COLUMNS[column]}2", code)]


def test_a_first_issue_in_the_same_file_is_the_day_that_counts():
    project = build.make_project(investors=(), licensed_on=None)
    preview = preview_of({"project.code": project.code, "kind": "first_issue", "decided_on": "1/5/2024"},
                         USUAL | {"project.code": project.code, "decided_on": "30/4/2024"})
    assert [(each.cell, each.code) for each in preview.problems] == [("F3", "amended-before-issue")]


@pytest.mark.parametrize(("total", "noted"), [(5000, False), (7000, True)])
def test_a_printed_total_is_compared_with_the_ledger_of_its_day(project, total, noted):
    build.make_entry(project, 1000, decided_on=date(2025, 1, 1))
    planned = preview_of(USUAL | {"project.code": project.code, "total_usd": total}).rows[0]
    assert planned.fate == Fate.NEW
    assert [("7.000 USD" in note, "5.000 USD" in note, "2.000 USD" in note) for note in planned.notes] == (
        [(True, True, True)] if noted else [])
