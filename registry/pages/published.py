"""What was published: every frozen table, and each beside the same table of now."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.exchange.columns.published import PUBLICATIONS, label_of, published_file
from registry.exchange.documents import Context
from registry.exchange.documents.published import (
    ToldRecord,
    projects_of,
    publication,
    publication_in_full,
    told_records,
)
from registry.exchange.moment import one_moment
from registry.exchange.official.frozen import printed_figure
from registry.models import NOUNS as NOUN_MODELS
from registry.models import Project, PublishedFigure, Registrar
from registry.statistics.causes import LateEntry, LateRecord, Moved
from registry.statistics.groups import Names
from registry.statistics.published import line_names, names_at, rows_in
from registry.statistics.revision import Cell, RevisedRow, Revision, revision_of
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.published import NUMBERS, OFFICIAL, SHEETS, Asked, FigureKind, unit_of
from registry.vocabulary.zone import FormerProvince
from registry.web.files import API, file_answer, file_asked, official_file
from registry.web.problems import BadParameters, refuse
from registry.web.revision import by_revision

from . import about
from .statistics_sheet import NOUNS

# So many entries and projects stand on the page; JSON has all.
MOST_SHOWN = 200

# Of forms: what of a project that has moved is told.
MOVED_BY = {FigureKind.A_IV_1: "registrar", FigureKind.HEADING: "country"}
# What of a project stands otherwise.
WHY = {
    **NOUNS, "parent_country": _("nước của công ty mẹ"), "ended_on": _("ngày kết thúc"),
    "shares": _("tỷ lệ góp vốn"), "is_public": _("tình trạng công bố"), "former_province": _("tỉnh cũ"),
    "buyer": _("bên mua"),
}


@dataclass(frozen=True)
class Shown:
    """One number of a row as published, None where the row is new; ``now`` is told where it is another."""

    label: str
    value: Decimal | int | None
    now: Cell | None
    note: str = ""

    @property
    def is_money(self) -> bool:
        return isinstance(self.now.difference if self.now else self.value, Decimal)


@dataclass(frozen=True)
class Line:
    """``names`` in Vietnamese and in English; None of what is not stated. ``unit`` is that of a form's line. One that
    ``is_new`` the table did not have: it stands there for what is now to add up."""

    names: Names | None
    cells: list[Shown]
    unit: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Change:
    """A cell that differs, under its row."""

    names: Names | None
    label: str
    cell: Cell

    @property
    def is_money(self) -> bool:
        return isinstance(self.cell.difference, Decimal)


@dataclass(frozen=True)
class Late:
    told: LateEntry
    rows: list[Names | None]


@dataclass(frozen=True)
class Reclassified:
    project: Project | None
    entry: str | None
    was: list[Names | None]
    now: list[Names | None]
    why: list[str]


@dataclass(frozen=True)
class Recorded:
    """Another record that changed a form; ``label`` says what it is."""

    told: ToldRecord
    label: str
    rows: list[Names]


@dataclass(frozen=True)
class Sheet:
    """A published table as its page shows it. ``scope`` names the registrar, where only its projects count."""

    figure: PublishedFigure
    asked: Asked
    noun: str
    labels: list[str]
    lines: list[Line]
    total: Line | None
    changes: list[Change]
    late: list[Late]
    late_more: int
    moved: list[Reclassified]
    moved_more: int
    records: list[Recorded]
    records_more: int
    facts: list[str]
    scope: Registrar | None

    @property
    def is_flows(self) -> bool:
        return self.asked.kind == FigureKind.FLOWS

    @property
    def is_form(self) -> bool:
        return self.asked.kind in SHEETS

    @property
    def has_withheld(self) -> bool:
        return any(change.cell.is_withheld for change in self.changes)

    @property
    def is_official(self) -> bool:
        return self.asked.kind in OFFICIAL


@by_revision
def publications_page(request: HttpRequest) -> HttpResponse:
    figures, today = PublishedFigure.objects.in_full(), timezone.localdate()
    try:
        form = file_asked(request)
    except BadParameters as error:
        return refuse(request, error)
    if form:
        context = Context(base=request.build_absolute_uri(API), as_of=today)
        rows = [publication(figure, context) for figure in figures]
        return file_answer(request, PUBLICATIONS, rows, form=form, document={"results": rows, "next": None},
                           today=today)
    return render(request, "registry/published/list.html", {
        "figures": figures, "here": "statistics", "about": about.of_publications()})


@by_revision
def publication_page(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    try:
        form = file_asked(request)
    except BadParameters as error:
        return refuse(request, error)
    with one_moment():
        figure = PublishedFigure.objects.in_full().filter(code=code).first()
        if figure is None:
            raise Http404
        revision = revision_of(figure) if form in (None, "json") else None
        if form:
            return _file(request, figure, revision, form, today)
        sheet = sheet_of(figure, revision, _context(request, today))
    return render(request, "registry/published/page.html", {
        "sheet": sheet, "figure": figure, "revision": revision, "here": "statistics", "today": today,
        "about": about.of_publication(figure)})


def _file(request: HttpRequest, figure: PublishedFigure, revision: Revision | None, form: str,
          today: date) -> HttpResponse:
    """An official table as Excel stands in its layout."""
    if form == "xlsx" and figure.kind in OFFICIAL:
        return official_file(request, printed_figure(figure), today=today)
    table, rows = published_file(figure)
    context = _context(request, today)
    document = publication_in_full(figure, revision, context) if revision else None
    return file_answer(request, table, rows, form=form, document=document, today=today,
                       of_day=timezone.localdate(figure.frozen_at))


def _context(request: HttpRequest, today: date) -> Context:
    return Context(base=request.build_absolute_uri(API), as_of=today)


def sheet_of(figure: PublishedFigure, revision: Revision, context: Context) -> Sheet:
    """Queries: one for the scope, the names of rows that are new, and the projects that moved."""
    asked, revised = figure.asked, {row.key: row for row in revision.rows}
    names = _names(figure, revision)
    late, moved, records = (each[:MOST_SHOWN] for each in (revision.late, revision.moved, revision.records))
    total = figure.table["total"]
    return Sheet(
        figure=figure, asked=asked, noun=str(NOUNS.get(asked.by, _("chỉ tiêu"))),
        labels=[label_of(figure.kind, name) for name in NUMBERS[figure.kind]],
        lines=_lines(figure, revised, names),
        total=_line(asked, total, None, None, revision.total) if total else None,
        changes=[Change(names[row.key], label_of(figure.kind, cell.column), cell) for row in revision.rows
                 for cell in row.cells],
        late=[Late(each, [names.get(key) for key in each.keys]) for each in late],
        late_more=len(revision.late) - len(late), moved=_reclassified(moved, _names_of_moved(asked, names, moved,
                                                                                             revision.change)),
        moved_more=len(revision.moved) - len(moved), records=_recorded(records, names, context),
        records_more=len(revision.records) - len(records), facts=_facts(asked),
        scope=Registrar.objects.filter(code=asked.registrar).first() if asked.registrar else None,
    )


def _names(figure: PublishedFigure, revision: Revision) -> dict[str | None, Names | None]:
    """Of all rows that the page speaks of."""
    kind, asked = figure.kind, figure.asked
    if kind in SHEETS:
        return {row["key"]: line_names(kind, row["key"]) for row in figure.table["rows"]}
    names = {row["key"]: (row["name"], row["name_en"]) for row in figure.table["rows"]}
    names |= {row.key: row.names for row in revision.rows if row.key not in names}
    others = {key for each in revision.late[:MOST_SHOWN] for key in each.keys}
    new = [key for key in others if key is not None and key not in names]
    names |= names_at(asked.by, new, revision.change, as_printed=kind == FigureKind.AGENCY)
    return names | {None: None}


def _names_of_moved(asked: Asked, names: dict, moved: tuple[Moved, ...], change: int) -> dict[str | None, Names | None]:
    """Of what projects stood and stand under: of a form no row, but the registrar, or the country."""
    by = MOVED_BY.get(asked.kind, asked.by)
    known = {} if asked.kind in SHEETS else names
    keys = {key for each in moved for key in (*each.was, *each.now)}
    new = [key for key in keys if key is not None and key not in known]
    return known | names_at(by, new, change, as_printed=asked.kind == FigureKind.AGENCY) | {None: None}


def _lines(figure: PublishedFigure, revised: dict[str | None, RevisedRow], names: dict) -> list[Line]:
    """As published, then the rows that are new; what is not stated comes last."""
    asked, there = figure.asked, rows_in(figure.table)
    blank = dict.fromkeys(NUMBERS[asked.kind])
    lines = {key: _line(asked, row, names[key], revised.get(key)) for key, row in there.items()}
    lines |= {key: replace(_line(asked, {"key": key, **blank}, names[key], row), is_new=True)
              for key, row in revised.items() if key not in there}
    return [lines[key] for key in sorted(lines, key=lambda key: key is None)]


def _line(asked: Asked, row: dict, names: Names | None, revised: RevisedRow | None,
          cells: tuple[Cell, ...] = ()) -> Line:
    now = {cell.column: cell for cell in (revised.cells if revised else cells)}
    return Line(names=names, unit=unit_of(asked.kind, row["key"]) if asked.kind in SHEETS else "", cells=[
        Shown(label_of(asked.kind, column), Decimal(row[column]) if isinstance(row[column], str) else row[column],
              now.get(column), _note(row, column))
        for column in NUMBERS[asked.kind]])


def _note(row: dict, column: str) -> str:
    if column in row.get("withheld", ()):
        return str(_("không công bố"))
    return str(_("số nhập tay")) if column in row.get("typed", ()) else ""


def _recorded(records: tuple[LateRecord, ...], names: dict, context: Context) -> list[Recorded]:
    return [Recorded(told, str(NOUN_MODELS[told.record.kind]._meta.verbose_name),
                     [names[key] for key in told.record.keys]) for told in told_records(records, context)]


def _reclassified(moved: tuple[Moved, ...], names: dict) -> list[Reclassified]:
    projects = projects_of(moved)
    return [Reclassified(projects.get(each.project), each.entry, [names.get(key) for key in each.was],
                         [names.get(key) for key in each.now], [str(WHY[why]) for why in each.why]) for each in moved]


def _facts(asked: Asked) -> list[str]:
    """How it was summed, where not as usual."""
    facts = []
    if asked.former_province:
        facts.append(str(FormerProvince(asked.former_province).label))
    if asked.basis != Basis.LEAD:
        facts.append(str(Basis(asked.basis).label))
    if asked.country_of != CountryOf.REGISTRATION:
        facts.append(str(CountryOf(asked.country_of).label))
    return facts
