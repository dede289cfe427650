"""The words of pairs that look alike and are two (cặp không trùng)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyKind(models.TextChoices):
    """Of which noun both of a pair are; the words are those of the nouns."""

    INVESTOR = "investor", _("nhà đầu tư")
    ENTERPRISE = "enterprise", _("tổ chức kinh tế thực hiện dự án")
