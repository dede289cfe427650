"""Every record against what the register last wrote of it, and against what is made from it."""

from collections.abc import Iterator

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from registry.actions.amend_many import HELD
from registry.actions.bulk import state_with_stakes
from registry.actions.record import PREFIX
from registry.models import NOUNS, Change, CodeCounter, Stake
from registry.models.base import Searchable
from registry.models.statement import SUBJECTS
from registry.vocabulary.change import Verb

from .problem import CHUNK, Problem
from .tables import with_code

# What a record's rules read besides itself.
READS = {
    "project": ("enterprise", "zone"), "certificate": ("project",), "milestone": ("project",),
    "capital-entry": ("project", "enterprise"), "operating-report": ("project",),
    "zone-observation": ("zone", "place", "source"),
    "statement": ("source", *SUBJECTS),
}
# Whose code stands before the number in a record's own.
OWNERS = {"certificate": ("project",), "milestone": ("project",), "capital-entry": ("project", "enterprise"),
          "zone-observation": ("zone", "place"), "operating-report": ("project",)}
IN_SIGHT = (Verb.CREATED, Verb.UPDATED)


def records() -> Iterator[Problem]:
    """Every record: its columns, its search words, its code, and what partners were told of it."""
    for kind, model in NOUNS.items():
        rows = _with_its_changes(kind, model).iterator(chunk_size=CHUNK) if model.objects.exists() else ()
        for record in rows:
            for what in _wrong_with(record):
                yield Problem(kind, record.code, str(what))


def _wrong_with(record) -> Iterator[str]:
    if record.last_verb is None:
        yield _("không có thay đổi nào ghi nó vào sổ")
    elif record.last_verb in (Verb.DELETED, Verb.MERGED) and record.last_after is None:
        yield _("đã xóa theo sổ, nhưng vẫn còn")
    elif record.last_after is not None:
        columns = differing(type(record), record.last_after, state_with_stakes(record))
        if columns:
            yield _("đã bị sửa ngoài sổ: %(columns)s") % {"columns": ", ".join(columns)}
    if record.is_public() and record.last_told not in IN_SIGHT:
        yield _("đang công khai, nhưng luồng thay đổi không báo")
    if not record.is_public() and record.last_told in IN_SIGHT:
        yield _("không công khai, nhưng luồng thay đổi vẫn báo là có")
    if isinstance(record, Searchable) and _indexed_anew(record):
        yield _("từ tìm kiếm hoặc khóa sắp xếp không khớp với nội dung")
    owner = next((owner for name in OWNERS.get(record.KIND, ()) if (owner := getattr(record, name))), None)
    if owner and record.code != f"{owner.code}-{record.number}" and not _came_by_merging(record, owner):
        yield _("mã phải là %(code)s") % {"code": f"{owner.code}-{record.number}"}


def _came_by_merging(record, owner) -> bool:
    """Whether it was written under a code that went into its owner's: a ledger entry keeps the code that it has."""
    code, numbered = record.code, record.code.endswith(f"-{record.number}")
    code = code.removesuffix(f"-{record.number}")
    merged = Change.objects.filter(kind=owner.KIND, verb=Verb.MERGED, after__isnull=True).order_by("-seq")
    while numbered and code and code != owner.code:
        code = merged.filter(code=code).values_list("merged_into", flat=True).first()
    return numbered and bool(code)


def counters() -> Iterator[Problem]:
    """Codes beyond the last number that was given: it would be given again."""
    given = dict(CodeCounter.objects.values_list("prefix", "last"))
    for kind, prefix in PREFIX.items():
        codes = NOUNS[kind].objects.filter(code__startswith=f"{prefix}-").values_list("code", flat=True)
        for code in codes.iterator(chunk_size=CHUNK):
            number = code.removeprefix(f"{prefix}-")
            if number.isdecimal() and int(number) > given.get(prefix, 0):
                yield Problem(kind, code, _("bộ đếm mã %(prefix)s mới đến %(last)s")
                              % {"prefix": prefix, "last": given.get(prefix, 0)})


def differing(model: type[Model] | None, recorded: dict, present: dict) -> list[str]:
    """The columns that both know, of different value. One may have come or gone since the record was
    written, and "16.5" is "16.5000"."""
    if recorded == present:
        return []
    fields = {field.attname: field for field in model._meta.concrete_fields} if model else {}
    return sorted(
        name for name in recorded.keys() & present.keys()
        if not _same(fields.get(name), name, recorded[name], present[name])
    )


def _same(field, name: str, one, other) -> bool:
    if one == other:
        return True
    if name == "stakes":
        return len(one) == len(other) and not any(map(differing, [Stake] * len(one), one, other))
    return field is not None and field.to_python(one) == field.to_python(other)


def _with_its_changes(kind: str, model: type[Model]) -> QuerySet:
    """The rows with the last change of each, and the last of which partners were told."""
    rows = with_code(model.objects.all())
    changes = Change.objects.filter(kind=kind, code=OuterRef("known_as")).order_by("-seq")
    rows = rows.select_related(*READS.get(kind, ())).order_by("pk").annotate(
        last_verb=Subquery(changes.values("verb")[:1]), last_after=Subquery(changes.values("after")[:1]),
        last_told=Subquery(changes.exclude(feed_verb="").values("feed_verb")[:1]),
    )
    return rows.prefetch_related(*HELD.get(model, ()))


def _indexed_anew(record) -> bool:
    """Whether the columns that are made from others would be made otherwise now."""
    columns = [name for name in ("name_sort", "search_folded", "search_marked") if hasattr(record, name)]
    kept = [getattr(record, name) for name in columns]
    record.indexed()
    return any(_plain(was) != getattr(record, name) for name, was in zip(columns, kept, strict=True))


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value
