"""A form sent twice is one act."""

import pytest
from django.db import DatabaseError, transaction

from registry.actions.writing import DoneAlready
from registry.models import Act
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def test_the_second_of_two_acts_with_one_key_is_told_of_the_first():
    with build.act(key="a form") as act:
        investor = build.make_investor(act=act)
    first = Act.objects.latest("id")

    with refused(DoneAlready) as refusal, build.act(key="a form") as act:
        build.make_investor(act=act)

    assert (first.key, refusal.value.act) == ("a form", first)
    assert [change.code for change in refusal.value.act.changes.all()] == [investor.code]
    assert str(refusal.value) == "Việc này đã được ghi."


def test_an_act_without_a_key_is_any_act():
    for key in (None, "", None):
        with build.act(key=key) as act:
            build.make_investor(act=act)
    assert set(Act.objects.order_by("-id").values_list("key", flat=True)[:3]) == {None}


def test_what_changed_nothing_may_be_sent_again():
    for _time in range(2):
        with build.act(key="a form"):
            pass
    assert not Act.objects.filter(key="a form").exists()


def test_the_database_holds_it_too():
    with build.act(key="a form") as act:
        build.make_investor(act=act)
    act = Act.objects.latest("id")
    act.pk += 1
    with pytest.raises(DatabaseError), transaction.atomic():
        act.save(force_insert=True)


def test_adding_the_key_has_left_acts_append_only():
    build.make_investor()
    with pytest.raises(DatabaseError), transaction.atomic():
        Act.objects.update(reason="khác")
