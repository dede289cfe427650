"""All conditions of a record in one question; where one is broken, each that is."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from registry.models import Stake
from tests import build

pytestmark = pytest.mark.django_db


def asked_of(record) -> list[str]:
    """The questions about conditions, which read no table."""
    with CaptureQueriesContext(connection) as asked:
        record.validate_constraints()
    return [each["sql"] for each in asked if each["sql"].startswith("SELECT") and '"_check"' in each["sql"]
            and "FROM" not in each["sql"]]


def one_by_one(record) -> dict:
    with pytest.raises(ValidationError) as refused:
        models.Model.validate_constraints(record)
    return refused.value.message_dict


@pytest.mark.parametrize("make", [
    build.make_zone, build.make_project, build.make_investor, build.make_source,
    lambda: build.make_project(capital_usd=5).entries.get(),
    lambda: Stake.objects.filter(project=build.make_project()).get(),
])
def test_a_record_that_keeps_them_all_is_asked_once(make):
    assert len(asked_of(make())) == 1


def test_each_that_is_broken_is_told():
    project = build.make_project()
    project.publication, project.status = "nix", "nix"
    with pytest.raises(ValidationError) as refused:
        project.validate_constraints()
    assert refused.value.message_dict == one_by_one(project)
    assert sum(len(each) for each in refused.value.message_dict.values()) == 2


def test_what_must_be_unique_is_told_too():
    stake = Stake.objects.filter(project=build.make_project()).get()
    other = Stake(project=stake.project, investor=build.make_investor(), position=2, lead=True)
    with pytest.raises(ValidationError) as refused:
        other.validate_constraints()
    assert refused.value.message_dict == one_by_one(other)
