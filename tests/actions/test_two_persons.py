"""The two-person rule: whoever changed a record does not publish it."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.capital import BelowZero, NotYet
from registry.actions.certificate import (
    IssuedAlready,
    PublishedOnce,
    grant,
    publish_certificate,
    revise,
    waiting_with,
    withdraw_certificate,
)
from registry.actions.certificate_effect import ChangedMeanwhile
from registry.actions.certificate_issue import issue
from registry.actions.merge import merge
from registry.actions.project import StakeGiven
from registry.actions.publication import NotADraft, NotInReview, give_back, submit
from registry.actions.record import amend, create, publish, withdraw
from registry.actions.two_persons import OwnChange
from registry.actions.unmerge import unmerge
from registry.exchange.check.everything import problems
from registry.models import Act, Certificate, Change, Enterprise, Investor, Project
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.money import Money
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

DECIDED = VagueDay.exact(date(2024, 2, 2))


@pytest.fixture(autouse=True)
def rule(settings):
    settings.TWO_PERSON_RULE = True


@pytest.fixture
def lan(db):
    return build.make_officer("lan")


@pytest.fixture
def minh(db):
    return build.make_officer("minh")


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def draft(by, make=build.make_investor, **fields):
    with build.act(by=by) as act:
        return make(act=act, publication="draft", **fields)


def published(record, by):
    with build.act(by=by, reason="đã duyệt") as act:
        return publish(act=act, record=fresh(record))


def test_the_author_is_refused_and_another_publishes(lan, minh):
    investor = draft(lan)

    with refused(OwnChange):
        published(investor, lan)

    published(investor, minh)
    assert fresh(investor).is_public()
    assert Act.objects.latest("id").reason == "đã duyệt"


def test_who_only_mended_it_is_an_author_too(lan, minh):
    investor = draft(lan)
    with build.act(by=minh) as act:
        amend(act=act, record=fresh(investor), name="Amkor")
    for by in (lan, minh):
        with refused(OwnChange):
            published(investor, by)
    published(investor, build.make_officer("hoa"))


def test_submitting_and_giving_back_is_no_change_of_what_it_says(lan, minh):
    investor = draft(lan)
    with build.act(by=minh) as act:
        submit(act=act, record=fresh(investor))
    with build.act(by=minh, reason="thiếu nước đăng ký") as act:
        give_back(act=act, record=fresh(investor))
    assert fresh(investor).publication == Publication.DRAFT
    published(investor, minh)


def test_only_changes_since_the_last_publication_count(lan, minh):
    investor = draft(lan)
    published(investor, minh)
    with build.act(by=minh) as act:
        withdraw(act=act, record=fresh(investor), reason="nhầm")
    published(investor, lan)
    with build.act(by=lan) as act:
        amend(act=act, record=fresh(investor), name="Amkor")
    with build.act(by=minh) as act:
        withdraw(act=act, record=fresh(investor), reason="nhầm")
    with refused(OwnChange):
        published(investor, lan)
    published(investor, minh)


def test_what_comes_out_with_a_record_counts(lan, minh):
    project = draft(lan, build.make_project, investors=())
    with build.act(by=minh) as act:
        build.make_milestone(project, act=act)
    with refused(OwnChange):
        published(project, minh)
    published(project, build.make_officer("hoa"))


def test_made_and_published_in_one_act(lan):
    with refused(OwnChange), build.act(by=lan) as act:
        create(act=act, record=Investor(name="Amkor", publication=Publication.PUBLISHED))
    with refused(OwnChange), build.act(by=lan) as act:
        publish(act=act, record=create(act=act, record=Investor(name="Amkor")))


def test_what_nobody_in_particular_did_has_no_author():
    published(draft("nạp dữ liệu"), "nạp dữ liệu")


def test_a_change_whose_payload_is_gone_counts(lan, minh, monkeypatch):
    investor = draft("nạp dữ liệu")
    with build.act(by=lan) as act:
        amend(act=act, record=fresh(investor), name="Amkor")
    monkeypatch.setattr(Change, "from_db", classmethod(without_payload(Change.from_db.__func__)))
    with refused(OwnChange):
        published(investor, lan)


def without_payload(from_db):
    def made(cls, db, names, values):
        change = from_db(cls, db, names, values)
        change.before = change.after = None
        return change
    return made


def test_with_the_rule_off_the_log_says_that_it_was_one_person(settings, lan, minh):
    settings.TWO_PERSON_RULE = False
    mine, other = draft(lan), draft(minh)

    published(mine, lan)
    assert Act.objects.latest("id").reason == "đã duyệt (một người)"
    published(other, lan)
    assert Act.objects.latest("id").reason == "đã duyệt"
    assert list(problems()) == []


def test_the_way_of_a_record_is_told_in_order(lan):
    investor = draft(lan)
    with refused(NotInReview), build.act(by=lan) as act:
        give_back(act=act, record=fresh(investor))
    with build.act(by=lan) as act:
        submit(act=act, record=fresh(investor))
    with refused(NotADraft), build.act(by=lan) as act:
        submit(act=act, record=fresh(investor))


def proposed(by, project, **changes) -> Certificate:
    with build.act(by=by) as act:
        return grant(act=act, project=fresh(project), publish_now=False, **{
            "kind": CertificateKind.FIRST_ISSUE, "decided_on": DECIDED, "amount_usd": Decimal("5000000"),
            "written": Money(Decimal("125000000000"), "VND"), "irc_code": "5421840814"} | changes)


def put_in_force(certificate, by) -> Certificate:
    with build.act(by=by) as act:
        return publish_certificate(act=act, certificate=fresh(certificate))


def registered(project) -> Decimal:
    return project.entries.measures()["registered_usd"]


def test_a_certificate_waits_with_its_amounts_and_posts_them_when_it_is_published(lan, minh):
    project = build.make_project()
    build.make_entry(project, 1600, kind="opening")
    before = fresh(project).version
    head = Change.objects.latest("seq").seq

    certificate = proposed(lan, project)

    assert (certificate.publication, certificate.proposed_usd) == (Publication.IN_REVIEW, Decimal("5000000"))
    assert (registered(project), fresh(project).version, fresh(project).irc_code) == (Decimal("1600.00"), before, None)
    assert not Change.objects.in_feed(after=head).exists()
    with refused(OwnChange):
        put_in_force(certificate, lan)

    put_in_force(certificate, minh)

    certificate, project = fresh(certificate), fresh(project)
    assert certificate.is_public() and certificate.proposed_usd is None and certificate.proposed_irc_code is None
    assert [(each.kind, str(each.amount_usd)) for each in project.entries.order_by("number")] == [
        ("opening", "1600.00"), ("reversal", "-1600.00"), ("new", "5000000.00")]
    new = project.entries.get(kind="new")
    assert (new.certificate, new.written_amount, new.written_currency) == (
        certificate, Decimal("125000000000.00"), "VND")
    assert (project.irc_code, project.licensed_on) == ("5421840814", DECIDED)
    assert list(problems()) == []


def test_granted_and_published_at_once_is_one_person(lan):
    project = build.make_project()
    with refused(OwnChange), build.act(by=lan) as act:
        grant(act=act, project=project, kind=CertificateKind.FIRST_ISSUE, decided_on=DECIDED)


def test_a_termination_in_review_ends_nothing_yet(lan, minh):
    project = build.make_project(capital_usd=5000)
    certificate = proposed(lan, project, kind=CertificateKind.TERMINATION, amount_usd=None, written=None,
                           irc_code=None)
    assert fresh(project).ended_on is None
    put_in_force(certificate, minh)
    assert (fresh(project).ended_on, registered(project)) == (DECIDED, Decimal("0.00"))


def test_one_that_waits_is_revised_by_its_author_and_what_it_proposes_changes(lan, minh):
    project = build.make_project()
    certificate = proposed(lan, project)
    with build.act(by=lan) as act:
        revise(act=act, certificate=fresh(certificate), kind=CertificateKind.FIRST_ISSUE, decided_on=DECIDED,
               amount_usd=Decimal("6000000"))

    put_in_force(certificate, minh)

    assert registered(project) == Decimal("6000000.00")
    with refused(PublishedOnce), build.act(by=lan) as act:
        revise(act=act, certificate=fresh(certificate), kind=CertificateKind.FIRST_ISSUE, decided_on=DECIDED)


def test_what_the_rules_refuse_in_a_certificate_that_waits(lan, minh):
    project = build.make_project()
    first = proposed(lan, project)
    with refused(IssuedAlready):
        proposed(lan, project, irc_code=None)
    with refused(NotYet):
        proposed(lan, project, kind=CertificateKind.CORRECTION, decided_on=VagueDay.exact(date(2199, 1, 1)))
    put_in_force(first, minh)
    amended = {"kind": CertificateKind.AMENDMENT, "step": 1, "written": None, "irc_code": None}
    with refused(BelowZero):
        proposed(lan, project, amount_usd=Decimal("-6000000"), **amended)
    lowered = proposed(lan, project, amount_usd=Decimal("-4000000"), **amended)
    build.make_entry(project, -2000000, kind="decrease")
    with refused(BelowZero):
        put_in_force(lowered, minh)


def test_one_that_was_withdrawn_comes_back_without_entries(lan, minh):
    project = build.make_project()
    certificate = proposed(lan, project, amount_usd=None, written=None)
    put_in_force(certificate, minh)
    with build.act(by=lan) as act:
        withdraw_certificate(act=act, certificate=fresh(certificate), reason="nhầm")

    put_in_force(certificate, minh)

    assert fresh(certificate).is_public() and not Project.objects.get(pk=project.pk).entries.exists()


def test_what_a_certificate_changes_waits_with_it(lan, minh):
    project = build.make_project(name="Tên cũ")
    partner = StakeGiven(Investor(name="SYN Partner"))
    certificate = proposed(lan, project, kind=CertificateKind.CORRECTION, amount_usd=None, written=None, irc_code=None,
                           project_as={"name": "Tên mới"}, stakes=[partner])
    assert fresh(project).name == "Tên cũ"

    with build.act(by=lan) as act:
        amend(act=act, record=fresh(project), name="Tên khác")
    with refused(ChangedMeanwhile):
        put_in_force(certificate, minh)
    with build.act(by=lan) as act:
        amend(act=act, record=fresh(project), name="Tên cũ")

    put_in_force(certificate, minh)
    assert fresh(project).name == "Tên mới"
    assert [each.investor.name for each in fresh(project).current_stakes()] == ["SYN Partner"]
    assert fresh(certificate).proposed_changes == {}


def test_a_new_certificate_and_all_that_it_makes_come_out_together(lan, minh):
    with build.act(by=lan) as act:
        certificate = issue(
            act=act, project=Project(name="Nhà máy SYN"), irc_code="5421840814", decided_on=DECIDED,
            enterprise=Enterprise(name="Công ty TNHH SYN"), stakes=[StakeGiven(Investor(name="SYN Corp"))],
            amount_usd=Decimal("5000000"))
    project = certificate.project
    assert {each.publication for each in waiting_with(certificate)} == {"in_review"}
    assert (project.irc_code, project.entries.count(), len(waiting_with(certificate))) == (None, 0, 4)
    with refused(OwnChange):
        put_in_force(certificate, lan)

    put_in_force(certificate, minh)

    project = fresh(project)
    assert (project.irc_code, project.status, project.licensed_on) == ("5421840814", "not_started", DECIDED)
    assert project.is_public() and project.enterprise.is_public() and project.source.is_public()
    assert [each.investor.is_public() for each in project.current_stakes()] == [True]
    assert registered(project) == Decimal("5000000.00")
    assert list(problems()) == []


def test_who_merged_two_public_records_parts_them_again(lan, minh):
    """What comes back is what the public saw before; what was never public waits for the second person as before."""
    one, other, waiting = build.make_investor(), build.make_investor(), draft(lan)
    with build.act(by=lan) as act:
        amend(act=act, record=fresh(other), name_en="Hoa Sen")
    for loser in (other, waiting):
        with build.act(by=lan) as act:
            merge(act=act, winner=fresh(one), loser=fresh(loser), take={"name_en"})
        merged = Change.objects.get(code=loser.code, verb="merged")
        with build.act(by=lan, reason="gộp nhầm") as act:
            unmerge(act=act, change=merged)
        assert Act.objects.latest("id").reason == "gộp nhầm"

    assert fresh(other).is_public() and fresh(other).name_en == "Hoa Sen"
    assert not fresh(waiting).is_public()
    with refused(OwnChange):
        published(waiting, lan)
    published(waiting, minh)
    assert list(problems()) == []


def test_nothing_new_comes_out_by_parting(lan, settings):
    """With the rule off the history still says nothing of one person: nothing was published."""
    settings.TWO_PERSON_RULE = False
    one, other = build.make_investor(), build.make_investor()
    with build.act(by=lan) as act:
        merge(act=act, winner=one, loser=other)
    with build.act(by=lan, reason="gộp nhầm") as act:
        unmerge(act=act, change=Change.objects.get(code=other.code, verb="merged"))
    assert Act.objects.latest("id").reason == "gộp nhầm"
