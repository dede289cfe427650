"""Work on partners and their keys: asked for, approved by another, the secret shown once, revoked at once."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from registry.actions import partner
from registry.actions.record import check_seen
from registry.actions.writing import DoneAlready, writing
from registry.admin.address import address_of
from registry.models import ApiKey
from registry.models.partner import check_addresses
from registry.vocabulary.partner import ENDED, OVERLAP_DAYS, KeyState, Scope
from registry.vocabulary.role import Deed

from .form import DayInput, WorkForm, column
from .page import Work

A_YEAR = timedelta(days=365)


class AddressesField(forms.CharField):
    """One network address a line."""

    def clean(self, value):
        found = super().clean(value).split()
        check_addresses(found)
        return found


class AskForm(WorkForm):
    groups = ((gettext_lazy("Khóa"), ("purpose", "scope", "expires_on", "addresses")),)

    purpose = column(ApiKey, "purpose", widget=AdminTextInputWidget)
    scope = forms.ChoiceField(label=gettext_lazy("Phạm vi"), choices=Scope.choices)
    expires_on = column(ApiKey, "expires_on", widget=DayInput)
    addresses = AddressesField(
        label=gettext_lazy("Chỉ dùng từ các địa chỉ mạng"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một địa chỉ, ví dụ 203.0.113.0/24. Để trống: từ mọi nơi."))


class ReplaceForm(WorkForm):
    groups = ((gettext_lazy("Khóa mới"), ("expires_on", "overlap_until")),)

    expires_on = column(ApiKey, "expires_on", widget=DayInput)
    overlap_until = column(ApiKey, "overlap_until", widget=DayInput, required=True)


class OfKeys(Work):
    """What only who keeps accounts and keys does."""

    deed = Deed.ACCOUNTS
    rule_in_action = True


class AskForKey(OfKeys):
    name = "ask-key"
    title = gettext_lazy("Đề nghị cấp khóa")
    lead = gettext_lazy("Khóa dùng được khi một người khác đã duyệt. Phạm vi, hạn và địa chỉ mạng không sửa được sau "
                        "này: cần khác thì đề nghị khóa khác.")
    default_reason = gettext_lazy("Đề nghị cấp khóa API")
    form_class = AskForm

    def initial(self, record) -> dict:
        return {"expires_on": timezone.localdate() + A_YEAR, "scope": Scope.PUBLIC}

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return partner.ask_for_key(act=act, partner=record, **{
            name: given[name] for name in ("purpose", "scope", "expires_on", "addresses")})

    def done(self, record, made) -> str:
        return _("Đã đề nghị khóa %(key)s; nay chờ người khác duyệt.") % {"key": made}


class ReplaceKey(OfKeys):
    name = "replace-key"
    title = gettext_lazy("Đổi khóa")
    lead = gettext_lazy("Đề nghị một khóa mới cùng phạm vi và địa chỉ mạng. Khi khóa mới được lấy, khóa này còn dùng "
                        "được đến hết ngày ghi dưới đây. Khóa bị lộ thì hãy vô hiệu hóa ngay.")
    default_reason = gettext_lazy("Đổi khóa API")
    form_class = ReplaceForm

    def offered(self, record) -> bool:
        return record.state == KeyState.ISSUED

    def initial(self, record) -> dict:
        today = timezone.localdate()
        return {"expires_on": today + A_YEAR,
                "overlap_until": min(today + timedelta(days=OVERLAP_DAYS), record.expires_on)}

    def do(self, *, act, record, form):
        given = form.cleaned_data
        return partner.ask_to_replace(act=act, key=record, expires_on=given["expires_on"],
                                      overlap_until=given["overlap_until"])

    def done(self, record, made) -> str:
        return _("Đã đề nghị khóa %(key)s; nay chờ người khác duyệt.") % {"key": made}


class ApproveKey(OfKeys):
    name = "approve-key"
    title = gettext_lazy("Duyệt")
    lead = gettext_lazy("Người đề nghị lấy phần bí mật và trao cho đối tác; người duyệt không thấy phần ấy.")
    default_reason = gettext_lazy("Duyệt khóa API")

    def offered(self, record) -> bool:
        return record.state == KeyState.ASKED

    def do(self, *, act, record, form):
        return partner.approve(act=act, key=record)

    def done(self, record, made) -> str:
        return _("Đã duyệt khóa %(key)s.") % {"key": made}


class RefuseKey(OfKeys):
    name = "refuse-key"
    title = gettext_lazy("Không duyệt")
    needs_reason = True

    def offered(self, record) -> bool:
        return record.state == KeyState.ASKED

    def do(self, *, act, record, form):
        return partner.refuse(act=act, key=record)

    def done(self, record, made) -> str:
        return _("Khóa %(key)s không được duyệt.") % {"key": made}


class RevokeKey(OfKeys):
    name = "revoke-key"
    title = gettext_lazy("Vô hiệu hóa")
    lead = gettext_lazy("Từ lúc ghi, khóa không mở được gì nữa. Không hoàn tác được; cần lại thì đề nghị khóa mới.")
    needs_reason = True

    def offered(self, record) -> bool:
        return record.state not in ENDED

    def do(self, *, act, record, form):
        return partner.revoke(act=act, key=record)

    def done(self, record, made) -> str:
        return _("Đã vô hiệu hóa khóa %(key)s.") % {"key": made}


class IssueKey(OfKeys):
    """Its answer is the one page that ever shows the secret; the second of two clicks shows it no more."""

    name = "issue-key"
    title = gettext_lazy("Lấy phần bí mật")
    lead = gettext_lazy("Khóa hiện ra một lần, ngay sau khi bạn bấm, và sổ đăng ký không giữ nó. Hãy trao cho đối tác "
                        "qua một đường kín. Người đã duyệt không lấy được.")
    default_reason = gettext_lazy("Cấp khóa API")

    def offered(self, record) -> bool:
        return record.state == KeyState.APPROVED

    def do(self, *, act, record, form):
        return partner.issue(act=act, key=record)

    @sensitive_variables()
    def write(self, model_admin, request, record, form):
        """Show the secret instead of leading on: it must be in no session and no address."""
        given = form.cleaned_data
        try:
            with writing(by=request.user, reason=given["reason"].strip() or str(self.default_reason),
                         key=given["key"]) as act:
                record = ApiKey.objects.get(pk=record.pk)
                check_seen(record=record, version=given["version"])
                issued = self.do(act=act, record=record, form=form)
        except DoneAlready as error:
            return self.done_already(request, record, error.act)
        answer = TemplateResponse(request, "admin/registry/work/issued_key.html", {
            **model_admin.admin_site.each_context(request), "title": _("Khóa API"), "opts": model_admin.opts,
            "record": issued.key, "token": issued.token, "work": self, "media": model_admin.media,
        })
        answer["Cache-Control"] = "no-store"
        return answer

    def done_already(self, request, record, act):
        messages.warning(request, _("Phần bí mật đã hiện một lần và không hiện lại được. Nếu chưa chép, hãy vô hiệu "
                                    "hóa khóa này và đề nghị khóa khác."))
        return redirect(address_of(record))
