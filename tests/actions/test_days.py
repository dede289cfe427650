"""Days that cannot be are refused wherever a record is written."""

from datetime import date, timedelta

import pytest

from registry.actions.certificate import grant
from registry.actions.certificate_issue import issue
from registry.actions.days import BeforeTheFirst, EstablishedLater, InTheFuture
from registry.actions.milestone import mark
from registry.actions.project import StakeGiven
from registry.actions.record import amend
from registry.models import Engagement, Investor, Project, Source, Zone
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.period import VagueDay
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

LICENSED = VagueDay.exact(date(2020, 5, 15))
BEFORE = VagueDay.exact(date(2019, 12, 31))


def ahead(act) -> VagueDay:
    return VagueDay.exact(act.on + timedelta(days=1))


@pytest.mark.parametrize(("make", "field"), [
    (build.make_project, "licensed_on"), (build.make_source, "published_on"),
])
def test_what_has_happened_lies_in_the_past(make, field):
    with refused(InTheFuture) as caught, build.act() as act:
        make(act=act, **{field: ahead(act)})
    assert caught.value.field == field


def test_a_vague_day_that_has_begun_is_taken():
    with build.act() as act:
        this_year = VagueDay(date(act.on.year, 1, 1), date(act.on.year, 12, 31))
        assert build.make_project(act=act, licensed_on=this_year).licensed_on == this_year


@pytest.mark.parametrize(("reality", "is_refused"), [("planned", False), ("actual", True)])
def test_plans_may_lie_ahead(reality, is_refused):
    project = build.make_project()
    with build.act() as act:
        day = ahead(act)
    new = Engagement(kind="visit", name="Chuyến thăm", reality=reality, held_on=day)
    if is_refused:
        with refused(InTheFuture), build.act() as act:
            mark(act=act, project=project, kind="inauguration", reality=reality, happened_on=day)
        with refused(InTheFuture):
            build.make(Engagement, kind=new.kind, name=new.name, reality=reality, held_on=day)
    else:
        with build.act() as act:
            mark(act=act, project=project, kind="inauguration", reality=reality, happened_on=day)
        assert build.make(Engagement, kind=new.kind, name=new.name, reality=reality, held_on=day).pk


def test_a_term_may_lie_ahead_but_not_before_the_licence():
    with build.act() as act:
        build.make_project(act=act, licensed_on=LICENSED, expires_on=ahead(act))
    with refused(BeforeTheFirst) as caught:
        build.make_project(licensed_on=LICENSED, expires_on=BEFORE)
    assert (caught.value.field, str(caught.value)) == (
        "expires_on", "Ngày hết hạn 31/12/2019 đứng trước ngày cấp lần đầu 15/05/2020. Hãy kiểm tra lại hai ngày.")


def test_a_zone_is_established_by_now():
    with build.act() as act:
        year = act.on.year
    assert build.make_zone(established_year=year).pk
    with refused(EstablishedLater):
        build.make_zone(established_year=year + 1)


def test_an_old_day_holds_up_no_other_change():
    project = build.make_project(licensed_on=LICENSED)
    Project.objects.filter(pk=project.pk).update(licensed_earliest=date(2091, 1, 1), licensed_latest=date(2091, 1, 1))
    project = Project.objects.get(pk=project.pk)

    with build.act() as act:
        amend(act=act, record=project, address="Lô A1")
    with refused(InTheFuture), build.act() as act:
        amend(act=act, record=Project.objects.get(pk=project.pk), licensed_on=VagueDay.exact(date(2092, 1, 1)))


def test_a_certificate_cannot_make_a_project_expire_before_it_was_licensed():
    project = build.make_project()
    for publish_now in (True, False):
        with refused(BeforeTheFirst) as caught, build.act() as act:
            grant(act=act, project=project, kind=CertificateKind.FIRST_ISSUE, decided_on=LICENSED,
                  project_as={"expires_on": BEFORE}, publish_now=publish_now)
        assert caught.value.field == "expires_on"


@pytest.mark.parametrize("publish_now", [True, False])
def test_a_project_does_not_end_before_it_was_licensed(publish_now):
    project = build.make_project(licensed_on=LICENSED)
    with refused(BeforeTheFirst), build.act() as act:
        grant(act=act, project=project, kind=CertificateKind.TERMINATION, decided_on=BEFORE, publish_now=publish_now)


def test_a_new_certificate_of_tomorrow_says_so_at_its_own_day():
    before = Source.objects.count(), Zone.objects.count()
    with build.act() as act:
        day = ahead(act)
    with pytest.raises(Exception) as caught, build.act() as act:
        issue(act=act, project=Project(name="Nhà máy Một"), irc_code="5421840814", decided_on=day,
              stakes=[StakeGiven(Investor(name="ABC"))])
    assert (caught.value.code, caught.value.field) == ("not-yet", "decided_on")
    assert (Source.objects.count(), Zone.objects.count()) == before
