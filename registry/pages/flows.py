"""The foreign-investment agency's tables of any period: a page, and its files in the official layout."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.exchange.columns.statistics import AGENCY, HEADING, lines_of
from registry.exchange.documents.statistics import agency_document, heading_document
from registry.exchange.moment import one_moment
from registry.exchange.official.agency import printed_heading, printed_table
from registry.statistics.agency import (
    AT_ITS_END,
    AgencyRow,
    HeadingSheet,
    agency_table,
    heading_of,
    percent_of,
)
from registry.statistics.flows import PeriodBackwards, PeriodInFuture
from registry.statistics.scope import of_former_provinces
from registry.templatetags.register_format import in_its_language, sentence
from registry.vocabulary.agency import sections_under, usual_periods
from registry.vocabulary.capital import CountryOf
from registry.vocabulary.period import Period, VagueDay
from registry.vocabulary.published import HEADING_LINES
from registry.web.files import file_answer, official_file
from registry.web.names import called
from registry.web.parameters import NONE
from registry.web.period_filters import FlowPageParameters
from registry.web.revision import by_revision
from registry.web.statistics_filters import FORMER, named_or_none

from . import about
from .asked import form_of, known
from .list_form import Choice
from .scopes import Scope, scopes

GROUPS = {
    "section": gettext_lazy("ngành, theo nhãn của Cục"), "country": gettext_lazy("đối tác (quốc gia)"),
    "place": gettext_lazy("địa bàn"), "zone": gettext_lazy("khu công nghiệp"), "sector": gettext_lazy("ngành cấp 2"),
    "registrar": gettext_lazy("cơ quan đăng ký đầu tư"),
}
NOUNS = {
    "section": gettext_lazy("ngành"), "country": gettext_lazy("đối tác"), "place": gettext_lazy("địa bàn"),
    "zone": gettext_lazy("khu công nghiệp"), "sector": gettext_lazy("ngành cấp 2"),
    "registrar": gettext_lazy("cơ quan đăng ký đầu tư"),
}
FILTERS = {"section": "sector"}
HEADS = ("realised_usd", "total_usd")  # the lines of the heading sheet that others are part of


@dataclass(frozen=True)
class AskedFlows:
    """What is valid of what was asked, with what is wrong (``errors``) and the words as typed (``given``)."""

    by: str
    first: date
    last: date
    known_on: date | None
    former_province: list[str]
    country_of: str
    sheet: str
    form: str | None
    errors: dict[str, str]
    given: QueryDict

    def query_with(self, **changes: str | None) -> str:
        query = QueryDict(mutable=True)
        query.update({"by": self.by, "from": self.first.isoformat(), "to": self.last.isoformat()})
        if self.known_on:
            query["known_on"] = self.known_on.isoformat()
        query.setlist(FORMER, self.former_province)
        query.setlist("country_of", [self.country_of] if self.country_of else [])
        for name, value in changes.items():
            query.setlist(name, [value] if value else [])
        return query.urlencode()

    @property
    def query(self) -> str:
        return self.query_with()

    @property
    def scope(self) -> list[str | None]:
        """The former provinces asked for, None for what is not recorded."""
        return named_or_none(self.former_province)

    def asks(self) -> dict:
        """What a table is asked by."""
        return {"first": self.first, "last": self.last, "known_on": self.known_on,
                "projects": of_former_provinces(self.scope) if self.scope else None,
                "country_of": self.country_of or CountryOf.REGISTRATION}

    @property
    def heading_files(self) -> list[tuple[str, str]]:
        """The forms of the heading sheet, each with its query."""
        return [(label, self.query_with(sheet="heading", format=form)) for form, label in (
            ("xlsx", _("Excel, mẫu báo cáo nhanh")), ("csv", "CSV"), ("json", "JSON"))]


@dataclass(frozen=True)
class Behind:
    """The queries, without the number, of the rows behind the numbers of a line: of this period, of the year before, of
    what is in force."""

    this: str
    before: str
    held: str


@dataclass(frozen=True)
class Line:
    """A line with its name in the reader's language, empty where there is none; ``query`` leads to its projects."""

    row: AgencyRow
    name: str
    query: str
    behind: Behind


@dataclass(frozen=True)
class HeadingLine:
    """A line of the heading sheet: this period, last year's. ``is_money`` in millions of dollars; ``of`` is the name of
    its number in tables of flows."""

    of: str
    label: str
    this: object
    before: object
    is_money: bool
    is_head: bool

    @property
    def percent(self):
        return percent_of(self.this, self.before)


@dataclass(frozen=True)
class Usual:
    """A period to choose by one click."""

    label: str
    said: VagueDay
    query: str
    chosen: bool


@by_revision
def flows_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = ask_flows(request.GET, today)
    if asked.form and not asked.errors:
        return _file(request, asked, today)
    table = agency_table(asked.by, **asked.asks())
    sheet = heading_of(table, asked.asks()["projects"])
    title = _("Vốn đầu tư của một kỳ, theo %(noun)s") % {"noun": NOUNS[asked.by]}
    return render(request, "registry/flows/page.html", {
        "asked": asked, "table": table, "sheet": sheet, "today": today, "here": "statistics", "title": title,
        "lines": [_line(row, asked, table.before) for row in table.rows], "heading": heading_lines(sheet),
        "behind": behind(asked, table.before, []), "noun": NOUNS[asked.by],
        "period": VagueDay(asked.first, asked.last), "is_over": asked.last < today, "before": VagueDay(*table.before),
        "usual": usual(asked, today),
        "scopes": scopes(asked.former_province, lambda chosen: asked.query_with(former_province=chosen)),
        "parents": parents(asked), "about": about.of_flows(title),
        "groups": [Choice(value=word, label=label, chosen=word == asked.by) for word, label in GROUPS.items()],
    }, status=400 if asked.errors else 200)


def ask_flows(given: QueryDict, today: date) -> AskedFlows:
    """What is wrong is named, and the rest kept; of two days in the wrong order both are dropped."""
    data = known(FlowPageParameters, given)
    found = FlowPageParameters(data, today=today, strict=False)
    errors = {name: str(message) for name, message in found.errors_found()}
    values = {name: value for name, value in found.form.cleaned_data.items() if name not in errors and value}
    month = date(today.year, today.month, 1)
    usual_days = Period(date(month.year - (month.month == 1), 1, 1), month)
    if "from" in values and values["from"] > today:
        errors["from"] = str(PeriodInFuture(first=f"{values['from']:%d/%m/%Y}", today=f"{today:%d/%m/%Y}"))
    last = values.get("to", usual_days.last)
    first = values.get("from", min(usual_days.start, date(last.year, 1, 1)))
    if first > last and "from" not in errors:
        errors["from"] = str(PeriodBackwards(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}"))
    if errors.keys() & {"from", "to"}:
        first, last = usual_days.start, usual_days.last
    form, form_errors = form_of(given)
    return AskedFlows(
        by=values.get("by", "section"), first=first, last=last, known_on=values.get("known_on"),
        former_province=values.get(FORMER, []), country_of=values.get("country_of", ""),
        sheet=values.get("sheet", ""), form=form, errors=errors | form_errors, given=given)


def _file(request: HttpRequest, asked: AskedFlows, today: date) -> HttpResponse:
    """The table or the heading sheet: Excel in the official layout, CSV and JSON in the API's words."""
    asks = asked.asks()
    with one_moment():
        table = agency_table(asked.by, **asks)
        sheet = heading_of(table, asks["projects"]) if asked.sheet else None
        if asked.form == "xlsx":
            printed = printed_heading if sheet else printed_table
            return official_file(request, printed(sheet or table, drawn_on=today, scope=asked.scope), today=today)
        document = heading_document(sheet, today=today) if sheet else agency_document(table, today=today)
    return file_answer(request, HEADING if sheet else AGENCY, lines_of(document), form=asked.form, document=document,
                       today=today, of_day=asked.last)


def _line(row: AgencyRow, asked: AskedFlows, before: tuple[date, date]) -> Line:
    query = QueryDict(mutable=True)
    query["as_of"] = asked.last.isoformat()
    if row.key is None:
        query["missing"] = FILTERS.get(asked.by, asked.by)
        return Line(row, "", query.urlencode() if asked.by != "country" else "", behind(asked, before, [NONE]))
    by_parent = asked.by == "country" and asked.country_of == CountryOf.PARENT
    query["parent_country" if by_parent else FILTERS.get(asked.by, asked.by)] = row.key
    name, language = called(row, asked.by)
    keys = sections_under(row.key) if asked.by == "section" else [row.key]
    return Line(row, in_its_language(sentence(name), language), query.urlencode(), behind(asked, before, keys))


def behind(asked: AskedFlows, before: tuple[date, date], keys: list[str]) -> Behind:
    """The rows behind the line of these keys; without any behind the total."""
    known_on = {"known_on": asked.known_on.isoformat()} if asked.known_on else {}

    def query(**days: date) -> str:
        said = QueryDict(mutable=True)
        said.update({"by": asked.by, **{name.strip("_"): day.isoformat() for name, day in days.items()}, **known_on})
        said.setlist("key", keys)
        said.setlist(FORMER, asked.former_province)
        said.setlist("country_of", [asked.country_of] if asked.country_of else [])
        return said.urlencode()

    return Behind(this=query(from_=asked.first, to=asked.last), before=query(from_=before[0], to=before[1]),
                  held=query(as_of=asked.last))


def heading_lines(sheet: HeadingSheet) -> list[HeadingLine]:
    """The heading sheet in the reader's language, in its order."""
    return [HeadingLine(of, label, *sheet.line(of), is_money=of.endswith("_usd"), is_head=of in HEADS)
            for of, label in HEADING_LINES.items() if of not in AT_ITS_END]


def parents(asked: AskedFlows) -> list[Scope]:
    """Whose country partners are told by; nothing in other tables."""
    if asked.by != "country":
        return []
    return [Scope(str(label), asked.query_with(country_of=word), chosen=word == (
        asked.country_of or CountryOf.REGISTRATION)) for word, label in CountryOf.choices]


def usual(asked: AskedFlows, today: date) -> list[Usual]:
    return [
        Usual(str(label), VagueDay(period.start, period.last),
              asked.query_with(**{"from": period.start.isoformat(), "to": period.last.isoformat()}),
              chosen=(period.start, period.last) == (asked.first, asked.last))
        for label, period in usual_periods(today)
    ]
