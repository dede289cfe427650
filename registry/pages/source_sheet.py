"""Everything that a source's page says, read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import CharField, Value

from registry.models import (
    CapitalEntry,
    Certificate,
    Engagement,
    Milestone,
    Opportunity,
    Policy,
    Project,
    Source,
    Statement,
    Zone,
    ZoneObservation,
)
from registry.models.statement import SUBJECTS
from registry.vocabulary.zone import OBSERVATION_UNIT

from .addresses import page_of_record
from .notes import Notes
from .observed import amount_of
from .some import Some, some
from .stated import StatedLine
from .subject import Subject
from .told import ConflictLine, Told

MOST = 200

# The nouns with a name whose records may rest on a source, and the column that says so.
NAMED = {Project: "source", Zone: "sources", Policy: "source", Engagement: "source", Opportunity: "source"}


@dataclass(frozen=True)
class AboutOne:
    """What the source says of one thing."""

    subject: Subject
    lines: list[StatedLine]


@dataclass(frozen=True)
class Resting:
    """A named record that rests on the source."""

    kind: str
    code: str
    name: str
    name_en: str

    @property
    def address(self) -> str:
        return page_of_record(self.kind, self.code)


@dataclass(frozen=True)
class Seen:
    """An observation that rests on the source, its amount in words, without the unit."""

    observation: ZoneObservation
    amount: str

    @property
    def unit(self) -> str:
        return OBSERVATION_UNIT[self.observation.attribute]


@dataclass(frozen=True)
class Sheet:
    """What the source says, thing by thing in the order of the source, and the public records that rest on it."""

    source: Source
    about: list[AboutOne]
    said: int
    more_said: bool
    conflicts: list[ConflictLine]
    entries: Some
    certificates: Some
    milestones: Some
    observations: Some
    records: Some
    notes: Notes

    @property
    def host(self) -> str:
        """Where its web address leads."""
        return urlsplit(self.source.url).hostname or self.source.url

    @property
    def bears_nothing(self) -> bool:
        return not any((self.entries, self.certificates, self.milestones, self.observations, self.records))


def sheet_of(source: Source) -> Sheet:
    """At most nine queries."""
    statements = some(Statement.objects.filter(source=source).select_related("source", *SUBJECTS).order_by("pk"), MOST)
    notes = Notes()
    told = Told(statements.rows, notes)
    entries = CapitalEntry.objects.public().filter(source=source).select_related("project", "enterprise")
    certificates = Certificate.objects.public().filter(source=source).select_related("project")
    milestones = Milestone.objects.public().filter(source=source).select_related("project")
    observations = ZoneObservation.objects.public().filter(source=source).select_related("zone", "place")
    seen = some(observations.order_by("code"), MOST)
    return Sheet(
        source=source, about=_by_subject(told.lines(statements.rows)), said=len(statements.rows),
        more_said=statements.more, conflicts=told.conflicts(), entries=some(entries.in_ledger_order(), MOST),
        certificates=some(certificates.order_by("code"), MOST), milestones=some(milestones.order_by("code"), MOST),
        observations=Some([Seen(each, amount_of(each)) for each in seen.rows], seen.more),
        records=_records(source), notes=notes,
    )


def _by_subject(lines: Iterable[StatedLine]) -> list[AboutOne]:
    groups: dict[tuple, AboutOne] = {}
    for line in lines:
        subject = line.subject
        groups.setdefault(subject.key, AboutOne(subject, [])).lines.append(line)
    return list(groups.values())


def _records(source: Source) -> Some:
    """The public projects, zones, policies, engagements and opportunities of this source. One query."""
    first, *others = (
        model.objects.public().filter(**{column: source}).order_by()
        .annotate(noun=Value(model.KIND, output_field=CharField()))
        .values_list("noun", "code", "name", "name_en")
        for model, column in NAMED.items()
    )
    found = some(first.union(*others).order_by("noun", "code"), MOST)
    return Some([Resting(*row) for row in found.rows], found.more)
