"""Records as the log of changes has them at the end of an act."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Act, Change
from registry.models.capital import end_of_day
from registry.vocabulary.errors import RuleBroken


class KnownInFuture(RuleBroken):
    code = "known-in-future"
    message = _("Sổ đăng ký chưa thể biết gì vào ngày %(day)s; hãy chọn ngày %(today)s hoặc trước đó.")


def known_in_future(known_on: date | None, *, today: date) -> KnownInFuture | None:
    """What will be known nobody can tell, and an answer given for that day would change."""
    if known_on is None or known_on <= today:
        return None
    return KnownInFuture(day=f"{known_on:%d/%m/%Y}", today=f"{today:%d/%m/%Y}", field="known_on")


def check_known(known_on: date | None, *, today: date) -> None:
    """Raises KnownInFuture."""
    if error := known_in_future(known_on, today=today):
        raise error


def change_on(day: date) -> int:
    """The last change that was recorded by the end of a day, 0 where there is none. Two queries."""
    act = Act.objects.filter(at__lt=end_of_day(day)).order_by("-pk").first()
    return Change.objects.filter(act=act).order_by("-seq").values_list("seq", flat=True).first() or 0 if act else 0


def before_changes(model, change: int) -> dict[str, dict | None]:
    """What each record was before its first change after this one; None of what has been made since. One query."""
    found: dict[str, dict | None] = {}
    changes = Change.objects.filter(kind=model.KIND, seq__gt=change).order_by("code", "seq")  # by its index
    for code, before in changes.values_list("code", "before").iterator():
        found.setdefault(code, before)
    return found


def states_at(model, change: int, names: Sequence[str], *, which: Q, was: Callable[[Mapping], bool]) -> Iterator[dict]:
    """These columns of the records of a noun as they were at a change, where ``was`` says so of them; ``which`` says
    the same to the database of records that have not changed since. Two queries."""
    since = before_changes(model, change)
    for code, *values in model.objects.filter(which).order_by("pk").values_list("code", *names):
        if code not in since:
            yield dict(zip(names, values, strict=True))
    fields = {name: model._meta.get_field(name) for name in names}
    for before in since.values():
        if before is not None:
            state = {name: field.to_python(before.get(name)) for name, field in fields.items()}
            if was(state):
                yield state
