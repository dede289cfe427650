"""What ``check_register`` finds when someone has been at the records by hand."""

from decimal import Decimal

import pytest
from django.db import connection, transaction

from registry.actions.record import amend
from registry.exchange.check.everything import problems
from registry.models import CodeCounter, Country, Milestone, Project, Register, Stake, Statement
from registry.vocabulary.publication import Publication
from tests import build

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [str(problem) for problem in problems()]


def edit(record, **columns) -> None:
    type(record).objects.filter(pk=record.pk).update(**columns)


def remove(rows) -> None:
    rows._raw_delete(using="default")


def head() -> Register:
    return Register.objects.get()


def test_a_record_edited_by_hand():
    project = build.make_project(capital_usd=1000)
    edit(project, address="nơi khác", planned_workers=5)

    assert found() == [f"project {project.code}: đã bị sửa ngoài sổ: address, planned_workers"]


def test_a_record_edited_by_hand_before_an_action():
    investor = build.make_investor(name="Amkor")
    edit(investor, name_native="別名")
    investor.refresh_from_db()
    with build.act() as act:
        amend(act=act, record=investor, name="Amkor Technology")

    assert found() == [
        f"change {head().head}: investor {investor.code} đã bị sửa ngoài sổ trước thay đổi này: name_native"]


def test_a_stake_edited_by_hand():
    project = build.make_project()
    Stake.objects.filter(project=project).update(share_percent=Decimal(50))

    assert found() == [f"project {project.code}: đã bị sửa ngoài sổ: stakes"]


def test_a_record_that_no_action_made():
    source = build.make_source()
    milestone = Milestone.objects.create(
        code=f"{build.make_project().code}-1", number=1, project=Project.objects.get(), kind="completion",
        reality="actual", source=source, updated_at=source.updated_at)

    assert found() == [f"milestone {milestone.code}: không có thay đổi nào ghi nó vào sổ",
                       f"milestone {milestone.code}: đang công khai, nhưng luồng thay đổi không báo"]


def test_a_record_that_was_taken_away():
    milestone = build.make_milestone(build.make_project())
    remove(Milestone.objects.all())

    assert found() == [f"milestone {milestone.code}: bản ghi đã mất"]


def test_a_statement_that_was_taken_away():
    statement = build.make_statement()
    remove(Statement.objects.filter(pk=statement.pk))

    assert found() == [f"statement {statement.pk}: bản ghi đã mất"]


def test_a_reference_that_leads_nowhere():
    project = build.make_project(enterprise=build.make_enterprise())
    with transaction.atomic():
        edit(project, enterprise_id=10**9)
        lines = found()
        transaction.set_rollback(True)

    assert lines == [f"project {project.pk}: trỏ tới một bản ghi không còn: enterprise_id"]


@pytest.fixture
def without_constraints():
    """A database that has lost what holds the named constraint of a project's status."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE registry_project DROP CONSTRAINT project_status_known")
            yield
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_a_row_that_breaks_a_named_constraint(without_constraints):
    project = build.make_project()
    edit(project, status="nonsense")

    assert found() == [
        f"project {project.pk}: Giá trị không có trong danh mục; chọn một giá trị của danh mục. (project_status_known)",
        f"project {project.code}: đã bị sửa ngoài sổ: status",
        f"project {project.code}: tổng vốn lưu sẵn không khớp với sổ vốn"]


def test_search_words_that_are_not_those_of_the_record():
    project, country = build.make_project(), Country.objects.get(code="KR")
    edit(project, search_folded=" khac ")
    edit(country, name_sort=b"x")

    wrong = "từ tìm kiếm hoặc khóa sắp xếp không khớp với nội dung"
    assert found() == [f"project {project.code}: {wrong}", f"country KR: {wrong}"]


def test_a_publication_that_partners_were_not_told_of():
    source, draft = build.make_source(), build.make_source(publication=Publication.DRAFT)
    edit(source, publication=Publication.IN_REVIEW)
    edit(draft, publication=Publication.PUBLISHED)

    assert found() == [
        f"source {source.code}: đã bị sửa ngoài sổ: publication",
        f"source {source.code}: không công khai, nhưng luồng thay đổi vẫn báo là có",
        f"source {draft.code}: đã bị sửa ngoài sổ: publication",
        f"source {draft.code}: đang công khai, nhưng luồng thay đổi không báo"]


def test_a_counter_behind_its_codes():
    source = build.make_source()
    CodeCounter.objects.filter(prefix="SRC").update(last=0)

    assert f"source {source.code}: bộ đếm mã SRC mới đến 0" in found()


def test_a_code_that_is_not_its_owner_s():
    milestone = build.make_milestone(build.make_project())
    edit(milestone, number=7)

    assert f"milestone {milestone.code}: mã phải là {milestone.project.code}-7" in found()
