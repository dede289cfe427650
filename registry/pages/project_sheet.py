"""Everything that a project's page says, read in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from registry.models import (
    CapitalEntry,
    Certificate,
    Conflict,
    Engagement,
    Milestone,
    Project,
    Source,
    Stake,
    Statement,
)
from registry.models.project import ProjectQuerySet
from registry.vocabulary.capital import REGISTERED, CapitalKind
from registry.vocabulary.certificate import Outcome
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import INTENTION, Review

from .day import AskedDay
from .locator import Locator, locate
from .neighbours import Neighbours, neighbours_of
from .notes import Note, Notes
from .pledges import Pledge, pledges
from .running_sum import Move, moves_of
from .some import Some, some
from .stated import StatedLine, persons_of
from .timeline import Moment, Story
from .told import ConflictLine, Told

MOST_STATEMENTS = 200


@dataclass(frozen=True)
class LedgerLine:
    """One entry; ``undone_by`` is its reversal, ``undoes`` the entry that it reverses. ``move`` is what it does to the
    sum of registered, or of realised, capital; None for other kinds."""

    entry: CapitalEntry
    notes: tuple[Note, ...]
    undone_by: CapitalEntry | None
    undoes: CapitalEntry | None
    move: Move | None

    @property
    def is_realised(self) -> bool:
        return self.entry.counts_as == CapitalKind.DISBURSEMENT

    @property
    def counts(self) -> bool:
        """Whether it stands in today's registered capital."""
        return self.entry.counts_as in REGISTERED and self.undone_by is None and self.undoes is None


@dataclass(frozen=True)
class Holder:
    """A stake; ``conflict`` numbers the conflict about its investor's country."""

    stake: Stake
    conflict: int | None


@dataclass(frozen=True)
class Sheet:
    """A project, with its capital as of a day annotated. ``related`` are statements about its investors and its
    enterprise; ``missing`` names what is not recorded. ``locator`` is where its zone lies, else its commune."""

    project: Project
    holders: list[Holder]
    capital_notes: list[Note]
    zone_notes: list[Note]
    moments: list[Moment]
    undated: list[Moment]
    ledger: list[LedgerLine]
    zero: str
    pledges: list[Pledge]
    has_certificate: bool
    plans: list[StatedLine]
    conflicts: list[ConflictLine]
    statements: list[StatedLine]
    related: list[StatedLine]
    more_statements: bool
    notes: Notes
    missing: list[str]
    neighbours: list[Neighbours]
    locator: Locator | None

    @property
    def draws_ledger(self) -> bool:
        """Whether there is more than one change to draw."""
        return sum(line.move is not None for line in self.ledger) > 1

    @property
    def newest_source(self) -> Source | None:
        """The cited source that was published last; None where no day of publication is known."""
        dated = [note.source for note in self.notes if note.source and note.source.published_on]
        return max(dated, key=lambda source: source.published_on.latest, default=None)


def with_sheet(projects: ProjectQuerySet, as_of: date) -> ProjectQuerySet:
    """The projects with what their page shows. Six queries."""
    stakes = Stake.objects.current().select_related("investor__country", "investor__parent_country")
    entries = CapitalEntry.objects.as_of(as_of).select_related("source", "certificate__source", "buyer")
    certificates = Certificate.objects.filter(publication=Publication.PUBLISHED, outcome=Outcome.GRANTED)
    return projects.with_capital(as_of=as_of).select_related(
        "enterprise", "registrar", "zone", "place", "sector", "source"
    ).prefetch_related(
        Prefetch("stakes", stakes.order_by("position")),
        Prefetch("entries", entries.in_ledger_order()),
        Prefetch("certificates", certificates.select_related("source").order_by("number")),
        Prefetch("milestones", Milestone.objects.select_related("source").order_by("number")),
        Prefetch("engagements", Engagement.objects.public().select_related("source").order_by("code")),
    )


def sheet_of(project: Project, day: AskedDay) -> Sheet:
    """The sheet of a project from ``with_sheet``. At most eight more queries."""
    statements = _statements(project)
    stated = statements.rows
    own = [each for each in stated if each.project_id == project.pk]
    notes = Notes()
    told = Told(stated, notes, persons_of(project))
    ledger, zero = _ledger(project, own, notes)
    zone_notes = [
        note for each in own if each.attribute == "zone" and each.promoted_code == project.code
        for note in notes.of_statement(each)
    ]
    moments = Story(project, own, told.numbers, notes).moments()
    return Sheet(
        project=project, holders=_holders(project, told.found),
        capital_notes=list(dict.fromkeys(note for line in ledger if line.counts for note in line.notes)),
        zone_notes=list(dict.fromkeys(zone_notes)),
        moments=[each for each in moments if each.day], undated=[each for each in moments if not each.day],
        ledger=ledger, zero=zero, pledges=pledges(project.milestones.all(), day.today),
        has_certificate=bool(project.certificates.all()),
        plans=told.lines(each for each in own if _is_intended(each)), conflicts=told.conflicts(),
        statements=told.lines(own), related=told.lines(each for each in stated if each.project_id != project.pk),
        more_statements=statements.more, notes=notes, missing=_missing(project), neighbours=neighbours_of(project),
        locator=_locator(project, day.today),
    )


def _statements(project: Project) -> Some:
    """What public sources say about the project, its enterprise, and its investors that are organisations; what they
    say of one thing stands together."""
    holders = [stake.investor_id for stake in project.stakes.all() if not stake.investor.is_person]
    about = Q(project=project) | Q(investor__in=holders)
    if project.enterprise_id:
        about |= Q(enterprise=project.enterprise_id)
    rows = some(Statement.objects.public().filter(about).select_related("source").order_by("pk"), MOST_STATEMENTS)
    first = {}
    for each in rows.rows:
        first.setdefault(each.attribute, each.pk)
    return Some(sorted(rows.rows, key=lambda each: first[each.attribute]), rows.more)


def _holders(project: Project, conflicts: list[Conflict]) -> list[Holder]:
    disputed = {
        each.first.investor_id: number
        for number, each in enumerate(conflicts, 1) if each.first.attribute == "home_country"
    }
    return [Holder(stake=stake, conflict=disputed.get(stake.investor_id)) for stake in project.stakes.all()]


def _ledger(project: Project, statements: list[Statement], notes: Notes) -> tuple[list[LedgerLine], str]:
    """The lines, and where zero is in their bars."""
    entries = {entry.pk: entry for entry in project.entries.all()}
    undone = {entry.reverses_id: entry for entry in entries.values() if entry.reverses_id}
    drawn = [entry for entry in entries.values() if _track(entry)]
    moves, zero = moves_of([(_track(entry), entry.amount_usd) for entry in drawn])
    move_of = {entry.pk: move for entry, move in zip(drawn, moves, strict=True)}
    return [
        LedgerLine(
            entry=entry, notes=notes.of_entry(entries.get(entry.reverses_id, entry), statements),
            undone_by=undone.get(entry.pk), undoes=entries.get(entry.reverses_id), move=move_of.get(entry.pk),
        )
        for entry in entries.values()
    ], zero


def _track(entry: CapitalEntry) -> str:
    """To which running sum an entry adds."""
    if entry.counts_as in REGISTERED:
        return "registered"
    return "realised" if entry.counts_as == CapitalKind.DISBURSEMENT else ""


def _is_intended(statement: Statement) -> bool:
    """A plan that counts as intended capital: accepted, and in no ledger entry."""
    return (statement.kind in INTENTION and statement.review == Review.ACCEPTED
            and statement.amount_usd is not None and statement.promoted_kind != CapitalEntry.KIND)


def _locator(project: Project, today: date) -> Locator | None:
    zone = project.zone if project.zone and project.zone.is_public() else None
    spot = zone if zone and zone.latitude is not None else project.place
    return locate(spot.latitude, spot.longitude, today) if spot else None


def _missing(project: Project) -> list[str]:
    """What the facts list names in one line, because nobody has recorded it."""
    enterprise = project.enterprise
    recorded = {
        _("tổ chức kinh tế thực hiện dự án"): enterprise,
        _("mã số thuế"): enterprise and enterprise.tax_code,
        _("ngành chính"): project.sector,
        _("mục tiêu"): project.objective,
        _("hình thức đầu tư"): project.form,
        _("cơ quan đăng ký đầu tư"): project.registrar,
        _("khu công nghiệp"): project.zone,
        _("địa bàn"): project.place or project.address,
        _("ngày hết hạn"): project.expires_on,
        _("diện tích đất (ha)"): project.land_area_ha is not None,
        _("lao động dự kiến"): project.planned_workers is not None,
    }
    return [str(label) for label, value in recorded.items() if not value]
