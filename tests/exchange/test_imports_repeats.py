"""Rows without a code that say again what the register has, or what waits in another batch."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from registry.actions import batch, capital
from registry.actions.plan import NEW_RECORD
from registry.exchange.imports.preview import preview_file
from registry.vocabulary.batch import Fate
from tests import build
from tests.exchange.officers_list import sheet_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
HEADING = {
    "capital-entries": ("project.code", "kind", "amount_usd", "decided_on"),
    "zone-observations": ("zone.name", "attribute", "value", "date"),
    "certificates": ("project.code", "kind", "step", "decided_on"),
}


def preview_of(table: str, *rows, answers=None):
    data = sheet_of(rows, heading=HEADING[table])
    return preview_file(data, "a.xlsx", table, now=NOW, answers=answers or {})


def fates(preview) -> list[str]:
    assert preview.problems == ()
    return [row.fate for row in preview.rows]


def rows_of(table: str, project) -> list[tuple]:
    """Two rows that somebody enters, and one that they forgot."""
    return {
        "capital-entries": [(project.code, "increase", 100, "1/5/2024"), (project.code, "increase", 200, None),
                            (project.code, "increase", 300, "2/5/2024")],
        "zone-observations": [("KCN Đo", "occupancy", 80, "2024"), ("KCN Đo", "workers", 5, None),
                              ("KCN Đo", "occupancy", 81, "2024")],
        "certificates": [(project.code, "amendment", 1, "1/5/2024"), (project.code, "correction", None, "2/5/2024"),
                         (project.code, "amendment", 2, "3/5/2024")],
    }[table]


@pytest.fixture
def project():
    build.make_zone(name="KCN Đo")
    return build.make_project(capital_usd=5, investors=())


@pytest.fixture(params=HEADING)
def corrected(request, project):
    """A table, and its three rows, of which two came before: published, or still waiting."""
    return request.param, rows_of(request.param, project)


def enter(table: str, *rows, publish: bool = True):
    with build.act() as act:
        made = batch.apply(act=act, preview=preview_of(table, *rows))
    if publish:
        with build.act() as act:
            batch.publish(act=act, batch=made)
    return made


@pytest.mark.parametrize("publish", [True, False])
def test_what_is_there_is_left_to_the_officer_and_the_rest_is_new(corrected, publish):
    table, rows = corrected
    made = enter(table, *rows[:2], publish=publish)
    preview = preview_of(table, *rows)
    assert fates(preview) == [Fate.CONFLICT, Fate.CONFLICT, Fate.NEW]
    choices = [row.choices[0] for row in preview.rows[:2]]
    for row, choice in zip(preview.rows, choices, strict=False):
        assert choice.candidates[0].code in row.notes[0]
    if not publish and table != "certificates":
        assert [choice.candidates[0].code for choice in choices] == [f"{made.code}/2", f"{made.code}/3"]

    same = {number: {choice.key: choice.candidates[0].code} for number, choice in enumerate(choices, start=2)}
    preview = preview_of(table, *rows, answers=same)
    assert fates(preview) == [Fate.UNCHANGED, Fate.UNCHANGED, Fate.NEW]
    with build.act() as act:
        again = batch.apply(act=act, preview=preview)
    with build.act() as act:
        batch.publish(act=act, batch=again)


def test_another_entry_of_the_same_amount_is_posted(project):
    rows = rows_of("capital-entries", project)[:2]
    enter("capital-entries", *rows)
    answers = {2: {"same": f"{project.code}-3"}, 3: {"same": NEW_RECORD}}
    with build.act() as act:
        made = batch.apply(act=act, preview=preview_of("capital-entries", *reversed(rows), answers=answers))
    with build.act() as act:
        batch.publish(act=act, batch=made)
    assert project.entries.total_usd() == Decimal(5 + 100 + 200 + 100)


def test_an_entry_that_was_reversed_is_not_there(project):
    enter("capital-entries", *rows_of("capital-entries", project)[:1])
    entry = project.entries.get(amount_usd=100)
    with build.act() as act:
        capital.mirror(act=act, entry=entry)
    again = preview_of("capital-entries", *reversed(rows_of("capital-entries", project)[:2]))
    assert fates(again) == [Fate.NEW, Fate.NEW]


def test_the_step_of_a_certificate_stands_once(project):
    rows = rows_of("certificates", project)
    enter("certificates", *rows)
    choices = [row.choices[0].may_be_new for row in preview_of("certificates", *reversed(rows)).rows]
    assert choices == [False, True, False]
    other_day = preview_of("certificates", (project.code, "amendment", 1, "9/5/2024"))
    assert [each.code for each in other_day.problems] == ["step-taken"]
