"""What a project lacks for its next stage, below its form."""

from django.utils.translation import gettext as _

from registry.models import Project
from registry.vocabulary.stage import next_stage

from .panel import Cell, Panel, Row, buttons_of
from .work.stage import missing


def stage_panel(model_admin, project: Project) -> list[Panel]:
    """What to complete for the next stage, each with its place; none where the way ends."""
    status = next_stage(project.status)
    if status is None or project.ended_on:
        return []
    title = _("Để chuyển sang “%(status)s”") % {"status": status.label}
    return [Panel(
        title=title, works=buttons_of(model_admin, project, "stage"), columns=[_("Cần bổ sung")],
        empty=_("Hồ sơ đã đủ để chuyển."),
        rows=[Row([Cell(each.label, each.url)]) for each in missing(project, status)],
    )]
