"""The second factor of an account: a code that its owner's phone makes (TOTP), and codes for the day it is lost.

Not a deed of the register: no act is opened.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from registry.vocabulary.errors import RuleBroken

RECOVERY_CODES = 10
DIGITS = 6
STEPS_OFF = 1


class WrongCode(RuleBroken):
    code = "wrong-code"
    message = _("Mã chưa đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trên điện thoại; giờ của điện thoại phải đúng.")


def new_device(user, key: str) -> TOTPDevice:
    """A device with this secret, not written yet."""
    return TOTPDevice(user=user, name="totp", key=key)


def device_of(user) -> TOTPDevice:
    """The account's phone; it has one."""
    return TOTPDevice.objects.get(user=user, confirmed=True)


def enrol(*, user, key: str, code: str, at: datetime) -> list[str]:
    """Make a phone with this secret the account's second factor, in place of any other; return new recovery codes.
    Raises WrongCode where the phone does not make this code now."""
    device, typed = new_device(user, key), _plain(code)
    shown = TOTP(device.bin_key)
    shown.time = at.timestamp()
    if not (_is_of_a_phone(typed) and shown.verify(int(typed), STEPS_OFF)):
        raise WrongCode(field="code")
    device.last_t = shown.t()
    with transaction.atomic():
        remove(user=user)
        device.save()
        return make_recovery_codes(user=user)


def make_recovery_codes(*, user) -> list[str]:
    """New recovery codes in place of those before; each is good once."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        codes = [StaticToken.random_token() for _each in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def check(*, user, code: str) -> Device:
    """The device of the account that made this code, which is good once. Raises WrongCode."""
    typed = _plain(code)
    model = TOTPDevice if _is_of_a_phone(typed) else StaticDevice
    with transaction.atomic():
        devices = list(model.objects.select_for_update().filter(user=user, confirmed=True))
        found = next((device for device in devices if device.verify_token(typed)), None)
    if found is None:
        raise WrongCode(field="code")
    return found


def remove(*, user) -> None:
    """Take the second factor off an account, its recovery codes too."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _plain(code: str) -> str:
    """As people type it: "123 456", "ABCD-EFGH"."""
    return "".join(code.split()).replace("-", "").lower()


def _is_of_a_phone(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdecimal()
