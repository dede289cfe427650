"""Changes of running sums as bars: each goes on where the last one of its sum ended."""

from decimal import Decimal

from registry.pages.running_sum import moves_of


def test_two_sums_on_one_scale():
    moves, zero = moves_of([("a", Decimal(50)), ("b", Decimal(10)), ("a", Decimal(-75)), ("a", Decimal(25))])
    assert zero == "33.00%"
    assert [(move.x, move.width, move.falls) for move in moves] == [
        ("33.00%", "66.00%", False), ("33.00%", "13.20%", False), ("0.00%", "99.00%", True), ("0.00%", "33.00%", False),
    ]


def test_nothing():
    assert moves_of([]) == ([], "0.00%")
