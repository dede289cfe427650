"""A new project with its investors and its first entry in one act; its investors replaced; its end."""

from decimal import Decimal

import pytest

from registry.actions.project import StakeGiven, set_stakes
from registry.actions.record import amend
from registry.admin.address import address_of
from registry.models import Investor, Project
from tests import build
from tests.admin.work.desk import Sent, done_by, last_act
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

ADD = "/admin/registry/project/add/"


def row(number: int, **typed) -> dict:
    return {f"stakes-{number}-{name}": value for name, value in typed.items()}


def stakes_of(project: Project) -> list[tuple]:
    return [(stake.investor, stake.share_percent, stake.contributed_usd, stake.lead)
            for stake in project.stakes.current().order_by("position")]


def test_a_draft_with_two_investors(officer):
    one, other = build.make_investor(name="A"), build.make_investor(name="B")
    enterprise, zone = build.make_enterprise(), build.make_zone()

    sent = officer.work(
        ADD, name="Nhà máy thử", irc_code="5421840814", enterprise=enterprise, zone=zone, form="joint_venture",
        status="building", licensed_on="cuối tháng 10/2023", land_area_ha="23,5", planned_workers="1.200",
        **row(0, investor=one, share_percent="49", contributed_usd="4,9 triệu"),
        **row(1, investor=other, share_percent="51", lead="on"), reason="GCNĐKĐT 5421840814",
    )

    project = Project.objects.get(irc_code="5421840814")
    assert (sent.path, sent.told) == (address_of(project), [f"Đã thêm dự án {project.code} Nhà máy thử."])
    assert done_by(last_act()) == [("project", project.code, "created")]
    assert (last_act().reason, last_act().by) == ("GCNĐKĐT 5421840814", officer.user)
    assert not project.is_public()
    assert (project.enterprise, project.zone, project.form, project.status) == (
        enterprise, zone, "joint_venture", "building")
    assert (project.licensed_on.label, project.land_area_ha, project.planned_workers) == (
        "cuối tháng 10/2023", Decimal("23.5000"), 1200)
    assert stakes_of(project) == [(one, Decimal("49.00"), Decimal("4900000.00"), False),
                                  (other, Decimal("51.00"), None, True)]


@pytest.mark.parametrize("kind", ["opening", "new"])
def test_published_with_its_first_entry(officer, kind):
    source, investor = build.make_source(), build.make_investor()

    sent = officer.work(
        ADD, name="Nhà máy thử", source=source, entry_kind=kind, amount_usd="1,6 tỷ", written="39.000 tỷ đồng",
        decided_on="tháng 5/2023", publish_now="on", **row(0, investor=investor),
    )

    project = Project.objects.get(name="Nhà máy thử")
    entry = project.entries.get()
    assert sent.path == address_of(project)
    assert last_act().reason == "Nhập dự án mới (một người)"
    assert done_by(last_act()) == [("project", project.code, "created"), ("capital-entry", entry.code, "created")]
    assert (entry.kind, entry.amount_usd, entry.source) == (kind, Decimal("1600000000.00"), source)
    assert (entry.written_amount, entry.written_currency) == (Decimal("39000000000000.00"), "VND")
    assert entry.decided_on.label == "tháng 5/2023"
    assert officer.client.get(f"/projects/{project.code}/").status_code == 200


def test_what_stays_hidden_beside_a_published_project_is_said(officer):
    draft = build.make_investor(name="Bên chưa công bố", publication="draft")

    sent = officer.work(ADD, name="Nhà máy thử", publish_now="on", **row(0, investor=draft))

    assert sent.told[1] == (f"{draft} là “bản nháp” nên công chúng chưa thấy; công bố riêng khi sẵn sàng.")


def test_two_clicks_open_one_project(officer):
    page = officer.open(ADD)
    first = officer.send(page, name="Nhà máy thử")
    second = officer.send(page, name="Nhà máy thử")

    assert (first.path, second.told) == (second.path, ["Việc này đã được ghi."])
    assert Project.objects.filter(name="Nhà máy thử").count() == 1


REFUSED = [
    ({"name": ""}, "name", "Hãy điền mục này"),
    ({"licensed_on": "hôm nào đó"}, "licensed_on", "Không đọc được thời gian “hôm nào đó”"),
    ({"irc_code": "TAKEN"}, "irc_code", "đã thuộc BN-000001"),
    ({"land_area_ha": "1.6"}, "land_area_ha", "Không đọc được chắc chắn con số “1.6”"),
    ({"entry_kind": "new", "amount_usd": "1.6 tỷ", "publish_now": "on"}, "amount_usd",
     "Không đọc được chắc chắn con số “1.6 tỷ”"),
    ({"entry_kind": "opening", "amount_usd": "5 triệu"}, "amount_usd", "Sổ vốn chỉ ghi cho dự án đã công bố"),
    ({"entry_kind": "opening", "publish_now": "on"}, "amount_usd", "Hãy ghi số vốn"),
    ({"amount_usd": "5 triệu", "publish_now": "on"}, "entry_kind", "Đã ghi số vốn"),
    ({"entry_kind": "new", "amount_usd": "-5", "publish_now": "on"}, "amount_usd", "một số dương"),
    ({"entry_kind": "new", "amount_usd": "5", "decided_on": "1/1/2199", "publish_now": "on"}, "decided_on",
     "còn ở tương lai"),
]


@pytest.mark.parametrize("typed, field, message", REFUSED)
def test_what_is_refused_is_said_at_its_field(officer, typed, field, message):
    build.make_project(irc_code="TAKEN")
    source = build.make_source()
    before = everything()

    page = officer.refused(ADD, **{"name": "Nhà máy thử", "source": source} | typed)

    assert message in page.errors[field], page.errors
    assert everything() == before


def test_capital_needs_a_source(officer):
    page = officer.refused(ADD, name="Nhà máy thử", entry_kind="new", amount_usd="5 triệu", publish_now="on")

    assert "Mỗi con số phải có nguồn" in page.errors["entry_source"]


def test_a_hundred_and_ten_percent(officer):
    one, other = build.make_investor(name="A"), build.make_investor(name="B")
    before = everything()

    page = officer.refused(ADD, name="Nhà máy thử", **row(0, investor=one, share_percent="60"),
                           **row(1, investor=other, share_percent="50"))

    assert "Tổng tỷ lệ góp vốn là 110" in page.words
    stakes = page.html[page.html.index('id="stakes-errors"'):]
    assert "vượt quá 100 %" in stakes[:600]
    assert page.html.count('aria-describedby="stakes-errors"') == 2
    assert everything() == before


@pytest.mark.parametrize("typed, message", [
    (row(0, share_percent="60"), "Hãy chọn nhà đầu tư của dòng này"),
    (row(0, share_percent="nửa"), "Không đọc được chắc chắn con số “nửa”"),
    (row(0, share_percent="110"), "Không được quá 100"),
])
def test_a_row_that_is_not_whole(officer, typed, message):
    before = everything()

    page = officer.refused(ADD, name="Nhà máy thử", **typed)

    assert message in page.words
    assert everything() == before


def test_two_leads_and_the_same_investor_twice(officer):
    investor, other = build.make_investor(name="A"), build.make_investor(name="B")
    before = everything()

    two = officer.refused(ADD, name="N", **row(0, investor=investor, lead="on"), **row(1, investor=other, lead="on"))
    twice = officer.refused(ADD, name="N", **row(0, investor=investor), **row(1, investor=investor))

    assert "Một dự án chỉ có một nhà đầu tư chính" in two.words
    assert "Nhà đầu tư này đã có phần vốn góp trong dự án." in twice.words
    assert everything() == before


def test_more_rows_without_a_script(officer):
    investor = build.make_investor()
    before = everything()

    page = officer.send(officer.open(ADD), name="Nhà máy thử", licensed_on="hôm nào đó", more_rows="1",
                        **row(2, investor=investor, share_percent="sáu mươi"))

    assert page.errors == {}
    assert (page.typed["name"], page.typed["licensed_on"]) == ("Nhà máy thử", "hôm nào đó")
    assert (page.typed["stakes-2-investor"], page.typed["stakes-2-share_percent"]) == (str(investor.pk), "sáu mươi")
    assert page.typed["stakes-TOTAL_FORMS"] == "6"
    assert everything() == before

    sent = officer.send(page, licensed_on="", **row(2, share_percent="60"), **row(5, investor=build.make_investor()))
    assert isinstance(sent, Sent)
    assert Project.objects.get(name="Nhà máy thử").stakes.count() == 2


def test_stakes_are_replaced(officer):
    project = build.make_project()
    old, new = Investor.objects.get(stakes__project=project), build.make_investor(name="Bên mới")
    page = officer.open(project, "stakes")
    assert (page.typed["stakes-0-investor"], page.typed["stakes-0-lead"]) == (str(old.pk), "on")

    sent = officer.send(page, **row(0, out="on"), **row(1, investor=new, share_percent="100"))

    assert sent.told == [f"Đã ghi nhà đầu tư của {project.code}."]
    assert stakes_of(project) == [(new, Decimal("100.00"), None, True)]
    assert done_by(last_act()) == [("project", project.code, "updated")]
    assert last_act().reason == "Cập nhật nhà đầu tư và tỷ lệ góp vốn"


def theirs(project: Project, *stakes: StakeGiven, **changes) -> None:
    """What another officer makes of the investors, and of the project, meanwhile."""
    with build.act(by="minh") as act:
        set_stakes(act=act, project=project, stakes=stakes)
    if changes:
        with build.act(by="minh") as act:
            amend(act=act, record=Project.objects.get(pk=project.pk), **changes)


def test_investors_of_two_officers_come_together(officer):
    """One goes and one comes there, a part changes here and another there: nothing of either is lost."""
    one, other, gone, came, mine = (build.make_investor(name=f"SYN {each}") for each in "ABCDE")
    project = build.make_project(investors=[one, other, gone])
    page = officer.open(project, "stakes")
    theirs(project, StakeGiven(one, lead=True), StakeGiven(other, share_percent=Decimal(20)), StakeGiven(came))

    stale = officer.send(page, **row(0, share_percent="49,5"), **row(3, investor=mine, contributed_usd="1.000"))

    assert stale.errors[""].startswith(f"{project.code} vừa được người khác thay đổi")
    assert officer.send(stale).told == [f"Đã ghi nhà đầu tư của {project.code}."]
    assert stakes_of(project) == [
        (one, Decimal("49.50"), None, True), (other, Decimal("20.00"), None, False),
        (mine, None, Decimal("1000.00"), False), (came, None, None, False)]


def test_a_part_that_both_have_changed_is_the_second_s_to_decide(officer):
    project = build.make_project(investors=[investor := build.make_investor()])
    page = officer.open(project, "stakes")
    theirs(project, StakeGiven(investor, lead=True, share_percent=Decimal(20)))
    stale = officer.send(page, **row(0, share_percent="30"))
    assert "20" in stale.words
    officer.send(stale)
    assert stakes_of(project) == [(investor, Decimal("30.00"), None, True)]


def test_a_certificate_takes_nothing_back_that_it_does_not_speak_of(officer):
    """Another officer has added an investor and mended the address while the paper was typed."""
    project = build.make_project(investors=[one := build.make_investor()], capital_usd=1000, address="Lô 1")
    page = officer.open(project, "certificate")
    came = build.make_investor(name="SYN Đến sau")
    theirs(project, StakeGiven(one, lead=True), StakeGiven(came), address="Lô 2", planned_workers=50)

    stale = officer.send(page, kind="amendment", step="1", decided_on="20/9/2026", amount_usd="500", objective="Mới")
    assert (stale.typed["address"], stale.typed["planned_workers"], stale.typed["objective"]) == ("Lô 2", "50", "Mới")
    officer.send(stale)

    project.refresh_from_db()
    assert [each[0] for each in stakes_of(project)] == [one, came]
    assert (project.address, project.planned_workers, project.objective) == ("Lô 2", 50, "Mới")


def test_stakes_beyond_a_hundred_percent_change_nothing(officer):
    project, other = build.make_project(), build.make_investor()
    before = everything()

    page = officer.refused(project, "stakes", **row(0, share_percent="60"),
                           **row(1, investor=other, share_percent="50"))

    assert "Tổng tỷ lệ góp vốn là 110" in page.words
    assert everything() == before


def test_a_project_ends(officer):
    project, source = build.make_project(capital_usd="5000000"), build.make_source(kind="decision")

    sent = officer.work(project, "end", status="revoked", ended_on="30/6/2025", source=source)

    project.refresh_from_db()
    closing = project.entries.get(kind="decrease")
    assert sent.told == [f"Đã ghi {project.code} chấm dứt và bút toán điều chỉnh giảm {closing.code}."]
    assert (project.status, project.ended_on.label) == ("revoked", "30/06/2025")
    assert (closing.amount_usd, closing.source) == (Decimal("-5000000.00"), source)
    assert done_by(last_act()) == [("capital-entry", closing.code, "created"), ("project", project.code, "updated")]


@pytest.mark.parametrize("typed, field, message", [
    ({"ended_on": "hôm nào đó"}, "ended_on", "Không đọc được thời gian"),
    ({"ended_on": ""}, "ended_on", "Hãy điền mục này"),
    ({"ended_on": "1/1/2199"}, "ended_on", "còn ở tương lai"),
    ({"ended_on": "1/1/2020"}, "ended_on", "Hãy kiểm tra ngày quyết định hoặc ngày chấm dứt"),
    ({"source": ""}, "source", "Hãy điền mục này"),
])
def test_an_end_that_is_refused(officer, typed, field, message):
    project, source = build.make_project(capital_usd="5000000"), build.make_source()
    before = everything()

    page = officer.refused(project, "end", **{"status": "expired", "ended_on": "30/6/2025", "source": source} | typed)

    assert message in page.errors[field]
    assert everything() == before


def test_a_project_that_ended_ends_once(officer):
    project = build.make_project()
    page = officer.open(project, "end")
    officer.send(page, status="expired", ended_on="30/6/2025", source=build.make_source())

    assert officer.client.get(address_of(project, "end"))["Location"] == address_of(project)
