"""One definition of the columns: the fields of a noun's table are the keys of its document."""

import pytest
from django.utils import translation

from registry.exchange.columns import FIELDS
from registry.exchange.columns.shape import Column, Field, Part, Table, value_of
from registry.exchange.documents import DOCUMENTS
from registry.web.listing import LISTINGS

PATHS = sorted(FIELDS)


def test_every_list_has_a_table():
    assert FIELDS.keys() == LISTINGS.keys()


@pytest.mark.parametrize("path", PATHS)
class TestEveryTable:
    def test_has_the_fields_of_the_document_in_its_order(self, path):
        document = DOCUMENTS[LISTINGS[path].kind]
        assert [field.name for field in FIELDS[path].fields] == list(document.schema["properties"])

    def test_has_a_heading_for_each_column_and_no_heading_twice(self, path):
        for language in ("vi", "en"):
            with translation.override(language):
                headings = [str(column.label) for column in FIELDS[path].table().columns]
            assert all(heading.strip() for heading in headings)
            assert len(set(headings)) == len(headings)

    def test_begins_with_the_code_and_ends_with_what_only_programs_need(self, path):
        names = [column.name for column in FIELDS[path].table().columns]
        assert names[0] == ("id" if path == "statements" else "code")
        assert names[-2:] in (["version", "updated_at"], ["url", "updated_at"])

    def test_shows_closed_lists_that_the_schema_knows(self, path):
        schema = DOCUMENTS[LISTINGS[path].kind].schema["properties"]
        for field in FIELDS[path].fields:
            if field.words:
                assert set(schema[field.name]["enum"]) - {None} == set(field.words.values)


def test_a_stated_day_unfolds_into_earliest_latest_and_label():
    columns = {column.name: column for column in FIELDS["projects"].table().columns}
    row = {"licensed_on": {"earliest": "2023-10-21", "latest": "2023-10-31", "label": "cuối tháng 10/2023",
                           "label_en": "late October 2023"}}
    values = [columns[f"licensed_on.{key}"].get(row) for key in ("earliest", "latest", "label")]
    assert values == ["2023-10-21", "2023-10-31", "cuối tháng 10/2023"]
    assert columns["licensed_on.earliest"].get({"licensed_on": None}) is None


def test_a_list_is_joined_and_a_missing_value_keeps_its_place():
    field = Field("investors", "nhà đầu tư", many=True, parts=(Part("code", "mã"), Part("lead", "chính")))
    row = {"investors": [{"code": "INV-000001", "lead": True}, {"code": None, "lead": False}]}
    assert [column.get(row) for column in field.columns()] == ["INV-000001; ", "true; false"]


@pytest.mark.parametrize("path", PATHS)
def test_many_rows_are_read_as_one_is(path):
    """Of every field there is a row that has it, one that has nothing there, and, of a list, one that has several."""
    def given(field, number: int):
        if number == 0:
            return [] if field.many else None
        one = {part.key: f"{field.name}.{part.key} {number}" for part in field.parts} or f"{field.name} {number}"
        return [one] * number if field.many else one

    rows = [{field.name: given(field, number) for field in FIELDS[path].fields} for number in (1, 0, 2)]
    for column in FIELDS[path].table().columns:
        assert column.values(rows) == [column.get(row) for row in rows]


@pytest.mark.parametrize(("found", "joined"), [
    ([], ""), (["a"], "a"), ([None], ""), (["a", None, "b"], "a; ; b"), ([7, True], "7; true"), ([""], ""),
])
def test_each_value_of_a_list_has_its_place(found, joined):
    [alone], [inside] = (Field("x", "x", many=True, parts=parts).columns() for parts in ((), (Part("key", "k"),)))
    assert alone.get({"x": found}) == joined
    assert inside.get({"x": [{"key": value} for value in found]}) == joined
    assert inside.get({"x": [None, *({"key": value} for value in found)]}) == joined


def test_a_table_is_made_of_columns():
    assert isinstance(FIELDS["zones"].table(), Table)


@pytest.mark.parametrize(("kind", "given", "value"), [
    ("text", "0123456789", "0123456789"), ("text", "", None), ("number", None, None), ("whole", 7, 7),
    ("yes", False, False),
])
def test_a_cell_has_its_type(kind, given, value):
    assert value_of(Column("x", "x", kind, lambda row: given), None) == value
