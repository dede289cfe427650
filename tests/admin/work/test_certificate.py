"""Certificates: what an officer enters, and that page, API, file and feed agree before and after."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest

from registry.actions.certificate import IssuedAlready
from registry.actions.project import StakeGiven
from registry.exchange.check.everything import problems
from registry.models import Project, Register
from tests import build
from tests.admin.work.desk import done_by, last_act
from tests.unchanged import everything, refused

pytestmark = pytest.mark.django_db

AMKOR = "BN-000001"
FIRST = {"kind": "first_issue", "decided_on": "21/10/2023", "irc_code": "5421840814", "amount_usd": "1,5 tỷ",
         "written_vnd": "36.000 tỷ", "total_usd": "1,5 tỷ", "total_vnd": "36.000 tỷ", "rate": "24.000",
         "contributed_usd": "400 triệu", "mobilised_usd": "1,1 tỷ", "contribute_by": "31/12/2025",
         "received_on": "01/10/2023"}


@pytest.fixture
def amkor(press) -> Project:
    return Project.objects.get(code=AMKOR)


def whole(answer) -> str:
    """A file as it is downloaded."""
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def told_of(client) -> dict[str, str]:
    """Amkor's registered capital as each door tells it."""
    api = client.get(f"/api/v1/projects/{AMKOR}/").json()
    rows = csv.DictReader(io.StringIO(whole(client.get("/projects/?format=csv"))))
    file = next(row for row in rows if row["code"] == AMKOR)
    page = client.get(f"/projects/{AMKOR}/").content.decode()
    strip = page[page.index('class="strip"'):page.index("</ol>")]
    shown = re.search(r"([0-9.]+)\s*<abbr[^>]*>USD", strip) or re.search(r"([0-9.]+) USD", strip)
    return {"api": api["capital"]["registered_usd"], "file": file["capital.registered_usd"],
            "page": shown[1].replace(".", "") + ".00"}


def feed(client, after: int) -> list[tuple[str, str, str]]:
    answer = client.get("/api/v1/changes/", {"after": after}).json()
    return [(change["kind"], change["code"], change["verb"]) for change in answer["results"]]


def test_a_first_certificate_replaces_amkors_opening(officer, amkor):
    head = Register.objects.get().head
    assert set(told_of(officer.client).values()) == {"1600000000.00"}
    page = officer.open(amkor, "certificate")
    assert f"số dư đầu kỳ {AMKOR}-1 (1.600.000.000 USD" in page.words

    sent = officer.send(page, **FIRST, reason="GCNĐKĐT 5421840814")

    assert sent.told == [f"Đã ghi giấy chứng nhận {AMKOR}-1 (cấp lần đầu), thay số dư đầu kỳ {AMKOR}-1. "
                         "Vốn đăng ký nay là 1.500.000.000 USD."]
    assert set(told_of(officer.client).values()) == {"1500000000.00"}
    assert set(feed(officer.client, head)) == {
        ("project", AMKOR, "updated"), ("certificate", f"{AMKOR}-1", "created"),
        ("capital-entry", f"{AMKOR}-1", "updated"), ("capital-entry", f"{AMKOR}-2", "created"),
        ("capital-entry", f"{AMKOR}-3", "created"),
    }
    assert len(done_by(last_act())) == 5 and last_act().by == officer.user

    amkor.refresh_from_db()
    certificate = amkor.certificates.get()
    assert (amkor.irc_code, amkor.licensed_on.label) == ("5421840814", "21/10/2023")
    assert (certificate.total_usd, certificate.total_vnd, certificate.rate_as_printed, certificate.contributed_usd,
            certificate.mobilised_usd, certificate.contribute_by, certificate.received_on) == (
        Decimal("1500000000.00"), Decimal("36000000000000.00"), "24.000", Decimal("400000000.00"),
        Decimal("1100000000.00"), date(2025, 12, 31), date(2023, 10, 1))
    assert [(entry.kind, entry.counts_as, str(entry.amount_usd), entry.confirmed)
            for entry in amkor.entries.order_by("number")] == [
        ("opening", "opening", "1600000000.00", False), ("reversal", "opening", "-1600000000.00", False),
        ("new", "new", "1500000000.00", True)]
    new = amkor.entries.get(kind="new")
    assert (new.written_amount, new.written_currency, new.certificate) == (
        Decimal("36000000000000.00"), "VND", certificate)
    assert list(problems()) == []


def test_the_ledger_as_the_public_reads_it_names_all_three(officer, amkor):
    officer.work(amkor, "certificate", **FIRST)

    entries = officer.client.get("/api/v1/capital-entries/", {"project": AMKOR}).json()["results"]
    assert sorted(entry["amount_usd"] for entry in entries) == [
        "-1600000000.00", "1500000000.00", "1600000000.00"]


@pytest.mark.parametrize("typed, field, message", [
    ({"decided_on": "hôm nào đó"}, "decided_on", "Không đọc được thời gian “hôm nào đó”"),
    ({"decided_on": ""}, "decided_on", "Hãy điền mục này"),
    ({"decided_on": "1/1/2199"}, "decided_on", "còn ở tương lai"),
    ({"amount_usd": "1.6 tỷ"}, "amount_usd", "Không đọc được chắc chắn con số “1.6 tỷ”"),
    ({"amount_usd": "-5"}, "amount_usd", "Cấp lần đầu ghi tổng vốn đầu tư"),
    ({"amount_usd": ""}, "written_vnd", "Số đồng đi cùng số USD"),
    ({"total_vnd": "1 tỷ USD"}, "total_vnd", "ghi bằng"),
    ({"contribute_by": "31/13/2025"}, "contribute_by", "ngày"),
    ({"irc_code": "9" * 31}, "irc_code", "30"),
    ({"kind": "amendment"}, "step", "Ghi lần điều chỉnh"),
    ({"kind": "termination"}, "amount_usd", "không tăng, giảm vốn theo số tiền ghi ở đây"),
])
def test_what_is_refused_is_said_at_its_field(officer, amkor, typed, field, message):
    before = everything()

    page = officer.refused(amkor, "certificate", **FIRST | typed)

    assert message in page.errors[field], page.errors
    assert everything() == before


def test_the_first_certificate_is_issued_once(officer, amkor):
    officer.work(amkor, "certificate", **FIRST)
    amkor.refresh_from_db()
    before = everything()

    page = officer.refused(amkor, "certificate", **FIRST)

    assert f"Dự án {AMKOR} đã có giấy chứng nhận cấp lần đầu ({AMKOR}-1)." in page.errors["kind"]
    assert everything() == before
    with refused(IssuedAlready):
        build.make_certificate(amkor)


def test_an_amendment_proposes_its_step_and_posts_what_changes(officer):
    project = build.make_project()
    build.make_certificate(project, amount_usd=Decimal("5000000"))
    page = officer.open(project, "certificate")
    assert (page.typed["kind"], page.typed["step"]) == ("amendment", "1")

    officer.send(page, decided_on="2/2/2024", amount_usd="-1 triệu", changes="giảm vốn")

    assert project.entries.get(kind="decrease").amount_usd == Decimal("-1000000.00")
    assert officer.open(project, "certificate").typed["step"] == "2"


@pytest.mark.parametrize("work", ["certificate", "dossier"])
def test_only_an_amendment_has_a_step(officer, work):
    project = build.make_project()
    build.make_certificate(project, amount_usd=Decimal("5000000"))
    day = {"decided_on": "2/2/2024"} if work == "certificate" else {"received_on": "2/2/2024"}
    before = everything()
    page = officer.refused(project, work, kind="correction", step="7", **day)
    assert "Chỉ điều chỉnh mới có “Lần thứ”" in page.errors["step"]
    assert everything() == before

    officer.work(project, work, kind="correction", **day)
    assert [each.step for each in project.certificates.filter(kind="correction")] == [None]


def test_an_amendment_below_zero(officer):
    project = build.make_project()
    build.make_certificate(project, amount_usd=Decimal("5000000"))
    before = everything()

    page = officer.refused(project, "certificate", decided_on="2/2/2024", amount_usd="-6 triệu")

    assert "xuống dưới 0" in page.errors["amount_usd"]
    assert everything() == before


def test_a_termination_ends_the_project(officer):
    project = build.make_project(capital_usd="5000000")

    officer.work(project, "certificate", kind="termination", decided_on="30/6/2025")

    project.refresh_from_db()
    assert (project.status, project.entries.measures()["registered_usd"]) == ("terminated", Decimal("0.00"))


def test_a_certificate_with_capital_is_not_withdrawn_before_its_entries_are_reversed(officer):
    project = build.make_project()
    certificate = build.make_certificate(project, amount_usd=Decimal("5000000"))
    before = everything()

    page = officer.refused(certificate, "withdraw", reason="nhập nhầm dự án")
    assert page.errors[""] == (f"{certificate.code} còn bút toán dựa vào: {project.code}-1. Hãy đảo các bút toán đó "
                               "trước khi gỡ.")
    assert everything() == before

    officer.work(project.entries.get(), "reverse", reason="nhập nhầm dự án")
    officer.work(certificate, "withdraw", reason="nhập nhầm dự án")
    certificate.refresh_from_db()
    assert (certificate.publication, certificate.withdrawn_reason) == ("withdrawn", "nhập nhầm dự án")


@pytest.mark.parametrize(("kind", "field", "told"), [
    ("term_extension", "expires_on", "hãy ghi ngày hết hạn mới"), ("transfer", "kind", "hãy ghi nhà đầu tư mới"),
])
def test_what_an_extension_or_a_transfer_leaves_as_it_was_needs_a_reason(officer, kind, field, told):
    project = build.make_project(expires_on=None)
    paper = {"kind": kind, "decided_on": "21/10/2023", "step": ""}

    page = officer.refused(project, "certificate", **paper)

    assert told in page.errors[field]
    officer.send(page, reason="hồ sơ đã có")
    assert project.certificates.get().kind == kind


def test_an_extension_with_a_new_term_needs_none(officer):
    project = build.make_project(expires_on=None)
    officer.work(project, "certificate", kind="term_extension", decided_on="21/10/2023", step="",
                 expires_on="21/10/2073")
    project.refresh_from_db()
    assert project.expires_on.label == "21/10/2073"


def test_the_number_of_an_exchange_becomes_the_projects_and_the_old_one_finds_it(officer):
    project = build.make_project(irc_code="212043000123")
    officer.work(project, "certificate", kind="exchange", step="", decided_on="21/10/2023", irc_code="5421.840.814")

    project.refresh_from_db()
    assert project.irc_code == "5421840814"
    for number in ("212043000123", "5421 840 814"):
        assert officer.client.get("/admin/search/", {"q": number}).status_code == 302
        assert officer.client.get("/search/", {"q": number})["Location"] == f"/projects/{project.code}/"
    assert project.code in officer.client.get("/projects/", {"search": "212043000123"}).content.decode()


def test_an_exchange_that_waits_shows_its_number(officer):
    project = build.make_project(irc_code="212043000123")
    waits = build.make_certificate(project, kind="exchange", irc_code="5421840814", publish_now=False)
    assert officer.open(waits, "revise").typed["irc_code"] == "5421840814"
    words = officer.open(waits, "publish").words
    assert "212043000123 → 5421840814" in words


def test_an_unusual_number_is_taken_with_a_word(officer):
    project = build.make_project()
    sent = officer.work(project, "certificate", kind="first_issue", step="", decided_on="21/10/2023", irc_code="542184")
    assert "có 6 chữ số" in sent.told[-1]


def test_what_waits_with_other_investors_opens_to_be_written_anew(officer):
    project, other = build.make_project(), build.make_investor(name="SYN Khác")
    waits = build.make_certificate(project, kind="transfer", stakes=[StakeGiven(other)], publish_now=False)
    assert officer.open(waits, "revise").typed["stakes-0-investor"] == str(other.pk)
