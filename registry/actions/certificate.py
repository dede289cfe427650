"""Certificates: the steps of the legal record, and the entries that they post."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Certificate, Project, Registrar, Source
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import Money
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.publication import Publication

from . import capital
from .project import end
from .record import amend, create, touch, withdraw
from .writing import Writing

ENDS = {
    CertificateKind.TERMINATION: ProjectStatus.TERMINATED,
    CertificateKind.REVOCATION: ProjectStatus.REVOKED,
    CertificateKind.EXPIRY: ProjectStatus.EXPIRED,
}


@dataclass(frozen=True)
class AsPrinted:
    """The sums that a certificate prints, in dollars and dong, with its rate; never forced to multiply."""

    total_usd: Decimal | None = None
    total_vnd: Decimal | None = None
    rate: str = ""
    contributed_usd: Decimal | None = None
    mobilised_usd: Decimal | None = None
    contribute_by: date | None = None


class IssuedAlready(RuleBroken):
    code = "issued-already"
    message = _("Dự án %(code)s đã có giấy chứng nhận cấp lần đầu (%(certificate)s). "
                "Hãy ghi lần điều chỉnh, hoặc gỡ giấy chứng nhận đó trước.")


class EntriesStand(RuleBroken):
    code = "entries-stand"
    message = _("%(code)s còn bút toán dựa vào: %(entries)s. Hãy đảo các bút toán đó trước khi gỡ.")


def grant(
    *, act: Writing, project: Project, kind: str, decided_on: VagueDay, step: int | None = None,
    amount_usd: Decimal | None = None, written: Money | None = None, printed: AsPrinted = AsPrinted(),
    registrar: Registrar | None = None, irc_code: str | None = None, changes: str = "", source: Source | None = None,
    received_on: date | None = None,
) -> Certificate:
    """Record and publish a granted certificate, and post what it does to capital; return it.

    A first issue with an ``amount_usd`` posts a new entry and reverses the opening that it replaces; an
    amendment posts the signed amount (None or zero: it does not change capital); a termination, revocation or
    expiry ends the project. Raises IssuedAlready, and what the ledger raises.
    """
    if kind == CertificateKind.FIRST_ISSUE:
        _check_not_issued(project)
    openings = _openings(project) if kind == CertificateKind.FIRST_ISSUE and amount_usd else []
    if openings:
        capital.check_above_zero(project, amount_usd - sum(opening.amount_usd for opening in openings))
    touch(act=act, record=project)
    number = project.certificates.aggregate(last=Max("number", default=0))["last"] + 1
    certificate = create(act=act, record=Certificate(
        code=f"{project.code}-{number}", number=number, project=project, kind=kind, step=step,
        outcome=Outcome.GRANTED, registrar=registrar, received_on=received_on, decided_on=decided_on, changes=changes,
        source=source,
        total_usd=printed.total_usd, total_vnd=printed.total_vnd, rate_as_printed=printed.rate,
        contributed_usd=printed.contributed_usd, mobilised_usd=printed.mobilised_usd,
        contribute_by=printed.contribute_by, publication=Publication.PUBLISHED,
    ))
    if kind in ENDS:
        end(act=act, project=project, status=ENDS[kind], ended_on=decided_on, certificate=certificate)
        return certificate
    if kind == CertificateKind.FIRST_ISSUE:
        _begin(act, project, certificate, openings, irc_code)
    if amount_usd:
        capital.enter(
            act=act, project=project, kind=_entry_kind(kind, amount_usd), amount_usd=amount_usd,
            decided_on=decided_on, certificate=certificate, source=source, written=written,
            rate_as_printed=printed.rate,
        )
    return certificate


def _begin(act: Writing, project: Project, first: Certificate, openings: list[CapitalEntry], irc_code) -> None:
    """The openings give way to the true steps, and the project is licensed as its first certificate says."""
    for opening in openings:
        capital.mirror(act=act, entry=opening)
    amend(act=act, record=project, licensed_on=first.decided_on, registrar=first.registrar or project.registrar,
          irc_code=irc_code or project.irc_code)


def withdraw_certificate(*, act: Writing, certificate: Certificate, reason: str) -> Certificate:
    """Take a certificate out of the public's sight. Raises EntriesStand while capital rests on it."""
    standing = list(certificate.entries.standing().in_ledger_order().values_list("code", flat=True))
    if standing:
        raise EntriesStand(code=certificate.code, entries=", ".join(standing))
    touch(act=act, record=certificate.project)
    return withdraw(act=act, record=certificate, reason=reason)


def _check_not_issued(project: Project) -> None:
    issued = project.certificates.filter(kind=CertificateKind.FIRST_ISSUE, outcome=Outcome.GRANTED)
    first = issued.exclude(publication=Publication.WITHDRAWN).first()
    if first:
        raise IssuedAlready(code=project.code, certificate=first.code, field="kind")


def _entry_kind(kind: str, amount_usd: Decimal) -> str:
    if kind == CertificateKind.FIRST_ISSUE:
        return CapitalKind.NEW
    return CapitalKind.INCREASE if amount_usd > 0 else CapitalKind.DECREASE


def _openings(project: Project) -> list[CapitalEntry]:
    """The openings that give way to the true steps by reversal."""
    openings = list(project.entries.standing().filter(kind=CapitalKind.OPENING))
    for opening in openings:
        opening.project = project
    return openings
