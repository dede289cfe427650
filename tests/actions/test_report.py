"""Companies' quarterly reports: received, accepted into the ledger, returned, taken back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from registry.actions import capital, contribution, report, statement
from registry.actions.project import end, withdraw_project
from registry.actions.record import InvalidRecord, NotPublished, StaleVersion, publish
from registry.actions.report_conflict import follow
from registry.actions.report_doubts import doubts_of
from registry.exchange.check.everything import problems
from registry.models import Act, Change, Conflict, Country, Investor, OperatingReport, Project, Source
from registry.models.capital import MEASURES
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.publication import Publication
from registry.vocabulary.report import Contribution, ReportState
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

END = date(2026, 9, 30)


def realised(project) -> str:
    return str(project.entries.filter(MEASURES["realised_usd"]).total_usd())


IN_THE_FOURTH_QUARTER = datetime(2026, 11, 27, 3, tzinfo=UTC)


def accepted(project, **given) -> OperatingReport:
    made = build.make_report(project, **given)
    with build.act() as act:
        report.accept(act=act, report=made)
    return fresh(made)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def investors(*countries: str | None) -> list[Investor]:
    return [build.make_investor(country=code and Country.objects.get(code=code)) for code in countries]


def paid(investor: Investor, **amounts: str) -> dict:
    return Contribution(investor.code, **{name: Decimal(text) for name, text in amounts.items()}).as_plain()


class TestReceive:
    def test_a_report_waits_and_counts_nowhere(self):
        project = build.make_project()
        made = build.make_report(project, received_on=date(2026, 10, 8), revenue_usd=Decimal("900000.5"),
                                 workers_vietnamese=850, difficulties="thiếu điện")
        assert (made.code, made.state, str(made.of_quarter)) == (f"{project.code}-1", "waiting", "quý III/2026")
        assert (made.is_late, realised(project), made.is_public()) == (False, "0.00", False)
        assert Change.objects.get(kind="operating-report").feed_verb == ""
        assert fresh(project).version == project.version  # nothing that the public sees

    def test_the_total_is_the_sum_of_its_parts_where_it_is_left_out(self):
        made = build.make_report(build.make_project(), realised_usd=None, contributed_foreign_usd=Decimal(3000),
                                 loans_parent_usd=Decimal("-1000.50"))
        assert str(made.realised_usd) == "1999.50"

    def test_parts_that_do_not_make_the_total_are_refused(self):
        project = build.make_project()
        with refused(InvalidRecord) as refusal:
            build.make_report(project, realised_usd="5", loans_parent_usd=Decimal(4))
        assert "phải bằng tổng" in str(refusal.value)

    def test_both_sides_are_the_sums_of_their_investors(self):
        project = build.make_project()
        here, abroad, other = investors("VN", "KR", "JP")
        made = build.make_report(project, realised_usd=None, contributions=[
            paid(here, cash_usd="100"), paid(abroad, cash_usd="2000", machinery_usd="500.25"),
            paid(other, other_usd="-50")])
        assert (made.contributed_domestic_usd, made.contributed_foreign_usd, made.realised_usd) == (
            100, Decimal("2450.25"), Decimal("2550.25"))
        assert [each.usd for each in made.contributed] == [Decimal(100), Decimal("2500.25"), Decimal(-50)]

    @pytest.mark.parametrize(("given", "error"), [
        (lambda here, abroad: {"contributed_foreign_usd": Decimal(7), "contributions": [paid(abroad, cash_usd="8")]},
         contribution.ContributionsDiffer),
        (lambda here, abroad: {"contributed_domestic_usd": Decimal(1), "contributions": [paid(abroad, cash_usd="8")]},
         contribution.ContributionsDiffer),
        (lambda here, abroad: {"contributions": [paid(abroad, cash_usd="8"), paid(abroad, other_usd="1")]},
         contribution.ContributorTwice),
        (lambda here, abroad: {"contributions": [paid(here)]}, contribution.NothingContributed),
        (lambda here, abroad: {"contributions": [Contribution("NDT-X", Decimal(1)).as_plain()]},
         contribution.NoSuchContributor),
    ])
    def test_investors_that_do_not_make_both_sides_are_refused(self, given, error):
        project, pair = build.make_project(), investors("VN", "KR")
        with refused(error) as refusal:
            build.make_report(project, realised_usd=None, **given(*pair))
        assert refusal.value.field == "contributions"

    def test_an_investor_of_no_known_country_counts_for_both_sides_together(self):
        project, abroad, unknown = build.make_project(), *investors("KR", None)
        lines = [paid(abroad, cash_usd="5"), paid(unknown, cash_usd="2")]
        with refused(contribution.SideNotKnown):
            build.make_report(project, realised_usd=None, contributions=lines)
        with refused(contribution.ContributionsDiffer):
            build.make_report(project, realised_usd=None, contributions=lines, contributed_domestic_usd=Decimal(1),
                              contributed_foreign_usd=Decimal(5))
        made = build.make_report(project, realised_usd=None, contributions=lines, contributed_domestic_usd=Decimal(2),
                                 contributed_foreign_usd=Decimal(5))
        assert made.realised_usd == 7

    @pytest.mark.parametrize(("given", "error"), [
        ({"quarter": (2026, 4)}, report.QuarterNotOver), ({"quarter": (2027, 1)}, report.QuarterNotOver),
        ({"quarter": (2026, 5)}, InvalidRecord), ({"realised_usd": None}, report.NothingRealisedStated),
        ({"export_usd": Decimal(-1)}, InvalidRecord),
    ])
    def test_what_cannot_be_is_refused(self, given, error):
        project = build.make_project()
        with refused(error), build.act(at=IN_THE_FOURTH_QUARTER) as act:
            build.make_report(project, act=act, **given)

    def test_a_quarter_is_over_the_day_after_its_last(self):
        project = build.make_project()
        with build.act(at=datetime(2026, 9, 30, 16, tzinfo=UTC)) as act, pytest.raises(report.QuarterNotOver):
            build.make_report(project, act=act)
        with build.act(at=datetime(2026, 9, 30, 17, tzinfo=UTC)) as act:  # midnight here
            build.make_report(project, act=act)

    def test_one_report_stands_for_a_project_and_a_quarter(self):
        project = build.make_project()
        first = build.make_report(project)
        with refused(report.QuarterReported) as refusal:
            build.make_report(project, realised_usd="1")
        assert first.code in str(refusal.value)
        with build.act() as act:
            report.withdraw_report(act=act, report=first)
        assert build.make_report(project).code == f"{project.code}-2"

    def test_a_project_that_nobody_sees_has_no_report(self):
        project = build.make_project(publication=Publication.DRAFT)
        with refused(NotPublished):
            build.make_report(project)


class TestAccept:
    def test_it_posts_the_disbursement_and_both_know_each_other(self):
        project = build.make_project(capital_usd=10_000_000)
        made = accepted(project, received_on=date(2026, 10, 8))
        entry = made.entry
        assert (entry.kind, str(entry.amount_usd), entry.counts_on, str(entry.decided_on)) == (
            "disbursement", "5000000.00", END, "quý III/2026")
        assert (entry.report, entry.source, made.state) == (made, made.source, "accepted")
        assert entry.note == f"Báo cáo quý III/2026, {made.code}"
        assert entry.source.name == f"Báo cáo tình hình hoạt động quý III/2026 của dự án {project.code}"
        assert (entry.source.kind, entry.source.is_public(), entry.source.published_on) == (
            "report", True, VagueDay.exact(date(2026, 10, 8)))
        assert entry.confirmed is False and fresh(project).version == 2
        assert list(problems()) == []

    def test_its_own_source_stays_its_source(self):
        source = build.make_source(kind="report")
        assert accepted(build.make_project(), source=source).entry.source == source

    def test_a_negative_quarter_lowers_and_a_quarter_without_posts_nothing(self):
        project = build.make_project()
        accepted(project)
        accepted(project, quarter=(2026, 2), realised_usd="-2000000")
        nothing = accepted(project, quarter=(2026, 1), realised_usd="0")
        assert (realised(project), nothing.entry, nothing.source) == ("3000000.00", None, None)
        assert list(problems()) == []

    def test_not_twice_and_not_what_was_returned(self):
        made = accepted(build.make_project())
        with refused(report.AcceptedAlready), build.act() as act:
            report.accept(act=act, report=made)
        other = build.make_report(build.make_project())
        with build.act() as act:
            report.return_(act=act, report=other)
        with refused(report.NotWaiting), build.act() as act:
            report.accept(act=act, report=other)

    def test_the_later_of_two_is_refused(self):
        made = build.make_report(build.make_project())
        seen = fresh(made)
        with build.act() as act:
            report.accept(act=act, report=made)
        with refused((StaleVersion, report.AcceptedAlready)), build.act() as act:
            report.accept(act=act, report=seen)

    def test_a_second_person_accepts(self, settings):
        settings.TWO_PERSON_RULE = True
        project, officer = build.make_project(), build.make_officer("lan", "officer")
        with build.act(by=officer) as act:
            made = build.make_report(project, act=act)
        with refused(report.OwnReport) as refusal, build.act(by=officer) as act:
            report.accept(act=act, report=made)
        assert "không tự tiếp nhận được" in str(refusal.value)
        other = build.make_officer("minh", "statistician")
        with build.act(by=other) as act:
            report.accept(act=act, report=made)
        with build.act(by=other) as act:  # moving it through its states is no change of what it says
            report.take_back(act=act, report=fresh(made))
        with build.act(by=other) as act:
            report.accept(act=act, report=fresh(made))

    def test_where_one_person_is_the_office_the_log_says_so(self, settings):
        settings.TWO_PERSON_RULE = False
        project, officer = build.make_project(), build.make_officer("lan", "officer")
        with build.act(by=officer) as act:
            made = build.make_report(project, act=act)
        with build.act(by=officer, reason="tiếp nhận") as act:
            report.accept(act=act, report=made)
        assert Change.objects.latest("seq").act.reason == "tiếp nhận (một người)"

    def test_a_project_that_ended_within_the_quarter_counts_until_its_end(self):
        project = build.make_project()
        with build.act() as act:
            end(act=act, project=project, status=ProjectStatus.TERMINATED,
                ended_on=VagueDay.exact(date(2026, 8, 15)))
        assert accepted(project).entry.counts_on == date(2026, 8, 15)
        later = build.make_project()
        made = build.make_report(later)
        with build.act() as act:
            end(act=act, project=later, status=ProjectStatus.TERMINATED, ended_on=VagueDay.exact(date(2026, 6, 1)))
        with refused(capital.AfterTheEnd), build.act() as act:
            report.accept(act=act, report=fresh(made))
        assert list(problems()) == []

    def test_a_project_that_was_withdrawn_takes_none(self):
        project = build.make_project()
        made = build.make_report(project)
        with build.act() as act:
            withdraw_project(act=act, project=project, reason="nhầm")
        with refused(NotPublished), build.act() as act:
            report.accept(act=act, report=fresh(made))


class TestAfterwards:
    def test_an_accepted_report_is_neither_amended_nor_withdrawn(self):
        made = accepted(build.make_project())
        for work in (lambda act: report.amend_report(act=act, record=made, revenue_usd=Decimal(1)),
                     lambda act: report.withdraw_report(act=act, report=made)):
            with refused(report.AcceptedStands), build.act() as act:
                work(act)

    def test_taken_back_it_is_reversed_and_may_be_accepted_again(self):
        project = build.make_project()
        made = accepted(project)
        with build.act() as act:
            report.take_back(act=act, report=made, note="sai số")
        made = fresh(made)
        assert (made.state, made.entry, realised(project)) == ("waiting", None, "0.00")
        reversal = project.entries.get(kind="reversal")
        assert (reversal.counts_on, reversal.note) == (END, "sai số")
        with refused(report.NotAccepted), build.act() as act:
            report.take_back(act=act, report=made)
        with build.act() as act:
            report.amend_report(act=act, record=made, realised_usd=Decimal(7))
        with build.act() as act:
            report.accept(act=act, report=made)
        assert realised(project) == "7.00" and Source.objects.filter(name__contains=project.code).count() == 1
        assert list(problems()) == []

    def test_its_entry_is_not_reversed_behind_its_back(self):
        entry = accepted(build.make_project()).entry
        with refused(capital.RestsOnReport) as refusal, build.act() as act:
            capital.reverse(act=act, entry=entry)
        assert "rút tiếp nhận" in str(refusal.value).lower()

    def test_a_returned_report_waits_again_once_it_is_mended(self):
        made = build.make_report(build.make_project())
        with build.act() as act:
            report.return_(act=act, report=made)
        with build.act() as act:
            report.amend_report(act=act, record=made, realised_usd=made.realised_usd)
        assert made.state == ReportState.RETURNED
        with build.act() as act:
            report.amend_report(act=act, record=made, realised_usd=Decimal(7))
        assert fresh(made).state == ReportState.WAITING
        with refused(report.QuarterNotOver), build.act(at=IN_THE_FOURTH_QUARTER) as act:
            report.amend_report(act=act, record=made, quarter=4)

    def test_a_withdrawn_report_is_done_with(self):
        made = build.make_report(build.make_project())
        with build.act() as act:
            report.withdraw_report(act=act, report=made)
        for work in (lambda act: report.amend_report(act=act, record=made, revenue_usd=Decimal(1)),
                     lambda act: report.withdraw_report(act=act, report=made)):
            with refused(report.WithdrawnReport), build.act() as act:
                work(act)

    def test_a_withdrawn_project_takes_its_reports_back(self):
        project = build.make_project(capital_usd=1000)
        made = accepted(project)
        with build.act() as act:
            withdraw_project(act=act, project=Project.objects.get(pk=project.pk), reason="nhầm")
        assert (fresh(made).state, realised(project)) == ("waiting", "0.00")
        assert list(problems()) == []
        with build.act() as act:
            publish(act=act, record=Project.objects.get(pk=project.pk))
        with build.act() as act:
            report.accept(act=act, report=fresh(made))
        assert realised(project) == "5000000.00" and list(problems()) == []


class TestCumulative:
    def differing(self) -> list[OperatingReport]:
        return list(OperatingReport.objects.differing())

    def test_a_total_that_is_the_ledgers_differs_from_nothing(self):
        project = build.make_project()
        build.make_entry(project, 100, kind="disbursement", decided_on=date(2025, 11, 30))
        accepted(project, quarter=(2026, 1), realised_usd="20")
        accepted(project, quarter=(2026, 2), realised_usd="3", realised_year_usd=Decimal(23),
                 realised_since_usd=Decimal(123))
        accepted(project, quarter=(2026, 3), realised_usd="5")  # counts in no total of the second quarter
        assert self.differing() == []

    @pytest.mark.parametrize("stated", [{"realised_year_usd": Decimal(9)}, {"realised_since_usd": Decimal(9)}])
    def test_it_differs_until_the_missing_quarter_comes_in(self, stated):
        project = build.make_project()
        made = accepted(project, realised_usd="5", **stated)
        assert self.differing() == [made]
        accepted(project, quarter=(2026, 2), realised_usd="4")
        assert self.differing() == []

    def test_the_sums_are_there_beside_the_stated_ones(self):
        project = build.make_project()
        build.make_entry(project, 100, kind="disbursement", decided_on=date(2025, 11, 30))
        made = accepted(project, realised_usd="5")
        made = OperatingReport.objects.with_ledger().get(pk=made.pk)
        assert (str(made.ledger_year_usd), str(made.ledger_since_usd)) == ("5.00", "105.00")


class TestConflict:
    """A difference is a conflict, which follows the ledger."""

    def conflicts(self) -> list[tuple]:
        assert list(problems()) == []
        return list(Conflict.objects.order_by("pk").values_list("report__code", "state", "outcome"))

    def dismissed(self, words: str = "giải ngân trước khi có sổ") -> None:
        with build.act() as act:
            statement.dismiss(act=act, conflict=Conflict.objects.get(), outcome=words)

    def test_it_is_proposed_in_the_act_that_accepts(self):
        made = accepted(build.make_project(), realised_usd="5", realised_year_usd=Decimal("9.5"),
                        realised_since_usd=Decimal(5))
        conflict = Conflict.objects.get()
        assert (conflict.report, conflict.state, conflict.found_by_rule) == (made, "open", True)
        assert conflict.why == "Vốn thực hiện lũy kế từ đầu năm: công ty báo cáo 9,50 USD, sổ vốn 5 USD."
        told = Change.objects.filter(kind="conflict")
        assert list(told.values_list("code", "verb", "feed_verb")) == [(conflict.code, "created", "")]
        assert told.get().act == Act.objects.latest("pk") and not conflict.is_public()
        assert list(problems()) == []

    def test_no_difference_no_conflict(self):
        accepted(build.make_project(), realised_usd="5", realised_since_usd=Decimal(5))
        assert self.conflicts() == []

    def test_it_ends_when_the_missing_quarter_comes_in_and_comes_back_without_it(self):
        project = build.make_project()
        made = accepted(project, realised_usd="5", realised_since_usd=Decimal(9))
        missing = accepted(project, quarter=(2026, 2), realised_usd="4")
        [(code, state, outcome)] = self.conflicts()
        assert (code, state) == (made.code, "resolved") and outcome.startswith("Không còn chênh lệch")
        with build.act() as act:
            report.take_back(act=act, report=missing)
        assert self.conflicts() == [(made.code, "open", "")]

    def test_a_quarter_that_comes_in_late_may_open_one(self):
        project = build.make_project()
        made = accepted(project, realised_usd="5", realised_year_usd=Decimal(5))
        accepted(project, quarter=(2026, 2), realised_usd="4")
        assert self.conflicts() == [(made.code, "open", "")]

    def test_it_ends_with_the_acceptance_and_with_the_project(self):
        project = build.make_project(capital_usd=1000)
        made = accepted(project, realised_usd="5", realised_since_usd=Decimal(9))
        with build.act() as act:
            report.take_back(act=act, report=made)
        assert [state for _code, state, _outcome in self.conflicts()] == ["resolved"]
        with build.act() as act:
            report.accept(act=act, report=fresh(made))
        assert self.conflicts() == [(made.code, "open", "")]
        with build.act() as act:
            withdraw_project(act=act, project=Project.objects.get(pk=project.pk), reason="nhầm")
        assert [state for _code, state, _outcome in self.conflicts()] == ["resolved"]

    def test_confirmed_it_stands_until_the_ledger_agrees(self):
        project = build.make_project()
        made = accepted(project, realised_usd="5", realised_since_usd=Decimal(9))
        with build.act() as act:
            statement.confirm(act=act, conflict=Conflict.objects.get(), outcome="chờ báo cáo quý II")
        assert self.conflicts() == [(made.code, "confirmed", "chờ báo cáo quý II")]
        accepted(project, quarter=(2026, 2), realised_usd="4")
        assert [state for _code, state, _outcome in self.conflicts()] == ["resolved"]

    def test_dismissed_it_stays_so_while_the_figures_are_the_same(self):
        project = build.make_project()
        made = accepted(project, realised_usd="5", realised_since_usd=Decimal(9))
        self.dismissed()
        closed = (made.code, "dismissed", "giải ngân trước khi có sổ")
        accepted(build.make_project(), realised_usd="1")
        with build.act() as act:
            follow(act=act, projects=[project])
        assert self.conflicts() == [closed]
        accepted(project, quarter=(2026, 2), realised_usd="1")
        assert self.conflicts() == [(made.code, "open", "")]
        assert "sổ vốn 6 USD" in Conflict.objects.get().why

    def test_a_reversal_by_hand_of_what_was_realised_before_moves_it_too(self):
        project = build.make_project()
        before = build.make_entry(project, 4, kind="disbursement", decided_on=date(2025, 11, 30))
        made = accepted(project, realised_usd="5", realised_since_usd=Decimal(9))
        assert self.conflicts() == []
        with build.act() as act:
            capital.reverse(act=act, entry=before)
        assert self.conflicts() == [(made.code, "open", "")]

    def test_many_take_no_more_queries(self, django_assert_num_queries):
        def differing(count: int) -> list[Project]:
            projects = [build.make_project() for _number in range(count)]
            for project in projects:
                accepted(project, realised_usd="5", realised_since_usd=Decimal(9))
            return projects

        one, many = differing(1), differing(20)
        for projects in (one, many):
            with build.act() as act, django_assert_num_queries(2):
                follow(act=act, projects=projects)


class TestPlausibility:
    def test_no_quarter_before_the_licence(self):
        project = build.make_project(licensed_on=VagueDay.exact(date(2026, 4, 1)))
        with refused(report.QuarterBeforeLicence) as caught:
            build.make_report(project, quarter=(2026, 1))
        assert caught.value.field == "quarter"
        made = build.make_report(project, quarter=(2026, 2))
        with refused(report.QuarterBeforeLicence), build.act() as act:
            report.amend_report(act=act, record=made, year=2025)

    def test_more_than_is_registered_is_doubted(self):
        project = build.make_project(capital_usd=1000)
        assert doubts_of(build.make_report(project, quarter=(2026, 1), realised_usd="1500")) == []
        [doubt] = doubts_of(build.make_report(project, quarter=(2026, 2), realised_usd="2",
                                              realised_since_usd=Decimal(1501)))
        assert "1.501 USD" in doubt and "1.000 USD" in doubt

    def test_a_cumulative_total_that_falls_is_doubted(self):
        project = build.make_project()
        first = build.make_report(project, quarter=(2025, 4), realised_usd="2", realised_since_usd=Decimal(500))
        build.make_report(project, quarter=(2026, 1), realised_usd="2")
        later = build.make_report(project, quarter=(2026, 2), realised_usd="2", realised_since_usd=Decimal(400))
        [doubt] = doubts_of(later)
        assert first.code in doubt and "quý IV/2025" in doubt
        assert doubts_of(first) == []
