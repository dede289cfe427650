"""What was observed about a zone: each value with its day, method and source, those at odds side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.models import ZoneObservation
from registry.templatetags.register_format import number
from registry.vocabulary.statement import Qualifier
from registry.vocabulary.zone import OBSERVATION_UNIT, YEAR, ObservationKind

from .notes import Note, Notes


@dataclass(frozen=True)
class Observed:
    """One value in words, without its unit: "khoảng 70–75". ``at_odds``: another source, or the same one, gives
    another value for the same time, or one of them names no time."""

    observation: ZoneObservation
    amount: str
    notes: tuple[Note, ...]
    at_odds: bool


@dataclass(frozen=True)
class ObservedGroup:
    """The values of one attribute, the newest first, those without a day last."""

    label: str
    unit: str
    lines: tuple[Observed, ...]

    @property
    def newest(self) -> Observed:
        return self.lines[0]


def observed_groups(observations: Iterable[ZoneObservation], notes: Notes) -> list[ObservedGroup]:
    """In the order of ``ObservationKind``; empty where nothing was observed."""
    by_kind: dict[str, list[ZoneObservation]] = {kind: [] for kind in ObservationKind.values}
    for each in sorted(observations, key=newest_first):
        by_kind[each.attribute].append(each)
    return [
        ObservedGroup(
            label=str(ObservationKind(kind).label), unit=OBSERVATION_UNIT[kind],
            lines=tuple(
                Observed(each, amount_of(each), notes.of(each.source), any(_contradict(each, one) for one in found))
                for each in found
            ),
        )
        for kind, found in by_kind.items() if found
    ]


def newest_first(observation: ZoneObservation) -> tuple:
    day = observation.observed_on
    return (day is None, -(day.latest if day else date.min).toordinal(), observation.number)


def amount_of(observation: ZoneObservation) -> str:
    """The value or the range with its qualifier, without its unit."""
    values = [value for value in (observation.value, observation.value_high) if value is not None]
    is_year = OBSERVATION_UNIT[observation.attribute] == YEAR
    amount = "–".join(f"{value:.0f}" if is_year else number(value) for value in values)
    return f"{Qualifier(observation.qualifier).label} {amount}" if observation.qualifier else amount


def _contradict(one: ZoneObservation, other: ZoneObservation) -> bool:
    if (one.value, one.value_high) == (other.value, other.value_high):
        return False
    first, second = one.observed_on, other.observed_on
    if first is None or second is None:
        return True
    return first.earliest <= second.latest and second.earliest <= first.latest
