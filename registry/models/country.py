"""Countries and territories (quốc gia, vùng lãnh thổ)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.base import Named, Versioned


class Country(Named, Versioned):
    """A country or territory of ISO 3166-1 (quốc gia, vùng lãnh thổ).

    ``name`` is the label that the foreign-investment agency prints, where it prints one; ``aliases`` are
    other names met in the press.
    """

    KIND = "country"

    code = models.CharField(_("mã ISO 3166-1"), max_length=2, unique=True)
    printed = models.CharField(_("nhãn như Cục Đầu tư nước ngoài in"), max_length=100, blank=True, default="")
    aliases = models.JSONField(_("tên khác trên báo chí"), default=list, blank=True)

    class Meta:
        verbose_name = _("quốc gia, vùng lãnh thổ")
        verbose_name_plural = _("quốc gia, vùng lãnh thổ")

    def search_parts(self):
        return [*super().search_parts(), *self.aliases]
