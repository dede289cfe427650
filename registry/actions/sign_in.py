"""Tries to sign in: each is counted before the password is looked at, so that tries at once count too.

Not a deed of the register: no act is opened.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from registry.models import SignInTries
from registry.vocabulary.sign_in import FORGOTTEN_AFTER, PACES

SWEPT_AFTER = timedelta(days=1)


def counted_as(kind: str, what: str) -> str:
    """The key under which tries of a kind are counted."""
    return f"{kind}:{sha256(what.encode()).hexdigest()}"


def begin_try(keys: Iterable[str], *, at: datetime) -> int:
    """Count a try under these keys; 0 where it may go on. Otherwise the seconds to wait, and nothing is counted: who
    asks too early waits no longer for it."""
    keys = sorted(keys)
    with transaction.atomic():
        SignInTries.objects.filter(last_at__lt=at - SWEPT_AFTER).delete()
        for key in keys:
            SignInTries.objects.get_or_create(key=key, defaults={"last_at": at})
        rows = list(SignInTries.objects.select_for_update().filter(key__in=keys).order_by("key"))
        for row in rows:
            if row.last_at < at - FORGOTTEN_AFTER:
                row.tries = 0
        wait = max(row.last_at + PACES[row.key.partition(":")[0]].wait_after(row.tries) - at for row in rows)
        if wait > timedelta(0):
            return -(-wait // timedelta(seconds=1))
        for row in rows:
            row.tries, row.last_at = row.tries + 1, at
            row.save(update_fields=["tries", "last_at"])
    return 0


def end_try(keys: Iterable[str]) -> None:
    """The try succeeded: the account and the browser begin anew, the address takes back this one try."""
    for key in keys:
        rows = SignInTries.objects.filter(key=key)
        if key.startswith("address:"):
            rows.filter(tries__gt=0).update(tries=F("tries") - 1)
        else:
            rows.delete()
