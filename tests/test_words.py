"""The labels keep to the glossary: one word for one thing, in both languages."""

import pytest
from django.apps import apps
from django.utils import translation

from registry import models
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.investor import INDIVIDUAL
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.promotion import EngagementKind, OpportunityKind
from registry.vocabulary.publication import Publication
from registry.vocabulary.zone import ObservationKind, ZoneKind

NAMES = [
    (models.Project, "dự án", "project"),
    (models.Investor, "nhà đầu tư", "investor"),
    (models.Enterprise, "tổ chức kinh tế thực hiện dự án", "enterprise (project company)"),
    (models.Certificate, "giấy chứng nhận đăng ký đầu tư", "investment registration certificate (IRC)"),
    (models.Registrar, "cơ quan đăng ký đầu tư", "registrar"),
    (models.CapitalEntry, "bút toán vốn", "ledger entry"),
    (models.Statement, "nội dung nguồn nêu", "statement"),
    (models.Conflict, "mâu thuẫn giữa các nguồn", "conflict"),
    (models.Milestone, "mốc tiến độ", "milestone"),
    (models.Zone, "khu công nghiệp", "industrial park"),
]

WORDS = [
    (CapitalKind.NEW, "cấp mới", "new"),
    (CapitalKind.OPENING, "số dư đầu kỳ", "opening"),
    (CapitalKind.INCREASE, "điều chỉnh tăng", "increase"),
    (CapitalKind.DECREASE, "điều chỉnh giảm", "decrease"),
    (CapitalKind.SHARE_PURCHASE, "góp vốn, mua cổ phần, mua phần vốn góp", "capital contribution and share purchase"),
    (CapitalKind.DISBURSEMENT, "vốn thực hiện", "realised capital"),
    (CapitalKind.REVERSAL, "bút toán đảo", "reversal"),
    (CertificateKind.FIRST_ISSUE, "cấp lần đầu", "first issue"),
    (CertificateKind.CORRECTION, "hiệu đính", "correction"),
    (CertificateKind.REISSUE, "cấp lại", "re-issue"),
    (CertificateKind.EXCHANGE, "cấp đổi", "exchange"),
    (CertificateKind.TERM_EXTENSION, "gia hạn thời hạn hoạt động", "extension of the term"),
    (CertificateKind.SCHEDULE_EXTENSION, "giãn tiến độ", "extension of the schedule"),
    (ProjectStatus.SUSPENDED, "ngừng hoạt động", "suspension"),
    (ProjectStatus.TERMINATED, "chấm dứt hoạt động", "termination"),
    (ProjectStatus.REVOKED, "thu hồi GCNĐKĐT", "revocation"),
    (ProjectStatus.EXPIRED, "hết thời hạn hoạt động", "expired"),
    (Publication.WITHDRAWN, "đã gỡ", "withdrawn"),
    (InvestmentForm.WHOLLY_FOREIGN, "100% vốn nước ngoài", "wholly foreign-owned"),
    (InvestmentForm.JOINT_VENTURE, "liên doanh", "joint venture"),
    (InvestmentForm.COOPERATION_CONTRACT, "hợp đồng hợp tác kinh doanh", "business cooperation contract"),
    (MilestoneKind.GROUND_BREAKING, "khởi công", "ground-breaking"),
    (MilestoneKind.COMPLETION, "hoàn công", "completion"),
    (MilestoneKind.TRIAL_PRODUCTION, "sản xuất thử", "trial production"),
    (MilestoneKind.INAUGURATION, "khánh thành", "inauguration"),
    (Reality.PLANNED, "kế hoạch", "planned"),
    (Reality.ACTUAL, "thực tế", "actual"),
    (ZoneKind.INDUSTRIAL_CLUSTER, "cụm công nghiệp", "industrial cluster"),
    (ZoneKind.CONCENTRATED_IT_ZONE, "khu công nghệ thông tin tập trung", "concentrated IT zone"),
    (ObservationKind.OCCUPANCY, "tỷ lệ lấp đầy", "occupancy"),
    (ObservationKind.LEASABLE_AREA, "diện tích đất công nghiệp cho thuê", "leasable area"),
    (EngagementKind.WORKING_SESSION, "buổi làm việc", "working session"),
    (EngagementKind.VISIT, "chuyến thăm", "visit"),
    (OpportunityKind.CALL, "dự án kêu gọi đầu tư", "opportunity"),
    (OpportunityKind.LEAD, "nhà đầu tư đang quan tâm", "lead"),
]

FIELDS = [
    (models.Project, "irc_code", "mã số dự án", "IRC code"),
    (models.Enterprise, "tax_code", "mã số thuế", "tax code"),
    (models.Stake, "lead", "nhà đầu tư chính", "lead investor"),
    (models.Zone, "developer", "nhà đầu tư hạ tầng KCN", "zone developer"),
]


def in_both(label) -> tuple[str, str]:
    with translation.override("vi"):
        vietnamese = str(label)
    with translation.override("en"):
        return vietnamese, str(label)


@pytest.mark.parametrize("model, vietnamese, english", NAMES)
def test_a_noun_has_its_name(model, vietnamese, english):
    assert in_both(model._meta.verbose_name) == (vietnamese, english)


@pytest.mark.parametrize("word, vietnamese, english", WORDS)
def test_a_word_has_its_label(word, vietnamese, english):
    assert in_both(word.label) == (vietnamese, english)


@pytest.mark.parametrize("model, field, vietnamese, english", FIELDS)
def test_a_field_has_its_label(model, field, vietnamese, english):
    assert in_both(model._meta.get_field(field).verbose_name) == (vietnamese, english)


def test_a_natural_person_is_an_individual_investor():
    assert in_both(INDIVIDUAL) == ("nhà đầu tư cá nhân", "individual investor")


def labels_of(model) -> list[str]:
    fields = model._meta.get_fields()
    return [
        str(model._meta.verbose_name),
        *(str(field.verbose_name) for field in fields if hasattr(field, "verbose_name")),
        *(str(label) for field in fields for _value, label in getattr(field, "choices", None) or ()),
    ]


@pytest.mark.parametrize("model", list(apps.get_app_config("registry").get_models()), ids=lambda model: model.__name__)
def test_words_that_the_glossary_forbids(model):
    """A statement is never a "tuyên bố"; what the register withdraws it never "thu hồi": only a certificate is."""
    for label in labels_of(model):
        assert "tuyên bố" not in label.lower()
        assert "thu hồi" not in label.lower() or label == "thu hồi GCNĐKĐT"
