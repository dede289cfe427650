"""Work on two records of one party: the officer chooses field by field, and one of them goes."""

from copy import copy

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.merge import CHOSEN, check_mergeable, merge, relations_to
from registry.actions.record import StaleVersion
from registry.admin.address import address_of
from registry.models import Act
from registry.vocabulary.errors import RuleBroken

from .form import WorkForm
from .likely import likely_duplicates
from .page import Work

WINNER, LOSER = "winner", "loser"


class MergeForm(WorkForm):
    other_version = forms.IntegerField(widget=forms.HiddenInput)


class Merge(Work):
    """``other`` is the record that goes; it is known where the address names it."""

    name = "merge"
    title = gettext_lazy("Gộp với hồ sơ trùng")
    lead = gettext_lazy("Hai hồ sơ là một: mọi thứ của hồ sơ kia chuyển sang hồ sơ này, mã của nó dẫn đến đây mãi mãi, "
                        "và đối tác được báo. Gộp nhầm thì hoàn tác được, chừng nào chưa có thay đổi nào dựa vào.")
    needs_reason = True
    rule_in_action = True
    panel = "admin/registry/work/merge.html"
    check = staticmethod(check_mergeable)
    other = None

    def view(self, model_admin, request: HttpRequest, object_id: str | None) -> HttpResponse:
        """First the other record is chosen, by its code in the address; then the form."""
        self.check_may(request)
        record = self.record_of(model_admin, request, object_id)
        key = request.POST.get("key", "")
        if key.isalnum() and (done := Act.objects.filter(key=key).first()):
            return self.done_already(request, record, done)
        code, error = request.GET.get("with", "").strip(), ""
        other = type(record).objects.filter(code__iexact=code).first() if code else None
        if code and other is None:
            error = _("Không có hồ sơ nào mang mã %(code)s ở đây.") % {"code": code}
        if other is not None:
            try:
                self.check(record, other)
            except RuleBroken as refusal:
                error = str(refusal)
        if other is None or error:
            return self._choose(model_admin, request, record, code, error)
        work = copy(self)  # one for each request: the site keeps a single one
        work.other = other
        return super(Merge, work).view(model_admin, request, object_id)

    def _choose(self, model_admin, request: HttpRequest, record, code: str, error: str) -> HttpResponse:
        keys = [each.other if each.one == record.pk else each.one
                for each in likely_duplicates(type(record)) if record.pk in (each.one, each.other)]
        there = type(record).objects.in_bulk(keys)
        return TemplateResponse(request, "admin/registry/work/merge_choose.html", {
            **model_admin.admin_site.each_context(request), "title": self.title, "opts": model_admin.opts,
            "work": self, "record": record, "media": model_admin.media, "code": code, "error": error,
            "about": ["admin/registry/work/about/record.html"], "likely": [there[key] for key in keys],
        })

    def form(self, model_admin, record, data=None, initial=None, *, user) -> WorkForm:
        asked = {name: choice_of(record, self.other, name) for name in CHOSEN[type(record)]
                 if value_of(record, name) != value_of(self.other, name)}
        groups = ((_("Giữ giá trị nào"), tuple(asked)),) if asked else ()
        made = type("Form", (MergeForm,), {**asked, "groups": groups})
        work = copy(self)
        work.form_class = made
        return super(Merge, work).form(model_admin, record, data, initial, user=user)

    def initial(self, record) -> dict:
        """The values that stay, and the other's where this record has none."""
        return {"other_version": self.other.version} | {
            name: WINNER if value_of(record, name) or not value_of(self.other, name) else LOSER
            for name in CHOSEN[type(record)]
        }

    def seen_now(self, record, form, fresh):
        data = super().seen_now(record, form, fresh)
        data["other_version"] = self.other.version
        return data

    def context(self, record) -> dict:
        return {"other": self.other, "moves": moves_of(self.other),
                "swap": f"{address_of(self.other, self.name)}?with={record.code}",
                "distinct": f"{address_of(record, 'distinct')}?with={self.other.code}"}

    def do(self, *, act, record, form):
        given = form.cleaned_data
        loser = type(record).objects.filter(pk=self.other.pk).first()
        if loser is None:
            raise StaleVersion(code=self.other.code, seen=given["other_version"])
        return merge(act=act, winner=record, loser=loser, loser_version=given["other_version"],
                     take={name for name in CHOSEN[type(record)] if given.get(name) == LOSER})

    def done(self, record, made) -> str:
        return _("Đã gộp %(loser)s vào %(winner)s.") % {"loser": self.other.code, "winner": record.code}


def choice_of(winner, loser, name: str) -> forms.ChoiceField:
    column = type(winner)._meta.get_field(name)
    return forms.ChoiceField(
        label=capfirst(column.verbose_name), widget=AdminRadioSelect,
        choices=[(side, f"{value_of(record, name) or '–'} ({record.code})")
                 for side, record in ((WINNER, winner), (LOSER, loser))],
    )


def value_of(record, name: str) -> str:
    """A field as people read it; empty for none."""
    if type(record)._meta.get_field(name).choices:
        return str(getattr(record, f"get_{name}_display")())
    value = getattr(record, name)
    return "" if value is None else str(value)


def moves_of(record) -> list[tuple[int, str]]:
    """What would move with the record: how many of which noun. One query for each noun."""
    counted = [
        (each.related_model.objects.filter(**{each.field.name: record}).count(),
         each.related_model._meta.verbose_name_plural)
        for each in relations_to(type(record))
    ]
    return [(count, noun) for count, noun in counted if count]
