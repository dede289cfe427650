"""Periods of the agency's tables, and sections of either classification."""

from datetime import date

import pytest

from registry.statistics.flow_months import Parts, parts_of
from registry.vocabulary.agency import section_of_2018, usual_periods, year_before


@pytest.mark.parametrize("days, before", [
    ((date(2026, 1, 1), date(2026, 3, 31)), (date(2025, 1, 1), date(2025, 3, 31))),
    ((date(2025, 2, 1), date(2025, 2, 28)), (date(2024, 2, 1), date(2024, 2, 29))),
    ((date(2024, 2, 29), date(2024, 2, 29)), (date(2023, 2, 28), date(2023, 2, 28))),
    ((date(2024, 1, 1), date(2024, 12, 20)), (date(2023, 1, 1), date(2023, 12, 20))),
])
def test_the_same_days_a_year_earlier(days, before):
    assert year_before(*days) == before


@pytest.mark.parametrize("key, section", [
    ("C", "C"), ("2025-C", "C"), ("2025-J", "J"), ("2025-K", "J"), ("2025-L", "K"), ("2025-M", "L"), ("2025-V", "U"),
    ("U", "U"), ("L", "L"),
])
def test_sections(key, section):
    assert section_of_2018(key) == section


@pytest.mark.parametrize("days, parts", [
    ((date(2026, 1, 1), date(2026, 3, 31)), Parts((date(2026, 1, 1), date(2026, 4, 1)), [])),
    ((date(2026, 1, 2), date(2026, 3, 30)), Parts((date(2026, 2, 1), date(2026, 3, 1)), [
        (date(2026, 1, 2), date(2026, 1, 31)), (date(2026, 3, 1), date(2026, 3, 30))])),
    ((date(2026, 1, 2), date(2026, 2, 27)), Parts(None, [(date(2026, 1, 2), date(2026, 2, 27))])),
    ((date(2024, 12, 1), date(2025, 1, 5)), Parts((date(2024, 12, 1), date(2025, 1, 1)), [
        (date(2025, 1, 1), date(2025, 1, 5))])),
])
def test_a_period_as_whole_months_and_days(days, parts):
    assert parts_of(*days) == parts


def test_the_usual_periods_are_over():
    found = [(period.start, period.last) for _label, period in usual_periods(date(2026, 1, 27))]
    assert found == [
        (date(2025, 12, 1), date(2025, 12, 31)), (date(2025, 10, 1), date(2025, 12, 31)),
        (date(2025, 7, 1), date(2025, 12, 31)), (date(2025, 1, 1), date(2025, 12, 31)),
        (date(2025, 1, 1), date(2025, 12, 31))]
