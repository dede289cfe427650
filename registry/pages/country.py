"""Each country on a page of its own."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from registry.models import Country
from registry.web.permanent import find, with_query
from registry.web.revision import by_revision

from . import about
from .country_sheet import sheet_of
from .day import ask_day
from .permanent import permanent
from .record_file import file_of


@by_revision
@permanent("pages:country")
def country_page(request: HttpRequest, code: str) -> HttpResponse:
    """A code in small letters answers 301 to the one in capitals."""
    if code.isascii() and code.isalpha() and not code.isupper():
        return HttpResponsePermanentRedirect(with_query(reverse("pages:country", args=[code.upper()]), request))
    today = timezone.localdate()
    country = find(Country.objects.all(), code)
    if file := file_of(request, "countries", country, today):
        return file
    day = ask_day(request, today)
    return render(request, "registry/country/detail.html", {
        "sheet": sheet_of(country, day), "country": country, "day": day, "as_of": day.as_of, "here": "countries",
        "about": about.of_country(request, country)}, status=day.status)
