"""A record's history: who changed what, when and why, and the way back from the newest change."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.undo import refusal, touched, undo
from registry.actions.writing import DoneAlready, ReasonMissing, writing
from registry.models import NOUNS, Act, CapitalEntry, Certificate, Change, Milestone, Project
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication

from .address import address_of, records_of
from .diff import Difference, differences, names_in
from .told import TellsRules

PAGE = 30
TOLD_WITH_PROJECTS = (CapitalEntry, Certificate, Milestone)


@dataclass(frozen=True)
class Told:
    """One change in words; ``of`` names the record where it is another than the one whose history this is."""

    change: Change
    deed: str
    of: str
    url: str
    differences: Sequence[Difference]
    may_undo: bool

    @property
    def is_creation(self) -> bool:
        return self.change.before is None


@dataclass(frozen=True)
class Deed:
    """One act and what it did here."""

    act: Act
    changes: Sequence[Told]


class UndoForm(TellsRules, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do hoàn tác"), widget=AdminTextareaWidget(attrs={"rows": 3}),
        error_messages={"required": ReasonMissing.message},
        help_text=gettext_lazy("Ai đọc lịch sử sẽ thấy, ví dụ “nhập nhầm dự án”."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class HistoryViews:
    """Mix into a ModelAdmin of a noun: its history, and undoing the newest change."""

    def history_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo"
        return [path("<path:object_id>/undo/<int:seq>/", self.admin_site.admin_view(self.undo_view), name=name)]

    def changes_of(self, record):
        """The changes that a record's history tells, the latest first: its own, a project's with what belongs to it."""
        which = Q(kind=record.KIND, code=record.code)
        if isinstance(record, Project):
            for model in TOLD_WITH_PROJECTS:
                which |= Q(kind=model.KIND, code__in=model.objects.filter(project=record).values("code"))
        return Change.objects.filter(which).select_related("act").order_by("-seq")

    def history_view(self, request, object_id, extra_context=None):
        record = self._of_history(request, object_id)
        page = Paginator(self.changes_of(record), PAGE).get_page(request.GET.get("p"))
        told = _told(list(page.object_list), record)
        deeds = [Deed(act, list(rows)) for act, rows in groupby(told, key=lambda each: each.change.act)]
        return TemplateResponse(request, "admin/registry/history.html", self._around(
            request, record, title=_("Lịch sử: %s") % self.title_of(record), deeds=deeds, page=page,
        ))

    def undo_view(self, request, object_id, seq):
        record = self._of_history(request, object_id)
        change = Change.objects.filter(kind=record.KIND, code=record.code, seq=seq).select_related("act").first()
        if change is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        form = UndoForm(request.POST if request.method == "POST" else None, initial={"key": uuid4().hex})
        if form.is_bound and form.is_valid():
            try:
                return self._undone(request, form, record, change)
            except RuleBroken as error:
                form.tell(error)
        return TemplateResponse(request, "admin/registry/undo.html", self._around(
            request, record, title=_("Hoàn tác thay đổi của %s") % self.title_of(record), change=change, form=form,
            differences=differences(change, names_in([change])), refusal=None if form.is_bound else refusal(change),
        ))

    def _undone(self, request, form: UndoForm, record, change: Change) -> HttpResponseRedirect:
        """Write the earlier state again. Raises RuleBroken; nothing is written then."""
        try:
            with writing(by=request.user, reason=form.cleaned_data["reason"], key=form.cleaned_data["key"]) as act:
                undo(act=act, change=change)
        except DoneAlready as error:
            messages.info(request, str(error))
        else:
            messages.success(request, _("Đã hoàn tác; thay đổi cũ vẫn còn trong lịch sử."))
        return HttpResponseRedirect(address_of(record))

    def _of_history(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def _around(self, request, record, **context) -> dict:
        return {
            **self.admin_site.each_context(request), "opts": self.opts, "original": record, "media": self.media,
            "object_title": self.title_of(record), **context,
        }


def _told(changes: list[Change], record) -> list[Told]:
    """The changes in words; the newest that altered the record's own fields may be undone."""
    names = names_in(changes)
    own = [change for change in changes if (change.kind, change.code) == (record.KIND, record.code)]
    others = records_of(change for change in changes if change not in own)
    newest = next((change for change in own if touched(change)), None)
    return [
        Told(
            change=change, deed=deed_of(change), differences=differences(change, names),
            of="" if change in own else f"{NOUNS[change.kind]._meta.verbose_name} {change.code}",
            url="" if change in own else address_of(others[change.kind, change.code]),
            may_undo=change == newest and refusal(change) is None,
        )
        for change in changes
    ]


def deed_of(change: Change) -> str:
    """What a change did, in a word: created, published, withdrawn, a ledger entry posted …"""
    before, after = change.before or {}, change.after or {}
    if change.kind == CapitalEntry.KIND and change.before is None:
        return _("Ghi bút toán đảo") if after.get("kind") == CapitalKind.REVERSAL else _("Ghi bút toán")
    if change.verb == Verb.CREATED:
        return _("Nhập mới")
    if before.get("publication") != after.get("publication"):
        if after.get("publication") == Publication.PUBLISHED:
            return _("Công bố")
        if after.get("publication") == Publication.IN_REVIEW:
            return _("Gửi duyệt")
        if before.get("publication") == Publication.IN_REVIEW and after.get("publication") == Publication.DRAFT:
            return _("Trả lại")
        return _("Gỡ khỏi sổ đăng ký") if after.get("publication") == Publication.WITHDRAWN else _("Đổi tình trạng")
    return str(Verb(change.verb).label).capitalize()
