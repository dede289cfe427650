"""What each kind of certificate cannot do: contradictions are refused, never written in part."""

from django.utils.translation import gettext_lazy as _

from registry.models import Project
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay

from .certificate_effect import ENDS, Effect

WITHOUT_CAPITAL = (*ENDS, CertificateKind.SUSPENSION, CertificateKind.REISSUE, CertificateKind.PLACE_RENAMED)


class NoCapitalWith(RuleBroken):
    code = "no-capital-with"
    message = _("Loại “%(kind)s” không tăng, giảm vốn theo số tiền ghi ở đây. Hãy để trống ô này, hoặc chọn loại “điều "
                "chỉnh”.")


class NothingElseEnds(RuleBroken):
    code = "nothing-else-ends"
    message = _("Loại “%(kind)s” kết thúc dự án và không đổi gì khác trong hồ sơ. Hãy trả lại các mục và nhà đầu tư "
                "như trong sổ; nếu giấy còn đổi chúng, hãy ghi lần điều chỉnh trước.")


class TermShortened(RuleBroken):
    code = "term-shortened"
    message = _("Gia hạn đến %(new)s lại sớm hơn ngày hết hạn trong sổ (%(old)s). Hãy kiểm tra lại ngày hết hạn, hoặc "
                "chọn loại “điều chỉnh”.")


def check_kind(project: Project, kind: str, does: Effect, after: Project) -> None:
    """Raises NoCapitalWith, NothingElseEnds, TermShortened. ``after`` is the project as the certificate leaves it."""
    label = CertificateKind(kind).label
    if kind in WITHOUT_CAPITAL and does.amount_usd:
        raise NoCapitalWith(kind=label, field="amount_usd")
    if kind in ENDS and (does.changes or does.stakes is not None):
        raise NothingElseEnds(kind=label, field="kind")
    old, new = project.expires_on, after.expires_on
    if kind == CertificateKind.TERM_EXTENSION and old and new and new.latest < old.earliest:
        raise TermShortened(new=new.label, old=old.label, field="expires_on")


def is_another_term(old: VagueDay | None, new: VagueDay | None) -> bool:
    """Whether a term is another than it was, so that an extension says something."""
    return new is not None and (old is None or (new.earliest, new.latest) != (old.earliest, old.latest))
