"""Roles: an account's groups, and what follows from them."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from registry.models.account import may, may_publish_alone, roles_of
from registry.vocabulary.role import MAY, Deed, Role
from tests import build

pytestmark = pytest.mark.django_db

WANTED = {
    Role.OFFICER: {"look", "edit", "post"},
    Role.REVIEWER: {"look", "publish"},
    Role.STATISTICIAN: {"look", "report", "freeze"},
    Role.ADMINISTRATOR: {"look", "accounts"},
    Role.READER: {"look"},
}


def test_a_migration_has_made_every_role():
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_do(role):
    user = build.make_officer("lan", role)
    assert {str(deed) for deed in Deed if may(user, deed)} == WANTED[role] == MAY[role]


def test_two_roles_may_do_what_either_may():
    user = build.make_officer("lan", Role.OFFICER, Role.REVIEWER)
    assert {str(deed) for deed in Deed if may(user, deed)} == {"look", "edit", "post", "publish"}


def test_without_a_role_one_only_reads():
    user = build.make_user("lan", is_staff=True)
    user.groups.add(Group.objects.create(name="khác"))
    assert roles_of(user) == {Role.READER}
    assert [deed for deed in Deed if may(user, deed)] == [Deed.LOOK]


def test_a_superuser_without_a_role_is_an_administrator():
    user = build.make_user("lan", is_staff=True, is_superuser=True)
    assert roles_of(user) == {Role.ADMINISTRATOR}
    assert not may(user, Deed.EDIT)


@pytest.mark.parametrize("changes", [{"is_staff": False}, {"is_active": False}])
def test_who_may_not_enter_may_do_nothing(changes):
    user = build.make_officer("lan", *Role, **changes)
    assert [deed for deed in Deed if may(user, deed)] == []


def test_a_reviewer_publishes_alone_only_where_one_person_is_enough(settings):
    reviewer, officer = build.make_officer("lan"), build.make_officer("minh", Role.OFFICER)
    assert (may_publish_alone(reviewer), may_publish_alone(officer)) == (True, False)
    settings.TWO_PERSON_RULE = True
    assert not may_publish_alone(reviewer)


def test_the_migration_leaves_officers_what_they_could_do_and_can_be_undone():
    migration = importlib.import_module("registry.migrations.0006_roles")
    before, stranger = build.make_user("lan", is_staff=True), build.make_user("khach")

    migration.drop_groups(apps, None)
    assert not Group.objects.exists()
    migration.make_groups(apps, None)

    assert roles_of(before) == {Role.OFFICER, Role.REVIEWER}
    assert roles_of(stranger) == {Role.READER}
