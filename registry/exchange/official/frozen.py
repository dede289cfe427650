"""Frozen official tables in their layout, with what proves them below."""

from dataclasses import replace

from django.utils import timezone

from registry.models import PublishedFigure
from registry.statistics.frozen_forms import agency_of, form_of, heading_sheet_of
from registry.vocabulary.published import FigureKind

from .a_iv_1 import printed_form
from .agency import printed_heading, printed_table
from .layout import Printed

WITHHELD = "Ô trống của mục I cũng có thể là tổng mà dưới ba doanh nghiệp báo cáo: không công bố."


def printed_figure(figure: PublishedFigure) -> Printed:
    """A frozen table of an official kind. At most two queries."""
    frozen_on = timezone.localdate(figure.frozen_at)
    if figure.kind == FigureKind.A_IV_1:
        printed = printed_form(form_of(figure, frozen_on=frozen_on))
    elif figure.kind == FigureKind.HEADING:
        printed = printed_heading(heading_sheet_of(figure), drawn_on=frozen_on)
    else:
        printed = printed_table(agency_of(figure), drawn_on=frozen_on)
    proof = f"Bảng đã chốt {figure.code}, ngày {frozen_on:%d/%m/%Y}; SHA-256 {figure.checksum}."
    withheld = any(row.get("withheld") for row in figure.table["rows"])
    return replace(printed, name=figure.code, notes=(*printed.notes, *((WITHHELD,) if withheld else ()), proof))
