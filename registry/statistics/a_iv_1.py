"""The form A.IV.1 of a quarter: seven columns for each row, from the ledger, certificates and companies' reports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import FormFigure, Registrar
from registry.vocabulary.a_iv_1 import LINES, MAY_FALL, WITHIN, FormColumn, Line
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import Period
from registry.vocabulary.published import Asked
from registry.vocabulary.report import Quarter

from .a_iv_1_known import Knowledge, figures_known
from .a_iv_1_parts import OF_NOBODY, Figures, Scope, figures_of, withhold
from .as_known import Known
from .log import change_on, check_known, states_at

Computing = Callable[[Registrar | None], dict[str, Figures]]
Typed = dict[int | None, dict[tuple[str, str], Decimal]]  # by registrar, row and column
TYPED = ("year", "quarter", "registrar_id", "row", "column", "value")
HUNDRED, TENTH = Decimal(100), Decimal("0.1")


class QuarterInFuture(RuleBroken):
    code = "quarter-in-future"
    message = _("Quý %(quarter)s chưa bắt đầu; hãy chọn quý đã bắt đầu vào ngày %(today)s hoặc trước đó.")


@dataclass(frozen=True)
class Figure:
    """One cell. ``computed`` is None where nothing was collected; ``typed`` is what an officer wrote instead.
    ``is_withheld``: the register has it, and this reader is not told. ``unstated``: so many dossiers are not in it, for
    they state no capital."""

    computed: Decimal | None
    typed: Decimal | None = None
    is_withheld: bool = False
    unstated: int = 0

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
    def unstated(self) -> dict[str, int]:
        """By column, how many dossiers it leaves out."""
        return {FormColumn(column).value: figure.unstated for column, figure in self.figures.items() if figure.unstated}

    @property
    def beyond_the_year(self) -> list[str]:
        """The quarters of which more is told than of the year so far that contains them, where an officer typed either:
        blank is nothing. Of rows that can fall none."""
        if not self.figures or self.line.key in MAY_FALL:
            return []
        pairs = ((quarter, self.figures[quarter], self.figures[year]) for quarter, year in WITHIN.items())
        return [quarter.value for quarter, of, whole in pairs
                if (of.typed, whole.typed) != (None, None) and (of.value or 0) > (whole.value or 0)]

    @property
    def quarter_percent(self) -> Decimal | None:
        return self.percent(FormColumn.QUARTER, FormColumn.QUARTER_BEFORE)

    @property
    def year_percent(self) -> Decimal | None:
        return self.percent(FormColumn.YEAR, FormColumn.YEAR_BEFORE)


@dataclass(frozen=True)
class QuarterlyForm:
    """``registrar`` is None for the province; ``is_over``: the quarter has ended, so that it can be reported, else it
    is counted up to ``counted_to``.
    ``known_on`` is the day of which it tells what the register knew; None: all it knows."""

    quarter: Quarter
    registrar: Registrar | None
    is_over: bool
    counted_to: date
    rows: tuple[FormRow, ...]
    known_on: date | None = None

    @property
    def contradictions(self) -> list[str]:
        """The columns in which more came from abroad than was realised in all."""
        whole, part = self.row("realised").figures, self.row("realised_foreign").figures
        return [column for column in FormColumn.values if part[column].value is not None
                and part[column].value > (whole[column].value or 0)]

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


def public_form(
    quarter: Quarter, *, today: date, registrar: Registrar | None = None, known_on: date | None = None
) -> QuarterlyForm:
    """The form as the public may read it: what is typed is the office's; dossiers that were received are not
    published; sums of companies' reports only where they tell nothing of one company (``a_iv_1_reports``), and not as
    known on a past day, for two days beside each other would tell the report that came between. Raises
    QuarterInFuture, KnownInFuture. Queries: at most 10; as known on a day some 30."""
    _check(quarter, known_on, today)
    figures = _computing(quarter, known_on)(registrar)
    withhold(figures, dossiers=True, reports=registrar is not None or known_on is not None)
    return _form(quarter, registrar, figures, known_on=known_on, **_counted(quarter, today))


def office_form(
    quarter: Quarter, *, today: date, registrar: Registrar | None = None, known_on: date | None = None
) -> QuarterlyForm:
    """The form as an office fills it, with what its officers typed. The province's takes over what the registrars'
    forms say otherwise than the register, unless its own cell is typed. Raises QuarterInFuture, KnownInFuture. Queries:
    at most 11, and 10 for each registrar that corrected a figure; as known on a day some 30 each."""
    _check(quarter, known_on, today)
    computing = _computing(quarter, known_on)
    form = _form(quarter, registrar, computing(registrar), known_on=known_on, **_counted(quarter, today))
    records = None if known_on is None else change_on(known_on)
    return _filled(form, _typed(quarter, records), computing)


def rows_of_nobody(form: QuarterlyForm) -> list[FormRow]:
    """The rows of the province's form, as the register computes them, of projects without a registrar: no registrar's
    form has them. None where nothing is there. At most 11 queries; as known on a day some 30."""
    periods = periods_of(form.quarter)
    figures = (figures_of(periods, OF_NOBODY) if form.known_on is None
               else figures_known(periods, Knowledge.of_nobody(form.known_on)))
    of_nobody = _form(form.quarter, None, figures, is_over=form.is_over, counted_to=form.counted_to)
    return [row for row in of_nobody.rows if any(figure.computed or figure.unstated for figure in row.figures.values())]


def published_form(asked: Asked, known: Known) -> QuarterlyForm:
    """The form that is frozen: as the office fills it at a change, with dossiers and what is typed, for an office may
    publish those of its own. What one company reports it may not: sums of few companies' reports, and a registrar's,
    stay withheld, whatever is typed there."""
    registrar = Registrar.objects.filter(code=asked.registrar).first() if asked.registrar else None

    def computing(which: Registrar | None) -> dict[str, Figures]:
        code = asked.registrar if which is registrar else which.code
        return figures_known(periods_of(asked.quarter), Knowledge.of(known, asked.known_on, code),
                             rules=asked.rules)

    figures = computing(registrar)
    withhold(figures, dossiers=False, reports=bool(asked.registrar))
    form = _form(asked.quarter, registrar, figures, is_over=True, counted_to=asked.last, known_on=asked.known_on)
    records = known.change if asked.known_on is None else min(known.change, change_on(asked.known_on))
    return _filled(form, _typed(asked.quarter, records), computing)


def _check(quarter: Quarter, known_on: date | None, today: date) -> None:
    check_known(known_on, today=today)
    if quarter.period.start > today:
        raise QuarterInFuture(quarter=quarter.short, today=f"{today:%d/%m/%Y}", field="quarter")


def _counted(quarter: Quarter, today: date) -> dict:
    last = quarter.period.last
    return {"is_over": last < today, "counted_to": min(last, today)}


def _computing(quarter: Quarter, known_on: date | None) -> Computing:
    """What makes the figures of a registrar's form, or of the province's."""
    if known_on is None:
        return lambda registrar: figures_of(periods_of(quarter), Scope.of(registrar))
    return lambda registrar: figures_known(
        periods_of(quarter), Knowledge.on(known_on, registrar.code if registrar else ""))


def _form(quarter: Quarter, registrar: Registrar | None, figures: Mapping[str, Figures], **said) -> QuarterlyForm:
    return QuarterlyForm(quarter=quarter, registrar=registrar, rows=tuple(_row(line, figures) for line in LINES),
                         **said)


def _row(line: Line, figures: Mapping[str, Figures]) -> FormRow:
    if not line.key:
        return FormRow(line, {})
    cells = {column: Figure(of.get(line.key), is_withheld=line.key in of.withheld,
                            unstated=of.unstated.get(line.key, 0)) for column, of in figures.items()}
    return FormRow(line, cells | {FormColumn.EXPECTED: Figure(None)})


def _typed(quarter: Quarter, records: int | None) -> Typed:
    """What officers typed, as of a change; now where None. One query or two."""
    if records is None:
        rows = FormFigure.objects.of(quarter).values(*TYPED)
    else:
        rows = states_at(
            FormFigure, records, TYPED, which=Q(year=quarter.year, quarter=quarter.number, value__isnull=False),
            was=lambda state: Quarter(state["year"], state["quarter"]) == quarter and state["value"] is not None)
    found: Typed = {}
    for each in rows:
        found.setdefault(each["registrar_id"], {})[each["row"], each["column"]] = each["value"]
    return found


def _filled(form: QuarterlyForm, typed: Typed, computing: Computing) -> QuarterlyForm:
    own = typed.pop(form.registrar.pk if form.registrar else None, {})
    taken_over = _from_registrars(typed, computing) if form.registrar is None else {}
    return replace(form, rows=tuple(_with_typed(row, own, taken_over) for row in form.rows))


def _with_typed(row: FormRow, own: Mapping, taken_over: Mapping) -> FormRow:
    figures = dict(row.figures)
    for column, figure in row.figures.items():
        key = row.line.key, column
        if figure.is_withheld:
            continue
        if key in own:
            figures[column] = replace(figure, typed=own[key])
        elif key in taken_over:
            figures[column] = replace(figure, typed=(figure.computed or Decimal(0)) + taken_over[key])
    return FormRow(row.line, figures)


def _from_registrars(typed: Typed, computing: Computing) -> dict[tuple, Decimal]:
    """By how much the registrars' forms differ from what the register computes for them."""
    differences: dict[tuple, Decimal] = {}
    for registrar in Registrar.objects.filter(pk__in=typed):
        corrects = any(column != FormColumn.EXPECTED for _row, column in typed[registrar.pk])
        figures = computing(registrar) if corrects else {}
        for (key, column), value in typed[registrar.pk].items():
            computed = figures[column].get(key) if column in figures else None
            differences[key, column] = differences.get((key, column), Decimal(0)) + value - (computed or Decimal(0))
    return differences
