"""The form A.IV.1 of a quarter: seven columns for each row, from the ledger, certificates and companies' reports."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from registry.models import FormFigure, Registrar
from registry.vocabulary.a_iv_1 import LINES, FormColumn, Line
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import Period
from registry.vocabulary.report import Quarter

from .a_iv_1_parts import Figures, Scope, figures_of

HUNDRED, TENTH = Decimal(100), Decimal("0.1")


class QuarterInFuture(RuleBroken):
    code = "quarter-in-future"
    message = _("Quý %(quarter)s chưa bắt đầu; hãy chọn quý đã bắt đầu vào ngày %(today)s hoặc trước đó.")


@dataclass(frozen=True)
class Figure:
    """One cell. ``computed`` is None where nothing was collected; ``typed`` is what an officer wrote instead.
    ``is_withheld``: the register has it, and this reader is not told."""

    computed: Decimal | None
    typed: Decimal | None = None
    is_withheld: bool = False

    @property
    def value(self) -> Decimal | None:
        return self.computed if self.typed is None else self.typed

    @property
    def differs(self) -> bool:
        """Whether what was typed is not what the register computes."""
        return self.typed is not None and self.typed != self.computed


@dataclass(frozen=True)
class FormRow:
    """A row with its figures by column; a heading has none. Money in US dollars, two places."""

    line: Line
    figures: Mapping[str, Figure]

    def percent(self, this: str, last: str) -> Decimal | None:
        """This over last, times 100, one place; None ("N/A") where either is missing or the divisor is 0."""
        now, then = self.figures[this].value, self.figures[last].value
        if now is None or not then:
            return None
        return (now / then * HUNDRED).quantize(TENTH, ROUND_HALF_UP)

    @property
    def quarter_percent(self) -> Decimal | None:
        return self.percent(FormColumn.QUARTER, FormColumn.QUARTER_BEFORE)

    @property
    def year_percent(self) -> Decimal | None:
        return self.percent(FormColumn.YEAR, FormColumn.YEAR_BEFORE)


@dataclass(frozen=True)
class QuarterlyForm:
    """``registrar`` is None for the province; ``is_over``: the quarter has ended, so that it can be reported."""

    quarter: Quarter
    registrar: Registrar | None
    is_over: bool
    rows: tuple[FormRow, ...]

    def row(self, key: str) -> FormRow:
        return next(row for row in self.rows if row.line.key == key)


def periods_of(quarter: Quarter) -> dict[str, Period]:
    """The days of each column but the typed one."""
    before = Quarter(quarter.year - 1, quarter.number)
    return {
        FormColumn.QUARTER_BEFORE: before.period, FormColumn.QUARTER: quarter.period,
        FormColumn.YEAR_BEFORE: Period(date(before.year, 1, 1), before.period.end),
        FormColumn.YEAR: Period(date(quarter.year, 1, 1), quarter.period.end),
    }


def public_form(quarter: Quarter, *, today: date, registrar: Registrar | None = None) -> QuarterlyForm:
    """The form as the public may read it: what is typed is the office's; dossiers that were received are not
    published; sums of companies' reports only where they tell nothing of one company (``a_iv_1_parts``). Raises
    QuarterInFuture. Queries: at most 10."""
    return _form(quarter, today, registrar, is_public=True)


def office_form(quarter: Quarter, *, today: date, registrar: Registrar | None = None) -> QuarterlyForm:
    """The form as an office fills it, with what its officers typed. The province's takes over what the registrars'
    forms say otherwise than the register, unless its own cell is typed. Raises QuarterInFuture. Queries: at most 11,
    and 10 for each registrar that corrected a figure."""
    form = _form(quarter, today, registrar, is_public=False)
    typed: dict[int | None, dict] = {}
    for each in FormFigure.objects.of(quarter):
        typed.setdefault(each.registrar_id, {})[each.row, each.column] = each.value
    own = typed.pop(registrar.pk if registrar else None, {})
    taken_over = _from_registrars(typed, quarter, today) if registrar is None else {}
    return replace(form, rows=tuple(_with_typed(row, own, taken_over) for row in form.rows))


def _form(quarter: Quarter, today: date, registrar: Registrar | None, *, is_public: bool) -> QuarterlyForm:
    if quarter.period.start > today:
        raise QuarterInFuture(quarter=quarter.short, today=f"{today:%d/%m/%Y}", field="quarter")
    figures = figures_of(periods_of(quarter), Scope.of(registrar), is_public=is_public)
    return QuarterlyForm(quarter=quarter, registrar=registrar, is_over=quarter.period.last < today,
                         rows=tuple(_row(line, figures) for line in LINES))


def _row(line: Line, figures: Mapping[str, Figures]) -> FormRow:
    if not line.key:
        return FormRow(line, {})
    cells = {column: Figure(of.get(line.key), is_withheld=line.key in of.withheld) for column, of in figures.items()}
    return FormRow(line, cells | {FormColumn.EXPECTED: Figure(None)})


def _with_typed(row: FormRow, own: Mapping, taken_over: Mapping) -> FormRow:
    figures = dict(row.figures)
    for column, figure in row.figures.items():
        key = row.line.key, column
        if key in own:
            figures[column] = replace(figure, typed=own[key])
        elif key in taken_over:
            figures[column] = replace(figure, typed=(figure.computed or Decimal(0)) + taken_over[key])
    return FormRow(row.line, figures)


def _from_registrars(typed: Mapping[int, Mapping], quarter: Quarter, today: date) -> dict[tuple, Decimal]:
    """By how much the registrars' forms differ from what the register computes for them."""
    differences: dict[tuple, Decimal] = {}
    for registrar in Registrar.objects.filter(pk__in=typed):
        corrects = any(column != FormColumn.EXPECTED for _row, column in typed[registrar.pk])
        form = _form(quarter, today, registrar, is_public=False) if corrects else None
        for (key, column), value in typed[registrar.pk].items():
            computed = form.row(key).figures[column].computed if form and column != FormColumn.EXPECTED else None
            differences[key, column] = differences.get((key, column), Decimal(0)) + value - (computed or Decimal(0))
    return differences
