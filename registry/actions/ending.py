"""How a project came to its end: the change that ended it, the entry that closed it, the certificate it rests on."""

from registry.models import CapitalEntry, Certificate, Change, Project
from registry.vocabulary.certificate import ENDING, Outcome
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.project import ENDED, ProjectStatus
from registry.vocabulary.publication import Publication

BEGINS_PRODUCTION = (MilestoneKind.TRIAL_PRODUCTION, MilestoneKind.PRODUCTION_START, MilestoneKind.INAUGURATION)


def change_that_ended(project: Project) -> Change | None:
    """The change with which an ended project ended; None where the log does not have it: it was loaded as ended, or
    what the log said was redacted."""
    changes = Change.objects.filter(kind=Project.KIND, code=project.code).select_related("act").order_by("-seq")
    for change in changes:
        if not (change.before and change.after) or change.after.get("status") not in ENDED:
            return None
        if change.before.get("status") not in ENDED:
            return change
    return None


def closing_of(project: Project) -> CapitalEntry | None:
    """The decrease that took an ended project to zero, where it stands."""
    if ended := change_that_ended(project):
        # Others of the same day, from before or after it, are no part of the end.
        closing = project.entries.at_ends().filter(recorded_at=ended.act.at).first()
    else:
        closing = project.entries.closing().first()
    if closing:
        closing.project = project
    return closing


def certificate_that_ended(project: Project) -> Certificate | None:
    """The certificate that stands and by which an ended project ended; None where it ended by a source alone."""
    if not project.ended_on:
        return None
    ending = project.certificates.filter(
        kind__in=ENDING, outcome=Outcome.GRANTED, publication=Publication.PUBLISHED)
    if closing := closing_of(project):
        ending = ending.filter(pk=closing.certificate_id)
    return ending.order_by("number").last()


def status_before_end(project: Project) -> str:
    """What an ended project was before; where the log does not say, as far as its record shows it had come."""
    if ended := change_that_ended(project):
        return ended.before["status"]
    happened = set(project.milestones.filter(reality=Reality.ACTUAL).values_list("kind", flat=True))
    if happened.intersection(BEGINS_PRODUCTION):
        return ProjectStatus.OPERATING
    if MilestoneKind.GROUND_BREAKING in happened:
        return ProjectStatus.BUILDING
    return ProjectStatus.NOT_STARTED if project.licensed_on else ProjectStatus.PROPOSED
