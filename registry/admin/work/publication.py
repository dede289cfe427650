"""Work on what the public sees: publish and withdraw."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.certificate import BEFORE_THE_PUBLIC, publish_certificate, waiting_with, withdraw_certificate
from registry.actions.certificate_effect import ENDS, Effect
from registry.actions.certificate_total import TotalDiffers, check_total_again
from registry.actions.ending import certificate_that_ended
from registry.actions.project import withdraw_project
from registry.actions.publication import give_back, submit
from registry.actions.record import CHILDREN, publish, withdraw
from registry.admin.diff import proposed_differences
from registry.models import Certificate, Engagement, Investor, Project
from registry.models.base import Publishable
from registry.templatetags.register_format import usd
from registry.vocabulary.publication import Publication
from registry.vocabulary.role import Deed

from .capital import registered
from .ending import going_on
from .form import RecordField, WorkForm
from .hidden import hidden_beside
from .page import Work


class Submit(Work):
    name = "submit"
    title = gettext_lazy("Gửi duyệt")
    lead = gettext_lazy("Bản nháp vào danh sách chờ duyệt. Lãnh đạo công bố, hoặc trả lại cùng lý do.")
    default_reason = gettext_lazy("Gửi duyệt")
    rule_in_action = True

    def offered(self, record) -> bool:
        return isinstance(record, Publishable) and record.publication == Publication.DRAFT

    def do(self, *, act, record, form):
        return submit(act=act, record=record)

    def done(self, record, made) -> str:
        return _("Đã gửi duyệt %(code)s.") % {"code": record.code}


class GiveBack(Work):
    name = "give-back"
    deed = Deed.PUBLISH
    title = gettext_lazy("Trả lại")
    lead = gettext_lazy("Hồ sơ về lại bản nháp. Người nhập đọc lý do bạn ghi dưới đây ở đầu hồ sơ và trong lịch sử.")
    needs_reason = True
    rule_in_action = True

    def offered(self, record) -> bool:
        return isinstance(record, Publishable) and record.publication == Publication.IN_REVIEW

    def do(self, *, act, record, form):
        return give_back(act=act, record=record)

    def done(self, record, made) -> str:
        return _("Đã trả lại %(code)s.") % {"code": record.code}


class PublishForm(WorkForm):
    """Of a certificate whose printed total is not what the ledger comes to, it asks whether to publish all the same.
    """

    groups = ((gettext_lazy("Tổng vốn đầu tư như in"), ("despite_difference",)),)
    other_names = {"total_usd": "despite_difference"}

    despite_difference = forms.BooleanField(
        label=gettext_lazy("Vẫn ghi dù tổng như in khác sổ vốn"), required=False,
        help_text=gettext_lazy("Chỉ khi sổ còn thiếu lần trước; hãy nêu lý do ở cuối trang."))

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        if not differing_total(record):
            del self.fields["despite_difference"]
            self.groups = ()


class Publish(Work):
    name = "publish"
    deed = Deed.PUBLISH
    title = gettext_lazy("Công bố")
    lead = gettext_lazy("Công chúng và đối tác thấy bản ghi ngay khi ghi; nguồn cấp thay đổi báo cho đối tác.")
    needs_reason = True
    rule_in_action = True
    panel = "admin/registry/work/publication.html"
    form_class = PublishForm

    def offered(self, record) -> bool:
        return isinstance(record, Publishable) and record.publication != Publication.PUBLISHED

    def context(self, record) -> dict:
        again = []
        if isinstance(record, Project) and record.publication == Publication.WITHDRAWN:
            again = [_("Vốn đã đảo khi gỡ không tự ghi lại: sau khi công bố, hãy ghi lại bút toán.")]
        besides = [*differing_total(record), *hidden_of(record), *proposed_by(record), *named_by(record), *again]
        return {"comes_with": comes_with(record), "besides": besides}

    def do(self, *, act, record, form):
        if isinstance(record, Certificate):
            despite = form is not None and form.cleaned_data.get("despite_difference", False)
            return publish_certificate(act=act, certificate=record, despite_difference=despite)
        return publish(act=act, record=record)

    def done(self, record, made) -> str:
        return _("Đã công bố %(code)s.") % {"code": record.code}

    def warnings(self, record, made) -> list[str]:
        return hidden_of(record)


class Withdraw(Work):
    name = "withdraw"
    deed = Deed.PUBLISH
    title = gettext_lazy("Gỡ")
    lead = gettext_lazy("Bản ghi không mất: địa chỉ công khai của nó trả lời “đã gỡ” cùng lý do bạn ghi dưới đây, và "
                        "đối tác được báo. Gỡ là việc của sổ đăng ký; chấm dứt hay thu hồi GCNĐKĐT thì ghi ở dự án.")
    needs_reason = True
    rule_in_action = True
    panel = "admin/registry/work/withdrawal.html"

    def offered(self, record) -> bool:
        return isinstance(record, Publishable) and record.publication == Publication.PUBLISHED

    def context(self, record) -> dict:
        ended = isinstance(record, Certificate) and certificate_that_ended(record.project) == record
        return {"comes_with": comes_with(record), "goes_on": going_on(record.project) if ended else []}

    def do(self, *, act, record, form):
        reason = form.cleaned_data["reason"]
        if isinstance(record, Certificate):
            return withdraw_certificate(act=act, certificate=record, reason=reason)
        return withdraw(act=act, record=record, reason=reason)

    def done(self, record, made) -> str:
        return _("Đã gỡ %(code)s.") % {"code": record.code}


class WithdrawProjectForm(WorkForm):
    groups = ((gettext_lazy("Nếu ghi trùng"), ("duplicate_of",)),)

    duplicate_of = RecordField(
        Engagement, "project", label=gettext_lazy("Trùng với dự án"), required=False,
        help_text=gettext_lazy("Khi một dự án bị ghi hai lần: địa chỉ của hồ sơ bị gỡ dẫn đến dự án này, và đối tác "
                               "được báo là đã gộp. Gỡ vì lý do khác thì để trống."))


class WithdrawProject(Withdraw):
    form_class = WithdrawProjectForm

    def context(self, record) -> dict:
        standing = record.entries.standing().in_ledger_order().select_related("source")
        return super().context(record) | {"undone": list(standing), "total": registered(record)}

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return withdraw_project(act=act, project=record, reason=given["reason"], duplicate_of=given["duplicate_of"])

    def done(self, record, made) -> str:
        return _("Đã gỡ %(code)s; vốn đăng ký của dự án trong sổ nay là %(total)s.") % {
            "code": record.code, "total": usd(registered(record))}


def differing_total(record) -> list[str]:
    """By how much the printed total of a certificate that waits differs from the ledger; nothing where it does not."""
    if isinstance(record, Certificate) and record.publication in BEFORE_THE_PUBLIC:
        try:
            check_total_again(record)
        except TotalDiffers as error:
            return [str(error)]
    return []


def hidden_of(record) -> list[str]:
    return hidden_beside(record) if isinstance(record, Project) else []


def proposed_by(record) -> list[str]:
    """What publishing a certificate does, a line each; none for any other record."""
    if not isinstance(record, Certificate):
        return []
    lines = [_("Cùng công bố: %(noun)s %(record)s.") % {"noun": each._meta.verbose_name, "record": each}
             for each in waiting_with(record)]
    if record.kind in ENDS:
        return [*lines, _("Dự án chấm dứt; sổ vốn ghi giảm hết vốn đăng ký.")]
    if record.proposed_usd is not None:
        lines.append(_("Sổ vốn ghi %(amount)s cho %(project)s.") % {
            "amount": usd(record.proposed_usd), "project": record.project})
    return lines + [_("%(label)s: %(before)s → %(after)s.") % {
        "label": capfirst(str(each.label)), "before": each.before or "–", "after": each.after or "–"}
        for each in proposed_differences(record)]


def named_by(record) -> list[str]:
    """Of each investor that no public page knows yet, whether the public will read its name."""
    return [
        (_("Nhà đầu tư mới %(investor)s: cá nhân, công chúng không thấy tên.") if each.is_person else
         _("Nhà đầu tư mới %(investor)s: tổ chức, công chúng thấy tên.")) % {"investor": each}
        for each in new_investors_of(record)
    ]


def new_investors_of(record) -> list[Investor]:
    """The investor itself, or those of a certificate that waits, as far as they are not published."""
    if isinstance(record, Investor):
        return [record]
    if not isinstance(record, Certificate):
        return []
    stakes = Effect.of(record).stakes
    named = [each.investor for each in (record.project.current_stakes() if stakes is None else stakes)]
    return [each for each in named if not each.is_public()]


def coming(rows):
    """Of rows that have a state of their own, those that are published."""
    return rows.filter(publication=Publication.PUBLISHED) if issubclass(rows.model, Publishable) else rows


def comes_with(record) -> list[tuple[int, str]]:
    """What the public sees, or ceases to see, together with the record: how many of which noun, none left out."""
    related = [coming(getattr(record, name)) for name in CHILDREN.get(type(record), ())]
    counted = [(each.count(), each.model._meta.verbose_name_plural) for each in related]
    return [(count, noun) for count, noun in counted if count]
