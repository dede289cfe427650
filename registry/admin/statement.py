"""What sources say at the officers' door: written down and accepted by pages of work, corrected here."""

from django import forms
from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.actions.statement import correct
from registry.models import Statement
from registry.models.statement import SUBJECTS
from registry.templatetags.register_format import attribute, locator

from .fields import NumberField
from .form import RecordForm
from .held import HeldFilter
from .named import code_of, state_of
from .panel import Cell, Panel, Row, link, shortened
from .record import RecordAdmin
from .work.statement import PARAGRAPH, attributes, plain, told_of, units, value_of

CHOICES = {"attribute": attributes, "unit": units}


class StatementForm(RecordForm):
    """Statements keep the words of the facts files; officers see and choose their labels, and write numbers and
    paragraphs as they do everywhere."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in CHOICES.keys() & self.fields.keys():
            self.fields[name] = self.choice(name)
        stored = self.instance
        self.kept = {"value": stored.value, "locator": stored.locator}
        shown = locator(stored.locator).replace("\N{NO-BREAK SPACE}", " ")
        self.initial |= {"value": self.shown_value(), "locator": shown}

    def choice(self, name: str) -> forms.ChoiceField:
        """Its label for each word; the word that the statement has stays, also where nobody has named it."""
        kept, known = getattr(self.instance, name), CHOICES[name]()
        others = [] if kept in dict(known) else [(kept, kept)]
        field = self.fields[name]
        return forms.ChoiceField(label=field.label, required=field.required, choices=[*known, *others])

    def shown_value(self) -> str:
        """A number as officers write it, without its unit; other words as they are."""
        try:
            return NumberField().prepare_value(NumberField(places=10).clean(self.instance.value.replace(".", ",")))
        except forms.ValidationError:
            return self.instance.value

    def clean_value(self) -> str:
        typed = self.cleaned_data["value"]
        if typed == self.initial["value"]:
            return self.kept["value"]
        return plain(NumberField(places=10).clean(typed)) if self.data.get("unit") else typed

    def clean_locator(self) -> str:
        """A paragraph is kept in the word that every language can tell."""
        typed = self.cleaned_data["locator"]
        if typed == self.initial["locator"]:
            return self.kept["locator"]
        found = PARAGRAPH.fullmatch(typed)
        return f"paragraph {found[1]}" if found else typed


class StatementAdmin(RecordAdmin):
    form = StatementForm
    addable = False
    code_lookup = "reference"
    settled = ("source",)
    fieldsets = (
        (_("Nguồn nói về ai, về gì"), {"fields": ["source", "locator", "subject_kind", "subject_name", *SUBJECTS]}),
        (_("Nguồn nêu gì"), {"fields": ["attribute", "kind", "reality", "value", "unit", "qualifier"]}),
        (_("Khi nào"), {"fields": ["date", "period_words", "note"]}),
        (_("Xem xét"), {"fields": ["review", "promoted_kind", "promoted_code", "reference"]}),
    )
    readonly_fields = ("review", "promoted_kind", "promoted_code", "reference")
    list_display = ("stated", "subject_name", "value_stated", "from_source", "reality", "reviewed")
    list_display_links = ("stated",)
    list_filter = ("review", "kind", "reality", "subject_kind", ("source", HeldFilter))
    list_select_related = ("source",)
    ordering = ("-pk",)
    from_source = code_of("source", _("Nguồn"))

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, *self.settled]

    def amend(self, *, act, record: Statement, form):
        return correct(act=act, statement=record, version=form.cleaned_data["version"], **form.given())

    @admin.display(description=_("Nội dung"), ordering="attribute")
    def stated(self, record):
        return capfirst(attribute(record.attribute))

    @admin.display(description=_("Giá trị"))
    def value_stated(self, record):
        return value_of(record)

    @admin.display(description=_("Xem xét"), ordering="review")
    def reviewed(self, record):
        return state_of(record.get_review_display(), record.review)

    def title_of(self, record) -> str:
        return ": ".join(dict.fromkeys((capfirst(attribute(record.attribute)), told_of(record))))


def statements_panel(statements, url: str, *, works=(), disputed: int = 0) -> Panel:
    """The first statements of a set that has its sources selected; ``disputed`` conflicts stand about them."""
    shown, more = shortened(statements.order_by("pk"), url=url)
    return Panel(
        title=_("Nội dung nguồn nêu"), works=works, more=more,
        note=disputed and ngettext("%(count)d mâu thuẫn giữa các nguồn đang chờ.",
                                   "%(count)d mâu thuẫn giữa các nguồn đang chờ.", disputed) % {"count": disputed},
        columns=[_("Nội dung"), _("Đối tượng như nguồn gọi"), _("Giá trị"), _("Nguồn"), _("Xem xét")],
        empty=_("Chưa ghi nội dung nào."),
        rows=[
            Row([
                link(each, capfirst(attribute(each.attribute))), Cell(each.subject_name), Cell(value_of(each)),
                link(each.source, each.source.code), Cell(each.get_review_display()),
            ])
            for each in shown
        ],
    )

