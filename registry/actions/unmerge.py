"""A merge taken back: the record that went stands again under its code, with what belonged to it."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.models import NOUNS, CapitalEntry, Change, Project, Stake
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken

from .later import by_record, felt, left_of
from .merge import move_stakes, point, raise_version
from .record import amend, bring_back
from .undo import NOT_RESTORED, NothingKept, restored, touched
from .writing import Writing


class NoMerge(RuleBroken):
    code = "no-merge"
    message = _("%(code)s không bị gộp bằng thay đổi này, hoặc việc gộp đã được hoàn tác.")


class RestsOnMerge(RuleBroken):
    """``changes`` are the later changes that rest on the merge, the earliest first."""

    code = "rests-on-merge"
    message = _("Các thay đổi sau dựa vào việc gộp: %(records)s. Hãy hoàn tác chúng trước, hoặc sửa trực tiếp.")

    def __init__(self, changes: list[Change]):
        self.changes = changes
        records = dict.fromkeys(f"{each.code} ({each.act.at:%d/%m/%Y}, {each.act.by_name})" for each in changes)
        super().__init__(records="; ".join(records))


def unmerge(*, act: Writing, change: Change):
    """Write the loser of the merge again, give back what it had, and give the winner its own fields. Returns the
    loser.

    ``change`` is that of the loser. What came to the winner since stays with it. Raises NoMerge, NothingKept,
    RestsOnMerge, and InvalidRecord where a rule forbids it by now; nothing is written then.
    """
    if reason := unmerge_refusal(change):
        raise reason
    model = NOUNS[change.kind]
    winner = model.objects.get(code=change.merged_into)
    act.see(winner)
    mine = change.act.changes.get(kind=change.kind, code=winner.code)
    own, seen = restored(winner, mine.before, touched(mine)), winner.version
    under_loser = {"parent_id": own.pop("parent_id")} if own.get("parent_id") == change.before["id"] else {}
    # Before the loser is there again: a tax code that it gave away is unique.
    amend(act=act, record=winner, **own)
    columns = {field.attname: field.to_python(change.before[field.attname]) for field in model._meta.concrete_fields
               if field.attname in change.before}
    # As it was before the merge, so that no second person is needed for it.
    loser = bring_back(act=act, record=model(**columns | {"version": change.before["version"] + 1}))
    raise_version(act=act, record=amend(act=act, record=winner, **under_loser), seen=seen)
    for each in _moved(change):
        _give_back(act, each, loser)
    return loser


def unmerge_refusal(change: Change) -> RuleBroken | None:
    """Why a merge cannot be taken back; None where it can."""
    if change.verb != Verb.MERGED or change.after is not None:
        return NoMerge(code=change.code)
    if change.before is None:
        return NothingKept()
    if Change.objects.filter(kind=change.kind, code=change.code, seq__gt=change.seq).exists():
        return NoMerge(code=change.code)
    resting = sorted(_resting(change), key=lambda later: later.seq)
    return RestsOnMerge(resting) if resting else None


def _resting(change: Change) -> Iterator[Change]:
    """The later changes of what the merge changed of which something is left in the same fields; of a ledger entry its
    reversal too. One query for each noun, one more for reversals."""
    done: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for each in change.act.changes.exclude(seq=change.seq):
        done[each.kind][each.code] = touched(each)
    if entries := done.get(CapitalEntry.KIND):
        reversals = CapitalEntry.objects.filter(reverses__code__in=list(entries))
        entries |= dict.fromkeys(reversals.values_list("code", flat=True), set())
    for kind, fields in done.items():
        later = Change.objects.filter(kind=kind, code__in=list(fields), act__gt=change.act_id).select_related("act")
        for some in by_record(later.order_by("seq")):
            left = left_of(some)
            yield from felt(some, left if kind == CapitalEntry.KIND else left & fields[some[0].code])


def _moved(change: Change):
    """The changes by which rows came from the loser to the winner."""
    return [each for each in change.act.changes.order_by("seq")
            if (each.kind, each.code) not in ((change.kind, change.code), (change.kind, change.merged_into))]


def _give_back(act: Writing, change: Change, loser) -> None:
    model = NOUNS[change.kind]
    names = touched(change)
    key = "pk" if not any(field.name == "code" for field in model._meta.concrete_fields) else "code"
    row = model.objects.get(**{key: change.code})
    if model is Project and "stakes" in names:
        held = [stake["id"] for stake in change.before["stakes"] if stake["investor_id"] == loser.pk]
        move_stakes(act=act, stakes=Stake.objects.filter(pk__in=held), investor=loser)
    if columns := restored(row, change.before, names - {"stakes"} - NOT_RESTORED):
        point(act=act, row=row, **columns)
