from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from registry.vocabulary.quota import Rate, RateUnreadable, rates_of

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_rates_as_the_environment_says_them():
    assert rates_of("50000/day, 600/min") == (Rate(600, 60), Rate(50000, 86400))
    assert rates_of("120/m") == rates_of("120/minute") == (Rate(120, 60),)
    assert rates_of("") == ()
    assert rates_of("0/h") == (Rate(0, 3600),)


@pytest.mark.parametrize("text", ["120", "x/min", "120/week", "-1/min", "1.5/s", "120/min/day"])
def test_what_is_no_rate(text):
    with pytest.raises(RateUnreadable, match="write 120/min"):
        rates_of(text)


def test_windows_are_full_minutes_and_days_here():
    at = datetime(2026, 11, 27, 6, 30, 59, tzinfo=HERE)
    assert Rate(1, 60).window_of(at) == datetime(2026, 11, 27, 6, 30, tzinfo=HERE).timestamp()
    assert Rate(1, 3600).window_of(at) == datetime(2026, 11, 27, 6, tzinfo=HERE).timestamp()
    assert Rate(1, 86400).window_of(at) == datetime(2026, 11, 27, tzinfo=HERE).timestamp()
