"""How much of an amount counts as confirmed."""

from decimal import Decimal

import pytest

from registry.vocabulary.capital import confirmed_part


@pytest.mark.parametrize(("amount", "of_itself", "registered", "confirmed", "part"), [
    (50, 50, 100, 0, 50), (50, 0, 100, 0, 0),  # an increase counts by its own standing
    (-40, -40, 100, 60, -40), (-40, 0, 100, 60, 0),  # and so does a decrease that leaves enough
    (-40, -40, 100, 30, -30),  # a certificate takes away more than certificates have granted
    (-40, 0, 100, 80, -20),  # an article leaves less than certificates have granted
    (-100, -100, 100, 0, 0), (-100, 0, 100, 100, -100),  # an end of the other standing
    (-150, -150, 100, 100, -150), (80, 80, -50, -50, 80),  # of one standing alone, in whatever order it came
    (-10, 0, 40, 100, -10),  # a sum that was outside comes back as far as the amount goes
])
def test_part(amount, of_itself, registered, confirmed, part):
    assert confirmed_part(Decimal(amount), Decimal(of_itself), registered=Decimal(registered),
                          confirmed=Decimal(confirmed)) == part
