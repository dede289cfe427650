"""A project moves along its way, and only a move forward asks for what is missing."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.project import EndedAlready, StakeGiven
from registry.actions.stage import EndsByItsOwn, Incomplete, missing_at, move_on
from registry.actions.writing import ReasonMissing
from registry.models import Act, Project, Registrar, Sector
from registry.vocabulary.milestone import MilestoneKind
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.stage import WAY, Need, needed_at, next_stage
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def moved(project, status, **changes) -> Project:
    with build.act(reason=changes.get("why") or "thử") as act:
        return move_on(act=act, project=Project.objects.get(pk=project.pk), status=status, **changes)


def complete(status="approved_in_principle") -> Project:
    project = build.make_project(
        status=status, objective="sản xuất", sector=Sector.objects.first() or build.make_sector(),
        zone=build.make_zone(), source=build.make_source(), irc_code="5421840814", form="wholly_foreign",
        registrar=Registrar.objects.first(), enterprise=build.make_enterprise(), land_area_ha=Decimal(1),
        capital_usd=5000, licensed_on=None)
    build.make_certificate(project, decided_on=date(2023, 4, 20))
    build.make_milestone(project, kind=MilestoneKind.GROUND_BREAKING)
    build.make_milestone(project, kind=MilestoneKind.INAUGURATION)
    return Project.objects.get(pk=project.pk)


def test_each_stage_needs_what_those_before_it_need():
    for before, after in zip(WAY, WAY[1:], strict=False):
        assert set(needed_at(before)) < set(needed_at(after))
        assert next_stage(before) == after
    assert set(needed_at(WAY[-1])) == set(Need)
    assert [next_stage(each) for each in ("operating", "suspended", "terminated")] == [None, None, None]
    assert needed_at("suspended") == ()


def test_what_is_missing_is_named_and_nothing_moves():
    project = build.make_project(status="proposed", investors=[])
    assert missing_at(project, "approved_in_principle") == [
        Need.OBJECTIVE, Need.SECTOR, Need.WHERE, Need.INVESTORS, Need.SOURCE]
    with refused(Incomplete) as told:
        moved(project, ProjectStatus.APPROVED_IN_PRINCIPLE)
    assert "mục tiêu, ngành chính, khu công nghiệp hoặc địa bàn, nhà đầu tư, nguồn của hồ sơ" in str(told.value)


def test_a_bypass_needs_a_reason_and_the_log_has_it():
    project = build.make_project(status="proposed")
    with refused(ReasonMissing):
        moved(project, "building", despite_missing=True)
    assert moved(project, "building", despite_missing=True, why="theo công văn 12").status == "building"
    assert Act.objects.latest("pk").reason == "theo công văn 12"


def test_a_complete_record_goes_all_the_way():
    project = complete()
    assert missing_at(project, "operating") == []
    for status in ("not_started", "building", "operating"):
        project = moved(project, status)
    assert project.status == "operating"


@pytest.mark.parametrize("need", list(Need))
def test_each_need_is_told_alone(need):
    project = complete()
    match need:
        case Need.INVESTORS:
            project.stakes.all().delete()
        case Need.CAPITAL:
            project = build.make_project(investors=[StakeGiven(build.make_investor())])
        case Need.GROUND_BREAKING | Need.PRODUCTION:
            project.milestones.all().delete()
        case Need.WHERE:
            project.zone = None
        case Need.OBJECTIVE:
            project.objective = ""
        case _:
            setattr(project, need.value, None)
    assert need in missing_at(project, "operating")


def test_back_and_aside_nothing_is_asked():
    project = build.make_project(status="operating", investors=[])
    assert moved(project, "suspended").status == "suspended"
    with refused(Incomplete):
        moved(project, "building")
    project = build.make_project(status="operating", investors=[])
    assert moved(project, "proposed").status == "proposed"


def test_the_end_is_a_work_of_its_own():
    project = build.make_project()
    with refused(EndsByItsOwn):
        moved(project, "terminated")
    build.make_certificate(project, kind="termination")
    with refused(EndedAlready):
        moved(project, "building")
