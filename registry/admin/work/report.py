"""Work on a company's report: accepted into the ledger, returned, taken back, taken away."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from registry.actions import report
from registry.models import Conflict
from registry.templatetags.register_format import usd
from registry.vocabulary.report import EDITABLE, ReportState
from registry.vocabulary.role import Deed

from .page import Work


class ReportWork(Work):
    deed = Deed.REPORT
    rule_in_action = True


class AcceptReport(ReportWork):
    name = "accept"
    title = pgettext_lazy("report", "Tiếp nhận")
    lead = gettext_lazy("Sổ vốn ghi vốn thực hiện của quý, tính đến ngày cuối quý. Công chúng chỉ thấy bút toán ấy; "
                        "các số liệu khác của báo cáo là nội bộ. Người nhập báo cáo không tự tiếp nhận.")
    default_reason = gettext_lazy("Tiếp nhận báo cáo quý")

    def offered(self, record) -> bool:
        return record.state == ReportState.WAITING

    def do(self, *, act, record, form):
        return report.accept(act=act, report=record)

    def done(self, record, made) -> str:
        if made.entry is None:
            return _("Đã tiếp nhận %(code)s; quý này không có vốn thực hiện nên sổ vốn không ghi gì.") % {
                "code": made.code}
        return _("Đã tiếp nhận %(code)s; sổ vốn ghi %(amount)s bằng bút toán %(entry)s.") % {
            "code": made.code, "amount": usd(made.entry.amount_usd), "entry": made.entry.code}

    def warnings(self, record, made) -> list[str]:
        if not Conflict.objects.waiting().filter(report=made).exists():
            return []
        return [_("Số lũy kế công ty báo cáo khác sổ vốn; so sánh và mâu thuẫn ở cuối trang. Nếu còn thiếu báo cáo quý "
                  "trước thì nhập thêm, mâu thuẫn tự đóng.")]


class ReturnReport(ReportWork):
    name = "return"
    title = gettext_lazy("Trả lại")
    lead = gettext_lazy("Yêu cầu công ty chỉnh sửa. Ghi điều cần sửa dưới đây; khi số liệu được sửa, báo cáo lại chờ "
                        "tiếp nhận.")
    needs_reason = True

    def offered(self, record) -> bool:
        return record.state == ReportState.WAITING

    def do(self, *, act, record, form):
        return report.return_(act=act, report=record)

    def done(self, record, made) -> str:
        return _("Đã trả lại %(code)s.") % {"code": record.code}


class TakeBackReport(ReportWork):
    name = "take-back"
    title = gettext_lazy("Rút tiếp nhận")
    lead = gettext_lazy("Sổ vốn đảo bút toán của báo cáo như chưa từng ghi; báo cáo lại chờ tiếp nhận và sửa được.")
    needs_reason = True

    def offered(self, record) -> bool:
        return record.state == ReportState.ACCEPTED

    def do(self, *, act, record, form):
        return report.take_back(act=act, report=record, note=form.cleaned_data["reason"])

    def done(self, record, made) -> str:
        return _("Đã rút tiếp nhận %(code)s.") % {"code": record.code}


class WithdrawReport(ReportWork):
    name = "withdraw"
    title = gettext_lazy("Gỡ")
    lead = gettext_lazy("Khi báo cáo không nên có ở đây, ví dụ nhập nhầm dự án. Bản ghi và lịch sử không mất; quý ấy "
                        "lại nhận được báo cáo khác.")
    needs_reason = True

    def offered(self, record) -> bool:
        return record.state in EDITABLE

    def do(self, *, act, record, form):
        return report.withdraw_report(act=act, report=record)

    def done(self, record, made) -> str:
        return _("Đã gỡ %(code)s.") % {"code": record.code}
