"""An officer who is logged in."""

import pytest

from tests import build
from tests.admin.work.desk import Officer
from tests.web.conftest import no_quota, static_files_where_they_lie

__all__ = ["no_quota", "static_files_where_they_lie"]


@pytest.fixture
def officer(client) -> Officer:
    user = build.make_officer("lan")
    client.force_login(user)
    return Officer(client, user)
