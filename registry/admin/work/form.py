"""The form of a page of work: what the officer states, the reason, and two hidden fields.

``version`` is that of the record as the officer saw it, ``key`` that of this one submission, so that a double
click writes once. A form checks the shape of what was typed; rules are the actions' to check.
"""

from uuid import uuid4

from django import forms
from django.contrib.admin import widgets
from django.contrib.admin.helpers import AdminForm
from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry.actions.record import InvalidRecord
from registry.actions.writing import ReasonMissing
from registry.admin.form import record_field
from registry.admin.told import TellsRules
from registry.vocabulary.errors import RuleBroken


class DayInput(forms.DateInput):
    """A day typed as dd/mm/yyyy, without the stock calendar, which speaks of the server's hours."""

    def __init__(self):
        super().__init__(attrs={"class": "vTextField number", "autocomplete": "off"})


WIDGETS = {models.CharField: widgets.AdminTextInputWidget, models.DateField: DayInput}
MORE_ROWS = "more_rows"


class FoundByName(widgets.AutocompleteSelect):
    """The admin's autocomplete, which asks the database for nothing that is no key."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [each for each in value if str(each).isdecimal()], attr)


class RecordField(forms.ModelChoiceField):
    """A record that the officer finds by name or code, as one column of a noun takes it."""

    def __init__(self, model, name: str, **changes):
        self.column = model._meta.get_field(name)
        super().__init__(**{
            "queryset": self.column.remote_field.model._default_manager.all(), "required": not self.column.blank,
            "label": capfirst(self.column.verbose_name),
        } | changes)

    def search_on(self, admin_site) -> None:
        """Take the admin's autocomplete, which knows the addresses of its site."""
        self.widget = FoundByName(self.column, admin_site)
        self.widget.choices = self.choices
        self.widget.is_required = self.required


def column(model, name: str, **options):
    """A form field as the column of a noun makes it: read by the register's rules, with the admin's widget."""
    field = model._meta.get_field(name)
    if not field.choices:
        if read := record_field(field, **options):
            return read
        if widget := WIDGETS.get(type(field)):
            options = {"widget": widget} | options
    return field.formfield(**options)


class WorkForm(TellsRules, forms.Form):
    """``groups`` are the headings and the fields below each, ``folded`` the places of those that open on a click; the
    reason comes last and has a heading of its own.
    ``other_names`` says which input stands for a column that has another name."""

    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    folded: tuple[int, ...] = ()
    other_names: dict[str, str] = {}

    reason = forms.CharField(
        label=_("Lý do"), required=False, widget=widgets.AdminTextareaWidget(attrs={"rows": 3}),
        error_messages={"required": ReasonMissing.message},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, record, admin_site, user, needs_reason: bool, default_reason: str = "", **kwargs):
        self.record, self.user = record, user
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4().hex)
        for field in self.fields.values():
            if isinstance(field, RecordField):
                field.search_on(admin_site)
        self.fields["reason"].required = needs_reason
        self.fields["reason"].help_text = (
            _("Ai đọc lịch sử sẽ thấy lý do này, ví dụ “theo công văn số 12/BQL-ĐT”.") if needs_reason else
            _("Có thể để trống; khi đó lịch sử ghi “%(reason)s”.") % {"reason": default_reason}
        )

    @property
    def fieldsets(self) -> AdminForm:
        """The fields as the stock admin's templates show them."""
        named = [(name, {"fields": fields, "classes": ["collapse"] if place in self.folded else []})
                 for place, (name, fields) in enumerate(self.groups)]
        return AdminForm(self, [*named, (_("Lý do"), {"fields": ("reason",)})], {})

    def typed(self) -> dict:
        """What was typed, letter for letter, as the initial values of a form that checks nothing yet."""
        return {name: self[name].data for name in self.fields}

    def follow(self, fresh: "WorkForm", record, seen: dict, data: QueryDict) -> None:
        """Put into ``data`` what ``fresh``, the form of the record as it is now, holds where what was typed is still
        what stood in ``seen``, the record's state in the log: a second save would undo it unawares."""

    def has_errors(self) -> bool:
        return self.is_bound and bool(self.errors)

    def tell(self, error: RuleBroken) -> None:
        """As any form; what stands at no field names the column as people call it."""
        if not isinstance(error, InvalidRecord):
            self.tell_at(error.field, str(error))
            return
        for name, problems in error.errors.items():
            here = self.field_of(name) or not name
            label = "" if here else f"{capfirst(error.model._meta.get_field(name).verbose_name)}: "
            for problem in problems:
                self.tell_at(name, f"{label}{problem}")

    def tell_at(self, name: str, message: str) -> None:
        self.add_error(self.field_of(name), message)

    def field_of(self, name: str) -> str | None:
        """As any form; ``other_names`` come first."""
        return super().field_of(self.other_names.get(name, name))
