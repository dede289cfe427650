"""What a partner may know of its own key: its plan, its quota, what it has used. As JSON, and as a page."""

import hashlib
from datetime import UTC, date, datetime

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods
from rest_framework.exceptions import NotAuthenticated

from registry.actions.partner import last_used
from registry.actions.quota import counted_key, usage_by_day, used_in
from registry.exchange.documents.shape import ISO_DAY, MOMENT, TEXT, WHOLE, iso, many, moment, shape, words
from registry.models import ApiKey
from registry.templatetags.register_format import number
from registry.vocabulary.partner import Plan, Scope
from registry.vocabulary.quota import Rate
from registry.web.client import address_of
from registry.web.parameters import Parameters
from registry.web.problems import api_language

from .access import KeyRefused, key_of, take_quota
from .base import ApiView, json

KEY = shape(
    id=TEXT, partner=TEXT, purpose=TEXT, plan=words(Plan), scopes=many(words(Scope)), expires_on=ISO_DAY,
    addresses=many(TEXT), last_used_at={**MOMENT, "type": ["string", "null"]},
    quota=many(shape(window=TEXT, seconds=WHOLE, limit=WHOLE, used=WHOLE, resets_at=MOMENT)),
    usage=many(shape(day=ISO_DAY, requests=WHOLE)),
)


def told_of(key: ApiKey, now: datetime) -> dict:
    """A key as its holder sees it, at a moment in local time. Never its secret."""
    who, used = counted_key(key), last_used(key)
    rates = settings.API_RATES[key.partner.plan]
    return {
        "id": str(key), "partner": key.partner.name, "purpose": key.purpose, "plan": key.partner.plan,
        "scopes": [scope.value for scope in Scope if scope == Scope.PUBLIC or scope == key.scope],
        "expires_on": iso(key.expires_on), "addresses": key.addresses,
        "last_used_at": used and moment(datetime.fromtimestamp(used, UTC)),
        "quota": [
            {"window": rate.name, "seconds": rate.seconds, "limit": rate.count, "used": used_in(who, rate, at=now),
             "resets_at": moment(datetime.fromtimestamp(rate.window_of(now) + rate.seconds, UTC))}
            for rate in rates
        ],
        "usage": [{"day": day.date().isoformat(), "requests": count} for day, count in usage_by_day(who, at=now)]
        if any(rate.name == "day" for rate in rates) else [],
    }


def in_words(rate: Rate) -> str:
    """``600 requests a minute``, in the reader's language."""
    words = {"second": _("%(count)s yêu cầu mỗi giây"), "minute": _("%(count)s yêu cầu mỗi phút"),
             "hour": _("%(count)s yêu cầu mỗi giờ"), "day": _("%(count)s yêu cầu mỗi ngày")}
    return words[rate.name] % {"count": number(rate.count)}


def for_people(told: dict) -> dict:
    """What the page shows of it: words for plan, scopes and rates, days and moments to format, no idle day."""
    return {
        "told": told, "plan": Plan(told["plan"]).label, "scopes": [Scope(scope).label for scope in told["scopes"]],
        "expires_on": date.fromisoformat(told["expires_on"]),
        "quota": [(in_words(Rate(each["limit"], each["seconds"])), each["used"],
                   datetime.fromisoformat(each["resets_at"])) for each in told["quota"]],
        "counted_by_day": bool(told["usage"]),
        "usage": [(date.fromisoformat(each["day"]), each["requests"]) for each in told["usage"] if each["requests"]],
    }


class KeyView(ApiView):
    """The key with which it is asked; 401 without one."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        Parameters(request.GET, today=timezone.localdate()).check()
        if request.auth is None:
            raise NotAuthenticated(_("Hãy gửi khóa trong tiêu đề Authorization."))
        response = json(told_of(request.auth, timezone.localtime()))
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["Cache-Control"] = "no-store"
        return response


class KeyForm(forms.Form):
    """The field never shows again what was typed into it."""

    key = forms.CharField(
        label=gettext_lazy("Khóa"), strip=True, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Hãy dán khóa vào ô này."),
                        "max_length": gettext_lazy("Khóa không dài như vậy; hãy dán lại.")},
        help_text=gettext_lazy("Khóa bắt đầu bằng bnf_. Trang này không lưu khóa và không đưa khóa vào địa chỉ."),
    )


@csrf_exempt  # It writes nothing, and whoever sends it has the key.
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def key_page(request: HttpRequest) -> HttpResponse:
    """A form that takes a key and shows what it is; a look counts as a request."""
    with translation.override(api_language(request)):
        form, told, status = KeyForm(request.POST if request.method == "POST" else None), None, 200
        if form.is_bound:
            told, status = _looked_at(request, form)
        response = render(request, "registry/api/key.html", {
            "here": "api", "form": form, **(for_people(told) if told else {}),
        }, status=status)
        response["Content-Language"] = translation.get_language()
        response["Vary"] = "Accept-Language"
        response["Referrer-Policy"] = "no-referrer"
        return response


@sensitive_variables()
def _looked_at(request: HttpRequest, form: KeyForm) -> tuple[dict | None, int]:
    """What the key is, and the status of the answer; an error at the form where it is none."""
    if not form.is_valid():
        return None, 400
    try:
        key = key_of(form.cleaned_data["key"], address_of(request))
    except KeyRefused as error:
        key, refused = None, str(error)
    if not take_quota(request, key).allowed:
        form.add_error("key", _("Đã vượt hạn mức; hãy thử lại sau một phút."))
        return None, 429
    if key is None:
        form.add_error("key", refused)
        return None, 401
    return told_of(key, timezone.localtime()), 200
