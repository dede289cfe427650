"""Work on the ledger: an entry, and its reversal."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import capital
from registry.admin.fields import AmountField, MoneyField, VagueDayField
from registry.models import CapitalEntry, Certificate, Project
from registry.templatetags.register_format import usd
from registry.vocabulary.capital import REGISTERED, CapitalKind
from registry.vocabulary.role import Deed

from .form import RecordField, WorkForm, column
from .page import Work

# A reversal undoes an entry, and a disbursement comes of an accepted report.
ENTERED = [("", "---------"), *((kind.value, kind.label) for kind in CapitalKind
                                if kind not in (CapitalKind.REVERSAL, CapitalKind.DISBURSEMENT))]


class EntryForm(WorkForm):
    groups = (
        (gettext_lazy("Bút toán"), ("kind", "amount_usd", "written", "rate_as_printed", "decided_on")),
        (gettext_lazy("Căn cứ"), ("source", "certificate")),
        (gettext_lazy("Chỉ với góp vốn, mua cổ phần, mua phần vốn góp"), ("buyer", "expected_price_usd")),
        (gettext_lazy("Ghi chú"), ("note",)),
    )

    kind = forms.ChoiceField(label=gettext_lazy("Loại bút toán"), choices=ENTERED, help_text=gettext_lazy(
        "Số dư đầu kỳ: tổng vốn như nguồn nêu, chưa rõ các lần cấp. Vốn thực hiện không ghi ở đây: sổ tự ghi khi "
        "báo cáo quý được tiếp nhận."))
    amount_usd = AmountField(label=gettext_lazy("Số tiền (USD)"), help_text=gettext_lazy(
        "Ghi số dương, ví dụ: 5.000.000 hoặc 5 triệu. Loại bút toán quyết định tăng hay giảm: với điều chỉnh giảm, sổ "
        "tự ghi dấu trừ."))
    written = MoneyField(label=gettext_lazy("Số tiền như in"), required=False)
    rate_as_printed = column(CapitalEntry, "rate_as_printed", help_text=gettext_lazy("Ví dụ: 23.500 VND/USD."))
    decided_on = VagueDayField(
        label=gettext_lazy("Ngày quyết định"), required=False,
        help_text=gettext_lazy("Như văn bản nêu: 21/10/2023, cuối tháng 10/2023, quý I/2025. Để trống nếu không nêu."))
    source = RecordField(CapitalEntry, "source", help_text=gettext_lazy("Bắt buộc nếu không chọn giấy chứng nhận."))
    certificate = forms.ModelChoiceField(
        Certificate.objects.none(), label=gettext_lazy("Giấy chứng nhận"), required=False,
        help_text=gettext_lazy("Một giấy chứng nhận đã ghi của dự án này."))
    buyer = RecordField(CapitalEntry, "buyer")
    expected_price_usd = AmountField(label=gettext_lazy("Giá trị giao dịch dự kiến (USD)"), required=False)
    note = column(CapitalEntry, "note")

    def __init__(self, *args, record: Project, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["certificate"].queryset = record.certificates.public().order_by("number")

    def clean(self):
        given = super().clean()
        kind, amount = given.get("kind"), given.get("amount_usd")
        if amount == 0:
            self.add_error("amount_usd", _("Số tiền phải khác 0."))
        elif kind == CapitalKind.DECREASE and amount:
            given["amount_usd"] = -abs(amount)
        elif kind and amount and amount < 0:
            self.add_error("amount_usd", _("Loại “%(kind)s” ghi số dương. Nếu vốn giảm, hãy chọn “%(decrease)s”.") % {
                "kind": CapitalKind(kind).label, "decrease": CapitalKind.DECREASE.label})
        if not (given.get("source") or given.get("certificate") or "source" in self.errors):
            self.add_error("source", _("Mỗi con số phải có nguồn: hãy chọn nguồn hoặc giấy chứng nhận."))
        if kind and kind != CapitalKind.SHARE_PURCHASE:
            for name in ("buyer", "expected_price_usd"):
                if given.get(name):
                    self.add_error(name, _("Chỉ ghi ô này với góp vốn, mua cổ phần, mua phần vốn góp."))
        return given


class EnterEntry(Work):
    name = "entry"
    deed = Deed.POST
    title = gettext_lazy("Ghi bút toán")
    lead = gettext_lazy("Sổ vốn chỉ ghi thêm: bút toán đã ghi không sửa, chỉ đảo. Vốn theo giấy chứng nhận mới thì "
                        "dùng “Ghi giấy chứng nhận”, sổ tự ghi bút toán.")
    default_reason = gettext_lazy("Nhập bút toán vốn")
    form_class = EntryForm
    panel = "admin/registry/work/ledger.html"

    def offered(self, record) -> bool:
        return record.is_public()

    def context(self, record) -> dict:
        return {"ledger": ledger_of(record), "total": registered(record)}

    def do(self, *, act, record, form):
        given = {name: form.cleaned_data[name] for _group, names in form.groups for name in names}
        return capital.enter(act=act, project=record, **given)

    def done(self, record, made) -> str:
        return _("Đã ghi bút toán %(code)s: %(kind)s %(amount)s. Vốn đăng ký nay là %(total)s.") % {
            "code": made.code, "kind": made.get_kind_display(), "amount": usd(made.amount_usd),
            "total": usd(registered(record))}


class ReverseForm(WorkForm):
    groups = ((gettext_lazy("Đảo bút toán"), ("decided_on", "note")),)

    decided_on = VagueDayField(
        label=gettext_lazy("Ngày của quyết định đảo"), required=False,
        help_text=gettext_lazy("Để trống nếu bút toán sai ngay từ đầu: khi đó mọi tổng số tính như chưa từng có nó. "
                               "Chỉ ghi ngày khi có văn bản quyết định, ví dụ: 30/6/2025."))
    note = column(CapitalEntry, "note")


class ReverseEntry(Work):
    name = "reverse"
    deed = Deed.POST
    title = gettext_lazy("Đảo bút toán")
    needs_reason = True
    rule_in_action = True
    form_class = ReverseForm
    panel = "admin/registry/work/reversal.html"

    def offered(self, record) -> bool:
        return record.kind != CapitalKind.REVERSAL and not (hasattr(record, "reversed_by") or hasattr(record, "report"))

    def watched(self, record):
        return record.project or record.enterprise

    def context(self, record) -> dict:
        if record.project is None or record.counts_as not in REGISTERED:
            return {}
        before = registered(record.project)
        return {"before": before, "after": before - record.amount_usd}

    def do(self, *, act, record, form):
        return capital.reverse(act=act, entry=record, decided_on=form.cleaned_data["decided_on"],
                               note=form.cleaned_data["note"])

    def done(self, record, made) -> str:
        return _("Đã đảo %(code)s bằng bút toán %(reversal)s: %(amount)s.") % {
            "code": record.code, "reversal": made.code, "amount": usd(made.amount_usd)}


def ledger_of(project: Project) -> list[CapitalEntry]:
    return list(project.entries.in_ledger_order().select_related("source", "certificate", "reversed_by"))


def registered(project: Project) -> Decimal:
    """The registered capital today, in dollars: the sum of the ledger."""
    return project.entries.measures()["registered_usd"]
