"""A look at a record before it is cleaned: nearly every row of a file is right, and cleaning all of them is slow."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models

from registry.models.fields import HundredthsField

MOST_WHOLE = 2_147_483_647  # what PositiveIntegerField takes on both databases
MOST_HUNDREDTHS = Decimal(10) ** 15
NOBODY = object()

Test = Callable[[object], bool]


def is_surely_clean(record, left_out: frozenset[str]) -> bool:
    """Whether ``clean_fields`` would accept the record and leave it as it is. False says nothing."""
    values = record.__dict__
    for name, usual, sure in _tests(type(record), left_out):
        value = values[name]
        if value is not usual and not sure(value):
            return False
    return True


@cache
def _tests(model: type[models.Model], left_out: frozenset[str]) -> list[tuple[str, object, Test]]:
    """Of each column its name, its default where that is right, and the test of any other value."""
    tests = []
    for field in model._meta.concrete_fields:
        if field.name not in left_out:
            sure, default = _test_of(field), field.get_default()
            tests.append((field.attname, default if sure(default) else NOBODY, sure))
    return tests


def _test_of(field: models.Field) -> Test:
    """Whether a value of the usual type is right beyond doubt, or empty where it may be."""
    if field.blank:
        empty = tuple(field.empty_values)
    else:  # what nobody types may still be missing, but for yes or no
        empty = () if field.editable or isinstance(field, models.BooleanField) else (None,)
    test = _in_words(field) if field.choices else _of_type(field)
    if field._validators:
        test = _with_rules(test, field._validators)
    return (lambda value: test(value) or value in empty) if empty else test


def _with_rules(test: Test, rules: list[Callable]) -> Test:
    """As the test, and the field's own rules keep silent."""
    def sure(value) -> bool:
        if not test(value):
            return False
        try:
            for rule in rules:
                rule(value)
        except ValidationError:
            return False
        return True

    return sure


def _never(_value) -> bool:
    return False


def _in_words(field: models.Field) -> Test:
    words = {str(word) for word, _label in field.flatchoices}
    return lambda value: type(value) is str and value in words


def _of_type(field: models.Field) -> Test:
    match field:
        case HundredthsField():
            return lambda value: _is_decimal(value, -2, MOST_HUNDREDTHS)
        case models.DecimalField():
            most = Decimal(10) ** (field.max_digits - field.decimal_places)
            return lambda value: _is_decimal(value, -field.decimal_places, most)
        case models.DateTimeField():
            return lambda value: type(value) is datetime and value.tzinfo is not None
        case models.DateField():
            return lambda value: type(value) is date
        case models.BooleanField():
            return lambda value: type(value) is bool
        case models.PositiveIntegerField():
            return lambda value: type(value) is int and 0 <= value <= MOST_WHOLE
        case models.AutoField() | models.BigAutoField():
            return lambda value: type(value) is int and 0 < value <= MOST_WHOLE
        case models.BinaryField():
            return lambda value: type(value) is bytes and 0 <= len(value) <= (field.max_length or len(value))
        case _ if type(field) in (models.CharField, models.TextField):
            least, most = (0 if not field.editable else 1), field.max_length or float("inf")
            return lambda value: type(value) is str and least <= len(value) <= most and "\0" not in value
    return _never


def _is_decimal(value, finest: int, most: Decimal) -> bool:
    return (type(value) is Decimal and value.is_finite() and value.as_tuple().exponent >= finest
            and -most < value < most)
