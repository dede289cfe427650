"""Questions that are asked again: the rows of other keys, from SQL that was made once."""

from datetime import UTC, datetime

import pytest

from registry.exchange.documents.shape import moment as written
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


@asked
def moments_of_entries():
    return Project.objects.filter(Among("pk")).values_list("entries__recorded_at")


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

    assert (moment, area) == (written(project.updated_at), project.land_area_ha)
    assert amount == (project.entries.get().amount_usd if project.entries.exists() else None)


@pytest.mark.parametrize("microsecond", [0, 1, 500_000, 123_450, 999_999])
def test_a_moment_is_the_text_that_documents_have(microsecond):
    project, at = build.make_project(), datetime(2026, 11, 27, 23, 59, 0, microsecond, tzinfo=UTC)
    Project.objects.filter(pk=project.pk).update(updated_at=at)
    assert moments_and_amounts([project.pk])[0][0] == written(at)


def test_where_there_is_no_moment_there_is_no_text():
    project = build.make_project()
    assert moments_of_entries([project.pk]) == [(None,)]
