"""How long somebody waits after wrong passwords."""

from datetime import timedelta

import pytest

from registry.vocabulary.sign_in import PACES, Pace


def test_the_wait_grows_and_has_a_longest():
    pace = Pace(free=3, longest=60)
    assert [pace.wait_after(tries).total_seconds() for tries in (0, 2, 3, 4, 5, 8, 9, 1000)] == [
        0, 0, 1, 2, 4, 32, 60, 60]


@pytest.mark.parametrize("kind", PACES)
def test_nobody_waits_longer_than_five_minutes(kind):
    assert PACES[kind].wait_after(10**6) <= timedelta(minutes=5)
