"""Keys of partners: asked for by one person, approved by another, the secret shown once to whoever did not approve.

So no one person lets somebody in: who approves never holds the secret, who holds it could not approve. What a key may
do is settled when it is asked for; whoever needs another asks for another. Revoking takes one person and no wait.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from registry.models import ApiKey, Change, Partner, counts
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.partner import ENDED, LONGEST_LIFE, KeyState, digest_of, is_same, new_id, new_secret, token_of

from .record import amend, create
from .two_persons import OwnChange, check_second_person
from .writing import Writing

FOR_EVER = 2**40

# In which minute this process last marked a key as used.
_marked: dict[str, int] = {}


class NoSuchTime(RuleBroken):
    code = "key-days"
    message = gettext_lazy("Khóa phải dùng được từ hôm nay và lâu nhất là hai năm: chọn một ngày từ %(first)s đến "
                           "%(last)s.")


class OverlapTooLong(RuleBroken):
    code = "key-overlap"
    message = gettext_lazy("Khóa cũ hết hạn ngày %(last)s: chọn một ngày từ hôm nay đến ngày ấy.")


class OwnKey(OwnChange):
    code = "own-key"
    message = gettext_lazy("%(code)s: bạn là người đã đề nghị khóa này, nên người khác phải duyệt.")


class ApproverTakesNoKey(RuleBroken):
    code = "approver-takes-no-key"
    message = gettext_lazy("%(code)s: bạn là người đã duyệt khóa này, nên người khác phải lấy phần bí mật.")


class NotInState(RuleBroken):
    code = "key-state"
    message = gettext_lazy("%(code)s: không làm được việc này khi khóa ở tình trạng “%(state)s”.")


@dataclass(frozen=True)
class Issued:
    """A key whose secret is in ``token``: nobody can have it again."""

    key: ApiKey
    token: str


def ask_for_key(
    *, act: Writing, partner: Partner, purpose: str, scope: str, expires_on: date, addresses: list[str] = (),
) -> ApiKey:
    """Ask for a key; it works once it is approved and issued. Raises NoSuchTime, InvalidRecord."""
    return _ask(act, ApiKey(partner=partner, purpose=purpose, scope=scope, expires_on=expires_on,
                            addresses=list(addresses)))


def ask_to_replace(*, act: Writing, key: ApiKey, expires_on: date, overlap_until: date) -> ApiKey:
    """Ask for a new key that does what this one does. The old one works until the end of ``overlap_until`` once the new
    one is issued. Raises NotInState, NoSuchTime, OverlapTooLong."""
    _check_state(key, KeyState.ISSUED)
    if not act.on <= overlap_until <= key.expires_on:
        raise OverlapTooLong(field="overlap_until", last=f"{key.expires_on:%d/%m/%Y}")
    return _ask(act, ApiKey(partner=key.partner, purpose=key.purpose, scope=key.scope, addresses=key.addresses,
                            expires_on=expires_on, replaces=key, overlap_until=overlap_until))


def _ask(act: Writing, key: ApiKey) -> ApiKey:
    last = act.on + LONGEST_LIFE
    if not act.on <= key.expires_on <= last:
        raise NoSuchTime(field="expires_on", first=f"{act.on:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    key.code = new_id()
    return create(act=act, record=key)


def approve(*, act: Writing, key: ApiKey) -> ApiKey:
    """A second person says yes. Raises OwnKey where it is the one who asked, NotInState."""
    _check_state(key, KeyState.ASKED)
    check_second_person(act=act, record=key, refusal=OwnKey)
    return amend(act=act, record=key, state=KeyState.APPROVED)


def refuse(*, act: Writing, key: ApiKey) -> ApiKey:
    """Say no; the reason is the act's. Raises NotInState."""
    _check_state(key, KeyState.ASKED)
    return amend(act=act, record=key, state=KeyState.REFUSED)


@sensitive_variables()
def issue(*, act: Writing, key: ApiKey) -> Issued:
    """Make the secret, of which only a digest is kept; what the key replaces ends with its overlap.

    Raises NotInState, and ApproverTakesNoKey under the two-person rule."""
    _check_state(key, KeyState.APPROVED)
    if act.by is not None and _approved_by(key) == act.by.pk:
        if settings.TWO_PERSON_RULE:
            raise ApproverTakesNoKey(code=key)
        act.remark(_("một người"))
    secret, (pepper_id, pepper) = new_secret(), newest_pepper()
    old = key.replaces
    if old is not None and old.state == KeyState.ISSUED and old.expires_on > key.overlap_until:
        amend(act=act, record=old, expires_on=key.overlap_until)
    amend(act=act, record=key, state=KeyState.ISSUED, digest=digest_of(secret, pepper), pepper=pepper_id)
    return Issued(key=key, token=token_of(key.code, secret))


def revoke(*, act: Writing, key: ApiKey) -> ApiKey:
    """From now on it opens nothing. One that was never issued is refused instead. Raises NotInState."""
    if key.state in ENDED:
        raise NotInState(code=key, state=key.get_state_display())
    return amend(act=act, record=key, state=KeyState.REVOKED if key.digest else KeyState.REFUSED)


def newest_pepper() -> tuple[str, str]:
    return next(iter(settings.API_KEY_PEPPERS.items()))


@sensitive_variables()
def is_secret_of(key: ApiKey | None, secret: str) -> bool:
    """Whether this is the secret of the key: the same work is done for a key that is not known."""
    pepper = settings.API_KEY_PEPPERS.get(key.pepper if key else "")
    tried = digest_of(secret, pepper or newest_pepper()[1])
    return is_same(tried, key.digest if pepper else "0" * 64) and pepper is not None


@sensitive_variables()
def mark_used(*, key: ApiKey, secret: str, minute: int) -> None:
    """Remember the minute (since 1970) in which a key was last used: once a minute and process. One kept under an older
    pepper comes under the newest. No deed of the register: no act is opened."""
    if _marked.get(key.code) == minute:
        return
    counts.keep_latest(used_name(key), minute * 60, until=FOR_EVER)
    pepper_id, pepper = newest_pepper()
    if key.pepper != pepper_id:
        ApiKey.objects.filter(pk=key.pk, digest=key.digest).update(digest=digest_of(secret, pepper), pepper=pepper_id)
    _marked[key.code] = minute


def used_name(key: ApiKey) -> str:
    return f"used:{key.code}"


def last_used(key: ApiKey) -> int | None:
    """When the key was last used, to the minute, in seconds since 1970; None: never."""
    return counts.taken(used_name(key)).get(0)


def _approved_by(key: ApiKey) -> int | None:
    approved = Change.objects.filter(kind=key.KIND, code=key.code, after__state=KeyState.APPROVED)
    return approved.order_by("-seq").values_list("act__by", flat=True).first()


def _check_state(key: ApiKey, state: str) -> None:
    if key.state != state:
        raise NotInState(code=key, state=key.get_state_display())
