"""The ledger's rules: when an entry counts, what is refused, what a reversal does."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from registry.actions import capital
from registry.actions.capital import (
    AfterTheEnd,
    AlreadyStarted,
    BelowZero,
    NotYet,
)
from registry.actions.project import end
from registry.actions.record import InvalidRecord, NotPublished, amend, withdraw
from registry.exchange.check.everything import problems
from registry.models import Change, Project
from registry.models.capital import MEASURES
from registry.vocabulary.money import Money
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
OCTOBER = VagueDay(date(2023, 10, 21), date(2023, 10, 31), "cuối tháng 10/2023")
RECORDED = datetime(2023, 10, 25, 9, tzinfo=HERE)


def exactly(year, month, day) -> VagueDay:
    return VagueDay.exact(date(year, month, day))


def registered(project) -> str:
    return str(project.entries.filter(MEASURES["registered_usd"]).total_usd())


def terminated(project, day) -> Project:
    with build.act() as act:
        end(act=act, project=project, status="terminated", ended_on=day, source=build.make_source(act=act))
    return project


def test_an_entry_keeps_what_the_document_says():
    project, source, buyer = build.make_project(), build.make_source(kind="decision"), build.make_investor()

    entry = build.make_entry(
        project, "1000000.50", kind="share_purchase", source=source, decided_on=OCTOBER, buyer=buyer,
        written=Money(Decimal("24500000000"), "VND"), rate_as_printed="24.500", expected_price_usd=Decimal("1200000"),
        note="mua lại của cổ đông",
    )

    entry.refresh_from_db()
    assert entry.code == f"{project.code}-1"
    assert (entry.kind, entry.counts_as, str(entry.amount_usd)) == ("share_purchase", "share_purchase", "1000000.50")
    assert (str(entry.written_amount), entry.written_currency, entry.rate_as_printed) == (
        "24500000000.00", "VND", "24.500")
    assert (entry.decided_on, entry.source, entry.buyer) == (OCTOBER, source, buyer)
    assert (str(entry.expected_price_usd), entry.note) == ("1200000.00", "mua lại của cổ đông")


@pytest.mark.parametrize(("decided_on", "counts_on"), [
    (exactly(2023, 10, 20), date(2023, 10, 20)),
    (VagueDay(date(2023, 9, 1), date(2023, 9, 30)), date(2023, 9, 30)),
    (OCTOBER, date(2023, 10, 25)),
    (None, date(2023, 10, 25)),
], ids=["exact", "vague", "vague beyond its recording", "undated"])
def test_the_day_from_which_an_entry_counts(decided_on, counts_on):
    entry = build.make_entry(build.make_project(), 5, decided_on=decided_on, recorded_at=RECORDED)

    assert entry.counts_on == counts_on
    assert entry.decided_on == decided_on


@pytest.mark.parametrize(("published_on", "counts_on"), [
    (exactly(2023, 6, 15), date(2023, 6, 15)),
    (VagueDay(date(2023, 5, 1), date(2023, 8, 31)), date(2023, 8, 31)),
    (VagueDay(date(2023, 10, 1), date(2023, 12, 31)), date(2023, 10, 25)),
], ids=["exact", "vague", "beyond the recording"])
def test_an_undated_entry_counts_from_the_publication_of_its_source(published_on, counts_on):
    source = build.make_source(published_on=published_on)

    entry = build.make_entry(build.make_project(), 5, decided_on=None, source=source, recorded_at=RECORDED)

    assert (entry.counts_on, entry.decided_on) == (counts_on, None)


def test_the_day_of_recording_is_the_day_here():
    evening = datetime(2023, 10, 25, 23, 59, tzinfo=HERE)

    first = build.make_entry(build.make_project(), 5, decided_on=None, recorded_at=evening)
    second = build.make_entry(build.make_project(), 5, decided_on=None, recorded_at=evening + timedelta(minutes=1))

    assert (first.counts_on, second.counts_on) == (date(2023, 10, 25), date(2023, 10, 26))


@pytest.mark.parametrize(("kind", "confirmed"), [
    ("article", False), ("report", False), ("notice", False), ("certificate", True), ("decision", True)])
def test_what_rests_on_a_certificate_or_decision_is_confirmed(kind, confirmed):
    entry = build.make_entry(build.make_project(), 5, source=build.make_source(kind=kind))

    assert entry.confirmed is confirmed


def test_a_new_version_of_the_project_once_an_act():
    project = build.make_project()

    with build.act() as act:
        build.make_entry(project, 5, act=act)
        build.make_entry(project, 6, act=act)

    assert Project.objects.get(pk=project.pk).version == 2
    assert Change.objects.filter(kind="project", code=project.code).count() == 2


def test_a_change_of_the_project_says_what_the_register_held():
    project = build.make_project()
    read_before = Project.objects.get()
    with build.act() as act:
        amend(act=act, record=project, address="Yên Phong")

    build.make_entry(read_before, 5)

    change = Change.objects.filter(kind="project").latest("seq")
    assert (change.before["address"], change.before["version"]) == ("Yên Phong", 2)
    assert (change.after["address"], change.after["version"]) == ("Yên Phong", 3)
    assert list(problems()) == []


def test_entries_are_numbered_within_their_project():
    one, other = build.make_project(), build.make_project()

    codes = [build.make_entry(project, 5).code for project in (one, one, other)]

    assert codes == [f"{one.code}-1", f"{one.code}-2", f"{other.code}-1"]


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.IN_REVIEW])
def test_a_project_that_is_not_published_takes_no_entry(publication):
    project = build.make_project(publication=publication)

    with refused(NotPublished) as refusal:
        build.make_entry(project, 5)

    assert str(refusal.value) == f"{project.code} chưa được công bố; hãy công bố trước."


def test_a_day_to_come_is_refused():
    project = build.make_project()

    with refused(NotYet) as refusal:
        build.make_entry(project, 5, decided_on=date(2023, 10, 26), recorded_at=RECORDED)

    assert refusal.value.field == "decided_on"
    assert str(refusal.value) == (
        "Ngày quyết định 26/10/2023 còn ở tương lai; sổ vốn chỉ ghi việc đã xảy ra. "
        "Hãy ghi kế hoạch thành nội dung nguồn nêu.")


def test_an_entry_after_the_end_is_refused():
    project = terminated(build.make_project(capital_usd=1000), exactly(2024, 7, 10))

    with refused(AfterTheEnd) as refusal:
        build.make_entry(project, 5, decided_on=date(2024, 7, 11))

    assert str(refusal.value) == (
        f"Bút toán tính từ ngày 11/07/2024, sau ngày dự án {project.code} chấm dứt ({project.ended_on.label}). "
        "Hãy kiểm tra ngày quyết định hoặc ngày chấm dứt.")


def test_an_entry_on_the_day_of_the_end_is_taken():
    project = terminated(build.make_project(capital_usd=1000), exactly(2024, 7, 10))

    assert build.make_entry(project, 5, kind="disbursement", decided_on=date(2024, 7, 10)).pk


@pytest.mark.parametrize("kind", ["new", "opening"])
def test_a_project_starts_once(kind):
    project = build.make_project(capital_usd=1000)

    with refused(AlreadyStarted) as refusal:
        build.make_entry(project, 5, kind=kind)

    assert str(refusal.value).startswith(f"Dự án {project.code} đã có cấp mới ({project.code}-1).")


def test_a_project_starts_again_after_a_reversal():
    project = build.make_project(capital_usd=1000)
    with build.act() as act:
        capital.reverse(act=act, entry=project.entries.get())

    build.make_entry(Project.objects.get(), 900, kind="new")

    assert registered(project) == "900.00"


def test_capital_never_falls_below_zero():
    project = build.make_project(capital_usd=1000)

    with refused(BelowZero) as refusal:
        build.make_entry(project, "-1000.01", kind="decrease")

    assert refusal.value.field == "amount_usd"
    assert "Giảm 1.000,01 USD" in str(refusal.value) and "xuống dưới 0 (hiện là 1.000 USD)" in str(refusal.value)


def test_capital_may_fall_to_zero():
    project = build.make_project(capital_usd=1000)

    build.make_entry(project, -1000, kind="decrease")

    assert registered(project) == "0.00"


@pytest.mark.parametrize(("kind", "amount_usd"), [
    ("increase", 0), ("increase", -5), ("decrease", 5), ("reversal", 5), ("gift", 5)])
def test_an_amount_has_the_sign_of_its_kind(kind, amount_usd):
    project = build.make_project(capital_usd=1000)

    with refused(InvalidRecord):
        build.make_entry(project, amount_usd, kind=kind)


def test_an_amount_has_two_decimals():
    project = build.make_project()

    with refused(InvalidRecord):
        build.make_entry(project, "0.001")


def test_every_figure_has_a_source():
    project = build.make_project()

    with refused(InvalidRecord) as refusal, build.act() as act:
        capital.enter(act=act, project=project, kind="increase", amount_usd=Decimal(5))

    assert "Mỗi con số phải có nguồn: hãy chọn nguồn hoặc giấy chứng nhận." in str(refusal.value)


def test_a_share_purchase_needs_no_project():
    enterprise = build.make_enterprise()

    entry = build.make_entry(None, 5, kind="share_purchase", enterprise=enterprise)

    assert (entry.code, entry.project) == (f"{enterprise.code}-1", None)
    enterprise.refresh_from_db()
    assert enterprise.version == 2


@pytest.mark.parametrize("kind", ["new", "increase", "disbursement"])
def test_only_a_share_purchase_needs_no_project(kind):
    enterprise = build.make_enterprise()

    with refused(InvalidRecord):
        build.make_entry(None, 5, kind=kind, enterprise=enterprise)


def test_an_entry_belongs_to_something():
    with refused(InvalidRecord):
        build.make_entry(None, 5, kind="share_purchase")


def test_a_purchase_of_an_enterprise_keeps_the_same_rules():
    hidden, seen = build.make_enterprise(publication=Publication.DRAFT), build.make_enterprise()

    with refused(NotPublished):
        build.make_entry(None, 5, kind="share_purchase", enterprise=hidden)
    with refused(NotYet):
        build.make_entry(None, 5, kind="share_purchase", enterprise=seen, decided_on=date(2023, 10, 26),
                         recorded_at=RECORDED)


def test_a_purchase_disappears_with_its_enterprise():
    enterprise = build.make_enterprise()
    entry = build.make_entry(None, 5, kind="share_purchase", enterprise=enterprise)

    with build.act() as act:
        withdraw(act=act, record=enterprise, reason="trùng")

    assert Change.objects.filter(kind="capital-entry", code=entry.code).latest("seq").feed_verb == "withdrawn"
