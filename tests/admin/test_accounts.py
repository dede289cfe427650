"""Accounts: kept by administrators, and what is done to them is written down."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from registry.models.account import roles_of
from registry.vocabulary.role import Role
from tests import build
from tests.admin.clerk import Clerk, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client) -> Clerk:
    """An administrator."""
    user = build.make_officer("chi", Role.ADMINISTRATOR)
    client.force_login(user)
    return Clerk(client, user)


def pages_of(account) -> str:
    return reverse("admin:auth_user_change", args=[account.pk])


def test_roles_are_chosen_by_what_they_may_do(keeper):
    words = words_of(keeper.client.get(pages_of(build.make_officer("lan"))))
    assert "cán bộ: nhập và sửa hồ sơ, ghi bút toán và giấy chứng nhận" in words
    assert "lãnh đạo: công bố, gỡ, trả lại" in words and "người đọc: chỉ xem" in words


def test_a_change_of_roles_is_written_down(keeper):
    account = build.make_officer("lan", Role.OFFICER)
    fields = keeper.form(pages_of(account), "user_form")
    reviewer = Group.objects.get(name=Role.REVIEWER)

    answer = keeper.client.post(pages_of(account), fields | {"groups": [*fields["groups"], reviewer.pk]})

    assert answer.status_code == 302
    assert roles_of(type(account).objects.get(pk=account.pk)) == {Role.OFFICER, Role.REVIEWER}
    entry = LogEntry.objects.get(object_id=account.pk)
    assert (entry.user, entry.get_change_message()) == (keeper.user, "Vai trò: cán bộ → cán bộ, lãnh đạo")
    history = words_of(keeper.client.get(reverse("admin:auth_user_history", args=[account.pk])))
    assert "chi" in history and "Vai trò: cán bộ → cán bộ, lãnh đạo" in history


def test_other_changes_are_written_down_beside_it(keeper):
    account = build.make_officer("lan", Role.OFFICER)
    fields = keeper.form(pages_of(account), "user_form")

    keeper.client.post(pages_of(account), {name: each for name, each in fields.items() if name != "groups"} | {
        "last_name": "Nguyễn"})

    assert LogEntry.objects.get().get_change_message() == "Vai trò: cán bộ → không có vai trò; Họ"


def test_the_list_tells_roles(keeper):
    build.make_officer("lan")
    assert "cán bộ, lãnh đạo" in words_of(keeper.client.get(reverse("admin:auth_user_changelist")))
