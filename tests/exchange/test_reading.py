"""Light rows: what a document reads of a record, with what the model knows of it."""

import pytest

from registry.exchange.documents import DOCUMENTS
from registry.exchange.documents.reading import Reading
from registry.models import CapitalEntry, Enterprise, Investor, Project, Statement
from registry.vocabulary.period import VagueDay, read_day
from tests import build

pytestmark = pytest.mark.django_db
PROJECT = Reading(Project, "code licensed_on ended_on", enterprise=Reading(Enterprise, "code name"))


def test_a_row_has_what_was_read_and_nothing_else(django_assert_num_queries):
    enterprise = build.make_enterprise(name="Công ty A")
    first = build.make_project(enterprise=enterprise, licensed_on=read_day("cuối tháng 10/2023"))
    second = build.make_project(enterprise=None)
    with django_assert_num_queries(1):
        rows = PROJECT.rows([second.pk, 10**9, first.pk], for_staff=False)
        assert [row.code for row in rows] == [second.code, first.code]
        assert rows[0].enterprise is None and rows[1].enterprise.name == "Công ty A"
        assert rows[1].licensed_on == first.licensed_on and isinstance(rows[1].licensed_on, VagueDay)
        assert rows[1].ended_on is None
        with pytest.raises(AttributeError):
            _ = rows[1].name


def test_a_row_knows_who_may_see_it_as_its_model_does():
    with build.act() as act:
        draft = build.make_enterprise(act=act, publication="draft")
        project = build.make_project(act=act, enterprise=draft)
    [row] = PROJECT.rows([project.pk], for_staff=False)
    assert row.is_public() and not row.enterprise.is_public()

    investors = Reading(Investor, "code")
    person = build.make_investor(kind="person", name="Kim Min-su")
    assert investors.rows([person.pk], for_staff=False)[0].is_person


def test_what_a_row_needs_to_know_that_is_always_read():
    """A forgotten column would show a draft or a natural person's name."""
    assert Reading(Investor, "code").columns == ["code", "publication", "kind"]
    assert Reading(Statement, "pk").columns == ["pk", "subject_kind"]
    assert Reading(CapitalEntry, "code", buyer=Reading(Investor, "code")).columns == [
        "code", "buyer__code", "buyer__publication", "buyer__kind"]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_document_reads_what_takes_long(kind):
    heavy = {"search_folded", "search_marked", "name_sort", "text"}
    assert not heavy & {column.rpartition("__")[2] for column in DOCUMENTS[kind].reads.columns}
