"""Accounts: who somebody is to the register, and what follows from it."""

from django.conf import settings

from registry.vocabulary.role import Deed, Role, deeds_of


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
