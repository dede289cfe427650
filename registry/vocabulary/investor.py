"""The words of investors."""

import re
import unicodedata

from django.db import models
from django.utils.translation import gettext_lazy as _

from .vietnamese import fold


class InvestorKind(models.TextChoices):
    ORGANISATION = "organisation", _("tổ chức")
    PERSON = "person", _("cá nhân")


INDIVIDUAL = _("nhà đầu tư cá nhân")

SIGNS = re.compile(r"[\W_]+")
TITLE = re.compile(r"(ong|ba|mr|mrs|ms|nha dau tu ca nhan)\b")


def usual_kind(name: str) -> InvestorKind:
    """What an investor is of whom only the name is known: a title before it tells a natural person, whose name the
    public must not see."""
    words = SIGNS.sub(" ", fold(unicodedata.normalize("NFKC", name))).strip()
    return InvestorKind.PERSON if TITLE.match(words) else InvestorKind.ORGANISATION
