"""The second factor at the officers' door: shown at sign-in, taken with a phone, and its recovery codes."""

from base64 import b32encode

import django_otp
import segno
from django import forms
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.util import random_hex

from registry.actions import second_factor
from registry.actions.sign_in import begin_try, end_try
from registry.models.account import has_second_factor, lacks_second_factor
from registry.vocabulary.errors import RuleBroken

from .session import begin_session
from .sign_in import keys_of, remember_browser, too_many, waits
from .told import TellsRules

SECRET = "second_factor_secret"
hidden_code = method_decorator([sensitive_post_parameters("code"), never_cache])


class CodeForm(TellsRules, forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Mã xác thực"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "vTextField number",
                                      "spellcheck": "false", "autocapitalize": "off"}),
    )


class SecondFactorViews:
    """Mix into an AdminSite."""

    def second_factor_urls(self) -> list:
        return [
            path("second-factor/", self.admin_view(self.second_factor), name="second_factor"),
            path("second-factor/check/", self.second_factor_check, name="second_factor_check"),
            path("second-factor/enrol/", self.second_factor_enrol, name="second_factor_enrol"),
        ]

    def next_step(self, request: HttpRequest) -> str | None:
        """Where somebody who gave the right password has yet to go; None where nowhere."""
        user = request.user
        if not (user.is_active and user.is_staff and lacks_second_factor(user)):
            return None
        name = "admin:second_factor_check" if has_second_factor(user) else "admin:second_factor_enrol"
        return reverse(name, query={REDIRECT_FIELD_NAME: self.following(request)})

    def following(self, request: HttpRequest) -> str:
        """Where the officer wanted to go: an address of this site, else the desk."""
        wanted = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
        safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
        return wanted if safe else reverse("admin:index")

    @hidden_code
    def second_factor_check(self, request: HttpRequest) -> HttpResponse:
        """The second step of signing in: the code of the phone, or a recovery code."""
        user = request.user
        if not (user.is_active and user.is_staff and lacks_second_factor(user) and has_second_factor(user)):
            return HttpResponseRedirect(self.following(request))
        form, wait = CodeForm(request.POST if request.method == "POST" else None), 0
        if form.is_bound and form.is_valid():
            device, wait = self._tried(request, form, lambda code: second_factor.check(user=user, code=code))
            if device is not None:
                self._through(request, device)
                answer = HttpResponseRedirect(self.following(request))
                remember_browser(answer, user.get_username())
                return answer
        return self._shown(request, "check", wait, form=form, title=_("Nhập mã xác thực"))

    @hidden_code
    def second_factor_enrol(self, request: HttpRequest) -> HttpResponse:
        """Scan a secret with the phone and prove it. Who has a second factor already must have shown it."""
        user = request.user
        if not (user.is_active and user.is_staff):
            return HttpResponseRedirect(reverse("admin:login"))
        if has_second_factor(user) and lacks_second_factor(user):
            return HttpResponseRedirect(self.next_step(request))
        key = request.session.setdefault(SECRET, random_hex(20))
        form, wait = CodeForm(request.POST if request.method == "POST" else None), 0
        if form.is_bound and form.is_valid():
            codes, wait = self._tried(request, form, lambda code: second_factor.enrol(
                user=user, key=key, code=code, at=timezone.now()))
            if codes is not None:
                del request.session[SECRET]
                self._through(request, second_factor.device_of(user))
                answer = self._codes(request, codes)
                remember_browser(answer, user.get_username())
                return answer
        device = second_factor.new_device(user, key)
        return self._shown(request, "enrol", wait, form=form, title=_("Bật xác thực hai lớp"),
                           picture=picture_of(device.config_url), secret=in_groups(b32encode(device.bin_key).decode()))

    @hidden_code
    def second_factor(self, request: HttpRequest) -> HttpResponse:
        """How the account's second factor stands; new recovery codes in place of the old."""
        user = request.user
        if request.method == "POST":
            if not has_second_factor(user):
                raise PermissionDenied
            return self._codes(request, second_factor.make_recovery_codes(user=user))
        left = StaticToken.objects.filter(device__user=user).count()
        return self._shown(request, "page", title=_("Xác thực hai lớp"), is_on=has_second_factor(user), left=left)

    def _tried(self, request: HttpRequest, form: CodeForm, what) -> tuple[object, int]:
        """What came of a code, and the seconds to wait where it was tried too often; told at the form."""
        keys = keys_of(request, request.user.get_username(), "code")
        if wait := begin_try(keys, at=timezone.now()):
            form.tell_at("code", waits(wait))
            return None, wait
        try:
            made = what(form.cleaned_data["code"])
        except RuleBroken as error:
            form.tell(error)
            return None, 0
        end_try(keys)
        return made, 0

    def _through(self, request: HttpRequest, device) -> None:
        request.session.cycle_key()
        django_otp.login(request, device)
        request.user._has_second_factor = True
        begin_session(request)

    def _codes(self, request: HttpRequest, codes: list[str]) -> HttpResponse:
        """Recovery codes, shown this once."""
        return self._shown(request, "codes", title=_("Mã khôi phục"), codes=[in_groups(code) for code in codes],
                           following=self.following(request))

    def _shown(self, request: HttpRequest, page: str, wait: int = 0, **context) -> HttpResponse:
        answer = TemplateResponse(request, f"admin/registry/second_factor/{page}.html", {
            **self.each_context(request), "following": self.following(request), **context})
        return too_many(answer, wait) if wait else answer


def picture_of(address: str) -> str:
    """A QR code as SVG: black on white in light and dark, as a camera needs it; its size is the stylesheet's."""
    drawn = segno.make(address, error="m").svg_inline(
        omitsize=True, border=4, light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # drawn here; the address is in it only as squares


def in_groups(code: str) -> str:
    """A code as people read it out: in fours."""
    return "-".join(code[at:at + 4] for at in range(0, len(code), 4))
