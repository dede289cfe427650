"""The form A.IV.1 as plain data."""

from decimal import Decimal

from registry.statistics.a_iv_1 import Figure, FormRow, QuarterlyForm
from registry.vocabulary.a_iv_1 import BY_KEY, LINES, SECTION_OF, FormColumn, Unit

from .shape import ISO_DAY, MAYBE_ISO_DAY, TEXT, WHOLE, YES_NO, iso, many, maybe, shape, words

PERCENT = {"type": ["string", "null"], "pattern": r"^-?\d+\.\d$"}
AMOUNT = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d{2})?$"}
PERCENTS = ("quarter_percent", "year_percent")


def row_schema() -> dict:
    """What each row says; its ``key`` with the definition of each figure."""
    keys = {"type": "string", "enum": list(BY_KEY), "description": "; ".join(
        f"{line.key}: {line.label} ({line.says})" for line in LINES if line.key)}
    return shape(
        key=keys, section={"type": "string", "enum": ["I", "II", "III", "IV"]}, name=TEXT, unit=words(Unit),
        **dict.fromkeys(FormColumn.values, AMOUNT), **dict.fromkeys(PERCENTS, PERCENT),
        withheld=many({"type": "string", "enum": FormColumn.values}),
    )


def form_schema() -> dict:
    """Called for each schema: the definitions are in the reader's language."""
    return shape(**{
        "year": WHOLE, "quarter": WHOLE, "from": ISO_DAY, "to": ISO_DAY, "is_over": YES_NO,
        "counted_to": ISO_DAY, "known_on": MAYBE_ISO_DAY,
        "registrar": maybe(shape(code=TEXT, name=TEXT)), "rows": many(row_schema()),
    })


def form_document(form: QuarterlyForm) -> dict:
    """The rows that have figures. Amounts in the row's unit, dollars whole; null: not collected, or withheld where
    ``withheld`` names the column. A percentage is null where the form prints N/A."""
    days, registrar = form.quarter.period, form.registrar
    return {
        "year": form.quarter.year, "quarter": form.quarter.number, "from": iso(days.start), "to": iso(days.last),
        "is_over": form.is_over, "counted_to": iso(form.counted_to), "known_on": iso(form.known_on),
        "registrar": registrar and {"code": registrar.code, "name": registrar.name},
        "rows": [_row(row) for row in form.rows if row.line.key],
    }


def office_document(form: QuarterlyForm) -> dict:
    """The same of an office's form; ``typed`` names the columns that officers typed, ``unstated`` those that leave out
    dossiers which state no capital, with how many."""
    more = {row.line.key: {
        "typed": [column for column, figure in row.figures.items() if figure.typed is not None],
        "unstated": row.unstated} for row in form.rows}
    document = form_document(form)
    return document | {"rows": [row | more[row["key"]] for row in document["rows"]]}


def _row(row: FormRow) -> dict:
    return {
        "key": row.line.key, "section": SECTION_OF[row.line.key], "name": str(row.line.label), "unit": row.line.unit,
        **{column: _amount(row.figures[column], row.line.unit) for column in FormColumn.values},
        **{name: None if (percent := getattr(row, name)) is None else str(percent) for name in PERCENTS},
        "withheld": [column for column in FormColumn.values if row.figures[column].is_withheld],
    }


def _amount(figure: Figure, unit: str) -> str | None:
    if figure.value is None:
        return None
    if unit in (Unit.PROJECTS, Unit.TIMES, Unit.PERSONS):
        return str(int(figure.value))
    return str(figure.value.quantize(Decimal("0.01")))
