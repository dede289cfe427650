"""How far a record has come on its way to the public."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Publication(models.TextChoices):
    """The public and partners see ``PUBLISHED`` only; ``WITHDRAWN`` (đã gỡ) answers 410 with the reason."""

    DRAFT = "draft", _("bản nháp")
    IN_REVIEW = "in_review", _("chờ duyệt")
    PUBLISHED = "published", _("đã công bố")
    WITHDRAWN = "withdrawn", _("đã gỡ")
