"""Questions that are asked again: the rows of other keys, from SQL that was made once."""

from datetime import UTC

import pytest

from registry.models import Enterprise, Project
from registry.models.asked import Among, asked
from tests import build

pytestmark = pytest.mark.django_db
MADE = []


@asked
def names_of(publication: str):
    MADE.append(publication)
    return Enterprise.objects.filter(Among("code"), publication=publication).order_by("pk").values_list("code", "name")


@asked
def moments_and_amounts():
    return Project.objects.filter(Among("pk")).values_list("updated_at", "land_area_ha", "entries__amount_usd")


def test_the_sql_is_made_once_for_each_case(django_assert_num_queries):
    one, other = build.make_enterprise(name="Một"), build.make_enterprise(name="Hai")
    MADE.clear()
    with django_assert_num_queries(4):
        assert names_of([one.code], "published") == [(one.code, "Một")]
        assert names_of([other.code, one.code, "'); --"], "published") == [(one.code, "Một"), (other.code, "Hai")]
        assert names_of([], "published") == []
        assert names_of([one.code], "draft") == []
    assert MADE in ([], ["published", "draft"])  # of a process that has asked before, none


@pytest.mark.parametrize("code", ['a"b', "a\\", "a,b", "{a}", "NULL", "", " a ", "a\nb", "tiếng Việt", "'"])
def test_a_key_is_found_whatever_it_is_made_of(code):
    enterprise = build.make_enterprise(name="Một")
    Enterprise.objects.filter(pk=enterprise.pk).update(code=code)
    assert names_of([code, "khác"], "published") == [(code, "Một")]
    assert names_of([f"{code}x"], "published") == []


def test_values_are_those_of_the_model():
    project = build.make_project(land_area_ha="1.5000")
    [(moment, area, amount)] = moments_and_amounts([project.pk])
    project.refresh_from_db()

    assert (moment, area) == (project.updated_at, project.land_area_ha) and moment.tzinfo is UTC
    assert amount == (project.entries.get().amount_usd if project.entries.exists() else None)
