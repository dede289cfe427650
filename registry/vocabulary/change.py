"""The words of the change log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What an act did to a record; the feed speaks the same words about its public form."""

    CREATED = "created", _("tạo mới")
    UPDATED = "updated", _("cập nhật")
    WITHDRAWN = "withdrawn", _("đã gỡ")
    MERGED = "merged", _("gộp")
    DELETED = "deleted", _("xóa")


class Door(models.TextChoices):
    """Through which door an act came."""

    ADMIN = "admin", _("trang quản trị")
    LOADER = "loader", _("nạp dữ liệu")
    SHELL = "shell", _("dòng lệnh")
    PUBLIC = "public", _("trang công khai")
