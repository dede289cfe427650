"""What is taken for clean without cleaning is clean, and stays as it is."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from registry.actions.quick import _test_of
from registry.models import NOUNS, Certificate, ImportRow, Stake
from registry.models.rows import blank

VALUES = (
    None, "", "a", "a\0", "x" * 600, "operating", "published", "draft", "new", "người", 0, 1, -1, 2**31 - 1, 2**31,
    2**63, True, False, b"", b"\x00", b"x" * 500, Decimal("1.25"), Decimal("1.255"), Decimal("0.0001"),
    Decimal("0.00001"), "0123456789", "2301118229",
    Decimal("1E+20"), Decimal("-3"), Decimal("NaN"), Decimal("99999999999.9"), date(2020, 1, 2),
    datetime(2020, 1, 2, tzinfo=UTC), datetime(2020, 1, 2), [], {},  # noqa: DTZ001
)
MODELS = sorted({*NOUNS.values(), Stake, ImportRow}, key=lambda model: model.__name__)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_surely_clean_is_accepted_and_unchanged(model):
    for field in model._meta.concrete_fields:
        if field.is_relation:
            continue
        sure = _test_of(field)
        for value in VALUES:
            if not sure(value) or (field.blank and value in field.empty_values):
                continue
            try:
                cleaned = field.clean(value, None)
            except ValidationError as error:
                raise AssertionError(f"{field} takes {value!r} for clean: {error}") from error
            assert (cleaned, type(cleaned)) == (value, type(value)), field


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_blank_record_is_as_its_model_makes_it(model):
    made, usual = blank(model), model()
    assert {name: value for name, value in vars(made).items() if name != "_state"} == {
        name: value for name, value in vars(usual).items() if name != "_state"}
    assert (made._state.adding, made._state.db, made.pk) == (True, None, None)
    assert all(vars(made)[name] is not vars(blank(model))[name] for name in vars(made)
               if isinstance(vars(made)[name], list | dict))


def test_what_was_set_on_one_blank_record_is_not_on_the_next():
    first = blank(Certificate)
    first.total_usd = Decimal(5)
    assert blank(Certificate).total_usd is None
