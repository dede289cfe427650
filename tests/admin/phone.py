"""A phone that makes codes, an account that has one, and a clock that goes on when it is told."""

import time
from base64 import b32decode
from datetime import UTC, datetime, timedelta

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from registry.actions.second_factor import make_recovery_codes


class Clock:
    """Stands still, so that what is slow on a busy machine is no wait of the register."""

    def __init__(self):
        self.at = datetime.now(UTC)

    def now(self) -> datetime:
        return self.at

    def time(self) -> float:
        return self.at.timestamp()

    def goes_on(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def everywhere(self, monkeypatch) -> "Clock":
        """In place of the clock of the officers' door."""
        monkeypatch.setattr("registry.admin.sign_in.timezone", self)
        monkeypatch.setattr("registry.admin.second_factor.timezone", self)
        monkeypatch.setattr("registry.admin.session.time", self)
        return self


def code_of(key: bytes, *, steps: int = 0) -> str:
    """What the phone shows now, or so many steps later."""
    totp = TOTP(key)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def key_on(page: str) -> bytes:
    """The secret that a page of enrolment prints."""
    secret = page.split('class="secret">')[1].split("<")[0]
    return b32decode(secret.replace("-", ""))


def give_phone(user) -> tuple[bytes, list[str]]:
    """The key of a phone that the account has from now on, and its recovery codes."""
    device = TOTPDevice.objects.create(user=user, name="totp", key=random_hex(20))
    return device.bin_key, make_recovery_codes(user=user)
