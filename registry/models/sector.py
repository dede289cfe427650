"""Sectors of the economy (ngành kinh tế, VSIC)."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import Named, NounQuerySet, Versioned


class SectorQuerySet(NounQuerySet):
    def spoken_of(self, words: Iterable[str]):
        """The sectors that a filter's words mean: ``2018-26``, ``26`` (2018), a section ``C`` or ``2025-K``."""
        meant = Q(pk__in=())
        for word in words:
            version, rest = split_word(word)
            meant |= Q(vsic_version=version) & (Q(vsic_code=rest) | Q(section=rest))
        return self.filter(meant)

    def unknown_among(self, words: Iterable[str]) -> list[str]:
        """The words that mean no sector. A list, by one query."""
        known = set()
        for version, code, section in self.values_list("vsic_version", "vsic_code", "section"):
            known |= {(version, code), (version, section)}
        return [word for word in words if split_word(word) not in known]


def split_word(word: str) -> tuple[str, str]:
    """The version of the classification that a word names, 2018 where it names none, and the code or section."""
    version, _dash, rest = word.rpartition("-")
    return version or "2018", rest


class Sector(Named, Versioned):
    """A section or division of the Việt Nam Standard Industrial Classification (ngành kinh tế).

    Identity is (``vsic_version``, ``vsic_code``): the letters of 2018 and 2025 differ from K on. ``code`` is the key
    ``2018-26``; ``vsic_code`` the code as printed; ``section`` its letter.
    """

    KIND = "sector"

    code = models.CharField(_("khóa"), max_length=8, unique=True)
    vsic_version = models.CharField(_("phiên bản VSIC"), max_length=4)
    level = models.PositiveSmallIntegerField(_("cấp"))
    vsic_code = models.CharField(_("mã VSIC"), max_length=3)
    section = models.CharField(_("mục"), max_length=1)
    fia_label = models.CharField(_("nhãn của Cục Đầu tư nước ngoài"), max_length=200, blank=True, default="")
    checked = models.BooleanField(_("đã đối chiếu danh mục chính thức"), default=False)

    objects = SectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("ngành kinh tế")
        verbose_name_plural = _("ngành kinh tế")
        constraints = [models.UniqueConstraint(name="sector_code_once_a_version", fields=["vsic_version", "vsic_code"])]

    @property
    def section_key(self) -> str:
        """``C`` for the classification of 2018, ``2025-K`` for that of 2025."""
        return self.section if self.vsic_version == "2018" else f"{self.vsic_version}-{self.section}"
