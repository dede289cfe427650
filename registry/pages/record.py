"""The lists and pages of the nouns that need no page by hand: one list and one page serve them all."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone

from registry.web.files import list_file
from registry.web.permanent import find
from registry.web.revision import by_revision

from . import about
from .asked import ask
from .permanent import permanent
from .record_file import file_of
from .record_list import read_list
from .record_sheet import read_sheet
from .shelves import SHELVES, Shelf


@by_revision
def record_list(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    today = timezone.localdate()
    asked = ask(shelf.listing, request.GET, today=today)
    if asked.form and not asked.errors:
        return list_file(request, shelf.listing, asked.found, form=asked.form)
    return render(request, "registry/record/list.html", {
        "list": read_list(shelf, asked, request, today), "shelf": shelf, "today": today, "here": shelf.path,
        "about": about.of_list(request, shelf),
    }, status=400 if asked.errors else 200)


def record_page(shelf: Shelf) -> Callable[..., HttpResponse]:
    """The view of one noun's records."""

    @by_revision
    @permanent(shelf.page_name)
    def page(request: HttpRequest, code: str) -> HttpResponse:
        today = timezone.localdate()
        record = find(shelf.listing.model.objects.all(), code)
        if file := file_of(request, shelf.path, record, today):
            return file
        sheet = read_sheet(shelf, record, request, today)
        return render(request, "registry/record/detail.html", {
            "sheet": sheet, "shelf": shelf, "today": today, "here": shelf.path,
            "about": about.of_record(request, shelf, record)})

    return page


def lists() -> list[URLPattern]:
    return [path(f"{shelf.path}/", record_list, {"shelf": shelf}, name=shelf.path) for shelf in SHELVES]


def details() -> list[URLPattern]:
    return [
        path(f"{shelf.path}/<str:code>/", record_page(shelf), name=shelf.listing.kind)
        for shelf in SHELVES if not shelf.own_page
    ]
