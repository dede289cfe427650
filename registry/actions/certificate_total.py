"""What the registered capital comes to with a certificate, counting those of its project that wait for review."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Certificate, Project
from registry.models.capital import MEASURES
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import format_bare

from .capital import BelowZero, check_above_zero
from .certificate_effect import ENDS, openings_of


class TotalDiffers(RuleBroken):
    code = "total-differs"
    message = gettext_lazy(
        "Sau giấy này sổ vốn có %(ledger)s USD, trên giấy in %(printed)s USD: chênh %(difference)s USD. "
        "Hãy sửa số tiền ghi sổ; nếu giấy in đúng mà sổ còn thiếu lần trước, hãy đánh dấu “Vẫn ghi” và nêu "
        "lý do.")


class TotalDiffersWaiting(TotalDiffers):
    """As well, where others wait, which are counted and named."""

    code = "total-differs-waiting"
    message = gettext_lazy(
        "Sau giấy này, tính cả giấy đang chờ duyệt (%(waiting)s), sổ vốn có %(ledger)s USD, trên giấy in %(printed)s "
        "USD: chênh %(difference)s USD. Hãy sửa số tiền ghi sổ hoặc giấy đang chờ; nếu giấy in đúng mà sổ còn thiếu "
        "lần trước, hãy đánh dấu “Vẫn ghi” và nêu lý do.")


class BelowZeroWaiting(BelowZero):
    """As well, where others wait, which are counted and named."""

    code = "below-zero-waiting"
    message = gettext_lazy(
        "Giảm %(amount)s USD sẽ đưa vốn đăng ký của %(code)s xuống dưới 0: sổ vốn có %(registered)s USD, giấy đang chờ "
        "duyệt thêm %(waiting)s. Hãy kiểm tra số tiền, hoặc sửa giấy đang chờ trước.")


def waiting_in(project: Project, *, besides: Certificate | None) -> list[Certificate]:
    """The certificates of a project, but for this one, that wait for review with an amount for the ledger."""
    granted = project.certificates.in_review().filter(outcome=Outcome.GRANTED, proposed_usd__isnull=False)
    return list(granted.exclude(kind__in=ENDS).exclude(pk=besides and besides.pk).order_by("number"))


def earlier(waiting: Sequence[Certificate], day: date, number: int | None) -> list[Certificate]:
    """Of certificates that wait those that a paper of this day counts in its total: decided before it, or on its day
    with a lower number (None: any)."""
    return [each for each in waiting if each.decided_latest < day
            or (each.decided_latest == day and (number is None or each.number < number))]


def check_total(project: Project, change: Decimal, total_usd: Decimal, waiting: Sequence[Certificate]) -> None:
    """Raises TotalDiffers where the printed total is not what the ledger comes to, with what waits."""
    registered = _registered(project) + sum(change_of(each) for each in waiting) + change
    if registered != total_usd:
        refusal = TotalDiffersWaiting if waiting else TotalDiffers
        raise refusal(ledger=format_bare(registered), printed=format_bare(total_usd), waiting=_told(waiting),
                      difference=format_bare(total_usd - registered), field="total_usd")


def check_total_again(certificate: Certificate) -> None:
    """As ``check_total``, of a certificate that is about to be published: the ledger may have moved on since it was
    written down."""
    day, project = certificate.decided_latest, certificate.project
    if certificate.total_usd is None or certificate.outcome != Outcome.GRANTED or certificate.kind in ENDS:
        return
    waiting = earlier(waiting_in(project, besides=certificate), day, certificate.number) if day else []
    check_total(project, change_of(certificate), certificate.total_usd, waiting)


def check_stays_above_zero(project: Project, change: Decimal, waiting: Sequence[Certificate]) -> None:
    """Raises BelowZero where the ledger, with what waits, has less than a certificate takes away."""
    if change >= 0:
        return
    if not waiting:
        check_above_zero(project, change)
        return
    registered = _registered(project)
    if registered + sum(change_of(each) for each in waiting) + change < 0:
        raise BelowZeroWaiting(amount=format_bare(-change), code=project.code, registered=format_bare(registered),
                               waiting=_told(waiting), field="amount_usd")


def change_of(certificate: Certificate) -> Decimal:
    """What a certificate that waits adds to the registered capital."""
    return change_by(certificate.project, certificate.kind, certificate.proposed_usd)


def change_by(project: Project, kind: str, amount_usd: Decimal | None) -> Decimal:
    """What an amount adds to the registered capital: that of a first issue stands in place of the openings."""
    if not amount_usd:
        return Decimal(0)
    openings = openings_of(project) if kind == CertificateKind.FIRST_ISSUE else []
    return amount_usd - sum(opening.amount_usd for opening in openings)


def _registered(project: Project) -> Decimal:
    return project.entries.filter(MEASURES["registered_usd"]).total_usd()


def _told(waiting: Sequence[Certificate]) -> str:
    return "; ".join(_("%(amount)s USD của %(code)s") % {"amount": format_bare(change_of(each)), "code": each.code}
                     for each in waiting)
