"""Each source on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.models import Source
from registry.web.permanent import find
from registry.web.revision import by_revision

from . import about
from .permanent import permanent
from .record_file import file_of
from .source_sheet import sheet_of


@by_revision
@permanent("pages:source")
def source_page(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    source = find(Source.objects.all(), code)
    if file := file_of(request, "sources", source, today):
        return file
    return render(request, "registry/source/detail.html", {
        "sheet": sheet_of(source), "source": source, "today": today, "here": "sources",
        "about": about.of_source(request, source)})
