"""Random edits of a register, as officers make them: in acts of one or many, by every kind of action that the public
hears of, and some that it does not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from registry.actions import capital, record, statement
from registry.actions.merge import check_mergeable, merge
from registry.actions.project import withdraw_project
from registry.actions.writing import Writing
from registry.models import (
    AdministrativeUnit,
    CapitalEntry,
    Country,
    Engagement,
    Enterprise,
    Investor,
    Milestone,
    Opportunity,
    Policy,
    Project,
    Registrar,
    Sector,
    Source,
    Statement,
    Zone,
)
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import Review
from tests import build
from tests.api.furniture import tax_codes

NAMED = (Investor, Enterprise, Zone, Source)
LISTED = (Sector, Country, AdministrativeUnit, Registrar)
# What an officer points elsewhere: the field of each noun that names a record of another.
POINTED = (
    (Project, "sector", Sector), (Project, "registrar", Registrar), (Project, "place", AdministrativeUnit),
    (Investor, "country", Country), (Investor, "parent_country", Country), (Investor, "parent", Investor),
    (Zone, "parent", Zone), (AdministrativeUnit, "successor", AdministrativeUnit), (Registrar, "successor", Registrar),
    (Opportunity, "sector", Sector), (Opportunity, "zone", Zone), (Opportunity, "place", AdministrativeUnit),
    (Opportunity, "investor", Investor), (Engagement, "project", Project), (Engagement, "investor", Investor),
    (Policy, "source", Source),
)
STATES = (Publication.PUBLISHED, Publication.PUBLISHED, Publication.PUBLISHED, Publication.DRAFT)


@dataclass
class Edits:
    """``make(n)`` makes n edits; the same seed makes the same ones."""

    random: Random
    count: int = 0
    tax_codes: Iterator[str] = field(default_factory=tax_codes)

    def make(self, edits: int, *, at_once: int = 1, among: Sequence[Callable] = ()) -> None:
        while edits > 0:
            with build.act() as act:
                for _each in range(min(at_once, edits)):
                    self.random.choice(among or EDITS)(self, act)
            edits -= at_once

    def name(self) -> str:
        self.count += 1
        return f"SYN {self.count} “Hoa Sen” & Cộng sự"

    def one(self, rows):
        """Any of these; None where there are none."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.get(pk=self.random.choice(keys)) if keys else None

    def open_project(self, act: Writing) -> None:
        build.make_project(
            act=act, name=self.name(), publication=self.random.choice(STATES), zone=self.one(Zone.objects.all()),
            investors=[self.one(Investor.objects.all()) or build.make_investor(act=act)],
            enterprise=self.one(Enterprise.objects.all()), source=self.one(Source.objects.all()))

    def create(self, act: Writing) -> None:
        make = self.random.choice((build.make_investor, build.make_enterprise, build.make_source, build.make_zone))
        make(act=act, name=self.name(), publication=self.random.choice(STATES))

    def rename(self, act: Writing) -> None:
        found = self.one(self.random.choice((*NAMED, Project)).objects.all())
        if found:
            record.amend(act=act, record=found, name=self.name())

    def rename_what_many_name(self, act: Writing) -> None:
        """Where any project or opportunity has it, so that there is somebody to carry the new name to."""
        model = self.random.choice(LISTED)
        used = model.objects.filter(pk__in=Project.objects.values("sector")) if model is Sector else model.objects.all()
        if found := self.one(used):
            record.amend(act=act, record=found, name=self.name())

    def number_anew(self, act: Writing) -> None:
        if found := self.one(Enterprise.objects.all()):
            record.amend(act=act, record=found, tax_code=next(self.tax_codes))

    def point(self, act: Writing) -> None:
        model, field, other = self.random.choice(POINTED)
        found, to = self.one(model.objects.all()), self.one(other.objects.all())
        if found and to and found != to:
            with suppress(RuleBroken):
                record.amend(act=act, record=found, **{field: to})

    def promote(self, act: Writing) -> None:
        model, more = self.random.choice(
            ((Policy, {}), (Engagement, {"kind": "visit"}), (Opportunity, {"kind": "call"})))
        build.make(model, act=act, name=self.name(), publication=self.random.choice(STATES),
                   source=self.one(Source.objects.all()), **more)

    def show_or_hide(self, act: Writing) -> None:
        if found := self.one(self.random.choice(NAMED).objects.all()):
            self.turn_publication(act, found)

    def turn_publication(self, act: Writing, found) -> None:
        if found.publication == Publication.PUBLISHED:
            record.withdraw(act=act, record=found, reason="Ghi nhầm")
        else:
            record.publish(act=act, record=found)

    def change_nothing(self, act: Writing) -> None:
        found = self.one(Project.objects.all())
        if found:
            record.amend(act=act, record=found, name=found.name)

    def enter(self, act: Writing) -> None:
        if project := self.one(self.going_on()):
            build.make_entry(project, self.random.randint(1, 10**9), act=act)

    def reverse(self, act: Writing) -> None:
        if entry := self.one(CapitalEntry.objects.standing().filter(project__in=self.going_on())):
            capital.reverse(act=act, entry=entry)

    def mark(self, act: Writing) -> None:
        if project := self.one(self.going_on()):
            build.make_milestone(project, act=act, kind=self.random.choice(("chosen", "ground_breaking")),
                                 source=self.one(Source.objects.all()))

    def state(self, act: Writing) -> None:
        subject = self.one(self.random.choice((Project, Investor, Zone)).objects.all())
        if subject:
            build.make_statement(act=act, subject=subject, subject_kind=subject.KIND, subject_name=subject.name,
                                 kind=self.random.choice(("plan", "reported")), value=str(self.random.randint(1, 999)))

    def judge(self, act: Writing) -> None:
        if found := self.one(Statement.objects.filter(review=Review.OPEN)):
            self.random.choice((
                lambda: statement.accept(act=act, statement=found),
                lambda: statement.review(act=act, statement=found, as_=Review.REJECTED),
                lambda: statement.propose_conflicts(act=act, statement=found),
            ))()

    def accept_into(self, act: Writing) -> None:
        """Into an entry, from a source that may be hidden; also what rested on another entry before."""
        if entry := self.one(CapitalEntry.objects.standing().filter(project__in=self.going_on())):
            found = self.one(Statement.objects.filter(project=entry.project)) or build.make_statement(
                act=act, subject=entry.project, subject_name=entry.project.name,
                source=build.make_source(act=act, name=self.name(), publication=self.random.choice(STATES)))
            statement.accept(act=act, statement=found, into=entry)

    def reconsider(self, act: Writing) -> None:
        if found := self.one(Statement.objects.exclude(review=Review.OPEN)):
            as_ = self.random.choice((Review.REJECTED, Review.SUPERSEDED, Review.DISPUTED))
            statement.review(act=act, statement=found, as_=as_)

    def speak_of_another(self, act: Writing) -> None:
        """What was copied wrong: it spoke of another project."""
        found, other = self.one(Statement.objects.filter(project__isnull=False)), self.one(Project.objects.all())
        if found:
            statement.correct(act=act, statement=found, version=found.version, project=other)

    def show_or_hide_behind(self, act: Writing) -> None:
        """A source on which entries rest by its statements."""
        behind = Statement.objects.filter(promoted_kind=CapitalEntry.KIND)
        if found := self.one(Source.objects.filter(statements__in=behind).distinct()):
            self.turn_publication(act, found)

    def adopt(self, act: Writing) -> None:
        daughter, parent = self.one(Investor.objects.all()), self.one(Investor.objects.all())
        if daughter and daughter != parent:
            record.amend(act=act, record=daughter, parent=parent)

    def turn_person(self, act: Writing) -> None:
        """A parent is found to be a natural person, or none."""
        if parent := self.one(Investor.objects.filter(subsidiaries__isnull=False).distinct()):
            kind = InvestorKind.ORGANISATION if parent.is_person else InvestorKind.PERSON
            record.amend(act=act, record=parent, kind=kind)

    def merge(self, act: Writing) -> None:
        rows = self.random.choice((Investor, Enterprise)).objects.all()
        winner, loser = self.one(rows), self.one(rows)
        if winner is None or act.has_noted(loser):  # what an act has made it does not merge away
            return
        with suppress(RuleBroken):
            check_mergeable(winner, loser)
            merge(act=act, winner=winner, loser=loser)

    def withdraw_project(self, act: Writing) -> None:
        if self.random.random() < 0.3 and (project := self.one(self.going_on())):
            withdraw_project(act=act, project=project, reason="Ghi nhầm")

    def going_on(self):
        return Project.objects.public()

    def observe(self, act: Writing) -> None:
        if zone := self.one(Zone.objects.all()):
            build.make_observation(act=act, zone=zone, value=self.random.randint(1, 99))

    def reword(self, act: Writing) -> None:
        if milestone := self.one(Milestone.objects.filter(project__in=self.going_on())):
            record.amend(act=act, record=milestone, words=self.name())


EDITS: tuple[Callable, ...] = (
    Edits.open_project, Edits.create, Edits.create, Edits.rename, Edits.rename, Edits.show_or_hide,
    Edits.change_nothing, Edits.enter, Edits.enter, Edits.reverse, Edits.mark, Edits.state, Edits.judge,
    Edits.withdraw_project, Edits.observe, Edits.reword, Edits.merge, Edits.accept_into, Edits.reconsider,
    Edits.speak_of_another, Edits.show_or_hide_behind, Edits.adopt, Edits.turn_person, Edits.rename_what_many_name,
    Edits.rename_what_many_name, Edits.number_anew, Edits.point, Edits.point, Edits.point, Edits.promote,
)
# What others rest on, then what changes the documents of others.
BASIS: tuple[Callable, ...] = (Edits.open_project, Edits.create, Edits.enter, Edits.adopt, Edits.accept_into)
OF_OTHERS: tuple[Callable, ...] = (
    Edits.accept_into, Edits.reconsider, Edits.speak_of_another, Edits.show_or_hide_behind, Edits.adopt,
    Edits.turn_person, Edits.show_or_hide, Edits.rename_what_many_name, Edits.point,
)
