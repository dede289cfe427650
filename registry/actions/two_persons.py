"""The two-person rule: whoever changed a record does not publish it.

It asks the change log, and only of people: what a loader or a command did in no user's name has no author. Where
one person is the whole office the rule is off, and the log says that one person did both.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Change
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.publication import Publication
from registry.vocabulary.report import ReportState

from .writing import Writing

# Moving a record through its states is no change of what it says.
STATES = {"publication", "withdrawn_reason", "version", "state", "entry_id"}
# What a second person has seen: published, or of a report accepted.
SEEN_BY_TWO = {"publication": Publication.PUBLISHED, "state": ReportState.ACCEPTED}


class OwnChange(RuleBroken):
    code = "own-change"
    message = gettext_lazy("%(code)s: bạn là người đã nhập hoặc sửa từ lần công bố trước đến nay, nên không tự công "
                           "bố được. Hãy gửi duyệt và nhờ người khác công bố.")


def check_second_person(
    *, act: Writing, record, children: Iterable = (), refusal: type[OwnChange] = OwnChange
) -> None:
    """Raises OwnChange (or what ``refusal`` makes of it) where the user of this act made any change of the record, or
    of the children that come out with it, since it was last published. With the rule off the act's reason says so
    instead."""
    if act.by is None or not _changed_by(act, record, list(children)):
        return
    if settings.TWO_PERSON_RULE:
        raise refusal(code=record.code or record._meta.verbose_name)
    act.remark(_("một người"))


def _changed_by(act: Writing, record, children: list) -> bool:
    """A record that is new, or that this act has changed already, is this user's. At most one query a noun."""
    if record.pk is None or act.has_noted(record):
        return True
    own = Change.objects.filter(kind=record.KIND, code=record.code).select_related("act").order_by("-seq")
    since = 0
    for change in own:
        if _published(change):
            since = change.seq
            break
        if change.act.by_id == act.by.pk and _says_otherwise(change):
            return True
    codes: dict[str, list[str]] = {}
    for child in children:
        codes.setdefault(child.KIND, []).append(child.code)
    return any(
        _says_otherwise(change) for kind, some in codes.items()
        for change in Change.objects.filter(kind=kind, code__in=some, seq__gt=since, act__by=act.by)
    )


def _published(change: Change) -> bool:
    before, after = change.before or {}, change.after or {}
    return any(after.get(name) == word != before.get(name) for name, word in SEEN_BY_TWO.items())


def _says_otherwise(change: Change) -> bool:
    """Whether a change altered more than the state of its record; one whose payload is gone is taken to have."""
    if change.before is None or change.after is None:
        return True
    return any(change.before.get(name) != value for name, value in change.after.items() if name not in STATES)
