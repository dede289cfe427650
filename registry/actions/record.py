"""What officers do to any plain noun: create, amend, publish, withdraw."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from registry.models import Enterprise, Investor, Project, Source, Zone
from registry.models.base import Publishable, Searchable
from registry.models.rows import update_rows
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication

from .days import check_days
from .project_number import check_number
from .told import tell_referrers
from .two_persons import check_second_person
from .writing import Writing

PREFIX = {"project": "BN", "investor": "INV", "enterprise": "ENT", "source": "SRC", "policy": "POL",
          "engagement": "ENG", "opportunity": "OPP", "registrar": "REG", "correction": "COR",
          "import-batch": "IMP", "partner": "PAR", "published-figure": "PUB"}

# What becomes public, or ceases to be, together with its owner.
CHILDREN = {
    Project: ("milestones", "certificates", "entries"),
    Enterprise: ("entries",),
    Source: ("statements", "observations"),
    Zone: ("observations",),
}

MADE_FROM_OTHERS = {"name_sort", "search_folded", "search_marked"}

CALLED_BY = {"name", "name_en", "name_native", "tax_code", "activity", "kind", "publication"}

# What a project's search text is made from.
SPEAKS_FOR_PROJECTS = {Investor: "stakes__investor", Enterprise: "enterprise", Zone: "zone"}


class InvalidRecord(RuleBroken):
    """A record of ``model`` breaks a constraint; ``errors`` maps each field to its messages (empty name: the whole)."""

    code = "invalid-record"
    message = _("%(record)s: %(problems)s")

    def __init__(self, record, error: ValidationError):
        self.model = type(record)
        self.errors = {
            "" if field == NON_FIELD_ERRORS else field: messages
            for field, messages in error.message_dict.items()
        }
        problems = "; ".join(
            f"{field}: {' '.join(messages)}" if field else " ".join(messages)
            for field, messages in self.errors.items()
        )
        super().__init__(record=record._meta.verbose_name, problems=problems, field=next(iter(self.errors)))


class StaleVersion(RuleBroken):
    code = "stale-version"
    message = _("%(code)s đã được người khác sửa (phiên bản %(seen)s không còn là bản mới nhất). "
                "Hãy mở lại bản ghi, so sánh hai bản và lưu lần nữa; chưa có gì bị ghi đè.")


class AlreadyPublished(RuleBroken):
    code = "already-published"
    message = _("%(code)s đã được công bố.")


class NotPublished(RuleBroken):
    code = "not-published"
    message = _("%(code)s chưa được công bố; hãy công bố trước.")


def create(*, act: Writing, record, related: Mapping[str, list] | None = None):
    """Write a new record, with a code if it has none; ``related`` sets many-to-many fields. Returns it.

    Raises InvalidRecord, what ``check_days`` says, and OwnChange where it is published at once against the two-person
    rule; nothing is written then.
    """
    check_days(record, on=act.on)
    if isinstance(record, Project):
        check_number(record, record.irc_code)
    if isinstance(record, Publishable) and record.publication == Publication.PUBLISHED:
        check_second_person(act=act, record=record)
    return bring_back(act=act, record=record, related=related)


def bring_back(*, act: Writing, record, related: Mapping[str, list] | None = None):
    """Write a record in a state in which the register had it; ``related`` as for a new one. Returns it.

    What the public saw needs no second person to be seen again. Raises InvalidRecord; nothing is written then.
    """
    if not record.code and record.KIND in PREFIX:
        record.code = act.next_code(PREFIX[record.KIND])
    record.updated_at = act.at
    if isinstance(record, Searchable):
        record.indexed()
    validate(record)
    record.save(force_insert=True)
    for field, values in (related or {}).items():
        getattr(record, field).set(values)
    act.created(record)
    return record


def amend(*, act: Writing, record, version: int | None = None, related: Mapping[str, list] | None = None, **changes):
    """Change the named fields of a record; a change that changes nothing leaves no trace. Returns it.

    ``version`` is the one the officer saw (by default the one just read). Raises StaleVersion when
    another writer was first, InvalidRecord when the result breaks a rule, and what ``check_days`` says of the days that
    change; nothing is written then.
    """
    seen = record.version if version is None else version
    columns = differing(record, changes)
    lists = {
        field: values for field, values in (related or {}).items()
        if {row.pk for row in getattr(record, field).all()} != {row.pk for row in values}
    }
    if not columns and not lists:
        return record
    act.see(record)
    for field, value in columns.items():
        setattr(record, field, value)
    if isinstance(record, Searchable):
        record.indexed()
    check_days(record, on=act.on, changed=columns)
    if "irc_code" in columns:
        check_number(record, columns["irc_code"])
    validate(record)
    for field, values in lists.items():
        getattr(record, field).set(values)
    made = MADE_FROM_OTHERS.intersection(field.attname for field in record._meta.concrete_fields)
    _save_version(act, record, seen, columns.keys() | made)
    if renames(columns) and type(record) in SPEAKS_FOR_PROJECTS:
        reindex_projects(**{SPEAKS_FOR_PROJECTS[type(record)]: record})
    if "kind" in columns and isinstance(record, Investor):
        reindex_statements(record)
        tell_referrers(act=act, record=record)  # a natural person is no known parent, and nowhere has a name
    return record


def check_seen(*, record, version: int) -> None:
    """Raises StaleVersion where the record has moved on since the officer saw this version of it."""
    if record.version != version:
        raise StaleVersion(code=record.code, seen=version)


def touch(*, act: Writing, record) -> None:
    """Raise a record's version because something that belongs to it changed. Once an act."""
    if act.has_noted(record):
        return
    # Not ``record`` itself: it may have been read before another act changed it.
    act.see(type(record).objects.get(pk=record.pk))
    type(record).objects.filter(pk=record.pk).update(version=F("version") + 1, updated_at=act.at)
    record.refresh_from_db(fields=["version", "updated_at"])


def publish(*, act: Writing, record, **settled):
    """Let the public see a record and what belongs to it; ``settled`` are columns that change with it.

    Raises AlreadyPublished, and OwnChange where the user of this act has changed it since it was last published.
    """
    if record.publication == Publication.PUBLISHED:
        raise AlreadyPublished(code=record.code)
    children = _children_of(record)
    check_second_person(act=act, record=record, children=children)
    for child in children:
        act.see(child)
    tell_referrers(act=act, record=record)
    return amend(act=act, record=record, publication=Publication.PUBLISHED, withdrawn_reason="", **settled)


def withdraw(*, act: Writing, record, reason: str):
    """Take a published record out of the public's sight; its address answers 410 with the reason.

    Raises NotPublished. Projects have an action of their own, which also empties their ledger.
    """
    if record.publication != Publication.PUBLISHED:
        raise NotPublished(code=record.code)
    for child in _children_of(record):
        act.see(child)
    tell_referrers(act=act, record=record)
    return amend(act=act, record=record, publication=Publication.WITHDRAWN, withdrawn_reason=reason)


def validate(record) -> None:
    """Check every rule that the database holds, and say which one is broken."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise InvalidRecord(record, error) from error


def reindex_projects(**which) -> None:
    """Make the search text of these projects again; their public form does not change."""
    projects = list(
        Project.objects.filter(**which).select_related("enterprise", "zone").prefetch_related("stakes__investor")
    )
    for project in projects:
        project.indexed()
    update_rows(projects, ("search_folded", "search_marked"))


def reindex_statements(investor: Investor) -> None:
    """Make the search text of what sources say of this investor again: a natural person is not found by name."""
    statements = list(investor.statements.all())
    for statement in statements:
        statement.investor = investor
        statement.indexed()
    update_rows(statements, ("search_folded", "search_marked"))


def renames(columns: Iterable[str]) -> bool:
    """Whether these columns are among those by which others are found."""
    return not CALLED_BY.isdisjoint(columns)


def _children_of(record) -> list:
    return [child for relation in CHILDREN.get(type(record), ()) for child in getattr(record, relation).all()]


def differing(record, changes: Mapping) -> dict:
    """The columns of a record that would change; a vague day is three of them."""
    columns = {}
    for name, value in changes.items():
        if isinstance(getattr(type(record), name, None), property):
            stem = name.removesuffix("_on")
            day: VagueDay | None = value
            columns |= {
                f"{stem}_earliest": day and day.earliest, f"{stem}_latest": day and day.latest,
                f"{stem}_words": day.words if day else "",
            }
        else:
            columns[name] = value
    return {name: value for name, value in columns.items() if getattr(record, name) != value}


def _save_version(act: Writing, record, seen: int, columns) -> None:
    """Write the columns, if the version is still the one seen: the check stands in the UPDATE itself."""
    record.updated_at = act.at
    updated = type(record).objects.filter(pk=record.pk, version=seen).update(
        **{column: getattr(record, column) for column in columns}, updated_at=act.at, version=F("version") + 1
    )
    if not updated:
        raise StaleVersion(code=record.code, seen=seen)
    record.version = seen + 1
