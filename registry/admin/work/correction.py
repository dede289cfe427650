"""Work on what readers report as wrong: taken up, concluded."""

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect, AdminTextareaWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import correction
from registry.vocabulary.correction import CONCLUDED, CorrectionState

from .form import WorkForm
from .page import Work


class ConcludeForm(WorkForm):
    groups = ((gettext_lazy("Kết luận"), ("state", "outcome")),)

    state = forms.ChoiceField(
        label=gettext_lazy("Kết quả"), choices=[(state.value, state.label) for state in CONCLUDED],
        widget=AdminRadioSelect)
    outcome = forms.CharField(
        label=gettext_lazy("Kết luận công khai"), widget=AdminTextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy("Người báo và mọi người đọc được ở địa chỉ của phiếu: đã sửa gì, hoặc vì sao không "
                               "sửa. Không nêu tên hay thông tin riêng của ai."))


class TakeUp(Work):
    name = "take-up"
    title = gettext_lazy("Nhận xử lý")
    lead = gettext_lazy("Trang của phiếu báo sai sót đổi thành “đang xử lý”. Hãy đối chiếu với nguồn, sửa hồ sơ nếu "
                        "sai, rồi kết luận trước hạn.")
    default_reason = gettext_lazy("Nhận xử lý báo sai sót")
    rule_in_action = True

    def offered(self, record) -> bool:
        return record.state == CorrectionState.RECEIVED

    def do(self, *, act, record, form):
        return correction.take_up(act=act, correction=record)

    def done(self, record, made) -> str:
        return _("Đã nhận xử lý %(code)s.") % {"code": record.code}


class Conclude(Work):
    name = "conclude"
    title = gettext_lazy("Kết luận")
    lead = gettext_lazy("Kết luận không tự sửa hồ sơ nào: hãy sửa hồ sơ trước, rồi nói ở đây đã sửa gì. Kết luận hiện "
                        "công khai và không sửa lại được.")
    default_reason = gettext_lazy("Kết luận báo sai sót")
    rule_in_action = True
    form_class = ConcludeForm

    def offered(self, record) -> bool:
        return not record.is_concluded

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return correction.conclude(act=act, correction=record, outcome=given["outcome"],
                                   accepted=given["state"] == CorrectionState.ACCEPTED)

    def done(self, record, made) -> str:
        return _("Đã kết luận %(code)s; trang của phiếu nêu kết luận ấy.") % {"code": record.code}
