from datetime import date

import pytest

from registry.vocabulary.third import next_third, third_of_month


@pytest.mark.parametrize(("day", "third", "following"), [
    ("2024-02-01", "2024-02-01", "2024-02-11"), ("2024-02-10", "2024-02-01", "2024-02-11"),
    ("2024-02-11", "2024-02-11", "2024-02-21"), ("2024-02-20", "2024-02-11", "2024-02-21"),
    ("2024-02-21", "2024-02-21", "2024-03-01"), ("2024-02-29", "2024-02-21", "2024-03-01"),
    ("2023-02-28", "2023-02-21", "2023-03-01"), ("2024-12-31", "2024-12-21", "2025-01-01"),
])
def test_thirds_of_a_month(day, third, following):
    assert third_of_month(date.fromisoformat(day)).isoformat() == third
    assert next_third(date.fromisoformat(third)).isoformat() == following
