"""A project on paper: the record, its certificates, ledger, milestones and history, whole. Drafts too: staff only."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.contrib.admin.utils import display_for_field, display_for_value, label_for_field, lookup_field
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .deeds import deeds_of
from .panel import Panel
from .read_only import NOTHING, told


@dataclass(frozen=True)
class Facts:
    """One section of the form: each label with its value."""

    title: str
    rows: list[tuple[str, str]]


class Prints:
    """Mix into the ModelAdmin of a noun; ``printed_panels`` says what is printed below its facts."""

    has_print = True

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_print"
        return [path("<path:object_id>/print/", self.admin_site.admin_view(self.print_view), name=name),
                *super().get_urls()]

    def printed_panels(self, record) -> list[Panel]:
        raise NotImplementedError

    def print_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self._of_history(request, object_id)
        return TemplateResponse(request, "admin/registry/print.html", self._around(
            request, record, title=_("Bản in: %s") % self.title_of(record), facts=facts_of(self, record),
            panels=[bare(panel) for panel in self.printed_panels(record)], now=timezone.localtime(),
            deeds=deeds_of(list(self.changes_of(record)), record, may_change=False),
        ))


def facts_of(model_admin, record: Model) -> list[Facts]:
    """What the form asks for, to read. One query for each record that it names."""
    def row(name: str) -> tuple[str, str]:
        label = label_for_field(name, model_admin.model, model_admin)
        return capfirst(str(label)), value_of(model_admin, record, name)

    return [Facts(str(title or model_admin.opts.verbose_name), [row(name) for name in options["fields"]])
            for title, options in model_admin.fieldsets]


def value_of(model_admin, record: Model, name: str) -> str:
    try:
        field, _attr, value = lookup_field(name, record, model_admin)
    except AttributeError:  # a vague day
        field, value = None, getattr(record, name)
    if isinstance(value, Decimal):
        return told(value)
    if field is not None:
        return str(display_for_field(value, field, NOTHING)) or NOTHING
    return str(display_for_value(value, NOTHING)) or NOTHING


def bare(panel: Panel) -> Panel:
    """The panel without what leads on."""
    return replace(panel, works=(), rows=[replace(row, buttons=()) for row in panel.rows])
