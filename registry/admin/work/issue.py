"""Work on a new certificate: one form for the project, the enterprise, the investors, the capital and the source."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.certificate_issue import issue
from registry.admin.fields import AmountField
from registry.models import Certificate, Enterprise, Project
from registry.models.account import may_publish_alone
from registry.templatetags.register_format import usd
from registry.vocabulary.money import Money
from registry.vocabulary.project_number import doubt_of_number
from registry.vocabulary.role import Deed

from .capital import registered
from .certificate import number_of
from .certificate_form import OF_PROJECT, PRINTED, PaperForm
from .form import RecordField, column
from .page import Work

PAPER = ("irc_code", "received_on", "decided_on", "registrar", "source")
IN_PROJECT = tuple(name for name in OF_PROJECT if name != "enterprise")
ENTERPRISE = ("enterprise", "enterprise_name", "tax_code")


class IssueForm(PaperForm):
    """The order of the paper. The printed total becomes the first entry."""

    groups = (
        (gettext_lazy("Giấy chứng nhận"), PAPER),
        (gettext_lazy("Dự án"), IN_PROJECT),
        (gettext_lazy("Tổ chức kinh tế thực hiện dự án"), ENTERPRISE),
        (gettext_lazy("Vốn như in trên giấy"), PRINTED),
    )
    other_names = {"rate_as_printed": "rate", "written": "total_vnd", "amount_usd": "total_usd",
                   "licensed_on": "decided_on"}
    stakes_before = groups[2][0]

    irc_code = column(Project, "irc_code", required=True, help_text=gettext_lazy("Ví dụ: 5421840814."))
    registrar = RecordField(Certificate, "registrar", required=True)
    source = RecordField(Certificate, "source", help_text=gettext_lazy(
        "Để trống thì chính giấy chứng nhận thành nguồn; sau đó có thể đính kèm bản chụp."))
    name = column(Project, "name", help_text=gettext_lazy(
        "Tên dự án như trên GCNĐKĐT, ví dụ: Nhà máy Amkor Technology Việt Nam."))
    objective = column(Project, "objective", help_text=gettext_lazy("Như ghi ở Điều 1 của GCNĐKĐT."))
    enterprise = RecordField(Project, "enterprise", help_text=gettext_lazy(
        "Tìm theo tên, mã số thuế hoặc mã. Chưa thành lập: để trống, bổ sung sau."))
    enterprise_name = column(Enterprise, "name", required=False, label=gettext_lazy("Hoặc tổ chức mới: tên"))
    tax_code = column(Enterprise, "tax_code", label=gettext_lazy("Mã số thuế của tổ chức mới"))
    total_usd = AmountField(label=gettext_lazy("Tổng vốn đầu tư như in (USD)"), required=False, help_text=gettext_lazy(
        "Số này được ghi sổ là cấp mới. Ví dụ: 1.600.000.000 hoặc 1,6 tỷ."))

    def clean(self):
        given = super().clean()
        if given.get("total_usd") is not None and given["total_usd"] <= 0:
            self.add_error("total_usd", _("Cấp lần đầu ghi tổng vốn đầu tư, một số dương."))
        if given.get("total_vnd") is not None and not given.get("total_usd") and "total_usd" not in self.errors:
            self.add_error("total_usd", _("Sổ vốn ghi bằng USD: hãy chép tổng vốn bằng USD như giấy in."))
        if given.get("enterprise") and given.get("enterprise_name"):
            self.add_error("enterprise_name", _("Đã chọn tổ chức trong sổ: hãy để trống ô này."))
        elif given.get("tax_code") and not given.get("enterprise_name") and "enterprise_name" not in self.errors:
            self.add_error("enterprise_name", _("Hãy ghi tên của tổ chức có mã số thuế này."))
        elif given.get("enterprise_name") and (known := Enterprise.objects.called(given["enterprise_name"])):
            self.add_error("enterprise_name", _("Sổ đã có %(name)s (%(code)s): hãy chọn ở ô trên.") % {
                "name": known.name, "code": known.code})
        return given

    def given(self) -> dict:
        """What the paper says, as the action takes it."""
        stated = self.cleaned_data
        new = stated["enterprise_name"] and Enterprise(name=stated["enterprise_name"], tax_code=stated["tax_code"])
        dong = stated["total_vnd"]
        return {
            "project": Project(**{name: stated[name] for name in IN_PROJECT}),
            "enterprise": stated["enterprise"] or new or None, "stakes": self.stakes.given(),
            **{name: stated[name] for name in PAPER}, "amount_usd": stated["total_usd"],
            "written": None if dong is None else Money(dong, "VND"),
            "printed": self.printed(),
        }


IssueForm.base_fields |= {
    name: RecordField(Project, name) if Project._meta.get_field(name).is_relation else column(Project, name)
    for name in IN_PROJECT if name not in IssueForm.base_fields
}


class IssueCertificate(Work):
    name = "issue"
    deed = Deed.POST
    title = gettext_lazy("Ghi GCNĐKĐT mới")
    lead = gettext_lazy("Chép giấy chứng nhận cấp lần đầu của một dự án mới: dự án, nhà đầu tư, tổ chức kinh tế, bút "
                        "toán cấp mới và nguồn được ghi trong một lần và công bố ngay, hoặc không gì được ghi.")
    lead_for_review = gettext_lazy("Chép giấy chứng nhận cấp lần đầu của một dự án mới: dự án, nhà đầu tư, tổ chức "
                                   "kinh tế và nguồn được ghi trong một lần, chờ người khác duyệt. Khi giấy chứng nhận "
                                   "được công bố, tất cả cùng ra công khai và sổ vốn ghi cấp mới.")
    default_reason = gettext_lazy("Nhập giấy chứng nhận đăng ký đầu tư mới")
    form_class = IssueForm

    def lead_for(self, user) -> str:
        return self.lead if may_publish_alone(user) else self.lead_for_review

    def record_of(self, model_admin, request, object_id):
        return None

    def do(self, *, act, record, form):
        return issue(act=act, **form.given())

    def done(self, record, made) -> str:
        words = {"code": made.code, "project": made.project.code}
        if not made.is_public():
            return _("Đã ghi giấy chứng nhận %(code)s và dự án %(project)s, chờ người khác duyệt và công bố.") % words
        return _("Đã ghi giấy chứng nhận %(code)s và dự án %(project)s. Vốn đăng ký: %(total)s.") % (
            words | {"total": usd(registered(made.project))})

    def warnings(self, record, made) -> list[str]:
        doubt = doubt_of_number(number_of(made))
        return [doubt] if doubt else []


ISSUE = IssueCertificate()


def issue_certificate(model_admin, request):
    """The page of a new certificate."""
    return ISSUE.view(model_admin, request, None)
