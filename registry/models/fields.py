"""The register's own columns: whole hundredths, and a day as a document states it."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import from_hundredths, to_hundredths
from registry.vocabulary.period import VagueDay


class HundredthsField(models.BigIntegerField):
    """A Decimal with two places, kept as whole hundredths in a BIGINT.

    Sums are sums of integers on both databases: SQLite keeps a DecimalField as a float, and adding
    400,000 of them comes out cents off. Unit: in the field's name (``_usd``, ``_percent``).
    """

    description = "whole hundredths"

    def from_db_value(self, value, expression, connection):
        return None if value is None else from_hundredths(int(value))

    def to_python(self, value):
        if value is None:
            return None
        try:
            amount = value if isinstance(value, Decimal) else Decimal(str(value))
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite():
            raise ValidationError(_("“%(value)s” không phải là một số."), params={"value": value})
        return amount

    def get_prep_value(self, value):
        value = self.to_python(value)
        return None if value is None else to_hundredths(value)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        try:
            self.get_prep_value(value)
        except RuleBroken as error:
            raise ValidationError(str(error)) from error
        return value

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return None if value is None else str(value)


class VagueDayField:
    """A day as a document states it, in three columns: earliest, latest and words.

    ``licensed_on = VagueDayField(…)`` adds ``licensed_earliest``, ``licensed_latest`` and
    ``licensed_words`` and reads and takes a ``VagueDay`` (None: nobody stated it). Filters use the
    columns. Keep the days in order with ``days_in_order``.
    """

    def __init__(self, verbose_name):
        self.verbose_name = verbose_name

    def contribute_to_class(self, cls, name):
        stem = name.removesuffix("_on")
        earliest, latest, words = f"{stem}_earliest", f"{stem}_latest", f"{stem}_words"
        cls.add_to_class(earliest, models.DateField(_("%s: sớm nhất") % self.verbose_name, null=True, blank=True))
        cls.add_to_class(latest, models.DateField(_("%s: muộn nhất") % self.verbose_name, null=True, blank=True))
        cls.add_to_class(
            words, models.CharField(_("%s: nguyên văn") % self.verbose_name, max_length=120, blank=True, default="")
        )

        def read(record) -> VagueDay | None:
            if getattr(record, earliest) is None:
                return None
            return VagueDay(getattr(record, earliest), getattr(record, latest), getattr(record, words))

        def write(record, day: VagueDay | None) -> None:
            setattr(record, earliest, day and day.earliest)
            setattr(record, latest, day and day.latest)
            setattr(record, words, day.words if day else "")

        setattr(cls, name, VagueDayProperty(read, write, self.verbose_name))


class VagueDayProperty(property):
    """What a ``VagueDayField`` leaves in its model: it reads and takes a ``VagueDay`` and knows its label."""

    def __init__(self, read, write, verbose_name):
        read.short_description = verbose_name  # the heading of a read-only value in the admin
        super().__init__(read, write)
        self.verbose_name = verbose_name


def vague_days(model) -> dict[str, VagueDayProperty]:
    """The vague days of a model by name; empty where it has none."""
    return {name: each for name, each in vars(model).items() if isinstance(each, VagueDayProperty)}


def days_in_order(noun: str, stem: str) -> models.CheckConstraint:
    """The constraint that a vague day has both of its days or neither, the earliest first."""
    earliest, latest = f"{stem}_earliest", f"{stem}_latest"
    return models.CheckConstraint(
        name=f"{noun}_{stem}_days_in_order",
        condition=Q(**{f"{earliest}__isnull": True, f"{latest}__isnull": True})
        # Both named: a comparison with a null is unknown, and what is unknown passes a CHECK.
        | Q(**{f"{earliest}__isnull": False, f"{latest}__isnull": False, f"{latest}__gte": F(earliest)}),
        violation_error_message=_("Ngày sớm nhất phải không sau ngày muộn nhất; ghi cả hai hoặc để trống cả hai."),
    )


def one_of(noun: str, field: str, choices: type[models.TextChoices], *, nullable: bool = False):
    """The constraint that holds a column to its words: ``choices`` alone binds only forms."""
    condition = Q(**{f"{field}__in": choices.values})
    if nullable:
        condition |= Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(
        name=f"{noun}_{field}_known",
        condition=condition,
        violation_error_message=_("Giá trị không có trong danh mục; chọn một giá trị của danh mục."),
    )
