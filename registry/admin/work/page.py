"""A page of work: one action on one record, for which an officer answers.

GET shows the record and the form; POST checks the shape of what was typed, opens the act, reads the record again
inside the lock, checks that it is still the one that the officer saw, and calls one action. What a rule refuses
is said at its field; nothing typed is lost and nothing is written.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.record import StaleVersion, check_seen
from registry.actions.writing import DoneAlready, Writing, writing
from registry.admin.address import address_of, made_address
from registry.models import Act, Change, Project
from registry.models.account import may
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.role import Deed

from .form import MORE_ROWS, WorkForm
from .meanwhile import since


class NotPossibleNow(RuleBroken):
    code = "not-possible-now"
    message = gettext_lazy("Không làm được việc “%(work)s” với %(code)s ở tình trạng hiện nay.")


class Work:
    """``name`` is its word in the address, ``title`` its heading and button, ``default_reason`` what the history
    says where the officer gave no reason. ``rule_in_action``: the action itself refuses a record that is not
    offered, in better words. ``has_button``: it begins at the record, not only where two are compared. ``lead``
    explains the work in a sentence or two, ``panel`` is a template beside the form, for which ``context`` gives the
    values. ``deed`` is what an officer must be allowed to do."""

    name = ""
    title = ""
    lead = ""
    default_reason = ""
    deed: str = Deed.EDIT
    needs_reason = False
    has_button = True
    rule_in_action = False
    form_class: type[WorkForm] = WorkForm
    template = "admin/registry/work/page.html"
    panel = ""

    def offered(self, record) -> bool:
        """Whether the officer sees the button."""
        return True

    def initial(self, record) -> dict:
        """What the form holds before anything is typed."""
        return {}

    def context(self, record) -> dict:
        """What the panel shows beside the form."""
        return {}

    def do(self, *, act: Writing, record, form):
        """Call the one action with what the form holds; return what it made."""
        raise NotImplementedError

    def done(self, record, made) -> str:
        """What the officer is told once it is written."""
        return _("Đã ghi: %(work)s.") % {"work": self.title}

    def warnings(self, record, made) -> list[str]:
        """What the officer should know besides."""
        return []

    def lead_for(self, user) -> str:
        """The lead as this officer reads it."""
        return self.lead

    def view(self, model_admin, request: HttpRequest, object_id: str | None) -> HttpResponse:
        self.check_may(request)
        record = self.record_of(model_admin, request, object_id)
        if not (request.method == "POST" or self.offered(record)):
            messages.warning(request, str(NotPossibleNow(work=self.title, code=record.code)))
            return redirect(address_of(record))
        key = request.POST.get("key", "")
        if key.isalnum() and (done := Act.objects.filter(key=key).first()):
            return self.done_already(request, record, done)
        user = request.user
        form = self.form(model_admin, record, request.POST if request.method == "POST" else None, user=user)
        form.files = request.FILES
        if form.is_bound and MORE_ROWS in request.POST:
            form = self.form(model_admin, record, initial=form.typed(), user=user)
        meanwhile = []
        if form.is_bound and form.is_valid():
            try:
                return self.write(model_admin, request, record, form)
            except StaleVersion as error:
                meanwhile = since(self.watched(record), form.cleaned_data["version"])
                record = self.record_of(model_admin, request, object_id)
                fresh = self.form(model_admin, record, user=user)
                form = self.form(model_admin, record, self.seen_now(record, form, fresh), user=user)
                form.tell_at("", self.stale_words(error, record))
            except RuleBroken as error:
                form.tell(error)
        return TemplateResponse(request, self.template,
                                self.whole_context(model_admin, request, record, form, meanwhile))

    def check_may(self, request: HttpRequest) -> None:
        """Raises PermissionDenied for who may not do this."""
        if not may(request.user, self.deed):
            raise PermissionDenied

    def record_of(self, model_admin, request: HttpRequest, object_id: str | None):
        """The record concerned, None for a new one. Raises Http404."""
        record = model_admin.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        return record

    def watched(self, record):
        """The record whose version tells that something changed meanwhile: of what has none, its owner."""
        return record

    def form(self, model_admin, record, data=None, initial=None, *, user) -> WorkForm:
        """The form, empty or with what was typed (``data`` to be checked, ``initial`` not yet)."""
        first = {"version": self.watched(record).version if record else 0} | self.initial(record)
        return self.form_class(
            data, initial=initial or first, record=record, admin_site=model_admin.admin_site, user=user,
            needs_reason=self.needs_reason, default_reason=self.default_reason,
        )

    def seen_now(self, record, form, fresh):
        """What was typed, with the version that the page now shows, so that a second knowing try goes through; what
        the officer had left as it stood follows the record as it is now, of which ``fresh`` is the form."""
        watched, data = self.watched(record), form.data.copy()
        states = Change.objects.filter(kind=watched.KIND, code=watched.code)
        if seen := states.filter(after__version=form.cleaned_data["version"]).last():
            form.follow(fresh, watched, seen.after, data)
        data["version"] = watched.version
        return data

    def stale_words(self, error: StaleVersion, record) -> str:
        return _("%(code)s vừa được người khác thay đổi trong khi bạn nhập; chưa có gì được ghi. Hãy xem thay đổi "
                 "bên dưới: nội dung bạn nhập còn nguyên, ghi lần nữa là ghi trên bản mới nhất.") % {
                     "code": error.params["code"]}

    def write(self, model_admin, request: HttpRequest, record, form) -> HttpResponse:
        """Open the act and do the work; lead to the record. Raises RuleBroken; nothing is written then."""
        given = form.cleaned_data
        try:
            with writing(by=request.user, reason=given["reason"].strip() or str(self.default_reason),
                         key=given["key"]) as act:
                if record is not None:
                    record = get_object_or_404(type(record), pk=record.pk)
                    check_seen(record=self.watched(record), version=given["version"])
                    if not (self.rule_in_action or self.offered(record)):
                        raise NotPossibleNow(work=self.title, code=record.code)
                made = self.do(act=act, record=record, form=form)
        except DoneAlready as error:
            return self.done_already(request, record, error.act)
        messages.success(request, self.done(record, made))
        for warning in self.warnings(record, made):
            messages.warning(request, warning)
        return redirect(self.leads_to(record, made))

    def leads_to(self, record, made) -> str:
        """Where to go on from what is written."""
        return address_of(record or made)

    def done_already(self, request: HttpRequest, record, act: Act) -> HttpResponse:
        """Lead to where the first of two submissions led."""
        messages.info(request, _("Việc này đã được ghi."))
        return redirect(address_of(record) if record else made_address(act))

    def whole_context(self, model_admin, request, record, form, meanwhile) -> dict:
        measures = record.entries.measures() if isinstance(record, Project) else {}
        return {
            **model_admin.admin_site.each_context(request),
            "title": self.title, "opts": model_admin.opts, "work": self, "record": record, "form": form,
            "lead": self.lead_for(request.user),
            "media": model_admin.media + form.media, "meanwhile": meanwhile,
            "about": [f"admin/registry/work/about/{model_admin.opts.model_name}.html",
                      "admin/registry/work/about/record.html"],
            **measures, **(self.context(record) if record else {}),
        }
