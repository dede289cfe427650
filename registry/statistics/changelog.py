"""What became of the published data lately: how many records of each kind were added, mended or withdrawn on a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncDate

from registry.models import NOUNS, Act, Change
from registry.vocabulary.change import Verb

ORDER = tuple(NOUNS)


@dataclass(frozen=True)
class Done:
    """What was done, and to how many records of each kind: (kind, records)."""

    verb: str
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class DayOfChanges:
    """A day in Asia/Ho_Chi_Minh on which published data changed."""

    day: date
    done: tuple[Done, ...]


def changelog(*, days: int) -> list[DayOfChanges]:
    """The last so many days on which published data changed, the newest first; a record that one day changed twice in
    the same way counts once. Source: the change log, as partners are told it. Two queries."""
    told = Change.objects.exclude(feed_verb="")
    acts = Act.objects.filter(Exists(told.filter(act=OuterRef("pk")))).annotate(day=TruncDate("at"))
    shown = list(acts.values_list("day", flat=True).distinct().order_by("-day")[:days])
    if not shown:
        return []
    rows = told.filter(act__in=acts.filter(day__gte=shown[-1]).values("pk")).order_by().annotate(
        day=TruncDate("act__at")).values_list("day", "feed_verb", "kind").annotate(records=Count("code", distinct=True))
    found: dict[date, dict[str, dict[str, int]]] = {day: {} for day in shown}
    for day, verb, kind, records in rows:
        found[day].setdefault(verb, {})[kind] = records
    return [
        DayOfChanges(day, tuple(_done(verb, by_verb[verb]) for verb in Verb.values if verb in by_verb))
        for day, by_verb in found.items()
    ]


def _done(verb: str, kinds: dict[str, int]) -> Done:
    return Done(verb, tuple(sorted(kinds.items(), key=lambda item: ORDER.index(item[0]))))


def last_changed() -> datetime | None:
    """When published data last changed; None where nothing was ever published. One query."""
    newest = Change.objects.exclude(feed_verb="").order_by("-seq")
    return newest.values_list("act__at", flat=True).first()
