"""What a project that several hold adds to the sums that are kept by share: the parts of its holders, by day and by
third of a month of recording."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from registry.vocabulary.money import in_whole, split_hundredths

from .ledger import SHARED_SUMS, adding_up

Countries = tuple[int | None, int | None]
NOBODY: Countries = (None, None)


class Holding(NamedTuple):
    """A current stake as the sums need it; the countries of its investor by their keys."""

    is_lead: bool
    share_percent: Decimal | None
    investor: int
    country: int | None
    parent_country: int | None

    @property
    def countries(self) -> Countries:
        return self.country, self.parent_country


def held_of(slots: Mapping[tuple, Mapping[str, int]], stakes: Sequence[Holding]) -> dict[tuple, dict[str, int]]:
    """What tables by share add to what stands under the lead, nothing in sum: by day, third of a month of recording and
    the holder's countries (0: none), of what is added by day, third and what else there is. Purchases stand where they
    do.

    The parts of all up to a day that was recorded up to the end of a third, less those of all up to the day before,
    less those of all recorded up to the third before, and those that are in both put back: so they add up to the parts
    of the whole, to the cent, as of any day and as known at the end of any third.
    """
    holders = adding_up([(stake.countries, stake.share_percent) for stake in stakes])
    weights = in_whole([share for _countries, share in holders])
    lead = next((stake.countries for stake in stakes if stake.is_lead), NOBODY)
    days, thirds = (sorted({when[place] for when in slots}) for place in (0, 1))
    held: dict[tuple, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for measure in SHARED_SUMS:
        cents: dict[tuple[str, str], int] = defaultdict(int)
        for (day, known, *_rest), values in slots.items():
            if amount := values.get(measure):
                cents[day, known] += amount
                held[day, known, *_keys(lead)][measure] -= amount
        for day, known, parts in _parts(cents, days, thirds, weights) if cents else ():
            for (countries, _share), part in zip(holders, parts, strict=True):
                if part:
                    held[day, known, *_keys(countries)][measure] += part
    return {place: values | {"entries": 1} for place, values in held.items() if any(values.values())}


def _keys(countries: Countries | None) -> tuple[int, int]:
    country, parent = countries or NOBODY
    return country or 0, parent or 0


def _parts(
    cents: Mapping[tuple[str, str], int], days: Sequence[str], thirds: Sequence[str], weights: Sequence[int]
) -> Iterator[tuple[str, str, list[int]]]:
    """(day, third, the step of each holder)."""
    recorded = dict.fromkeys(thirds, 0)
    day_before = {known: [0] * len(weights) for known in thirds}
    for day in days:
        total, before, before_both = 0, [0] * len(weights), [0] * len(weights)
        for known in thirds:
            recorded[known] += cents.get((day, known), 0)
            total += recorded[known]
            parts, above = split_hundredths(total, weights), day_before[known]
            yield day, known, [now - left - up + both for now, left, up, both in
                               zip(parts, before, above, before_both, strict=True)]
            before, before_both, day_before[known] = parts, above, parts
