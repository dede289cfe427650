"""What the public sees: published and withdrawn, with what comes and goes with it."""

from decimal import Decimal

import pytest

from registry.actions.certificate import AsPrinted
from registry.admin.address import address_of
from registry.models import Engagement, Opportunity, Policy
from tests import build
from tests.admin.work.desk import done_by, last_act
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

DRAFTS = [
    build.make_source, build.make_investor, build.make_enterprise, build.make_zone, build.make_project,
    lambda **changes: build.make(Policy, name="Chính sách", **changes),
    lambda **changes: build.make(Engagement, name="Buổi làm việc", kind="visit", **changes),
    lambda **changes: build.make(Opportunity, name="Dự án kêu gọi", kind="call", **changes),
]


@pytest.mark.parametrize("make", DRAFTS)
def test_a_draft_is_published_and_withdrawn(officer, make):
    record = make(publication="draft")
    assert officer.client.get(address_of(record, "withdraw"))["Location"] == address_of(record)

    sent = officer.work(record, "publish", reason="đã duyệt")
    record.refresh_from_db()
    assert (sent.path, sent.told[0], record.publication) == (
        address_of(record), f"Đã công bố {record.code}.", "published")
    assert (record.KIND, record.code, "updated") in done_by(last_act())
    assert (last_act().reason, last_act().by) == ("đã duyệt", officer.user)

    sent = officer.work(record, "withdraw", reason="nhập trùng")
    record.refresh_from_db()
    assert sent.told[0].startswith(f"Đã gỡ {record.code}")
    assert (record.publication, record.withdrawn_reason) == ("withdrawn", "nhập trùng")


def test_a_withdrawn_project_takes_its_capital_out_of_the_totals(officer):
    project = build.make_project(capital_usd="5000000")
    page = officer.open(project, "withdraw")
    assert "từ 5.000.000 USD về 0" in page.words
    assert f"{project.code}-1, cấp mới: 5.000.000 USD" in page.words

    sent = officer.send(page, reason="nhập trùng BN-000009")

    assert sent.told == [f"Đã gỡ {project.code}; vốn đăng ký của dự án trong sổ nay là 0 USD."]
    assert project.entries.measures()["registered_usd"] == Decimal("0.00")
    assert project.entries.get(kind="reversal").note == "nhập trùng BN-000009"
    gone = officer.client.get(f"/projects/{project.code}/")
    assert gone.status_code == 410 and "nhập trùng BN-000009" in gone.content.decode()
    assert "Vốn đã đảo khi gỡ không tự ghi lại" in officer.open(project, "publish").words


def test_what_comes_and_goes_with_a_source_is_said(officer):
    source = build.make_source()
    build.make_statement(source=source)
    build.make_statement(source=source, value="5")
    build.make_observation(source=source)

    words = officer.open(source, "withdraw").words

    assert "2 nội dung nguồn nêu" in words and "1 số liệu quan sát khu công nghiệp" in words


def test_what_stays_hidden_beside_a_project_is_said(officer):
    project = build.make_project(publication="draft", enterprise=build.make_enterprise(publication="draft", name="Cty"))

    page = officer.open(project, "publish")
    assert "Cty là “bản nháp” nên công chúng chưa thấy" in page.words
    assert any("Cty là “bản nháp”" in told for told in officer.send(page, reason="đã duyệt").told)


def test_published_by_another_meanwhile(officer):
    record = build.make_source(publication="draft")
    page = officer.open(record, "publish")
    officer.work(record, "publish", reason="đã duyệt")
    before = everything()

    stale = officer.send(page, reason="đã duyệt")
    assert f"{record.code} vừa được người khác thay đổi" in stale.errors[""]
    assert officer.send(stale).errors[""] == f"{record.code} đã được công bố."
    assert everything() == before


def test_a_draft_is_not_withdrawn(officer):
    record = build.make_source(publication="draft")
    before = everything()

    answer = officer.client.post(address_of(record, "withdraw"), {"reason": "vì", "key": "k2", "version": 1})

    assert f"{record.code} chưa được công bố" in answer.content.decode()
    assert everything() == before


def test_who_publishes_a_certificate_reads_by_how_much_its_total_differs_by_now(officer):
    project = build.make_project(capital_usd=1000)
    waits = build.make_certificate(project, kind="amendment", step=1, amount_usd=Decimal(500), publish_now=False,
                                   printed=AsPrinted(total_usd=Decimal(1500)))
    assert "despite_difference" not in officer.open(waits, "publish").typed and "chênh" not in officer.open(
        waits, "publish").words
    build.make_entry(project, 250)

    page = officer.open(waits, "publish")
    assert "chênh -250 USD" in page.words
    page = officer.refused(waits, "publish", reason="đã xem giấy")
    assert "chênh -250 USD" in page.errors["despite_difference"]
    officer.send(page, despite_difference="on")
    waits.refresh_from_db()
    assert waits.publication == "published"
