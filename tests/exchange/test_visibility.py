"""Who sees which field: every field of every noun is in the table, and a document shows what its reader may see."""

from dataclasses import replace
from datetime import date

import pytest

from registry.exchange.columns import FIELDS
from registry.exchange.documents import DOCUMENTS, Context
from registry.exchange.documents.shape import Document
from registry.exchange.documents.visibility import KEEPING, VISIBLE
from registry.models import NOUNS
from registry.models.fields import vague_days
from registry.vocabulary.visibility import Visibility
from tests import build

ALL = ("public", "partner", "staff")


def columns_of(model) -> set[str]:
    """The columns and lists of a noun by name; the three of a vague day under its one."""
    days = vague_days(model)
    parts = {f"{day.removesuffix('_on')}_{end}" for day in days for end in ("earliest", "latest", "words")}
    return {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)} - parts | days.keys()


@pytest.mark.parametrize("kind", NOUNS)
def test_every_field_is_listed_once(kind):
    seen, told = VISIBLE[kind], set()
    for words in (seen.public, seen.partner, seen.staff):
        assert not told & set(words.split()) and len(set(words.split())) == len(words.split())
        told |= set(words.split())
    fields = set(DOCUMENTS[kind].schema["properties"]) if kind in DOCUMENTS else set()
    unlisted = columns_of(NOUNS[kind]) - fields - KEEPING - seen.told_as.keys()

    assert unlisted == set(seen.staff.split()), "say who sees it: registry/exchange/documents/visibility.py"
    assert told - set(seen.staff.split()) == fields, "say who sees it: registry/exchange/documents/visibility.py"
    assert set(seen.told_as.values()) <= fields and seen.told_as.keys() <= columns_of(NOUNS[kind])


def test_the_table_knows_every_noun_and_no_other():
    assert VISIBLE.keys() == NOUNS.keys()


def test_every_column_of_a_file_is_of_a_public_field():
    for path, fields in FIELDS.items():
        kind = next(kind for kind, document in DOCUMENTS.items() if document.path == path)
        assert {each.name for each in fields.fields} <= VISIBLE[kind].by("public"), path


def test_each_reader_sees_what_the_ones_before_see():
    for seen in VISIBLE.values():
        public, partner, staff = (seen.by(reader) for reader in ALL)
        assert public <= partner <= staff


@pytest.mark.django_db
def test_a_document_drops_what_its_reader_may_not_see(monkeypatch):
    enterprise, document = build.make_enterprise(tax_code="0100109106", activity="lắp ráp"), DOCUMENTS["enterprise"]
    seen = VISIBLE["enterprise"]
    hidden = replace(seen, public=seen.public.replace("tax_code", "").replace("activity", ""), partner="tax_code",
                     staff="activity")
    monkeypatch.setitem(VISIBLE, "enterprise", hidden)

    def told(document: Document, reader: str) -> set[str]:
        context = Context(base="/", as_of=date(2026, 11, 1), reader=reader)
        found = set(document.load([enterprise.pk], context)[0])
        assert found == set(document.schema_for(reader)["properties"]) == set(document.schema_for(reader)["required"])
        return found & {"tax_code", "activity"}

    assert [told(document, reader) for reader in Visibility] == [set(), {"tax_code"}, {"tax_code", "activity"}]


@pytest.mark.django_db
def test_only_staff_read_what_is_not_published_and_its_state():
    with build.act() as act:
        enterprise = build.make_enterprise(act=act, name="Công ty nháp", publication="draft")
        person = build.make_investor(act=act, name="Kim Min-su", kind="person", publication="in_review")
        project = build.make_project(act=act, publication="draft", enterprise=enterprise, investors=[person])

    def told(kind: str, record, reader: str) -> list[dict]:
        return DOCUMENTS[kind].load([record.pk], Context(base="/", as_of=date(2026, 11, 1), reader=reader))

    for reader in (Visibility.PUBLIC, Visibility.PARTNER):
        assert told("project", project, reader) == told("investor", person, reader) == []
    [document] = told("project", project, Visibility.STAFF)
    assert (document["publication"], document["enterprise"]["name"]) == ("draft", "Công ty nháp")
    assert [(each["code"], each["name"]) for each in document["investors"]] == [
        (person.code, "nhà đầu tư cá nhân")]
    [document] = told("investor", person, Visibility.STAFF)
    assert (document["publication"], document["name"]) == ("in_review", "Kim Min-su")


@pytest.mark.django_db
def test_nobody_is_staff_unless_it_is_said():
    assert not Context(base="/", as_of=date(2026, 11, 1)).for_staff
