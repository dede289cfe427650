"""Work on conflicts between sources: confirmed, or found to be none."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import statement
from registry.models import Conflict, Statement
from registry.vocabulary.statement import STANDING, ConflictState, Review

from .form import WorkForm
from .page import Work
from .statement import value_of


class ConfirmForm(WorkForm):
    groups = ((gettext_lazy("Mâu thuẫn"), ("outcome",)),)

    outcome = forms.CharField(
        label=gettext_lazy("Nhận định"), required=False, widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: “chờ văn bản của cơ quan đăng ký đầu tư”. Có thể để trống."))


class DismissForm(ConfirmForm):
    outcome = forms.CharField(
        label=gettext_lazy("Vì sao không phải mâu thuẫn"), widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: “hai nguồn nói về hai thời điểm khác nhau”."))


class ConfirmConflict(Work):
    name = "confirm"
    title = gettext_lazy("Xác nhận mâu thuẫn")
    lead = gettext_lazy("Hai nội dung không thể cùng đúng. Cả hai được đánh dấu “đang mâu thuẫn” và trang công khai kể "
                        "cả hai, cho đến khi giải quyết.")
    default_reason = gettext_lazy("Xác nhận mâu thuẫn giữa các nguồn")
    form_class = ConfirmForm

    def offered(self, record) -> bool:
        return record.state == ConflictState.OPEN

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
            *((each.pk, f"{each.source.code}: {value_of(each)}") for each in (record.first, record.second)),
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
        return record.state in STANDING

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
            for each in (made.first, made.second)
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
        return record.state in STANDING

    def context(self, record) -> dict:
        return both_values(record)

    def do(self, *, act, record, form):
        return statement.dismiss(act=act, conflict=record, outcome=form.cleaned_data["outcome"])

    def done(self, record, made) -> str:
        return _("Đã đóng mâu thuẫn số %(code)s: không phải mâu thuẫn.") % {"code": record.code}


def both_values(conflict: Conflict) -> dict:
    return {"first_value": value_of(conflict.first), "second_value": value_of(conflict.second)}
