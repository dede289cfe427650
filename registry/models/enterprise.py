"""Enterprises (tổ chức kinh tế thực hiện dự án)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.vn import mst

from registry.models.base import Named, NamedQuerySet, Publishable, publication_known, withdrawn_with_reason


def check_tax_code(value: str) -> None:
    """Refuse a tax code whose check digit is wrong (mã số thuế: 10 digits, or 13 for a branch)."""
    if not mst.is_valid(value):
        raise ValidationError(
            _("Mã số thuế “%(value)s” sai chữ số kiểm tra; hãy đối chiếu với giấy chứng nhận đăng ký doanh nghiệp."),
            code="tax-code", params={"value": value},
        )


class Enterprise(Named, Publishable):
    """The company that carries out a project (tổ chức kinh tế thực hiện dự án); it may hold several.

    ``tax_code`` is also the enterprise code (mã số doanh nghiệp).
    """

    KIND = "enterprise"

    code = models.CharField(_("mã"), max_length=20, unique=True)
    tax_code = models.CharField(_("mã số thuế"), max_length=14, unique=True, null=True, blank=True,
                                validators=[check_tax_code])
    activity = models.TextField(_("ngành nghề theo nguồn nêu"), blank=True, default="")

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("tổ chức kinh tế thực hiện dự án")
        verbose_name_plural = _("tổ chức kinh tế thực hiện dự án")
        constraints = [publication_known("enterprise"), withdrawn_with_reason("enterprise")]
        indexes = [models.Index(name="enterprise_by_name", fields=["name_sort", "code"])]

    def search_parts(self):
        return [*super().search_parts(), self.tax_code, self.activity]
