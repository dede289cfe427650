"""Up to four zones side by side: each figure with its day and source, and which is better is the reader's to judge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.models import Project, Zone
from registry.statistics.capital import capital_tables
from registry.statistics.rows import added_up
from registry.templatetags.register_format import lang_here, name_here
from registry.web.revision import by_revision

from . import about
from .list_form import Choice
from .notes import Notes
from .zone_rows import Row, rows_of
from .zone_sheet import with_sheet

MOST_ZONES = 4


@dataclass(frozen=True)
class Comparison:
    """``zones`` are those that were asked for, in that order; ``rows`` what is known of one of them at least, and
    ``missing`` names what is known of none. ``selects`` offer every zone, once for each column."""

    zones: list[Zone]
    rows: list[Row]
    missing: list[str]
    notes: Notes
    selects: list[list[Choice]]
    errors: list[str]


@by_revision
def zone_comparison(request: HttpRequest) -> HttpResponse:
    """A code that nobody has, and a fifth zone, are named; the others are compared all the same."""
    today = timezone.localdate()
    compared = compare(request.GET, today)
    return render(request, "registry/zone/comparison.html", {
        "comparison": compared, "today": today, "here": "zones", "about": about.of_comparison(),
    }, status=400 if compared.errors else 200)


def compare(given: QueryDict, today: date) -> Comparison:
    """At most eleven queries, and one where no zone was asked for."""
    offered = Zone.objects.public().order_by("name_sort", "pk")
    known = {zone.code: zone for zone in offered}
    asked = list(dict.fromkeys(code.strip() for code in given.getlist("zone") if code.strip()))
    codes = [code for code in asked if code in known][:MOST_ZONES]
    notes = Notes()
    zones, rows = _compared(codes, notes, today) if codes else ([], [])
    return Comparison(
        zones=zones, rows=[row for row in rows if not row.is_empty],
        missing=[row.label for row in rows if row.is_empty], notes=notes,
        selects=[_choices(known.values(), codes[place:place + 1]) for place in range(MOST_ZONES)],
        errors=_errors(asked, known),
    )


def _choices(zones: Iterable[Zone], chosen: list[str]) -> list[Choice]:
    return [Choice(zone.code, name_here(zone), lang_here(zone), zone.code in chosen) for zone in zones]


def _compared(codes: list[str], notes: Notes, today: date) -> tuple[list[Zone], list[Row]]:
    found = {zone.code: zone for zone in with_sheet(Zone.objects.public()).filter(code__in=codes)}
    zones = [found[code] for code in codes]
    inside = list(Zone.objects.with_sub_zones(codes).select_related("parent"))
    projects = Project.objects.public().filter(zone__in=[zone.pk for zone in inside])
    [table] = capital_tables(["zone"], as_of=today, projects=projects)
    by_code = {row.key: row for row in table.rows}
    totals = {
        zone.pk: added_up([by_code[each.code] for each in inside if each.code in by_code and zone.pk in _above(each)])
        for zone in zones
    }
    return zones, rows_of(zones, totals, notes, today)


def _above(zone: Zone) -> tuple[int | None, ...]:
    """The zone and the two above it."""
    return zone.pk, zone.parent_id, zone.parent and zone.parent.parent_id


def _errors(asked: list[str], known) -> list[str]:
    unknown = [code for code in asked if code not in known]
    errors = [_("Không có khu nào có mã “%(code)s”; hãy chọn trong danh sách.") % {"code": code} for code in unknown]
    if len(asked) - len(unknown) > MOST_ZONES:
        errors.append(_("Chỉ so sánh được bốn khu một lần; bốn khu đầu đứng bên dưới."))
    return errors
