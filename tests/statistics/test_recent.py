"""What changed last, as the public may see it."""

import pytest

from registry.actions.project import withdraw_project
from registry.actions.record import amend, publish
from registry.statistics.recent import recent_changes
from tests import build

pytestmark = pytest.mark.django_db


def told(most: int = 8) -> list[tuple]:
    """Without the sources of the reference lists, which every register holds."""
    return [(each.verb, each.kind, each.code, each.name, each.changed) for each in recent_changes(most=most)
            if each.kind == "project"]


def test_a_new_project_with_what_it_came_with():
    with build.act() as act:
        project = build.make_project(act=act, name="Nhà máy", name_en="Plant")
        build.make_entry(project, "5", act=act)
        build.make_milestone(project, act=act)
    assert told() == [("created", "project", project.code, "Nhà máy", ("capital-entry", "milestone"))]
    assert recent_changes(most=1)[0].name_en == "Plant"


def test_newest_first_one_for_each_act():
    one, two = build.make_project(name="Một"), build.make_project(name="Hai")
    with build.act() as act:
        amend(act=act, record=one, address="Yên Phong")
    assert [row[:4] for row in told()] == [
        ("updated", "project", one.code, "Một"), ("created", "project", two.code, "Hai"),
        ("created", "project", one.code, "Một"),
    ]
    assert len(recent_changes(most=2)) == 2


def test_a_statement_stands_under_its_project_or_its_source():
    project = build.make_project(name="Nhà máy")
    source = build.make_source(name="Bài báo")
    build.make_statement(subject=project, source=source)
    assert told()[0] == ("updated", "project", project.code, "Nhà máy", ("statement",))
    build.make_statement(subject_kind="person", subject_name="Ai đó", source=source)
    newest = recent_changes(most=1)[0]
    assert (newest.kind, newest.name, newest.changed) == ("source", "Bài báo", ("statement",))


def test_what_is_not_public_is_silent():
    project = build.make_project(name="Nháp", publication="draft")
    build.make_milestone(project)
    assert told() == []
    with build.act() as act:
        publish(act=act, record=project)
    assert told() == [("created", "project", project.code, "Nháp", ("milestone",))]


def test_a_withdrawn_project_has_its_code_alone():
    project = build.make_project(name="Bí mật", capital_usd="5")
    build.make_milestone(project)
    with build.act() as act:
        withdraw_project(act=act, project=project, reason="Ghi trùng")
    assert told()[0] == ("withdrawn", "project", project.code, "", ())
    assert "Bí mật" not in str(recent_changes(most=8))


def test_what_an_unpublished_source_states_is_silent():
    build.make_statement(subject=build.make_project(publication="draft"), source=build.make_source(name="Kín",
                                                                                                  publication="draft"))
    assert "Kín" not in str(recent_changes(most=8))


def test_two_queries_however_much_changed(django_assert_num_queries):
    for _ in range(5):
        build.make_milestone(build.make_project(capital_usd="5"))
    with django_assert_num_queries(2):
        recent_changes(most=8)
