"""Work on a certificate that was proposed in error: it goes as if it had not been, but for the log."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.certificate import BEFORE_THE_PUBLIC
from registry.actions.certificate_discard import brought_by, discard
from registry.admin.address import address_of, list_of
from registry.models import Act, Certificate, Project
from registry.vocabulary.role import Deed

from .page import Work


class DiscardCertificate(Work):
    name = "discard"
    deed = Deed.POST
    title = gettext_lazy("Bỏ đề nghị")
    lead = gettext_lazy("Giấy chứng nhận này chưa công bố, sổ vốn chưa ghi gì. Bỏ đề nghị là xóa nó khỏi sổ đăng ký; "
                        "lịch sử giữ nội dung đã nhập và lý do bạn ghi dưới đây.")
    needs_reason = True
    rule_in_action = True
    panel = "admin/registry/work/discard.html"

    def offered(self, record) -> bool:
        return record.publication in BEFORE_THE_PUBLIC

    def context(self, record) -> dict:
        return {"brought": [(each._meta.verbose_name, each) for each in brought_by(record)]}

    def do(self, *, act, record, form):
        discard(act=act, certificate=record)

    def done(self, record, made) -> str:
        return _("Đã bỏ đề nghị %(code)s.") % {"code": record.code}

    def record_of(self, model_admin, request, object_id):
        """The certificate; after the first of two clicks it is there no more."""
        try:
            return super().record_of(model_admin, request, object_id)
        except Http404:
            key = request.POST.get("key", "")
            if key.isalnum() and Act.objects.filter(key=key).exists():
                return None
            raise

    def leads_to(self, record, made) -> str:
        project = Project.objects.filter(pk=record.project_id).first()
        return address_of(project) if project else list_of(Certificate)

    def done_already(self, request, record, act):
        messages.info(request, _("Việc này đã được ghi."))
        return redirect(list_of(Certificate))
