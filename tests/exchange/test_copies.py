"""What a mirror is told of names that documents repeat: none is missing, and each leads to the record that has it."""

import pytest

from registry.exchange.columns import FIELDS
from registry.exchange.copies import copies_of
from registry.exchange.documents import DOCUMENTS, Context
from registry.models import NOUNS
from tests.build import A_DAY

SAYS_WHOSE = {"name", "title"}


@pytest.mark.parametrize("path", FIELDS)
def test_every_part_with_a_name_is_told(path):
    named = {field.name for field in FIELDS[path].fields if SAYS_WHOSE & {part.key for part in field.parts}}

    assert named == {copy["at"] for copy in copies_of(path)}


@pytest.mark.parametrize("path", FIELDS)
def test_each_leads_to_the_record_and_repeats_it(path, press):
    context = Context(base="https://x/api/v1/", as_of=A_DAY)
    kind = next(document.kind for document in DOCUMENTS.values() if document.path == path)
    keys = list(NOUNS[kind].objects.public().order_by("pk").values_list("pk", flat=True)[:50])
    for document in DOCUMENTS[kind].load(keys, context):
        for copy in copies_of(path):
            there = document[copy["at"]]
            for part in there if isinstance(there, list) else [there] if there else []:
                code = [part[key] for key in copy.get("code", ["code"])]
                if all(code):
                    to = copy.get("kind") or part["kind"]
                    pk = NOUNS[to].objects.get(code="-".join(code)).pk
                    [other] = DOCUMENTS[to].load([pk], context)
                    assert {key: part[key] for key in copy["keys"]} == {key: other[key] for key in copy["keys"]}
