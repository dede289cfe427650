"""An officer who is logged in."""

import pytest

from tests import build
from tests.admin.work.desk import Officer
from tests.web.conftest import no_quota, static_files_where_they_lie

__all__ = ["no_quota", "static_files_where_they_lie"]


@pytest.fixture
def officer(client) -> Officer:
    user = build.make_user("lan", is_staff=True)
    client.force_login(user)
    return Officer(client, user)
