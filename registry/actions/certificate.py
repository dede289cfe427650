"""Certificates: the steps of the legal record, from the dossier to the entries that they post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from registry.models import Certificate, Change, Project, Registrar, Source
from registry.vocabulary.certificate import CertificateKind, Outcome, may_ask
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import Money
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project_number import read_project_number
from registry.vocabulary.publication import Publication

from .certificate_effect import (
    ENDS,
    NOTHING_PROPOSED,
    Effect,
    as_it_would_be,
    changes_of,
    check_as_seen,
    take_effect,
)
from .certificate_kind import check_kind
from .certificate_rules import asked_wrongly, rules_broken
from .certificate_total import change_by, check_stays_above_zero, check_total, check_total_again, earlier, waiting_in
from .days import check_days, columns_changed
from .ending import certificate_that_ended
from .project import StakeGiven, check_shares, take_back_end, written_investors
from .project_number import check_number, renumbered
from .record import amend, create, publish, touch, withdraw
from .writing import Writing

BEFORE_THE_PUBLIC = (Publication.DRAFT, Publication.IN_REVIEW)


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


class NoOutcomeYet(RuleBroken):
    code = "no-outcome-yet"
    message = _("Hồ sơ %(code)s chưa có kết quả. Hãy ghi giấy chứng nhận đã cấp, hoặc ghi từ chối.")


class DecidedAlready(RuleBroken):
    code = "decided-already"
    message = _("Hồ sơ %(code)s đã có kết quả: %(outcome)s.")


def grant(
    *, act: Writing, project: Project, kind: str, decided_on: VagueDay, step: int | None = None,
    amount_usd: Decimal | None = None, written: Money | None = None, printed: AsPrinted = AsPrinted(),
    registrar: Registrar | None = None, irc_code: str | None = None, changes: str = "", source: Source | None = None,
    received_on: date | None = None, project_as: Mapping[str, object] = {},
    stakes: Sequence[StakeGiven] | None = None, despite_difference: bool = False, publish_now: bool = True,
) -> Certificate:
    """Record a granted certificate; return it. Published now, it does at once what ``take_effect`` says; otherwise
    it waits in review with what it proposes, and counts nowhere.

    ``project_as`` are columns of the project as the paper states them, ``stakes`` the investors where they change.
    Raises what ``rules_broken`` tells, IssuedAlready, TotalDiffers unless ``despite_difference``, SharesOverHundred,
    OwnChange where the two-person rule forbids to publish now, and what the ledger raises.
    """
    stakes = None if stakes is None else written_investors(act, stakes)
    does = _effect(project, kind, amount_usd, written, irc_code, project_as, stakes)
    _check(act, project, kind, step, does, decided_on, received_on, printed, despite_difference)
    if publish_now:
        touch(act=act, record=project)
    certificate = _write(act, project, Certificate(
        kind=kind, step=step, outcome=Outcome.GRANTED, registrar=registrar, received_on=received_on,
        decided_on=decided_on, changes=changes, source=source,
        publication=Publication.PUBLISHED if publish_now else Publication.IN_REVIEW,
        **printed.columns(), **({} if publish_now else does.proposed(project)),
    ))
    if publish_now:
        take_effect(act, certificate, does)
    return certificate


def receive(
    *, act: Writing, project: Project, kind: str, received_on: date, step: int | None = None,
    registrar: Registrar | None = None, asked_usd: Decimal | None = None, changes: str = "",
    source: Source | None = None,
) -> Certificate:
    """Record a dossier that was received (tiếp nhận hồ sơ) and waits for its outcome; return it. ``asked_usd`` is the
    capital that it asks for, of an amendment the signed change; None where it states none. Raises what
    ``rules_broken`` tells, IssuedAlready."""
    _check_rules(act, Certificate(project=project, kind=kind, step=step, outcome=Outcome.RECEIVED,
                                  received_on=received_on, asked_usd=asked_usd))
    if kind == CertificateKind.FIRST_ISSUE:
        _check_not_issued(project)
    return _write(act, project, Certificate(
        kind=kind, step=step, outcome=Outcome.RECEIVED, registrar=registrar, received_on=received_on,
        asked_usd=asked_usd, changes=changes, source=source, publication=Publication.DRAFT,
    ))


def state_asked(*, act: Writing, certificate: Certificate, asked_usd: Decimal | None) -> Certificate:
    """Write down what a dossier asks for, where that was not known when it came, or was written wrongly. Raises
    AsksForTotal, AsksForNothing."""
    if not may_ask(certificate.kind, asked_usd):
        raise asked_wrongly(certificate.kind)
    return amend(act=act, record=certificate, asked_usd=asked_usd)


def refuse(*, act: Writing, certificate: Certificate, decided_on: VagueDay, changes: str,
           source: Source | None = None, **stated) -> Certificate:
    """Record that a dossier was refused (từ chối); ``changes`` says why. ``asked_usd`` may be stated with it. Raises
    DecidedAlready and what ``rules_broken`` tells."""
    if certificate.outcome != Outcome.RECEIVED:
        raise DecidedAlready(code=certificate.code, outcome=certificate.get_outcome_display())
    _check_rules(act, Certificate(project=certificate.project, kind=certificate.kind, outcome=Outcome.REFUSED,
                                  decided_on=decided_on, received_on=certificate.received_on,
                                  asked_usd=stated.get("asked_usd")))
    return amend(act=act, record=certificate, outcome=Outcome.REFUSED, decided_on=decided_on, changes=changes,
                 source=source or certificate.source, **stated)


def revise(
    *, act: Writing, certificate: Certificate, decided_on: VagueDay, amount_usd: Decimal | None = None,
    written: Money | None = None, printed: AsPrinted = AsPrinted(), irc_code: str | None = None,
    project_as: Mapping[str, object] = {}, stakes: Sequence[StakeGiven] | None = None,
    despite_difference: bool = False, **stated,
) -> Certificate:
    """Write anew what a certificate says that was never published, and record a dossier as granted. Raises
    PublishedOnce, and what ``grant`` does."""
    if certificate.publication not in BEFORE_THE_PUBLIC:
        raise PublishedOnce(code=certificate.code)
    project = certificate.project
    stakes = None if stakes is None else written_investors(act, stakes)
    kind = stated.get("kind", certificate.kind)
    does = _effect(project, kind, amount_usd, written, irc_code, project_as, stakes)
    _check(act, project, kind, stated.get("step", certificate.step), does, decided_on,
           stated.get("received_on", certificate.received_on), printed, despite_difference, besides=certificate)
    if certificate.outcome == Outcome.RECEIVED:
        stated |= {"outcome": Outcome.GRANTED, "publication": Publication.IN_REVIEW}
    return amend(act=act, record=certificate, decided_on=decided_on, **stated, **printed.columns(),
                 **does.proposed(project))


def publish_certificate(*, act: Writing, certificate: Certificate, despite_difference: bool = False) -> Certificate:
    """Let the public see a certificate, with its project where that waits for review too, and do what it proposes, at
    this moment. One that was withdrawn comes back without its entries: they were reversed by people, who enter them
    again; but one that ends its project ends it again, as its withdrawal took the end back.

    Raises NoOutcomeYet, AlreadyPublished, OwnChange, IssuedAlready, ChangedMeanwhile, TotalDiffers unless
    ``despite_difference``, and what the ledger raises; nothing is written then.
    """
    if certificate.outcome == Outcome.RECEIVED:
        raise NoOutcomeYet(code=certificate.code)
    does = Effect.of(certificate)
    was_withdrawn = certificate.publication == Publication.WITHDRAWN
    if certificate.kind == CertificateKind.FIRST_ISSUE and certificate.outcome == Outcome.GRANTED:
        _check_not_issued(certificate.project, besides=certificate)
    check_as_seen(certificate)
    if not (was_withdrawn or despite_difference):
        check_total_again(certificate)
    together = waiting_with(certificate)
    publish(act=act, record=certificate, **NOTHING_PROPOSED)
    for record in together:
        publish(act=act, record=record)
    touch(act=act, record=certificate.project)
    if not was_withdrawn or (certificate.kind in ENDS and not certificate.project.ended_on):
        take_effect(act, certificate, does)
    return certificate


def waiting_with(certificate: Certificate) -> list:
    """What a certificate stands on and waits for review with it: its source, the enterprise, the investors, the
    project. Empty where the project is published: then each has its own way."""
    project = certificate.project
    if project.publication != Publication.IN_REVIEW:
        return []
    about = [certificate.source, project.enterprise, *(stake.investor for stake in project.current_stakes()), project]
    return [each for each in about if each is not None and each.publication == Publication.IN_REVIEW]


def withdraw_certificate(*, act: Writing, certificate: Certificate, reason: str) -> Certificate:
    """Take a certificate out of the public's sight; with one that ended its project, the end too, in the same act.
    Raises NotPublished, and EntriesStand while other capital rests on it."""
    if certificate_that_ended(certificate.project) == certificate:
        take_back_end(act=act, project=certificate.project, note=reason)
    standing = list(certificate.entries.standing().in_ledger_order().values_list("code", flat=True))
    if standing:
        raise EntriesStand(code=certificate.code, entries=", ".join(standing))
    touch(act=act, record=certificate.project)
    return withdraw(act=act, record=certificate, reason=reason)


def _write(act: Writing, project: Project, certificate: Certificate) -> Certificate:
    number = project.certificates.aggregate(last=Max("number", default=0))["last"] + 1
    while Change.objects.filter(kind=Certificate.KIND, code=f"{project.code}-{number}").exists():
        number += 1  # that one was discarded: the log has its code
    certificate.project, certificate.number, certificate.code = project, number, f"{project.code}-{number}"
    return create(act=act, record=certificate)


def _effect(project: Project, kind: str, amount_usd: Decimal | None, written: Money | None, irc_code: str | None,
            project_as: Mapping[str, object], stakes: Sequence[StakeGiven] | None) -> Effect:
    """What a paper does: a first issue licenses under its number, another changes the number as it changes any column.
    """
    number = read_project_number(irc_code or "") or None
    changes = changes_of(project, {**project_as, **renumbered(project, kind, number)})
    return Effect(amount_usd or None, written, number if kind == CertificateKind.FIRST_ISSUE else None, changes, stakes)


def _check(act: Writing, project: Project, kind: str, step: int | None, does: Effect, decided_on: VagueDay,
           received_on: date | None, printed: AsPrinted, despite_difference: bool,
           besides: Certificate | None = None) -> None:
    if kind == CertificateKind.FIRST_ISSUE:
        _check_not_issued(project, besides=besides)
    _check_rules(act, Certificate(project=project, kind=kind, step=step, outcome=Outcome.GRANTED,
                                  decided_on=decided_on, received_on=received_on,
                                  asked_usd=besides and besides.asked_usd, **printed.columns()))
    after = as_it_would_be(project, kind, decided_on, does)
    check_days(after, on=act.on, changed=columns_changed(project, after))
    check_kind(project, kind, does, after)
    if kind not in ENDS:
        change, waiting = change_by(project, kind, does.amount_usd), waiting_in(project, besides=besides)
        check_stays_above_zero(project, change, waiting)
        if printed.total_usd is not None and not despite_difference:
            number = besides and besides.number
            check_total(project, change, printed.total_usd, earlier(waiting, decided_on.latest, number))
    if does.stakes is not None:
        check_shares(does.stakes)
    check_number(project, does.irc_code or does.changes.get("irc_code"))


def _check_rules(act: Writing, certificate: Certificate) -> None:
    for broken in rules_broken(certificate, on=act.on, issued_on=certificate.project.licensed_on):
        raise broken


def _check_not_issued(project: Project, *, besides: Certificate | None = None) -> None:
    issued = project.certificates.filter(kind=CertificateKind.FIRST_ISSUE, outcome=Outcome.GRANTED)
    first = issued.exclude(publication=Publication.WITHDRAWN).exclude(pk=besides and besides.pk).first()
    if first:
        raise IssuedAlready(code=project.code, certificate=first.code, field="kind")
