"""A certificate that was proposed in error goes, with what was written down for it alone."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.batch import publish
from registry.actions.batch_undo import RestsOnIt, undo
from registry.actions.certificate import PublishedOnce, publish_certificate
from registry.actions.certificate_discard import OfABatch, discard
from registry.actions.certificate_issue import issue
from registry.actions.project import StakeGiven
from registry.exchange.check.everything import problems
from registry.models import Certificate, Change, Enterprise, Investor, Project, Source
from registry.vocabulary.period import VagueDay
from registry.vocabulary.role import Role
from tests import build
from tests.exchange.officers_list import officers_list
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

DECIDED = VagueDay.exact(date(2024, 1, 5))


@pytest.fixture
def lan(settings):
    settings.TWO_PERSON_RULE = True
    return build.make_officer("lan", Role.OFFICER)


def proposed(by, project, **changes) -> Certificate:
    with build.act(by=by) as act:
        return build.make_certificate(project, act=act, **{
            "kind": "amendment", "step": 1, "amount_usd": Decimal(5000), "publish_now": False} | changes)


def issued(by) -> Certificate:
    with build.act(by=by) as act:
        return issue(act=act, project=Project(name="Nhà máy SYN"), irc_code="5421840814", decided_on=DECIDED,
                     stakes=[StakeGiven(Investor(name="SYN Corp"))], enterprise=Enterprise(name="Công ty SYN"))


def discarded(by, certificate) -> None:
    with build.act(by=by, reason="nhập nhầm dự án") as act:
        discard(act=act, certificate=Certificate.objects.get(pk=certificate.pk))


def test_what_was_proposed_goes_and_the_log_keeps_it(lan):
    project = build.make_project(capital_usd=1000)
    version = project.version
    certificate = proposed(lan, project, stakes=[StakeGiven(Investor(name="SYN Corp"))])

    discarded(lan, certificate)

    assert not Certificate.objects.exists() and not Investor.objects.in_review().exists()
    assert Project.objects.get().version == version
    change = Change.objects.get(kind="certificate", verb="deleted")
    assert (change.code, change.before["proposed_usd"], change.after, change.feed_verb, change.act.reason) == (
        certificate.code, "5000.00", None, "", "nhập nhầm dự án")
    assert list(problems()) == []


def test_its_code_is_not_given_again(lan):
    project = build.make_project(capital_usd=1000)
    discarded(lan, proposed(lan, project))
    assert proposed(lan, project).code == f"{project.code}-2"
    assert list(problems()) == []


def test_a_new_project_goes_with_its_certificate(lan):
    certificate = issued(lan)
    discarded(lan, certificate)
    for model in (Certificate, Project, Enterprise, Investor, Source):
        assert not model.objects.filter(code__in=Change.objects.filter(act__by=lan).values("code")).exists(), model
    assert list(problems()) == []


def test_what_others_use_or_know_stays(lan):
    certificate = issued(lan)
    project, enterprise = certificate.project, certificate.project.enterprise
    investor = project.current_stakes()[0].investor
    other = proposed(lan, build.make_project(capital_usd=1000), stakes=[StakeGiven(investor)],
                     project_as={"enterprise": enterprise})
    discarded(lan, certificate)
    assert not Project.objects.filter(pk=project.pk).exists()
    assert {investor, enterprise} == {*Investor.objects.in_review(), *Enterprise.objects.in_review()}

    discarded(lan, other)
    assert Investor.objects.filter(pk=investor.pk).exists()  # another act has made it
    assert list(problems()) == []


def test_a_project_that_something_refers_to_stays(lan):
    certificate = issued(lan)
    build.make_milestone(certificate.project)
    discarded(lan, certificate)
    assert Project.objects.get().enterprise and Investor.objects.get() and Source.objects.filter(kind="certificate")


def test_a_dossier_goes_too(lan):
    dossier = build.make_dossier(build.make_project())
    discarded(lan, dossier)
    assert not Certificate.objects.exists()


def test_what_was_published_once_stays(lan):
    certificate = proposed(lan, build.make_project(capital_usd=1000))
    with build.act(by=build.make_officer("minh", Role.REVIEWER)) as act:
        publish_certificate(act=act, certificate=certificate)
    with refused(PublishedOnce):
        discarded(lan, certificate)


def test_an_import_can_be_taken_back_again(lan):
    made = build.make_batch(officers_list())
    with build.act() as act:
        publish(act=act, batch=made)
    certificate = proposed(lan, Project.objects.earliest("pk"), amount_usd=None)
    with refused(RestsOnIt), build.act() as act:
        undo(act=act, batch=made, reason="nhập nhầm")

    discarded(lan, certificate)
    with build.act() as act:
        undo(act=act, batch=made, reason="nhập nhầm")
    assert list(problems()) == []


def test_what_an_import_made_goes_with_the_import(lan):
    project = build.make_project(capital_usd=1000)
    discarded(lan, proposed(lan, project))
    table = f"project.code,kind,step,decided_on\n{project.code},amendment,1,1/5/2024"
    build.make_batch(table.encode(), table="certificates", name="a.csv")
    certificate = Certificate.objects.get()
    assert certificate.code == f"{project.code}-2"
    with refused(OfABatch):
        discarded(lan, certificate)
