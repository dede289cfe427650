"""What a dossier asks for: written down with its reception, its refusal, or by itself."""

from decimal import Decimal

import pytest

from registry.actions.certificate import revise
from registry.actions.certificate_rules import AsksForNothing, AsksForTotal
from registry.actions.record import amend
from registry.models import Certificate
from registry.vocabulary.period import VagueDay
from tests import build
from tests.unchanged import everything, refused

pytestmark = pytest.mark.django_db


def test_it_is_stated_at_reception_corrected_and_stands_after_the_refusal(officer):
    project = build.make_project()
    officer.work(project, "dossier", received_on="2/2/2024", asked_usd="5 triệu")
    made = project.certificates.get()
    assert (made.kind, made.asked_usd) == ("first_issue", Decimal(5_000_000))

    sent = officer.work(made, "asked", asked_usd="6 triệu")
    assert sent.told == [f"Đã ghi vốn đề nghị của hồ sơ {made.code}."]

    page = officer.open(Certificate.objects.get(pk=made.pk), "refuse")
    assert page.typed["asked_usd"] == "6.000.000"
    officer.send(page, decided_on="3/3/2024", changes="thiếu hồ sơ")
    made.refresh_from_db()
    assert (made.outcome, made.asked_usd) == ("refused", Decimal(6_000_000))
    assert "6.000.000" in officer.open(f"/admin/registry/certificate/{made.pk}/change/").words

    officer.work(made, "asked", asked_usd="")
    made.refresh_from_db()
    assert made.asked_usd is None
    assert project.entries.count() == 0


@pytest.mark.parametrize("kind, asked_usd, message", [
    ("first_issue", "0", "một số dương"), ("first_issue", "-5", "một số dương"),
    ("termination", "5", "Hồ sơ loại “chấm dứt hoạt động” không đề nghị vốn"),
])
def test_what_is_refused_is_said_at_its_field(officer, kind, asked_usd, message):
    project = build.make_project()
    page = officer.open(project, "dossier")
    before = everything()
    page = officer.send(page, kind=kind, step="", received_on="2/2/2024", asked_usd=asked_usd)
    assert message in page.errors["asked_usd"]
    assert everything() == before


def test_an_amendment_asks_for_a_signed_change(officer):
    project = build.make_project()
    officer.work(project, "dossier", kind="amendment", step="1", received_on="2/2/2024", asked_usd="−5.000.000")
    officer.work(project, "dossier", kind="amendment", step="2", received_on="2/2/2024", asked_usd="0")
    assert [each.asked_usd for each in project.certificates.order_by("step")] == [-5_000_000, 0]


def test_what_another_officer_stated_meanwhile_is_not_taken_back(officer):
    made = build.make_dossier(build.make_project(), asked_usd=Decimal(5))
    page = officer.open(made, "refuse")
    with build.act(by="minh") as act:
        amend(act=act, record=Certificate.objects.get(pk=made.pk), asked_usd=Decimal(7))
    again = officer.send(page, decided_on="3/3/2024", changes="thiếu hồ sơ")
    assert again.typed["asked_usd"] == "7"
    officer.send(again)
    made.refresh_from_db()
    assert (made.outcome, made.asked_usd) == ("refused", Decimal(7))


def test_a_paper_of_a_kind_that_cannot_ask_for_it():
    made = build.make_dossier(build.make_project(capital_usd=9), asked_usd=Decimal(-5))
    day = VagueDay.exact(made.received_on)
    with refused(AsksForTotal), build.act() as act:
        revise(act=act, certificate=made, decided_on=day, kind="first_issue", step=None)
    with refused(AsksForNothing), build.act() as act:
        revise(act=act, certificate=made, decided_on=day, kind="termination", step=None)
    project = build.make_project()
    with refused(AsksForTotal):
        build.make_dossier(project, kind="first_issue", step=None, asked_usd=Decimal(0))
