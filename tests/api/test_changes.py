"""The change feed: what a partner needs to keep a mirror, and nothing that was never public."""

from decimal import Decimal

import pytest

from registry.actions import milestone, record, statement
from registry.actions.project import withdraw_project
from registry.models import NOUNS, Register
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from registry.web.listing import PATH_OF
from tests import build
from tests.api.conftest import ENGLISH

pytestmark = pytest.mark.django_db


def head() -> int:
    return Register.objects.get(pk=1).head


@pytest.fixture
def since(api):
    """``since(number)`` are the events after a number as (verb, kind, code)."""
    def ask(number: int) -> list[tuple[str, str, str]]:
        return [(event["verb"], event["kind"], event["code"]) for event in api.rows("changes/", after=number)]

    return ask


@pytest.fixture
def last(api):
    """The last event of a record."""
    def ask(kind: str, code: str) -> dict:
        events = api.rows("changes/", after=head() - 20, page_size=500)
        return [event for event in events if (event["kind"], event["code"]) == (kind, code)][-1]

    return ask


class TestPages:
    @pytest.mark.parametrize("size", [7, 100, 500])
    def test_from_the_beginning_to_the_head_in_order(self, furnished, api, schema, size):
        start, seen = (head() - 60 if size == 7 else 0), []
        for page in api.pages("changes/", after=start, page_size=size):
            schema.check("/changes/", page)
            assert page["head"] == head()
            assert len(page["results"]) <= size
            seen += [event["seq"] for event in page["results"]]
        assert seen == sorted(set(seen))
        assert seen[0] > start
        assert seen[-1] <= head()

    def test_fifty_by_default_and_after_nothing_from_the_beginning(self, api):
        page = api.get("changes/")
        assert len(page["results"]) == 50
        assert page["results"][0]["seq"] == 1
        assert page == api.get("changes/", after=0)
        assert page["next"] == f"http://testserver/api/v1/changes/?after={page['results'][-1]['seq']}"

    def test_at_the_head_there_is_nothing_and_no_next(self, api):
        assert api.get("changes/", after=head()) == {"results": [], "next": None, "head": head()}

    def test_every_record_is_its_present_form(self, furnished, api):
        first_of = {}
        for event in api.rows("changes/", after=0, page_size=500):
            assert event["url"] == f"http://testserver/api/v1/{PATH_OF[event['kind']]}/{event['code']}/"
            assert event["merged_into"] is None
            first_of.setdefault(event["kind"], event)
        assert set(NOUNS) - set(first_of) == {
            "conflict", "correction", "import-batch", "operating-report", "distinct-pair", "partner", "api-key",
            "form-figure", "published-figure"}
        for kind, event in first_of.items():
            assert event["record"] == api.get(f"{PATH_OF[kind]}/{event['code']}/")

    def test_the_number_of_queries_does_not_grow(self, furnished, api, django_assert_max_num_queries):
        with django_assert_max_num_queries(60):
            api.get("changes/", after=head() - 500, page_size=500)


class TestBadNumbers:
    @pytest.mark.parametrize("after", ["-1", "abc", "1.5", "1e3", "", " ", "٣", "+1", "0x1", "9" * 30])
    def test_an_after_that_is_no_whole_number(self, api, after):
        assert api.named("changes/", after=after) == ["after"]

    def test_anything_else_that_it_does_not_take(self, api):
        assert api.named("changes/", after=["1", "2"]) == ["after"]
        assert api.named("changes/", page_size="501") == ["page_size"]
        assert api.named("changes/", search="a", cursor="x") == ["search", "cursor"]

    @pytest.mark.parametrize("beyond", [1, 1000, 9_223_372_036_854_775_807])
    def test_beyond_the_head(self, api, beyond):
        after = beyond if beyond > 1000 else head() + beyond
        problem = api.problem("changes/", 410, after=after)
        assert (problem["code"], problem["title"]) == ("after-beyond-head", "Không còn nữa")
        assert problem["detail"] == (
            f"Số {after} nằm sau thay đổi cuối cùng ({head()}): sổ đăng ký đã được khôi phục từ bản sao lưu. "
            "Hãy tải lại toàn bộ: từ bản xuất nêu ở “dump”, hoặc từ đầu (after=0)."
        )
        assert problem["errors"][0]["pointer"] == "after"


class TestEvents:
    def test_what_is_created(self, since):
        before = head()
        investor = build.make_investor()
        assert since(before) == [("created", "investor", investor.code)]

    def test_a_draft_is_silent_until_it_is_published(self, since):
        before = head()
        draft = build.make_investor(publication=Publication.DRAFT)
        with build.act() as act:
            record.amend(act=act, record=draft, name="Tên khác")
        assert since(before) == []
        with build.act() as act:
            record.publish(act=act, record=draft)
        assert since(before) == [("created", "investor", draft.code)]

    def test_what_belongs_to_a_draft_project_is_published_with_it(self, since):
        project = build.make_project(publication=Publication.DRAFT, investors=[])
        with build.act() as act:
            step = milestone.mark(act=act, project=project, kind="chosen", reality="planned")
        before = head()
        with build.act() as act:
            record.publish(act=act, record=project)
        assert sorted(since(before)) == [("created", "milestone", step.code), ("created", "project", project.code)]

    def test_a_withdrawal_tells_no_more_than_that(self, since, last):
        project = build.make_project(capital_usd=100, investors=[])
        build.make_milestone(project)
        before = head()
        with build.act() as act:
            withdraw_project(act=act, project=project, reason="Ghi nhầm")
        assert sorted(since(before)) == [
            ("withdrawn", "capital-entry", f"{project.code}-1"), ("withdrawn", "milestone", f"{project.code}-1"),
            ("withdrawn", "project", project.code),
        ]
        for kind in ("capital-entry", "milestone", "project"):
            code = project.code if kind == "project" else f"{project.code}-1"
            assert last(kind, code)["record"] is None

    def test_a_withdrawn_source_takes_its_statements_and_observations_along(self, since):
        source = build.make_source()
        stated, seen = build.make_statement(source=source), build.make_observation(source=source)
        before = head()
        with build.act() as act:
            record.withdraw(act=act, record=source, reason="Bài đã bị rút")
        assert sorted(since(before)) == [
            ("withdrawn", "source", source.code), ("withdrawn", "statement", stated.code),
            ("withdrawn", "zone-observation", seen.code),
        ]

    def test_a_renamed_investor_is_one_change(self, since, last):
        investor = build.make_investor(name="Tên cũ")
        project = build.make_project(investors=[investor])
        before = head()
        with build.act() as act:
            record.amend(act=act, record=investor, name="Tên mới")
        assert since(before) == [("updated", "investor", investor.code)]
        assert last("investor", investor.code)["record"]["name"] == "Tên mới"
        assert last("project", project.code)["record"]["investors"][0]["name"] == "Tên mới"

    def test_a_save_that_changes_nothing_is_silent(self, since):
        investor = build.make_investor(name="Như cũ")
        before = head()
        with build.act() as act:
            record.amend(act=act, record=investor, name="Như cũ")
        assert since(before) == []
        assert head() == before

    def test_an_entry_updates_its_project(self, since, last):
        project = build.make_project(capital_usd=100, investors=[])
        before, source = head(), build.make_source()
        build.make_entry(project, 50, source=source)
        assert since(before) == [
            ("created", "source", source.code), ("created", "capital-entry", f"{project.code}-2"),
            ("updated", "project", project.code),
        ]
        assert last("project", project.code)["record"]["capital"]["registered_usd"] == "150.00"

    def test_a_certificate_updates_its_project(self, since):
        project = build.make_project(investors=[])
        before = head()
        build.make_certificate(project, amount_usd=Decimal(7))
        assert sorted(since(before)) == [
            ("created", "capital-entry", f"{project.code}-1"), ("created", "certificate", f"{project.code}-1"),
            ("updated", "project", project.code),
        ]

    def test_a_conflict_updates_its_two_statements_and_is_no_record_itself(self, since):
        one, other = build.make_statement(value="1"), build.make_statement(value="2")
        before = head()
        with build.act() as act:
            statement.oppose(act=act, one=one, other=other, why="khác nhau")
        assert sorted(since(before)) == sorted(("updated", "statement", each.code) for each in (one, other))

    def test_several_changes_of_one_act_have_its_moment(self, api):
        before = head()
        with build.act() as act:
            build.make_project(act=act)
        events = api.rows("changes/", after=before)
        assert [event["seq"] for event in events] == [before + 1, before + 2]
        assert len({event["at"] for event in events}) == 1

    def test_payloads_are_not_replayed(self, api):
        investor = build.make_investor(name="Bí danh cũ")
        with build.act() as act:
            record.amend(act=act, record=investor, name="Tên đúng")
        assert "Bí danh cũ" not in api.ask("changes/", {"after": head() - 3}).content.decode()

    def test_records_speak_the_language_of_the_header(self, api):
        build.make_investor(kind="person", name="Nguyễn Thị Zwêng")
        project = build.make_project(licensed_on=VagueDay.exact(build.A_DAY))
        for headers in ({}, ENGLISH):
            answer = api.ask("changes/", {"after": head() - 3}, **headers)
            assert "Zwêng" not in answer.content.decode()
            assert project.code in answer.content.decode()
