"""Changes in words, act by act, each with the way back from it where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registry.actions.payload import state_of
from registry.actions.undo import refusal, restore_refusal, touched
from registry.models import NOUNS, Act, CapitalEntry, Change, OperatingReport
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.change import Verb
from registry.vocabulary.publication import Publication
from registry.vocabulary.report import ReportState

from .address import address_of, past_address, records_of
from .diff import Difference, differences, names_in


@dataclass(frozen=True)
class Back:
    """A way back from a change."""

    label: str
    url: str


@dataclass(frozen=True)
class Told:
    """One change in words; ``of`` names the record where it is another than the one whose history this is."""

    change: Change
    deed: str
    of: str
    url: str
    differences: Sequence[Difference]
    back: Sequence[Back]

    @property
    def is_creation(self) -> bool:
        return self.change.before is None


@dataclass(frozen=True)
class Deed:
    """One act and what it did here."""

    act: Act
    changes: Sequence[Told]


def deeds_of(changes: list[Change], record, *, may_change: bool) -> list[Deed]:
    """The history of a record that is there. ``changes`` come the latest first, with their acts."""
    own = [change for change in changes if (change.kind, change.code) == (record.KIND, record.code)]
    others = records_of(change for change in changes if change not in own)
    newest, now = next((change for change in own if touched(change)), None), state_of(record)

    def back(change: Change) -> list[Back]:
        if change not in own:
            return back_from_merging(change) if (change.kind, change.code) not in others else []
        if not may_change:
            return []
        ways = []
        if change == newest and refusal(change) is None:
            ways.append(Back(_("Hoàn tác"), _way(record, "undo", change)))
        if restore_refusal(change, now) is None:
            ways.append(Back(_("Khôi phục bản sau thay đổi này"), _way(record, "restore", change)))
        return ways

    names = names_in(changes)
    return _deeds([
        Told(
            change=change, deed=deed_of(change), differences=differences(change, names), back=back(change),
            of="" if change in own else f"{NOUNS[change.kind]._meta.verbose_name} {change.code}",
            url="" if change in own else _address(change, others.get((change.kind, change.code))),
        )
        for change in changes
    ])


def deeds_of_the_gone(changes: list[Change], last: Change) -> list[Deed]:
    """The history of a record that is there no more; ``last`` is the newest of all its changes."""
    names = names_in(changes)
    return _deeds([
        Told(change=change, deed=deed_of(change), of="", url="", differences=differences(change, names),
             back=back_from_merging(change) if change == last else [])
        for change in changes
    ])


def back_from_merging(change: Change) -> list[Back]:
    """The way to part again what a change merged, for a record that is gone; what rests on it is told there."""
    if change.verb != Verb.MERGED or change.after is not None:
        return []
    return [Back(_("Hoàn tác việc gộp"), reverse("admin:unmerge", args=[change.kind, change.code, change.seq]))]


def _deeds(told: list[Told]) -> list[Deed]:
    return [Deed(act, list(rows)) for act, rows in groupby(told, key=lambda each: each.change.act)]


def _way(record, page: str, change: Change) -> str:
    return reverse(f"admin:registry_{record._meta.model_name}_{page}", args=[record.pk, change.seq])


def _address(change: Change, record) -> str:
    return past_address(change) if record is None else address_of(record)


def deed_of(change: Change) -> str:
    """What a change did, in a word: created, published, withdrawn, a ledger entry posted …"""
    before, after = change.before or {}, change.after or {}
    if change.kind == CapitalEntry.KIND and change.before is None:
        return _("Ghi bút toán đảo") if after.get("kind") == CapitalKind.REVERSAL else _("Ghi bút toán")
    if change.verb == Verb.CREATED:
        return _("Nhập mới")
    if change.verb == Verb.MERGED:
        return _("Gộp vào %(code)s") % {"code": change.merged_into}
    if change.verb == Verb.DELETED:
        return str(Verb.DELETED.label).capitalize()
    if change.kind == OperatingReport.KIND and before.get("state") != after.get("state"):
        return _deed_of_report(before.get("state"), after.get("state"))
    if before.get("publication") != after.get("publication"):
        if after.get("publication") == Publication.PUBLISHED:
            return _("Công bố")
        if after.get("publication") == Publication.IN_REVIEW:
            return _("Gửi duyệt")
        if before.get("publication") == Publication.IN_REVIEW and after.get("publication") == Publication.DRAFT:
            return _("Trả lại")
        return _("Gỡ khỏi sổ đăng ký") if after.get("publication") == Publication.WITHDRAWN else _("Đổi tình trạng")
    return str(Verb(change.verb).label).capitalize()


def _deed_of_report(before: str | None, after: str | None) -> str:
    if after == ReportState.WAITING:
        return _("Rút tiếp nhận") if before == ReportState.ACCEPTED else _("Chờ tiếp nhận lại")
    if after == ReportState.ACCEPTED:
        return pgettext("report", "Tiếp nhận")
    return _("Trả lại") if after == ReportState.RETURNED else _("Gỡ")
