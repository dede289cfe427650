"""Whether the server lives, and whether it can serve."""

import pytest
from django.db import OperationalError

from registry.models import Register
from tests import build


def test_it_lives_without_asking_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_it_is_ready_with_its_revision_and_head(client, django_assert_num_queries):
    build.make_investor()
    register = Register.objects.get(pk=1)
    with django_assert_num_queries(1):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "revision": register.revision, "head": register.head}


@pytest.mark.parametrize("failure", [OperationalError("the secret of the house"), Register.DoesNotExist()])
def test_it_is_not_ready_without_its_database(client, monkeypatch, failure):
    def fail(*args, **kwargs):
        raise failure

    monkeypatch.setattr(Register.objects, "get", fail)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "database unavailable"})
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz/", "/readyz/", "/health"])
def test_there_is_no_other_address(client, path, db):
    assert client.get(path).status_code == 404
