"""A project moves along its way: what is missing for the next stage, and the move itself."""

from django.utils.translation import gettext_lazy as _

from registry.models import Project
from registry.models.capital import MEASURES
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.project import ENDED, ProjectStatus
from registry.vocabulary.stage import WAY, Need, needed_at

from .ending import BEGINS_PRODUCTION
from .project import EndedAlready
from .record import amend
from .writing import ReasonMissing, Writing


class Incomplete(RuleBroken):
    code = "incomplete"
    message = _("Để chuyển sang “%(status)s”, hãy bổ sung: %(missing)s. Nếu phải chuyển ngay, hãy đánh dấu “Vẫn "
                "chuyển” và nêu lý do.")


class EndsByItsOwn(RuleBroken):
    code = "ends-by-its-own"
    message = _("Dự án kết thúc bằng việc “Ghi dự án chấm dứt”, không bằng việc này.")


def missing_at(project: Project, status: str) -> list[Need]:
    """What the record of a project lacks to be at this stage, in the order of the way. Three queries."""
    has = _held(project)
    return [need for need in needed_at(status) if need not in has]


def move_on(*, act: Writing, project: Project, status: str, despite_missing: bool = False, why: str = "") -> Project:
    """Move a project to another stage (chuyển tình trạng), back as well. Only a move forward asks for what is missing.

    ``despite_missing`` moves it all the same, and then ``why`` is needed. Raises Incomplete, ReasonMissing,
    EndedAlready, EndsByItsOwn.
    """
    if project.ended_on:
        raise EndedAlready(code=project.code, ended=project.ended_on.label)
    if status in ENDED:
        raise EndsByItsOwn(field="status")
    missing = missing_at(project, status) if _is_forward(project.status, status) else []
    if missing and not despite_missing:
        raise Incomplete(status=ProjectStatus(status).label, missing=", ".join(str(each.label) for each in missing),
                         field="status")
    if missing and not why.strip():
        raise ReasonMissing(field="reason")
    return amend(act=act, record=project, status=status)


def _is_forward(now: str, then: str) -> bool:
    if then not in WAY:
        return False
    return now not in WAY or WAY.index(then) > WAY.index(now)


def _held(project: Project) -> set[Need]:
    happened = set(project.milestones.filter(reality=Reality.ACTUAL).values_list("kind", flat=True))
    has = {
        Need.OBJECTIVE: project.objective, Need.SECTOR: project.sector_id, Need.SOURCE: project.source_id,
        Need.WHERE: project.zone_id or project.place_id, Need.INVESTORS: project.stakes.current().exists(),
        Need.IRC_CODE: project.irc_code, Need.LICENSED_ON: project.licensed_on, Need.REGISTRAR: project.registrar_id,
        Need.FORM: project.form, Need.ENTERPRISE: project.enterprise_id,
        Need.CAPITAL: project.entries.filter(MEASURES["registered_usd"]).total_usd() > 0,
        Need.LAND_AREA: project.land_area_ha is not None,
        Need.GROUND_BREAKING: MilestoneKind.GROUND_BREAKING in happened,
        Need.PRODUCTION: happened.intersection(BEGINS_PRODUCTION),
    }
    return {need for need, value in has.items() if value}
