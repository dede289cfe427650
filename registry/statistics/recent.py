"""What changed last: the records that the newest acts touched, as the public may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from registry.models import CapitalEntry, Certificate, Change, Milestone, Project, Source, Statement
from registry.vocabulary.publication import Publication

# Of so many changes are the newest records found: one act may touch one record many times.
CHANGES_READ = 200

# What is told under its project.
OF_PROJECT = {model.KIND: model for model in (CapitalEntry, Certificate, Milestone)}
# What is told at all, in the order in which a page names it.
KINDS = (Project.KIND, Source.KIND, Certificate.KIND, CapitalEntry.KIND, Milestone.KIND, Statement.KIND)


@dataclass(frozen=True)
class Recent:
    """One record that one act changed: ``verb`` of the change log, ``changed`` the kinds of what was changed in it.

    The name is empty where the public does not see the record (any more).
    """

    at: datetime
    verb: str
    kind: str
    code: str
    name: str
    name_en: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class _Owner:
    kind: str
    code: str
    name: str
    name_en: str


def recent_changes(*, most: int) -> list[Recent]:
    """The newest changes of projects, and of what belongs to them, newest act first; one for each act and
    record, and of one act the projects first.

    Empty when nothing was ever published. Source: the change log. Two queries.
    """
    # Coalesce: read from the newest change on, not all of these kinds by their index and then sorted.
    changes = Change.objects.exclude(feed_verb="").alias(what=Coalesce("kind", Value(""))).filter(what__in=KINDS)
    rows = list(changes.order_by("-seq").values_list("act_id", "act__at", "kind", "code", "feed_verb")[:CHANGES_READ])
    owners = _owners((kind, code) for _act, _at, kind, code, _verb in rows)
    found: dict[tuple, tuple[datetime, _Owner, dict[str, str]]] = {}
    for act, at, kind, code, verb in rows:
        owner = owners.get((kind, code))
        if owner:
            _at, _owner, verbs = found.setdefault((act, owner.kind, owner.code), (at, owner, {}))
            verbs.setdefault(kind, verb)
    newest = sorted(found.items(), key=lambda item: (-item[0][0], item[0][1] != Project.KIND))
    return [
        Recent(
            at=at, verb=verbs.get(owner.kind) or next(iter(verbs.values())),
            kind=owner.kind, code=owner.code, name=owner.name, name_en=owner.name_en,
            changed=tuple(kind for kind in KINDS if kind in verbs and kind != owner.kind),
        )
        for at, owner, verbs in [told for _key, told in newest[:most]]
    ]


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
    if kind == Project.KIND:
        return [_withdrawn_too(codes)]
    if kind == Source.KIND:
        return [_part(Source.objects.filter(code__in=codes), kind, F("code"), Source.KIND, "")]
    if kind == Statement.KIND:
        rows, code = Statement.objects.public().filter(pk__in=map(int, codes)), Cast("pk", CharField())
        return [
            _part(rows.filter(project__isnull=False), kind, code, Project.KIND, "project__"),
            _part(rows.filter(project__isnull=True), kind, code, Source.KIND, "source__"),
        ]
    return [_part(OF_PROJECT[kind].objects.filter(code__in=codes), kind, F("code"), Project.KIND, "project__")]


def _part(rows: QuerySet, kind: str, code, owner: str, path: str) -> QuerySet:
    """``path`` leads from a row to its owner, who is public."""
    return rows.filter(**{f"{path}publication": Publication.PUBLISHED}).order_by().values_list(
        Value(kind), code, Value(owner), f"{path}code", f"{path}name", f"{path}name_en"
    )


def _withdrawn_too(codes: list[str]) -> QuerySet:
    """A withdrawn project has its code and no name."""
    shown = Q(publication=Publication.PUBLISHED)
    names = [Case(When(shown, then=F(name)), default=Value("")) for name in ("name", "name_en")]
    rows = Project.objects.filter(code__in=codes).order_by()
    return rows.values_list(Value(Project.KIND), F("code"), Value(Project.KIND), F("code"), *names)
