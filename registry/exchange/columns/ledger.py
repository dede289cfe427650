"""Ledger entries, certificates and milestones as tables."""

from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Certificate, Milestone
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.milestone import MilestoneKind, Reality

from .shape import CODE_AND_NAME, MOMENT, NUMBER, WRITTEN, Field, Fields, Of

entry = Of(CapitalEntry)
CAPITAL_ENTRY = Fields("capital-entries", (
    entry.text("code"),
    Field("url", _("địa chỉ API")),
    Field("updated_at", entry.label("updated_at"), MOMENT),
    entry.ref("project"),
    entry.ref("enterprise"),
    entry.words("kind", CapitalKind),
    entry.words("counts_as", CapitalKind),
    entry.number("amount_usd"),
    entry.number("expected_price_usd"),
    Field("written", entry.label("written_amount"), parts=WRITTEN),
    entry.text("rate_as_printed"),
    entry.stated_day("decided_on", _("ngày quyết định")),
    entry.day("counts_on"),
    Field("recorded_at", entry.label("recorded_at"), MOMENT),
    entry.yes("confirmed"),
    Field("confirmed_usd", entry.label("confirmed_part_usd"), NUMBER),
    entry.text("certificate"),
    entry.cited(listed=True),
    Field("buyer", entry.label("buyer"), parts=CODE_AND_NAME, to="investor"),
    entry.text("reverses"),
    Field("reversed_by", _("đã được đảo bằng")),
    Field("statements", _("nội dung nguồn nêu"), many=True),
))

certificate = Of(Certificate)
CERTIFICATE = Fields("certificates", (
    *certificate.head(),
    certificate.ref("project"),
    certificate.words("kind", CertificateKind),
    certificate.whole("step"),
    certificate.words("outcome", Outcome),
    certificate.ref("registrar"),
    certificate.day("received_on"),
    certificate.stated_day("decided_on", _("ngày cấp")),
    certificate.text("changes"),
    certificate.number("total_usd"),
    Field("total_vnd", certificate.label("total_vnd"), parts=WRITTEN),
    certificate.text("rate_as_printed"),
    certificate.number("contributed_usd"),
    certificate.number("mobilised_usd"),
    certificate.day("contribute_by"),
    certificate.cited(),
))

milestone = Of(Milestone)
MILESTONE = Fields("milestones", (
    *milestone.head(),
    milestone.ref("project"),
    milestone.words("kind", MilestoneKind),
    milestone.words("reality", Reality),
    milestone.stated_day("date", _("ngày")),
    milestone.text("words"),
    milestone.cited(listed=True),
))
