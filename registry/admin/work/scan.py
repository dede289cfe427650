"""Work on the scan of a source: attached, for the staff alone."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.record import amend
from registry.exchange import scans
from registry.vocabulary.errors import RuleBroken

from .form import WorkForm
from .page import Work


class ScanForm(WorkForm):
    groups = ((gettext_lazy("Bản chụp"), ("file",)),)

    file = forms.FileField(
        label=gettext_lazy("Tệp PDF, JPEG, PNG hoặc TIFF"), max_length=200,
        help_text=gettext_lazy("Nhiều nhất 30 MB. Chỉ cán bộ xem được; công chúng chỉ thấy tên nguồn."))

    def clean_file(self):
        try:
            scans.check(self.cleaned_data["file"].read())
        except RuleBroken as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data["file"]


class AttachScan(Work):
    name = "scan"
    title = gettext_lazy("Đính kèm bản chụp")
    lead = gettext_lazy("Tệp được giữ nguyên vẹn cùng mã băm của nó. Tệp cũ, nếu có, không bị xóa; lịch sử giữ tên của "
                        "nó.")
    default_reason = gettext_lazy("Đính kèm bản chụp")
    form_class = ScanForm

    def do(self, *, act, record, form):
        file = form.cleaned_data["file"]
        file.seek(0)
        return amend(act=act, record=record, file_name=file.name, file_sha256=scans.keep(file.read()))

    def done(self, record, made) -> str:
        return _("Đã đính kèm “%(file)s” vào %(code)s.") % {"file": made.file_name, "code": record.code}
