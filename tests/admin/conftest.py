"""An officer at the stock admin's forms, lists and history."""

import pytest

from tests import build
from tests.admin.clerk import Clerk
from tests.web.conftest import no_quota, static_files_where_they_lie

__all__ = ["no_quota", "static_files_where_they_lie"]


@pytest.fixture
def clerk(client) -> Clerk:
    user = build.make_officer("lan")
    client.force_login(user)
    return Clerk(client, user)


@pytest.fixture
def second(django_user_model):
    """Another officer, at another desk."""
    return build.make_officer("minh")
