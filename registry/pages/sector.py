"""Each sector on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.models import Sector
from registry.web.permanent import find
from registry.web.revision import by_revision

from . import about
from .day import ask_day
from .permanent import permanent
from .record_file import file_of
from .sector_sheet import sheet_of


@by_revision
@permanent("pages:sector")
def sector_page(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    sector = find(Sector.objects.all(), code)
    if file := file_of(request, "sectors", sector, today):
        return file
    day = ask_day(request, today)
    sheet = sheet_of(sector, day)
    return render(request, "registry/sector/detail.html", {
        "sheet": sheet, "sector": sector, "day": day, "as_of": day.as_of, "here": "sectors",
        "about": about.of_sector(request, sheet)}, status=day.status)
