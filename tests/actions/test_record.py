"""What officers do to any plain noun: create, amend, publish, withdraw."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.actions.record import (
    AlreadyPublished,
    InvalidRecord,
    NotPublished,
    StaleVersion,
    amend,
    create,
    publish,
    withdraw,
)
from registry.exchange.check.everything import problems
from registry.models import Change, Enterprise, Investor, Project, Register, Statement, Zone
from registry.vocabulary.publication import Publication
from registry.vocabulary.vietnamese import search_words, sort_key
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def test_amending_raises_the_version_and_moves_the_moment():
    investor = build.make_investor(name="Amkor")

    with build.act() as act:
        amend(act=act, record=investor, name="Amkor Technology")

    assert (fresh(investor).name, fresh(investor).version, investor.version) == ("Amkor Technology", 2, 2)
    assert fresh(investor).updated_at == act.at
    assert bytes(fresh(investor).name_sort) == sort_key("Amkor Technology")


def test_the_later_of_two_officers_is_refused():
    build.make_investor(name="Amkor")
    first, second = Investor.objects.get(), Investor.objects.get()
    with build.act() as act:
        amend(act=act, record=first, name="Người thứ nhất")

    with refused(StaleVersion) as refusal, build.act() as act:
        amend(act=act, record=second, name="Người thứ hai")

    assert Investor.objects.get().name == "Người thứ nhất"
    assert str(refusal.value) == (
        f"{first.code} đã được người khác sửa (phiên bản 1 không còn là bản mới nhất). Hãy mở lại bản ghi, "
        "so sánh hai bản và lưu lần nữa; chưa có gì bị ghi đè.")


def test_the_version_that_an_officer_saw_counts():
    investor = build.make_investor(name="Amkor")
    with build.act() as act:
        amend(act=act, record=investor, name="Người thứ nhất")

    with refused(StaleVersion), build.act() as act:
        amend(act=act, record=fresh(investor), version=1, name="Người thứ hai")


def test_the_version_is_checked_in_the_update_itself():
    investor = build.make_investor(name="Amkor")

    with CaptureQueriesContext(connection) as queries, build.act() as act:
        amend(act=act, record=investor, name="Amkor Technology")

    [update] = [query["sql"] for query in queries if query["sql"].startswith('UPDATE "registry_investor"')]
    assert '"registry_investor"."version" = 1' in update.partition("WHERE")[2]


def test_a_broken_rule_names_its_field():
    with refused(InvalidRecord) as refusal:
        build.make_investor(name="", kind="ghost")

    assert sorted(refusal.value.errors) == ["kind", "name"]
    assert refusal.value.field == "name"
    assert str(refusal.value).startswith("nhà đầu tư: name: Trường này không được để")


def test_a_broken_constraint_is_told_in_its_words():
    project = build.make_project()

    with refused(InvalidRecord) as refusal, build.act() as act:
        amend(act=act, record=project, status="terminated")

    assert refusal.value.errors == {
        "": ["Dự án đã chấm dứt, bị thu hồi hoặc hết hạn phải có ngày chấm dứt; dự án khác thì để trống."]}


@pytest.mark.parametrize("tax_code", ["2301195652", "0100109106-001"])
def test_a_tax_code_with_its_check_digit_is_taken(tax_code):
    assert build.make_enterprise(tax_code=tax_code).tax_code == tax_code


@pytest.mark.parametrize("tax_code", ["2301195653", "230119565", "abcdefghij"])
def test_a_tax_code_with_a_wrong_check_digit_is_refused(tax_code):
    with refused(InvalidRecord) as refusal:
        build.make_enterprise(tax_code=tax_code)

    assert refusal.value.errors == {"tax_code": [
        f"Mã số thuế “{tax_code}” sai chữ số kiểm tra; hãy đối chiếu với giấy chứng nhận đăng ký doanh nghiệp."]}


def test_a_tax_code_belongs_to_one_enterprise():
    build.make_enterprise(tax_code="2301195652")

    with refused(InvalidRecord) as refusal:
        build.make_enterprise(tax_code="2301195652")

    assert list(refusal.value.errors) == ["tax_code"]


def test_a_renamed_investor_is_one_change_and_its_projects_are_found_by_the_new_name():
    investor = build.make_investor(name="Tên cũ")
    project = build.make_project(name="Nhà máy", investors=[investor])
    head = Register.objects.get().head

    with build.act() as act:
        amend(act=act, record=investor, name="Tên mới")

    [change] = Change.objects.filter(seq__gt=head)
    assert (change.kind, change.code, change.feed_verb) == ("investor", investor.code, "updated")
    assert list(Project.objects.matching(search_words("ten moi"))) == [project]
    assert list(Project.objects.matching(search_words("ten cu"))) == []
    assert fresh(project).version == project.version


def test_who_turns_out_to_be_a_person_is_no_longer_found_by_name():
    investor = build.make_investor(name="Nguyễn Văn Kín")
    build.make_project(investors=[investor])
    build.make_statement(subject_kind="investor", subject=investor, subject_name=investor.name)
    assert Statement.objects.matching(search_words("kín")).exists()

    with build.act() as act:
        amend(act=act, record=investor, kind="person")

    assert not Statement.objects.matching(search_words("kín")).exists()
    assert not Project.objects.matching(search_words("kín")).exists()
    assert list(problems()) == []


@pytest.mark.parametrize(("builder", "field", "noun"), [
    (build.make_enterprise, "enterprise", Enterprise), (build.make_zone, "zone", Zone)], ids=["enterprise", "zone"])
def test_projects_are_found_by_a_renamed_enterprise_or_zone(builder, field, noun):
    owner = builder(name="Tên cũ")
    project = build.make_project(name="Nhà máy", **{field: owner})

    with build.act() as act:
        amend(act=act, record=noun.objects.get(pk=owner.pk), name="Tên mới")

    assert list(Project.objects.matching(search_words("ten moi"))) == [project]


def test_a_project_is_found_by_its_new_enterprise():
    project = build.make_project(name="Nhà máy", enterprise=build.make_enterprise(name="Công ty Cũ"))

    with build.act() as act:
        amend(act=act, record=project, enterprise=build.make_enterprise(act=act, name="Công ty Mới"))

    assert list(Project.objects.matching(search_words("cong ty moi"))) == [project]
    assert list(Project.objects.matching(search_words("cong ty cu"))) == []


def test_communes_of_a_zone_are_amended_with_it():
    zone, place = build.make_zone(), build.make_place()

    with build.act() as act:
        amend(act=act, record=zone, related={"communes": [place]})
    with build.act() as act:
        amend(act=act, record=zone, related={"communes": [place]})

    changes = Change.objects.filter(kind="zone", code=zone.code).order_by("seq")
    assert [change.after["communes"] for change in changes] == [[], [place.code]]
    assert fresh(zone).version == 2


def test_publishing_twice_is_refused():
    investor = build.make_investor()

    with refused(AlreadyPublished), build.act() as act:
        publish(act=act, record=investor)


def test_withdrawing_a_draft_is_refused():
    investor = build.make_investor(publication=Publication.DRAFT)

    with refused(NotPublished), build.act() as act:
        withdraw(act=act, record=investor, reason="nhập nhầm")


def test_withdrawing_needs_a_reason():
    investor = build.make_investor()

    with refused(InvalidRecord) as refusal, build.act() as act:
        withdraw(act=act, record=investor, reason="")

    assert refusal.value.errors == {"": ["Bản ghi đã gỡ phải có lý do; hãy ghi lý do gỡ."]}


def test_publishing_again_takes_the_reason_away():
    investor = build.make_investor()
    with build.act() as act:
        withdraw(act=act, record=investor, reason="nhập nhầm")
    with build.act() as act:
        publish(act=act, record=investor)

    assert (fresh(investor).publication, fresh(investor).withdrawn_reason) == ("published", "")


def test_a_code_that_another_has_is_refused():
    build.make_zone(code="kcn-moi")

    with refused(InvalidRecord), build.act() as act:
        create(act=act, record=Zone(code="kcn-moi", name="KCN Khác", kind="industrial_park"))
