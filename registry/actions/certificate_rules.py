"""What a certificate may say by itself, whether a form or a file says it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.models import Certificate
from registry.vocabulary.certificate import CertificateKind, Outcome, may_ask
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay

from .capital import NotYet

SUMS = ("total_usd", "total_vnd", "contributed_usd", "mobilised_usd")


class OutcomeWithoutDay(RuleBroken):
    code = "outcome-without-day"
    message = _("Giấy đã cấp hoặc hồ sơ bị từ chối phải có ngày. Hãy ghi ngày như in trên giấy, ví dụ 21/10/2023.")


class DossierWithoutDay(RuleBroken):
    code = "dossier-without-day"
    message = _("Hồ sơ đã tiếp nhận phải có ngày tiếp nhận. Hãy ghi ngày đó, ví dụ 01/10/2023.")


class StepOfAmendments(RuleBroken):
    code = "step-of-amendments"
    message = _("Chỉ điều chỉnh mới có “Lần thứ”. Hãy để trống ô này, hoặc chọn loại “điều chỉnh”.")


class DecidedBeforeReceived(RuleBroken):
    code = "decided-before-received"
    message = _("Kết quả không thể có trước ngày tiếp nhận hồ sơ (%(received)s).")


class AmendedBeforeIssue(RuleBroken):
    code = "amended-before-issue"
    message = _("Điều chỉnh không thể có trước ngày cấp lần đầu (%(issued)s). Hãy kiểm tra lại hai ngày.")


class NegativePrinted(RuleBroken):
    code = "negative-printed"
    message = _("“%(label)s” không được âm. Hãy ghi số như in trên giấy; phần giảm thì ghi thành bút toán.")


class AsksForTotal(RuleBroken):
    code = "asks-for-total"
    message = _("Hồ sơ cấp lần đầu đề nghị tổng vốn đầu tư, một số dương. Hãy sửa “Vốn đề nghị trong hồ sơ”, hoặc để "
                "trống nếu hồ sơ không nêu.")


class AsksForNothing(RuleBroken):
    code = "asks-for-nothing"
    message = _("Hồ sơ loại “%(kind)s” không đề nghị vốn. Hãy để trống “Vốn đề nghị trong hồ sơ”.")


def rules_broken(certificate: Certificate, *, on: date, issued_on: VagueDay | None) -> Iterator[RuleBroken]:
    """What is wrong with a certificate on the day ``on``, each at its field; ``issued_on`` is when its project was
    licensed."""
    decided_on, received_on = certificate.decided_on, certificate.received_on
    if certificate.step is not None and certificate.kind != CertificateKind.AMENDMENT:
        yield StepOfAmendments(field="step")
    if certificate.outcome == Outcome.RECEIVED:
        if received_on is None:
            yield DossierWithoutDay(field="received_on")
    elif decided_on is None:
        yield OutcomeWithoutDay(field="decided_on")
    if received_on and received_on > on:
        yield NotYet(day=f"{received_on:%d/%m/%Y}", field="received_on")
    if decided_on and decided_on.earliest > on:
        yield NotYet(day=decided_on.label, field="decided_on")
    elif decided_on and received_on and decided_on.latest < received_on:
        yield DecidedBeforeReceived(received=f"{received_on:%d/%m/%Y}", field="decided_on")
    elif (decided_on and issued_on and certificate.kind == CertificateKind.AMENDMENT
          and decided_on.latest < issued_on.earliest):
        yield AmendedBeforeIssue(issued=issued_on.label, field="decided_on")
    if not may_ask(certificate.kind, certificate.asked_usd):
        yield asked_wrongly(certificate.kind)
    for name in SUMS:
        if (getattr(certificate, name) or 0) < 0:
            yield NegativePrinted(label=Certificate._meta.get_field(name).verbose_name, field=name)


def asked_wrongly(kind: str) -> AsksForTotal | AsksForNothing:
    """What is said of an amount for which a dossier of this kind cannot ask."""
    if kind == CertificateKind.FIRST_ISSUE:
        return AsksForTotal(field="asked_usd")
    return AsksForNothing(kind=CertificateKind(kind).label, field="asked_usd")
