"""Running sums as geometry: where each change of a sum begins and ends. Templates only draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .chart import percent


@dataclass(frozen=True)
class Move:
    """One change, from where its sum stood to where it went. Unit of ``x`` and ``width``: percent, as text that no
    locale touches."""

    x: str
    width: str
    falls: bool


def moves_of(changes: Sequence[tuple[str, Decimal]]) -> tuple[list[Move], str]:
    """The changes of several sums, each named, in their order and on one scale; and where zero is."""
    sums: dict[str, Decimal] = {}
    ends = []
    for name, amount in changes:
        before = sums.get(name, Decimal(0))
        sums[name] = before + amount
        ends.append((before, sums[name]))
    reached = [Decimal(0), *(end for each in ends for end in each)]
    least, span = min(reached), max(reached) - min(reached)
    moves = [
        Move(x=percent(min(before, after) - least, span), width=percent(abs(after - before), span),
             falls=after < before)
        for before, after in ends
    ]
    return moves, percent(-least, span)
