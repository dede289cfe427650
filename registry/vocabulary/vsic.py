"""From one version of the industrial classification (VSIC) to the other, as far as section and division tell.

From 2018 to 2025 section J was parted into J and K, every letter behind it moved by one, and division 45 ended: the
trade in vehicles stayed in G, their repair left it. What may have gone two ways is not converted, it keeps its key.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .agency import LETTERS_OF_2025, section_of_2018


class Vsic(models.TextChoices):
    """Phiên bản phân ngành."""

    V2018 = "2018", _("VSIC 2018")
    V2025 = "2025", _("VSIC 2025")


# By the key of a sector, before that of its section: 45 and what is coded no finer than G or J have two successors,
# 2025-T has the repair of vehicles from G.
BY_SECTOR = {
    Vsic.V2018: {"2025-T": "2025-T"},
    Vsic.V2025: {"2018-45": "2018-45", "2018-G": "G", "2018-J": "J",
                 **dict.fromkeys(("2018-58", "2018-59", "2018-60"), "2025-J"),
                 **dict.fromkeys(("2018-61", "2018-62", "2018-63"), "2025-K")},
}
_OLD = {f"2025-{letter}": section_of_2018(f"2025-{letter}") for letter in LETTERS_OF_2025}
BY_SECTION = {
    Vsic.V2018: _OLD,
    Vsic.V2025: {f"2018-{old}": new for new, old in _OLD.items() if old != "J"},
}


def section_in(version: str, sector: str, section: str) -> str:
    """The section key under which a sector stands in a version: ``sector`` is its key (``2018-45``), ``section`` that
    of its section with the version (``2018-G``). Its own section key, or its own where that says more, if it cannot be
    converted."""
    found = BY_SECTOR[version].get(sector) or BY_SECTION[version].get(section)
    return found or section.removeprefix("2018-")


def is_converted(version: str, key: str) -> bool:
    """Whether a section key is one of this version."""
    return key.startswith("2025-") == (version == Vsic.V2025) and not key.startswith("2018-")
