"""What officers type into the form A.IV.1: the year that they expect, and corrections of a figure."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import NounQuerySet, Versioned
from registry.models.fields import HundredthsField, one_of
from registry.vocabulary.a_iv_1 import FormColumn
from registry.vocabulary.report import FIRST_YEAR, LAST_YEAR, Quarter, QuarterNumber


class FormFigureQuerySet(NounQuerySet):
    def public(self):
        """What an office expects or corrects is its own until it publishes the table."""
        return self.none()

    def of(self, quarter: Quarter):
        """Those that stand for a quarter, the province's and the registrars'."""
        return self.filter(year=quarter.year, quarter=quarter.number, value__isnull=False)


class FormFigure(Versioned):
    """One figure that somebody typed into the form A.IV.1 (số nhập tay của biểu).

    ``registrar`` is null on the province's own form. ``value`` is in the row's unit, money in dollars; null: taken
    back, so that the computed figure stands again. Who typed it and when stand in its changes.
    """

    KIND = "form-figure"

    code = models.CharField(_("mã"), max_length=100, unique=True)
    year = models.PositiveSmallIntegerField(_("năm"))
    quarter = models.PositiveSmallIntegerField(_("quý"), choices=QuarterNumber)
    registrar = models.ForeignKey("Registrar", models.PROTECT, null=True, blank=True, related_name="form_figures",
                                  verbose_name=_("cơ quan đăng ký đầu tư"))
    row = models.CharField(_("chỉ tiêu"), max_length=30)
    column = models.CharField(_("cột"), max_length=15, choices=FormColumn)
    value = HundredthsField(_("số nhập tay"), null=True, blank=True)

    objects = FormFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("số nhập tay của biểu A.IV.1")
        verbose_name_plural = _("số nhập tay của biểu A.IV.1")
        constraints = [
            one_of("form_figure", "column", FormColumn),
            models.CheckConstraint(
                name="form_figure_quarter_of_a_year", condition=Q(quarter__gte=1, quarter__lte=4),
                violation_error_message=_("Quý là một số từ 1 đến 4."),
            ),
            models.CheckConstraint(
                name="form_figure_year_of_the_calendar", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=_("Năm phải từ 1987 (Luật Đầu tư nước ngoài đầu tiên) đến 2200."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}"

    def is_public(self) -> bool:
        return False
