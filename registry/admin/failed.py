"""Files that could not be imported: which, who tried and when, and what was wrong in each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.actions.batch import let_problems_go
from registry.actions.writing import writing
from registry.models import ImportBatch, RowProblem
from registry.models.account import may
from registry.templatetags.register_format import number
from registry.vocabulary.batch import ImportTable
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.role import Deed

from .address import page_of
from .panel import Button, Cell, Panel, Row

FILE = "file"
SHOWN = 100


def failed_view(model_admin, request: HttpRequest) -> HttpResponse:
    """All such files, or one with its problems: ``?file=`` and the key of its first. A file that was imported
    meanwhile, or tried again, leads back to all. POST lets a file go."""
    may_edit = may(request.user, Deed.EDIT)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    problem = _asked(request.GET.get(FILE, ""))
    if request.method == "POST" and problem is not None:
        return _let_go(request, problem)
    if problem is None and (FILE in request.GET or request.method == "POST"):
        return redirect(page_of(ImportBatch, "failed"))
    return TemplateResponse(request, "admin/registry/imports/failed.html", {
        **model_admin.admin_site.each_context(request), "opts": model_admin.opts, "problem": problem,
        "title": problem.file_name if problem else _("Tệp nhập không thành"),
        "panels": [_problems_panel(problem, request.GET.get("p")) if problem else _files_panel(request.GET.get("p"))],
        "upload_again": page_of(ImportBatch, "upload", table=problem.table) if problem and may_edit else "",
    })


def _asked(key: str) -> RowProblem | None:
    return RowProblem.objects.filter(pk=key).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None


def _let_go(request: HttpRequest, problem: RowProblem) -> HttpResponse:
    try:
        with writing(by=request.user, reason=_("Bỏ tệp nhập không thành")) as act:
            let_problems_go(act=act, problem=problem)
        messages.success(request, _("Đã bỏ “%(file)s” khỏi việc đang chờ.") % {"file": problem.file_name})
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect(page_of(ImportBatch, "failed"))


def _files_panel(asked: str | None) -> Panel:
    page = Paginator(RowProblem.objects.files().order_by("-at", "-first"), SHOWN).get_page(asked)
    return Panel(
        title=_("Tệp đã tải lên mà chưa nhập được"), numbers=(4,), more=_more(page),
        columns=[_("Tệp"), _("Bảng"), _("Người tải lên"), _("Lúc"), _("Số lỗi")],
        empty=_("Không có tệp nào nhập không thành."),
        note=_("Tệp ra khỏi đây khi bảng ấy được nhập từ một tệp cùng tên."),
        rows=[Row([
            Cell(each["file_name"], page_of(ImportBatch, "failed", **{FILE: each["first"]})),
            Cell(_table(each["table"])), Cell(each["by_name"]), Cell(_moment(each["at"])),
            Cell(number(each["problems"])),
        ]) for each in page.object_list],
    )


def _problems_panel(problem: RowProblem, asked: str | None) -> Panel:
    page = Paginator(RowProblem.objects.of_file(problem).order_by("pk"), SHOWN).get_page(asked)
    return Panel(
        title=_("Lỗi và cách sửa"), columns=[_("Ô"), _("Lỗi và cách sửa")], empty="",
        more=_more(page, **{FILE: problem.pk}),
        note=_("%(table)s; %(who)s tải lên lúc %(at)s. Chưa có gì được ghi.") % {
            "table": _table(problem.table), "who": problem.by_name, "at": _moment(problem.at)},
        rows=[Row([Cell(f"{each.sheet}!{each.cell}" if each.cell else _("cả tệp")), Cell(each.message)])
              for each in page.object_list],
    )


def _more(page, **which) -> Button | None:
    if not page.has_next():
        return None
    return Button(_("Các dòng tiếp theo"), page_of(ImportBatch, "failed", **which, p=page.next_page_number()))


def _table(word: str) -> str:
    return capfirst(ImportTable(word).label)


def _moment(at) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
