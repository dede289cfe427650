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
from .record import amend, create, publish, touch, withdraw
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

    def columns(self) -> dict:
        return {"total_usd": self.total_usd, "total_vnd": self.total_vnd, "rate_as_printed": self.rate,
                "contributed_usd": self.contributed_usd, "mobilised_usd": self.mobilised_usd,
                "contribute_by": self.contribute_by}


@dataclass(frozen=True)
class Effect:
    """What a certificate does beside being on record: the signed amount for the ledger, as printed too, and the code
    that it gives the project. Nothing where all is empty."""

    amount_usd: Decimal | None = None
    written: Money | None = None
    irc_code: str | None = None

    @classmethod
    def of(cls, certificate: Certificate) -> "Effect":
        """What it proposes."""
        amount = certificate.proposed_written
        return cls(certificate.proposed_usd, None if amount is None else Money(amount, certificate.proposed_currency),
                   certificate.proposed_irc_code)

    def columns(self) -> dict:
        return {"proposed_usd": self.amount_usd, "proposed_written": self.written and self.written.amount,
                "proposed_currency": self.written.currency if self.written else "",
                "proposed_irc_code": self.irc_code}


BEFORE_THE_PUBLIC = (Publication.DRAFT, Publication.IN_REVIEW)


class IssuedAlready(RuleBroken):
    code = "issued-already"
    message = _("Dự án %(code)s đã có giấy chứng nhận cấp lần đầu (%(certificate)s). "
                "Hãy ghi lần điều chỉnh, hoặc gỡ giấy chứng nhận đó trước.")


class PublishedOnce(RuleBroken):
    code = "published-once"
    message = _("%(code)s đã từng được công bố, không sửa được nữa. Hãy ghi giấy chứng nhận hiệu đính.")


class EntriesStand(RuleBroken):
    code = "entries-stand"
    message = _("%(code)s còn bút toán dựa vào: %(entries)s. Hãy đảo các bút toán đó trước khi gỡ.")


def grant(
    *, act: Writing, project: Project, kind: str, decided_on: VagueDay, step: int | None = None,
    amount_usd: Decimal | None = None, written: Money | None = None, printed: AsPrinted = AsPrinted(),
    registrar: Registrar | None = None, irc_code: str | None = None, changes: str = "", source: Source | None = None,
    received_on: date | None = None, publish_now: bool = True,
) -> Certificate:
    """Record a granted certificate; return it. Published now, it does at once what ``_take_effect`` says; otherwise
    it waits in review with what it proposes, and counts nowhere.

    Raises IssuedAlready, OwnChange where the two-person rule forbids to publish now, and what the ledger raises.
    """
    if kind == CertificateKind.FIRST_ISSUE:
        _check_not_issued(project)
    does = Effect(amount_usd or None, written, irc_code or None)
    if publish_now:
        touch(act=act, record=project)
    else:
        capital.check_has_been(decided_on, act.on)
    number = project.certificates.aggregate(last=Max("number", default=0))["last"] + 1
    certificate = create(act=act, record=Certificate(
        code=f"{project.code}-{number}", number=number, project=project, kind=kind, step=step,
        outcome=Outcome.GRANTED, registrar=registrar, received_on=received_on, decided_on=decided_on, changes=changes,
        source=source, publication=Publication.PUBLISHED if publish_now else Publication.IN_REVIEW,
        **printed.columns(), **({} if publish_now else does.columns()),
    ))
    if publish_now:
        _take_effect(act, certificate, does)
    return certificate


def revise(
    *, act: Writing, certificate: Certificate, decided_on: VagueDay, amount_usd: Decimal | None = None,
    written: Money | None = None, printed: AsPrinted = AsPrinted(), irc_code: str | None = None, **stated,
) -> Certificate:
    """Write anew what a certificate says that was never published. Raises PublishedOnce, IssuedAlready, NotYet,
    InvalidRecord."""
    if certificate.publication not in BEFORE_THE_PUBLIC:
        raise PublishedOnce(code=certificate.code)
    if stated.get("kind") == CertificateKind.FIRST_ISSUE:
        _check_not_issued(certificate.project, besides=certificate)
    capital.check_has_been(decided_on, act.on)
    does = Effect(amount_usd or None, written, irc_code or None)
    return amend(act=act, record=certificate, decided_on=decided_on, **stated, **printed.columns(),
                 **does.columns())


def publish_certificate(*, act: Writing, certificate: Certificate) -> Certificate:
    """Let the public see a certificate, and post what it proposes, at this moment. One that was withdrawn comes back
    without its entries: they were reversed by people, who enter them again.

    Raises AlreadyPublished, OwnChange, IssuedAlready, and what the ledger raises; nothing is written then.
    """
    does = Effect.of(certificate)
    was_withdrawn = certificate.publication == Publication.WITHDRAWN
    if certificate.kind == CertificateKind.FIRST_ISSUE:
        _check_not_issued(certificate.project, besides=certificate)
    publish(act=act, record=certificate, **Effect().columns())
    touch(act=act, record=certificate.project)
    if not was_withdrawn:
        _take_effect(act, certificate, does)
    return certificate


def _take_effect(act: Writing, certificate: Certificate, does: Effect) -> None:
    """A first issue licenses the project, and with an amount posts a new entry in place of the openings; an
    amendment posts the signed amount (None: capital does not change); a termination, revocation or expiry ends
    the project."""
    project, amount_usd = certificate.project, does.amount_usd
    if certificate.kind in ENDS:
        end(act=act, project=project, status=ENDS[certificate.kind], ended_on=certificate.decided_on,
            certificate=certificate)
        return
    if certificate.kind == CertificateKind.FIRST_ISSUE:
        _begin(act, certificate, does)
    if amount_usd:
        capital.enter(
            act=act, project=project, kind=_entry_kind(certificate.kind, amount_usd), amount_usd=amount_usd,
            decided_on=certificate.decided_on, certificate=certificate, source=certificate.source,
            written=does.written, rate_as_printed=certificate.rate_as_printed,
        )


def _begin(act: Writing, first: Certificate, does: Effect) -> None:
    """The openings give way to the true steps, and the project is licensed as its first certificate says."""
    project = first.project
    openings = _openings(project) if does.amount_usd else []
    if openings:
        capital.check_above_zero(project, does.amount_usd - sum(opening.amount_usd for opening in openings))
    for opening in openings:
        capital.mirror(act=act, entry=opening)
    amend(act=act, record=project, licensed_on=first.decided_on, registrar=first.registrar or project.registrar,
          irc_code=does.irc_code or project.irc_code)


def withdraw_certificate(*, act: Writing, certificate: Certificate, reason: str) -> Certificate:
    """Take a certificate out of the public's sight. Raises EntriesStand while capital rests on it."""
    standing = list(certificate.entries.standing().in_ledger_order().values_list("code", flat=True))
    if standing:
        raise EntriesStand(code=certificate.code, entries=", ".join(standing))
    touch(act=act, record=certificate.project)
    return withdraw(act=act, record=certificate, reason=reason)


def _check_not_issued(project: Project, *, besides: Certificate | None = None) -> None:
    issued = project.certificates.filter(kind=CertificateKind.FIRST_ISSUE, outcome=Outcome.GRANTED)
    first = issued.exclude(publication=Publication.WITHDRAWN).exclude(pk=besides and besides.pk).first()
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
