"""Two versions of a record side by side: what an officer typed, and what another has saved meanwhile.

What the officer did not touch follows the other's version, so that a second, knowing save overwrites nothing
unawares.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from registry.models import Change
from registry.models.fields import vague_days

from .diff import day_in, said
from .form import OWN, RecordForm
from .work.meanwhile import Meanwhile, since


@dataclass(frozen=True)
class Side:
    """One field in both versions. ``followed``: the officer had not touched it, and the form now has the current
    value."""

    name: str
    label: str
    mine: str
    current: str
    followed: bool


@dataclass(frozen=True)
class Comparison:
    """``version`` is the current one, ``sides`` the fields in which the two differ, ``meanwhile`` the acts that came
    between, the latest first; ``typed`` is what the form shows now."""

    version: int
    sides: Sequence[Side]
    meanwhile: Sequence[Meanwhile]
    typed: QueryDict

    @property
    def told(self) -> str:
        if not self.sides:
            return _("Trong lúc bạn sửa, người khác đã lưu hồ sơ này; chưa có gì của bạn được ghi. Không ô nào bạn "
                     "nhập khác với bản hiện tại.")
        return _("Trong lúc bạn sửa, người khác đã lưu hồ sơ này; chưa có gì bị ghi đè. Hãy so hai bản dưới đây: ô "
                 "nào cần theo bản hiện tại thì sửa lại trong biểu mẫu, rồi lưu lần nữa để ghi bản của bạn.")


def compared(form: RecordForm) -> Comparison:
    """What the officer typed beside the record as it is now."""
    record = type(form.instance)._default_manager.get(pk=form.instance.pk)
    version = form.cleaned_data["version"] or 0
    seen = Change.objects.filter(kind=record.KIND, code=record.code, after__version=version).last()
    sides = []
    for name in form.fields:
        if name in OWN:
            continue
        given = form.cleaned_data[name]
        mine, current = _shown(record, name, given), _shown(record, name, _now(record, name))
        if mine != current:
            followed = bool(seen) and is_as_seen(record, name, given, seen.after)
            sides.append(Side(name, str(form.fields[name].label), mine, current, followed))
    return Comparison(record.version, sides, since(record, version), _typed(form, record, sides))


def _typed(form: RecordForm, record: Model, sides: Sequence[Side]) -> QueryDict:
    """What was typed, with the current version, and the current value where the officer had touched nothing."""
    typed, now = form.data.copy(), type(form)(instance=record)
    typed["version"] = record.version
    for side in sides:
        if side.followed:
            value = now[side.name].value()
            values = value if isinstance(value, (list, tuple)) else [value]
            typed.setlist(side.name, [str(each) for each in values if each is not None and each is not False])
    return typed


def is_as_seen(record: Model, name: str, value, seen: dict) -> bool:
    """Whether a value is that of the state that the officer saw."""
    if name in vague_days(type(record)):
        return str(value or "") == day_in(seen, name)
    column = record._meta.get_field(name)
    if column.many_to_many:
        return sorted(each.code for each in value) == seen.get(name)
    if column.is_relation:
        return (value and value.pk) == seen.get(column.attname)
    return said(type(record), name, value) == said(type(record), name, seen.get(name))


def _now(record: Model, name: str):
    value = getattr(record, name)
    return list(value.all()) if hasattr(value, "all") else value


def _shown(record: Model, name: str, value) -> str:
    """A value of the form or of the record, as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, Model) or name in vague_days(type(record)):
        return str(value)
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return "; ".join(sorted(str(each) for each in value))
    return said(type(record), name, value)
