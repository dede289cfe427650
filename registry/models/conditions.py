"""The conditions of a table, checked for one record before the database refuses it."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q


class Conditioned(models.Model):
    """Django asks the database for each condition by itself, within a savepoint: five to fifteen questions a record.

    Nearly always all of them hold. So they are asked at once, and one by one only to say which is broken.
    """

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        if exclude or not self._keeps_all():
            super().validate_constraints(exclude)

    def _keeps_all(self) -> bool:
        conditions, others = constraints_of(type(self))
        if conditions and not conditions.check(self._get_field_expression_map(self._meta)):
            return False
        try:
            for each in others:
                each.validate(type(self), self)
        except ValidationError:
            return False
        return True


@cache
def constraints_of(model: type[models.Model]) -> tuple[Q, list]:
    """What holds for each row by itself, as one condition, and what holds among the rows."""
    of_a_row = [each.condition for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    return Q(*of_a_row), [each for each in model._meta.constraints if not isinstance(each, CheckConstraint)]
