"""Thirds of months: from the 1st, from the 11th, from the 21st."""

from datetime import date, timedelta


def third_of_month(day: date) -> date:
    """The first day of the third of a month in which this day is: the 1st, the 11th or the 21st."""
    return day.replace(day=min((day.day - 1) // 10 * 10 + 1, 21))


def next_third(third: date) -> date:
    """The first day of the third of a month that follows."""
    return third_of_month(third + timedelta(days=10 if third.day < 21 else 11))
