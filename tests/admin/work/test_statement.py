"""What sources say: written down, accepted, reviewed; and conflicts between them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.text import capfirst

from registry.actions.record import amend
from registry.admin.address import address_of
from registry.models import Conflict, Statement
from registry.templatetags.register_format import attribute
from tests import build
from tests.admin.work.desk import done_by, last_act
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

CAPITAL = {"subject_kind": "project", "subject_name": "nhà máy ở Yên Phong", "attribute": "total_investment_capital",
           "kind": "reported", "value": "1.600", "unit": "USD million"}


def test_a_statement_is_written_down_letter_for_letter(officer):
    source, project = build.make_source(), build.make_project()

    sent = officer.work(source, "statement", **CAPITAL, project=project, qualifier="about", date="tháng 5/2023",
                        locator="đoạn 7", note="số in nghiêng")

    stated = source.statements.get()
    assert sent.path == address_of(source)
    assert sent.told == [f"Đã ghi nội dung {stated.code} về {project}."]
    assert (stated.value, stated.unit, stated.amount_usd, stated.qualifier, stated.date.label, stated.locator) == (
        "1600", "USD million", Decimal("1600000000.00"), "about", "tháng 5/2023", "paragraph 7")
    assert (stated.subject_name, stated.subject, stated.review, stated.note) == (
        "nhà máy ở Yên Phong", project, "open", "số in nghiêng")
    assert sorted(done_by(last_act())) == [
        ("project", project.code, "updated"), ("statement", stated.code, "created")]


@pytest.mark.parametrize("typed, unit, value, amount", [
    ("664,31", "USD million", "664.31", "664310000.00"), ("1,6", "USD billion", "1.6", "1600000000.00"),
    ("1.600.000.000", "USD", "1600000000", "1600000000.00"), ("1.000", "VND billion", "1000", None),
])
def test_a_number_is_read_the_vietnamese_way(officer, typed, unit, value, amount):
    source = build.make_source()

    officer.work(source, "statement", **CAPITAL | {"value": typed, "unit": unit})

    stated = source.statements.get()
    assert (stated.value, stated.amount_usd) == (value, amount and Decimal(amount))


def test_words_without_a_unit_stay_words(officer):
    source, country = build.make_source(), build.make_country()

    officer.work(source, "statement", subject_kind="country", subject_name="Nước thử", country=country,
                 attribute="distinction", kind="reported", value="1.6 lần, “lớn nhất”", project=build.make_project())

    stated = source.statements.get()
    assert (stated.value, stated.subject, stated.project) == ("1.6 lần, “lớn nhất”", country, None)


def test_a_subject_that_the_register_does_not_have(officer):
    source = build.make_source()

    officer.work(source, "statement", **CAPITAL)

    assert (source.statements.get().subject, source.statements.get().subject_name) == (None, "nhà máy ở Yên Phong")


@pytest.mark.parametrize("typed, field, message", [
    ({"value": "1.6"}, "value", "Không đọc được chắc chắn con số “1.6”"),
    ({"value": "một nghìn sáu trăm"}, "value", "Không đọc được chắc chắn con số"),
    ({"value": ""}, "value", "Hãy điền mục này"),
    ({"date": "hôm nào đó"}, "date", "Không đọc được thời gian “hôm nào đó”"),
    ({"subject_name": ""}, "subject_name", "Hãy điền mục này"),
    ({"attribute": ""}, "attribute", "Hãy điền mục này"),
])
def test_what_is_refused_is_said_at_its_field(officer, typed, field, message):
    source = build.make_source()
    before = everything()

    page = officer.refused(source, "statement", **CAPITAL | {"locator": "trang 2"} | typed)

    assert message in page.errors[field]
    assert everything() == before


def test_a_conflict_is_proposed_in_the_same_act(officer):
    project, other = build.make_project(), build.make_source(name="Báo khác")
    rival = build.make_statement(source=other, subject=project, value="1500", date=build.A_DAY)
    source = build.make_source()

    sent = officer.work(source, "statement", **CAPITAL, project=project, date="15/05/2023")

    conflict, stated = Conflict.objects.get(), source.statements.get()
    assert (conflict.first, conflict.second, conflict.found_by_rule) == (rival, stated, True)
    assert sent.told[1] == (f"Mâu thuẫn được đề xuất: nguồn {other} nêu “1.500 triệu USD”; hãy xem mục mâu thuẫn số "
                            f"{conflict.code}.")
    assert sorted(done_by(last_act())) == [
        ("conflict", conflict.code, "created"), ("project", project.code, "updated"),
        ("statement", rival.code, "updated"), ("statement", stated.code, "created")]


def test_a_report_becomes_an_opening(officer):
    project = build.make_project()
    stated = build.make_statement(subject=project, date=build.A_DAY)
    page = officer.open(stated, "accept")
    assert f"ghi thành số dư đầu kỳ 1.600.000.000 USD của {project}" in page.words

    sent = officer.send(page, into="opening")

    entry = project.entries.get()
    stated.refresh_from_db()
    assert sent.told == [f"Đã ghi nhận nội dung {stated.code} vào {entry.code}."]
    assert (entry.kind, entry.amount_usd, entry.source, entry.decided_on.label) == (
        "opening", Decimal("1600000000.00"), stated.source, "15/05/2023")
    assert (stated.review, stated.promoted_kind, stated.promoted_code) == ("accepted", "capital-entry", entry.code)
    assert sorted(done_by(last_act())) == [
        ("capital-entry", entry.code, "created"), ("project", project.code, "updated"),
        ("statement", stated.code, "updated")]


def test_two_clicks_post_one_opening(officer):
    project = build.make_project()
    page = officer.open(build.make_statement(subject=project), "accept")
    officer.send(page, into="opening")

    assert officer.send(page, into="opening").told == ["Việc này đã được ghi."]
    assert project.entries.count() == 1


def test_an_opening_where_one_stands_is_refused(officer):
    project = build.make_project(capital_usd="5")
    stated = build.make_statement(subject=project)
    before = everything()

    page = officer.refused(stated, "accept", into="opening")

    assert "Hãy đảo bút toán đó trước" in page.errors["into"]
    assert everything() == before


def test_an_opening_of_a_draft_is_refused(officer):
    stated = build.make_statement(subject=build.make_project(publication="draft"))
    before = everything()

    page = officer.refused(stated, "accept", into="opening")

    assert "chưa được công bố" in page.errors[""]
    assert everything() == before


@pytest.mark.parametrize("make", [
    lambda project: project.entries.get(), build.make_milestone,
])
def test_a_statement_is_accepted_into_what_is_there(officer, make):
    project = build.make_project(capital_usd="5")
    into, stated = make(project), build.make_statement(subject=project)

    officer.work(stated, "accept", into=f"{into.KIND}:{into.pk}")

    stated.refresh_from_db()
    assert (stated.promoted_kind, stated.promoted_code) == (into.KIND, into.code)


def test_an_accepted_plan_counts_as_intended(officer):
    project = build.make_project()
    plan = build.make_statement(subject=project, kind="plan", reality="planned", attribute="intended_capital",
                                value="400", source=build.make_source(published_on=build.exactly(build.A_DAY)))
    page = officer.open(plan, "accept")
    assert "tính vào vốn dự kiến" in page.words and "số dư đầu kỳ" not in page.words
    assert officer.work(plan, "accept", into="opening").errors["into"]

    officer.send(page, into="nothing")

    assert build.totals(as_of=build.A_DAY).intended_usd == Decimal("400000000.00")


def test_acceptance_is_never_a_slip_of_the_hand(officer):
    stated = build.make_statement()
    before = everything()

    assert "Hãy điền mục này" in officer.work(stated, "accept").errors["into"]
    assert everything() == before


def test_an_entry_of_another_project_is_no_choice(officer):
    other = build.make_project(capital_usd="5").entries.get()
    stated = build.make_statement(subject=build.make_project())
    before = everything()

    page = officer.work(stated, "accept", into=f"{other.KIND}:{other.pk}")

    assert page.errors["into"]
    assert everything() == before


@pytest.mark.parametrize("review", ["disputed", "superseded", "rejected"])
def test_a_statement_is_reviewed_and_stays(officer, review):
    stated = build.make_statement(note="cũ")
    assert officer.open(stated, "review").typed["note"] == "cũ"

    officer.work(stated, "review", as_=review, note="bản đính chính")

    stated.refresh_from_db()
    assert (stated.review, stated.note) == (review, "bản đính chính")
    assert done_by(last_act()) == [("statement", stated.code, "updated")]


def test_a_review_says_what_it_comes_to(officer):
    stated = build.make_statement()
    before = everything()

    page = officer.refused(stated, "review", note="đừng mất")

    assert "Hãy điền mục này" in page.errors["as_"]
    assert everything() == before


@pytest.fixture
def conflict(db) -> Conflict:
    project = build.make_project()
    for value in ("1500", "1600"):
        build.make_statement(subject=project, value=value, date=build.A_DAY)
    with build.act() as act:
        return build.statement.propose_conflicts(act=act, statement=Statement.objects.latest("pk"))[0]


def test_a_conflict_is_confirmed(officer, conflict):
    page = officer.open(conflict, "confirm")
    assert "1.500 triệu USD" in page.words and "1.600 triệu USD" in page.words

    officer.send(page, outcome="chờ Sở Tài chính")

    conflict.refresh_from_db()
    assert (conflict.state, conflict.outcome) == ("confirmed", "chờ Sở Tài chính")
    assert {conflict.first.review, conflict.second.review} == {"disputed"}
    assert officer.client.get(address_of(conflict, "confirm"))["Location"] == address_of(conflict)


def test_a_conflict_is_dismissed_with_its_why(officer, conflict):
    before = everything()
    assert "Hãy điền mục này" in officer.refused(conflict, "dismiss", outcome="").errors["outcome"]
    assert everything() == before

    officer.work(conflict, "dismiss", outcome="hai thời điểm")

    conflict.refresh_from_db()
    assert (conflict.state, conflict.outcome) == ("dismissed", "hai thời điểm")


def test_a_conflict_is_settled_and_both_statements_stay(officer, conflict):
    right, wrong = conflict.second, conflict.first
    page = officer.open(conflict, "settle")
    assert "1.500 triệu USD" in page.words and "không nội dung nào đúng" in page.words

    sent = officer.send(page, holds=right.pk, others_as="rejected", outcome="theo GCNĐKĐT")

    assert sent.told == [f"Đã giải quyết mâu thuẫn số {conflict.code}."]
    conflict.refresh_from_db()
    assert (conflict.state, conflict.outcome) == ("resolved", "theo GCNĐKĐT")
    assert [Statement.objects.get(pk=each.pk).review for each in (right, wrong)] == ["open", "rejected"]
    assert officer.client.get(address_of(conflict, "settle"))["Location"] == address_of(conflict)


def test_what_rests_on_a_statement_that_does_not_hold_is_told(officer, conflict):
    officer.work(conflict.first, "accept", into="opening")
    entry = conflict.first.project.entries.get()

    sent = officer.work(conflict, "settle", holds="", others_as="superseded", outcome="bản đính chính")

    assert sent.told[1].startswith(f"{entry.code} còn dựa vào nội dung {conflict.first.code}")


def test_statements_without_a_value_are_told_by_their_day_or_their_words(officer):
    source, words = build.make_source(), capfirst(attribute("planned_start"))
    told = [
        build.make_statement(source=source, attribute="planned_start", value="", unit="", **when)
        for when in ({"date": date(2024, 8, 1)}, {"period_words": "sau Tết"}, {})
    ]
    for first, second, title in (
        (told[0], told[1], "01/08/2024 ≠ sau Tết"), (told[1], told[2], f"sau Tết ≠ {words}"),
    ):
        conflict = build.make(Conflict, first=first, second=second, why="hai ngày")
        assert title in officer.client.get(address_of(conflict)).content.decode()
    listed = officer.client.get(reverse("admin:registry_conflict_changelist")).content.decode()
    for each in ("01/08/2024", "sau Tết", words):
        assert f"{source.code}: {each}<" in listed
    assert f"{source.code}: 01/08/2024" in officer.open(Conflict.objects.first(), "settle").words
    assert f"<h1>{words}: 01/08/2024</h1>" in officer.client.get(address_of(told[0])).content.decode()
    assert f"<h1>{words}</h1>" in officer.client.get(address_of(told[2])).content.decode()


def test_both_statements_stand_side_by_side_with_their_passages(officer, conflict):
    source = conflict.first.source
    with build.act() as act:
        amend(act=act, record=source, text="Đoạn một.\n\nĐoạn hai nêu 1.500 triệu USD.")
        amend(act=act, record=conflict.first, locator="paragraph 2")
    for page in (officer.client.get(address_of(conflict)).content.decode(), officer.open(conflict, "confirm").html):
        assert "Đoạn hai nêu 1.500 triệu USD." in page and "Đoạn một" not in page


def test_a_statement_is_entered_beside_the_text_that_the_public_never_sees(officer):
    source = build.make_source(text="Đoạn một.\nĐoạn hai bí mật.")
    assert 'id="paragraph-2">Đoạn hai bí mật.' in officer.open(source, "statement").html
    officer.work(source, "statement", **CAPITAL, locator="đoạn 2")
    for path in (f"/sources/{source.code}/", f"/api/v1/sources/{source.code}/", "/sources/?format=json",
                 "/api/v1/changes/?after=0", "/sources/?format=csv"):
        answer = officer.client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200 and "bí mật" not in body.decode()
