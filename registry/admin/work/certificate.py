"""Work on certificates: dossiers received, granted or refused, and what a certificate does to its project."""

import copy

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import certificate
from registry.actions.certificate import BEFORE_THE_PUBLIC
from registry.actions.certificate_effect import Effect
from registry.admin.fields import AmountField, VagueDayField
from registry.admin.stale import is_as_seen
from registry.models import Certificate
from registry.models.account import may_publish_alone
from registry.templatetags.register_format import usd
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import ENDING, CertificateKind, Outcome
from registry.vocabulary.project_number import doubt_of_number
from registry.vocabulary.publication import Publication
from registry.vocabulary.role import Deed

from .capital import ledger_of, registered
from .certificate_form import OF_PROJECT, PRINTED, CertificateForm, StepForm, of_project, row_of
from .form import RecordField, WorkForm, column
from .page import Work
from .stakes import input_of


class GrantCertificate(Work):
    name = "certificate"
    deed = Deed.POST
    title = gettext_lazy("Ghi giấy chứng nhận")
    lead = gettext_lazy("Ghi giấy chứng nhận đăng ký đầu tư đã cấp, công bố ngay, và ghi phần vốn của nó vào sổ vốn.")
    lead_for_review = gettext_lazy("Ghi giấy chứng nhận đăng ký đầu tư đã cấp. Nó chờ người khác duyệt; khi công bố, "
                                   "sổ vốn mới ghi phần vốn của nó.")
    default_reason = gettext_lazy("Nhập giấy chứng nhận đăng ký đầu tư")
    form_class = CertificateForm
    panel = "admin/registry/work/certificate.html"

    def offered(self, record) -> bool:
        return record.is_public() and not record.ended_on

    def lead_for(self, user) -> str:
        return self.lead if may_publish_alone(user) else self.lead_for_review

    def initial(self, record) -> dict:
        return {"irc_code": record.irc_code, "registrar": record.registrar} | next_step(record) | of_project(record)

    def context(self, record) -> dict:
        openings = record.entries.standing().filter(kind=CapitalKind.OPENING).select_related("source")
        return {"openings": list(openings), "ledger": ledger_of(record), "total": registered(record)}

    def do(self, *, act, record, form):
        return certificate.grant(act=act, project=record, publish_now=may_publish_alone(act.by), **form.given())

    def done(self, record, made) -> str:
        if not made.is_public():
            return _("Đã ghi giấy chứng nhận %(code)s (%(kind)s), chờ người khác duyệt và công bố. "
                     "Sổ vốn chưa đổi.") % {"code": made.code, "kind": made.get_kind_display()}
        words = {"code": made.code, "kind": made.get_kind_display(), "total": usd(registered(record))}
        undone = [entry.reverses.code for entry in self.reversals(made)]
        if undone:
            return _("Đã ghi giấy chứng nhận %(code)s (%(kind)s), thay số dư đầu kỳ %(openings)s. Vốn đăng ký nay là "
                     "%(total)s.") % (words | {"openings": ", ".join(undone)})
        return _("Đã ghi giấy chứng nhận %(code)s (%(kind)s). Vốn đăng ký nay là %(total)s.") % words

    def warnings(self, record, made) -> list[str]:
        doubt = doubt_of_number(number_of(made))
        return [doubt] if doubt else []

    def reversals(self, made: Certificate) -> list:
        """The reversals that the same act posted for the openings."""
        if made.kind != CertificateKind.FIRST_ISSUE:
            return []
        posted = made.project.entries.filter(kind=CapitalKind.REVERSAL, counts_as=CapitalKind.OPENING)
        return list(posted.filter(recorded_at=made.updated_at).select_related("reverses"))


class ReviseCertificate(Work):
    name = "revise"
    deed = Deed.POST
    title = gettext_lazy("Sửa giấy chứng nhận")
    lead = gettext_lazy("Giấy chứng nhận này chưa công bố nên còn sửa được; sổ vốn chưa ghi gì. Với hồ sơ đang chờ kết "
                        "quả, ghi ngày cấp và nội dung là ghi đã cấp.")
    panel = "admin/registry/work/ledger.html"
    default_reason = gettext_lazy("Sửa giấy chứng nhận chưa công bố")
    rule_in_action = True
    form_class = CertificateForm

    def offered(self, record) -> bool:
        return record.publication in BEFORE_THE_PUBLIC

    def initial(self, record) -> dict:
        same = ("kind", "step", "received_on", "decided_on", "registrar", "changes", "source", *PRINTED)
        columns = {"rate": "rate_as_printed", "amount_usd": "proposed_usd", "written_vnd": "proposed_written"}
        return {name: getattr(record, columns.get(name, name)) for name in (*same, *columns)} | proposed(record)

    def context(self, record) -> dict:
        return {"ledger": ledger_of(record.project), "total": registered(record.project)}

    def do(self, *, act, record, form):
        return certificate.revise(act=act, certificate=record, **form.given())

    def done(self, record, made) -> str:
        if record.outcome == Outcome.RECEIVED:
            return _("Hồ sơ %(code)s đã được cấp; giấy chứng nhận chờ người khác duyệt và công bố.") % {
                "code": made.code}
        return _("Đã sửa giấy chứng nhận %(code)s.") % {"code": made.code}


class AsksForm(WorkForm):
    """A form of a dossier that says what it asks for."""

    asked_usd = AmountField(
        label=gettext_lazy("Vốn đề nghị trong hồ sơ (USD)"), required=False,
        help_text=gettext_lazy("Cấp lần đầu: tổng vốn đầu tư. Loại khác: phần tăng (số dương) hoặc giảm (số âm, ví dụ "
                               "−5.000.000), 0 nếu không đổi vốn. Để trống nếu hồ sơ không nêu."))

    def follow(self, fresh, record, seen, data):
        if isinstance(record, Certificate) and is_as_seen(record, "asked_usd", self.cleaned_data["asked_usd"], seen):
            data["asked_usd"] = input_of(fresh["asked_usd"])


class DossierForm(StepForm, AsksForm):
    groups = ((gettext_lazy("Hồ sơ tiếp nhận"),
               ("kind", "step", "received_on", "registrar", "asked_usd", "changes", "source")),)

    kind = column(Certificate, "kind", label=gettext_lazy("Đề nghị"))
    step = column(Certificate, "step", help_text=gettext_lazy("Chỉ với điều chỉnh: lần thứ mấy, ví dụ: 2."))
    received_on = column(Certificate, "received_on", required=True, help_text=gettext_lazy("Ví dụ: 01/10/2023."))
    registrar = RecordField(Certificate, "registrar", label=gettext_lazy("Nơi tiếp nhận"))
    changes = column(Certificate, "changes", label=gettext_lazy("Nội dung đề nghị"))
    source = RecordField(Certificate, "source", help_text=gettext_lazy("Giấy biên nhận, nếu có."))


class ReceiveDossier(Work):
    name = "dossier"
    deed = Deed.POST
    title = gettext_lazy("Tiếp nhận hồ sơ")
    lead = gettext_lazy("Ghi ngày tiếp nhận hồ sơ đăng ký đầu tư. Khi có kết quả, mở hồ sơ và ghi đã cấp hay từ chối; "
                        "sổ vốn chưa ghi gì.")
    default_reason = gettext_lazy("Tiếp nhận hồ sơ đăng ký đầu tư")
    form_class = DossierForm

    def offered(self, record) -> bool:
        return not record.ended_on

    def initial(self, record) -> dict:
        return {"registrar": record.registrar} | next_step(record)

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return certificate.receive(act=act, project=record, **{name: given[name] for name in form.groups[0][1]})

    def done(self, record, made) -> str:
        return _("Đã tiếp nhận hồ sơ %(code)s (%(kind)s).") % {"code": made.code, "kind": made.get_kind_display()}


class StateAskedForm(AsksForm):
    groups = ((gettext_lazy("Hồ sơ tiếp nhận"), ("asked_usd",)),)


class StateAsked(Work):
    name = "asked"
    deed = Deed.POST
    title = gettext_lazy("Ghi vốn đề nghị")
    lead = gettext_lazy("Vốn mà hồ sơ đề nghị, để biểu A.IV.1 tính ở mục II cả khi hồ sơ còn chờ hoặc bị từ chối. Giấy "
                        "đã cấp có số vốn thì biểu lấy số trên giấy. Dự án và sổ vốn không đổi.")
    default_reason = gettext_lazy("Ghi vốn đề nghị trong hồ sơ")
    form_class = StateAskedForm

    def offered(self, record) -> bool:
        return (record.received_on is not None and record.kind not in ENDING
                and record.publication != Publication.WITHDRAWN)

    def initial(self, record) -> dict:
        return {"asked_usd": record.asked_usd}

    def do(self, *, act, record, form):
        return certificate.state_asked(act=act, certificate=record, asked_usd=form.cleaned_data["asked_usd"])

    def done(self, record, made) -> str:
        return _("Đã ghi vốn đề nghị của hồ sơ %(code)s.") % {"code": made.code}


class RefuseForm(AsksForm):
    groups = ((gettext_lazy("Kết quả giải quyết hồ sơ"), ("decided_on", "asked_usd", "changes", "source")),)

    decided_on = VagueDayField(label=gettext_lazy("Ngày từ chối"), help_text=gettext_lazy("Ví dụ: 21/10/2023."))
    changes = column(Certificate, "changes", required=True, label=gettext_lazy("Vì sao từ chối"))
    source = RecordField(Certificate, "source", help_text=gettext_lazy("Văn bản từ chối."))


class RefuseDossier(Work):
    name = "refuse"
    deed = Deed.POST
    title = gettext_lazy("Ghi từ chối hồ sơ")
    lead = gettext_lazy("Hồ sơ bị từ chối vẫn được giữ và được đếm; nó không đổi gì ở dự án và sổ vốn.")
    default_reason = gettext_lazy("Từ chối hồ sơ đăng ký đầu tư")
    form_class = RefuseForm

    def offered(self, record) -> bool:
        return record.outcome == Outcome.RECEIVED

    def initial(self, record) -> dict:
        return {"asked_usd": record.asked_usd}

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return certificate.refuse(act=act, certificate=record, **{name: given[name] for name in form.groups[0][1]})

    def done(self, record, made) -> str:
        return _("Đã ghi từ chối hồ sơ %(code)s.") % {"code": made.code}


def next_step(project) -> dict:
    """What the next certificate of a project is: its first issue, or the amendment after the last."""
    stands = project.certificates.filter(outcome=Outcome.GRANTED).exclude(publication=Publication.WITHDRAWN)
    if not stands.filter(kind=CertificateKind.FIRST_ISSUE).exists():
        return {"kind": CertificateKind.FIRST_ISSUE}
    last = stands.filter(kind=CertificateKind.AMENDMENT).order_by("-step").first()
    return {"kind": CertificateKind.AMENDMENT, "step": last.step + 1 if last else 1}


def number_of(record: Certificate) -> str | None:
    """The project number as a certificate has it, published or not."""
    does = Effect.of(record)
    return does.irc_code or does.changes.get("irc_code") or record.project.irc_code


def proposed(record: Certificate) -> dict:
    """The project as a certificate that waits would have it."""
    does, project = Effect.of(record), copy.copy(record.project)
    for name, value in does.changes.items():
        setattr(project, name, value)
    shown = of_project(record.project) | {name: getattr(project, name) for name in OF_PROJECT}
    shown["irc_code"] = number_of(record)
    if does.stakes is not None:
        shown["stakes"] = [row_of(each) for each in does.stakes]
    return shown
