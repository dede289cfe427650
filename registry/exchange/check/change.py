"""The chain of changes and the acts: an edit, a deletion, a reordering, a truncation."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from registry.actions.writing import digest_of, hash_of
from registry.models import NOUNS, Act, Change, Register

from .problem import CHUNK, Problem
from .record import differing

REGISTER, ACT, CHANGE = "register", "act", "change"
BEFORE_THE_FIRST = "0" * 64


def chain() -> Iterator[Problem]:
    """Read every change again: its number, its link to the one before, its hash, the digest of its payload,
    and that the last is the one that the register names."""
    register = Register.objects.filter(pk=1).first()
    if register is None:
        yield Problem(REGISTER, "1", str(_("dòng của sổ đăng ký đã mất")))
        return
    seq, link, act_id = 0, BEFORE_THE_FIRST, 0
    for change in Change.objects.select_related("act").order_by("seq").iterator(chunk_size=CHUNK):
        if change.seq != seq + 1:
            yield _missing(seq + 1, change.seq - 1)
        elif change.previous_hash != link:
            yield _wrong(change, _("không nối với thay đổi đứng trước"))
        if change.act_id < act_id:
            yield _wrong(change, _("đứng sau thay đổi của hành động %(act)s, muộn hơn") % {"act": act_id})
        yield from _contents(change)
        seq, link, act_id = change.seq, change.hash, change.act_id
    if seq < register.head:
        yield _missing(seq + 1, register.head)
    elif seq > register.head:
        yield Problem(REGISTER, "1", _("ghi thay đổi cuối là %(head)s, nhưng có đến %(last)s")
                      % {"head": register.head, "last": seq})
    elif link != register.head_hash:
        yield Problem(REGISTER, "1", str(_("mã băm cuối không phải của thay đổi cuối")))


def _contents(change: Change) -> Iterator[Problem]:
    if hash_of(change, change.act) != change.hash:
        yield _wrong(change, _("đã bị sửa: mã băm không khớp"))
    if not is_redacted(change) and digest_of(change.salt, change.before, change.after) != change.payload_digest:
        yield _wrong(change, _("nội dung đã bị sửa"))


def is_redacted(change: Change) -> bool:
    """Whether its payload was taken out: no change is made without one."""
    return change.before is None and change.after is None


def acts() -> Iterator[Problem]:
    """Acts are numbered 1 to the revision, and each has a change."""
    revision = Register.objects.filter(pk=1).values_list("revision", flat=True).first() or 0
    changes = Change.objects.filter(act=OuterRef("pk"))
    last = 0
    for number, has_changes in (
        Act.objects.annotate(has_changes=Exists(changes)).order_by("pk").values_list("pk", "has_changes")
        .iterator(chunk_size=CHUNK)
    ):
        if number != last + 1:
            yield _missing(last + 1, number - 1, kind=ACT)
        if not has_changes:
            yield Problem(ACT, str(number), str(_("không có thay đổi nào")))
        last = number
    if last < revision:
        yield _missing(last + 1, revision, kind=ACT)
    elif last > revision:
        yield Problem(REGISTER, "1", _("ghi hành động cuối là %(revision)s, nhưng có đến %(last)s")
                      % {"revision": revision, "last": last})


def continuity() -> Iterator[Problem]:
    """What a record was before a change is what the change before had left: nothing was edited in between."""
    earlier = Change.objects.filter(kind=OuterRef("kind"), code=OuterRef("code"), seq__lt=OuterRef("seq"))
    changes = Change.objects.filter(before__isnull=False).annotate(
        left=Subquery(earlier.order_by("-seq").values("after")[:1])
    )
    for change in changes.order_by("seq").iterator(chunk_size=CHUNK):
        columns = differing(NOUNS.get(change.kind), change.left or {}, change.before)
        if columns:
            yield _wrong(change, _("%(kind)s %(code)s đã bị sửa ngoài sổ trước thay đổi này: %(columns)s")
                         % {"kind": change.kind, "code": change.code, "columns": ", ".join(columns)})


def _missing(first: int, last: int, *, kind: str = CHANGE) -> Problem:
    numbers = str(first) if first == last else f"{first}–{last}"
    return Problem(kind, numbers, str(_("đã mất")))


def _wrong(change: Change, what) -> Problem:
    return Problem(CHANGE, str(change.seq), str(what))
