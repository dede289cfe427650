"""The quarters of which companies report."""

from datetime import date

import pytest

from registry.vocabulary.report import Quarter


@pytest.mark.parametrize(("day", "quarter"), [
    (date(2026, 9, 30), (2026, 2)), (date(2026, 10, 1), (2026, 3)), (date(2026, 12, 31), (2026, 3)),
    (date(2027, 1, 1), (2026, 4)), (date(2026, 2, 28), (2025, 4)), (date(2026, 4, 1), (2026, 1)),
])
def test_the_last_quarter_that_is_over(day, quarter):
    assert Quarter.before(day) == Quarter(*quarter)


@pytest.mark.parametrize(("quarter", "label", "last", "due_before"), [
    (Quarter(2026, 1), "quý I/2026", date(2026, 3, 31), date(2026, 4, 10)),
    (Quarter(2026, 4), "quý IV/2026", date(2026, 12, 31), date(2027, 1, 10)),
])
def test_a_quarter_is_named_and_has_a_deadline(quarter, label, last, due_before):
    assert (str(quarter), quarter.period.last, quarter.due_before) == (label, last, due_before)
    assert quarter.days.label_en.endswith(f"quarter of {quarter.year}")
