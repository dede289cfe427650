"""The form of a certificate: the paper, what it does to capital, and what it changes in the project."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.certificate import AsPrinted
from registry.actions.certificate_effect import held
from registry.actions.certificate_kind import is_another_term
from registry.actions.certificate_rules import StepOfAmendments
from registry.actions.project import StakeGiven
from registry.admin.fields import AmountField, VagueDayField
from registry.admin.stale import is_as_seen
from registry.models import Certificate, Project
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.money import Money

from .form import RecordField, column
from .stakes import StakesForm, input_of

PAPER = ("kind", "step", "received_on", "decided_on", "registrar", "irc_code", "changes", "source")
PRINTED = ("total_usd", "total_vnd", "rate", "contributed_usd", "mobilised_usd", "contribute_by")
# What a certificate prints of the project besides its capital.
OF_PROJECT = ("name", "name_en", "enterprise", "objective", "sector", "zone", "place", "address", "form",
              "land_area_ha", "planned_workers", "expires_on")


class PaperForm(StakesForm):
    """What every certificate prints; the forms of certificates begin with it."""

    received_on = column(Certificate, "received_on", help_text=gettext_lazy("Ví dụ: 01/10/2023."))
    decided_on = VagueDayField(label=gettext_lazy("Ngày cấp"), help_text=gettext_lazy("Như in trên giấy: 21/10/2023."))
    total_vnd = AmountField(currency="VND", label=gettext_lazy("Tổng vốn đầu tư như in (đồng)"), required=False)
    rate = column(Certificate, "rate_as_printed", help_text=gettext_lazy("Ví dụ: 23.500 VND/USD."))
    contributed_usd = AmountField(label=gettext_lazy("Vốn góp (USD)"), required=False)
    mobilised_usd = AmountField(label=gettext_lazy("Vốn huy động (USD)"), required=False)
    contribute_by = column(Certificate, "contribute_by", help_text=gettext_lazy("Ví dụ: 31/12/2025."))
    expires_on = VagueDayField(label=gettext_lazy("Ngày hết hạn hoạt động"), required=False)

    def printed(self) -> AsPrinted:
        return AsPrinted(**{name: self.cleaned_data[name] for name in PRINTED})


class StepForm:
    """What a form of a certificate does about the number of an amendment, which it proposes: another kind has none.
    What was proposed and left goes with the choice of another kind; a number that somebody typed is refused."""

    def clean(self):
        given = super().clean()
        if given.get("kind") not in (None, CertificateKind.AMENDMENT) and given.get("step") is not None:
            if "step" in self.changed_data:
                self.add_error("step", str(StepOfAmendments()))
            else:
                given["step"] = None
        return given


class CertificateForm(StepForm, PaperForm):
    """A certificate of a project that is on record. It begins from the project as it stands: what the officer leaves
    as it is does not change."""

    groups = (
        (gettext_lazy("Giấy chứng nhận"), PAPER),
        (gettext_lazy("Ghi vào sổ vốn"), ("amount_usd", "written_vnd")),
        (gettext_lazy("Vốn như in trên giấy"), (*PRINTED, "despite_difference")),
        (gettext_lazy("Nội dung mới của hồ sơ: chỉ sửa điều giấy này thay đổi"), OF_PROJECT),
    )
    folded = (3,)
    other_names = {"rate_as_printed": "rate", "written": "written_vnd", "licensed_on": "decided_on",
                   "ended_on": "decided_on"}

    kind = column(Certificate, "kind")
    step = column(Certificate, "step", help_text=gettext_lazy("Chỉ với điều chỉnh: lần thứ mấy, ví dụ: 2."))
    registrar = RecordField(Certificate, "registrar", help_text=gettext_lazy(
        "Cơ quan ký giấy chứng nhận; để trống thì giữ cơ quan của hồ sơ."))
    irc_code = column(Project, "irc_code", help_text=gettext_lazy(
        "Mã số dự án như in trên giấy, ví dụ: 5421840814. Mã mới khi cấp đổi, cấp lại, hiệu đính, điều chỉnh thay mã "
        "cũ; mã cũ vẫn tìm được."))
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
    despite_difference = forms.BooleanField(
        label=gettext_lazy("Vẫn ghi dù tổng như in khác sổ vốn"), required=False,
        help_text=gettext_lazy("Chỉ khi sổ còn thiếu lần trước; hãy nêu lý do ở cuối trang."))

    def clean(self):
        given = super().clean()
        kind, amount = given.get("kind"), given.get("amount_usd")
        if kind == CertificateKind.AMENDMENT and not given.get("step") and "step" not in self.errors:
            self.add_error("step", _("Ghi lần điều chỉnh: 1, 2, 3 …"))
        if not given.get("reason", "").strip():
            self._ask_what_it_does(kind, given)
        if kind == CertificateKind.FIRST_ISSUE and amount is not None and amount <= 0:
            self.add_error("amount_usd", _("Cấp lần đầu ghi tổng vốn đầu tư, một số dương."))
        if given.get("written_vnd") is not None and not amount and "amount_usd" not in self.errors:
            self.add_error("written_vnd", _("Số đồng đi cùng số USD ghi sổ: hãy ghi cả hai, hoặc để trống."))
        if given.get("despite_difference") and not given.get("reason", "").strip():
            self.add_error("reason", _("Ghi dù chênh thì phải nêu lý do."))
        return given

    def _ask_what_it_does(self, kind: str, given: dict) -> None:
        """An extension has a new term, a transfer other investors; without them there must be a reason."""
        if kind == CertificateKind.TERM_EXTENSION and "expires_on" not in self.errors and not is_another_term(
                self.project.expires_on, given.get("expires_on")):
            self.add_error("expires_on", _("Gia hạn thời hạn mà ngày hết hạn không đổi: hãy ghi ngày hết hạn mới. Nếu "
                                           "hồ sơ đã có ngày ấy, hãy nêu lý do ở cuối trang."))
        if kind == CertificateKind.TRANSFER and self.stakes.is_valid() and self.new_stakes() is None:
            self.add_error("kind", _("Chuyển nhượng mà nhà đầu tư và phần vốn góp không đổi: hãy ghi nhà đầu tư mới ở "
                                     "dưới. Nếu hồ sơ đã có, hãy nêu lý do ở cuối trang."))

    def given(self) -> dict:
        """What the paper says, as the actions take it."""
        stated, dong = self.cleaned_data, self.cleaned_data["written_vnd"]
        project_as = {name: stated[name] for name in OF_PROJECT if stated[name] or name != "name"}
        changed = [str(self.fields[name].label) for name in OF_PROJECT if name in self.changed_data]
        return {
            **{name: stated[name] for name in PAPER}, "amount_usd": stated["amount_usd"],
            "changes": stated["changes"] or "; ".join(changed),
            "written": None if dong is None else Money(dong, "VND"),
            "printed": self.printed(),
            "project_as": project_as, "stakes": self.new_stakes(), "despite_difference": stated["despite_difference"],
        }

    def new_stakes(self) -> list[StakeGiven] | None:
        """The investors where they are others, or hold other parts, than the register has; None where they are the
        same."""
        given = self.stakes.given()
        return None if _compared(given) == _compared(held(self.project)) else given

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].known = self.project.expires_on

    def follow(self, fresh, record, seen, data):
        """Besides the investors, what the project is."""
        super().follow(fresh, record, seen, data)
        for name in OF_PROJECT if isinstance(record, Project) else ():
            if is_as_seen(record, name, self.cleaned_data[name], seen):
                data[name] = input_of(fresh[name])

    @property
    def project(self) -> Project:
        return self.record if isinstance(self.record, Project) else self.record.project


CertificateForm.base_fields |= {
    name: RecordField(Project, name) if Project._meta.get_field(name).is_relation else column(Project, name)
    for name in OF_PROJECT if name not in ("name", "expires_on")
} | {
    "name": column(Project, "name", required=False),
}


def of_project(project: Project) -> dict:
    """What the form shows of a project before anything is typed."""
    return {
        **{name: getattr(project, name) for name in OF_PROJECT},
        "stakes": [row_of(each) for each in held(project)],
    }


def row_of(stake: StakeGiven) -> dict:
    """An investor's part as the row of a form begins."""
    return {name: getattr(stake, name) for name in ("investor", "share_percent", "lead", "contributed_usd")}


def _compared(stakes: list[StakeGiven]) -> list[tuple]:
    lead = next((each for each in stakes if each.lead), stakes[0] if stakes else None)
    return [(each.investor.pk, each.investor.name, each.share_percent, each.contributed_usd, each is lead)
            for each in stakes]
