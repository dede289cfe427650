"""Many records amended at once keep every rule of one amended alone."""

import pytest
from django.db import connection

from registry.actions.amend_many import Amendment, amend_many
from registry.actions.payload import state_of
from registry.actions.record import InvalidRecord, StaleVersion, amend
from registry.exchange.check.everything import problems
from registry.models import Change, Enterprise, Investor, Project
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def amended(model, *wanted: tuple) -> list:
    with build.act() as act:
        return amend_many(act=act, model=model, amendments=[
            Amendment(record.code, version, columns) for record, version, columns in wanted])


def test_each_record_has_one_change_and_one_more_version():
    first, second = build.make_project(capital_usd=5), build.make_project(capital_usd=5)
    changed = amended(Project, (first, first.version, {"address": "Lô A"}), (second, None, {"planned_workers": 7}))
    assert changed == [first, second]
    for before, columns in ((first, {"address": "Lô A"}), (second, {"planned_workers": 7})):
        now = Project.objects.get(pk=before.pk)
        assert now.version == before.version + 1
        change = Change.objects.filter(kind="project", code=now.code).latest("seq")
        assert (change.verb, change.feed_verb, change.after) == ("updated", "updated", state_of(now))
        assert {name: change.after[name] for name in columns} == columns
        assert change.before == state_of(before)
    assert list(problems()) == []


def test_what_changes_nothing_leaves_no_trace():
    project = build.make_project(address="Lô A")
    count = Change.objects.count()
    assert amended(Project, (project, project.version, {"address": "Lô A"})) == []
    assert Change.objects.count() == count


def test_a_stale_version_refuses_all():
    first, second = build.make_project(), build.make_project()
    seen = second.version
    with build.act() as act:
        amend(act=act, record=second, address="Lô B")
    with refused(StaleVersion) as refusal:
        amended(Project, (first, first.version, {"address": "Lô A"}), (second, seen, {"address": "Lô C"}))
    assert second.code in str(refusal.value)


def test_a_record_that_is_gone_is_stale():
    with refused(StaleVersion):
        amended(Project, (Project(code="BN-999999"), 1, {"address": "Lô A"}))


@pytest.mark.parametrize("columns, field", [
    ({"name": "x" * 501}, "name"), ({"irc_code": "0123456777"}, "irc_code"), ({"land_area_ha": -1}, ""),
    ({"zone_id": 99_999}, "zone"),
])
def test_rules_are_told_as_of_one_record(columns, field):
    build.make_project(irc_code="0123456777")
    first, second = build.make_project(), build.make_project()
    with refused(InvalidRecord) as refusal:
        amended(Project, (first, None, {"address": "Lô A"}), (second, None, columns))
    assert field in refusal.value.errors


def test_renamed_records_are_found_by_their_new_names():
    investor, enterprise = build.make_investor(name="Cũ"), build.make_enterprise(name="Xưa")
    project = build.make_project(investors=[investor], enterprise=enterprise)
    amended(Investor, (investor, None, {"name": "Amkor"}))
    amended(Enterprise, (enterprise, None, {"name": "Foxconn"}))
    project.refresh_from_db()
    assert " amkor " in project.search_folded and " foxconn " in project.search_folded
    assert " amkor " in Investor.objects.get(pk=investor.pk).search_folded
    amended(Project, (project, None, {"name": "Nhà máy", "enterprise_id": build.make_enterprise(name="Canon").pk}))
    project.refresh_from_db()
    assert " canon " in project.search_folded and " nha may " in project.search_folded
    assert list(problems()) == []


def test_queries_do_not_grow_with_the_records(django_assert_max_num_queries):
    projects = [build.make_project() for _number in range(30)]
    with django_assert_max_num_queries(25 if connection.vendor == "sqlite" else 60):
        amended(Project, *((project, None, {"address": "Lô A", "name": "Mới"}) for project in projects))
