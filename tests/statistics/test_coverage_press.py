"""The figures of agencies and the press, beside the register that has the press facts alone."""

from datetime import date
from decimal import Decimal

import pytest

from registry.exchange.figures import load_figures
from registry.exchange.fixtures import rows_of
from registry.models import Statement
from registry.statistics.coverage import coverage, not_compared
from registry.vocabulary.attribute import ATTRIBUTES, UNITS
from registry.vocabulary.statement import Review, StatementKind, number_of
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def loaded(press, lasting):
    with lasting(load_them) as number:
        yield number


def load_them() -> int:
    with build.act() as act:
        return load_figures(act)


class TestTheFixtures:
    def test_every_figure_is_compared_or_named_with_its_reason(self, loaded):
        shown = {each.statement.pk for each in coverage(today=TODAY)}
        told = {each.statement.pk for each in not_compared(today=TODAY)}
        stated = Statement.objects.public().filter(kind=StatementKind.STATISTIC).exclude(review=Review.REJECTED)
        assert not shown & told
        assert set(stated.values_list("pk", flat=True)) == shown | {
            each.statement.pk for each in not_compared(today=TODAY) if each.statement.kind == StatementKind.STATISTIC}
        assert all(each.reason[0] and each.reason[1] for each in not_compared(today=TODAY))

    def test_loading_again_adds_nothing(self, loaded):
        assert loaded == len(rows_of("figures", "reference", "source", "attribute", "value", "unit")) == 221
        with build.act() as act:
            assert load_figures(act) == 0

    def test_every_word_has_a_label_and_every_value_is_a_number(self):
        rows = rows_of("figures", "reference")
        assert {row["attribute"] for row in rows} <= ATTRIBUTES.keys()
        assert {row["unit"] for row in rows} <= UNITS.keys()
        assert all(number_of(row["value"]) is not None for row in rows)

    def test_two_sources_of_the_us_in_old_bac_ninh(self, loaded):
        rows = {each.statement.reference or "": each for each in coverage(today=TODAY)
                if each.statement.country and each.statement.country.code == "US"}
        assert {str(each.stated) for each in rows.values()} == {"19", "664.31", "216.6"}
        assert {each.province for each in rows.values()} == {"bac-ninh"}
        assert {each.computed for each in rows.values()} == {0}

    def test_scopes_of_the_figures(self, loaded):
        of = {(each.statement.attribute, each.statement.value): each for each in coverage(today=TODAY)}
        assert (of["fdi_projects", "3363"].province, of["fdi_projects", "3363"].computed) == ("", 2)
        assert (of["fdi_projects", "1031"].province, of["fdi_projects", "1031"].computed) == ("bac-ninh", 0)
        assert of["fdi_registered_capital", "47.6"].computed == Decimal("1.69")
        assert "cả hai tỉnh cũ" in of["converted_capital", "14.2"].differs[0]
        assert sum(each.alarm for each in of.values()) == 0
