"""Work on the end of a project that was recorded by mistake: it is taken back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.ending import certificate_that_ended, closing_of, status_before_end
from registry.actions.project import undo_end
from registry.models import CapitalEntry, Project
from registry.templatetags.register_format import usd
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.role import Deed

from .capital import registered
from .page import Work


class UndoEnd(Work):
    name = "undo-end"
    deed = Deed.POST
    title = gettext_lazy("Hủy việc chấm dứt")
    lead = gettext_lazy("Khi chấm dứt, thu hồi hoặc hết thời hạn hoạt động bị ghi nhầm: dự án trở lại tình trạng trước "
                        "đó và không còn ngày chấm dứt; sổ vốn đảo bút toán đã đưa vốn về 0. Nếu dự án chấm dứt theo "
                        "giấy chứng nhận, hãy gỡ giấy đó: việc chấm dứt được hủy cùng lúc.")
    needs_reason = True
    rule_in_action = True
    panel = "admin/registry/work/going_on.html"

    def offered(self, record) -> bool:
        return record.is_public() and record.ended_on is not None

    def context(self, record) -> dict:
        return {"goes_on": [] if certificate_that_ended(record) else going_on(record)}

    def do(self, *, act, record, form):
        return undo_end(act=act, project=record, reason=form.cleaned_data["reason"])

    def done(self, record, made: CapitalEntry | None) -> str:
        return _("Đã hủy việc chấm dứt %(code)s: tình trạng nay là “%(status)s”, vốn đăng ký %(total)s.") % {
            "code": record.code, "status": record.get_status_display(), "total": usd(registered(record))}


def going_on(project: Project) -> list[str]:
    """What a project is again once its end is taken back, a line each; none where it has not ended."""
    if not project.ended_on:
        return []
    lines = [_("%(project)s không còn chấm dứt; tình trạng trở lại “%(status)s”.") % {
        "project": project, "status": ProjectStatus(status_before_end(project)).label}]
    if closing := closing_of(project):
        lines.append(_("Sổ vốn đảo %(entry)s; vốn đăng ký trở lại %(total)s.") % {
            "entry": closing.code, "total": usd(registered(project) - closing.amount_usd)})
    return lines
