"""Each zone on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.models import Zone
from registry.web.permanent import find
from registry.web.revision import by_revision

from . import about
from .day import ask_day
from .permanent import permanent
from .record_file import file_of
from .zone_sheet import sheet_of, with_sheet


@by_revision
@permanent("pages:zone")
def zone_page(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    zone = find(with_sheet(Zone.objects.all()), code)
    if file := file_of(request, "zones", zone, today):
        return file
    day = ask_day(request, today)
    sheet = sheet_of(zone, day)
    return render(request, "registry/zone/detail.html", {
        "sheet": sheet, "zone": zone, "day": day, "as_of": day.as_of, "here": "zones",
        "about": about.of_zone(request, sheet)}, status=day.status)
