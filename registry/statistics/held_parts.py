"""What a project that several hold adds to the sums that are kept by share: of each day the parts of its holders."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from registry.vocabulary.money import from_hundredths, to_hundredths

from .ledger import adding_up, shared_among

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


def parts_by_day(
    days: Mapping[str, Mapping[str, int]], stakes: Sequence[Holding]
) -> Iterator[tuple[str, Countries, str, int]]:
    """(day, countries, measure, hundredths) to be added to what stands under the lead, of what each day adds to the
    measures of a project.

    The parts of all up to a day, less those of all up to the day before: so they add up to the parts of the whole, to
    the cent, as of any day.
    """
    holders = adding_up([(stake.countries, stake.share_percent) for stake in stakes])
    lead = next((stake.countries for stake in stakes if stake.is_lead), NOBODY)
    totals: dict[str, int] = defaultdict(int)
    parts: dict[str, list[int]] = {}
    for day in sorted(days):
        for measure, cents in days[day].items():
            totals[measure] += cents
            before = parts.get(measure, [0] * len(holders))
            parts[measure] = [to_hundredths(part) for part in shared_among(holders, from_hundredths(totals[measure]))]
            yield day, lead, measure, -cents
            for (countries, _share), now, was in zip(holders, parts[measure], before, strict=True):
                yield day, countries or NOBODY, measure, now - was
