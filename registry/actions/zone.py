"""Observations about zones and places."""

import copy
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from registry.models import AdministrativeUnit, Source, Zone, ZoneObservation
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.zone import OBSERVATION_UNIT, PERCENT

from .record import amend, create
from .writing import Writing

WHOLE = 100  # percent


class NotAShare(RuleBroken):
    code = "not-a-share"
    message = _("“%(kind)s” là tỷ lệ phần trăm, từ 0 đến 100. Hãy kiểm tra lại số trong nguồn.")


class NegativeObserved(RuleBroken):
    code = "negative-observed"
    message = _("“%(kind)s” không được âm. Hãy kiểm tra lại số trong nguồn.")


class ObservedLater(RuleBroken):
    code = "observed-later"
    message = _("Ngày quan sát %(day)s còn ở tương lai. Hãy ghi ngày mà số liệu đã được quan sát.")


def observation_rules_broken(observation: ZoneObservation, *, on: date) -> Iterator[RuleBroken]:
    """What is wrong with an observation on the day ``on``, each at its field."""
    is_share = OBSERVATION_UNIT.get(observation.attribute) == PERCENT
    for name in ("value", "value_high"):
        value = getattr(observation, name)
        if value is not None and is_share and not 0 <= value <= WHOLE:
            yield NotAShare(kind=observation.get_attribute_display(), field=name)
        elif value is not None and value < 0:
            yield NegativeObserved(kind=observation.get_attribute_display(), field=name)
    day = observation.observed_on
    if day and day.earliest > on:
        yield ObservedLater(day=day.label, field="observed_on")


def observe(
    *, act: Writing, attribute: str, value: Decimal, source: Source, zone: Zone | None = None,
    place: AdministrativeUnit | None = None, value_high: Decimal | None = None, qualifier: str = "",
    observed_on: VagueDay | None = None, method: str = "",
) -> ZoneObservation:
    """Record one value seen in one source about a zone, or about all zones of a place. Raises NotAShare,
    NegativeObserved, ObservedLater."""
    of = zone or place
    number = of.observations.aggregate(last=Max("number", default=0))["last"] + 1
    observation = ZoneObservation(
        code=f"{of.code}-{number}", number=number, zone=zone, place=place, attribute=attribute, value=value,
        value_high=value_high, qualifier=qualifier, observed_on=observed_on, method=method, source=source,
    )
    _check(act, observation)
    return create(act=act, record=observation)


def amend_observation(*, act: Writing, record: ZoneObservation, version: int | None = None, **changes):
    """Change what was observed; return it. Raises what ``observe`` and ``amend`` do."""
    changed = copy.copy(record)
    for name, value in changes.items():
        setattr(changed, name, value)
    _check(act, changed)
    return amend(act=act, record=record, version=version, **changes)


def _check(act: Writing, observation: ZoneObservation) -> None:
    for broken in observation_rules_broken(observation, on=act.on):
        raise broken
