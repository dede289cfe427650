"""Work on a certificate: granted, with what it does to capital."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import certificate
from registry.actions.certificate import BEFORE_THE_PUBLIC, ENDS, AsPrinted
from registry.admin.fields import AmountField, VagueDayField
from registry.models import Certificate, Project
from registry.models.account import may_publish_alone
from registry.templatetags.register_format import usd
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.money import Money
from registry.vocabulary.role import Deed

from .capital import ledger_of, registered
from .form import RecordField, WorkForm, column
from .page import Work

PRINTED = ("total_usd", "total_vnd", "rate", "contributed_usd", "mobilised_usd", "contribute_by")


class CertificateForm(WorkForm):
    groups = (
        (gettext_lazy("Giấy chứng nhận"), (
            "kind", "step", "received_on", "decided_on", "registrar", "irc_code", "changes", "source",
        )),
        (gettext_lazy("Ghi vào sổ vốn"), ("amount_usd", "written_vnd")),
        (gettext_lazy("Vốn như in trên giấy"), PRINTED),
    )
    other_names = {"rate_as_printed": "rate", "written": "written_vnd"}

    kind = column(Certificate, "kind")
    step = column(Certificate, "step", help_text=gettext_lazy("Chỉ với điều chỉnh: lần thứ mấy, ví dụ: 2."))
    received_on = column(Certificate, "received_on", help_text=gettext_lazy("Ví dụ: 01/10/2023."))
    decided_on = VagueDayField(label=gettext_lazy("Ngày cấp"), help_text=gettext_lazy("Như in trên giấy: 21/10/2023."))
    registrar = RecordField(Certificate, "registrar", help_text=gettext_lazy(
        "Cơ quan ký giấy chứng nhận; để trống thì giữ cơ quan của hồ sơ."))
    irc_code = column(Project, "irc_code", help_text=gettext_lazy(
        "Mã số dự án, ví dụ: 5421840814. Chỉ ghi vào hồ sơ khi cấp lần đầu."))
    changes = column(Certificate, "changes", help_text=gettext_lazy(
        "Với điều chỉnh: điều gì thay đổi so với lần trước."))
    source = RecordField(Certificate, "source", help_text=gettext_lazy("Bản chụp hoặc thông báo về giấy chứng nhận."))
    amount_usd = AmountField(
        label=gettext_lazy("Số tiền ghi sổ (USD)"), required=False,
        help_text=gettext_lazy("Cấp lần đầu: tổng vốn đầu tư. Điều chỉnh: phần tăng (số dương) hoặc giảm (số âm, ví dụ "
                               "−5.000.000). Để trống nếu vốn không đổi."))
    written_vnd = AmountField(currency="VND", label=gettext_lazy("Số tiền ghi sổ, như in bằng đồng"), required=False,
                              help_text=gettext_lazy("Ví dụ: 39.000 tỷ. Không quy đổi, chỉ chép như in."))
    total_usd = AmountField(label=gettext_lazy("Tổng vốn đầu tư như in (USD)"), required=False)
    total_vnd = AmountField(currency="VND", label=gettext_lazy("Tổng vốn đầu tư như in (đồng)"), required=False)
    rate = column(Certificate, "rate_as_printed", help_text=gettext_lazy("Ví dụ: 23.500 VND/USD."))
    contributed_usd = AmountField(label=gettext_lazy("Vốn góp (USD)"), required=False)
    mobilised_usd = AmountField(label=gettext_lazy("Vốn huy động (USD)"), required=False)
    contribute_by = column(Certificate, "contribute_by", help_text=gettext_lazy("Ví dụ: 31/12/2025."))

    def clean(self):
        given = super().clean()
        kind, amount = given.get("kind"), given.get("amount_usd")
        if kind == CertificateKind.AMENDMENT and not given.get("step") and "step" not in self.errors:
            self.add_error("step", _("Ghi lần điều chỉnh: 1, 2, 3 …"))
        if kind in ENDS and amount is not None:
            self.add_error("amount_usd", _("Loại “%(kind)s”: sổ tự ghi giảm hết vốn đăng ký; hãy để trống ô này.") % {
                "kind": CertificateKind(kind).label})
        if kind == CertificateKind.FIRST_ISSUE and amount is not None and amount <= 0:
            self.add_error("amount_usd", _("Cấp lần đầu ghi tổng vốn đầu tư, một số dương."))
        if given.get("written_vnd") is not None and not amount and "amount_usd" not in self.errors:
            self.add_error("written_vnd", _("Số đồng đi cùng số USD ghi sổ: hãy ghi cả hai, hoặc để trống."))
        return given

    def given(self) -> dict:
        """What the paper says, as the actions take it."""
        stated, dong = self.cleaned_data, self.cleaned_data["written_vnd"]
        return {
            **{name: stated[name] for name in self.groups[0][1]}, "amount_usd": stated["amount_usd"],
            "written": None if dong is None else Money(dong, "VND"),
            "printed": AsPrinted(**{name: stated[name] for name in PRINTED}),
        }


class GrantCertificate(Work):
    name = "certificate"
    deed = Deed.POST
    title = gettext_lazy("Ghi giấy chứng nhận")
    lead = gettext_lazy("Ghi giấy chứng nhận đăng ký đầu tư đã cấp, công bố ngay, và ghi phần vốn của nó vào sổ vốn.")
    lead_for_review = gettext_lazy("Ghi giấy chứng nhận đăng ký đầu tư đã cấp. Nó chờ người khác duyệt; khi công bố, "
                                   "sổ vốn mới ghi phần vốn của nó.")
    default_reason = gettext_lazy("Nhập giấy chứng nhận đăng ký đầu tư")
    form_class = CertificateForm
    panel = "admin/registry/work/certificate.html"

    def offered(self, record) -> bool:
        return record.is_public() and not record.ended_on

    def lead_for(self, user) -> str:
        return self.lead if may_publish_alone(user) else self.lead_for_review

    def initial(self, record) -> dict:
        issued = record.certificates.filter(kind=CertificateKind.FIRST_ISSUE).exists()
        last = record.certificates.filter(kind=CertificateKind.AMENDMENT).order_by("-step").first()
        first = {"kind": CertificateKind.FIRST_ISSUE, "irc_code": record.irc_code, "registrar": record.registrar}
        return first if not issued else first | {
            "kind": CertificateKind.AMENDMENT, "step": last.step + 1 if last else 1}

    def context(self, record) -> dict:
        openings = record.entries.standing().filter(kind=CapitalKind.OPENING).select_related("source")
        return {"openings": list(openings), "ledger": ledger_of(record), "total": registered(record)}

    def do(self, *, act, record, form):
        return certificate.grant(act=act, project=record, publish_now=may_publish_alone(act.by), **form.given())

    def done(self, record, made) -> str:
        if not made.is_public():
            return _("Đã ghi giấy chứng nhận %(code)s (%(kind)s), chờ người khác duyệt và công bố. "
                     "Sổ vốn chưa đổi.") % {"code": made.code, "kind": made.get_kind_display()}
        words = {"code": made.code, "kind": made.get_kind_display(), "total": usd(registered(record))}
        undone = [entry.reverses.code for entry in self.reversals(made)]
        if undone:
            return _("Đã ghi giấy chứng nhận %(code)s (%(kind)s), thay số dư đầu kỳ %(openings)s. Vốn đăng ký nay là "
                     "%(total)s.") % (words | {"openings": ", ".join(undone)})
        return _("Đã ghi giấy chứng nhận %(code)s (%(kind)s). Vốn đăng ký nay là %(total)s.") % words

    def reversals(self, made: Certificate) -> list:
        """The reversals that the same act posted for the openings."""
        if made.kind != CertificateKind.FIRST_ISSUE:
            return []
        posted = made.project.entries.filter(kind=CapitalKind.REVERSAL, counts_as=CapitalKind.OPENING)
        return list(posted.filter(recorded_at=made.updated_at).select_related("reverses"))


class ReviseCertificate(Work):
    name = "revise"
    deed = Deed.POST
    title = gettext_lazy("Sửa giấy chứng nhận")
    lead = gettext_lazy("Giấy chứng nhận này chưa công bố nên còn sửa được; sổ vốn chưa ghi gì.")
    default_reason = gettext_lazy("Sửa giấy chứng nhận chưa công bố")
    rule_in_action = True
    form_class = CertificateForm

    def offered(self, record) -> bool:
        return record.publication in BEFORE_THE_PUBLIC

    def initial(self, record) -> dict:
        same = ("kind", "step", "received_on", "decided_on", "registrar", "changes", "source", *PRINTED)
        columns = {"rate": "rate_as_printed", "irc_code": "proposed_irc_code", "amount_usd": "proposed_usd",
                   "written_vnd": "proposed_written"}
        return {name: getattr(record, columns.get(name, name)) for name in (*same, *columns)}

    def do(self, *, act, record, form):
        return certificate.revise(act=act, certificate=record, **form.given())

    def done(self, record, made) -> str:
        return _("Đã sửa giấy chứng nhận %(code)s.") % {"code": made.code}
