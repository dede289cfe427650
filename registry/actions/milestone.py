"""Milestones: marked in a project's progress."""

from django.db.models import Max

from registry.models import Milestone, Project, Source
from registry.vocabulary.period import VagueDay

from .record import amend, create, touch
from .writing import Writing


def mark(
    *, act: Writing, project: Project, kind: str, reality: str, happened_on: VagueDay | None = None,
    words: str = "", source: Source | None = None,
) -> Milestone:
    """Add a milestone, planned or actual, with the day as stated (None: nobody stated it)."""
    number = project.milestones.aggregate(last=Max("number", default=0))["last"] + 1
    milestone = create(act=act, record=Milestone(
        code=f"{project.code}-{number}", number=number, project=project, kind=kind, reality=reality,
        happened_on=happened_on, words=words, source=source,
    ))
    touch(act=act, record=project)
    return milestone


def correct(*, act: Writing, milestone: Milestone, version: int, **changes) -> Milestone:
    """Amend a milestone that the officer saw in this version; its project moves on with it. Raises what amend does."""
    seen = milestone.version
    amend(act=act, record=milestone, version=version, **changes)
    if milestone.version != seen:
        touch(act=act, record=milestone.project)
    return milestone
