"""What a certificate does beside being on record: to the ledger, to its project, to the investors.

Done when it is published; until then the certificate carries it as a proposal.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Certificate, Investor, Project
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import Money
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project import ProjectStatus

from . import capital
from .payload import plain
from .project import StakeGiven, end, set_stakes
from .record import amend, differing
from .writing import Writing

ENDS = {
    CertificateKind.TERMINATION: ProjectStatus.TERMINATED,
    CertificateKind.REVOCATION: ProjectStatus.REVOKED,
    CertificateKind.EXPIRY: ProjectStatus.EXPIRED,
}
MOVES_TO = {
    CertificateKind.SUSPENSION: ProjectStatus.SUSPENDED,
    CertificateKind.SCHEDULE_EXTENSION: ProjectStatus.SCHEDULE_EXTENDED,
}
BEFORE_ISSUE = (ProjectStatus.PROPOSED, ProjectStatus.APPROVED_IN_PRINCIPLE)
STAKES = "stakes"


class ChangedMeanwhile(RuleBroken):
    code = "changed-meanwhile"
    message = _("Mục “%(label)s” của %(project)s đã đổi từ khi %(certificate)s được ghi. Hãy mở “Sửa giấy chứng nhận”, "
                "xem lại nội dung mới rồi công bố.")


@dataclass(frozen=True)
class Effect:
    """The signed amount for the ledger, as printed too; the code that it gives the project; the columns of the project
    that it ``changes``, and the investors (None: as they are). Nothing where all is empty."""

    amount_usd: Decimal | None = None
    written: Money | None = None
    irc_code: str | None = None
    changes: Mapping[str, object] = field(default_factory=dict)
    stakes: Sequence[StakeGiven] | None = None

    @classmethod
    def of(cls, certificate: Certificate) -> "Effect":
        """What it proposes."""
        amount = certificate.proposed_written
        proposed = {name: after for name, (_before, after) in certificate.proposed_changes.items()}
        stakes = proposed.pop(STAKES, None)
        return cls(
            certificate.proposed_usd, None if amount is None else Money(amount, certificate.proposed_currency),
            certificate.proposed_irc_code,
            {name: Project._meta.get_field(name).to_python(value) for name, value in proposed.items()},
            None if stakes is None else [_stake(each) for each in stakes],
        )

    def proposed(self, project: Project) -> dict:
        """The columns of the certificate that carry it."""
        changes = {name: [plain(getattr(project, name)), plain(value)] for name, value in self.changes.items()}
        if self.stakes is not None:
            changes[STAKES] = [_plain_stakes(held(project)), _plain_stakes(self.stakes)]
        return {"proposed_usd": self.amount_usd, "proposed_written": self.written and self.written.amount,
                "proposed_currency": self.written.currency if self.written else "",
                "proposed_irc_code": self.irc_code, "proposed_changes": changes}


NOTHING_PROPOSED = {"proposed_usd": None, "proposed_written": None, "proposed_currency": "",
                    "proposed_irc_code": None, "proposed_changes": {}}


def changes_of(project: Project, stated: Mapping[str, object]) -> dict[str, object]:
    """The columns of a project that would be other than they are, were it as its paper states."""
    return {
        Project._meta.get_field(name).attname: value.pk if isinstance(value, Model) else value
        for name, value in differing(project, stated).items()
    }


def held(project: Project) -> list[StakeGiven]:
    """The investors of a project as they stand, the lead first."""
    return [StakeGiven(stake.investor, stake.share_percent, stake.lead, stake.contributed_usd)
            for stake in project.stakes.current().select_related("investor").order_by("position")]


def check_as_seen(certificate: Certificate) -> None:
    """Raises ChangedMeanwhile where the project is no longer as it was when the certificate was written down."""
    project = certificate.project
    for name, (before, after) in certificate.proposed_changes.items():
        now = _plain_stakes(held(project)) if name == STAKES else plain(getattr(project, name))
        if now not in (before, after):
            label = _("nhà đầu tư") if name == STAKES else Project._meta.get_field(name).verbose_name
            raise ChangedMeanwhile(label=label, project=project.code, certificate=certificate.code)


def as_it_would_be(project: Project, kind: str, decided_on: VagueDay, does: Effect) -> Project:
    """A copy of a project as a certificate would leave it, for looking at."""
    after = copy(project)
    for name, value in does.changes.items():
        setattr(after, name, value)
    if kind == CertificateKind.FIRST_ISSUE:
        after.licensed_on = decided_on
    elif kind in ENDS:
        after.ended_on = decided_on
    return after


def take_effect(act: Writing, certificate: Certificate, does: Effect) -> None:
    """A first issue licenses the project, and with an amount posts a new entry in place of the openings; an
    amendment posts the signed amount (None: capital does not change); suspension and a longer schedule move the
    project on; a termination, revocation or expiry ends it. What was refused, or waits, does nothing."""
    if certificate.outcome != Outcome.GRANTED:
        return
    project, amount_usd = certificate.project, does.amount_usd
    if certificate.kind in ENDS:
        end(act=act, project=project, status=ENDS[certificate.kind], ended_on=certificate.decided_on,
            certificate=certificate)
        return
    if certificate.kind == CertificateKind.FIRST_ISSUE:
        _begin(act, certificate, does)
    moved = {"status": MOVES_TO[certificate.kind]} if certificate.kind in MOVES_TO else {}
    amend(act=act, record=project, **moved, **does.changes)
    if does.stakes is not None:
        set_stakes(act=act, project=project, stakes=does.stakes, certificate=certificate)
    if amount_usd:
        capital.enter(
            act=act, project=project, kind=_entry_kind(certificate.kind, amount_usd), amount_usd=amount_usd,
            decided_on=certificate.decided_on, certificate=certificate, source=certificate.source,
            written=does.written, rate_as_printed=certificate.rate_as_printed,
        )


def openings_of(project: Project) -> list[CapitalEntry]:
    """The openings that give way to the true steps by reversal."""
    openings = list(project.entries.standing().filter(kind=CapitalKind.OPENING))
    for opening in openings:
        opening.project = project
    return openings


def _begin(act: Writing, first: Certificate, does: Effect) -> None:
    """The openings give way to the true steps, and the project is licensed as its first certificate says."""
    project = first.project
    openings = openings_of(project) if does.amount_usd else []
    if openings:
        capital.check_above_zero(project, does.amount_usd - sum(opening.amount_usd for opening in openings))
    for opening in openings:
        capital.mirror(act=act, entry=opening)
    issued = {"status": ProjectStatus.NOT_STARTED} if project.status in BEFORE_ISSUE else {}
    amend(act=act, record=project, licensed_on=first.decided_on, registrar=first.registrar or project.registrar,
          irc_code=does.irc_code or project.irc_code, **issued)


def _entry_kind(kind: str, amount_usd: Decimal) -> str:
    if kind == CertificateKind.FIRST_ISSUE:
        return CapitalKind.NEW
    return CapitalKind.INCREASE if amount_usd > 0 else CapitalKind.DECREASE


def _plain_stakes(stakes: Sequence[StakeGiven]) -> list[dict]:
    lead = next((each for each in stakes if each.lead), stakes[0] if stakes else None)
    return [{"investor_id": each.investor.pk, "share_percent": plain(each.share_percent), "lead": each is lead,
             "contributed_usd": plain(each.contributed_usd), "until_certificate_id": None} for each in stakes]


def _stake(kept: dict) -> StakeGiven:
    share, contributed = kept["share_percent"], kept["contributed_usd"]
    return StakeGiven(
        Investor.objects.get(pk=kept["investor_id"]), None if share is None else Decimal(share), kept["lead"],
        None if contributed is None else Decimal(contributed),
    )
