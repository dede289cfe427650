"""What is typed into the form A.IV.1 of a quarter: the year that an office expects, corrections of a figure."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from registry.models import FormFigure, Registrar
from registry.vocabulary.a_iv_1 import BY_KEY, COUNTED, NAME, FormColumn, called
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.report import Quarter

from .record import amend, create
from .writing import Writing


class NoSuchRow(RuleBroken):
    code = "no-such-row"
    message = _("Biểu A.IV.1 không có chỉ tiêu “%(row)s” hoặc cột “%(column)s”; hãy mở lại biểu và nhập lại.")


class QuarterNotBegun(RuleBroken):
    code = "quarter-not-begun"
    message = _("Quý %(quarter)s chưa bắt đầu; hãy nhập số liệu cho quý đã bắt đầu.")


class NotWhole(RuleBroken):
    code = "not-whole"
    message = _("“%(row)s” đếm bằng số nguyên; hãy bỏ phần lẻ.")


class BelowZero(RuleBroken):
    code = "below-zero"
    message = _("“%(row)s” đếm từ 0 trở lên; hãy bỏ dấu trừ.")


def type_figure(
    *, act: Writing, quarter: Quarter, registrar: Registrar | None, row: str, column: str, value: Decimal | None,
) -> FormFigure | None:
    """Write what an officer typed into one cell, in the row's unit, money in dollars; None takes it back. Returns what
    is kept, None where there was nothing to take back. Raises NoSuchRow, QuarterNotBegun, NotWhole,
    BelowZero."""
    if row not in BY_KEY or column not in FormColumn.values:
        raise NoSuchRow(row=row, column=column)
    if quarter.period.start > act.on:
        raise QuarterNotBegun(quarter=quarter.short, field="quarter")
    if value is not None and BY_KEY[row].unit in COUNTED:
        if value != value.to_integral_value():
            raise NotWhole(row=called(row))
        if value < 0:
            raise BelowZero(row=called(row))
    of = registrar.code if registrar else "BN"
    code = f"{NAME}-{quarter.year}-{quarter.number}-{of}-{row}-{column}".upper()
    figure = FormFigure.objects.filter(code=code).first()
    if figure is not None:
        return amend(act=act, record=figure, value=value)
    if value is None:
        return None
    return create(act=act, record=FormFigure(code=code, year=quarter.year, quarter=quarter.number, registrar=registrar,
                                             row=row, column=column, value=value))
