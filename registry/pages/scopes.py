"""What tables are told in, to choose from by one click: the province of today or its two parts until 30 June 2025; and
the version of the classification."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.vocabulary.vsic import Vsic
from registry.vocabulary.zone import FormerProvince
from registry.web.parameters import NONE

SCOPES = {
    "": _("Cả tỉnh hiện nay"), FormerProvince.BAC_NINH: _("Bắc Ninh cũ"), FormerProvince.BAC_GIANG: _("Bắc Giang cũ"),
    NONE: _("chưa ghi nhận tỉnh cũ"),
}

VERSIONS = {"": _("như đã ghi"), **dict(Vsic.choices)}


@dataclass(frozen=True)
class Scope:
    label: str
    query: str
    chosen: bool


def scopes(asked: Sequence[str], query: Callable[[str | None], str]) -> list[Scope]:
    """``query`` gives the query of a page within a scope, None for the whole province."""
    return [Scope(str(label), query(word or None), chosen=list(asked) == ([word] if word else []))
            for word, label in SCOPES.items()]


def versions(asked: str, query: Callable[[str | None], str]) -> list[Scope]:
    """The same of the versions in which sections are told, None for each as it is coded."""
    return [Scope(str(label), query(word or None), chosen=asked == word) for word, label in VERSIONS.items()]
