"""Work on conflicts between sources: confirmed, or found to be none."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import statement
from registry.models import Conflict
from registry.vocabulary.statement import STANDING, ConflictState

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
