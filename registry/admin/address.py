"""Where a record is found: in the officers' door, and among the public's pages."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import FieldDoesNotExist
from django.urls import NoReverseMatch, reverse

from registry.models import NOUNS, Act, Change

# Records without a page of their own are told on the page of what they belong to.
TOLD_ON = ("project", "zone", "source")


def address_of(record, page: str = "change") -> str:
    """The address of a record's form, or of another of its pages: ``history``, or the word of a work."""
    return reverse(f"admin:registry_{record._meta.model_name}_{page}", args=[record.pk])


def past_address(change: Change) -> str:
    """The address of what the register remembers of a record, also when the record is gone."""
    return reverse("admin:past", args=[change.kind, change.code])


def list_of(model, **which) -> str:
    """The address of a noun's list, filtered by columns: ``list_of(Project, zone__id__exact=3)``."""
    return reverse(f"admin:registry_{model._meta.model_name}_changelist", query=which or None)


def page_of(model, page: str, **which) -> str:
    """The address of a page of a noun besides its list: ``page_of(Investor, "duplicates")``."""
    return reverse(f"admin:registry_{model._meta.model_name}_{page}", query=which or None)


def public_address(record) -> str | None:
    """Where the public reads of a record; None where it cannot."""
    if not record.is_public():
        return None
    try:
        return reverse(f"pages:{record.KIND}", args=[record.code])
    except NoReverseMatch:
        owners = (getattr(record, name, None) for name in TOLD_ON)
        owner = next((each for each in owners if each and hasattr(each, "is_public")), None)
        return owner and public_address(owner)


def record_made_by(act: Act):
    """What an act made, or changed where it made nothing: the first record that it noted and that is still there;
    None where none is."""
    changes = list(act.changes.order_by("seq"))
    there = records_of(changes)
    found = [each for each in changes if (each.kind, each.code) in there]
    first = next((each for each in found if each.before is None), found[0] if found else None)
    return first and there[first.kind, first.code]


def made_address(act: Act) -> str:
    """Where to go on from an act that is written: to what it made, or to what is remembered of it."""
    record = record_made_by(act)
    return address_of(record) if record else past_address(act.changes.order_by("seq")[0])


def find_record(kind: str, code: str):
    """The record of this kind and code as it is now; None where there is none."""
    model = NOUNS.get(kind)
    return model and model._default_manager.filter(**{key_of(model): code}).first()


def records_of(changes: Iterable[Change]) -> dict[tuple[str, str], object]:
    """The records of many changes by kind and code. One query for each kind."""
    codes = defaultdict(set)
    for change in changes:
        codes[change.kind].add(change.code)
    return {
        (kind, record.code): record for kind, wanted in codes.items()
        for record in NOUNS[kind]._default_manager.filter(**{f"{key_of(NOUNS[kind])}__in": wanted})
    }


def key_of(model) -> str:
    """The column that holds the code of a noun: its own, or the primary key."""
    try:
        return model._meta.get_field("code").name
    except FieldDoesNotExist:
        return "pk"
