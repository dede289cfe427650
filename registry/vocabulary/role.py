"""Who keeps the register: the roles, and what each of them may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role is a group of accounts, known by its word. An account may have several; one without any only reads."""

    OFFICER = "officer", _("cán bộ")
    REVIEWER = "reviewer", _("lãnh đạo")
    STATISTICIAN = "statistician", _("thống kê")
    ADMINISTRATOR = "administrator", _("quản trị")
    READER = "reader", _("người đọc")


class Deed(models.TextChoices):
    """What can be done at the officers' door. ``PUBLISH`` is to decide what the public sees: publish, withdraw,
    give back. ``REPORT`` is to take companies' reports in, or to return them, and to draw up the register's own."""

    LOOK = "look", _("xem mọi hồ sơ")
    EDIT = "edit", _("nhập và sửa hồ sơ")
    POST = "post", _("ghi bút toán và giấy chứng nhận")
    PUBLISH = "publish", _("công bố, gỡ, trả lại")
    REPORT = "report", _("tiếp nhận và lập báo cáo")
    FREEZE = "freeze", _("chốt số liệu công bố")
    ACCOUNTS = "accounts", _("quản lý tài khoản và khóa truy cập")


MAY: dict[Role, frozenset[Deed]] = {
    Role.OFFICER: frozenset({Deed.LOOK, Deed.EDIT, Deed.POST}),
    Role.REVIEWER: frozenset({Deed.LOOK, Deed.PUBLISH}),
    Role.STATISTICIAN: frozenset({Deed.LOOK, Deed.REPORT, Deed.FREEZE}),
    Role.ADMINISTRATOR: frozenset({Deed.LOOK, Deed.ACCOUNTS}),
    Role.READER: frozenset({Deed.LOOK}),
}


def deeds_of(roles) -> frozenset[Deed]:
    """What somebody with these roles may do."""
    return frozenset().union(*(MAY[role] for role in roles))
