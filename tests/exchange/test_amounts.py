"""Amounts in documents: two places, whatever the number was written like."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exchange.documents.shape import money


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-10**20, max_value=10**20))
def test_an_amount_has_two_places(amount):
    assert money(amount) == f"{amount:.2f}"


@pytest.mark.parametrize("text", ["0", "1E+2", "1.5E+10", "1E-10", "-0.00", "7.1", "7.125", "1.00", "-3.50"])
def test_so_it_has_however_it_is_written(text):
    assert money(Decimal(text)) == f"{Decimal(text):.2f}"
