"""The words of closed lists, as programs and people write them."""

from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.zone import ObservationKind, ZoneKind

from .headings import LANGUAGES, comparable

MOST_SUGGESTED = 12
# What offices write for a word besides what the register calls it.
SHORT = {
    CapitalKind: {
        CapitalKind.INCREASE: ("tăng", "tăng vốn", "điều chỉnh tăng vốn"),
        CapitalKind.DECREASE: ("giảm", "giảm vốn", "điều chỉnh giảm vốn"),
        CapitalKind.SHARE_PURCHASE: ("GVMCP", "góp vốn mua cổ phần", "mua cổ phần"),
        CapitalKind.DISBURSEMENT: ("giải ngân", "vốn giải ngân", "thực hiện"),
    },
    CertificateKind: {
        CertificateKind.FIRST_ISSUE: ("cấp mới",), CertificateKind.TERM_EXTENSION: ("gia hạn",),
        CertificateKind.SUSPENSION: ("tạm ngừng", "tạm ngừng hoạt động"),
        CertificateKind.TERMINATION: ("chấm dứt",), CertificateKind.REVOCATION: ("thu hồi",),
    },
    ProjectStatus: {
        ProjectStatus.NOT_STARTED: ("chưa triển khai",),
        ProjectStatus.BUILDING: ("xây dựng", "đang XDCB", "đang triển khai xây dựng"),
        ProjectStatus.OPERATING: ("hoạt động", "đã hoạt động", "đi vào hoạt động", "đã đi vào hoạt động"),
        ProjectStatus.SUSPENDED: ("tạm ngừng", "tạm ngừng hoạt động"),
        ProjectStatus.TERMINATED: ("chấm dứt", "đã chấm dứt"), ProjectStatus.REVOKED: ("thu hồi", "đã thu hồi"),
    },
    InvestmentForm: {
        InvestmentForm.WHOLLY_FOREIGN: (
            "100% vốn NN", "100% vốn ĐTNN", "100% nước ngoài", "100% vốn đầu tư nước ngoài"),
        InvestmentForm.COOPERATION_CONTRACT: ("BCC",), InvestmentForm.PUBLIC_PRIVATE: ("PPP",),
    },
    ZoneKind: {ZoneKind.INDUSTRIAL_PARK: ("KCN",), ZoneKind.INDUSTRIAL_CLUSTER: ("CCN",)},
    ObservationKind: {ObservationKind.OCCUPANCY: ("lấp đầy", "tỷ lệ lấp đầy (%)")},
}


class NotInList(RuleBroken):
    code = "not-in-list"
    message = _("“%(text)s” không có trong danh mục. Hãy chọn một trong: %(words)s.")


def as_word(text: str, words) -> str:
    """Raises NotInList."""
    wanted = comparable(text)
    for word in words:
        if wanted in spellings(word):
            return word.value
    raise NotInList(text=text, words=", ".join([str(word.label) for word in words][:MOST_SUGGESTED]))


@lru_cache(maxsize=None, typed=True)  # two lists may have a word of the same value
def spellings(word) -> set[str]:
    found = {comparable(each) for each in (word.value, *SHORT.get(type(word), {}).get(word, ()))}
    for language in LANGUAGES:
        with translation.override(language):
            found.add(comparable(str(word.label)))
    return found
