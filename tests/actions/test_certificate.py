"""Certificates, and the entries that they post."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.capital import BelowZero, NotYet
from registry.actions.certificate import (
    AsPrinted,
    DecidedAlready,
    IssuedAlready,
    NoOutcomeYet,
    publish_certificate,
    receive,
    refuse,
    revise,
)
from registry.actions.certificate_rules import (
    AmendedBeforeIssue,
    DecidedBeforeReceived,
    NegativePrinted,
    StepOfAmendments,
)
from registry.actions.certificate_total import TotalDiffers
from registry.actions.project import EndedAlready, StakeGiven
from registry.actions.project_number import NumberTaken
from registry.actions.record import InvalidRecord, NotPublished
from registry.models import Certificate, Change, Investor, Project, Registrar
from registry.models.capital import MEASURES
from registry.vocabulary.money import Money
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

LICENSED = VagueDay.exact(date(2023, 4, 20))


def ledger(project) -> list[tuple[str, str, str, date]]:
    return [(entry.kind, entry.counts_as, str(entry.amount_usd), entry.counts_on)
            for entry in project.entries.order_by("number")]


def registered(project) -> str:
    return str(project.entries.filter(MEASURES["registered_usd"]).total_usd())


def test_a_first_issue_posts_a_new_entry_and_licenses_the_project():
    project, registrar = build.make_project(), Registrar.objects.first()

    certificate = build.make_certificate(
        project, decided_on=LICENSED, amount_usd=Decimal("1600000000"), registrar=registrar, irc_code="1234567890",
        written=Money(Decimal("39000000000000"), "VND"),
        printed=AsPrinted(total_usd=Decimal("1600000000"), total_vnd=Decimal("39000000000000"), rate="24.375",
                          contributed_usd=Decimal("400000000"), contribute_by=date(2025, 4, 20)),
    )

    entry = project.entries.get()
    assert (entry.kind, str(entry.amount_usd), entry.decided_on) == ("new", "1600000000.00", LICENSED)
    assert (entry.certificate, entry.confirmed, entry.rate_as_printed) == (certificate, True, "24.375")
    project = Project.objects.get(pk=project.pk)
    assert (project.licensed_on, project.registrar, project.irc_code) == (LICENSED, registrar, "1234567890")
    certificate.refresh_from_db()
    assert (certificate.code, certificate.outcome, certificate.publication) == (
        f"{project.code}-1", "granted", "published")
    assert (str(certificate.total_usd), str(certificate.total_vnd), str(certificate.contributed_usd)) == (
        "1600000000.00", "39000000000000.00", "400000000.00")
    assert certificate.contribute_by == date(2025, 4, 20)


def test_a_first_issue_replaces_the_opening():
    project = build.make_project()
    build.make_entry(project, 1600, kind="opening", decided_on=date(2023, 5, 15))

    build.make_certificate(project, decided_on=LICENSED, amount_usd=Decimal(1500))

    assert ledger(project) == [
        ("opening", "opening", "1600.00", date(2023, 5, 15)), ("reversal", "opening", "-1600.00", date(2023, 5, 15)),
        ("new", "new", "1500.00", date(2023, 4, 20))]
    assert registered(project) == "1500.00"


def test_a_first_issue_without_an_amount_leaves_the_opening():
    project = build.make_project()
    build.make_entry(project, 1600, kind="opening")

    build.make_certificate(project)

    assert registered(project) == "1600.00"


def test_a_first_issue_that_leaves_less_than_nothing_is_refused():
    project = build.make_project()
    build.make_entry(project, 1600, kind="opening")
    build.make_entry(project, -600, kind="decrease")

    with refused(BelowZero):
        build.make_certificate(project, amount_usd=Decimal(500))


@pytest.mark.parametrize(("amount_usd", "kind"), [("250.50", "increase"), ("-250.50", "decrease")])
def test_an_amendment_posts_its_signed_amount(amount_usd, kind):
    project = build.make_project(capital_usd=1000)

    certificate = build.make_certificate(project, kind="amendment", step=1, amount_usd=Decimal(amount_usd))

    entry = project.entries.latest("number")
    assert (entry.kind, str(entry.amount_usd), entry.certificate) == (kind, amount_usd, certificate)


@pytest.mark.parametrize("amount_usd", [None, Decimal(0)])
def test_an_amendment_that_changes_no_capital_is_a_new_version_of_the_project(amount_usd):
    project = build.make_project(capital_usd=1000)

    certificate = build.make_certificate(
        project, kind="amendment", step=1, amount_usd=amount_usd, changes="đổi địa chỉ")

    assert project.entries.count() == 1
    assert certificate.changes == "đổi địa chỉ"
    assert Project.objects.get(pk=project.pk).version == 2
    assert Change.objects.filter(kind="project", code=project.code).latest("seq").feed_verb == "updated"


def test_an_amendment_has_its_number():
    project = build.make_project(capital_usd=1000)

    with refused(InvalidRecord) as refusal:
        build.make_certificate(project, kind="amendment", amount_usd=Decimal(5))

    assert refusal.value.errors == {"": ["Ghi lần điều chỉnh: 1, 2, 3 …"]}


@pytest.mark.parametrize("kind", ["correction", "reissue", "suspension", "first_issue"])
def test_what_is_no_amendment_has_no_number(kind):
    project = build.make_project()
    with refused(StepOfAmendments):
        build.make_certificate(project, kind=kind, step=2)
    with refused(StepOfAmendments):
        build.make_dossier(project, kind=kind, step=2)
    waiting = build.make_certificate(project, kind="amendment", step=2, publish_now=False)
    with refused(StepOfAmendments), build.act() as act:
        revise(act=act, certificate=waiting, kind=kind, decided_on=LICENSED)


def test_an_amendment_is_recorded_once():
    project = build.make_project(capital_usd=1000)
    build.make_certificate(project, kind="amendment", step=1)

    with refused(InvalidRecord) as refusal:
        build.make_certificate(Project.objects.get(pk=project.pk), kind="amendment", step=1, amount_usd=Decimal(5))

    assert refusal.value.errors == {"": ["Lần điều chỉnh này đã có trong hồ sơ dự án."]}


def test_an_amendment_below_zero_is_refused():
    project = build.make_project(capital_usd=1000)

    with refused(BelowZero):
        build.make_certificate(project, kind="amendment", step=1, amount_usd=Decimal(-1001))


def waits(project, step: int, amount_usd: int, day: int, **printed) -> Certificate:
    """An amendment of a day in 2024 that waits for review."""
    return build.make_certificate(
        project, kind="amendment", step=step, amount_usd=Decimal(amount_usd), decided_on=date(2024, 1, day),
        printed=AsPrinted(**{name: Decimal(usd) for name, usd in printed.items()}), publish_now=False)


def test_a_printed_total_counts_what_waits_and_is_earlier():
    project = build.make_project(capital_usd=10_000_000)
    first = waits(project, 1, 2_000_000, 5, total_usd=12_000_000)
    waits(project, 2, 3_000_000, 8, total_usd=15_000_000)
    with refused(TotalDiffers) as refusal:
        waits(project, 3, 1_000_000, 9, total_usd=14_000_000)
    code = project.code
    assert f"(2.000.000 USD của {code}-1; 3.000.000 USD của {code}-2), sổ vốn có 16.000.000 USD" in str(refusal.value)

    with build.act() as act:
        revise(act=act, certificate=first, decided_on=first.decided_on, amount_usd=Decimal(1_000_000),
               printed=AsPrinted(total_usd=Decimal(11_000_000)))


def test_an_amendment_that_waits_is_refused_below_zero():
    project = build.make_project(capital_usd=10_000_000)
    with refused(BelowZero) as refusal:
        waits(project, 1, -10_000_001, 5)
    assert "Giảm 10.000.001 USD" in str(refusal.value) and "(hiện là 10.000.000 USD)" in str(refusal.value)

    first = waits(project, 1, -6_000_000, 5)
    with refused(BelowZero) as refusal:
        waits(project, 2, -5_000_000, 8)
    assert f"sổ vốn có 10.000.000 USD, giấy đang chờ duyệt thêm -6.000.000 USD của {first.code}" in str(refusal.value)
    assert refusal.value.field == "amount_usd"

    waits(project, 2, 1_000_000, 8)
    waits(project, 3, -5_000_000, 9)


@pytest.mark.parametrize(("kind", "status"), [
    ("termination", "terminated"), ("revocation", "revoked"), ("expiry", "expired")])
def test_what_ends_a_project_takes_its_capital_to_zero(kind, status):
    project = build.make_project(capital_usd=1000)

    certificate = build.make_certificate(project, kind=kind, decided_on=date(2024, 7, 10))

    project = Project.objects.get(pk=project.pk)
    closing = project.entries.latest("number")
    assert (project.status, project.ended_on) == (status, VagueDay.exact(date(2024, 7, 10)))
    assert (closing.kind, str(closing.amount_usd), closing.certificate) == ("decrease", "-1000.00", certificate)


def test_what_has_ended_does_not_end_again():
    project = build.make_project(capital_usd=1000)
    build.make_certificate(project, kind="termination")

    with refused(EndedAlready):
        build.make_certificate(Project.objects.get(pk=project.pk), kind="revocation")


def test_a_draft_takes_no_certificate_with_capital():
    project = build.make_project(publication=Publication.DRAFT)

    with refused(NotPublished):
        build.make_certificate(project, amount_usd=Decimal(1000))


def printed(total: int) -> AsPrinted:
    return AsPrinted(total_usd=Decimal(total))


def test_the_printed_total_is_what_the_ledger_comes_to():
    project = build.make_project()
    build.make_entry(project, 1600, kind="opening", decided_on=date(2023, 5, 15))
    with refused(TotalDiffers) as told:
        build.make_certificate(project, amount_usd=Decimal(1500), printed=printed(1700))
    assert "sổ vốn có 1.500 USD, trên giấy in 1.700 USD: chênh 200 USD" in str(told.value)
    build.make_certificate(project, amount_usd=Decimal(1500), printed=printed(1500))

    with refused(TotalDiffers):
        build.make_certificate(project, kind="amendment", step=1, printed=printed(1600))
    build.make_certificate(project, kind="amendment", step=1, amount_usd=Decimal(100), printed=printed(1600))
    build.make_certificate(project, kind="amendment", step=2, printed=printed(9000), despite_difference=True)
    assert registered(project) == "1600.00"


def test_an_amendment_changes_the_project_and_its_investors():
    old = build.make_investor(name="Bên cũ")
    project = build.make_project(investors=[old])
    new = StakeGiven(Investor(name="SYN Holdings"), share_percent=Decimal(60))

    certificate = build.make_certificate(
        project, kind="amendment", step=1, stakes=[new, StakeGiven(old, share_percent=Decimal(40))],
        project_as={"name": "Tên mới", "land_area_ha": Decimal("2.5"), "expires_on": VagueDay.exact(date(2070, 1, 1)),
                    "address": project.address})

    project = Project.objects.get(pk=project.pk)
    assert (project.name, project.land_area_ha, project.expires_on.label) == ("Tên mới", Decimal("2.5"), "01/01/2070")
    assert [(each.investor.name, str(each.share_percent), each.since_certificate)
            for each in project.stakes.current().order_by("position")] == [
                ("SYN Holdings", "60.00", certificate), ("Bên cũ", "40.00", certificate)]
    assert project.stakes.get(until_certificate=certificate).investor == old
    assert certificate.proposed_changes == {}


@pytest.mark.parametrize(("kind", "status"), [("suspension", "suspended"), ("schedule_extension", "schedule_extended")])
def test_what_stops_or_slows_a_project_moves_it(kind, status):
    project = build.make_project()
    build.make_certificate(project, kind=kind)
    assert Project.objects.get(pk=project.pk).status == status


def test_a_number_that_another_project_has():
    build.make_project(irc_code="5421840814")
    project = build.make_project()
    with refused(NumberTaken):
        build.make_certificate(project, irc_code="5421840814")


class TestDossiers:
    def received(self, project, **changes):
        with build.act() as act:
            return receive(act=act, project=project,
                           **{"kind": "first_issue", "received_on": date(2023, 4, 1)} | changes)

    def test_one_that_is_granted(self):
        project = build.make_project(status="proposed")
        dossier = self.received(project)
        assert (dossier.outcome, dossier.publication, list(Certificate.objects.dossiers())) == (
            "received", "draft", [dossier])
        with refused(NoOutcomeYet), build.act() as act:
            publish_certificate(act=act, certificate=dossier)
        with refused(DecidedBeforeReceived), build.act() as act:
            revise(act=act, certificate=dossier, decided_on=VagueDay.exact(date(2023, 3, 1)))

        with build.act() as act:
            revise(act=act, certificate=dossier, decided_on=LICENSED, amount_usd=Decimal(5000))
        assert (dossier.outcome, dossier.publication) == ("granted", "in_review")
        with build.act() as act:
            publish_certificate(act=act, certificate=dossier)

        project = Project.objects.get(pk=project.pk)
        assert (registered(project), project.status, project.licensed_on) == ("5000.00", "not_started", LICENSED)

    def test_one_that_is_refused_does_nothing(self):
        project = build.make_project(status="proposed")
        dossier = self.received(project)
        with build.act() as act:
            refuse(act=act, certificate=dossier, decided_on=LICENSED, changes="không phù hợp quy hoạch")
        with build.act() as act:
            publish_certificate(act=act, certificate=dossier)
        project = Project.objects.get(pk=project.pk)
        assert (dossier.outcome, project.licensed_on, project.status) == ("refused", None, "proposed")
        with refused(DecidedAlready), build.act() as act:
            refuse(act=act, certificate=dossier, decided_on=LICENSED, changes="lần nữa")

    def test_none_of_the_future_and_none_for_what_was_issued(self):
        project = build.make_project()
        with refused(NotYet):
            self.received(project, received_on=date(2199, 1, 1))
        build.make_certificate(project)
        with refused(IssuedAlready):
            self.received(project)


class TestWhatACertificateMaySay:
    def test_an_amendment_is_not_before_the_first_issue(self):
        project = build.make_project()
        build.make_certificate(project, decided_on=LICENSED)
        with refused(AmendedBeforeIssue):
            build.make_certificate(project, kind="amendment", step=1, decided_on=date(2023, 4, 19))
        build.make_certificate(project, kind="amendment", step=1, decided_on=date(2023, 4, 20))

    @pytest.mark.parametrize("name", ["total_vnd", "contributed_usd", "mobilised_usd", "total_usd"])
    def test_a_printed_sum_is_not_negative(self, name):
        project = build.make_project()
        with refused(NegativePrinted):
            build.make_certificate(project, printed=AsPrinted(**{name: Decimal(-1)}))


def test_the_printed_total_is_compared_again_when_it_is_published():
    project = build.make_project(capital_usd=1000)
    waits = build.make_certificate(project, kind="amendment", step=1, amount_usd=Decimal(500), publish_now=False,
                                   printed=AsPrinted(total_usd=Decimal(1500)))
    build.make_entry(project, 250)

    with refused(TotalDiffers) as caught, build.act() as act:
        publish_certificate(act=act, certificate=fresh(waits))
    assert caught.value.params["difference"] == "-250"

    with build.act() as act:
        publish_certificate(act=act, certificate=fresh(waits), despite_difference=True)
    assert registered(project) == "1750.00"


def test_a_total_that_still_holds_needs_no_word():
    project = build.make_project(capital_usd=1000)
    waits = build.make_certificate(project, kind="amendment", step=1, amount_usd=Decimal(500), publish_now=False,
                                   printed=AsPrinted(total_usd=Decimal(1500)))
    with build.act() as act:
        publish_certificate(act=act, certificate=fresh(waits))
    assert registered(project) == "1500.00"


def fresh(certificate: Certificate) -> Certificate:
    return Certificate.objects.get(pk=certificate.pk)
