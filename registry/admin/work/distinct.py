"""Work on two records that look alike and are two."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.distinct import propose_again, tell_apart
from registry.actions.merge import check_two
from registry.actions.record import StaleVersion

from .form import WorkForm
from .merge import Merge, MergeForm
from .page import Work


class TellApart(Merge):
    """Begins on the list of possible duplicates and beside the choice between merging and not."""

    name = "distinct"
    title = gettext_lazy("Không trùng")
    lead = gettext_lazy("Hai hồ sơ giống nhau nhưng là hai. Sổ đăng ký nhớ điều này và không đề xuất cặp này nữa; "
                        "hoàn tác được ở danh sách cặp không trùng.")
    default_reason = gettext_lazy("Đã xem: hai hồ sơ khác nhau")
    needs_reason = False
    has_button = False
    panel = ""
    form_class = MergeForm
    check = staticmethod(check_two)

    def form(self, model_admin, record, data=None, initial=None, *, user) -> WorkForm:
        return Work.form(self, model_admin, record, data, initial, user=user)

    def initial(self, record) -> dict:
        return {"other_version": self.other.version}

    def context(self, record) -> dict:
        return {"sides": (record, self.other), "about": ["admin/registry/work/distinct.html"]}

    def do(self, *, act, record, form):
        other = type(record).objects.filter(pk=self.other.pk).first()
        if other is None or other.version != form.cleaned_data["other_version"]:
            raise StaleVersion(code=self.other.code, seen=form.cleaned_data["other_version"])
        return tell_apart(act=act, one=record, other=other)

    def done(self, record, made) -> str:
        return _("Đã ghi: %(pair)s. Cặp này không được đề xuất nữa.") % {"pair": made}

    def leads_to(self, record, made) -> str:
        """Back to the other pairs."""
        return reverse(f"admin:registry_{record._meta.model_name}_duplicates")


class ProposeAgain(Work):
    name = "propose-again"
    title = gettext_lazy("Hoàn tác: đề xuất lại")
    lead = gettext_lazy("Cặp này lại được đề xuất là có thể trùng, nếu tên hay mã số thuế vẫn giống nhau.")
    default_reason = gettext_lazy("Xem lại: có thể trùng")
    rule_in_action = True

    def offered(self, record) -> bool:
        return record.stands

    def do(self, *, act, record, form):
        return propose_again(act=act, pair=record)

    def done(self, record, made) -> str:
        return _("Cặp %(pair)s được đề xuất lại.") % {"pair": record}
