"""What is only read on a form, written as elsewhere: the stock page says "None" of a day that nobody stated, and
"3,5000" of 3,5."""

from decimal import Decimal

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DecimalField

from registry.models.fields import HundredthsField, vague_days
from registry.templatetags.register_format import number

NOTHING = "–"


def told(value) -> str:
    """A vague day in its words, a number with the reader's signs; a dash for None."""
    if value is None:
        return NOTHING
    return number(value) if isinstance(value, Decimal) else str(value)


def as_read(model, fieldsets, readonly) -> tuple[list, list]:
    """The sections of a form and its columns that are only read, with a function for each of these that is a vague day
    or a decimal number."""
    columns = {name: _column(model, name) for name in readonly}
    sections = [(title, {**options, "fields": [columns.get(name, name) for name in options["fields"]]})
                for title, options in fieldsets]
    return sections, [each for each in flatten_fieldsets(sections) if each in columns.values()]


def _column(model, name: str):
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        field = vague_days(model).get(name)
        if field is None:
            return name
    else:
        if not isinstance(field, (DecimalField, HundredthsField)):
            return name

    @admin.display(description=field.verbose_name)
    def shown(record) -> str:
        return told(getattr(record, name))

    shown.__name__ = name  # by which the stylesheet and the help text know it
    return shown
