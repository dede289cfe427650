"""What became of the published data lately: how many records of each kind were added, mended or withdrawn on a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, IntegerField, Max, Min, OuterRef, Value, When
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
    spans = list(acts.values_list("day").annotate(Min("pk"), Max("pk")).order_by("-day")[:days])
    if not spans:
        return []
    # Acts are numbered in their order: a day is a span of numbers, which takes no join and no table.
    day_of = Case(*(When(act__gte=first, act__lte=last, then=Value(place)) for place, (_day, first, last)
                    in enumerate(spans)), output_field=IntegerField())
    rows = told.filter(act__gte=min(first for _day, first, _last in spans)).order_by().annotate(place=day_of)
    found: list[dict[str, dict[str, int]]] = [{} for _span in spans]
    for place, verb, kind, records in rows.values_list("place", "feed_verb", "kind").annotate(
            records=Count("code", distinct=True)):
        if place is not None:
            found[place].setdefault(verb, {})[kind] = records
    return [
        DayOfChanges(day, tuple(_done(verb, by_verb[verb]) for verb in Verb.values if verb in by_verb))
        for (day, _first, _last), by_verb in zip(spans, found, strict=True)
    ]


def _done(verb: str, kinds: dict[str, int]) -> Done:
    return Done(verb, tuple(sorted(kinds.items(), key=lambda item: ORDER.index(item[0]))))


def last_changed() -> datetime | None:
    """When published data last changed; None where nothing was ever published. One query."""
    newest = Change.objects.exclude(feed_verb="").order_by("-seq").values("act")[:1]
    return Act.objects.filter(pk=newest).values_list("at", flat=True).first()
