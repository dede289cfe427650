"""What changed last: the records that the newest acts touched, as the public may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from registry.models import (
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

    Empty when nothing was ever published. Source: the change log. Two queries.
    """
    changes = Change.objects.exclude(feed_verb="").filter(kind__in=kinds).order_by("-seq")
    if projects is not None:
        changes = changes.filter(_touching(projects, record))
    rows = list(changes.values_list("act_id", "act__at", "kind", "code", "feed_verb")[:CHANGES_READ])
    owners = _owners((kind, code) for _act, _at, kind, code, _verb in rows)
    found: dict[tuple, tuple[datetime, _Owner, dict[tuple[str, str], str]]] = {}
    for act, at, kind, code, verb in rows:
        owner = owners.get((kind, code))
        if owner:
            _at, _owner, verbs = found.setdefault((act, owner.kind, owner.code), (at, owner, {}))
            verbs.setdefault((kind, code), verb)
    newest = sorted(found.items(), key=lambda item: (-item[0][0], item[0][1] != Project.KIND))
    return [_recent(act, at, owner, verbs, kinds) for (act, *_key), (at, owner, verbs) in newest[:most]]


def _recent(act: int, at: datetime, owner: _Owner, verbs: dict[tuple[str, str], str], kinds) -> Recent:
    touched = {kind for kind, _code in verbs}
    return Recent(
        act=act, at=at, verb=verbs.get((owner.kind, owner.code)) or next(iter(verbs.values())),
        kind=owner.kind, code=owner.code, name=owner.name, name_en=owner.name_en,
        changed=tuple(kind for kind in kinds if kind in touched and kind != owner.kind),
        parts=tuple(reversed([part for part in verbs if part[0] != owner.kind])),
    )


def _touching(projects: QuerySet, record: Versioned | None) -> Q:
    """The changes of these projects, withdrawn ones too, of what belongs to them, and of a record."""
    keys = projects.order_by().values("pk")
    statements = Statement.objects.filter(project__in=keys).order_by().annotate(key=Cast("pk", CharField()))
    touched = Q(kind=Project.KIND, code__in=projects.order_by().values("code"))
    touched |= Q(kind=Statement.KIND, code__in=statements.values("key"))
    for model in OF_PROJECT.values():
        touched |= Q(kind=model.KIND, code__in=model.objects.filter(project__in=keys).order_by().values("code"))
    if record is not None:
        touched |= Q(kind=record.KIND, code=record.code)
    if isinstance(record, Zone):
        seen = ZoneObservation.objects.filter(zone=record).order_by().values("code")
        touched |= Q(kind=ZoneObservation.KIND, code__in=seen)
    return touched


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
