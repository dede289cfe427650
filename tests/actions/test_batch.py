"""A whole import: applied for review, published, taken back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from registry.actions import batch, capital
from registry.actions.batch_rows import OutdatedBatch
from registry.actions.batch_undo import RestsOnIt, UndoneAlready, undo
from registry.actions.merge import merge
from registry.actions.project import StakeGiven, set_stakes, withdraw_project
from registry.actions.record import amend, withdraw
from registry.actions.record import publish as publish_record
from registry.actions.undo import undo as undo_change
from registry.exchange.check.everything import problems
from registry.exchange.imports.preview import preview_file
from registry.models import (
    Act,
    CapitalEntry,
    Change,
    Enterprise,
    ImportBatch,
    Investor,
    Project,
    RowProblem,
    Source,
    ZoneObservation,
)
from registry.vocabulary.batch import BatchState
from registry.vocabulary.publication import Publication
from tests import build
from tests.exchange.officers_list import officers_list, row, sheet_of
from tests.unchanged import everything, refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def preview_of(data: bytes, table: str = "projects", name: str = "a.xlsx"):
    preview = preview_file(data, name, table, now=NOW)
    assert preview.problems == ()
    return preview


def apply(data: bytes, table: str = "projects", name: str = "a.xlsx") -> ImportBatch:
    preview = preview_of(data, table, name)
    with build.act() as act:
        return batch.apply(act=act, preview=preview)


def publish(made: ImportBatch) -> ImportBatch:
    with build.act() as act:
        return batch.publish(act=act, batch=made)


def take_back(made: ImportBatch) -> ImportBatch:
    with build.act() as act:
        return undo(act=act, batch=made, reason="nhập nhầm")


def clean() -> None:
    assert list(problems()) == []


def made_projects():
    return Project.objects.filter(name__startswith="Nhà máy").order_by("pk")


def test_applying_shows_the_public_nothing():
    public = {model: model.objects.public().count() for model in (Project, Investor, Enterprise, Source)}
    entries = CapitalEntry.objects.count()
    head = Change.objects.exclude(feed_verb="").count()
    made = apply(officers_list())

    assert (made.code, made.state, made.new, made.rows_count) == ("IMP-000001", BatchState.IN_REVIEW, 3, 3)
    assert {model: model.objects.public().count() for model in public} == public
    assert CapitalEntry.objects.count() == entries
    assert Change.objects.exclude(feed_verb="").count() == head
    assert {each.publication for each in made_projects()} == {Publication.IN_REVIEW}
    assert [len(each.proposed) for each in made.rows.order_by("number")] == [1, 1, 1]
    assert Act.objects.latest("pk").batch == made
    clean()


def test_publishing_shows_all_of_it_in_one_act():
    made = publish(apply(officers_list()))

    assert made.state == BatchState.PUBLISHED
    assert {each.publication for each in made_projects()} == {Publication.PUBLISHED}
    assert [each.entries.get().amount_usd for each in made_projects()] == [
        Decimal("1000000.50"), Decimal("1234567.89"), Decimal(1_600_000_000)]
    assert " abc " in made_projects()[0].search_folded
    assert [act.batch for act in Act.objects.order_by("-pk")[:2]] == [made, made]
    told = Change.objects.filter(act=Act.objects.latest("pk")).exclude(feed_verb="")
    assert set(told.values_list("feed_verb", flat=True)) == {"created"}
    clean()


def test_a_batch_is_published_once():
    made = publish(apply(officers_list()))
    with refused(batch.NotInReview):
        publish(made)


def test_nothing_is_applied_after_another_writer():
    preview = preview_of(officers_list())
    build.make_source()
    with refused(batch.RegisterMoved), build.act() as act:
        batch.apply(act=act, preview=preview)


def test_problems_are_refused_and_kept_until_the_file_is_mended():
    preview = preview_file(sheet_of([row(c7="abc")]), "a.xlsx", "projects", now=NOW)
    with refused(batch.HasProblems), build.act() as act:
        batch.apply(act=act, preview=preview)
    for _time in range(2):
        with build.act() as act:
            batch.keep_problems(act=act, preview=preview, by_name="officer")
    assert list(RowProblem.objects.values_list("cell", "code", "by_name")) == [("H2", "unreadable-amount", "officer")]
    apply(officers_list())
    assert not RowProblem.objects.exists()


def test_undoing_a_batch_in_review_deletes_its_drafts():
    counts = {model: model.objects.count() for model in (Project, Investor, Enterprise, Source, CapitalEntry)}
    made = take_back(apply(officers_list()))

    assert made.state == BatchState.UNDONE
    assert {model: model.objects.count() for model in counts} == counts
    clean()
    with refused(UndoneAlready):
        take_back(made)


def test_undoing_a_published_batch_reverses_and_withdraws():
    take_back(publish(apply(officers_list())))

    assert {each.publication for each in made_projects()} == {Publication.WITHDRAWN}
    assert {each.withdrawn_reason for each in made_projects()} == {"nhập nhầm"}
    assert CapitalEntry.objects.filter(project__in=made_projects()).total_usd() == 0
    assert [each.entries.count() for each in made_projects()] == [2, 2, 2]
    assert not Investor.objects.public().filter(name="ABC Electronics").exists()
    clean()
    again = publish(apply(officers_list()))
    assert again.code == "IMP-000002"
    assert Project.objects.public().filter(irc_code="5421840814").count() == 1
    clean()


def stake_of_others(made):
    build.make_project(investors=[Investor.objects.get(name="ABC Electronics")])


def edited(made):
    with build.act() as act:
        amend(act=act, record=made_projects()[0], address="Lô A")


def marked(made):
    build.make_milestone(made_projects()[0])


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("later", [stake_of_others, edited, marked])
def test_a_batch_on_which_something_rests_is_not_undone(published, later):
    made = apply(officers_list())
    if published:
        publish(made)
    later(made)
    with refused(RestsOnIt) as refusal:
        take_back(made)
    assert refusal.value.items
    assert "BN-" in str(refusal.value)


def test_a_later_entry_keeps_a_published_batch():
    made = publish(apply(officers_list()))
    build.make_entry(made_projects()[0], 5)
    with refused(RestsOnIt):
        take_back(made)


def amendment() -> tuple[Project, bytes]:
    project = build.make_project(name="Cũ", irc_code="0123456777", capital_usd=5, planned_workers=10, investors=())
    heading = ("code", "name", "planned_workers")
    return project, sheet_of([(project.code, "Mới", 20)], heading=heading)


def test_changes_wait_for_the_reviewer_and_are_restored():
    project, data = amendment()
    made = apply(data)
    project.refresh_from_db()
    assert (project.name, project.planned_workers) == ("Cũ", 10)
    assert made.rows.get().before == {"name": "Cũ", "planned_workers": 10}

    publish(made)
    project.refresh_from_db()
    assert (project.name, project.planned_workers) == ("Mới", 20)
    with build.act() as act:
        amend(act=act, record=project, address="Lô A")  # another column is nobody's business

    take_back(made)
    project.refresh_from_db()
    assert (project.name, project.planned_workers, project.address) == ("Cũ", 10, "Lô A")
    clean()


def test_a_change_after_the_preview_is_never_overwritten():
    project, data = amendment()
    made = apply(data)
    with build.act() as act:
        amend(act=act, record=project, planned_workers=30)
    with refused(OutdatedBatch):
        publish(made)


def lines(*found, heading) -> bytes:
    return sheet_of(list(found), heading=heading)


def test_all_records_of_which_a_batch_has_an_older_version_are_named_with_the_way_out():
    projects = [build.make_project(name=f"Cũ {number}", irc_code=f"012345677{number}", investors=())
                for number in range(3)]
    first = apply(lines(*((each.code, f"Mới {each.code}") for each in projects[:2]), heading=("code", "name")))
    names = [f"Mới {projects[0].code}", f"Mới {projects[1].code}", "Cũ 2"]
    second = lines(*((each.code, name, 7) for each, name in zip(projects, names, strict=True)),
                   heading=("code", "name", "planned_workers"))
    made = apply(second, name="b.xlsx")
    with build.act(by="hoa") as act:
        batch.publish(act=act, batch=first)
    with refused(OutdatedBatch) as refusal:
        publish(made)
    said = str(refusal.value)
    assert len(refusal.value.items) == 2 and all(f"{each.code}: hoa" in said for each in projects[:2])
    assert projects[2].code not in said and made.code in said

    take_back(made)
    publish(apply(second, name="b.xlsx"))
    assert set(Project.objects.values_list("planned_workers", flat=True)) == {7}
    assert Project.objects.get(pk=projects[0].pk).name == f"Mới {projects[0].code}"
    clean()


def test_a_batch_of_which_a_record_went_into_another_is_refused_by_name():
    one, other = build.make_investor(name="Amcor"), build.make_investor(name="Amkor")
    made = apply(lines((one.code, one.name, "Amcor Korea"), heading=("code", "name", "name_en")), "investors")
    assert made.changed == 1
    with build.act() as act:
        merge(act=act, winner=other, loser=one)
    with refused(OutdatedBatch) as refusal:
        publish(made)
    assert one.code in str(refusal.value)


def test_many_records_are_counted_and_the_first_are_named():
    rows = [build.make_project(name=f"Cũ {number}", investors=()) for number in range(22)]
    made = apply(lines(*((each.code, each.name, 7) for each in rows), heading=("code", "name", "planned_workers")))
    with build.act() as act:
        for each in rows:
            amend(act=act, record=each, planned_workers=8)
    with refused(OutdatedBatch) as refusal:
        publish(made)
    assert "22 bản ghi" in str(refusal.value) and str(refusal.value).count("BN-") == 20 and "…" in str(refusal.value)


def test_what_another_has_written_alike_is_no_older_version():
    project, data = amendment()
    made = apply(data)
    with build.act() as act:
        amend(act=act, record=Project.objects.get(pk=project.pk), name="Mới", planned_workers=20)
    assert publish(made).state == BatchState.PUBLISHED


def test_an_amended_column_that_was_changed_again_keeps_the_batch():
    project, data = amendment()
    made = publish(apply(data))
    with build.act() as act:
        amend(act=act, record=Project.objects.get(pk=project.pk), planned_workers=30)
    with refused(RestsOnIt) as refusal:
        take_back(made)
    assert project.code in refusal.value.items[0]


def changed_and_back(made):
    project = made_projects()[0]
    with build.act() as act:
        amend(act=act, record=project, address="Lô A")
    with build.act() as act:
        undo_change(act=act, change=Change.objects.latest("seq"))


def same_stakes(made):
    project = made_projects()[0]
    stakes = [StakeGiven(each.investor, each.share_percent, each.lead) for each in project.stakes.order_by("position")]
    with build.act() as act:
        set_stakes(act=act, project=project, stakes=stakes)


def entry_and_its_reversal(made):
    entry = build.make_entry(made_projects()[0], 5)
    with build.act() as act:
        capital.reverse(act=act, entry=entry)


def withdrawn(made, reason="dự án không có thật"):
    with build.act() as act:
        withdraw_project(act=act, project=made_projects()[0], reason=reason)


def changed_and_withdrawn(made):
    edited(made)
    marked(made)
    build.make_entry(made_projects()[0], 5)
    withdrawn(made)


def withdrawn_and_back(made):
    withdrawn(made)
    with build.act() as act:
        publish_record(act=act, record=made_projects()[0])


def other_project_withdrawn(made):
    stake_of_others(made)
    with build.act() as act:
        withdraw_project(act=act, project=Project.objects.latest("pk"), reason="nhập nhầm")


def investor_withdrawn(made):
    with build.act() as act:
        withdraw(act=act, record=Investor.objects.get(name="ABC Electronics"), reason="trùng")


GONE_AGAIN = [changed_and_back, same_stakes, entry_and_its_reversal, changed_and_withdrawn, withdrawn_and_back,
              other_project_withdrawn, investor_withdrawn]


@pytest.mark.parametrize("later", GONE_AGAIN)
def test_what_was_taken_back_itself_does_not_keep_a_batch(later):
    made = publish(apply(officers_list()))
    later(made)
    take_back(made)

    assert {each.publication for each in made_projects()} == {Publication.WITHDRAWN}
    assert CapitalEntry.objects.filter(project__in=made_projects()).total_usd() == 0
    assert not Investor.objects.public().filter(name="ABC Electronics").exists()
    clean()
    publish(apply(officers_list()))  # every number is free again
    clean()


@pytest.mark.parametrize("later", [changed_and_back, same_stakes])
def test_nor_one_in_review(later):
    made = apply(officers_list())
    later(made)
    take_back(made)
    assert not made_projects().exists()
    clean()


def test_what_was_withdrawn_stays_as_it_is():
    made = publish(apply(officers_list()))
    changed_and_withdrawn(made)
    take_back(made)
    project = made_projects()[0]
    assert (project.withdrawn_reason, project.address, project.irc_code) == ("dự án không có thật", "Lô A", None)


def test_a_draft_edited_before_its_publication_keeps_the_batch_after_it():
    made = apply(officers_list())
    edited(made)
    publish(made)
    with refused(RestsOnIt) as refusal:
        take_back(made)
    assert len(refusal.value.items) == 1


def test_only_what_is_still_felt_is_named():
    made = publish(apply(officers_list()))
    changed_and_back(made)
    with build.act(by="hoa") as act:
        amend(act=act, record=made_projects()[0], planned_workers=7)
    with refused(RestsOnIt) as refusal:
        take_back(made)
    assert [item for item in refusal.value.items if "hoa" in item] == refusal.value.items


def test_an_entry_reversed_by_a_later_decision_keeps_the_batch():
    """Its amount still counts between the two days."""
    made = publish(apply(officers_list()))
    entry = build.make_entry(made_projects()[0], 5)
    with build.act() as act:
        capital.reverse(act=act, entry=entry, decided_on=build.exactly(date(2024, 5, 1)))
    with refused(RestsOnIt):
        take_back(made)


def ledger(project: Project) -> bytes:
    return sheet_of([(project.code, "điều chỉnh tăng", 100, "1/5/2024"), (project.code, "điều chỉnh giảm", -30, None)],
                    heading=("mã dự án", "loại bút toán", "số tiền (USD)", "ngày quyết định"))


def test_entries_of_existing_projects_wait_are_posted_and_reversed():
    project = build.make_project(capital_usd=5, investors=())
    made = apply(ledger(project), "capital-entries")
    assert project.entries.count() == 1

    publish(made)
    assert project.entries.total_usd() == 75
    seen = project.version
    project.refresh_from_db()
    assert project.version == seen + 1
    clean()

    take_back(made)
    assert project.entries.total_usd() == 5
    assert project.entries.count() == 5
    project.refresh_from_db()
    assert project.version == seen + 2
    clean()


def test_the_ledger_still_has_the_last_word_when_a_batch_is_published():
    project = build.make_project(capital_usd=5, investors=())
    made = apply(sheet_of([(project.code, "decrease", -5)], heading=("project.code", "kind", "amount_usd")),
                 "capital-entries")
    build.make_entry(project, -1, kind="decrease")
    with refused(batch.RuleBroken):
        publish(made)


def test_observations_are_deleted_with_their_batch():
    zone = build.make_zone(name="KCN Đo")
    heading = ("KCN", "nội dung", "giá trị", "ngày")
    made = apply(sheet_of([("KCN Đo", "tỷ lệ lấp đầy", 80, "2024")], heading=heading), "zone-observations")
    assert not zone.observations.exists()
    publish(made)
    assert ZoneObservation.objects.public().get(zone=zone).value == 80
    clean()
    take_back(made)
    assert not zone.observations.exists()
    clean()


def test_an_opening_of_a_project_without_capital():
    project = build.make_project(name="Không vốn", irc_code="0123456777", investors=[build.make_investor(name="ABC")])
    data = sheet_of([row(c1="Không vốn", c2="ABC", c3=None, c4="0123456777", c9=None, c10=None, c12=None)])
    preview = preview_of(data)
    assert preview.rows[0].record == project
    publish(apply(data))
    assert project.entries.get().kind == "opening"
    clean()


def test_queries_grow_by_hundreds_not_by_rows(django_assert_max_num_queries):
    data = sheet_of([row(c1=f"Nhà máy {number}", c4=f"{number}") for number in range(300)])
    preview = preview_of(data)
    with django_assert_max_num_queries(45), build.act() as act:
        made = batch.apply(act=act, preview=preview)
    with django_assert_max_num_queries(100), build.act() as act:
        batch.publish(act=act, batch=made)
    with django_assert_max_num_queries(150), build.act() as act:
        undo(act=act, batch=made, reason="x")


def test_what_stakes_say_is_the_officers():
    """A project of the batch whose stakes an officer set anew is not deleted under the officer's hands."""
    made = apply(officers_list())
    project = made_projects()[0]
    with build.act() as act:
        set_stakes(act=act, project=project, stakes=[StakeGiven(build.make_investor(act=act))])
    before = everything()
    with pytest.raises(RestsOnIt):
        take_back(made)
    assert everything() == before
