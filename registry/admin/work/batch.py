"""Work on a whole import: publish it, take it back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import batch
from registry.actions.batch_undo import undo
from registry.vocabulary.batch import IN_FORCE, BatchState
from registry.vocabulary.role import Deed

from .page import Work


class PublishBatch(Work):
    name = "publish"
    deed = Deed.PUBLISH
    title = gettext_lazy("Công bố cả lô")
    lead = gettext_lazy("Mọi hồ sơ của lô được công bố, báo cáo quý mới được tiếp nhận, mọi thay đổi được ghi và mọi "
                        "bút toán được ghi vào sổ vốn, cùng một lúc; nếu một dòng không ghi được thì không dòng nào "
                        "được ghi.")
    default_reason = gettext_lazy("Duyệt và công bố lô nhập dữ liệu")
    rule_in_action = True

    def offered(self, record) -> bool:
        return record.state == BatchState.IN_REVIEW

    def do(self, *, act, record, form):
        return batch.publish(act=act, batch=record)

    def done(self, record, made) -> str:
        return _("Đã công bố lô %(code)s.") % {"code": record.code}


class UndoBatch(Work):
    name = "take-back"
    title = gettext_lazy("Hoàn tác cả lô")
    lead = gettext_lazy("Lô chưa công bố: các bản nháp bị xóa. Lô đã công bố: bút toán được đảo, hồ sơ nhập mới bị gỡ "
                        "cùng lý do bạn ghi dưới đây, hồ sơ đã sửa trở lại như trước.")
    needs_reason = True
    rule_in_action = True

    def offered(self, record) -> bool:
        return record.state in IN_FORCE

    def do(self, *, act, record, form):
        return undo(act=act, batch=record, reason=form.cleaned_data["reason"])

    def done(self, record, made) -> str:
        return _("Đã hoàn tác lô %(code)s.") % {"code": record.code}
