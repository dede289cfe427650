"""From a file to a batch: upload it, see what becomes of every row, and apply it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from math import ceil
from time import perf_counter
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.batch import RegisterMoved, apply, keep_problems
from registry.actions.plan import PlannedRow, Preview, Told
from registry.actions.writing import DoneAlready, writing
from registry.exchange import uploads
from registry.exchange.files import spool
from registry.exchange.imports.preview import preview_file
from registry.exchange.imports.shown import values_of
from registry.exchange.imports.template import write_template
from registry.exchange.workbook.guard import MEGABYTE, MOST_BYTES
from registry.exchange.workbook.refused import WorkbookRefused
from registry.models import Act
from registry.vocabulary.batch import Fate, ImportTable
from registry.vocabulary.errors import RuleBroken
from registry.web.files import FORMS

from .address import address_of, made_address
from .import_choices import CHOOSING, OWN, Questions, answered, digest_of, questions_of
from .panel import Button, Cell, Panel, Row
from .progress import AT, asks_for_lines, in_lines
from .record import done_before

ROWS_SHOWN = 100
NOTED = "noted"
# Applying looks at the file again and writes: up to so many times what looking took (bench/import_speed.py).
APPLY_TAKES, WORTH_TELLING = 3, 4


class UploadForm(forms.Form):
    table = forms.ChoiceField(label=gettext_lazy("Bảng"), choices=ImportTable.choices)
    file = forms.FileField(
        label=gettext_lazy("Tệp Excel (.xlsx) hoặc CSV"), allow_empty_file=True,
        help_text=gettext_lazy("Chưa có gì được ghi: trang sau cho xem kết quả của từng dòng. Tệp vài nghìn dòng cần "
                               "vài giây; hãy chờ trang sau hiện ra."))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            refused = WorkbookRefused("file-too-large", size=file.size // MEGABYTE, most=MOST_BYTES // MEGABYTE)
            raise forms.ValidationError(str(refused))
        return file


class ApplyForm(forms.Form):
    """``revision`` is that of the register which the officer's preview was against, ``answers`` the choices in it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    answers = forms.CharField(widget=forms.HiddenInput, max_length=64)
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    reason = forms.CharField(label=gettext_lazy("Lý do"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


@dataclass(frozen=True)
class Place:
    """The address of a preview: which file, as which table, and which of its rows are shown."""

    path: str
    query: QueryDict

    @classmethod
    def of(cls, address: str) -> "Place":
        path, _mark, query = address.partition("?")
        return cls(path, QueryDict(query))

    def but(self, **changes: str) -> str:
        """The address with other parameters; an empty one is left out."""
        query = self.query.copy()
        for name, value in changes.items():
            query[name] = value
            if not value:
                del query[name]
        return f"{self.path}?{query.urlencode()}"


@in_lines
def upload_view(model_admin, request: HttpRequest, *, told: Told) -> HttpResponse:
    """Keep a file, and what is wrong in it; lead to its preview, which a script that waits is given at once."""
    form = UploadForm(request.POST or None, request.FILES or None, initial={"table": request.GET.get("table")})
    if request.method == "POST" and form.is_valid():
        begun, file, now = perf_counter(), form.cleaned_data["file"], timezone.now()
        data = file.read()
        kept = uploads.keep(data, now=now)
        answers = uploads.answers_of(kept, request.user.pk) if asks_for_lines(request) else {}
        preview = preview_file(data, file.name, form.cleaned_data["table"], now=now, answers=answers, told=told)
        if preview.problems:
            _keep_problems(request, preview)
        address = reverse("admin:registry_importbatch_preview", args=[kept], query={
            "table": form.cleaned_data["table"], "name": file.name})
        if asks_for_lines(request):
            form = ApplyForm(initial=_shown(preview, answers))
            return _preview_page(model_admin, request, address, preview, form, perf_counter() - begun)
        return redirect(address)
    return _upload_page(model_admin, request, form)


def _upload_page(model_admin, request: HttpRequest, form: UploadForm) -> HttpResponse:
    response = TemplateResponse(request, "admin/registry/imports/upload.html", {
        **model_admin.admin_site.each_context(request), "opts": model_admin.opts, "form": form,
        "title": _("Nhập dữ liệu từ tệp"),
        "templates": [(capfirst(each.label), reverse("admin:registry_importbatch_template", args=[each.value]))
                      for each in ImportTable],
    })
    setattr(response, AT, reverse("admin:registry_importbatch_upload"))
    return response


def template_view(table: str) -> HttpResponse:
    """The empty workbook of a table, with the lists to choose from as they stand today. Raises Http404."""
    if table not in ImportTable.values:
        raise Http404
    out = spool()
    write_template(out, table, today=timezone.localdate())
    length = out.tell()
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{table}.xlsx", content_type=FORMS["xlsx"],
                        headers={"Content-Length": str(length)})


@in_lines
def preview_view(model_admin, request: HttpRequest, sha256: str, *, told: Told) -> HttpResponse:
    """Show what becomes of a file's rows; POST applies it. What may not be written is told, and nothing is."""
    if done := done_before(request.POST.get("key", "")):
        return _done_already(request, done)
    begun = perf_counter()
    try:
        data = uploads.kept(sha256)
        if CHOOSING in request.POST:
            uploads.keep_answers(sha256, request.user.pk, answered(request.POST, uploads.answers_of(
                sha256, request.user.pk)))
            if not asks_for_lines(request):
                return redirect(request.get_full_path())
        answers = uploads.answers_of(sha256, request.user.pk)
        look = partial(preview_file, data, request.GET.get("name", ""), request.GET.get("table", ""), answers=answers,
                       told=told)
        preview = look(now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
        if asks_for_lines(request):
            return _upload_page(model_admin, request, UploadForm())
        return redirect(reverse("admin:registry_importbatch_upload"))
    looked, shown = perf_counter() - begun, _shown(preview, answers)
    form = ApplyForm(request.POST if "key" in request.POST else None, initial=shown)
    if form.is_bound and form.is_valid():
        try:
            return _applied(request, preview, form.cleaned_data, shown, told)
        except DoneAlready as error:
            return _done_already(request, error.act)
        except RuleBroken as error:
            messages.error(request, str(error))
            preview = look(now=timezone.now())  # the first may have been used up
            form = ApplyForm(initial=_shown(preview, answers) | {"reason": form.cleaned_data["reason"]})
    return _preview_page(model_admin, request, request.get_full_path(), preview, form, looked)


def _shown(preview: Preview, answers: Mapping) -> dict:
    """What the form to apply says of the preview that it stands under."""
    return {"revision": preview.revision, "answers": digest_of(answers), "key": uuid4().hex}


def _preview_page(
    model_admin, request: HttpRequest, address: str, preview: Preview, form: ApplyForm, looked: float
) -> HttpResponse:
    response = TemplateResponse(request, "admin/registry/imports/preview.html", {
        **_context(model_admin, request, Place.of(address), preview, form),
        "seconds": seconds_to_apply(preview, looked)})
    setattr(response, AT, address)
    return response


def _done_already(request: HttpRequest, act: Act) -> HttpResponse:
    messages.info(request, _("Việc này đã được ghi."))
    return redirect(made_address(act))


def seconds_to_apply(preview: Preview, looked: float) -> int:
    """How long applying will take, by how long looking took; 0 where nobody would notice."""
    seconds = ceil(looked * APPLY_TAKES)
    return seconds if not preview.changes_nothing and seconds >= WORTH_TELLING else 0


def _applied(request: HttpRequest, preview: Preview, given: dict, shown: dict, told: Told) -> HttpResponse:
    """Write the batch and lead to it. Raises RuleBroken."""
    if any(given[name] != shown[name] for name in ("revision", "answers")):
        raise RegisterMoved()
    reason = given["reason"].strip() or _("Nhập tệp %(file)s") % {"file": preview.file_name}
    with writing(by=request.user, reason=reason, key=given["key"]) as act:
        batch = apply(act=act, preview=preview, told=told)
    uploads.forget(preview.sha256)
    if batch is None:
        messages.info(request, _("Tệp không thay đổi gì trong sổ đăng ký."))
        return redirect(reverse("admin:registry_importbatch_changelist"))
    messages.success(request, _("Đã ghi lô %(code)s, chờ duyệt. Công chúng chưa thấy gì.") % {"code": batch.code})
    return redirect(address_of(batch))


def _keep_problems(request: HttpRequest, preview: Preview) -> None:
    with writing(by=request.user, reason=_("Tệp nhập có lỗi")) as act:
        keep_problems(act=act, preview=preview, by_name=str(request.user))


def _context(model_admin, request: HttpRequest, place: Place, preview: Preview, form: ApplyForm) -> dict:
    fate = place.query.get("fate", "")
    rows = [row for row in preview.rows if fate in ("", row.fate) or (fate == NOTED and row.notes)]
    page = Paginator(rows, ROWS_SHOWN).get_page(place.query.get("rows"))
    panels = [_problems_panel(preview)] if preview.problems else []
    questions = questions_of(preview, place.query.get(OWN))
    return {
        **model_admin.admin_site.each_context(request), "opts": model_admin.opts, "preview": preview, "form": form,
        "title": preview.file_name, "table": capfirst(ImportTable(preview.table).label),
        "counts": [*(_count(place, each.label, preview.counts[each], each.value, fate) for each in Fate),
                   _count(place, _("có lưu ý"), sum(bool(row.notes) for row in preview.rows), NOTED, fate)],
        "choosing": CHOOSING, "questions": questions, "own_open": OWN in place.query,
        "own_links": _own_links(place, questions),
        "panels": [*panels, _rows_panel(place, page)], "skipped": preview.skipped,
        "may_apply": not (preview.problems or preview.counts[Fate.CONFLICT] or preview.changes_nothing),
        "upload_again": reverse("admin:registry_importbatch_upload", query={"table": preview.table}),
    }


def _count(place: Place, label: str, count: int, fate: str, chosen: str) -> tuple[str, int, str, bool]:
    """A fate, how many rows have it, and the address of these rows alone, or of all where they are shown."""
    is_chosen = fate == chosen
    return label, count, place.but(fate="" if is_chosen else fate, rows=""), is_chosen


def _own_links(place: Place, questions: Questions) -> list[tuple[str, str]]:
    """The pages beside the one shown of the rows that share a question."""
    page, links = questions.own, []
    if page.has_previous():
        links.append((_("Các dòng trước"), place.but(**{OWN: str(page.previous_page_number())})))
    if page.has_next():
        links.append((_("Các dòng tiếp theo"), place.but(**{OWN: str(page.next_page_number())})))
    return links


def _problems_panel(preview: Preview) -> Panel:
    return Panel(
        title=_("Lỗi và cách sửa"), columns=[_("Ô"), _("Lỗi và cách sửa")], empty="",
        note=_("Hãy sửa trong tệp rồi tải lên lại; chưa có gì được ghi."),
        rows=[Row([Cell(f"{problem.sheet}!{problem.cell}" if problem.cell else _("cả tệp")), Cell(problem.message)])
              for problem in preview.problems],
    )


def _rows_panel(place: Place, page) -> Panel:
    following = page.has_next() and place.but(rows=str(page.next_page_number()))
    more = Button(_("Các dòng tiếp theo"), following) if following else None
    return Panel(
        title=_("Từng dòng của tệp"), numbers=(0,), more=more, empty=_("Không có dòng nào."),
        columns=[_("Dòng"), _("Kết quả"), _("Mã"), _("Nội dung"), _("Thay đổi")],
        rows=[Row([Cell(str(row.number)), Cell(str(Fate(row.fate).label)), _code(row), Cell(row.name),
                   Cell("; ".join(_told(row)), folded=values_of(row))]) for row in page.object_list],
        note=_("Trang %(page)d trên %(pages)d.") % {"page": page.number, "pages": page.paginator.num_pages},
    )


def _code(row: PlannedRow) -> Cell:
    return Cell(row.code, address_of(row.record) if row.record is not None else "")


def _told(row: PlannedRow) -> Iterable[str]:
    for difference in row.differences:
        yield f"{difference.label}: {difference.before or '–'} → {difference.after or '–'}"
    yield from row.notes
    if row.fate == Fate.NEW:
        made = [str(record._meta.verbose_name) for record in (*row.makes, *row.proposed)]
        yield ", ".join(dict.fromkeys(made))
