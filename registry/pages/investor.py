"""Each investor on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.models import Investor
from registry.web.permanent import find
from registry.web.revision import by_revision

from . import about
from .day import ask_day
from .investor_sheet import sheet_of, with_sheet
from .permanent import permanent
from .record_file import file_of


@by_revision
@permanent("pages:investor")
def investor_page(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    investor = find(with_sheet(Investor.objects.all()), code)
    if file := file_of(request, "investors", investor, today):
        return file
    day = ask_day(request, today)
    sheet = sheet_of(investor, day)
    return render(request, "registry/investor/detail.html", {
        "sheet": sheet, "investor": investor, "day": day, "as_of": day.as_of, "here": "investors",
        "about": about.of_investor(request, sheet)}, status=day.status)
