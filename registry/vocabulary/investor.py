"""The words of investors."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InvestorKind(models.TextChoices):
    ORGANISATION = "organisation", _("tổ chức")
    PERSON = "person", _("cá nhân")


INDIVIDUAL = _("nhà đầu tư cá nhân")
