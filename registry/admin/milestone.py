"""Milestones at the officers' door: marked by a page of work, corrected here."""

from django.utils.translation import gettext_lazy as _

from registry.actions.milestone import correct
from registry.models import Milestone, Project

from .named import code_of, day_of
from .panel import Cell, Panel, Row, buttons_of, link
from .record import RecordAdmin


class MilestoneAdmin(RecordAdmin):
    addable = False
    settled = ("project",)
    fieldsets = ((None, {"fields": ["code", "project", "kind", "reality", "happened_on", "words", "source"]}),)
    list_display = ("code", "project", "kind", "reality", "happened", "from_source")
    list_filter = ("kind", "reality")
    list_select_related = ("project", "source")
    ordering = ("-happened_latest", "-pk")

    from_source = code_of("source", _("Nguồn"))
    happened = day_of("happened_on", _("Ngày"))

    def amend(self, *, act, record: Milestone, form):
        return correct(act=act, milestone=record, version=form.cleaned_data["version"], **form.given())


def milestones_panel(model_admin, project: Project) -> Panel:
    milestones = project.milestones.select_related("source").order_by("happened_latest", "number")
    return Panel(
        title=_("Mốc tiến độ"), works=buttons_of(model_admin, project, "milestone"),
        columns=[_("Mốc"), _("Kế hoạch hay thực tế"), _("Ngày"), _("Nguồn")], empty=_("Chưa ghi mốc tiến độ nào."),
        rows=[
            Row([
                link(each, each.get_kind_display()), Cell(each.get_reality_display()),
                Cell(str(each.happened_on or "")), link(each.source, each.source and each.source.code),
            ])
            for each in milestones
        ],
    )
