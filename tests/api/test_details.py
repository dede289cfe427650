"""One record by its code: what it says, and what a code says that leads nowhere any more."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from registry.actions import record
from registry.actions.project import withdraw_project
from registry.actions.statement import accept
from registry.models import CapitalEntry, Certificate, Change, Policy
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.change import Verb
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from registry.web.listing import LISTINGS
from tests import build
from tests.api.conftest import ENGLISH

pytestmark = pytest.mark.django_db

DRAFT = {"publication": Publication.DRAFT}
NOT_FOUND = "Không có bản ghi này trong sổ đăng ký."


def withdraw(of, reason="Ghi nhầm"):
    with build.act() as act:
        return record.withdraw(act=act, record=of, reason=reason)


def withdrawn_project(reason="Trùng với BN-000009"):
    """A project with a certificate, an entry and a milestone, withdrawn."""
    project = build.make_project()
    build.make_certificate(project, amount_usd=Decimal(5))
    build.make_milestone(project)
    with build.act() as act:
        return withdraw_project(act=act, project=project, reason=reason)


class TestFound:
    @pytest.mark.parametrize("path", LISTINGS)
    def test_it_says_what_the_list_says(self, furnished, api, schema, path):
        for row in api.get(f"{path}/", page_size=3)["results"]:
            found = api.get(f"{path}/{row['code']}/")
            assert found == row
            schema.check(f"/{path}/{{code}}/", found)

    def test_a_statement_by_its_number(self, furnished, api):
        number = api.get("statements/", reference="F027")["results"][0]["id"]
        assert api.get(f"statements/{number}/")["reference"] == "F027"

    def test_a_project_as_of_a_day_and_as_known_on_a_day(self, api):
        with build.act(at=datetime(2024, 1, 10, tzinfo=UTC)) as act:
            project = build.make_project(act=act, capital_usd=100, decided_on=date(2023, 5, 15))
        with build.act(at=datetime(2025, 1, 10, tzinfo=UTC)) as act:
            build.make_entry(project, 50, act=act, decided_on=date(2023, 6, 15))

        def registered(**days) -> tuple:
            capital = api.get(f"projects/{project.code}/", **days)["capital"]
            return capital["as_of"], capital["known_on"], capital["registered_usd"]

        today = api.get(f"projects/{project.code}/")["capital"]["as_of"]
        assert registered() == (today, None, "150.00")
        assert registered(as_of="2023-05-14") == ("2023-05-14", None, "0.00")
        assert registered(as_of="2023-05-15") == ("2023-05-15", None, "100.00")
        assert registered(known_on="2024-12-31") == (today, "2024-12-31", "100.00")
        assert registered(as_of="2023-06-15", known_on="2025-01-10") == ("2023-06-15", "2025-01-10", "150.00")
        assert registered(known_on="2024-01-09") == (today, "2024-01-09", "0.00")

    def test_a_day_ends_at_midnight_in_bac_ninh(self, api):
        with build.act(at=datetime(2024, 1, 10, 16, 59, 59, tzinfo=UTC)) as act:
            project = build.make_project(act=act, capital_usd=100, decided_on=date(2023, 5, 15))
        with build.act(at=datetime(2024, 1, 10, 17, 0, tzinfo=UTC)) as act:
            build.make_entry(project, 50, act=act)
        sums = [api.get(f"projects/{project.code}/", known_on=day)["capital"]["registered_usd"]
                for day in ("2024-01-09", "2024-01-10", "2024-01-11")]
        assert sums == ["0.00", "100.00", "150.00"]


class TestParameters:
    @pytest.mark.parametrize("path", LISTINGS)
    def test_a_detail_takes_none(self, furnished, api, path):
        code = api.get(f"{path}/", page_size=1)["results"][0]["code"]
        for name in ("page_size", "search", "ordering", "format", "count"):
            assert api.named(f"{path}/{code}/", **{name: "1"}) == [name]

    def test_a_project_takes_the_days_of_its_sums_and_nothing_else(self, api):
        path = f"projects/{build.make_project().code}/"
        assert api.named(path, as_of="2023-02-30") == ["as_of"]
        assert api.named(path, known_on=["2023-01-01", "2023-01-01"]) == ["known_on"]
        assert api.named(path, as_of="2023-01-01", zone="yen-phong-2c") == ["zone"]
        assert api.named("zones/yen-phong-2c/", as_of="2023-01-01") == ["as_of"]


class TestNotFound:
    @pytest.mark.parametrize("path", LISTINGS)
    @pytest.mark.parametrize("code", ["ZZ-999999", "bn-000001", "%20", "a b", "Đ", "%2e%2e", "1'--", "null"])
    def test_a_code_that_nobody_has(self, api, path, code):
        problem = api.problem(f"{path}/{code}/", 404)
        assert (problem["code"], problem["detail"]) == ("not-found", NOT_FOUND)

    @pytest.mark.parametrize("number", ["0", "-1", "00027", "²", "٢٧", "1.0", "1e3", "99999999999999999999", "9" * 18])
    def test_a_number_that_no_statement_has(self, api, number):
        assert api.problem(f"statements/{number}/", 404)["code"] == "not-found"

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_in_the_language_of_the_header(self, api, language):
        answer = api.ask("projects/BN-999999/", None, **{"Accept-Language": language})
        with translation.override(language):
            assert answer.json()["detail"] == translation.gettext(NOT_FOUND)
        assert answer["Content-Language"] == language

    @pytest.mark.parametrize("path, make", [
        ("projects", build.make_project), ("investors", build.make_investor), ("enterprises", build.make_enterprise),
        ("sources", build.make_source), ("zones", build.make_zone),
        ("policies", lambda **fields: build.make(Policy, name="Chính sách", **fields)),
    ])
    def test_what_was_never_published(self, api, path, make):
        for publication in (Publication.DRAFT, Publication.IN_REVIEW):
            assert api.problem(f"{path}/{make(publication=publication).code}/", 404)["code"] == "not-found"

    def test_what_belongs_to_a_draft(self, api):
        project, source = build.make_project(**DRAFT), build.make_source(**DRAFT)
        assert api.problem(f"milestones/{build.make_milestone(project).code}/", 404)
        assert api.problem(f"statements/{build.make_statement(source=source).code}/", 404)
        assert api.problem(f"zone-observations/{build.make_observation(source=source).code}/", 404)

    def test_a_draft_whose_owners_were_withdrawn_is_still_a_draft(self, api):
        zone, enterprise, source = build.make_zone(), build.make_enterprise(), build.make_source()
        project = build.make_project(zone=zone, enterprise=enterprise, source=source, **DRAFT)
        for owner in (zone, enterprise, source):
            withdraw(owner)
        assert api.problem(f"projects/{project.code}/", 404)["code"] == "not-found"

    def test_a_draft_certificate_of_a_withdrawn_project(self, api):
        project = withdrawn_project()
        with build.act() as act:
            draft = record.create(act=act, record=Certificate(
                code=f"{project.code}-9", number=9, project=project, kind="reissue",
                decided_on=VagueDay.exact(build.A_DAY),
            ))
        assert api.problem(f"certificates/{draft.code}/", 404)["code"] == "not-found"


class TestWithdrawn:
    @pytest.mark.parametrize("path, make", [
        ("investors", build.make_investor), ("enterprises", build.make_enterprise), ("sources", build.make_source),
        ("zones", build.make_zone), ("policies", lambda: build.make(Policy, **build.published(name="Chính sách"))),
    ])
    def test_with_the_reason(self, api, path, make):
        found = withdraw(make(), reason="Hai bản của một hồ sơ")
        problem = api.problem(f"{path}/{found.code}/", 410)
        assert problem["code"] == "withdrawn"
        assert problem["title"] == "Không còn nữa"
        assert problem["detail"] == f"{found.code} đã gỡ: Hai bản của một hồ sơ"
        assert found.code not in api.codes(f"{path}/", page_size=500)

    def test_a_project_and_everything_of_it(self, api):
        project = withdrawn_project("Trùng với BN-000009")
        children = [
            ("projects", project.code), *[("capital-entries", each.code) for each in project.entries.all()],
            *[("milestones", each.code) for each in project.milestones.all()],
            *[("certificates", each.code) for each in project.certificates.all()],
        ]
        assert len(children) == 5
        for path, code in children:
            assert api.problem(f"{path}/{code}/", 410)["detail"] == f"{code} đã gỡ: Trùng với BN-000009"
            assert code not in api.codes(f"{path}/")

    def test_a_source_and_what_it_states(self, api):
        source = build.make_source()
        stated, seen = build.make_statement(source=source), build.make_observation(source=source)
        withdraw(source, "Bài đã bị rút")
        for path, code in (("statements", stated.code), ("zone-observations", seen.code)):
            assert api.problem(f"{path}/{code}/", 410)["detail"] == f"{code} đã gỡ: Bài đã bị rút"
            assert code not in api.codes(f"{path}/", page_size=500)

    def test_a_zone_and_what_was_seen_of_it(self, api):
        seen = build.make_observation()
        withdraw(seen.zone)
        assert api.problem(f"zone-observations/{seen.code}/", 410)["detail"] == f"{seen.code} đã gỡ: Ghi nhầm"

    def test_a_company_and_the_shares_bought_in_it(self, api):
        company = build.make_enterprise()
        bought = build.make_entry(None, 5, kind=CapitalKind.SHARE_PURCHASE, enterprise=company)
        assert api.get(f"capital-entries/{bought.code}/")["enterprise"]["code"] == company.code
        withdraw(company)
        assert api.problem(f"capital-entries/{bought.code}/", 410)["code"] == "withdrawn"

    def test_in_english(self, api):
        found = withdraw(build.make_investor())
        answer = api.ask(f"investors/{found.code}/", None, **ENGLISH)
        with translation.override("en"):
            assert answer.json()["title"] == translation.gettext("Không còn nữa")
        assert (answer.status_code, answer["Content-Language"]) == (410, "en")


class TestWhatAPublicRecordDoesNotTell:
    def test_of_records_that_are_not_public(self, api):
        zone, company, source = build.make_zone(**DRAFT), build.make_enterprise(**DRAFT), build.make_source(**DRAFT)
        investor = build.make_investor(name="Chưa công bố", **DRAFT)
        project = build.make_project(zone=zone, enterprise=company, source=source, investors=[investor])
        found = api.get(f"projects/{project.code}/")
        assert (found["zone"], found["enterprise"], found["sources"]) == (None, None, [])
        assert found["investors"] == [{"code": None, "name": None, "country": None, "parent_country": None,
                                       "share_percent": None, "lead": True}]

    def test_of_a_draft_certificate(self, api):
        project = build.make_project(capital_usd=5)
        draft = build.make(Certificate, code=f"{project.code}-8", number=8, project=project, kind="reissue",
                           decided_on=VagueDay.exact(build.A_DAY))
        entry = CapitalEntry.objects.get(project=project)
        assert api.get(f"capital-entries/{entry.code}/")["certificate"] is None
        assert api.problem(f"certificates/{draft.code}/", 404)


def test_a_merged_one_leads_on_with_what_was_asked(api):
    left = build.make_project()
    with build.act() as act:
        act.append(kind="project", code="BN-777777", verb=Verb.MERGED, feed_verb=Verb.MERGED, before=None, after=None,
                   merged_into=left.code)

    answer = api.ask("projects/BN-777777/", {"as_of": "2024-12-31", "fields": "code,capital"})

    there = f"http://testserver/api/v1/projects/{left.code}/"
    assert (answer.status_code, answer["Location"]) == (301, f"{there}?as_of=2024-12-31&fields=code%2Ccapital")
    assert api.ask("projects/BN-777777/")["Location"] == there


def test_what_was_made_of_a_statement_is_hidden_with_its_subject(api):
    project = build.make_project(publication=Publication.DRAFT)
    stated = build.make_statement(subject=project)
    with build.act() as act:
        accept(act=act, statement=stated, into=project)
    assert api.get(f"statements/{stated.pk}/")["promoted_to"] is None
    assert project.code not in api.client.get(f"/sources/{stated.source.code}/").content.decode()

    with build.act() as act:
        record.publish(act=act, record=project)
    assert api.get(f"statements/{stated.pk}/")["promoted_to"] == {"kind": "project", "code": project.code}
    assert Change.objects.in_feed(after=0).filter(act=act._row, kind="statement").count() == 1
