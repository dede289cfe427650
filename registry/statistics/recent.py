"""What changed last: the records that the newest acts touched, as the public may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from registry.models import (
    Act,
    CapitalEntry,
    Certificate,
    Change,
    Engagement,
    Investor,
    Milestone,
    Opportunity,
    Policy,
    Project,
    Source,
    Statement,
    Zone,
    ZoneObservation,
)
from registry.models.base import Versioned
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.publication import Publication

# Of so many changes are the newest records found: one act may touch one record many times.
CHANGES_READ = 200

# What is told under its project.
OF_PROJECT = {model.KIND: model for model in (CapitalEntry, Certificate, Milestone)}
# Records told under their own name, or under their code where the public does not see them any more.
BY_NAME = {model.KIND: model for model in (Project, Investor, Zone, Policy, Engagement, Opportunity)}
# What the first page tells, in the order in which it names it, and what a feed tells.
KINDS = (Project.KIND, Source.KIND, Certificate.KIND, CapitalEntry.KIND, Milestone.KIND, Statement.KIND)
EVERYTHING = (*KINDS, *(kind for kind in BY_NAME if kind != Project.KIND), ZoneObservation.KIND)


@dataclass(frozen=True)
class Recent:
    """One record that one act changed: ``verb`` of the change log, ``changed`` the kinds of what was changed in it,
    ``parts`` the kind and code of each of those.

    The name is empty where the public does not see the record (any more).
    """

    act: int
    at: datetime
    verb: str
    kind: str
    code: str
    name: str
    name_en: str
    changed: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Owner:
    kind: str
    code: str
    name: str
    name_en: str


def recent_changes(
    *, most: int, kinds: tuple[str, ...] = KINDS, projects: QuerySet | None = None, record: Versioned | None = None
) -> list[Recent]:
    """The newest changes of projects and sources, and of what belongs to them, newest act first; one for each act and
    record, and of one act the projects first. ``projects`` narrows them to these, ``record`` adds what was done to it.

    Empty when nothing was ever published. Source: the change log. Two queries, ten at most where they are narrowed.
    """
    # The moment as a subquery: a join would let SQLite begin at the acts and read every change.
    moment = Subquery(Act.objects.filter(pk=OuterRef("act")).values("at"))
    changes = Change.objects.exclude(feed_verb="").order_by("-seq").annotate(at=moment)
    # Coalesce: read from the newest change on, not all of these kinds by their index and then sorted.
    of_kinds = changes.alias(what=Coalesce("kind", Value(""))).filter(what__in=kinds)
    asked = [of_kinds] if projects is None else _touching(changes, projects, record)
    columns = ("seq", "act_id", "at", "kind", "code", "feed_verb")
    found = [row for each in asked for row in each.values_list(*columns)[:CHANGES_READ]]
    rows = [row for _seq, *row in sorted(found, reverse=True)[:CHANGES_READ]]
    owners = _owners((kind, code) for _act, _at, kind, code, _verb in rows)
    deeds: dict[tuple, tuple[datetime, _Owner, dict[tuple[str, str], str]]] = {}
    for act, at, kind, code, verb in rows:
        owner = owners.get((kind, code))
        if owner:
            _at, _owner, verbs = deeds.setdefault((act, owner.kind, owner.code), (at, owner, {}))
            verbs.setdefault((kind, code), verb)
    newest = sorted(deeds.items(), key=lambda item: (-item[0][0], item[0][1] != Project.KIND))
    return [_recent(act, at, owner, verbs, kinds) for (act, *_key), (at, owner, verbs) in newest[:most]]


def _recent(act: int, at: datetime, owner: _Owner, verbs: dict[tuple[str, str], str], kinds) -> Recent:
    touched = {kind for kind, _code in verbs}
    return Recent(
        act=act, at=at, verb=verbs.get((owner.kind, owner.code)) or next(iter(verbs.values())),
        kind=owner.kind, code=owner.code, name=owner.name, name_en=owner.name_en,
        changed=tuple(kind for kind in kinds if kind in touched and kind != owner.kind),
        parts=tuple(reversed([part for part in verbs if part[0] != owner.kind])),
    )


def _touching(changes: QuerySet, projects: QuerySet, record: Versioned | None) -> list[QuerySet]:
    """The changes of these projects, withdrawn ones too, of what belongs to them, and of a record: one question for
    each kind, of the projects that were changed last. What changes a part changes its project too, a statement may
    not."""
    newest = list(projects.order_by("-updated_at", "-pk").values_list("pk", "code")[:CHANGES_READ])
    keys = [key for key, _code in newest]
    statements = Statement.objects.filter(project__in=projects.order_by().values("pk")).order_by("-updated_at", "-pk")
    codes = {Project.KIND: [code for _key, code in newest],
             Statement.KIND: [str(key) for key in statements.values_list("pk", flat=True)[:CHANGES_READ]]}
    for model in OF_PROJECT.values():
        codes[model.KIND] = model.objects.filter(project__in=keys).order_by().values("code")
    if isinstance(record, Zone):
        codes[ZoneObservation.KIND] = ZoneObservation.objects.filter(zone=record).order_by().values("code")
    asked = [changes.filter(kind=kind, code__in=of_kind) for kind, of_kind in codes.items()]
    is_told = record is not None and record.KIND in BY_NAME
    return [*asked, changes.filter(kind=record.KIND, code=record.code)] if is_told else asked


def _owners(touched: Iterable[tuple[str, str]]) -> dict[tuple[str, str], _Owner]:
    """The public owner of each touched record, by its kind and code. One query, none when nothing was touched."""
    codes: dict[str, list[str]] = {}
    for kind, code in touched:
        codes.setdefault(kind, []).append(code)
    parts = [part for kind, of_kind in codes.items() for part in _parts(kind, of_kind)]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True)
    return {(kind, code): _Owner(*owner) for kind, code, *owner in rows}


def _parts(kind: str, codes: list[str]) -> list[QuerySet]:
    """(kind, code, owner's kind, its code, name and English name) of these records of one kind."""
    if kind in BY_NAME:
        return [_withdrawn_too(BY_NAME[kind], codes)]
    if kind == Source.KIND:
        return [_part(Source.objects.filter(code__in=codes), kind, F("code"), Source.KIND, "")]
    if kind == Statement.KIND:
        rows, code = Statement.objects.public().filter(pk__in=map(int, codes)), Cast("pk", CharField())
        return [
            _part(rows.filter(project__isnull=False), kind, code, Project.KIND, "project__"),
            _part(rows.filter(project__isnull=True), kind, code, Source.KIND, "source__"),
        ]
    if kind == ZoneObservation.KIND:
        seen = ZoneObservation.objects.public().filter(code__in=codes)
        return [_part(seen, kind, F("code"), Zone.KIND, "zone__")]
    return [_part(OF_PROJECT[kind].objects.filter(code__in=codes), kind, F("code"), Project.KIND, "project__")]


def _part(rows: QuerySet, kind: str, code, owner: str, path: str) -> QuerySet:
    """``path`` leads from a row to its owner, who is public."""
    return rows.filter(**{f"{path}publication": Publication.PUBLISHED}).order_by().values_list(
        Value(kind), code, Value(owner), f"{path}code", f"{path}name", f"{path}name_en"
    )


def _withdrawn_too(model, codes: list[str]) -> QuerySet:
    """A withdrawn record has its code and no name; so has a natural person."""
    shown = Q(publication=Publication.PUBLISHED)
    if model is Investor:
        shown &= ~Q(kind=InvestorKind.PERSON)
    names = [Case(When(shown, then=F(name)), default=Value("")) for name in ("name", "name_en")]
    rows = model.objects.filter(code__in=codes).order_by()
    return rows.values_list(Value(model.KIND), F("code"), Value(model.KIND), F("code"), *names)
