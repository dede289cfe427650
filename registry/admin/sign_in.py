"""Signing in: guessing passwords becomes slow, and nobody can keep an owner out.

Tries are counted by account and by address. A browser from which an account has signed in before has a count of its
own, by a signed cookie, so that strangers who try the account do not make its owner wait. An account that does not
exist is counted and answered like any other.
"""

import secrets

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from registry.actions.sign_in import begin_try, counted_as, end_try
from registry.web.client import counted_address

KNOWN, A_YEAR = "known_browser", 365 * 24 * 3600
SALT = "registry.known-browser"
TOO_MANY = 429


def waits(seconds: int) -> str:
    return ngettext("Đã thử sai nhiều lần. Hãy thử lại sau %(seconds)s giây.",
                    "Đã thử sai nhiều lần. Hãy thử lại sau %(seconds)s giây.", seconds) % {"seconds": seconds}


def keys_of(request: HttpRequest, account: str, kind: str = "account") -> list[str]:
    """Under what a try is counted; ``kind`` is ``account`` for a password, ``code`` for the second factor."""
    name = account.casefold()
    if browser := _known_browser(request, name):
        return [counted_as("device", browser)]
    return [counted_as(kind, name), counted_as("address", counted_address(request))]


def _known_browser(request: HttpRequest, name: str) -> str:
    """The mark of a browser from which this account has signed in before; empty for any other."""
    try:
        known = signing.loads(request.COOKIES.get(KNOWN, ""), salt=SALT, max_age=A_YEAR)
    except signing.BadSignature:
        return ""
    return known["browser"] if known["account"] == counted_as("account", name) else ""


def remember_browser(response: HttpResponse, account: str) -> None:
    """This browser has signed in to this account, with all that it asks for."""
    known = {"account": counted_as("account", account.casefold()), "browser": secrets.token_urlsafe(16)}
    response.set_cookie(KNOWN, signing.dumps(known, salt=SALT), max_age=A_YEAR, path="/admin/", httponly=True,
                        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")


def too_many(response: HttpResponse, seconds: int) -> HttpResponse:
    response.status_code = TOO_MANY
    response["Retry-After"] = str(seconds)
    return response


class SignInForm(AdminAuthenticationForm):
    """``wait`` are the seconds to wait where it was tried too often: the password has not been looked at then."""

    wait = 0

    def clean(self):
        account = self.cleaned_data.get("username")
        if account is None or not self.cleaned_data.get("password"):
            return self.cleaned_data
        keys = keys_of(self.request, account)
        self.wait = begin_try(keys, at=timezone.now())
        if self.wait:
            raise ValidationError(waits(self.wait), code="wait")
        given = super().clean()
        end_try(keys)
        return given
