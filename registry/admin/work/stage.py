"""Work on the stage of a project: what is missing for each, and the move."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.stage import missing_at, move_on
from registry.admin.address import address_of
from registry.models import Project
from registry.vocabulary.project import ENDED, ProjectStatus
from registry.vocabulary.stage import Need, next_stage

from .form import WorkForm
from .page import Work

# Where what is missing is written: a page of work, or a field of the record's form.
WRITTEN_AT = {
    Need.INVESTORS: "stakes", Need.CAPITAL: "certificate", Need.GROUND_BREAKING: "milestone",
    Need.PRODUCTION: "milestone",
}
FIELDS = {Need.WHERE: "zone"}


@dataclass(frozen=True)
class Missing:
    """One thing that a record lacks, and where to write it."""

    label: str
    url: str


def missing(project: Project, status: str) -> list[Missing]:
    return [Missing(str(need.label), _place_of(project, need)) for need in missing_at(project, status)]


def _place_of(project: Project, need: Need) -> str:
    if need in WRITTEN_AT:
        return address_of(project, WRITTEN_AT[need])
    return f"{address_of(project)}#id_{FIELDS.get(need, need.value)}"


class StageForm(WorkForm):
    groups = ((gettext_lazy("Tình trạng mới"), ("status", "despite_missing")),)

    status = forms.ChoiceField(label=gettext_lazy("Tình trạng"), widget=forms.RadioSelect)
    despite_missing = forms.BooleanField(
        label=gettext_lazy("Vẫn chuyển dù hồ sơ còn thiếu"), required=False,
        help_text=gettext_lazy("Hãy nêu lý do ở dưới; lịch sử giữ lý do ấy."))

    def __init__(self, *args, record: Project, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["status"].choices = [
            (each.value, each.label) for each in ProjectStatus if each not in ENDED and each != record.status]


class MoveOn(Work):
    name = "stage"
    title = gettext_lazy("Chuyển tình trạng")
    lead = gettext_lazy("Dự án đi từ đề xuất đến hoạt động. Chỉ khi đi tới, sổ mới hỏi những mục mà giai đoạn ấy cần.")
    default_reason = gettext_lazy("Chuyển tình trạng dự án")
    form_class = StageForm
    panel = "admin/registry/work/stage.html"

    def offered(self, record) -> bool:
        return not record.ended_on

    def initial(self, record) -> dict:
        return {"status": next_stage(record.status)}

    def context(self, record) -> dict:
        status = next_stage(record.status)
        return {"next_stage": status and ProjectStatus(status).label,
                "missing": missing(record, status) if status else []}

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return move_on(act=act, project=record, status=given["status"], despite_missing=given["despite_missing"],
                       why=given["reason"])

    def done(self, record, made) -> str:
        return _("%(code)s nay là “%(status)s”.") % {"code": made.code, "status": made.get_status_display()}
