"""A certificate whose kind and contents contradict each other is refused."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.certificate import grant
from registry.actions.certificate_kind import NoCapitalWith, NothingElseEnds, TermShortened
from registry.models import Project
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.period import VagueDay
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

TERM = VagueDay.exact(date(2060, 5, 15))
SHORTER = VagueDay.exact(date(2050, 5, 15))


@pytest.fixture
def project() -> Project:
    return build.make_project(capital_usd=1000, expires_on=TERM)


@pytest.mark.parametrize("publish_now", [True, False])
@pytest.mark.parametrize("kind", ["suspension", "reissue", "place_renamed", "termination", "revocation", "expiry"])
def test_some_kinds_move_no_capital(project, kind, publish_now):
    with refused(NoCapitalWith) as caught:
        build.make_certificate(project, kind=kind, amount_usd=Decimal(500), publish_now=publish_now)
    assert caught.value.field == "amount_usd"


@pytest.mark.parametrize("publish_now", [True, False])
def test_an_end_changes_nothing_else(project, publish_now):
    for changes in ({"project_as": {"address": "Lô A1"}}, {"stakes": []}):
        with refused(NothingElseEnds):
            build.make_certificate(project, kind="termination", publish_now=publish_now, **changes)
    build.make_certificate(project, kind="termination", project_as={"name": project.name})


def test_an_extension_does_not_shorten_the_term(project):
    with refused(TermShortened), build.act() as act:
        grant(act=act, project=project, kind=CertificateKind.TERM_EXTENSION, decided_on=VagueDay.exact(build.A_DAY),
              project_as={"expires_on": SHORTER})
    build.make_certificate(project, kind="amendment", step=1, project_as={"expires_on": SHORTER})
    build.make_certificate(project, kind="term_extension", project_as={"expires_on": TERM})
    assert Project.objects.get(pk=project.pk).expires_on == TERM
