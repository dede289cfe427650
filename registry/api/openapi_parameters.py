"""The parameters of an address, as the schema tells of them: made from the filter set that reads them."""

from django.utils.translation import gettext as _

from registry.exchange.documents.nested import links_of
from registry.exchange.documents.shape import ISO_DAY, MOMENT, TEXT, many
from registry.exchange.documents.visibility import VISIBLE
from registry.vocabulary.visibility import Visibility
from registry.web.order import words as order_words
from registry.web.parameters import (
    NONE,
    AmountField,
    IsoDayField,
    MomentField,
    SeveralField,
    WholeField,
    WordField,
    WordsField,
    YesField,
)

from .shaping import DESCRIBED, EXPAND, FIELDS


def parameters_of(filters) -> list[dict]:
    return [
        {
            "name": name, "in": "query", "description": _described(each), "required": each.field.required,
            # As in a form, a parameter without a value says nothing.
            **({"allowEmptyValue": True} if not each.field.required and name != "after" else {}),
            **({"explode": True} if isinstance(each.field, SeveralField) else {}),
            "schema": _schema_of(name, each.field, filters),
        }
        for name, each in filters.base_filters.items()
    ]


def shaping_of(kind: str) -> list[dict]:
    """``fields`` and, of a noun that refers to others, ``expand``: dotted names, several with commas between."""
    first = {FIELDS: VISIBLE[kind].by(Visibility.PUBLIC), EXPAND: links_of(kind, Visibility.PUBLIC)}
    return [
        {"name": name, "in": "query", "description": str(DESCRIBED[name]), "required": False, "style": "form",
         "explode": False, "allowEmptyValue": True,
         "schema": many({"type": "string", "pattern": rf"^({'|'.join(sorted(names))})(\.[a-z_]+)*$"})}
        for name, names in first.items() if names
    ]


def _described(parameter) -> str:
    if getattr(parameter.field, "or_none", False):
        return _("%(label)s; none: chưa ghi nhận") % {"label": parameter.label}
    return str(parameter.label)


def _schema_of(name: str, field, filters) -> dict:
    match field:
        case WordsField():
            words_taken = [*field.words, NONE] if field.or_none else field.words
            return {"type": "array", "items": {"type": "string", "enum": words_taken}}
        case SeveralField():
            return {"type": "array", "items": TEXT}
        case WordField():
            return {"type": "string", "enum": field.words}
        case IsoDayField():
            return ISO_DAY
        case MomentField():
            return MOMENT
        case WholeField():
            return {"type": "integer", "minimum": field.least, "maximum": field.most}
        case AmountField():
            return {"type": "string", "pattern": r"^-?\d+(\.\d{1,2})?$"}
        case YesField():
            return {"type": "string", "enum": ["true", "false"]}
    return {"type": "string", "enum": order_words(filters.ORDERS)} if name == "ordering" else TEXT
