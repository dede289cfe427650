"""A record's history tells who, when, why and what; the newest change of a plain noun can be undone."""

import pytest
from django.urls import reverse

from registry.actions import capital
from registry.actions.project import StakeGiven, set_stakes
from registry.actions.record import amend, publish
from registry.models import Act, Change, Investor
from registry.vocabulary.period import read_day
from tests import build
from tests.admin.clerk import Form, words_of
from tests.unchanged import everything

pytestmark = pytest.mark.django_db


def history(clerk, record, **query):
    url = reverse(f"admin:registry_{record._meta.model_name}_history", args=[record.pk])
    answer = clerk.client.get(url, query)
    assert answer.status_code == 200
    return answer


def told(answer) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (each.deed, each.of, [(row.label, row.before, row.after) for row in each.differences])
        for deed in answer.context["deeds"] for each in deed.changes
    ]


def test_a_change_is_told_in_words(clerk):
    country = build.make_country()
    investor = build.make_investor(name="Amkor")
    with build.act(by="lan", reason="theo công văn 12", door="admin") as act:
        amend(act=act, record=investor, name="Amkor Technology", country=country, kind="person")

    answer = history(clerk, investor)

    assert told(answer)[0] == ("Cập nhật", "", [
        ("Tên", "Amkor", "Amkor Technology"), ("Loại", "tổ chức", "cá nhân"),
        ("Nước đăng ký", "", "ZZ Nước thử nghiệm"),
    ])
    assert [deed for deed, _of, _rows in told(answer)] == ["Cập nhật", "Nhập mới"]
    words = words_of(answer)
    for said in ("theo công văn 12", "lan", "trang quản trị"):
        assert said in words


def test_days_amounts_and_lists_are_told_as_people_write_them(clerk):
    project = build.make_project()
    place, zone = build.make_place(), build.make_zone()
    with build.act() as act:
        amend(act=act, record=project, licensed_on=read_day("quý I/2025"), land_area_ha=23.5, planned_workers=1500)
        amend(act=act, record=zone, related={"communes": [place]})

    assert told(history(clerk, project))[0][2] == [
        ("Diện tích đất (ha)", "", "23,5"), ("Lao động dự kiến", "", "1.500"), ("Ngày cấp lần đầu", "", "quý I/2025")]
    assert told(history(clerk, zone))[0][2] == [("Xã, phường", "", "99999 Phường Thử Nghiệm")]


def test_a_project_s_history_tells_what_belongs_to_it(clerk):
    investor = build.make_investor(name="Amkor")
    project = build.make_project(investors=[investor], publication="draft")
    with build.act() as act:
        publish(act=act, record=project)
    entry = build.make_entry(project, 1000, kind="new")
    with build.act() as act:
        reversal = capital.reverse(act=act, entry=entry)
    with build.act() as act:
        set_stakes(act=act, project=project, stakes=[StakeGiven(investor, share_percent=60)])

    deeds = [(deed, of) for deed, of, _rows in told(history(clerk, project)) if deed != "Cập nhật"]
    assert deeds == [
        ("Ghi bút toán đảo", f"bút toán vốn {reversal.code}"), ("Ghi bút toán", f"bút toán vốn {entry.code}"),
        ("Công bố", ""), ("Nhập mới", ""),
    ]
    [(_deed, _of, rows), *_rest] = told(history(clerk, project))
    assert rows == [("Phần vốn góp", "INV-000001 Amkor, nhà đầu tư chính", "INV-000001 Amkor, nhà đầu tư chính, 60 %")]


def test_a_long_history_comes_in_pages(clerk):
    investor = build.make_investor()
    for number in range(35):
        with build.act() as act:
            amend(act=act, record=investor, name=f"Tên {number}")

    first, second = history(clerk, investor), history(clerk, investor, p=2)
    assert (len(told(first)), len(told(second))) == (30, 6)
    assert "Cũ hơn" in words_of(first) and "Mới hơn" in words_of(second)


def changed_investor() -> tuple[Investor, Change]:
    investor = build.make_investor(name="Amkor")
    with build.act(by="minh", reason="sửa nhầm") as act:
        amend(act=act, record=investor, name="Amcor", name_en="Amcor")
    return investor, Change.objects.latest("seq")


def undo_url(record, change) -> str:
    return reverse(f"admin:registry_{record._meta.model_name}_undo", args=[record.pk, change.seq])


def test_the_newest_change_can_be_undone_with_a_reason(clerk):
    investor, change = changed_investor()
    url = undo_url(investor, change)
    assert url in history(clerk, investor).content.decode()
    fields = Form(clerk.client.get(url).content.decode(), None).fields | {"reason": ["minh gõ nhầm"]}

    answer = clerk.client.post(url, fields)

    investor.refresh_from_db()
    assert (answer.status_code, investor.name, investor.name_en, investor.version) == (302, "Amkor", "", 3)
    act = Act.objects.latest("id")
    assert (act.by, act.reason, act.door) == (clerk.user, "minh gõ nhầm", "admin")
    assert "thay đổi cũ vẫn còn trong lịch sử" in words_of(clerk.client.get(answer.url))


def test_undoing_twice_is_one_act(clerk):
    investor, change = changed_investor()
    url = undo_url(investor, change)
    fields = Form(clerk.client.get(url).content.decode(), None).fields | {"reason": ["nhầm"]}
    clerk.client.post(url, fields)
    before = everything()

    assert clerk.client.post(url, fields).status_code == 302
    assert everything() == before


def test_undoing_needs_a_reason(clerk):
    investor, change = changed_investor()
    before = everything()
    answer = clerk.client.post(undo_url(investor, change), {"reason": "", "key": "k"})
    assert "Hãy ghi lý do" in words_of(answer)
    assert everything() == before


def test_what_cannot_be_undone_says_why(clerk):
    investor, change = changed_investor()
    with build.act(by="hoa") as act:
        amend(act=act, record=Investor.objects.get(pk=investor.pk), name="Amkor Technology")
    before = everything()

    assert undo_url(investor, change) not in history(clerk, investor).content.decode()
    assert "Sau đó hoa đã sửa lại chính các mục này" in words_of(clerk.client.get(undo_url(investor, change)))
    answer = clerk.client.post(undo_url(investor, change), {"reason": "nhầm", "key": "k", "version": "3"})
    assert "Sau đó hoa đã sửa lại" in words_of(answer)
    assert everything() == before


def test_a_change_of_another_record_is_not_found(clerk):
    investor, change = changed_investor()
    assert clerk.client.get(undo_url(build.make_investor(), change)).status_code == 404
