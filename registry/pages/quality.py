"""How good the register's data is: what sources state beside it, where they disagree, and what is missing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.exchange.columns.coverage import COVERAGE
from registry.exchange.documents.coverage import coverage_lines
from registry.models import Conflict, Statement, Zone
from registry.statistics.coverage import Stated, coverage, not_compared
from registry.statistics.coverage_years import AgencyYears, agency_years, is_of_agency
from registry.statistics.gaps import Completeness, Filled, Unsettled, completeness, unsettled
from registry.statistics.groups import Names
from registry.statistics.stale import Stale, stale
from registry.web.files import file_answer, file_asked
from registry.web.period_filters import CoverageParameters, coverage_asked
from registry.web.problems import BadParameters, refuse
from registry.web.project_filters import HAS
from registry.web.revision import by_revision

from . import about
from .asked import known
from .notes import Notes
from .project_list import FIELDS
from .stated import Teller, Value
from .statistics_stated import headline_of, newest_first
from .told import ConflictLine, Told

# What a record needs before the others: told of each zone too.
MAIN = ("certificates", "capital", "licensed_on", "country", "sector")
# What a project may rightly be without.
NOT_EXPECTED = ("ended_on", "former_irc_codes")
EXPECTED = (*MAIN, *(name for name in FIELDS if name not in (*MAIN, *NOT_EXPECTED)))


@dataclass(frozen=True)
class FieldLine:
    """One field of the published projects."""

    name: str
    label: str
    having: int
    lacking: int
    percent: object


@dataclass(frozen=True)
class ZoneLine:
    """The projects of a zone, and word, label and how many lack it of each main field; ``zone`` is None for those
    without one."""

    zone: Zone | None
    projects: int
    told: list[tuple[str, str, int]]


@dataclass(frozen=True)
class OtherLine:
    """What a source states of the province or a country, and why the register has no figure to put beside it."""

    statement: Statement
    told: Value
    reason: Names


@dataclass(frozen=True)
class Quality:
    """What the page says. ``headline`` is the newest figure for all projects of a place, None where there is none."""

    today: date
    as_of: date | None
    known_on: date | None
    headline: Stated | None
    figures: int
    totals: list[Stated]
    periods: list[Stated]
    years: AgencyYears
    others: list[OtherLine]
    alarms: list[Stated]
    conflicts: list[ConflictLine]
    projects: int
    fields: list[FieldLine]
    main: list[str]
    zones: list[ZoneLine]
    stale: Stale
    unsettled: Unsettled


@by_revision
def quality_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    given = known(CoverageParameters, request.GET)
    try:
        form = file_asked(request)
        values = CoverageParameters(given, today=today, strict=False).check()
    except BadParameters as error:
        return refuse(request, error)
    if form:
        document = coverage_asked(values, today=today)
        return file_answer(request, COVERAGE.table(), coverage_lines(document), form=form, document=document,
                           today=today)
    return render(request, "registry/quality/page.html", {
        "quality": read_quality(today, **values), "today": today, "here": "quality", "query": given.urlencode(),
        "about": about.of_quality()})


def read_quality(today: date, *, as_of: date | None = None, known_on: date | None = None) -> Quality:
    """What sources state of days up to ``as_of`` is compared with what the register had recorded by ``known_on``; the
    rest is of today. At most twenty queries."""
    rows = coverage(today=today, until=as_of, known_on=known_on)
    others = sorted((row for row in rows if not is_of_agency(row)), key=newest_first)
    filled = completeness({name: HAS[name] for name in EXPECTED})
    return Quality(
        today=today, as_of=as_of, known_on=known_on, headline=headline_of(others), figures=len(rows),
        totals=[row for row in others if row.first is None], periods=[row for row in others if row.first],
        years=agency_years(rows), others=_others(today, as_of), alarms=[row for row in rows if row.alarm],
        conflicts=_conflicts(),
        projects=filled.total.projects, fields=[_field_line(name, filled.total) for name in EXPECTED],
        main=[str(FIELDS[name]) for name in MAIN], zones=_zone_lines(filled), stale=stale(today=today),
        unsettled=unsettled(),
    )


def _others(today: date, until: date | None) -> list[OtherLine]:
    """One query."""
    teller = Teller(Notes(), {}, [])
    return [OtherLine(each.statement, teller.value(each.statement), each.reason)
            for each in not_compared(today=today, until=until)]


def _conflicts() -> list[ConflictLine]:
    """All that nobody has settled between public sources, the oldest first. At most four queries."""
    standing = Conflict.objects.standing().filter(first=OuterRef("pk"))
    return Told(list(Statement.objects.public().filter(Exists(standing))), Notes()).conflicts()


def _field_line(name: str, filled: Filled) -> FieldLine:
    return FieldLine(name=name, label=str(FIELDS[name]), having=filled.having[name], lacking=filled.lacking(name),
                     percent=filled.percent(name))


def _zone_lines(filled: Completeness) -> list[ZoneLine]:
    """The zones with projects in the order of their names, then what has none."""
    lines = [_zone_line(zone, each) for zone, each in filled.zones]
    return [*lines, _zone_line(None, filled.elsewhere)] if filled.elsewhere.projects else lines


def _zone_line(zone: Zone | None, filled: Filled) -> ZoneLine:
    return ZoneLine(zone, filled.projects, [(name, str(FIELDS[name]), filled.lacking(name)) for name in MAIN])
