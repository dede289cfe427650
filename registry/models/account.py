"""Accounts: who somebody is to the register, and what follows from it."""

from django.conf import settings
from django_otp.plugins.otp_totp.models import TOTPDevice

from registry.vocabulary.role import Deed, Role, deeds_of

# The other word of the setting SECOND_FACTOR is "offered": who takes one is asked for it.
REQUIRED = "required"


def roles_of(user) -> frozenset[Role]:
    """The roles of an account: its groups, a superuser's also administrator, reader where it has none. One query,
    the first time that an account is asked."""
    if not hasattr(user, "_register_roles"):
        named = set(user.groups.values_list("name", flat=True)) & set(Role.values)
        found = {Role(name) for name in named} | ({Role.ADMINISTRATOR} if user.is_superuser else set())
        user._register_roles = frozenset(found or {Role.READER})
    return user._register_roles


def may(user, deed: str) -> bool:
    """Whether an account may do this. The one question that every page of the officers' door asks."""
    return bool(user.is_active and user.is_staff) and deed in deeds_of(roles_of(user))


def may_publish_alone(user) -> bool:
    """Whether an account may publish what it has written itself: a reviewer's may where one person is enough."""
    return not settings.TWO_PERSON_RULE and may(user, Deed.PUBLISH)


def has_second_factor(user) -> bool:
    """Whether an account signs in with a phone. One query, the first time that an account is asked."""
    if not hasattr(user, "_has_second_factor"):
        user._has_second_factor = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    return user._has_second_factor


def lacks_second_factor(user) -> bool:
    """Whether somebody who gave the right password has yet to show the second factor, or to take one."""
    if getattr(user, "otp_device", None) is not None:
        return False
    return settings.SECOND_FACTOR == REQUIRED or has_second_factor(user)
