"""What the register remembers of any record, by kind and code: also of one that is there no more."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.actions.unmerge import unmerge, unmerge_refusal
from registry.actions.writing import DoneAlready, writing
from registry.models import NOUNS, Change
from registry.models.account import may
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.role import Deed

from .address import address_of, made_address, records_of
from .deeds import deeds_of_the_gone
from .history import PAGE, UndoForm


def past_urls(site) -> list:
    def view(page):
        return site.admin_view(lambda request, **which: page(site, request, **which))

    return [
        path("past/<str:kind>/<str:code>/", view(past), name="past"),
        path("past/<str:kind>/<str:code>/unmerge/<int:seq>/", view(part), name="unmerge"),
    ]


def past(site, request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The history of a record that is gone; of one that is there its own page leads on."""
    changes = Change.objects.filter(kind=kind, code=code).select_related("act").order_by("-seq")
    newest = changes.first()
    if kind not in NOUNS or newest is None:
        raise Http404
    if record := records_of([newest]).get((kind, code)):
        return redirect(address_of(record, "history"))
    page = Paginator(changes, PAGE).get_page(request.GET.get("p"))
    return TemplateResponse(request, "admin/registry/past.html", {
        **_around(site, request, kind, code), "page": page, "deeds": deeds_of_the_gone(list(page.object_list), newest),
        "title": _("Lịch sử: %s") % code, "newest": newest, "into": _into(newest),
    })


def part(site, request: HttpRequest, kind: str, code: str, seq: int) -> HttpResponse:
    """Take a merge back: what comes back, the reason, and what rests on it where that forbids it."""
    change = Change.objects.filter(kind=kind, code=code, seq=seq, verb=Verb.MERGED, after__isnull=True).first()
    if kind not in NOUNS or change is None:
        raise Http404
    if not may(request.user, Deed.EDIT):
        raise PermissionDenied
    form = UndoForm(request.POST if request.method == "POST" else None, initial={"key": uuid4().hex})
    if form.is_bound and form.is_valid():
        try:
            with writing(by=request.user, reason=form.cleaned_data["reason"], key=form.cleaned_data["key"]) as act:
                record = unmerge(act=act, change=change)
            messages.success(request, _("Đã hoàn tác việc gộp: %(code)s đứng riêng trở lại.") % {"code": code})
            return redirect(address_of(record))
        except DoneAlready as error:
            messages.info(request, str(error))
            return redirect(made_address(error.act))
        except RuleBroken as error:
            form.tell(error)
    moved = change.act.changes.exclude(kind=kind, code__in=(code, change.merged_into)).order_by("seq")
    return TemplateResponse(request, "admin/registry/unmerge.html", {
        **_around(site, request, kind, code), "title": _("Hoàn tác việc gộp %s") % code, "change": change,
        "form": form, "moved": list(moved), "into": _into(change),
        "refusal": None if form.is_bound else unmerge_refusal(change),
    })


def _into(change: Change):
    """The record into which it went; None where that is gone too, or it went into none."""
    return NOUNS[change.kind]._default_manager.filter(code=change.merged_into).first() if change.merged_into else None


def _around(site, request: HttpRequest, kind: str, code: str) -> dict:
    return {**site.each_context(request), "opts": NOUNS[kind]._meta, "code": code,
            "noun": capfirst(NOUNS[kind]._meta.verbose_name)}
