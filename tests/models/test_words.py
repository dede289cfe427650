"""The index of search words: it stands at every searchable table, stays true, and says what LIKE would say."""

from functools import reduce
from operator import and_, or_

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.models import Investor, Project
from registry.models.base import Searchable
from registry.models.words import SEARCHABLE, drop_indexes, make_indexes
from registry.vocabulary.vietnamese import search_text, search_words
from tests import build

pytestmark = pytest.mark.django_db

TRIGRAMS = ("project", "investor", "enterprise", "statement")
WORDS = ["nhà", "máy", "Điện", "tử", "điện-tử", "II-C", "iic", "2C", "III", "3", "vi", "KCN", "khu công nghiệp", "d",
         "di", "BN-000123", "bn", "삼성전자", "立訊", "ガラス", "Ω", "½", "ſtraße", "İstanbul", "a" * 300, "x2", "١٢"]
ODD = ['"', "*", "%", "_", "#3", "#", "'", "\\", "^", "NEAR", "AND", "OR", "NOT", "(", ")", "{", ":", "-", "–", "+",
       "search_folded:", "🙂", "\u0301", "\t", ";--"]
texts = st.lists(st.sampled_from(WORDS + ODD) | st.text(max_size=6), max_size=6).map(" ".join)


def like(words) -> set[int]:
    """What the columns themselves say."""
    each = (reduce(or_, (Q(search_folded__contains=f" {token} " if token.startswith("#") else f" {token}")
                         for token in word.alternatives)) for word in words)
    return set(Investor.objects.filter(reduce(and_, each)).values_list("pk", flat=True))


def rank(investor, words) -> int:
    if all(f" {word.marked} " in investor.search_marked for word in words):
        return 0
    whole = all(any(f" {token} " in investor.search_folded for token in word.alternatives) for word in words)
    return 1 if whole else 2


def check_index() -> None:
    """Raises where an index has other words than its table. PostgreSQL keeps its own true."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table in SEARCHABLE:
            cursor.execute(f"INSERT INTO {table}_words({table}_words, rank) VALUES ('integrity-check', 1)")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(texts, min_size=1, max_size=8), st.lists(texts, min_size=1, max_size=12))
def test_it_finds_and_ranks_what_the_columns_say(names, queries):
    with transaction.atomic():
        rows = [Investor(code=f"SYN-{number}", name="SYN") for number in range(len(names))]
        for row, name in zip(rows, names, strict=True):
            text = search_text(name)
            row.search_folded, row.search_marked = text.folded, text.marked
            row.updated_at = build.IMPORTED_AT
            row.save()
        for query in [*queries, *names]:
            if words := search_words(query):
                found = Investor.objects.matching(words).ranked(words)
                assert {row.pk for row in found} == like(words), query
                assert [row.rank for row in found] == [rank(row, words) for row in found], query
        transaction.set_rollback(True)


def test_every_searchable_table_has_one():
    nouns = [model._meta.db_table for model in apps.get_app_config("registry").get_models()
             if issubclass(model, Searchable)]

    assert sorted(SEARCHABLE) == sorted(nouns)


def test_no_migration_has_lost_it():
    asked, expected = "SELECT indexname FROM pg_indexes", {f"{noun}_search" for noun in TRIGRAMS}
    if connection.vendor == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        expected = {f"{table}_words_{event}" for table in SEARCHABLE for event in ("insert", "update", "delete")}
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert expected <= {name for name, in cursor.fetchall()}


def test_it_follows_what_is_written_by_whatever_way():
    project = build.make_project(name="Nhà máy điện tử")
    check_index()
    Project.objects.filter(pk=project.pk).update(search_folded=" det may ", search_marked=" dệt may ")
    check_index()

    assert [Project.objects.matching(search_words(query)).count() for query in ("điện", "dệt")] == [0, 1]

    with transaction.atomic():
        build.make_investor(name="Sao Mai")
        transaction.set_rollback(True)
    build.make_investor(name="Sao Hôm")
    Investor.objects.filter(search_folded__contains=" hom ")._raw_delete(using="default")
    check_index()

    assert not Investor.objects.matching(search_words("sao")).exists()


def test_it_is_made_anew_from_what_stands_there():
    build.make_investor(name="Sao Mai")
    drop_indexes(connection, ["registry_investor"])
    make_indexes(connection, ["registry_investor"])
    check_index()

    assert Investor.objects.matching(search_words("sao")).count() == 1
