"""The form A.IV.4: one row an investor, the totals, and its Excel file."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from registry.actions.record import amend, withdraw
from registry.exchange.documents.a_iv_4 import leads_document
from registry.models import Country, Opportunity, Sector
from registry.statistics.a_iv_4 import YearInFuture, leads_form
from registry.statistics.log import KnownInFuture
from registry.vocabulary.investor import InvestorKind
from tests import build

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def opportunity(name: str, *, at: datetime = datetime(2026, 5, 1, tzinfo=UTC), **changes) -> Opportunity:
    with build.act(at=at) as act:
        return build.make(Opportunity, act=act, **{"kind": "lead", "name": name} | changes)


@pytest.fixture
def worked():
    """An investor with two leads of 40 and 2.5 million on 3.5 hectares, a call without investor on 10, a person."""
    investor = build.make_investor(name="SYN Chip", country=Country.objects.get(code="KR"))
    opportunity("Nhà máy chip", investor=investor, expected_usd=Decimal(40_000_000), land_area_ha=Decimal("3.5"),
                sector=Sector.objects.get(code="2018-26"), publication="published")
    opportunity("Kho", investor=investor, expected_usd=Decimal(2_500_000))
    opportunity("Khu đô thị", kind="call", land_area_ha=Decimal(10), zone=build.make_zone(name="KCN Một"))
    person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON)
    opportunity("Xưởng", investor=person, at=datetime(2026, 12, 31, 18, tzinfo=UTC))  # 2027 here
    opportunity("Đã gỡ", publication="withdrawn", withdrawn_reason="nhầm", expected_usd=Decimal(7))


def test_one_row_an_investor(worked):
    form = leads_form(2026, today=TODAY)
    chip, call = form.rows
    assert (chip.leads, chip.expected_usd, chip.land_m2) == (("Nhà máy chip", "Kho"), 42_500_000, 35_000)
    assert chip.sections == ("Công nghiệp chế biến, chế tạo",)
    assert (call.investor, call.calls, call.expected_usd, call.places) == (None, ("Khu đô thị",), None, ("KCN Một",))
    assert (form.expected_usd, form.land_m2, form.hidden) == (42_500_000, 135_000, 2)


def test_a_year_that_has_not_begun(worked, client):
    with pytest.raises(YearInFuture, match="2027"):
        leads_form(2027, today=TODAY)
    assert len(leads_form(2027, today=date(2027, 1, 5)).rows) == 3
    client.force_login(build.make_officer())
    assert client.get("/admin/a-iv-4/", {"year": 2199}).status_code == 400
    assert client.get("/admin/a-iv-4/", {"year": "nix"}).status_code == 400


def test_excel(worked, client):
    client.force_login(build.make_officer())
    assert "SYN Chip" in client.get("/admin/a-iv-4/", {"year": 2026}).content.decode()
    sheet = load_workbook(BytesIO(b"".join(client.get("/admin/a-iv-4/", {"year": 2026, "format": "xlsx"})))).active
    rows = {row[1].value: [cell.value for cell in row] for row in sheet.iter_rows()}
    assert rows["SYN Chip"][2:6] == ["Hàn Quốc", None, "Nhà máy chip; Kho", 42_500_000]
    assert (rows["Tổng số"][5], rows["Tổng số"][9]) == (42_500_000, 135_000)
    assert "D" in {str(area)[0] for area in sheet.merged_cells.ranges if "E" in str(area)}  # Dự án over two columns


def test_json(worked, client):
    client.force_login(build.make_officer())
    document = client.get("/admin/a-iv-4/", {"year": 2026, "format": "json"}).json()
    chip, call = document["rows"]
    assert chip["investor"]["name"] == "SYN Chip" and chip["investor"]["country"] == "KR"
    assert (chip["expected_usd"], chip["land_m2"]) == ("42500000.00", "35000.0000")
    assert (call["investor"], call["calls"], call["expected_usd"]) == (None, ["Khu đô thị"], None)
    assert [len(row["opportunities"]) for row in document["rows"]] == [2, 1]
    assert (document["total"]["expected_usd"], document["unpublished"]) == ("42500000.00", 2)
    with_person = leads_document(leads_form(2027, today=date(2027, 1, 5)))
    assert "Kim Min-su" not in str(with_person) and "cá nhân" in str(with_person)


def test_as_known_on_a_day():
    """A lead of 40 million of 1 May becomes 55 on 1 July and is withdrawn on 1 September; one of 7 is entered on
    1 August."""
    first = opportunity("Nhà máy chip", expected_usd=Decimal(40_000_000), publication="published")
    with build.act(at=datetime(2026, 7, 1, 3, tzinfo=UTC)) as act:
        amend(act=act, record=first, expected_usd=Decimal(55_000_000))
    opportunity("Kho", at=datetime(2026, 8, 1, 3, tzinfo=UTC), expected_usd=Decimal(7_000_000))
    with build.act(at=datetime(2026, 9, 1, 3, tzinfo=UTC)) as act:
        withdraw(act=act, record=first, reason="nhầm")

    def told(*day: int):
        form = leads_form(2026, today=TODAY, known_on=date(*day))
        return form.expected_usd, [row.leads for row in form.rows], form.hidden

    assert told(2026, 4, 30) == (0, [], 0)
    assert told(2026, 5, 1) == told(2026, 6, 30) == (40_000_000, [("Nhà máy chip",)], 0)
    assert told(2026, 7, 1) == (55_000_000, [("Nhà máy chip",)], 0)
    assert told(2026, 8, 1) == (62_000_000, [("Nhà máy chip",), ("Kho",)], 1)
    assert told(2026, 9, 1) == (7_000_000, [("Kho",)], 1)
    assert leads_form(2026, today=TODAY).expected_usd == 7_000_000
    with pytest.raises(KnownInFuture, match="28/11/2026"):
        leads_form(2026, today=TODAY, known_on=date(2026, 11, 28))


def test_names_stand_beside_what_was_known(worked, client):
    """Everything but the lead of 2027 was written by the last act; the file says of which day it is."""
    with build.act() as act:
        written = act.on
    now, then = (leads_form(2026, today=written, known_on=day) for day in (None, written))
    assert [(row.investor, row.sections, row.places, row.land_m2) for row in now.rows] == [
        (row.investor, row.sections, row.places, row.land_m2) for row in then.rows]
    client.force_login(build.make_officer())
    asked = {"year": 2026, "known_on": "2026-05-31"}
    assert "Theo số liệu đã ghi nhận đến hết ngày 31/05/2026." in client.get("/admin/a-iv-4/", asked).content.decode()
    assert client.get("/admin/a-iv-4/", asked | {"known_on": "2199-01-01"}).status_code == 400
