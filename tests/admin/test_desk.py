"""The desk: what waits for an officer, and lists that show just what it counts."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registry.actions.certificate import AsPrinted
from registry.actions.record import create
from registry.actions.writing import writing
from registry.admin.desk import waiting
from registry.admin.task import TASKS
from registry.models import Investor, Project, Source
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.publication import Publication
from tests import build
from tests.admin.clerk import words_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)


def counts(user, today: date = TODAY) -> dict[str, dict[str, int]]:
    return {each.title: {count.noun: count.count for count in each.counts} for each in waiting(user, today)}


def draft(user, model=Investor, **fields):
    with writing(by=user, reason="nhập") as act:
        return create(act=act, record=model(name="Nháp", **fields))


class TestWaiting:
    def test_nothing_waits_in_an_empty_register(self, clerk):
        found = counts(clerk.user)
        assert "Chưa có nguồn" in found
        assert found["Bản nháp của tôi"] == found["Chờ duyệt"] == found["Mốc tiến độ quá hạn"] == {}

    def test_drafts_are_those_that_i_have_begun(self, clerk, second):
        draft(clerk.user)
        draft(second)
        draft(second, Source, kind="notice")
        assert counts(clerk.user)["Bản nháp của tôi"] == {"nhà đầu tư": 1}
        assert counts(second)["Bản nháp của tôi"] == {"nhà đầu tư": 1, "nguồn": 1}

    def test_what_is_in_review_waits_for_everybody(self, clerk, second):
        draft(second, publication=Publication.IN_REVIEW)
        assert counts(clerk.user)["Chờ duyệt"] == {"nhà đầu tư": 1}

    def test_a_plan_is_overdue_until_it_has_come_true(self, clerk):
        project = build.make_project()
        for kind in (MilestoneKind.COMPLETION, MilestoneKind.TRIAL_PRODUCTION):
            build.make_milestone(project, kind=kind, reality=Reality.PLANNED, happened_on=date(2024, 1, 1))
        assert counts(clerk.user)["Mốc tiến độ quá hạn"] == {"mốc tiến độ": 2}
        assert counts(clerk.user, date(2024, 1, 1))["Mốc tiến độ quá hạn"] == {}
        build.make_milestone(project, kind=MilestoneKind.COMPLETION, reality=Reality.ACTUAL)
        assert counts(clerk.user)["Mốc tiến độ quá hạn"] == {"mốc tiến độ": 1}

    def test_a_contribution_is_told_of_thirty_days_before_its_day(self, clerk):
        project = build.make_project()
        build.make_certificate(project, printed=AsPrinted(contribute_by=TODAY), decided_on=date(2024, 1, 1))
        title = "Hạn góp vốn đã qua, hoặc trong 30 ngày tới"
        assert counts(clerk.user, TODAY - timedelta(days=31))[title] == {}
        assert counts(clerk.user, TODAY - timedelta(days=30))[title] == {"giấy chứng nhận đăng ký đầu tư": 1}
        build.make_certificate(project, kind="amendment", step=1, decided_on=date(2024, 2, 1),
                               printed=AsPrinted(contribute_by=TODAY + timedelta(days=400)))
        assert counts(clerk.user)[title] == {}

    def test_a_project_without_a_source_waits_for_one(self, clerk):
        before = counts(clerk.user)["Chưa có nguồn"].get("dự án", 0)
        build.make_project()
        build.make_project(source=build.make_source())
        assert counts(clerk.user)["Chưa có nguồn"]["dự án"] == before + 1


    @pytest.mark.parametrize("state, waits", [
        (Publication.DRAFT, 0), (Publication.IN_REVIEW, 0), (Publication.PUBLISHED, 0), (Publication.WITHDRAWN, 1),
    ])
    def test_its_source_may_be_in_review_as_itself(self, clerk, state, waits):
        before = counts(clerk.user)["Chưa có nguồn"].get("dự án", 0)
        source = build.make_source(publication=state, withdrawn_reason="nhầm" if waits else "")
        build.make_project(publication=Publication.IN_REVIEW, source=source)
        build.make_milestone(build.make_project(), source=source)
        assert counts(clerk.user)["Chưa có nguồn"].get("dự án", 0) == before + 2 * waits

    def test_what_has_the_name_of_another_leads_to_the_pairs(self, clerk):
        for _time in range(2):
            build.make_investor(name="Hoa Sen")
        title = "Có thể trùng: cùng tên hoặc cùng mã số thuế với hồ sơ khác"
        [found] = [each for each in waiting(clerk.user, TODAY) if each.title == title]
        assert [(each.noun, each.count) for each in found.counts] == [("nhà đầu tư", 1)]
        assert found.counts[0].url == reverse("admin:registry_investor_duplicates")
        listed = clerk.client.get(reverse("admin:registry_investor_changelist"), {"task": "repeated"})
        assert listed.context["cl"].result_count == 1

    def test_files_that_could_not_be_imported_wait(self, clerk):
        assert counts(clerk.user)["Tệp nhập không thành"] == {}
        build.make_row_problem(file_name="a.xlsx", cell="H2")
        build.make_row_problem(file_name="a.xlsx", cell="H3")
        build.make_row_problem(file_name="b.xlsx")
        [found] = [each for each in waiting(clerk.user, TODAY) if each.title == "Tệp nhập không thành"]
        assert [(each.noun, each.count) for each in found.counts] == [("tệp", 2)]
        assert found.counts[0].url == reverse("admin:registry_importbatch_failed")


class TestDesk:
    def test_each_count_leads_to_a_list_of_just_so_many(self, clerk):
        draft(clerk.user)
        project = build.make_project()
        build.make_milestone(project, reality=Reality.PLANNED, happened_on=date(2024, 1, 1))
        build.make_statement()
        for each in waiting(clerk.user, timezone.localdate()):
            for count in each.counts:
                listed = clerk.client.get(count.url)
                assert listed.context["cl"].result_count == count.count, count.url

    def test_it_says_what_waits_and_what_does_not(self, clerk):
        draft(clerk.user)
        words = words_of(clerk.client.get(reverse("admin:index")))
        assert "Bản nháp của tôi 1 nhà đầu tư" in words
        assert "Chờ duyệt không có" in words

    def test_the_queries_are_the_same_whatever_waits(self, clerk):
        clerk.queries(reverse("admin:index"))  # the first click of a minute is noted in the session
        before = clerk.queries(reverse("admin:index"))
        for number in range(5):
            build.make_project(name=f"Dự án {number}")
            build.make_statement()
        assert clerk.queries(reverse("admin:index")) == before

    def test_a_task_that_nobody_knows_is_no_filter(self, clerk):
        draft(clerk.user)
        listed = clerk.client.get(reverse("admin:registry_investor_changelist"), {"task": "nix"})
        assert listed.context["cl"].result_count == Investor.objects.count()


def test_every_task_has_a_word_of_its_own_for_its_noun():
    assert len({(task.model, task.word) for task in TASKS}) == len(TASKS)
    assert all(re.fullmatch("[a-z]+", task.word) for task in TASKS)
    assert Project in {task.model for task in TASKS}
