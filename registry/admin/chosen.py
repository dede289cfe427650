"""Several records of a list at once: sent to review, or published. Each as the officer saw it in the list; all of
them, or none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.actions.record import check_seen
from registry.actions.writing import DoneAlready, ReasonMissing, Writing, writing
from registry.models.account import may
from registry.models.base import Publishable
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication

from .told import TellsRules
from .work.page import Work
from .work.publication import Publish, Submit

# What a ticked box sends: the key of a record, and its version as the list showed it.
PICK = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})")


class GoneMeanwhile(RuleBroken):
    code = "gone-meanwhile"
    message = _("Hồ sơ này không còn trong sổ đăng ký: nó đã được gộp, hoặc lô nhập của nó đã hoàn tác.")


class SomeRefused(RuleBroken):
    """``why`` says of each record that cannot be done, by its key, what is against it."""

    code = "some-refused"
    message = _("Chưa ghi gì cả: %(refused)s trong %(all)s hồ sơ chưa ghi được, lý do nêu ở từng dòng và dòng ấy đã bỏ "
                "chọn. Bấm lần nữa là ghi các hồ sơ còn chọn.")

    def __init__(self, why: dict[int, str], *, of: int):
        self.why = why
        super().__init__(refused=len(why), all=of)


@dataclass(frozen=True)
class Together:
    """One work on several records; ``name`` is its word in the address. It begins on the lists of ``lists``:
    parameter and value. Its action refuses by itself what is not in the right state."""

    name: str
    work: Work
    title: str
    lists: frozenset[tuple[str, str]] = field(repr=False)


TOGETHER = (
    Together("submit-chosen", Submit(), _("Gửi duyệt các hồ sơ đã chọn"),
             frozenset({("task", "mine"), ("publication__exact", Publication.DRAFT)})),
    Together("publish-chosen", Publish(), _("Công bố các hồ sơ đã chọn"),
             frozenset({("task", "review"), ("publication__exact", Publication.IN_REVIEW)})),
)


@dataclass(frozen=True)
class Pick:
    """A record that was ticked, None where it is gone; ``version`` is the one that the officer saw."""

    key: int
    version: int
    record: object | None
    refused: str = ""

    @property
    def title(self) -> str:
        """By its code and name; empty where it is gone."""
        name = str(self.record or "")
        return name if self.record is None or self.record.code in name else f"{self.record.code} {name}"

    @property
    def value(self) -> str:
        """With the version that the page shows now: to tick what was refused again is to do so knowingly."""
        return box_value(self.record) if self.refused and self.record else f"{self.key}.{self.version}"


class ChosenForm(TellsRules, forms.Form):
    reason = forms.CharField(label=_("Lý do"), widget=AdminTextareaWidget(attrs={"rows": 3}), required=False,
                             error_messages={"required": ReasonMissing.message},
                             help_text=_("Lịch sử của từng hồ sơ ghi lý do này."))
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, work: Work, **kwargs):
        super().__init__(*args, initial={"key": uuid4().hex}, **kwargs)
        self.fields["reason"].required = work.needs_reason


def box_value(record) -> str:
    return f"{record.pk}.{record.version}"


class WorksOnChosen:
    """Mix into a ModelAdmin of a noun that is published: boxes and a button on the lists of what waits."""

    def chosen_urls(self) -> list:
        if not issubclass(self.model, Publishable):
            return []
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [path(f"{each.name}/", self.admin_site.admin_view(partial(self.chosen_view, together=each)),
                     name=f"{name}_{each.name}") for each in TOGETHER]

    def together_on(self, request: HttpRequest) -> Together | None:
        """What can be done with the records of the list that this address asks for."""
        if not issubclass(self.model, Publishable):
            return None
        asked = {(name, request.GET.get(name)) for name in request.GET}
        return next((each for each in TOGETHER if asked & each.lists and may(request.user, each.work.deed)), None)

    def get_list_display(self, request):
        shown = super().get_list_display(request)
        return ["box", *shown] if self.together_on(request) else shown

    def get_list_display_links(self, request, list_display):
        return super().get_list_display_links(request, [name for name in list_display if name != "box"])

    @admin.display(description=_("Chọn"))
    def box(self, record) -> SafeString:
        return format_html('<input type="checkbox" name="chosen" value="{}" aria-label="{}">', box_value(record),
                           _("Chọn %(code)s") % {"code": record.code})

    def chosen_view(self, request: HttpRequest, together: Together) -> HttpResponse:
        """Show what was ticked and ask for the reason; then do it. The address ends as that of the list."""
        if not may(request.user, together.work.deed):
            raise PermissionDenied
        back = f"{reverse(f'admin:registry_{self.opts.model_name}_changelist')}?{request.GET.urlencode()}"
        picks = self._picks(request)
        if not picks:
            messages.warning(request, _("Chưa chọn hồ sơ nào: hãy đánh dấu ở đầu dòng."))
            return redirect(back)
        form = ChosenForm(request.POST if "key" in request.POST else None, work=together.work)
        if form.is_bound and form.is_valid():
            try:
                self._done(request, together, form, picks)
                return redirect(back)
            except SomeRefused as error:
                picks = self._picks(request, error.why)
                form.tell(error)
            except RuleBroken as error:
                form.tell(error)
        return TemplateResponse(request, "admin/registry/chosen.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "media": self.media, "title": together.title,
            "together": together, "picks": picks, "form": form, "back": back,
        })

    def _picks(self, request: HttpRequest, why: dict[int, str] | None = None) -> list[Pick]:
        """What was ticked, in the order in which it was recorded. One query."""
        found = [PICK.fullmatch(value) for value in request.POST.getlist("chosen")]
        versions = {int(each[1]): int(each[2]) for each in found if each}
        there = self.model._default_manager.in_bulk(versions)
        return [Pick(key, versions[key], there.get(key), (why or {}).get(key, "")) for key in sorted(versions)]

    def _done(self, request: HttpRequest, together: Together, form: ChosenForm, picks: list[Pick]) -> None:
        """Do it with all of them in one act. Raises SomeRefused, and RuleBroken; nothing is written then."""
        reason = form.cleaned_data["reason"].strip() or str(together.work.default_reason)
        try:
            with writing(by=request.user, reason=reason, key=form.cleaned_data["key"]) as act:
                done = list(self._each(act, together.work, picks))
        except DoneAlready as error:
            messages.info(request, str(error))
            return
        messages.success(request, ngettext("%(work)s: đã ghi %(count)s hồ sơ.", "%(work)s: đã ghi %(count)s hồ sơ.",
                                           len(done)) % {"work": together.work.title, "count": len(done)})
        for words in dict.fromkeys(words for record in done for words in together.work.warnings(record, record)):
            messages.warning(request, words)

    def _each(self, act: Writing, work: Work, picks: list[Pick]) -> Iterable:
        """The records, each after its work. Raises SomeRefused once all were tried, so that all reasons are told."""
        refused = {}
        for pick in picks:
            try:
                record = self.model._default_manager.filter(pk=pick.key).first()
                if record is None:
                    raise GoneMeanwhile()
                check_seen(record=record, version=pick.version)
                yield work.do(act=act, record=record, form=None)
            except RuleBroken as error:
                refused[pick.key] = str(error)
        if refused:
            raise SomeRefused(refused, of=len(picks))
