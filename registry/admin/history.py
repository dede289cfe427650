"""A record's history: who changed what, when and why, and the ways back: undo the newest change, restore a state."""

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

from registry.actions.merge import CHOSEN
from registry.actions.payload import state_of
from registry.actions.record import check_seen
from registry.actions.undo import refusal, restore, restore_refusal, state_to_restore, undo
from registry.actions.writing import DoneAlready, ReasonMissing, writing
from registry.models import CapitalEntry, Certificate, Change, Milestone, OperatingReport, Project
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken

from .address import address_of
from .deeds import deeds_of
from .diff import differences, names_in
from .told import TellsRules

PAGE = 30
TOLD_WITH_PROJECTS = (CapitalEntry, Certificate, Milestone, OperatingReport)


class UndoForm(TellsRules, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do hoàn tác"), widget=AdminTextareaWidget(attrs={"rows": 3}),
        error_messages={"required": ReasonMissing.message},
        help_text=gettext_lazy("Ai đọc lịch sử sẽ thấy, ví dụ “nhập nhầm dự án”."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class BackForm(UndoForm):
    """``version`` is that of the record beside which the officer saw the earlier state."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def move_on(self, record) -> None:
        """To the version that the page now shows, so that a second, knowing try goes through."""
        self.data = self.data.copy()
        self.data["version"] = record.version


class RestoreForm(BackForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Lý do khôi phục")


class HistoryViews:
    """Mix into a ModelAdmin of a noun: its history, undoing the newest change, restoring an earlier state."""

    def history_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<path:object_id>/undo/<int:seq>/", self.admin_site.admin_view(self.undo_view), name=f"{name}_undo"),
            path("<path:object_id>/restore/<int:seq>/", self.admin_site.admin_view(self.restore_view),
                 name=f"{name}_restore"),
        ]

    def changes_of(self, record):
        """The changes that a record's history tells, the latest first: its own, a project's with what belongs to it, a
        party's with the records that went into it."""
        which = Q(kind=record.KIND, code=record.code)
        if isinstance(record, Project):
            for model in TOLD_WITH_PROJECTS:
                which |= Q(kind=model.KIND, code__in=model.objects.filter(project=record).values("code"))
        if type(record) in CHOSEN:
            which |= Q(kind=record.KIND, verb=Verb.MERGED, merged_into=record.code)
        return Change.objects.filter(which).select_related("act").order_by("-seq")

    def history_view(self, request, object_id, extra_context=None):
        record = self._of_history(request, object_id)
        page = Paginator(self.changes_of(record), PAGE).get_page(request.GET.get("p"))
        return TemplateResponse(request, "admin/registry/history.html", self._around(
            request, record, title=_("Lịch sử: %s") % self.title_of(record), page=page,
            deeds=deeds_of(list(page.object_list), record, may_change=self.has_change_permission(request, record)),
        ))

    def undo_view(self, request, object_id, seq):
        record, change = self._of_change(request, object_id, seq)
        form = BackForm(request.POST if request.method == "POST" else None,
                        initial={"key": uuid4().hex, "version": record.version})
        if form.is_bound and form.is_valid():
            try:
                return self._gone_back(request, form, record, _("Đã hoàn tác; thay đổi cũ vẫn còn trong lịch sử."),
                                       lambda act: self._undone(act, record, form, change))
            except RuleBroken as error:
                form.tell(error)
                form.move_on(record := self._of_history(request, object_id))
        return TemplateResponse(request, "admin/registry/undo.html", self._around(
            request, record, title=_("Hoàn tác thay đổi của %s") % self.title_of(record), change=change, form=form,
            differences=differences(change, names_in([change])), refusal=None if form.is_bound else refusal(change),
        ))

    def restore_view(self, request, object_id, seq):
        record, change = self._of_change(request, object_id, seq)
        form = RestoreForm(request.POST if request.method == "POST" else None,
                           initial={"key": uuid4().hex, "version": record.version})
        if form.is_bound and form.is_valid():
            try:
                return self._gone_back(request, form, record, _("Đã khôi phục; các bản sau vẫn còn trong lịch sử."),
                                       lambda act: self._restored(act, record, form, change))
            except RuleBroken as error:
                form.tell(error)
                form.move_on(record := self._of_history(request, object_id))
        now = state_of(record)
        then = Change(kind=change.kind, code=change.code, before=now, after=state_to_restore(change, now) or now)
        return TemplateResponse(request, "admin/registry/restore.html", self._around(
            request, record, title=_("Khôi phục %s") % self.title_of(record), change=change, form=form,
            differences=differences(then, names_in([then])),
            refusal=None if form.is_bound else restore_refusal(change, now),
        ))

    def _undone(self, act, record, form: BackForm, change: Change):
        self._as_seen(record, form)
        return undo(act=act, change=change)

    def _restored(self, act, record, form: BackForm, change: Change):
        return restore(act=act, record=self._as_seen(record, form), change=change)

    def _as_seen(self, record, form: BackForm):
        """The record as it is now. Raises StaleVersion where that is not what the officer saw."""
        now = self.model._default_manager.get(pk=record.pk)
        check_seen(record=now, version=form.cleaned_data["version"])
        return now

    def _gone_back(self, request, form: UndoForm, record, done: str, work) -> HttpResponseRedirect:
        """Do the work in an act of its own. Raises RuleBroken; nothing is written then."""
        try:
            with writing(by=request.user, reason=form.cleaned_data["reason"], key=form.cleaned_data["key"]) as act:
                work(act)
        except DoneAlready as error:
            messages.info(request, str(error))
        else:
            messages.success(request, done)
        return HttpResponseRedirect(address_of(record))

    def _of_change(self, request, object_id, seq):
        """The record and one of its own changes. Raises Http404, and PermissionDenied for who may not write."""
        record = self._of_history(request, object_id)
        change = Change.objects.filter(kind=record.KIND, code=record.code, seq=seq).select_related("act").first()
        if change is None:
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        return record, change

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
