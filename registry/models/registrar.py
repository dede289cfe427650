"""Registrars (cơ quan đăng ký đầu tư), each in force for a time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.base import Named, Versioned


class Registrar(Named, Versioned):
    """The authority that issues certificates (cơ quan đăng ký đầu tư): the zone board inside zones,
    the Department of Finance outside. ``in_force_until`` is the last day."""

    KIND = "registrar"

    code = models.CharField(_("mã"), max_length=12, unique=True)
    in_force_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    in_force_until = models.DateField(_("có hiệu lực đến hết"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors",
                                  verbose_name=_("cơ quan kế tiếp"))
    basis = models.CharField(_("căn cứ"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("cơ quan đăng ký đầu tư")
        verbose_name_plural = _("cơ quan đăng ký đầu tư")
