"""Work on conflicts between sources, and of a report with the ledger: confirmed, or found to be none."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import statement
from registry.models import Conflict, Statement
from registry.vocabulary.role import Deed
from registry.vocabulary.statement import STANDING, ConflictState, Review

from .form import WorkForm
from .page import Work
from .statement import told_of


class ConfirmForm(WorkForm):
    groups = ((gettext_lazy("Mâu thuẫn"), ("outcome",)),)

    outcome = forms.CharField(
        label=gettext_lazy("Nhận định"), required=False, widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: “chờ văn bản của cơ quan đăng ký đầu tư”. Có thể để trống."))


class DismissForm(ConfirmForm):
    outcome = forms.CharField(
        label=gettext_lazy("Vì sao không phải mâu thuẫn"), widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: “hai nguồn nói về hai thời điểm khác nhau”."))


class ConfirmDifferenceForm(WorkForm):
    groups = ((gettext_lazy("Chênh lệch"), ("outcome",)),)

    outcome = forms.CharField(
        label=gettext_lazy("Nhận định"), required=False, widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: “đã đề nghị công ty gửi báo cáo quý II”. Có thể để trống."))


class ExplainForm(ConfirmDifferenceForm):
    outcome = forms.CharField(
        label=gettext_lazy("Giải thích"), widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: “12 triệu USD giải ngân trước năm 2024, sổ chưa có báo cáo của các quý ấy”."))


class ConfirmConflict(Work):
    name = "confirm"
    title = gettext_lazy("Xác nhận mâu thuẫn")
    lead = gettext_lazy("Hai nội dung không thể cùng đúng. Cả hai được đánh dấu “đang mâu thuẫn” và trang công khai kể "
                        "cả hai, cho đến khi giải quyết.")
    default_reason = gettext_lazy("Xác nhận mâu thuẫn giữa các nguồn")
    form_class = ConfirmForm

    def offered(self, record) -> bool:
        return record.state == ConflictState.OPEN and not record.report_id

    def context(self, record) -> dict:
        return both_values(record)

    def do(self, *, act, record, form):
        return statement.confirm(act=act, conflict=record, outcome=form.cleaned_data["outcome"])

    def done(self, record, made) -> str:
        return _("Đã xác nhận mâu thuẫn số %(code)s.") % {"code": record.code}


class SettleForm(WorkForm):
    groups = ((gettext_lazy("Giải quyết"), ("holds", "others_as", "outcome")),)

    holds = forms.ChoiceField(label=gettext_lazy("Nội dung đúng"), widget=forms.RadioSelect)
    others_as = forms.ChoiceField(
        label=gettext_lazy("Nội dung còn lại"), widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in (Review.SUPERSEDED, Review.REJECTED)],
        help_text=gettext_lazy("Nó không bị xóa; trang nguồn vẫn kể nó cùng kết quả này."))
    outcome = forms.CharField(
        label=gettext_lazy("Căn cứ"), widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: “theo GCNĐKĐT số 5421840814 ngày 21/10/2023”."))

    def __init__(self, *args, record: Conflict, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["holds"].choices = [
            *((each.pk, f"{each.source.code}: {told_of(each)}") for each in record.statements),
            ("", _("không nội dung nào đúng")),
        ]
        self.fields["holds"].required = False

    def chosen(self) -> Statement | None:
        holds = self.cleaned_data["holds"]
        return Statement.objects.get(pk=holds) if holds else None


class SettleConflict(Work):
    name = "settle"
    title = gettext_lazy("Giải quyết mâu thuẫn")
    lead = gettext_lazy("Chọn nội dung đúng và nêu căn cứ. Hai nội dung đều ở lại; nội dung đúng được ghi nhận vào hồ "
                        "sơ bằng việc riêng, nếu chưa.")
    default_reason = gettext_lazy("Giải quyết mâu thuẫn giữa các nguồn")
    form_class = SettleForm

    def offered(self, record) -> bool:
        return record.state in STANDING and not record.report_id

    def initial(self, record) -> dict:
        return {"others_as": Review.REJECTED}

    def context(self, record) -> dict:
        return both_values(record)

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return statement.settle(act=act, conflict=record, holds=form.chosen(), others_as=given["others_as"],
                                outcome=given["outcome"])

    def done(self, record, made) -> str:
        return _("Đã giải quyết mâu thuẫn số %(code)s.") % {"code": record.code}

    def warnings(self, record, made) -> list[str]:
        """What still rests on a statement that does not hold."""
        return [
            _("%(into)s còn dựa vào nội dung %(code)s, nay không đúng: hãy đảo hoặc sửa nó, rồi ghi nhận nội dung "
              "đúng.") % {"into": each.promoted_code, "code": each.code}
            for each in made.statements
            if each.promoted_code and each.review in (Review.SUPERSEDED, Review.REJECTED)
        ]


class DismissConflict(Work):
    name = "dismiss"
    title = gettext_lazy("Không phải mâu thuẫn")
    lead = gettext_lazy("Hai nội dung có thể cùng đúng. Mâu thuẫn được đóng lại cùng lời giải thích; hai nội dung giữ "
                        "nguyên kết quả xem xét hiện có.")
    default_reason = gettext_lazy("Xác định không phải mâu thuẫn")
    form_class = DismissForm

    def offered(self, record) -> bool:
        return record.state in STANDING and not record.report_id

    def context(self, record) -> dict:
        return both_values(record)

    def do(self, *, act, record, form):
        return statement.dismiss(act=act, conflict=record, outcome=form.cleaned_data["outcome"])

    def done(self, record, made) -> str:
        return _("Đã đóng mâu thuẫn số %(code)s: không phải mâu thuẫn.") % {"code": record.code}


class ConfirmDifference(ConfirmConflict):
    """Of a company's cumulative total and the ledger."""

    name = "confirm-difference"
    title = gettext_lazy("Xác nhận chênh lệch")
    lead = gettext_lazy("Hai số không thể cùng đúng: còn thiếu báo cáo quý trước, hoặc công ty ghi sai. Mâu thuẫn ở "
                        "lại danh sách và tự đóng khi sổ vốn khớp.")
    default_reason = gettext_lazy("Xác nhận lũy kế báo cáo khác sổ vốn")
    deed = Deed.REPORT
    form_class = ConfirmDifferenceForm

    def offered(self, record) -> bool:
        return record.state == ConflictState.OPEN and bool(record.report_id)


class DismissDifference(DismissConflict):
    name = "dismiss-difference"
    title = gettext_lazy("Giải thích chênh lệch")
    lead = gettext_lazy("Hai số có thể cùng đúng, ví dụ công ty giải ngân trước khi có sổ. Mâu thuẫn được đóng lại "
                        "cùng lời giải thích; số liệu lại khác đi thì nó mở lại.")
    default_reason = gettext_lazy("Giải thích lũy kế báo cáo khác sổ vốn")
    deed = Deed.REPORT
    form_class = ExplainForm

    def offered(self, record) -> bool:
        return record.state in STANDING and bool(record.report_id)

    def done(self, record, made) -> str:
        return _("Đã ghi giải thích và đóng mâu thuẫn số %(code)s.") % {"code": record.code}


def both_values(conflict: Conflict) -> dict:
    """What the two statements say; of a report nothing, as its figures stand in why."""
    if conflict.report_id:
        return {}
    return {"first_value": told_of(conflict.first), "second_value": told_of(conflict.second)}
