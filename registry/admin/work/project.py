"""Work on a project as a whole: opened, its investors set, ended."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import capital
from registry.actions import project as projects
from registry.admin.fields import AmountField, MoneyField, VagueDayField
from registry.models import CapitalEntry, Project
from registry.models.account import may_publish_alone
from registry.vocabulary.capital import STARTING, CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.project import ENDED, ProjectStatus
from registry.vocabulary.project_number import doubt_of_number
from registry.vocabulary.publication import Publication
from registry.vocabulary.role import Deed

from .form import RecordField, WorkForm, column
from .hidden import hidden_beside
from .page import Work
from .stakes import StakesForm

GOING_ON = [(status.value, status.label) for status in ProjectStatus if status not in ENDED]
STARTS = [("", gettext_lazy("chưa ghi vốn")), *((kind.value, kind.label) for kind in reversed(STARTING))]
NO_SOURCE = gettext_lazy("Mỗi con số phải có nguồn: hãy chọn nguồn của số vốn này.")


class EntryNeedsPublication(RuleBroken):
    code = "entry-needs-publication"
    message = gettext_lazy("Sổ vốn chỉ ghi cho dự án đã công bố. Hãy đánh dấu “Công bố ngay”, hoặc để trống số vốn "
                           "và ghi sau khi công bố.")


class ProjectForm(StakesForm):
    groups = (
        (gettext_lazy("Dự án"), (
            "name", "name_en", "irc_code", "enterprise", "objective", "form", "registrar", "zone", "place", "address",
            "sector", "status", "licensed_on", "land_area_ha", "planned_workers", "source",
        )),
        (gettext_lazy("Vốn đăng ký khi vào sổ"), (
            "entry_kind", "amount_usd", "written", "decided_on", "entry_source",
        )),
        (gettext_lazy("Công bố"), ("publish_now",)),
    )
    other_names = {"kind": "entry_kind"}
    stakes_before = groups[1][0]

    name = column(Project, "name", help_text=gettext_lazy(
        "Tên dự án như trên GCNĐKĐT, ví dụ: Nhà máy Amkor Technology Việt Nam."))
    name_en = column(Project, "name_en")
    irc_code = column(Project, "irc_code", help_text=gettext_lazy(
        "Mã số dự án trên GCNĐKĐT, ví dụ: 5421840814. Để trống khi chưa thấy giấy chứng nhận."))
    enterprise = RecordField(Project, "enterprise", help_text=gettext_lazy("Tìm theo tên, mã số thuế hoặc mã."))
    objective = column(Project, "objective", help_text=gettext_lazy("Như ghi ở Điều 1 của GCNĐKĐT."))
    form = column(Project, "form")
    registrar = RecordField(Project, "registrar")
    zone = RecordField(Project, "zone", help_text=gettext_lazy("Để trống nếu dự án ở ngoài khu công nghiệp."))
    place = RecordField(Project, "place", help_text=gettext_lazy("Xã, phường hiện nay."))
    address = column(Project, "address")
    sector = RecordField(Project, "sector", help_text=gettext_lazy("Ngành theo VSIC, tìm theo tên hoặc mã."))
    status = forms.ChoiceField(label=gettext_lazy("Tình trạng"), choices=GOING_ON)
    licensed_on = VagueDayField(label=gettext_lazy("Ngày cấp lần đầu"), required=False)
    land_area_ha = column(Project, "land_area_ha", help_text=gettext_lazy("Ví dụ: 23,5."))
    planned_workers = column(Project, "planned_workers", help_text=gettext_lazy("Số người, ví dụ: 1.200."))
    source = RecordField(Project, "source", help_text=gettext_lazy("Văn bản hoặc bài báo từ đó biết về dự án."))

    entry_kind = forms.ChoiceField(
        label=gettext_lazy("Loại bút toán"), choices=STARTS, required=False,
        help_text=gettext_lazy("Số dư đầu kỳ: tổng vốn như nguồn nêu, chưa rõ các lần cấp. Cấp mới: vốn ghi trên "
                               "GCNĐKĐT cấp lần đầu."))
    amount_usd = AmountField(label=gettext_lazy("Số tiền (USD)"), required=False)
    written = MoneyField(label=gettext_lazy("Số tiền như in"), required=False)
    decided_on = VagueDayField(label=gettext_lazy("Ngày quyết định"), required=False)
    entry_source = RecordField(
        CapitalEntry, "source", label=gettext_lazy("Nguồn của số vốn"),
        help_text=gettext_lazy("Để trống nếu cũng là nguồn của hồ sơ ở trên."))
    publish_now = forms.BooleanField(
        label=gettext_lazy("Công bố ngay"), required=False,
        help_text=gettext_lazy("Công chúng và đối tác thấy dự án ngay khi ghi. Không đánh dấu: lưu bản nháp."))

    def __init__(self, *args, **kwargs):
        """Who may not publish alone hands the project over for review: the ledger has no drafts, so the first
        capital is entered once it is published."""
        super().__init__(*args, **kwargs)
        if not may_publish_alone(self.user):
            for _name, fields in self.groups[1:]:
                for field in fields:
                    del self.fields[field]
            self.groups, self.stakes_before = self.groups[:1], StakesForm.stakes_before

    def clean(self):
        given = super().clean()
        kind, amount = given.get("entry_kind"), given.get("amount_usd")
        if kind and amount is None and "amount_usd" not in self.errors:
            self.add_error("amount_usd", _("Hãy ghi số vốn, hoặc chọn “chưa ghi vốn”."))
        if kind and amount is not None and amount <= 0:
            self.add_error("amount_usd", _("Số dư đầu kỳ và cấp mới ghi tổng vốn, một số dương."))
        if not kind and any(given.get(name) for name in ("amount_usd", "written", "decided_on")):
            self.add_error("entry_kind", _("Đã ghi số vốn: hãy chọn đó là số dư đầu kỳ hay cấp mới."))
        if kind and not (given.get("entry_source") or given.get("source")):
            self.add_error("entry_source", NO_SOURCE)
        return given

    def project(self) -> Project:
        """The project as typed, not written yet."""
        states = {True: Publication.PUBLISHED, False: Publication.DRAFT, None: Publication.IN_REVIEW}
        return Project(**{name: self.cleaned_data[name] for name in self.groups[0][1]},
                       publication=states[self.cleaned_data.get("publish_now")])


class OpenProject(Work):
    name = "open"
    title = gettext_lazy("Mở hồ sơ dự án mới")
    lead = gettext_lazy("Dự án, các nhà đầu tư và số vốn đầu tiên được ghi trong một lần, hoặc không gì được ghi.")
    lead_for_review = gettext_lazy("Dự án và các nhà đầu tư được ghi trong một lần, hoặc không gì được ghi. Hồ sơ chờ "
                                   "người khác duyệt và công bố; sau đó ghi giấy chứng nhận hoặc bút toán vốn.")
    default_reason = gettext_lazy("Nhập dự án mới")
    form_class = ProjectForm

    def initial(self, record) -> dict:
        return {"status": ProjectStatus.PROPOSED}

    def lead_for(self, user) -> str:
        return self.lead if may_publish_alone(user) else self.lead_for_review

    def record_of(self, model_admin, request, object_id):
        return None

    def do(self, *, act, record, form):
        given = form.cleaned_data
        if given.get("entry_kind") and not given["publish_now"]:
            raise EntryNeedsPublication(field="amount_usd")
        project = projects.open_project(act=act, project=form.project(), stakes=form.stakes.given())
        if given.get("entry_kind"):
            capital.enter(
                act=act, project=project, kind=given["entry_kind"], amount_usd=given["amount_usd"],
                written=given["written"], decided_on=given["decided_on"],
                source=given["entry_source"] or given["source"],
            )
        return project

    def done(self, record, made) -> str:
        words = {"code": made.code, "name": made.name}
        if made.publication == Publication.IN_REVIEW:
            return _("Đã thêm dự án %(code)s %(name)s, chờ người khác duyệt và công bố.") % words
        return _("Đã thêm dự án %(code)s %(name)s.") % words

    def warnings(self, record, made) -> list[str]:
        doubt = doubt_of_number(made.irc_code)
        return [*([doubt] if doubt else []), *(hidden_beside(made) if made.is_public() else [])]


OPEN_PROJECT = OpenProject()


def open_project(model_admin, request):
    """The page of a new project."""
    return OPEN_PROJECT.view(model_admin, request, None)


class SetStakes(Work):
    name = "stakes"
    title = gettext_lazy("Sửa nhà đầu tư")
    lead = gettext_lazy("Các dòng dưới đây thay toàn bộ phần vốn góp hiện có của dự án. Lịch sử giữ bản cũ.")
    default_reason = gettext_lazy("Cập nhật nhà đầu tư và tỷ lệ góp vốn")
    form_class = StakesForm

    def initial(self, record) -> dict:
        held = record.stakes.current().select_related("investor").order_by("position")
        return {"stakes": [
            {name: getattr(stake, name) for name in ("investor", "share_percent", "contributed_usd", "lead")}
            for stake in held
        ]}

    def do(self, *, act, record, form):
        return projects.set_stakes(act=act, project=record, stakes=form.stakes.given())

    def done(self, record, made) -> str:
        return _("Đã ghi nhà đầu tư của %(code)s.") % {"code": record.code}

    def warnings(self, record, made) -> list[str]:
        return hidden_beside(made) if made.is_public() else []


class EndForm(WorkForm):
    groups = ((gettext_lazy("Chấm dứt dự án"), ("status", "ended_on", "source")),)
    other_names = {"decided_on": "ended_on"}

    status = forms.ChoiceField(label=gettext_lazy("Tình trạng"), choices=[(each.value, each.label) for each in ENDED])
    ended_on = VagueDayField(label=gettext_lazy("Ngày chấm dứt"), help_text=gettext_lazy(
        "Ngày ghi trên thông báo hoặc quyết định, ví dụ: 30/6/2025. Dự án được tính đến hết ngày liền trước."))
    source = RecordField(Project, "source", required=True, label=gettext_lazy("Nguồn"), help_text=gettext_lazy(
        "Thông báo chấm dứt hoặc quyết định thu hồi. Chưa có trong sổ: hãy thêm nguồn trước."))


class EndProject(Work):
    name = "end"
    deed = Deed.POST
    title = gettext_lazy("Ghi dự án chấm dứt")
    lead = gettext_lazy("Ghi chấm dứt hoạt động, thu hồi GCNĐKĐT hoặc hết thời hạn hoạt động. Sổ vốn tự ghi bút toán "
                        "điều chỉnh giảm đưa vốn đăng ký về 0. Nếu có giấy chứng nhận hoặc quyết định, hãy dùng "
                        "“Ghi giấy chứng nhận”.")
    default_reason = gettext_lazy("Ghi dự án chấm dứt theo nguồn")
    form_class = EndForm

    def offered(self, record) -> bool:
        return record.is_public() and not record.ended_on

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return projects.end(act=act, project=record, status=given["status"], ended_on=given["ended_on"],
                            source=given["source"])

    def done(self, record, made: CapitalEntry | None) -> str:
        words = {"code": record.code, "kind": CapitalKind.DECREASE.label}
        if made is None:
            return _("Đã ghi %(code)s chấm dứt; dự án không còn vốn đăng ký nên sổ vốn không đổi.") % words
        return _("Đã ghi %(code)s chấm dứt và bút toán %(kind)s %(entry)s.") % (words | {"entry": made.code})
