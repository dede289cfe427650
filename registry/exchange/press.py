"""The press facts: five articles, what they state, and the records that an officer makes of them."""

from collections.abc import Callable
from decimal import Decimal

from registry.actions import capital, milestone, statement, zone
from registry.actions.project import StakeGiven, open_project
from registry.actions.record import create
from registry.actions.writing import Writing
from registry.models import (
    Act,
    AdministrativeUnit,
    Conflict,
    Country,
    Engagement,
    Enterprise,
    Investor,
    Policy,
    Project,
    Sector,
    Source,
    Zone,
)
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import Review, SourceKind, SubjectKind

from .fixtures import read, row_of, rows_of, vague_day

RECORDS, STATEMENTS = "press_records", "press_statements"
REASON = "Nạp nội dung của năm bài báo"


def is_loaded() -> bool:
    return Act.objects.filter(reason=REASON).exists()


def load_press(act: Writing) -> int:
    """Load all of it in one act; return the number of statements. Call it once: see ``is_loaded``."""
    loader = Loader(act, read(RECORDS), rows_of(STATEMENTS, "reference"))
    for step in (loader.sources, loader.investors, loader.enterprises, loader.projects, loader.promotion,
                 loader.statements, loader.openings, loader.milestones, loader.observations, loader.reviews,
                 loader.conflicts):
        step()
    return len(loader.rows)


class Loader:
    """One run over the fixture; ``made`` finds each record by its kind and its key in the fixture."""

    def __init__(self, act: Writing, records: dict, rows: list[dict]):
        self.act, self.records, self.rows = act, records, rows
        self.made: dict[tuple[str, str], object] = {}
        for kind, model in (("zone", Zone), ("place", AdministrativeUnit), ("country", Country), ("sector", Sector)):
            self.made |= {(kind, each.code): each for each in model.objects.all()}

    def get(self, kind: str, key: str | None):
        return None if key is None else self.made[kind, key]

    def each(self, name: str, build: Callable[[dict], object]) -> None:
        """Build every row of a list of the fixture; a broken row is named."""
        for number, row in enumerate(self.records[name], start=1):
            with row_of(RECORDS, f"{name} {row.get('key') or number}"):
                record = build(row)
                self.made[record.KIND, row["key"]] = record

    def sources(self) -> None:
        self.each("sources", lambda row: create(act=self.act, record=Source(
            reference=row["key"], kind=SourceKind.ARTICLE, name=row["title"], name_en=row["title_en"],
            published_on=vague_day(row["published"]), known_from=row["known_from"],
            publication=Publication.PUBLISHED,
        )))

    def investors(self) -> None:
        self.each("investors", lambda row: create(act=self.act, record=Investor(
            name=row["name"], country=self.get("country", row["country"]), publication=Publication.PUBLISHED,
        )))

    def enterprises(self) -> None:
        self.each("enterprises", lambda row: create(act=self.act, record=Enterprise(
            name=row["name"], activity=row["activity"], publication=Publication.PUBLISHED,
        )))

    def projects(self) -> None:
        self.each("projects", lambda row: open_project(
            act=self.act,
            project=Project(
                name=row["name"], name_en=row["name_en"], objective=row["objective"],
                objective_en=row["objective_en"], enterprise=self.get("enterprise", row["enterprise"]),
                zone=self.get("zone", row["zone"]), sector=self.get("sector", row["sector"]), status=row["status"],
                source=self.get("source", row["source"]), publication=Publication.PUBLISHED,
            ),
            stakes=[StakeGiven(self.get("investor", key)) for key in row["investors"]],
        ))

    def promotion(self) -> None:
        self.each("policies", lambda row: create(act=self.act, record=Policy(
            name=row["name"], name_en=row["name_en"], summary=row["summary"], summary_en=row["summary_en"],
            number=row["number"], issuer=row["issuer"], issued_on=vague_day(row["issued"]), reality=row["reality"],
            source=self.get("source", row["source"]), publication=Publication.PUBLISHED,
        )))
        self.each("engagements", lambda row: create(act=self.act, record=Engagement(
            kind=row["kind"], name=row["name"], name_en=row["name_en"], held_on=vague_day(row["held"]),
            reality=row["reality"], parties=row["parties"], outcome=row["outcome"],
            project=self.get("project", row["project"]), investor=self.get("investor", row["investor"]),
            source=self.get("source", row["source"]), publication=Publication.PUBLISHED,
        )))

    def statements(self) -> None:
        for row in self.rows:
            with row_of(STATEMENTS, row["reference"]):
                kind = row["subject_kind"]
                self.made["statement", row["reference"]] = statement.state(
                    act=self.act, source=self.get("source", row["source"]), subject_kind=kind,
                    subject_name=row["subject"],
                    subject=None if kind == SubjectKind.PERSON else self.get(kind, row["record"]),
                    attribute=row["attribute"], kind=row["kind"], value=row["value"], unit=row["unit"],
                    qualifier=row["qualifier"], date=vague_day(row["date"]), period_words=row["period_words"],
                    reality=row["reality"], locator=f"paragraph {row['paragraph']}", reference=row["reference"],
                    note=row["note"],
                )

    def openings(self) -> None:
        """A total as the press reports it, where the earlier steps are unknown."""
        def build(row: dict):
            stated = self.get("statement", row["statement"])
            return capital.enter(
                act=self.act, project=self.get("project", row["project"]), kind=CapitalKind.OPENING,
                amount_usd=stated.amount_usd, decided_on=stated.date, source=stated.source,
            )

        self.each("openings", build)

    def milestones(self) -> None:
        def build(row: dict):
            stated = self.get("statement", row["statement"])
            return milestone.mark(
                act=self.act, project=self.get("project", row["project"]), kind=row["kind"], reality=row["reality"],
                happened_on=stated.date, words="" if stated.date else stated.period_words, source=stated.source,
            )

        self.each("milestones", build)

    def observations(self) -> None:
        def build(row: dict):
            stated = self.get("statement", row["statement"])
            return zone.observe(
                act=self.act, place=self.get("place", row["place"]), attribute=row["attribute"],
                value=Decimal(stated.value), qualifier=stated.qualifier or "", observed_on=stated.date,
                method=row["method"], source=stated.source,
            )

        self.each("observations", build)

    def reviews(self) -> None:
        for row in self.rows:
            with row_of(STATEMENTS, row["reference"]):
                stated = self.get("statement", row["reference"])
                if row["review"] == Review.ACCEPTED:
                    statement.accept(act=self.act, statement=stated, into=self.get(*row["into"] or ("", None)))
                elif row["review"] != stated.review:
                    statement.review(act=self.act, statement=stated, as_=row["review"])

    def conflicts(self) -> None:
        """What the rule finds, and what an officer adds by hand; all confirmed."""
        for stated in [self.get("statement", row["reference"]) for row in self.rows]:
            statement.propose_conflicts(act=self.act, statement=stated)
        for row in self.records["conflicts"]:
            with row_of(RECORDS, " ≠ ".join(row["statements"])):
                one, other = (self.get("statement", reference) for reference in row["statements"])
                if row["found_by_rule"]:
                    conflict = Conflict.objects.get(first=one, second=other)
                else:
                    conflict = statement.oppose(act=self.act, one=one, other=other, why=row["why"])
                conflict.first, conflict.second = one, other
                statement.confirm(act=self.act, conflict=conflict, outcome=row["outcome"])
