"""Work on a project's progress: a milestone, planned or actual."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import milestone
from registry.admin.fields import VagueDayField
from registry.models import Milestone

from .form import RecordField, WorkForm, column
from .page import Work


class MilestoneForm(WorkForm):
    groups = ((gettext_lazy("Mốc tiến độ"), ("kind", "reality", "happened_on", "words", "source")),)

    kind = column(Milestone, "kind")
    reality = column(Milestone, "reality", help_text=gettext_lazy(
        "Kế hoạch: điều sẽ đến. Thực tế: điều đã diễn ra. Cùng một mốc có thể ghi cả hai."))
    happened_on = VagueDayField(
        label=gettext_lazy("Ngày"), required=False,
        help_text=gettext_lazy("Như nguồn nêu: 11/10/2023, tháng 10/2023, quý IV/2023. Để trống nếu không nêu."))
    words = column(Milestone, "words", help_text=gettext_lazy(
        "Chép lời nguồn khi lời đó không thành ngày, ví dụ: “sau khi hoàn thành giai đoạn 1”."))
    source = RecordField(Milestone, "source")


class MarkMilestone(Work):
    name = "milestone"
    title = gettext_lazy("Ghi mốc tiến độ")
    lead = gettext_lazy("Một mốc trong tiến độ của dự án, theo kế hoạch hoặc đã diễn ra.")
    default_reason = gettext_lazy("Nhập mốc tiến độ")
    form_class = MilestoneForm
    panel = "admin/registry/work/milestones.html"

    def context(self, record) -> dict:
        return {"milestones": list(record.milestones.order_by("happened_latest", "number").select_related("source"))}

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return milestone.mark(act=act, project=record, **{name: given[name] for name in form.groups[0][1]})

    def done(self, record, made) -> str:
        return _("Đã ghi mốc %(code)s: %(kind)s (%(reality)s).") % {
            "code": made.code, "kind": made.get_kind_display(), "reality": made.get_reality_display()}
