"""The project number: changed by a certificate, never lost, and one project's alone."""

import pytest

from registry.actions.certificate import publish_certificate, revise
from registry.actions.project_number import NumberStays, NumberTaken
from registry.actions.record import amend
from registry.actions.undo import restore
from registry.models import Change, Project
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project_number import doubt_of_number, read_project_number
from registry.vocabulary.vietnamese import search_words
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

OLD, NEW = "212043000123", "5421840814"


def numbers(project) -> tuple[str, str]:
    fresh = Project.objects.get(pk=project.pk)
    return fresh.irc_code, fresh.former_irc_codes


@pytest.mark.parametrize("kind", ["exchange", "reissue", "correction"])
@pytest.mark.parametrize("publish_now", [True, False])
def test_the_number_on_a_new_paper_takes_the_place_of_the_old(kind, publish_now):
    project = build.make_project(irc_code=OLD)

    certificate = build.make_certificate(project, kind=kind, irc_code="5421 840 814", publish_now=publish_now)

    if not publish_now:
        assert numbers(project) == (OLD, "")
        with build.act() as act:
            publish_certificate(act=act, certificate=certificate)
    assert numbers(project) == (NEW, OLD)
    assert list(Project.objects.formerly(OLD)) == [project] and not Project.objects.formerly(OLD[:-1])


def test_a_first_issue_keeps_what_was_its_number():
    project = build.make_project(irc_code=OLD)
    build.make_certificate(project, irc_code=NEW)
    assert numbers(project) == (NEW, OLD)


def test_a_number_that_comes_back_is_no_former_one():
    project = build.make_project(irc_code=OLD)
    build.make_certificate(project, kind="exchange", irc_code=NEW)
    build.make_certificate(Project.objects.get(pk=project.pk), kind="correction", irc_code=OLD)
    assert numbers(project) == (OLD, NEW)


def test_what_waits_can_be_written_anew():
    project = build.make_project(irc_code=OLD)
    waits = build.make_certificate(project, kind="exchange", irc_code="5421840815", publish_now=False)
    with build.act() as act:
        revise(act=act, certificate=waits, decided_on=VagueDay.exact(build.A_DAY), irc_code=NEW)
        publish_certificate(act=act, certificate=waits)
    assert numbers(project) == (NEW, OLD)


def test_search_follows_when_a_past_state_is_restored():
    project = build.make_project(irc_code=OLD)
    build.make_certificate(project, kind="exchange", irc_code=NEW)
    first = Change.objects.filter(kind=Project.KIND, code=project.code).earliest("seq")

    with build.act() as act:
        restore(act=act, record=Project.objects.get(pk=project.pk), change=first)

    assert numbers(project) == (OLD, "")
    assert not Project.objects.matching(search_words(NEW)) and Project.objects.matching(search_words(OLD))


@pytest.mark.parametrize("kind", ["transfer", "suspension", "termination", "term_extension"])
def test_other_kinds_leave_it_as_it_is(kind):
    project = build.make_project(irc_code=OLD)
    with refused(NumberStays) as caught:
        build.make_certificate(project, kind=kind, irc_code=NEW)
    assert caught.value.field == "irc_code"
    build.make_certificate(project, kind=kind, irc_code=OLD)


@pytest.mark.parametrize("number", [OLD, NEW])
def test_a_number_belongs_to_one_project_also_when_it_is_former(number):
    owner = build.make_project(irc_code=OLD)
    build.make_certificate(owner, kind="exchange", irc_code=NEW)
    other = build.make_project()
    for refusing in (lambda act: amend(act=act, record=other, irc_code=number),
                     lambda act: build.make_project(act=act, irc_code=number),
                     lambda act: build.make_certificate(other, act=act, irc_code=number)):
        with refused(NumberTaken) as caught, build.act() as act:
            refusing(act)
        assert owner.code in str(caught.value)


@pytest.mark.parametrize(("typed", "kept"), [
    (" 5421840814 ", NEW), ("5421 840 814", NEW), ("5421.840.814", NEW), ("5421\u200b840814\u00a0", NEW),
    ("12/GP-KCN", "12/GP-KCN"), ("GCN  số 12", "GCN số 12"), ("", ""),
])
def test_how_it_is_kept(typed, kept):
    assert read_project_number(typed) == kept


@pytest.mark.parametrize(("number", "is_doubted"), [
    (NEW, False), (OLD, False), ("12/GP-KCN", False), (None, False), ("542184081", True), ("chưa rõ", True),
])
def test_what_is_doubted(number, is_doubted):
    assert bool(doubt_of_number(number)) is is_doubted
