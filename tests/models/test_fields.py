from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum

from registry.models import CapitalEntry, Project, Stake
from registry.models.fields import HundredthsField
from registry.vocabulary.money import AmountTooFine
from registry.vocabulary.period import VagueDay
from tests import build

pytestmark = pytest.mark.django_db

OCTOBER = VagueDay(date(2023, 10, 21), date(2023, 10, 31), "cuối tháng 10/2023")


def stored(entry) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount_usd FROM registry_capitalentry WHERE id = %s", [entry.pk])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("amount", ["0.01", "1600000000.00", "92233720368547758.07"])
def test_an_amount_is_kept_as_whole_hundredths(amount):
    entry = build.make_entry(build.make_project(), amount)

    entry.refresh_from_db()

    assert str(entry.amount_usd) == amount
    assert stored(entry) == int(Decimal(amount) * 100)


def test_a_negative_amount_comes_back():
    entry = build.make_entry(build.make_project(), "-0.05", kind="disbursement")

    entry.refresh_from_db()

    assert str(entry.amount_usd) == "-0.05"


def test_a_sum_is_exact_where_floats_are_not():
    project = build.make_project()
    with build.act() as act:
        for _number in range(30):
            build.make_entry(project, "0.10", act=act)

    total = CapitalEntry.objects.filter(project=project).aggregate(total=Sum("amount_usd"))["total"]

    assert str(total) == "3.00"


def test_filters_are_in_whole_units():
    project = build.make_project()
    with build.act() as act:
        for amount in ("0.99", "1.00", "1.01"):
            build.make_entry(project, amount, act=act)
    entries = CapitalEntry.objects.filter(project=project).order_by("pk")

    assert [str(entry.amount_usd) for entry in entries.filter(amount_usd__gte=1)] == ["1.00", "1.01"]
    assert [str(entry.amount_usd) for entry in entries.filter(amount_usd__lt=Decimal("1.00"))] == ["0.99"]
    assert [str(entry.amount_usd) for entry in entries.filter(amount_usd__in=["0.99", "1.01"])] == ["0.99", "1.01"]


def test_none_stays_none():
    project = build.make_project()
    stake = Stake.objects.get(project=project)

    assert stake.share_percent is None
    assert Stake.objects.filter(project=project, share_percent__isnull=True).count() == 1


@pytest.mark.parametrize(("value", "cleaned"), [("2.5", "2.5"), (3, "3"), (Decimal("1.10"), "1.10")])
def test_clean_reads_a_number(value, cleaned):
    assert str(HundredthsField().clean(value, None)) == cleaned


@pytest.mark.parametrize(
    "value", ["1,5", "1.000,50", "nhiều", "0.001", "92233720368547758.08", "NaN", Decimal("NaN"), "Infinity", ""]
)
def test_clean_refuses_what_is_no_amount(value):
    with pytest.raises(ValidationError):
        HundredthsField().clean(value, None)


def test_what_is_too_fine_never_reaches_the_database():
    with pytest.raises(AmountTooFine):
        CapitalEntry.objects.filter(amount_usd=Decimal("0.001")).exists()


def test_a_vague_day_is_three_columns():
    project = Project(licensed_on=OCTOBER)

    assert project.licensed_earliest == date(2023, 10, 21)
    assert project.licensed_latest == date(2023, 10, 31)
    assert project.licensed_words == "cuối tháng 10/2023"
    assert project.licensed_on == OCTOBER


def test_a_vague_day_comes_back_from_the_database():
    project = build.make_project(licensed_on=OCTOBER)

    assert Project.objects.get(pk=project.pk).licensed_on == OCTOBER
    assert Project.objects.filter(licensed_latest__lt=date(2023, 11, 1)).get() == project


def test_a_day_that_nobody_stated_is_none():
    project = build.make_project()

    assert project.licensed_on is None
    assert Project.objects.get(pk=project.pk).licensed_on is None
    assert project.licensed_words == ""


def test_a_vague_day_is_taken_back_by_none():
    project = Project(licensed_on=OCTOBER)

    project.licensed_on = None

    assert (project.licensed_earliest, project.licensed_latest, project.licensed_words) == (None, None, "")
