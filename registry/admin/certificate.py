"""Certificates at the officers' door: granted by a page of work, shown here as they were."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Certificate, Project
from registry.models.account import may
from registry.templatetags.register_format import amount
from registry.vocabulary.publication import Publication
from registry.vocabulary.role import Deed

from .diff import proposed_differences
from .named import day_of, state_of
from .panel import Cell, Panel, Row, buttons_of, link
from .record import RecordAdmin
from .work.issue import issue_certificate


class CertificateAdmin(RecordAdmin):
    writable = False
    fieldsets = (
        (None, {"fields": ["code", "project", "kind", "step", "outcome", "registrar", "received_on", "asked_usd",
                           "decided", "changes"]}),
        (_("Như in trên giấy chứng nhận"), {"fields": ["total_usd", "total_vnd", "rate_as_printed", "contributed_usd",
                                                       "mobilised_usd", "contribute_by"]}),
        (_("Khi công bố, ghi sổ"), {"fields": ["proposed_usd", "proposed_written", "proposed_currency",
                                               "proposed_irc_code"]}),
        (_("Nguồn và công bố"), {"fields": ["source", "publication", "withdrawn_reason"]}),
    )
    list_display = ("code", "project", "kind", "step", "outcome", "decided", "published")
    list_filter = ("publication", "kind", "outcome")
    list_select_related = ("project",)
    ordering = ("-decided_latest", "-pk")

    def has_add_permission(self, request):
        return may(request.user, Deed.POST)

    def add_view(self, request, form_url="", extra_context=None):
        return issue_certificate(self, request)

    def panels(self, record: Certificate) -> list[Panel]:
        """What it would change in its project, as long as it waits."""
        changes = proposed_differences(record)
        return changes and [Panel(
            title=_("Khi công bố, hồ sơ dự án đổi"), columns=[_("Mục"), _("Hiện nay"), _("Thành")], empty="",
            rows=[Row([Cell(each.label), Cell(each.before or "–"), Cell(each.after or "–")]) for each in changes],
        )]

    def get_fieldsets(self, request, obj=None):
        """What it proposes is shown until it is published: then the ledger has it."""
        sections = super().get_fieldsets(request, obj)
        return [each for each in sections if "proposed_usd" not in each[1]["fields"]] if _was_posted(obj) else sections

    decided = day_of("decided_on", _("Ngày cấp"))

    @admin.display(description=_("Công bố"), ordering="publication")
    def published(self, record):
        return state_of(record.get_publication_display(), record.publication)


def _was_posted(certificate: Certificate | None) -> bool:
    return certificate is not None and certificate.publication in (Publication.PUBLISHED, Publication.WITHDRAWN)


def certificates_panel(model_admin, project: Project) -> Panel:
    certificates = project.certificates.select_related("source").order_by("number")
    return Panel(
        title=_("Giấy chứng nhận đăng ký đầu tư"), numbers=(5,),
        works=buttons_of(model_admin, project, "certificate", "dossier"),
        columns=[_("Giấy chứng nhận"), _("Loại"), _("Lần"), _("Kết quả"), _("Ngày cấp"), _("Tổng vốn như in (USD)"),
                 _("Công bố")],
        empty=_("Chưa ghi giấy chứng nhận nào."),
        rows=[
            Row([
                link(each, each.code), Cell(each.get_kind_display()), Cell(str(each.step or "")),
                Cell(each.get_outcome_display()), Cell(str(each.decided_on or "")),
                Cell("" if each.total_usd is None else amount(each.total_usd)),
                Cell(each.get_publication_display()),
            ])
            for each in certificates
        ],
    )
