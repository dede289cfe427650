"""Partners of the API and their keys: ``bnf_<id>.<secret>``."""

import hashlib
import hmac
import re
import secrets
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# Also found in an address or a log, by whoever looks for keys that got there.
TOKEN = re.compile(r"bnf_([0-9a-f]{12})\.([A-Za-z0-9_-]{43})")
LONGEST_LIFE = timedelta(days=731)
OVERLAP_DAYS = 14


class Plan(models.TextChoices):
    """How much a partner may ask; the operator sets the rates of each."""

    BASIC = "basic", _("cơ bản")
    MIRROR = "mirror", _("sao gương")


class Scope(models.TextChoices):
    """What a key shows: each sees what the one before it sees."""

    PUBLIC = "public", _("dữ liệu công khai")
    PARTNER = "partner", _("thêm trường dành cho đối tác")


class KeyState(models.TextChoices):
    ASKED = "asked", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt, chưa lấy khóa")
    ISSUED = "issued", _("đang dùng")
    REFUSED = "refused", _("không duyệt")
    REVOKED = "revoked", _("đã vô hiệu hóa")


ENDED = (KeyState.REFUSED, KeyState.REVOKED)


def new_id() -> str:
    return secrets.token_hex(6)


def new_secret() -> str:
    """256 bits."""
    return secrets.token_urlsafe(32)


def token_of(key_id: str, secret: str) -> str:
    return f"bnf_{key_id}.{secret}"


def read_token(text: str) -> tuple[str, str] | None:
    """The id and the secret of a key; None where the text is none."""
    read = TOKEN.fullmatch(text)
    return (read[1], read[2]) if read else None


def digest_of(secret: str, pepper: str) -> str:
    """What is kept of a secret: without the pepper nothing can be tried against it."""
    return hmac.new(pepper.encode(), secret.encode(), hashlib.sha256).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Compared in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)
