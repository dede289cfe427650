"""A plan becomes a certificate.

In July 2023 an investor tells of 400 million. In September 2024 a certificate registers 260 million, and the
officer accepts the plan into that entry: it is contained, and no longer stands beside the capital.
"""

from datetime import date
from decimal import Decimal

from registry.actions import certificate, statement
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.milestone import Reality
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import StatementKind
from tests import build

from .conftest import recording


def test_a_plan_becomes_a_certificate():
    with recording(2023, 8, 1) as act:
        article = build.make_source(act=act, published_on=VagueDay.exact(date(2023, 7, 31)))
        project = build.make_project(act=act)
        plan = build.make_statement(
            act=act, source=article, subject=project, attribute="intended_capital", kind=StatementKind.PLAN,
            value="400", reality=Reality.PLANNED,
        )
        statement.accept(act=act, statement=plan)

    told = build.totals(as_of=date(2023, 12, 31))
    assert (told.registered_usd, told.intended_usd) == (Decimal("0.00"), Decimal("400000000.00"))

    with recording(2024, 9, 12) as act:
        granted = certificate.grant(
            act=act, project=project, kind=CertificateKind.FIRST_ISSUE, amount_usd=Decimal("260000000.00"),
            decided_on=VagueDay.exact(date(2024, 9, 10)), irc_code="5421840814",
        )
        entry = granted.entries.get()
        statement.accept(act=act, statement=plan, into=entry)

    now = build.totals(as_of=date(2024, 12, 31))
    assert entry.kind == CapitalKind.NEW
    assert (now.registered_usd, now.confirmed_usd) == (Decimal("260000000.00"), Decimal("260000000.00"))
    assert now.intended_usd == Decimal("0.00")
    assert (plan.promoted_kind, plan.promoted_code) == ("capital-entry", entry.code)
    project.refresh_from_db()
    assert (project.irc_code, project.licensed_on.latest) == ("5421840814", date(2024, 9, 10))


def test_a_first_certificate_takes_the_place_of_the_opening():
    """The press had said 250 million; the certificate says 260. The total is never both."""
    with recording(2023, 8, 1) as act:
        project = build.make_project(act=act)
        build.make_entry(project, "250000000.00", act=act, kind=CapitalKind.OPENING, decided_on=date(2023, 7, 1))
    with recording(2024, 9, 12) as act:
        certificate.grant(
            act=act, project=project, kind=CertificateKind.FIRST_ISSUE, amount_usd=Decimal("260000000.00"),
            decided_on=VagueDay.exact(date(2023, 6, 1)),
        )

    assert build.totals(as_of=date(2024, 12, 31)).registered_usd == Decimal("260000000.00")
    assert build.totals(as_of=date(2024, 12, 31)).projects == 1
    known_before = build.totals(as_of=date(2024, 12, 31), known_on=date(2024, 9, 11))
    assert known_before.registered_usd == Decimal("250000000.00")
