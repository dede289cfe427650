"""A wrong entry is reversed, and what last year's report said can still be had.

A certificate of 10 March 2023 registers 100 million. On 5 January 2024 the year's report is made. On
20 February 2024 an officer sees that an increase of 30 million, decided on 1 June 2023, belonged to another
project, and reverses it.
"""

from datetime import date
from decimal import Decimal

from registry.actions import capital
from registry.models import CapitalEntry
from registry.statistics.flows import flows
from registry.vocabulary.capital import CapitalKind
from tests import build

from .conftest import recording

END_OF_2023 = date(2023, 12, 31)
THE_REPORT = date(2024, 1, 5)


def test_a_wrong_entry_is_reversed():
    with recording(2023, 3, 12) as act:
        project = build.make_project(act=act, capital_usd="100000000.00", decided_on=date(2023, 3, 10))
    with recording(2023, 6, 3) as act:
        wrong = build.make_entry(project, "30000000.00", act=act, decided_on=date(2023, 6, 1))
    with recording(2024, 2, 20) as act:
        reversal = capital.reverse(act=act, entry=wrong, note="thuộc dự án khác")

    # The mistake never was: today's answer about last year is right,
    assert build.totals(as_of=END_OF_2023).registered_usd == Decimal("100000000.00")
    # and the answer that was given in the report can be had again.
    assert build.totals(as_of=END_OF_2023, known_on=THE_REPORT).registered_usd == Decimal("130000000.00")

    # In the flows of 2023 the increase is no longer counted, and its money is taken back in its own period.
    now = flows("sector", first=date(2023, 1, 1), last=END_OF_2023).total
    assert (now.adjusted_times, now.adjusted_usd) == (0, Decimal("0.00"))
    then = flows("sector", first=date(2023, 1, 1), last=END_OF_2023, known_on=THE_REPORT).total
    assert (then.adjusted_times, then.adjusted_usd) == (1, Decimal("30000000.00"))

    # Nothing was lost: three entries stand in the ledger, and the reversal names what it reverses.
    assert CapitalEntry.objects.filter(project=project).count() == 3
    assert (reversal.reverses, reversal.decided_on) == (wrong, wrong.decided_on)
    assert reversal.counts_as == CapitalKind.INCREASE


def test_a_dated_decision_reverses_from_its_own_day():
    """A court annuls the increase on 15 January 2024: until then it was law."""
    with recording(2023, 6, 3) as act:
        project = build.make_project(act=act, capital_usd="100000000.00", decided_on=date(2023, 3, 10))
        increase = build.make_entry(project, "30000000.00", act=act, decided_on=date(2023, 6, 1))
    with recording(2024, 2, 20) as act:
        capital.reverse(act=act, entry=increase, decided_on=build.exactly(date(2024, 1, 15)))

    assert build.totals(as_of=END_OF_2023).registered_usd == Decimal("130000000.00")
    assert build.totals(as_of=date(2024, 1, 14)).registered_usd == Decimal("130000000.00")
    assert build.totals(as_of=date(2024, 1, 15)).registered_usd == Decimal("100000000.00")
