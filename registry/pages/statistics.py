"""Capital by year, country, sector, zone … as of a chosen day: a page, its tables one by one, and their files."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.exchange.columns.statistics import capital_file
from registry.exchange.documents.statistics import capital_document, capital_documents
from registry.exchange.moment import one_moment
from registry.statistics.first_day import first_day
from registry.statistics.rows import CapitalRow
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.zone import FormerProvince
from registry.web.files import file_answer
from registry.web.revision import by_revision
from registry.web.statistics_filters import FORMER

from . import about
from .asked import Chip, chips
from .indicators import NewestLine, newest_of
from .list_form import Choice
from .project_list import FIELDS
from .scopes import Scope, scopes, versions
from .statistics_asked import PICTURE, AskedStatistics, ask_statistics
from .statistics_picture import picture_answer
from .statistics_sheet import NOUNS, Sheet, sheet_of
from .statistics_stated import AgainstStated, against_stated

LABELS = {
    "status": dict(ProjectStatus.choices), "form": dict(InvestmentForm.choices),
    "former_province": dict(FormerProvince.choices), "has": FIELDS, "missing": FIELDS,
}
VISIBLE = ("by", "as_of", "known_on", "basis", "country_of")


@dataclass(frozen=True)
class Statistics:
    """What the page shows. ``total`` is of all capital; ``begins`` is the day from which any counts, None where nothing
    was recorded at all; ``stated`` and ``indicators`` are None where projects are chosen or one table is: sources state
    totals of all."""

    asked: AskedStatistics
    stated: AgainstStated | None
    indicators: list[NewestLine] | None
    as_of: date
    known_on: date | None
    sheets: list[Sheet]
    total: CapitalRow
    is_empty: bool
    begins: date | None
    groups: list[Choice]
    bases: list[Choice]
    countries: list[Choice]
    chips: list[Chip]
    scopes: list[Scope]
    versions: list[Scope]
    overview_query: str
    visible: tuple[str, ...] = VISIBLE


@by_revision
def statistics_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = ask_statistics(request, today=today)
    if asked.form and not asked.errors:
        return _file(request, asked)
    page = read_statistics(asked)
    return render(request, "registry/statistics/page.html", {
        "page": page, "today": today, "as_of": page.as_of, "here": "statistics", "about": _about(request, page),
    }, status=400 if asked.errors else 200)


def _about(request: HttpRequest, page: "Statistics") -> about.About:
    tables = [(_("Vốn theo %(noun)s") % {"noun": sheet.noun}, sheet.cited_query) for sheet in page.sheets]
    return about.of_statistics(request, tables[0][0] if page.asked.by else _("Thống kê vốn"), tables, page.as_of)


def _file(request: HttpRequest, asked: AskedStatistics) -> HttpResponse:
    with one_moment():
        tables = asked.tables()
    if asked.form == PICTURE:
        return picture_answer(request, sheet_of(tables[0], asked, whole=False), today=asked.found.today)
    table, rows = capital_file(tables)
    document = capital_document(tables[0]) if asked.by else capital_documents(tables)
    return file_answer(request, table, rows, form=asked.form, document=document, today=asked.found.today,
                       of_day=asked.found.as_of_day)


def read_statistics(asked: AskedStatistics) -> Statistics:
    """At most seventeen queries for all tables, three to seven for one, and one for each parameter of codes."""
    found, tables = asked.found, asked.tables()
    is_overview = not asked.by
    is_of_all = is_overview and not found.filtering()
    provinces = found.data.getlist(FORMER)
    within = [FORMER] if len(provinces) == 1 else []  # the scopes show it
    return Statistics(
        asked=asked, as_of=found.as_of_day, known_on=found.known_on_day,
        stated=against_stated(asked) if is_of_all else None,
        indicators=newest_of(found.as_of_day) if is_of_all else None,
        sheets=[sheet_of(table, asked, whole=not is_overview) for table in tables],
        total=tables[-1].total, is_empty=not any(table.rows for table in tables),
        begins=first_day(known_on=found.known_on_day, projects=found.projects()),
        groups=[Choice("", _("Tất cả các bảng chính"), chosen=is_overview), *_choices(NOUNS, asked.by)],
        bases=_choices(dict(Basis.choices), found.basis_asked()),
        countries=_choices(dict(CountryOf.choices), found.country_asked()),
        chips=[chip for chip in chips(asked, LABELS) if chip.name in found.filtering() and chip.name not in within],
        scopes=scopes(provinces, lambda word: asked.query_with(former_province=word)),
        versions=[] if asked.by != "section" else versions(
            found.vsic_asked(), lambda word: asked.query_with(vsic=word)),
        overview_query=asked.query_with(by=None),
    )


def _choices(labels: dict[str, str], chosen: str) -> list[Choice]:
    return [Choice(value=value, label=label, chosen=value == chosen) for value, label in labels.items()]
