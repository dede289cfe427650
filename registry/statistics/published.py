"""Tables to be frozen: what may be asked of one, and the table as plain data, the same bytes for ever."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from registry.models import (
    AdministrativeUnit,
    Change,
    Country,
    Investor,
    PublishedFigure,
    Registrar,
    Sector,
    Zone,
)
from registry.models.rows import in_chunks
from registry.vocabulary.a_iv_1 import FormColumn, called
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.investor import INDIVIDUAL, InvestorKind
from registry.vocabulary.publication import Publication
from registry.vocabulary.published import HEADING_LINES, NUMBERS, SHEETS, Asked, FigureKind, asked_of, is_count

from .a_iv_1 import Figure, FormRow, QuarterlyForm, published_form
from .agency import AGENCY_GROUPS
from .agency_known import agency_rows, heading_rows
from .as_known import Known, Numbers, Rows, added_up, known_at, known_now, rows_of
from .flows import FLOW_GROUPS, NoFlowGroup, PeriodBackwards
from .groups import GROUPS, TIMES, Names, UnknownGroup, group, in_both
from .log import check_known

CENT = Decimal("0.01")
CAPITAL_GROUPS = ("country", *GROUPS, *TIMES)
NAMED = {"country": Country, "sector": Sector, "section": Sector, "zone": Zone, "place": AdministrativeUnit,
         "registrar": Registrar, "investor": Investor}


class NotOverYet(RuleBroken):
    code = "not-over-yet"
    message = _("Ngày %(last)s chưa đến: chỉ chốt được số liệu đến hết hôm nay (%(today)s) hoặc trước đó.")


class NotAQuarter(RuleBroken):
    code = "not-a-quarter"
    message = _("Biểu A.IV.1 là của cả một quý, mà %(last)s không phải ngày cuối của quý nào; hãy ghi %(end)s.")


def check_asked(asked: Asked, *, today: date) -> None:
    """Raises NotOverYet, KnownInFuture, NotAQuarter, PeriodBackwards, NoFlowGroup, UnknownGroup."""
    check_known(asked.known_on, today=today)
    if asked.last > today:
        raise NotOverYet(last=f"{asked.last:%d/%m/%Y}", today=f"{today:%d/%m/%Y}", field="last")
    if asked.kind == FigureKind.CAPITAL:
        if asked.by not in CAPITAL_GROUPS:
            raise UnknownGroup(by=asked.by, groups=", ".join(CAPITAL_GROUPS), field="by")
        return
    groups = {FigureKind.FLOWS: FLOW_GROUPS, FigureKind.AGENCY: AGENCY_GROUPS}.get(asked.kind)
    if groups and asked.by not in groups:
        raise NoFlowGroup(by=asked.by, groups=", ".join(groups), field="by")
    if asked.kind == FigureKind.A_IV_1 and asked.last != asked.quarter.period.last:
        raise NotAQuarter(last=f"{asked.last:%d/%m/%Y}", end=f"{asked.quarter.period.last:%d/%m/%Y}", field="last")
    if asked.first is None or asked.first > asked.last:
        raise PeriodBackwards(first=f"{asked.first or asked.last:%d/%m/%Y}", last=f"{asked.last:%d/%m/%Y}",
                              field="first")


def drawn(asked: Asked) -> dict:
    """The table as the register has it now; ask within one moment."""
    return table_of(asked, known_now())


def table_of(asked: Asked, known: Known) -> dict:
    """The table as plain data: rows with the names that their keys had then, largest first, times in their order, what
    is not stated last; of a form its lines in their order, without a total. Amounts are text with two places."""
    asked = asked_of(asked.kind, asked.as_plain())
    head = {"kind": str(asked.kind), **asked.as_plain(), "change": known.change, "unit": "USD"}
    if asked.kind == FigureKind.A_IV_1:
        return {**head, "rows": [_line(row, asked.rules) for row in published_form(asked, known).rows if row.line.key],
                "total": None}
    rows = frozen_rows(asked, known)
    if asked.kind in SHEETS:
        return {**head, "rows": [{"key": key, **as_plain(row)} for key, row in rows.items()], "total": None}
    names = names_at(asked.by, [key for key in rows if key is not None], known.change,
                     as_printed=asked.kind == FigureKind.AGENCY)
    in_order = sorted(rows, key=lambda key: _place(asked, key, rows[key]))
    return {
        **head,
        "rows": [{"key": key, **_named(names.get(key, (key, key))), **as_plain(rows[key])} for key in in_order],
        "total": {"key": None, **_named((None, None)), **as_plain(added_up(asked, rows))},
    }


def frozen_rows(asked: Asked, known: Known) -> Rows:
    """The numbers of any table by the keys of its rows; None is blank."""
    if asked.kind == FigureKind.A_IV_1:
        return form_numbers(published_form(asked, known))
    make = {FigureKind.AGENCY: agency_rows, FigureKind.HEADING: heading_rows}.get(asked.kind, rows_of)
    return make(asked, known)


def form_numbers(form: QuarterlyForm) -> Rows:
    """The values of a form by row and column."""
    return {row.line.key: {column: _number(row.line.key, row.figures[column]) for column in FormColumn.values}
            for row in form.rows if row.line.key}


def _number(key: str, figure: Figure) -> int | Decimal | None:
    if figure.value is None:
        return None
    return int(figure.value) if is_count(FigureKind.A_IV_1, key, "") else figure.value.quantize(CENT)


def _line(row: FormRow, rules: int) -> dict:
    """A row of A.IV.1, with the columns that an officer typed, those that are not told, and how many dossiers each
    leaves out."""
    key = row.line.key
    return {
        "key": key, **as_plain({column: _number(key, row.figures[column]) for column in FormColumn.values}),
        "typed": [column for column in FormColumn.values if row.figures[column].typed is not None],
        "withheld": [column for column in FormColumn.values if row.figures[column].is_withheld],
        **({"unstated": row.unstated} if rules > 1 else {}),
    }


def recomputed(figure: PublishedFigure) -> dict:
    """The table of a frozen figure, made again from what the register knew at its change."""
    return table_of(figure.asked, known_at(figure.change))


def _place(asked: Asked, key: str | None, row: Numbers):
    if asked.by in TIMES:
        return key is None, key or ""
    if asked.kind == FigureKind.AGENCY:
        return key is None, -row["total_usd"], -row["registered_usd"], key or ""
    first = NUMBERS[asked.kind][1] if asked.kind == FigureKind.CAPITAL else "total_usd"
    return key is None, -row[first], key or ""


def _named(names: Names) -> dict[str, str | None]:
    return {"name": names[0], "name_en": names[1]}


def as_plain(row: Numbers) -> dict[str, int | str | None]:
    return {name: value if value is None or isinstance(value, int) else f"{value:.2f}" for name, value in row.items()}


def line_names(kind: str, key: str) -> Names:
    """What a line of a form is called."""
    return in_both(lazy(called, str)(key) if kind == FigureKind.A_IV_1 else HEADING_LINES[key])


def rows_in(table: dict) -> dict[str | None, dict]:
    """The rows of a frozen table by key."""
    return {row["key"]: row for row in table["rows"]}


def names_at(by: str, keys: Iterable[str], change: int, *, as_printed: bool = False) -> dict[str, Names]:
    """What the keys of a group were called at a change, as the log has it; what no act has written, as it is called
    now. ``as_printed``: sections by the labels of the agency."""
    model = NAMED.get(by)
    if model is None:
        return {} if by in TIMES else group(by).names(keys)
    codes = {f"2018-{key}" if by == "section" and "-" not in key else key: key for key in keys}
    found: dict[str, Names] = {}
    for some in in_chunks(codes):
        changes = Change.objects.filter(kind=model.KIND, code__in=some, seq__lte=change, after__isnull=False)
        for code, after in changes.order_by("seq").values_list("code", "after"):
            found[codes[code]] = _called(after, codes[code], as_printed=as_printed)
    missing = [code for code, key in codes.items() if key not in found]
    if missing and as_printed and by == "section":
        rows = Sector.objects.filter(code__in=missing).values_list("code", "fia_label", "name", "name_en")
        found |= {codes[code]: (label or name, name_en or None) for code, label, name, name_en in rows}
    elif missing:
        found |= group(by).names([codes[code] for code in missing])
    return found


def _called(after: dict, key: str, *, as_printed: bool) -> Names:
    """A natural person is never named, nor what the public does not see."""
    if after.get("kind") == InvestorKind.PERSON:
        return in_both(INDIVIDUAL)
    if after.get("publication", Publication.PUBLISHED) != Publication.PUBLISHED:
        return key, key
    return as_printed and after.get("fia_label") or after["name"], after["name_en"] or None
