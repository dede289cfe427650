"""Undoing a change: the earlier state of a plain noun's fields, written as a new change."""

from django.utils.translation import gettext_lazy as _

from registry.models import (
    NOUNS,
    AdministrativeUnit,
    CapitalEntry,
    Certificate,
    Change,
    Conflict,
    CorrectionRequest,
    Source,
    Statement,
)
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken

from .record import amend
from .writing import Writing

# What actions of their own write: the ledger is reversed, a review is given anew.
NOT_PLAIN = (CapitalEntry, Certificate, Statement, Conflict, CorrectionRequest)
MOVED_BY_THEIR_ACTIONS = {"publication", "withdrawn_reason", "stakes", "ended_earliest", "ended_latest", "ended_words"}
NOT_RESTORED = {"id", "version", "updated_at"}
CARRIED = {"communes": AdministrativeUnit, "sources": Source}


class NotPlain(RuleBroken):
    code = "not-plain"
    message = _("Thay đổi này đi cùng bút toán, giấy chứng nhận, phần vốn góp hoặc tình trạng công bố nên không hoàn "
                "tác được ở đây. Hãy dùng việc tương ứng: đảo bút toán, gỡ, công bố, ghi lại phần vốn góp.")


class WasCreation(RuleBroken):
    code = "was-creation"
    message = _("%(code)s được nhập mới bằng thay đổi này; không hoàn tác được việc nhập mới. Hãy gỡ hồ sơ nếu nhập "
                "nhầm.")


class ChangedSince(RuleBroken):
    code = "changed-since"
    message = _("Sau đó %(by)s đã sửa lại chính các mục này (%(day)s). Hãy hoàn tác thay đổi sau trước, hoặc sửa "
                "trực tiếp.")


class NothingKept(RuleBroken):
    code = "nothing-kept"
    message = _("Sổ đăng ký không còn giữ bản trước của thay đổi này.")


def undo(*, act: Writing, change: Change):
    """Write what a change's record was before it, in the fields that it touched; return the record.

    Raises NotPlain, WasCreation, ChangedSince, NothingKept, and InvalidRecord where the earlier state breaks a
    rule by now; nothing is written then.
    """
    if reason := refusal(change):
        raise reason
    record = NOUNS[change.kind]._default_manager.get(code=change.code)
    names = touched(change)
    return amend(act=act, record=record, related=_lists(change.before, names & CARRIED.keys()),
                 **restored(record, change.before, names - CARRIED.keys()))


def restored(record, state: dict, names: set[str]) -> dict:
    """The columns of these names as they stood in an earlier state of the record."""
    return {field.attname: field.to_python(state[field.attname]) for field in record._meta.concrete_fields
            if field.attname in names}


def _lists(state: dict, names: set[str]) -> dict[str, list]:
    return {name: list(CARRIED[name].objects.filter(code__in=state[name])) for name in names}


def refusal(change: Change) -> RuleBroken | None:
    """Why a change cannot be undone; None where it can."""
    if change.verb == Verb.CREATED:
        return WasCreation(code=change.code)
    if not change.before or not change.after:
        return NothingKept()
    if NOUNS[change.kind] in NOT_PLAIN or touched(change) & MOVED_BY_THEIR_ACTIONS or not touched(change):
        return NotPlain()
    if change.act.changes.filter(kind__in=[model.KIND for model in NOT_PLAIN]).exists():
        return NotPlain()
    later = Change.objects.filter(kind=change.kind, code=change.code, seq__gt=change.seq).select_related("act")
    for each in later.order_by("seq"):
        if touched(each) & touched(change):
            return ChangedSince(by=each.act.by_name, day=f"{each.act.at:%d/%m/%Y}")
    return None


def touched(change: Change) -> set[str]:
    """The columns, and the lists that a record carries, which a change altered."""
    before, after = change.before or {}, change.after or {}
    return {name for name in before.keys() | after.keys()
            if name not in NOT_RESTORED and before.get(name) != after.get(name)}
