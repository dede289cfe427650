"""Imports at the officers' door: every batch with its rows, and the way from a file to a new one."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from registry.models import NOUNS, ImportBatch, ImportRow
from registry.models.account import may
from registry.templatetags.register_format import amount
from registry.vocabulary.batch import BatchState, Fate
from registry.vocabulary.role import Deed

from .failed import failed_view
from .imports import preview_view, template_view, upload_view
from .named import state_of
from .panel import Button, Cell, Panel, Row
from .record import RecordAdmin

ROWS_SHOWN = 100


class ImportBatchAdmin(RecordAdmin):
    writable = False
    fieldsets = ((None, {"fields": ["code", "table", "file_name", "sha256", "state", "new", "changed", "unchanged"]}),)
    list_display = ("code", "file_name", "table", "new", "changed", "unchanged", "marked", "made")
    list_display_links = ("code", "file_name")
    list_filter = ("state", "table")
    ordering = ("-pk",)
    change_list_template = "admin/registry/imports/list.html"

    @admin.display(description=_("Tình trạng"), ordering="state")
    def marked(self, record):
        return state_of(record.get_state_display(), record.state)

    @admin.display(description=_("Người nhập"))
    def made(self, record):
        first = next(iter(record.acts.all()), None)
        return f"{first.by_name}, {first.at:%d/%m/%Y}" if first else ""

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("acts")

    def found(self, queryset, words, term):
        """The batches of which the file's name has these letters."""
        return queryset.filter(file_name__icontains=term) | queryset.filter(code__iexact=term)

    def get_urls(self):
        pages = [
            path("upload/", self.admin_site.admin_view(self.upload), name="registry_importbatch_upload"),
            path("template/<slug:table>/", self.admin_site.admin_view(self.template),
                 name="registry_importbatch_template"),
            path("preview/<str:sha256>/", self.admin_site.admin_view(self.preview),
                 name="registry_importbatch_preview"),
            path("failed/", self.admin_site.admin_view(partial(failed_view, self)), name="registry_importbatch_failed"),
        ]
        return pages + super().get_urls()

    def upload(self, request):
        self._check_officer(request)
        return upload_view(self, request)

    def template(self, request, table: str):
        self._check_officer(request)
        return template_view(table)

    def preview(self, request, sha256: str):
        self._check_officer(request)
        return preview_view(self, request, sha256)

    def _check_officer(self, request) -> None:
        if not may(request.user, Deed.EDIT):
            raise PermissionDenied

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The page of rows that the address asks for."""
        batch = self.get_object(request, object_id) if object_id else None
        shown = {"panels": [rows_panel(batch, request.GET.get("rows", "1"))]} if batch else {}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def title_of(self, record: ImportBatch) -> str:
        return record.file_name


def rows_panel(batch: ImportBatch, asked: str) -> Panel:
    """One page of a batch's rows: the fate of each, what it changes, what waits to be posted."""
    page = Paginator(batch.rows.order_by("number"), ROWS_SHOWN).get_page(asked)
    rows = list(page.object_list)
    links = _links(rows)
    here = reverse("admin:registry_importbatch_change", args=[batch.pk])
    more = None
    if page.has_next():
        more = Button(_("Các dòng tiếp theo"), f"{here}?rows={page.next_page_number()}")
    told = [_("Lô chờ duyệt. Công chúng chưa thấy gì.")] if batch.state == BatchState.IN_REVIEW else []
    told.append(_("Trang %(page)d trên %(pages)d.") % {"page": page.number, "pages": page.paginator.num_pages})
    return Panel(
        title=_("Các dòng của tệp"), columns=[_("Dòng"), _("Kết quả"), _("Bản ghi"), _("Nội dung"), _("Thay đổi")],
        rows=[_line(row, links) for row in rows], empty=_("Lô không có dòng nào."), numbers=(0,), more=more,
        note=" ".join(map(str, told)),
    )


def _line(row: ImportRow, links: dict[tuple[str, str], str]) -> Row:
    return Row([
        Cell(str(row.number)), Cell(Fate(row.fate).label), Cell(row.code, links.get((row.kind, row.code), "")),
        Cell(row.name), Cell("; ".join(_changes(row))),
    ])


def _changes(row: ImportRow):
    """What a row changes and posts, in words."""
    fields = {field.attname: field for field in NOUNS[row.kind]._meta.concrete_fields}
    for name, value in row.after.items():
        before = row.before.get(name)
        yield f"{fields[name].verbose_name}: {_said(before)} → {_said(value)}"
    for kind, columns in row.proposed:
        if "amount_usd" in columns:
            yield f"{NOUNS[kind]._meta.verbose_name}: {amount(columns['amount_usd'])} USD"


def _said(value) -> str:
    return "–" if value in (None, "") else str(value)


def _links(rows: list[ImportRow]) -> dict[tuple[str, str], str]:
    """The address of each record that is there, by kind and code. One query for each kind."""
    found = {}
    for kind in {row.kind for row in rows if row.code}:
        model = NOUNS[kind]
        codes = [row.code for row in rows if row.kind == kind]
        for key, code in model._default_manager.filter(code__in=codes).values_list("pk", "code"):
            found[kind, code] = reverse(f"admin:registry_{model._meta.model_name}_change", args=[key])
    return found
