"""Taking a whole import back: its drafts deleted, or what it published reversed, withdrawn and restored."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.models import (
    CapitalEntry,
    Change,
    Conflict,
    Enterprise,
    ImportBatch,
    ImportRow,
    OperatingReport,
    Project,
    ProjectAsKnown,
    Source,
    Stake,
    ZoneObservation,
)
from registry.models.rows import in_chunks, update_rows
from registry.vocabulary.batch import BatchState
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication
from registry.vocabulary.report import ReportState

from .amend_many import Amendment, amend_many
from .batch import amend_rows, made_by, move_batch, realising, reindex_around
from .batch_drafts import ORDER, PUBLISHED
from .batch_rows import last_change, named, says_same, told, with_records
from .bulk import delete_many, move_many, touch_many
from .capital_many import mirror_many
from .collecting import collecting_later
from .later import by_record, felt, left_of
from .payload import state_of
from .report_conflict import follow
from .report_many import withdraw_many
from .told import public_referrers, tell_all
from .writing import Writing

# Numbers of which each belongs to one record: a record that should not have been gives them free for the right one.
FREED = {Project: {"irc_code": None}, Enterprise: {"tax_code": None}}

# What says that a report was taken in, and what of a row's relations says whether anything is left of it.
TAKEN_IN = {"state", "entry_id"}
JOINED = {"project", "report", "reverses", "reversed_by"}


class RestsOnIt(RuleBroken):
    """Later changes rest on the batch; ``items`` names every one of them."""

    code = "rests-on-it"
    message = _("Không hoàn tác được lô %(code)s: %(count)s thay đổi sau đó dựa vào nó (%(items)s). "
                "Hãy hoàn tác hoặc gỡ các thay đổi đó trước; chưa có gì được ghi.")

    def __init__(self, batch: ImportBatch, items: list[str]):
        self.items = items
        super().__init__(code=batch.code, count=len(items), items=named(items, len(items)))


class UndoneAlready(RuleBroken):
    code = "undone-already"
    message = _("Lô %(code)s đã được hoàn tác.")


@collecting_later()
def undo(*, act: Writing, batch: ImportBatch, reason: str) -> ImportBatch:
    """Take a batch back. Before it is published its drafts are deleted; after that its entries are reversed, its
    records withdrawn with the reason (their numbers given free), and what it amended is restored. What somebody has
    reversed or withdrawn by then stays as it is.

    Raises UndoneAlready, RestsOnIt; nothing is written then.
    """
    batch = ImportBatch.objects.get(pk=batch.pk)
    if batch.state == BatchState.UNDONE:
        raise UndoneAlready(code=batch.code)
    made = made_by(batch)
    rows = [row for row in batch.rows.order_by("number") if row.after]
    published = batch.state == BatchState.PUBLISHED
    at_stake = _without_withdrawn(made) if published else made
    items = [*_changed_since(batch, at_stake), *_referring(made, at_stake, published)]
    if published:
        items += _amended_since(rows)
    if items:
        raise RestsOnIt(batch, list(dict.fromkeys(items)))
    act.belongs_to(batch)
    move_batch(act, batch, BatchState.UNDONE)
    if published:
        _take_back(act, made, rows, reason)
    else:
        for model in (*reversed(ORDER), Source):
            delete_many(act=act, records=made.get(model, []))
    return batch


def _take_back(act: Writing, made: dict[type, list], rows: list[ImportRow], reason: str) -> None:
    amended = amend_rows(act, [(row, None, row.before) for row in rows])
    delete_many(act=act, records=made.get(ZoneObservation, []))
    made = made | {CapitalEntry: _standing(made.get(CapitalEntry, []))}
    owners, in_force = _owners_that_stay(made), _without_withdrawn(made)
    naming = public_referrers(in_force, (Source, *PUBLISHED)) - {each for own in in_force.values() for each in own}
    withdraw_many(act=act, reports=in_force.get(OperatingReport, []))
    for model in (*reversed(PUBLISHED), Source):
        move_many(act=act, records=in_force.get(model, []), publication=Publication.WITHDRAWN, reason=reason,
                  also=FREED.get(model))
    _free_withdrawn(act, made)
    _index_again(made.get(Enterprise, []))
    reindex_around(made)
    entries = _fresh(made[CapitalEntry])
    mirror_many(act=act, entries=entries, note=reason)
    for entry in entries:
        if entry.is_public():  # its public form now names the reversal
            state = state_of(entry)
            act.append(kind=entry.KIND, code=entry.code, verb=Verb.UPDATED, feed_verb=Verb.UPDATED, before=state,
                       after=state)
    touch_many(act=act, records=owners - amended)
    tell_all(act=act, records=naming - owners - amended)
    follow(act=act, projects=realising(made, entries))


def _free_withdrawn(act: Writing, made: dict[type, list]) -> None:
    """Give the numbers free of what was withdrawn before."""
    for model, columns in FREED.items():
        codes = [record.code for record in made.get(model, []) if _is_withdrawn(record)]
        amend_many(act=act, model=model, amendments=[Amendment(code, None, columns) for code in codes])


def _without_withdrawn(made: dict[type, list]) -> dict[type, list]:
    return {model: [record for record in records if not _is_withdrawn(record)] for model, records in made.items()}


def _is_withdrawn(record) -> bool:
    return (getattr(record, "publication", "") == Publication.WITHDRAWN
            or isinstance(record, OperatingReport) and record.state == ReportState.WITHDRAWN)


def _standing(entries: list[CapitalEntry]) -> list[CapitalEntry]:
    """The entries that nobody has reversed."""
    reversed_: set[int] = set()
    for some in in_chunks(entry.pk for entry in entries):
        reversed_ |= set(CapitalEntry.objects.filter(reverses__in=some).values_list("reverses", flat=True))
    return [entry for entry in entries if entry.pk not in reversed_]


def _index_again(enterprises: list[Enterprise]) -> None:
    for enterprise in enterprises:
        enterprise.indexed()
    update_rows(enterprises, ("search_folded", "search_marked"))


def _fresh(entries: list[CapitalEntry]) -> list[CapitalEntry]:
    """The entries with their owners as they are by now."""
    found = []
    for some in in_chunks(entry.pk for entry in entries):
        found += CapitalEntry.objects.filter(pk__in=some).select_related(
            "project", "enterprise", "source", "certificate", "buyer").order_by("pk")
    return found


def _owners_that_stay(made: dict[type, list]) -> set:
    """The owners of entries and certificates that the batch has not made itself."""
    own = {(type(record), record.pk) for records in made.values() for record in records}
    children = [child for kind, records in made.items() for child in records if hasattr(child, "project")]
    owners = {child.project or child.enterprise for child in children}
    return {owner for owner in owners if (type(owner), owner.pk) not in own}


def _changed_since(batch: ImportBatch, made: dict[type, list]) -> Iterator[str]:
    """The changes that other acts have made to the records of the batch and that are felt: all of them are later."""
    own = set(batch.acts.values_list("pk", flat=True))
    changes = Change.objects.select_related("act").order_by("seq")
    for model, records in made.items():
        # A report that waits again was taken in and given back, its entry reversed: as taking the batch back would.
        moved = {record.code: TAKEN_IN for record in records if getattr(record, "state", "") == ReportState.WAITING}
        for some in in_chunks(record.code for record in records):
            mine = changes.filter(kind=model.KIND, code__in=some)
            of_others = mine.exclude(act__in=own).order_by().values_list("code", flat=True).distinct()
            for each in by_record(mine.filter(code__in=list(of_others))):
                left = left_of(each, own=own, said=_without_keys) - moved.get(each[0].code, set())
                yield from (told(change) for change in felt(each, left, own=own))


def _without_keys(value):
    """Stakes that were recorded anew as they had been are the same stakes."""
    if not isinstance(value, list):
        return value
    return [{**each, "id": None} if isinstance(each, dict) else each for each in value]


def _referring(made: dict[type, list], at_stake: dict[type, list], published: bool) -> Iterator[str]:
    """The records of others that refer to a record ``at_stake``; where the batch was published those of which nothing
    is left do not count."""
    own = {model: {record.pk for record in records} for model, records in made.items()}
    for model, records in at_stake.items():
        for relation in model._meta.related_objects:
            if relation.many_to_many and not relation.through._meta.auto_created:
                continue
            owner = relation.related_model
            if owner is ProjectAsKnown:  # made of the log, and gone with the project
                continue
            for some in in_chunks(record.pk for record in records):
                rows = owner._default_manager.filter(**{f"{relation.field.name}__in": some})
                for row in rows.select_related(*_joined(owner)):
                    if not (_is_own(row, own) or published and _is_void(row)):
                        yield str(_("%(code)s đang dùng bản ghi của lô") % {"code": _named(row)})


def _joined(model) -> set[str]:
    """What of a row's relations says whether anything is left of it."""
    return JOINED & {field.name for field in model._meta.get_fields()}


def _is_void(row) -> bool:
    """Whether it was withdrawn, alone or with its project; or is an entry reversed from its first day on, or that
    reversal."""
    if any(_is_withdrawn(each) for each in (row, getattr(row, "project", None), getattr(row, "report", None))):
        return True
    if not isinstance(row, CapitalEntry):
        return False
    other = row.reverses or getattr(row, "reversed_by", None)
    return other is not None and other.counts_on == row.counts_on


def _is_own(row, own: dict[type, set[int]]) -> bool:
    if isinstance(row, Stake):
        return row.project_id in own.get(Project, ())
    if isinstance(row, Conflict):
        return row.report_id in own.get(OperatingReport, ())
    return row.pk in own.get(type(row), ())


def _named(row) -> str:
    return row.project.code if isinstance(row, Stake) else getattr(row, "code", str(row))


def _amended_since(rows: list[ImportRow]) -> Iterator[str]:
    """The amended records of which a column no longer has what the batch wrote."""
    for record, row in with_records(rows):
        if not says_same(record, row):
            yield told(last_change(row))
