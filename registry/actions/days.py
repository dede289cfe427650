"""Days that cannot be: what has happened lies in the past, and nothing expires or ends before it began.

The database has no clock, so these rules stand here: forms and imports ask them alike. Plans, terms and days by which
something has to be done may lie ahead. Those of certificates and of observations
are among the rules of what these may say.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry.models import (
    Engagement,
    Milestone,
    OperatingReport,
    Policy,
    Project,
    Source,
    Zone,
)
from registry.models.fields import vague_days
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.milestone import Reality
from registry.vocabulary.period import VagueDay

# Days of what has happened.
HAVE_BEEN = {
    Project: ("licensed_on", "ended_on"), Source: ("published_on",),
    OperatingReport: ("received_on",), Milestone: ("happened_on",), Engagement: ("held_on",), Policy: ("issued_on",),
}
# Of two days of a noun which cannot be after the other.
IN_ORDER = {Project: (("licensed_on", "expires_on"), ("licensed_on", "ended_on"))}


class InTheFuture(RuleBroken):
    code = "in-the-future"
    message = _("%(label)s %(day)s còn ở tương lai. Hãy kiểm tra lại năm; việc chưa xảy ra thì để trống, hoặc ghi "
                "thành kế hoạch.")


class BeforeTheFirst(RuleBroken):
    code = "before-the-first"
    message = _("%(label)s %(day)s đứng trước %(other)s %(first)s. Hãy kiểm tra lại hai ngày.")


class EstablishedLater(RuleBroken):
    code = "established-later"
    message = _("Năm thành lập %(year)s còn ở tương lai. Hãy kiểm tra lại năm; khu chưa thành lập thì để trống.")


def check_days(record, *, on: date, changed: Iterable[str] | None = None) -> None:
    """Raises the first of ``broken_days``."""
    for error in broken_days(record, on=on, changed=changed):
        raise error


def broken_days(record, *, on: date, changed: Iterable[str] | None = None) -> Iterator[RuleBroken]:
    """What is wrong with the days of a record on the day ``on``, each with the field that has it: InTheFuture,
    BeforeTheFirst, EstablishedLater. ``changed`` are the columns that change (None: all are new): nobody is held up
    by a day that has stood there for long."""
    for name in HAVE_BEEN.get(type(record), ()):
        day = _day(record, name)
        if day and day.earliest > on and _has_happened(record) and _concerns(name, changed):
            yield InTheFuture(label=capfirst(_words(record, name)), day=day.label, field=name)
    for first, later in IN_ORDER.get(type(record), ()):
        began, day = _day(record, first), _day(record, later)
        if began and day and day.latest < began.earliest and (_concerns(first, changed) or _concerns(later, changed)):
            yield BeforeTheFirst(label=capfirst(_words(record, later)), day=day.label, other=_words(record, first),
                                 first=began.label, field=later if _concerns(later, changed) else first)
    year = record.established_year if isinstance(record, Zone) else None
    if year and year > on.year and _concerns("established_year", changed):
        yield EstablishedLater(year=year, field="established_year")


def columns_changed(before, after) -> set[str]:
    """The columns in which a copy of a record differs from it."""
    was = vars(before)
    return {name for name, value in vars(after).items() if was.get(name, value) != value}


def _day(record, name: str) -> VagueDay | None:
    day = getattr(record, name)
    return VagueDay.exact(day) if isinstance(day, date) else day


def _has_happened(record) -> bool:
    return getattr(record, "reality", Reality.ACTUAL) == Reality.ACTUAL


def _concerns(name: str, changed: Iterable[str] | None) -> bool:
    """Whether a day is among the columns that change; whether it has happened is part of it."""
    if changed is None:
        return True
    stem = name.removesuffix("_on")
    return not {name, f"{stem}_earliest", f"{stem}_latest", "reality"}.isdisjoint(changed)


def _words(record, name: str) -> str:
    days = vague_days(type(record))
    return str(days[name].verbose_name if name in days else record._meta.get_field(name).verbose_name)
