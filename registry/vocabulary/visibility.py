"""Who may see a field."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """From all to few; each sees what the ones before it see."""

    PUBLIC = "public", _("công khai")
    PARTNER = "partner", _("đối tác")
    STAFF = "staff", _("nội bộ")
