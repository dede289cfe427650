"""Public reads go to the replica; officers and writers never do."""

import pytest
from django.test import RequestFactory

from registry.models import Project
from registry.web.replica import PublicReads, ReadFromReplica

ROUTER = ReadFromReplica()


def read_during(method: str, path: str):
    """Where a read goes while such a request is answered."""
    return PublicReads(lambda request: ROUTER.db_for_read(Project))(RequestFactory().generic(method, path))


@pytest.mark.parametrize(("method", "path", "where"), [
    ("GET", "/projects/", "replica"),
    ("HEAD", "/api/v1/projects/", "replica"),
    ("GET", "/admin/", None),
    ("POST", "/projects/", None),
])
def test_reads(method, path, where):
    assert read_during(method, path) == where


def test_outside_a_request_everything_is_the_main_database():
    read_during("GET", "/projects/")
    assert ROUTER.db_for_read(Project) is None
    assert ROUTER.db_for_write(Project) == "default"
    assert not ROUTER.allow_migrate("replica", "registry")
