"""Indicators of the province as series, one table an indicator: a page, and its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.exchange.columns.indicator import INDICATORS as COLUMNS
from registry.exchange.documents.indicator import indicators_document
from registry.exchange.moment import one_moment
from registry.statistics.indicator import Point, Series, indicators
from registry.vocabulary.attribute import attribute_label
from registry.vocabulary.indicator import GROUPS, INDICATORS, MAIN, RANK
from registry.vocabulary.zone import FormerProvince
from registry.web.files import file_answer
from registry.web.indicator_filters import IndicatorParameters, series_of
from registry.web.parameters import NONE
from registry.web.revision import by_revision

from . import about
from .asked import form_of, known
from .chart import percent
from .list_form import Choice
from .notes import Notes
from .stated import Teller, Value

# So many values of a province, the newest, stand on the page of all indicators; its own page has every one.
MOST_LINES = 6
NARROWING = ("indicator", "former_province")
SINCE_MERGER = gettext_lazy("Bắc Ninh (từ ngày sáp nhập 01/7/2025)")


@dataclass(frozen=True)
class Line:
    """One value of a series. ``x`` and ``width`` draw its bar in percent, empty where a bar would mislead."""

    point: Point
    told: Value
    x: str = ""
    width: str = ""


@dataclass(frozen=True)
class ScopeLines:
    """The values of one province; ``older`` of them are left out before the others."""

    label: str
    newest: Line
    lines: tuple[Line, ...]
    older: int


@dataclass(frozen=True)
class IndicatorTable:
    """One indicator in one measure: its provinces one after another, never joined, all bars on one scale."""

    attribute: str
    measure: str
    label: str
    zero: str
    scopes: tuple[ScopeLines, ...]
    query: str

    @property
    def anchor(self) -> str:
        return f"{self.attribute}-{self.measure}".lower().replace(" ", "-").replace("/", "-")


@dataclass(frozen=True)
class Group:
    word: str
    label: str
    tables: list[IndicatorTable]


@dataclass(frozen=True)
class NewestLine:
    """The newest value of one main indicator in one province."""

    label: str
    scope: str
    line: Line
    query: str


@by_revision
def indicators_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    found = IndicatorParameters(known(IndicatorParameters, request.GET), today=today, strict=False)
    errors = {name: str(message) for name, message in found.errors_found()}
    form, form_errors = form_of(request.GET)
    errors |= form_errors
    values = {name: value for name, value in found.form.cleaned_data.items() if name not in errors}
    if form and not errors:
        return _file(request, values, form, today)
    groups = groups_of(series_of(values), whole=bool(values.get("indicator")))
    title = _("Chỉ tiêu kinh tế và thu hút đầu tư")
    return render(request, "registry/indicators/page.html", {
        "groups": groups, "title": title, "errors": errors, "today": today, "here": "statistics",
        "scopes": _scopes(values), "is_narrow": bool(values.get("indicator")), "query": _query(values),
        "as_of": values.get("as_of"), "known_on": values.get("known_on"), "given": request.GET,
        "hidden": [(name, word) for name in NARROWING for word in values.get(name) or ()],
        "about": about.of_indicators(title),
    }, status=400 if errors else 200)


def _file(request: HttpRequest, values: dict, form: str, today: date) -> HttpResponse:
    with one_moment():
        document = indicators_document(series_of(values))
    return file_answer(request, COLUMNS.table(), document["results"], form=form, document=document, today=today)


def groups_of(series: Sequence[Series], *, whole: bool) -> list[Group]:
    """The tables by group, in the order of the series; ``whole``: with every value. No query."""
    most = None if whole else MOST_LINES
    tables = [_table(key, list(found), most)
              for key, found in groupby(series, key=lambda each: (each.attribute, each.measure))]
    return [Group(word, str(GROUPS[word]), list(found))
            for word, found in groupby(tables, key=lambda table: INDICATORS[table.attribute])]


def newest_of(until: date) -> list[NewestLine]:
    """The newest values of the main indicators of days until then. One query."""
    teller = Teller(Notes(), {}, [])
    return [
        NewestLine(str(attribute_label(each.attribute)), scope_label(each.scope),
                   Line(each.newest, teller.value(each.newest.statement)), f"indicator={each.attribute}")
        for each in indicators(attributes=MAIN, until=until)
    ]


def scope_label(scope: str) -> str:
    return str(FormerProvince(scope).label if scope else SINCE_MERGER)


def _table(key: tuple[str, str], series: list[Series], most: int | None) -> IndicatorTable:
    attribute, measure = key
    amounts = [Decimal(0), *(point.amount for each in series for point in each.points)]
    below, span = -min(amounts), max(amounts) - min(amounts)
    return IndicatorTable(
        attribute=attribute, measure=measure, label=str(attribute_label(attribute)), zero=percent(below, span),
        scopes=tuple(_scope(each, below, span, most) for each in series), query=f"indicator={attribute}",
    )


def _scope(series: Series, below: Decimal, span: Decimal, most: int | None) -> ScopeLines:
    teller, newest = Teller(Notes(), {}, []), series.newest
    shown = series.points[-most:] if most else series.points
    return ScopeLines(
        label=scope_label(series.scope), newest=_line(newest, series.measure, below, span, teller),
        lines=tuple(_line(point, series.measure, below, span, teller) for point in shown),
        older=len(series.points) - len(shown),
    )


def _line(point: Point, measure: str, below: Decimal, span: Decimal, teller: Teller) -> Line:
    told = teller.value(point.statement)
    if measure == RANK:
        return Line(point, told)
    return Line(point, told, x=percent(below + min(point.amount, Decimal(0)), span),
                width=percent(abs(point.amount), span))


def _scopes(values: dict) -> list[Choice]:
    """The provinces to choose by one click: the query of each as its value."""
    chosen = values.get("former_province") or []
    words = [("", _("Cả ba")), *((word, scope_label("" if word == NONE else word))
                                 for word in (*FormerProvince.values, NONE))]
    return [Choice(value=_query(values | {"former_province": [word] if word else []}), label=label,
                   chosen=chosen == ([word] if word else [])) for word, label in words]


def _query(values: dict) -> str:
    query = QueryDict(mutable=True)
    for name, given in values.items():
        query.setlist(name, [given.isoformat()] if isinstance(given, date) else given or [])
    return query.urlencode()
