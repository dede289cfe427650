"""Two records of one party become one, and two again: nothing is lost, and every rule still holds."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.capital import enter, reverse
from registry.actions.merge import BothInOneProject, NotTheSameNoun, WouldVanish, merge
from registry.actions.project import StakeGiven, set_stakes, withdraw_project
from registry.actions.record import StaleVersion, amend, publish
from registry.actions.unmerge import NoMerge, RestsOnMerge, unmerge
from registry.exchange.check.everything import problems
from registry.models import (
    CapitalEntry,
    Change,
    Engagement,
    Enterprise,
    Investor,
    Opportunity,
    Project,
    Stake,
    Statement,
)
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.vietnamese import search_words
from registry.web.permanent import Gone, Moved, find
from tests import build
from tests.unchanged import everything, refused

pytestmark = pytest.mark.django_db

LOG = ("registry_act", "registry_change", "registry_register", "registry_codecounter")


def contents() -> dict[str, list]:
    """The rows of every noun, without versions and moments."""
    rows = {}
    for model in (Project, Investor, Enterprise, Stake, CapitalEntry, Statement, Engagement, Opportunity):
        columns = [field.attname for field in model._meta.concrete_fields
                   if field.attname not in ("version", "updated_at")]
        rows[model] = [[bytes(each) if isinstance(each, memoryview) else each for each in row]
                       for row in model.objects.order_by("pk").values_list(*columns)]
    return rows


def merged(winner, loser, **options):
    with build.act(reason="một nhà đầu tư, hai hồ sơ") as act:
        return merge(act=act, winner=winner, loser=loser, **options)


def change_of(loser) -> Change:
    return Change.objects.filter(kind=loser.KIND, code=loser.code, verb="merged").latest("seq")


def parted(loser):
    with build.act(reason="gộp nhầm") as act:
        return unmerge(act=act, change=change_of(loser))


def purchase(**changes) -> CapitalEntry:
    return build.make_entry(None, 7, kind=CapitalKind.SHARE_PURCHASE, **changes)


@pytest.fixture
def pair():
    """Amkor twice; the second has one of everything that can point to an investor."""
    amkor = build.make_investor(name="Amkor Technology", name_en="Amkor Technology, Inc.")
    amcor = build.make_investor(name="Amcor Technology", name_native="앰코", parent=amkor)
    build.make_investor(name="Amkor Singapore", parent=amcor)
    project = build.make_project(name="Nhà máy bán dẫn", investors=[StakeGiven(amcor, Decimal(60)),
                                                                    StakeGiven(build.make_investor())])
    build.make_entry(project, 1000, kind="new")
    build.make_entry(project, 7, kind=CapitalKind.SHARE_PURCHASE, buyer=amcor)
    build.make(Engagement, kind="visit", name="Chuyến thăm", investor=amcor)
    build.make(Opportunity, kind="lead", name="Quan tâm", investor=amcor)
    build.make_statement(subject_kind="investor", subject_name="Amcor", subject=amcor)
    with build.act() as act:
        amend(act=act, record=Statement.objects.latest("pk"), promoted_kind="investor", promoted_code=amcor.code)
    return amkor, amcor


class TestInvestors:
    def test_all_that_pointed_to_the_one_points_to_the_other(self, pair):
        amkor, amcor = pair
        merged(amkor, amcor, take={"name_native"})

        amkor = Investor.objects.get(pk=amkor.pk)
        assert (amkor.name, amkor.name_native, amkor.parent) == ("Amkor Technology", "앰코", None)
        assert not Investor.objects.filter(code=amcor.code).exists()
        assert Stake.objects.get(position=1).investor == amkor
        assert CapitalEntry.objects.get(kind="share_purchase").buyer == amkor
        assert Investor.objects.get(name="Amkor Singapore").parent == amkor
        assert Engagement.objects.get().investor == Opportunity.objects.get().investor == amkor
        statement = Statement.objects.latest("pk")
        assert (statement.investor, statement.promoted_code) == (amkor, amkor.code)
        assert list(problems()) == []

    def test_the_projects_are_found_by_the_name_that_stays(self, pair):
        merged(*pair)
        assert Project.objects.matching(search_words("amkor")).exists()
        assert not Project.objects.matching(search_words("amcor")).exists()

    def test_the_old_code_leads_on_and_partners_are_told(self, pair):
        amkor, amcor = pair
        merged(*pair)
        with pytest.raises(Moved) as moved:
            find(Investor.objects.all(), amcor.code)
        assert moved.value.code == amkor.code
        told = Change.objects.filter(kind="investor", code=amcor.code).latest("seq")
        assert (told.verb, told.feed_verb, told.merged_into, told.after) == ("merged", "merged", amkor.code, None)

    def test_a_draft_that_nobody_saw_leads_nowhere(self):
        amkor, draft = build.make_investor(), build.make_investor(publication="draft")
        merged(amkor, draft)
        assert change_of(draft).feed_verb == ""
        assert list(problems()) == []

    def test_totals_stay(self, pair):
        before = CapitalEntry.objects.measures()
        merged(*pair)
        assert CapitalEntry.objects.measures() == before

    def test_three_in_a_row(self):
        one, two, three = (build.make_investor() for _ in range(3))
        merged(two, three)
        merged(one, Investor.objects.get(pk=two.pk))
        with pytest.raises(Moved) as moved:
            find(Investor.objects.all(), three.code)
        assert moved.value.code == two.code
        assert list(problems()) == []


class TestRefused:
    def test_both_in_one_project(self):
        one, other = build.make_investor(), build.make_investor()
        project = build.make_project(investors=[one, other])
        with refused(BothInOneProject) as refusal:
            merged(one, other)
        assert project.code in str(refusal.value)

    def test_a_public_one_into_a_draft(self):
        draft, public = build.make_investor(publication="draft"), build.make_investor()
        with refused(WouldVanish):
            merged(draft, public)

    def test_itself_and_another_noun(self):
        investor, enterprise = build.make_investor(), build.make_enterprise()
        for loser in (investor, enterprise):
            with refused(NotTheSameNoun):
                merged(investor, loser)

    def test_one_that_has_moved_on(self):
        one, other = build.make_investor(), build.make_investor()
        with build.act() as act:
            amend(act=act, record=Investor.objects.get(pk=other.pk), name="Tên mới")
        with refused(StaleVersion):
            merged(one, Investor.objects.get(pk=other.pk), loser_version=1)


class TestUndone:
    def test_everything_is_as_it_was(self, pair):
        before = contents()
        merged(*pair, take={"name", "name_native", "parent"})
        assert contents() != before
        loser = parted(pair[1])
        assert (loser.pk, loser.code) == (pair[1].pk, pair[1].code)
        assert contents() == before
        assert list(problems()) == []
        assert find(Investor.objects.all(), loser.code) == loser

    def test_the_winner_under_the_loser(self):
        group = build.make_investor(name="Tập đoàn")
        firm = build.make_investor(name="Công ty con", parent=group)
        before = contents()
        merged(firm, group, take={"parent"})
        assert Investor.objects.get(pk=firm.pk).parent is None
        parted(group)
        assert contents() == before
        assert list(problems()) == []

    def test_what_came_since_stays_with_the_winner(self, pair):
        amkor, amcor = pair
        merged(*pair)
        late = build.make_project(investors=[Investor.objects.get(pk=amkor.pk)])
        parted(amcor)
        assert late.stakes.get().investor == amkor
        assert list(problems()) == []

    @pytest.mark.parametrize("later", ["stakes", "entry", "statement", "name", "merged again"])
    def test_what_rests_on_it_is_named(self, pair, later):
        amkor, amcor = pair
        amkor = merged(*pair, take={"name"})
        with build.act(by="hoa") as act:
            if later == "stakes":
                rests = Project.objects.get()
                set_stakes(act=act, project=rests, stakes=[StakeGiven(amkor)])
            elif later == "entry":
                rests = reverse(act=act, entry=CapitalEntry.objects.get(kind="share_purchase"))
            elif later == "statement":
                rests = amend(act=act, record=Statement.objects.latest("pk"), investor=None)
            elif later == "name":
                rests = amend(act=act, record=amkor, name="Amkor Group")
            else:
                rests = amkor
                merge(act=act, winner=build.make_investor(act=act), loser=amkor)
        with refused(RestsOnMerge) as refusal:
            parted(amcor)
        assert rests.code in str(refusal.value) and "hoa" in str(refusal.value)

    def test_a_chain_is_parted_link_by_link(self, pair):
        amkor, amcor = pair
        group = build.make_investor(name="Amkor Group")
        before = contents()
        merged(*pair, take={"name"})
        merged(group, Investor.objects.get(pk=amkor.pk), take={"name"})
        with refused(RestsOnMerge):
            parted(amcor)
        parted(amkor)
        parted(amcor)
        assert contents() == before
        assert list(problems()) == []

    def test_what_was_changed_back_does_not_rest_on_it(self, pair):
        amkor, amcor = pair
        before = contents()
        amkor = merged(*pair, take={"name"})
        for name in ("Amkor Group", amkor.name):
            with build.act() as act:
                amend(act=act, record=Investor.objects.get(pk=amkor.pk), name=name)
        parted(amcor)
        assert contents() == before

    def test_stakes_recorded_anew_rest_on_it_though_they_say_the_same(self, pair):
        """Which of them came from the loser can no longer be told."""
        merged(*pair)
        project = Project.objects.get()
        held = project.stakes.order_by("position")
        stakes = [StakeGiven(each.investor, each.share_percent, each.lead) for each in held]
        with build.act() as act:
            set_stakes(act=act, project=project, stakes=stakes)
        with refused(RestsOnMerge):
            parted(pair[1])

    def test_only_once_and_then_merged_again(self, pair):
        merged(*pair)
        first = change_of(pair[1])
        parted(pair[1])
        with refused(NoMerge), build.act() as act:
            unmerge(act=act, change=first)
        merged(*(Investor.objects.get(pk=each.pk) for each in pair))
        with refused(NoMerge), build.act() as act:
            unmerge(act=act, change=first)
        assert list(problems()) == []

    def test_any_other_change_is_no_merge(self):
        made = build.make_investor()
        with refused(NoMerge), build.act() as act:
            unmerge(act=act, change=Change.objects.get(kind="investor", code=made.code))


class TestEnterprises:
    def test_projects_purchases_and_the_tax_code(self):
        one, other = build.make_enterprise(name="Goertek Vina"), build.make_enterprise(
            name="Goertek Việt Nam", tax_code="0100109106")
        project = build.make_project(enterprise=other)
        bought = purchase(enterprise=other)
        before = contents()

        merged(one, other, take={"tax_code"})
        one.refresh_from_db()
        assert (one.tax_code, project.__class__.objects.get().enterprise) == ("0100109106", one)
        bought.refresh_from_db()
        assert (bought.enterprise, bought.code) == (one, f"{other.code}-1")
        assert Project.objects.matching(search_words("0100109106")).exists()
        assert list(problems()) == []
        parted(other)
        assert contents() == before
        assert list(problems()) == []

    def test_purchases_go_on_being_numbered(self):
        one, other = build.make_enterprise(), build.make_enterprise()
        purchase(enterprise=other)
        purchase(enterprise=other)
        merged(one, other)
        with build.act() as act:
            entry = enter(act=act, kind="share_purchase", amount_usd=Decimal(3), enterprise=one,
                          source=build.make_source(act=act))
        assert entry.code == f"{one.code}-3"
        assert list(problems()) == []


class TestProjects:
    def test_a_duplicate_is_withdrawn_and_leads_to_the_other(self):
        kept, double = build.make_project(capital_usd=100), build.make_project(capital_usd=100)
        with build.act() as act:
            withdraw_project(act=act, project=double, reason="Nhập trùng", duplicate_of=kept)
        with pytest.raises(Moved) as moved:
            find(Project.objects.all(), double.code)
        assert moved.value.code == kept.code
        assert double.entries.total_usd() == 0
        told = Change.objects.filter(kind="project", code=double.code).latest("seq")
        assert (told.feed_verb, told.merged_into) == ("merged", kept.code)
        assert list(problems()) == []

        with build.act() as act:
            publish(act=act, record=Project.objects.get(pk=double.pk))
        assert find(Project.objects.all(), double.code) == double
        with build.act() as act:
            withdraw_project(act=act, project=Project.objects.get(pk=double.pk), reason="Không có thật")
        with pytest.raises(Gone):
            find(Project.objects.all(), double.code)
        assert list(problems()) == []

    def test_not_of_itself_nor_of_what_nobody_sees(self):
        project, draft = build.make_project(), build.make_project(publication="draft")
        for other in (project, draft):
            with pytest.raises(Exception) as refusal, build.act() as act:
                withdraw_project(act=act, project=project, reason="Nhập trùng", duplicate_of=other)
            assert refusal.value.code in ("duplicate-of-itself", "not-published")


def test_a_refused_merge_changes_nothing_at_all():
    one, other = build.make_investor(), build.make_investor()
    build.make_project(investors=[one, other])
    before = everything()
    with pytest.raises(BothInOneProject):
        merged(one, other)
    assert everything() == before


def test_a_day_that_was_said_stays(pair):
    entry = CapitalEntry.objects.get(kind="share_purchase")
    merged(*pair)
    entry.refresh_from_db()
    assert entry.decided_on.latest == date(2023, 5, 15)
