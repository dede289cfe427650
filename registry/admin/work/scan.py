"""Work on the scan of a source: attached, for the staff alone."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.record import amend
from registry.exchange import scans, uploads
from registry.vocabulary.errors import RuleBroken

from .form import WorkForm
from .page import Work


class ScanForm(WorkForm):
    """No browser sends a chosen file twice: where the form has to be sent again, the file waits at the server, and
    ``kept`` is its SHA-256."""

    groups = ((gettext_lazy("Bản chụp"), ("file",)),)

    file = forms.FileField(
        label=gettext_lazy("Tệp PDF, JPEG, PNG hoặc TIFF"), max_length=200,
        help_text=gettext_lazy("Nhiều nhất 30 MB. Chỉ cán bộ xem được; công chúng chỉ thấy tên nguồn."))
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    kept_name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.data.get("kept"):
            self._needs_no_other(self.data.get("kept_name", ""))

    def clean(self):
        """``scan`` is the name and the bytes of the file that was chosen now, or before."""
        given = super().clean()
        chosen, kept = given.get("file"), given.get("kept")
        if not (chosen or kept) or "file" in self.errors:
            return given
        try:
            data = chosen.read() if chosen else uploads.kept(kept)
            scans.check(data)
        except RuleBroken as error:
            self._forget()
            raise forms.ValidationError({"file": str(error)}) from error
        if chosen:
            self._keep(data, chosen.name)
        return given | {"scan": (chosen.name if chosen else given["kept_name"], data)}

    def _keep(self, data: bytes, name: str) -> None:
        self.data = self.data.copy()
        self.data["kept"], self.data["kept_name"] = uploads.keep(data, now=timezone.now()), name
        self._needs_no_other(name)

    def _forget(self) -> None:
        self.data = self.data.copy()
        self.data["kept"] = self.data["kept_name"] = ""
        self.fields["file"].required = True
        self["file"].help_text = self.fields["file"].help_text

    def _needs_no_other(self, name: str) -> None:
        self.fields["file"].required = False
        self["file"].help_text = _("Tệp “%(name)s” đã chọn được giữ lại; chỉ chọn lại khi muốn đổi tệp.") % {
            "name": name}


class AttachScan(Work):
    name = "scan"
    title = gettext_lazy("Đính kèm bản chụp")
    lead = gettext_lazy("Tệp được giữ nguyên vẹn cùng mã băm của nó. Tệp cũ, nếu có, không bị xóa; lịch sử giữ tên của "
                        "nó.")
    default_reason = gettext_lazy("Đính kèm bản chụp")
    form_class = ScanForm

    def do(self, *, act, record, form):
        name, data = form.cleaned_data["scan"]
        return amend(act=act, record=record, file_name=name, file_sha256=scans.keep(data))

    def done(self, record, made) -> str:
        uploads.forget(made.file_sha256)
        return _("Đã đính kèm “%(file)s” vào %(code)s.") % {"file": made.file_name, "code": record.code}
