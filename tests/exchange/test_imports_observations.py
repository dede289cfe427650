"""Observations of zones have bounds, in a file and at the form."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from registry.actions.zone import NegativeObserved, NotAShare, ObservedLater, amend_observation
from registry.exchange.imports.preview import preview_file
from tests import build
from tests.exchange.officers_list import sheet_of
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
HEADING = ("zone.name", "attribute", "value", "value_high", "date")


@pytest.mark.parametrize(("said", "told"), [
    (("occupancy", 188, None, "2024"), [("C2", "not-a-share")]),
    (("occupancy", -5, None, "1/1/2030"), [("C2", "not-a-share"), ("E2", "observed-later")]),
    (("occupancy", 90, 101, None), [("D2", "not-a-share")]),
    (("workers", -1, None, None), [("C2", "negative-observed")]),
    (("leased_area", 12, None, "21/11/2026"), [("E2", "observed-later")]),
    (("occupancy", 0, 100, "20/11/2026"), []), (("workers", 12_000, None, "2026"), []),
])
def test_what_is_out_of_bounds_is_told_at_its_cell(said, told):
    build.make_zone(name="KCN Đo")
    preview = preview_file(sheet_of([("KCN Đo", *said)], heading=HEADING), "a.xlsx", "zone-observations", now=NOW)
    assert [(each.cell, each.code) for each in preview.problems] == told


@pytest.mark.parametrize(("said", "problems", "value", "is_doubted"), [
    (("tỷ lệ lấp đầy", "87%"), [], 87, False), (("lấp đầy", "87,5 %"), [], Decimal("87.5"), False),
    (("lấp đầy", 0.87), [], Decimal("0.87"), True), (("lao động", "87%"), [("C2", "unreadable-amount")], None, False),
])
def test_percent_has_its_sign_or_none(said, problems, value, is_doubted):
    """A cell that Excel shows as 87% holds 0.87."""
    build.make_zone(name="KCN Đo")
    preview = preview_file(sheet_of([("KCN Đo", *said)], heading=HEADING[:3]), "a.xlsx", "zone-observations", now=NOW)
    assert [(each.cell, each.code) for each in preview.problems] == problems
    [planned] = preview.rows
    assert any("dạng phần trăm" in note for note in planned.notes) == is_doubted
    assert value is None or planned.proposed[0].value == value


def test_nobody_enters_it_either():
    zone, source = build.make_zone(name="KCN Đo"), build.make_source()
    seen = {"zone": zone, "source": source, "attribute": "occupancy", "value": Decimal(80)}
    for error, wrong in ((NotAShare, {"value": Decimal(188)}), (NegativeObserved, {"attribute": "workers",
                         "value": Decimal(-1)}), (ObservedLater, {"observed_on": build.exactly(date(2999, 1, 1))})):
        with refused(error):
            build.make_observation(**seen | wrong)
    observation = build.make_observation(**seen)
    with refused(NotAShare), build.act() as act:
        amend_observation(act=act, record=observation, value=Decimal(188))
