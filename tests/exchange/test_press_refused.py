"""A broken row of the press facts is named, and nothing is written."""

import shutil

import orjson
import pytest

from registry.exchange import fixtures
from registry.exchange.fixtures import BrokenRow
from registry.exchange.press import REASON, is_loaded, load_press
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def test_an_empty_register_knows_that_they_are_not():
    assert not is_loaded()


@pytest.fixture
def facts(tmp_path, monkeypatch):
    """A copy of the fixtures that a test may spoil."""
    copy = shutil.copytree(fixtures.FIXTURES, tmp_path / "fixtures")
    monkeypatch.setattr(fixtures, "FIXTURES", copy)
    return copy


def spoil(facts, name: str, among: str, changes: dict) -> None:
    """Change the first row of a list."""
    path = facts / f"{name}.json"
    content = orjson.loads(path.read_bytes())
    content[among][0] |= changes
    path.write_bytes(orjson.dumps(content))


@pytest.mark.parametrize(("name", "among", "changes", "said"), [
    ("press_statements", "rows", {"kind": "rumour"}, "press_statements.json, dòng “F001”: nội dung nguồn nêu: kind:"),
    ("press_statements", "rows", {"source": "press-009"}, "press_statements.json, dòng “F001”: thiếu"),
    ("press_statements", "rows", {"reference": None}, "press_statements.json, dòng “1”: thiếu 'reference'"),
    ("press_statements", "rows", {"into": ["project", "nowhere"]}, "press_statements.json, dòng “F001”: thiếu"),
    ("press_records", "projects", {"zone": "nowhere"}, "press_records.json, dòng “projects amkor-plant”: thiếu"),
    ("press_records", "projects", {"status": "terminated"},
     "press_records.json, dòng “projects amkor-plant”: dự án: Dự án đã chấm dứt"),
    ("press_records", "investors", {"key": "amkor-2"}, "press_records.json, dòng “projects amkor-plant”: thiếu"),
    ("press_records", "openings", {"statement": "F001"}, "press_records.json, dòng “openings amkor-opening”:"),
    ("press_records", "conflicts", {"statements": ["F001", "F002"]},
     "press_records.json, dòng “F001 ≠ F002”:"),
])
def test_a_broken_row_is_named_and_nothing_is_written(facts, name, among, changes, said):
    spoil(facts, name, among, changes)

    with refused(BrokenRow) as refusal, build.act(reason=REASON) as act:
        load_press(act)

    assert str(refusal.value).startswith(said)
    assert not is_loaded()
