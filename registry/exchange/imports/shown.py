"""What a preview shows of a record: its values as people read them."""

from decimal import Decimal

from django.db import models

from registry.vocabulary.period import VagueDay

from .cells import as_text


def shown(record, attr: str) -> str:
    """A value as people read it."""
    value = getattr(record, attr)
    display = getattr(record, f"get_{attr}_display", None)
    match value:
        case None | "":
            return ""
        case models.Model():
            return f"{value.code} {value.name}"
        case VagueDay():
            return value.label
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return str(display()) if display else as_text(value)
