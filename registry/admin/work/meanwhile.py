"""What others did to a record since the officer opened the page."""

from dataclasses import dataclass

from registry.admin.diff import Difference, differences, names_in
from registry.models import Act, Change

ENOUGH = 20


@dataclass(frozen=True)
class Meanwhile:
    """One act that moved the record on, the records that it touched with it, and what it changed in each."""

    act: Act
    touched: list[Change]
    told: list[tuple[Change, list[Difference]]]


def since(record, version: int) -> list[Meanwhile]:
    """The acts after which the record had a later version than this, the latest first; at most ``ENOUGH``."""
    changes = Change.objects.filter(kind=record.KIND, code=record.code).order_by("-seq")[:ENOUGH]
    acts = [change.act_id for change in changes if change.after and change.after["version"] > version]
    touched = list(Change.objects.filter(act__in=acts).select_related("act").order_by("-act", "seq"))
    names = names_in(touched)
    by_act: dict[Act, list[Change]] = {}
    for change in touched:
        by_act.setdefault(change.act, []).append(change)
    return [
        Meanwhile(act, rows, [(change, differences(change, names)) for change in rows])
        for act, rows in by_act.items()
    ]
