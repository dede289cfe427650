"""The form of a plain noun: its columns, the reason of the change, and two hidden fields.

``version`` is that of the record as the officer saw it; ``key`` is that of this one form, so that two clicks
write once.
"""

from uuid import uuid4

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, AutocompleteSelectMultiple
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry.models.fields import HundredthsField, vague_days

from .fields import (
    AmountField,
    CoordinateField,
    LinesField,
    LongTextField,
    NumberField,
    ProjectNumberField,
    VagueDayField,
    WholeField,
)
from .told import TellsRules

OWN = ("reason", "version", "key")
MOST_DEGREES = {"latitude": 90, "longitude": 180}


class RecordForm(TellsRules, forms.ModelForm):
    reason = forms.CharField(
        label=_("Lý do"), required=False, max_length=500, widget=AdminTextInputWidget,
        help_text=_("Ai đọc lịch sử sẽ thấy, ví dụ “theo công văn số 12/BQL-ĐT”. Có thể để trống."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.days():
            day = getattr(self.instance, name)
            self.initial.setdefault(name, day)
            self.fields[name].known = day
        self.initial |= {"version": getattr(self.instance, "version", None), "key": uuid4().hex}

    def days(self) -> list[str]:
        """The vague days that this form asks for."""
        return [name for name in vague_days(type(self.instance)) if name in self.fields]

    def _post_clean(self):
        """The instance gets its vague days before its rules are checked, as it gets its columns."""
        for name in self.days():
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        super()._post_clean()

    def given(self) -> dict:
        """What the officer states of the record: columns and vague days."""
        lists = self.lists()
        return {name: value for name, value in self.cleaned_data.items() if name not in OWN and name not in lists}

    def lists(self) -> dict[str, list]:
        """The many-to-many fields that the form asks for."""
        return {
            field.name: list(self.cleaned_data[field.name])
            for field in self.instance._meta.many_to_many if field.name in self.cleaned_data
        }

    def changed_labels(self) -> list[str]:
        """What the officer changed, by the labels of the form, as they stand inside a sentence."""
        labels = [str(self.fields[name].label) for name in self.changed_data if name not in OWN]
        return [label[:1].lower() + label[1:] for label in labels]

    def why(self) -> str:
        """The reason that the officer gave, else what the form did."""
        given = self.cleaned_data["reason"]
        if given or self.instance._state.adding:
            return given or str(_("Nhập mới"))
        return str(_("Sửa: %(labels)s")) % {"labels": ", ".join(self.changed_labels()) or self.instance.code}


def record_field(column: models.Field, **options) -> forms.Field | None:
    """The form field for a column whose writing the register reads by its own rules; None for any other."""
    options = {"label": capfirst(column.verbose_name), "required": not column.blank,
               **({"help_text": column.help_text} if column.help_text else {}), **options}
    if column.name == "irc_code":
        return ProjectNumberField(**options)
    if isinstance(column, HundredthsField):
        return AmountField(**options)
    if isinstance(column, models.DecimalField):
        return NumberField(places=column.decimal_places, **options)
    if isinstance(column, models.PositiveIntegerField):
        return WholeField(**options)
    if isinstance(column, models.FloatField):
        return CoordinateField(most=MOST_DEGREES[column.name], **options)
    if isinstance(column, models.JSONField):
        return LinesField(**options)
    if isinstance(column, models.TextField):
        return LongTextField(widget=AdminTextareaWidget(attrs={"rows": 4}), **options)
    return None


class ManyFound(AutocompleteSelectMultiple):
    """Several records found by name or code. Without the cross that empties it at once: it is no item of the list."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


def day_field(name: str, label, **options) -> VagueDayField:
    return VagueDayField(label=capfirst(label), required=False, **options)
