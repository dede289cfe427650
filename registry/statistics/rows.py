"""The lines of tables of capital."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from operator import attrgetter

from registry.models.capital import ZERO


@dataclass(frozen=True)
class CapitalRow:
    """One group. Unit: US dollars, two places; ``projects`` counts those in force. Key None: not stated.

    ``confirmed_usd`` is the part of ``registered_usd`` that rests on a certificate or a decision.
    """

    key: str | None
    name: str | None
    name_en: str | None
    projects: int
    registered_usd: Decimal
    confirmed_usd: Decimal
    realised_usd: Decimal
    share_purchase_usd: Decimal


@dataclass(frozen=True)
class TimeRow(CapitalRow):
    """One year, quarter or month, with the steps that make up ``registered_usd``; decreases are negative, and a
    reversal stands with the kind that it reverses. ``projects`` counts those that began."""

    opening_usd: Decimal = ZERO
    new_usd: Decimal = ZERO
    increase_usd: Decimal = ZERO
    decrease_usd: Decimal = ZERO


NAMES = ("key", "name", "name_en")


def added_up(rows: Sequence[CapitalRow], *, kind: type[CapitalRow] = CapitalRow) -> CapitalRow:
    """The sum of rows of one kind, under no key."""
    summed = [field.name for field in fields(kind) if field.name not in NAMES]
    return kind(**dict.fromkeys(NAMES), **{
        name: sum(map(attrgetter(name), rows), 0 if name == "projects" else ZERO) for name in summed
    })


@dataclass(frozen=True)
class Named:
    """A key with its names; the key itself where it has none."""

    key: str
    name: str
    name_en: str | None


def named(key: str, names: tuple[str | None, str | None] | None) -> Named:
    name, name_en = names or (key, key)
    return Named(key, name or key, name_en)
