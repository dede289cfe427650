"""A project's story: what was planned and what happened, from milestones, certificates, capital and meetings."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.models import CapitalEntry, Certificate, Engagement, Milestone, Project, Statement
from registry.vocabulary.attribute import attribute_label
from registry.vocabulary.capital import REGISTERED
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import INTENTION, Review

from .notes import Note, Notes

PLANNED = "planned"


@dataclass(frozen=True)
class Moment:
    """One step. ``day`` is None where nobody stated it; ``words`` are then the source's. ``mark`` is "certificate",
    "press" or "planned"; ``label`` names the step, or ``record`` does."""

    day: VagueDay | None
    words: str
    mark: str
    label: str = ""
    step: int | None = None
    record: Engagement | None = None
    amount_usd: Decimal | None = None
    notes: tuple[Note, ...] = ()
    conflict: int | None = None

    @property
    def is_planned(self) -> bool:
        return self.mark == PLANNED


class Story:
    """The moments of one project. ``conflicts`` gives the number of each statement's conflict on the page."""

    def __init__(self, project: Project, statements: list[Statement], conflicts: dict[int, int], notes: Notes):
        self.project, self.statements, self.conflicts, self.notes = project, statements, conflicts, notes

    def moments(self) -> list[Moment]:
        """All of them: those with a day by the latest that it can mean, the others behind."""
        entries = list(self.project.entries.all())
        reversed_ones = {entry.reverses_id for entry in entries}
        standing = [each for each in entries if each.kind in REGISTERED and each.pk not in reversed_ones]
        found = [
            *(self._of_certificate(each, standing) for each in self.project.certificates.all()),
            *(self._of_entry(each) for each in standing if each.certificate_id is None),
            *(self._of_milestone(each) for each in self.project.milestones.all()),
            *(self._of_engagement(each) for each in self.project.engagements.all()),
            *(self._of_statement(each) for each in self.statements if _speaks_for_itself(each)),
        ]
        return sorted(found, key=_in_time)

    def _of_certificate(self, certificate: Certificate, entries: list[CapitalEntry]) -> Moment:
        amounts = [entry.amount_usd for entry in entries if entry.certificate_id == certificate.pk]
        return Moment(
            day=certificate.decided_on, words="", mark="certificate", label=certificate.get_kind_display(),
            step=certificate.step, amount_usd=sum(amounts) if amounts else None,
            notes=self.notes.of_certificate(certificate),
        )

    def _of_entry(self, entry: CapitalEntry) -> Moment:
        return Moment(
            day=entry.decided_on, words="", mark="certificate" if entry.confirmed else "press",
            label=entry.get_kind_display(), amount_usd=entry.amount_usd,
            notes=self.notes.of_entry(entry, self.statements),
        )

    def _of_milestone(self, milestone: Milestone) -> Moment:
        return Moment(
            day=milestone.happened_on, words=milestone.words, mark=_mark(milestone),
            label=milestone.get_kind_display(), notes=self.notes.of_record(milestone, self.statements),
            conflict=next((
                self.conflicts[each.pk] for each in self.statements
                if each.pk in self.conflicts
                and (each.promoted_kind, each.promoted_code) == (milestone.KIND, milestone.code)
            ), None),
        )

    def _of_engagement(self, engagement: Engagement) -> Moment:
        return Moment(day=engagement.held_on, words="", mark=_mark(engagement), record=engagement,
                      notes=self.notes.of_record(engagement, self.statements))

    def _of_statement(self, statement: Statement) -> Moment:
        return Moment(
            day=statement.date, words=statement.period_words, mark=_mark(statement),
            label=str(attribute_label(statement.attribute)), amount_usd=statement.amount_usd,
            notes=self.notes.of_statement(statement), conflict=self.conflicts.get(statement.pk),
        )


def _mark(record) -> str:
    """``record`` says whether it is planned, and from which source it is known."""
    if record.reality == Reality.PLANNED:
        return PLANNED
    return "certificate" if record.source and record.source.confirms else "press"


def _speaks_for_itself(statement: Statement) -> bool:
    """An accepted plan about capital; or a step that nobody has accepted into the record, nor refused."""
    if statement.kind in INTENTION and statement.amount_usd is not None:
        return statement.review == Review.ACCEPTED
    return (statement.attribute in MilestoneKind.values and not statement.promoted_kind
            and statement.review in (Review.OPEN, Review.DISPUTED))


def _in_time(moment: Moment) -> tuple:
    if moment.day is None:
        return True, date.max, date.max, moment.is_planned
    return False, moment.day.latest, moment.day.earliest, moment.is_planned
