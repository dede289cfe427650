"""How pages show a cell of an official table: the places that are printed, in the reader's language."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import number_format

from registry.exchange.official.layout import PLACES, QUANTITY, Cell, Printed

register = template.Library()


@register.simple_tag
def cell(cell: Cell, printed: Printed) -> str:
    """"1.234,50"; for an agency's table "(1.234,50)" below zero and "-" for zero; empty for a blank."""
    if isinstance(cell.value, str):
        return cell.value
    number = cell.number
    if number is None:
        return ""
    if printed.is_agency and not number:
        return "-"
    places = PLACES[cell.kind]
    if cell.kind == QUANTITY and number == number.to_integral_value():
        places = 0
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = number_format(abs(rounded), decimal_pos=places, use_l10n=True, force_grouping=True)
    if rounded >= 0:
        return text
    return f"({text})" if printed.is_agency else f"\N{MINUS SIGN}{text}"
