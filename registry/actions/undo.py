"""Undoing a change, and restoring a state: earlier values of a plain noun's fields, written as a new change."""

from django.utils.translation import gettext_lazy as _

from registry.models import (
    NOUNS,
    AdministrativeUnit,
    ApiKey,
    CapitalEntry,
    Certificate,
    Change,
    Conflict,
    CorrectionRequest,
    OperatingReport,
    PublishedFigure,
    Source,
    Statement,
)
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.project import ENDED

from .payload import state_of
from .record import amend
from .writing import Writing

# What actions of their own write: the ledger is reversed, a review is given anew.
NOT_PLAIN = (CapitalEntry, Certificate, Statement, Conflict, CorrectionRequest, OperatingReport, ApiKey,
             PublishedFigure)
MOVED_BY_THEIR_ACTIONS = {"publication", "withdrawn_reason", "stakes", "ended_earliest", "ended_latest", "ended_words"}
NOT_RESTORED = {"id", "code", "version", "updated_at"}
CARRIED = {"communes": AdministrativeUnit, "sources": Source}


class NotPlain(RuleBroken):
    code = "not-plain"
    message = _("Thay đổi này đi cùng bút toán, giấy chứng nhận, phần vốn góp hoặc tình trạng công bố nên không hoàn "
                "tác được ở đây. Hãy dùng việc tương ứng: đảo bút toán, gỡ, hủy việc chấm dứt, công bố, ghi lại phần "
                "vốn góp.")


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


class NothingToRestore(RuleBroken):
    code = "nothing-to-restore"
    message = _("Bản này không khác bản hiện tại ở mục nào mà khôi phục được; bút toán, phần vốn góp, việc kết thúc dự "
                "án và tình trạng công bố có việc riêng.")


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


def restore(*, act: Writing, record, change: Change):
    """Write a record's own plain fields as they stood after a change of the past; return it.

    Stakes, the end of a project and what the public sees stay as they are: they have actions of their own. Raises
    NotPlain, NothingKept, NothingToRestore, and InvalidRecord where the earlier state breaks a rule by now; nothing is
    written then.
    """
    now = state_of(record)
    if reason := restore_refusal(change, now):
        raise reason
    names = differing_from(change, now)
    return amend(act=act, record=record, related=_lists(change.after, names & CARRIED.keys()),
                 **restored(record, change.after, names - CARRIED.keys()))


def restore_refusal(change: Change, now: dict) -> RuleBroken | None:
    """Why the state after a change cannot be restored over the record's present state; None where it can."""
    if NOUNS[change.kind] in NOT_PLAIN:
        return NotPlain()
    if not change.after:
        return NothingKept()
    return None if differing_from(change, now) else NothingToRestore()


def state_to_restore(change: Change, now: dict) -> dict | None:
    """The present state with what a restoration would write; None where nothing would be."""
    names = differing_from(change, now)
    return now | {name: change.after[name] for name in names} if names else None


def differing_from(change: Change, now: dict) -> set[str]:
    """The columns and lists in which a past state differs from the present one, and which can be restored."""
    then = change.after or {}
    kept_out = NOT_RESTORED | MOVED_BY_THEIR_ACTIONS
    if then.get("status") in ENDED or now.get("status") in ENDED:
        kept_out = kept_out | {"status"}
    return {name for name in then.keys() & now.keys() if name not in kept_out and then[name] != now[name]}


def touched(change: Change) -> set[str]:
    """The columns, and the lists that a record carries, which a change altered."""
    before, after = change.before or {}, change.after or {}
    return {name for name in before.keys() | after.keys()
            if name not in NOT_RESTORED and before.get(name) != after.get(name)}
