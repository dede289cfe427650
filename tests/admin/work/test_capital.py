"""Entries of the ledger and their reversal."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.project import withdraw_project
from registry.admin.address import address_of
from registry.models import Project
from tests import build
from tests.admin.work.desk import Sent, done_by, last_act
from tests.unchanged import everything

pytestmark = pytest.mark.django_db


def registered(project: Project) -> str:
    return str(project.entries.measures()["registered_usd"])


def test_an_entry_as_a_document_states_it(officer):
    project, source = build.make_project(), build.make_source()

    sent = officer.work(project, "entry", kind="new", amount_usd="1.600.000.000,50", written="39.000 tỷ đồng",
                        rate_as_printed="24.375", decided_on="cuối tháng 10/2023", source=source, note="trang 2",
                        reason="theo báo cáo")

    entry = project.entries.get()
    assert sent.path == address_of(project)
    assert sent.told == [f"Đã ghi bút toán {entry.code}: cấp mới 1.600.000.000,50 USD. Vốn đăng ký nay là "
                         "1.600.000.000,50 USD."]
    assert (entry.kind, str(entry.amount_usd), str(entry.written_amount), entry.written_currency) == (
        "new", "1600000000.50", "39000000000000.00", "VND")
    assert (entry.rate_as_printed, entry.decided_on.label, entry.source, entry.note) == (
        "24.375", "cuối tháng 10/2023", source, "trang 2")
    assert done_by(last_act()) == [("capital-entry", entry.code, "created"), ("project", project.code, "updated")]
    assert (last_act().reason, last_act().by, last_act().door) == ("theo báo cáo", officer.user, "admin")


@pytest.mark.parametrize("typed", ["2 triệu", "-2 triệu", "(2.000.000)", "−2.000.000 USD"])
def test_a_decrease_is_a_decrease_whichever_sign_is_typed(officer, typed):
    project = build.make_project(capital_usd="5000000")

    officer.work(project, "entry", kind="decrease", amount_usd=typed, source=build.make_source())

    assert registered(project) == "3000000.00"


def test_realised_capital_comes_of_a_report_and_not_by_hand(officer):
    project = build.make_project(capital_usd="5000000")

    page = officer.refused(project, "entry", amount_usd="1 triệu", source=build.make_source(), note="giải ngân")
    assert 'value="disbursement"' not in page.html
    officer.work(project, "entry", kind="disbursement", amount_usd="1 triệu", source=build.make_source())
    assert not project.entries.filter(kind="disbursement").exists()


def test_a_share_purchase_has_a_buyer_and_a_price(officer):
    project, buyer = build.make_project(capital_usd="5000000"), build.make_investor()

    officer.work(project, "entry", kind="share_purchase", amount_usd="1 triệu", source=build.make_source(), buyer=buyer,
                 expected_price_usd="3 triệu")

    entry = project.entries.get(kind="share_purchase")
    assert (entry.buyer, entry.expected_price_usd) == (buyer, Decimal("3000000.00"))
    assert registered(project) == "5000000.00"


def test_a_certificate_is_ground_enough(officer):
    project = build.make_project(capital_usd="5000000")
    certificate = build.make_certificate(project, kind="correction")

    officer.work(project, "entry", kind="increase", amount_usd="1", certificate=certificate)

    assert project.entries.get(kind="increase").confirmed


def test_a_day_that_nobody_stated_stays_empty(officer):
    project = build.make_project()

    officer.work(project, "entry", kind="opening", amount_usd="1", source=build.make_source())

    assert project.entries.get().decided_on is None


REFUSED = [
    ({"amount_usd": "1.6 tỷ"}, "amount_usd", "Không đọc được chắc chắn con số “1.6 tỷ”"),
    ({"amount_usd": "1.000 tỷ đồng"}, "amount_usd", "ghi bằng"),
    ({"amount_usd": ""}, "amount_usd", "Hãy điền mục này"),
    ({"amount_usd": "0"}, "amount_usd", "khác 0"),
    ({"amount_usd": "-5"}, "amount_usd", "Loại “điều chỉnh tăng” ghi số dương"),
    ({"kind": "decrease", "amount_usd": "6 triệu"}, "amount_usd", "xuống dưới 0"),
    ({"kind": "opening"}, "kind", "Hãy đảo bút toán đó trước"),
    ({"kind": ""}, "kind", "Hãy điền mục này"),
    ({"decided_on": "hôm nào đó"}, "decided_on", "Không đọc được thời gian “hôm nào đó”"),
    ({"decided_on": "1/1/2199"}, "decided_on", "còn ở tương lai"),
    ({"written": "39.000"}, "written", "chưa có loại tiền"),
    ({"source": ""}, "source", "Mỗi con số phải có nguồn"),
    ({"expected_price_usd": "5"}, "expected_price_usd", "Chỉ ghi ô này với góp vốn"),
]


@pytest.mark.parametrize("typed, field, message", REFUSED)
def test_what_is_refused_is_said_at_its_field(officer, typed, field, message):
    project, source = build.make_project(capital_usd="5000000"), build.make_source()
    before = everything()

    page = officer.refused(project, "entry", **{"kind": "increase", "amount_usd": "1 triệu", "source": source,
                                                "note": "đừng mất"} | typed)

    assert message in page.errors[field], page.errors
    assert everything() == before


def test_a_draft_takes_no_entry(officer):
    project = build.make_project(publication="draft")
    assert officer.client.get(address_of(project, "entry"))["Location"] == address_of(project)


def test_a_project_that_was_withdrawn_meanwhile_takes_no_entry(officer):
    project, source = build.make_project(), build.make_source()
    page = officer.open(project, "entry")
    with build.act() as act:
        withdraw_project(act=act, project=project, reason="nhập trùng")
    before = everything()

    page = officer.send(page, kind="new", amount_usd="5", source=source)
    assert "vừa được người khác thay đổi" in page.errors[""]
    page = officer.send(page)
    assert "Không làm được việc “Ghi bút toán”" in page.errors[""]
    assert everything() == before


def test_the_ledger_stands_beside_the_form(officer):
    project = build.make_project(capital_usd="5000000")

    page = officer.open(project, "entry")

    assert f"{project.code}-1 cấp mới 15/05/2023" in page.words
    assert "Vốn đăng ký 5.000.000" in page.words


def test_a_mistake_is_reversed(officer):
    project = build.make_project(capital_usd="5000000")
    entry = build.make_entry(project, "2000000")
    page = officer.open(entry, "reverse")
    assert "từ 7.000.000 USD thành 5.000.000 USD" in page.words

    sent = officer.send(page, reason="gõ nhầm dự án")

    reversal = entry.reversed_by
    assert sent.told == [f"Đã đảo {entry.code} bằng bút toán {reversal.code}: -2.000.000 USD."]
    assert (reversal.amount_usd, reversal.counts_on, last_act().reason) == (
        Decimal("-2000000.00"), date(2023, 5, 15), "gõ nhầm dự án")
    assert [change[:2] for change in done_by(last_act())] == [
        ("capital-entry", entry.code), ("capital-entry", reversal.code), ("project", project.code)]
    assert registered(project) == "5000000.00"


def test_a_dated_decision_reverses_from_its_day(officer):
    project = build.make_project(capital_usd="5000000")
    entry = build.make_entry(project, "2000000")

    officer.work(entry, "reverse", decided_on="30/6/2025", reason="quyết định số 5", note="trang 1")

    assert (entry.reversed_by.counts_on, entry.reversed_by.note) == (date(2025, 6, 30), "trang 1")


@pytest.mark.parametrize("typed, field, message", [
    ({"decided_on": "hôm nào đó"}, "decided_on", "Không đọc được thời gian"),
    ({"decided_on": "1/1/2020"}, "decided_on", "quyết định đảo không thể có hiệu lực sớm hơn"),
])
def test_a_reversal_that_is_refused(officer, typed, field, message):
    entry = build.make_entry(build.make_project(), "5", kind="new")
    before = everything()

    page = officer.refused(entry, "reverse", reason="nhầm", **typed)

    assert message in page.errors[field]
    assert everything() == before


def test_a_reversal_is_not_reversed(officer):
    project = build.make_project()
    entry = build.make_entry(project, "5", kind="new")
    officer.work(entry, "reverse", reason="nhầm")
    reversal = entry.reversed_by
    assert officer.client.get(address_of(reversal, "reverse"))["Location"] == address_of(reversal)
    before = everything()

    project.refresh_from_db()
    answer = officer.client.post(address_of(reversal, "reverse"),
                                 {"reason": "nhầm nữa", "key": "k1", "version": project.version})

    assert f"{reversal.code} là bút toán đảo; không đảo một bút toán đảo" in answer.content.decode()
    assert everything() == before


def test_two_officers_reverse_once(officer):
    entry = build.make_entry(build.make_project(), "5", kind="new")
    page, other = officer.open(entry, "reverse"), officer.open(entry, "reverse")
    assert isinstance(officer.send(page, reason="nhầm"), Sent)
    before = everything()

    stale = officer.send(other, reason="nhầm")
    assert "vừa được người khác thay đổi" in stale.errors[""]
    again = officer.send(stale)
    assert f"đã được đảo bằng {entry.reversed_by.code}" in again.errors[""]
    assert everything() == before
