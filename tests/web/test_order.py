"""Both databases put names and codes in the same order, whatever their collations are."""

import random

import pytest
from django.db.models import F

from registry.models import Country, Enterprise, Statement
from registry.vocabulary.publication import Publication
from registry.vocabulary.vietnamese import sort_key
from registry.web.listing import LISTINGS
from registry.web.order import BY_CODE, BY_NAME, BY_NUMBER, NAMED_ORDERS, words
from tests import build

pytestmark = pytest.mark.django_db

# In the order of a Vietnamese dictionary: a ă â, d đ, e ê, o ô ơ, u ư; then the tones; numbers by size, before letters.
NAMES = [
    "2 Sao", "10 Sao", "An", "an Bình", "Àn", "Ăn", "Ân", "Bà", "Bá", "Bạ", "Ca", "Cá", "Da", "Dạ", "Đa", "Đá", "Đạ",
    "Em", "Êm", "I", "Oa", "Ôa", "Ơa", "Quê Võ", "Quế Võ", "Tiên Du", "Tiên Sơn", "Từ Sơn", "Ứng", "Yên Phong",
    "Yên Phong II-C", "삼성",
]


def make(rows: list[tuple[str, str]]) -> None:
    """Enterprises of these codes and names, written in another order than they are given."""
    random.Random(1).shuffle(rows)
    with build.act() as act:
        for code, name in rows:
            build.make_enterprise(act=act, code=code, name=name)


def test_names_stand_in_vietnamese_order():
    make([(f"ENT-9{number:05}", name) for number, name in enumerate(NAMES)])
    ordered = BY_NAME.prepare(Enterprise.objects.all()).order_by(BY_NAME.column).values_list("name", flat=True)
    assert list(ordered) == NAMES == sorted(NAMES, key=sort_key)
    assert list(ordered.reverse()) == NAMES[::-1]


def test_countries_stand_in_the_order_of_the_vocabulary():
    ordered = list(Country.objects.order_by("name_sort", "pk").values_list("name", flat=True))
    assert ordered == sorted(ordered, key=sort_key)
    assert ordered.index("Đan Mạch") > ordered.index("Dominica")


def test_codes_stand_in_the_order_of_their_bytes():
    codes = ["-", "1", "10", "2", "A", "A-10", "A-2", "B", "Z", "_", "a", "a-b", "a.b", "ab", "z", "Đ", "đ"]
    make([(code, "Tên") for code in codes])
    ordered = BY_CODE.prepare(Enterprise.objects.all()).order_by(BY_CODE.column).values_list("code", flat=True)
    assert list(ordered) == sorted(codes, key=str.encode)


def test_numbers_stand_in_the_order_of_texts_like_other_codes():
    rows = Statement.objects.filter(pk__in=Statement.objects.order_by("pk").values("pk")[:40])
    ordered = list(BY_NUMBER.prepare(rows).order_by(F(BY_NUMBER.column).asc()).values_list("pk", flat=True))
    assert [str(key) for key in ordered] == sorted(str(key) for key in ordered)


def test_the_words_of_ordering():
    assert words(NAMED_ORDERS) == ["code", "-code", "updated_at", "-updated_at", "name", "-name"]


@pytest.mark.parametrize("path", LISTINGS)
def test_every_list_orders_by_what_its_records_have(path):
    columns = {field.name for field in LISTINGS[path].model._meta.get_fields()}
    expected = {"code", "updated_at"} | ({"name"} if "name" in columns else set())
    extra = {"licensed_on", "registered_usd"} if path == "projects" else set()
    assert set(LISTINGS[path].filters.ORDERS) == expected | extra


def test_the_order_does_not_tell_the_name_of_a_person(client):
    """They stand under their public name, nhà đầu tư cá nhân."""
    build.make_investor(name="Zý", publication=Publication.PUBLISHED, kind="person")
    build.make_investor(name="An", publication=Publication.PUBLISHED, kind="person")
    build.make_investor(name="Mơ", publication=Publication.PUBLISHED)
    answer = client.get("/api/v1/investors/?ordering=name").json()
    assert [each["kind"] for each in answer["results"]] == ["organisation", "person", "person"]
