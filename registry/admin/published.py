"""Published tables at the officers' door: read here, made by a page of their own, never changed."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.exchange.columns.published import label_of
from registry.exchange.documents.published import projects_of
from registry.exchange.moment import one_moment
from registry.models import NOUNS, Project, PublishedFigure
from registry.models.account import may
from registry.statistics.published import line_names
from registry.statistics.revision import revision_of
from registry.templatetags.register_format import moment, number
from registry.vocabulary.published import NUMBERS, OFFICIAL, SHEETS
from registry.vocabulary.role import Deed

from .freeze import freeze_view
from .panel import Cell, Panel, Row, link
from .record import RecordAdmin


class PublishedFigureAdmin(RecordAdmin):
    writable = False
    fieldsets = ((None, {"fields": ["code", "title", "title_en", "kind", "office", "frozen_at", "change", "checksum",
                                    "supersedes", "note"]}),)
    list_display = ("code", "title", "kind", "frozen_at", "office", "replaced")
    list_display_links = ("code", "title")
    list_filter = ("kind", "office")
    list_select_related = ("office", "superseded_by")
    ordering = ("-pk",)
    change_list_template = "admin/registry/published_list.html"

    def found(self, queryset, words, term):
        """The tables of which the title has these letters."""
        return queryset.filter(Q(code__iexact=term) | Q(title__icontains=term))

    @admin.display(description=gettext_lazy("Thay bằng"))
    def replaced(self, record):
        after = getattr(record, "superseded_by", None)
        return after.code if after else ""

    def get_urls(self):
        return [path("freeze/", self.admin_site.admin_view(self.freeze), name="registry_publishedfigure_freeze"),
                *super().get_urls()]

    def freeze(self, request):
        if not may(request.user, Deed.FREEZE):
            raise PermissionDenied
        return freeze_view(self, request)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_freeze": may(request.user, Deed.FREEZE)})

    def panels(self, record: PublishedFigure) -> list[Panel]:
        kind, names, table = record.kind, NUMBERS[record.kind], record.table
        lines = [(_line_of(kind, row), row) for row in table["rows"]]
        lines += [(_("Tổng"), table["total"])] if table["total"] else []
        published = Panel(
            title=_("Bảng như khi công bố"), columns=["", *(label_of(kind, name) for name in names)], empty="",
            numbers=range(1, len(names) + 1),
            rows=[Row([Cell(name), *(Cell(_told(row, column)) for column in names)]) for name, row in lines],
        )
        return [published, *(revision_panels(record) if kind in OFFICIAL else ())]

    def title_of(self, record) -> str:
        return record.title

    def get_view_on_site_url(self, obj=None):
        return obj and reverse("pages:publication", args=[obj.code])


def _line_of(kind: str, row: dict) -> str:
    if kind in SHEETS:
        return line_names(kind, row["key"])[0]
    return row["name"] or row["key"] or _("chưa ghi nhận")


def _told(row: dict, column: str) -> str:
    return _("không công bố") if column in row.get("withheld", ()) else number(row[column])


def revision_panels(record: PublishedFigure) -> list[Panel]:
    """What is another now, with the numbers that the public's page does not tell, and whose records made it so."""
    with one_moment():
        revision = revision_of(record)
        projects = projects_of(revision.records)
    cells = [Row([Cell(row.names[0] or row.key or _("chưa ghi nhận")), Cell(label_of(record.kind, cell.column)), *(
        Cell(number(value)) for value in (cell.published, cell.now, cell.difference))])
        for row in revision.rows for cell in row.cells]
    causes = [Row([link(each.entry), Cell(capfirst(each.entry._meta.verbose_name)), _project_cell(each.entry.project),
                   Cell(moment(each.entry.recorded_at))]) for each in revision.late]
    causes += [Row([Cell(each.code), Cell(capfirst(NOUNS[each.kind]._meta.verbose_name)),
                    _project_cell(projects.get(each.project)), Cell(moment(each.recorded_at))])
               for each in revision.records]
    return [
        Panel(title=_("Ô nay đã khác"), empty=_("Hỏi lại hôm nay vẫn đúng từng ô như đã công bố."), rows=cells,
              columns=["", _("Ô"), _("Đã công bố"), _("Hôm nay"), _("Chênh lệch")], numbers=(2, 3, 4),
              note=_("Trang công khai không nêu số mới của ô lấy từ hồ sơ, báo cáo hay số nhập tay.")),
        Panel(title=_("Điều làm cho khác"), empty=_("Không có bút toán hay hồ sơ nào ghi sau."), rows=causes,
              columns=[_("Mã"), _("Loại"), _("Dự án"), _("Ghi nhận")]),
    ]


def _project_cell(project: Project | None) -> Cell:
    return link(project, project.name) if project else Cell("")
