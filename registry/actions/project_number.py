"""The project number (mã số dự án): one project's alone, also after it has got another."""

from django.utils.translation import gettext_lazy as _

from registry.models import Project
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.project_number import with_former

# With these a project may get another number: old certificates are exchanged for the ten digits of the national system.
GIVES_NUMBER = (CertificateKind.FIRST_ISSUE, CertificateKind.AMENDMENT, CertificateKind.CORRECTION,
                CertificateKind.REISSUE, CertificateKind.EXCHANGE)


class NumberTaken(RuleBroken):
    code = "number-taken"
    message = _("Mã số dự án %(number)s đã thuộc %(code)s. Hãy kiểm tra lại số trên giấy chứng nhận.")


class NumberStays(RuleBroken):
    code = "number-stays"
    message = _("Loại “%(kind)s” không đổi mã số dự án (%(number)s). Hãy trả lại mã này; nếu giấy in mã mới, hãy chọn "
                "loại “cấp đổi”, “cấp lại”, “hiệu đính” hoặc “điều chỉnh”.")


def check_number(project: Project, number: str | None) -> None:
    """Raises NumberTaken where another project has this number, or had it."""
    if not number:
        return
    others = Project.objects.exclude(pk=project.pk)
    taken = others.filter(irc_code=number).first() or others.formerly(number).first()
    if taken:
        raise NumberTaken(number=number, code=taken.code, field="irc_code")


def renumbered(project: Project, kind: str, number: str | None) -> dict[str, str]:
    """The columns of a project that get another value with the number of a certificate: the old number stays known.

    Raises NumberStays where this kind gives none.
    """
    if not number or number == project.irc_code:
        return {}
    if project.irc_code and kind not in GIVES_NUMBER:
        raise NumberStays(kind=CertificateKind(kind).label, number=project.irc_code, field="irc_code")
    former = {"former_irc_codes": with_former(project.former_irc_codes, project.irc_code, now=number)}
    return former if kind == CertificateKind.FIRST_ISSUE else {"irc_code": number} | former
