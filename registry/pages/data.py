"""What the register is and is not, what its figures mean, and how to take the data away."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.web.listing import LISTINGS
from registry.web.revision import by_revision

from .search import PATHS as WITH_PAGES
from .shelves import TITLES


@dataclass(frozen=True)
class Download:
    """One list: ``name`` of its page, empty where only the API has it."""

    path: str
    label: str
    name: str


@by_revision
def data_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    return render(request, "registry/data/page.html", {
        "today": today, "here": "data", "base": request.build_absolute_uri("/api/v1/"),
        "site": request.build_absolute_uri("/"), "downloads": downloads(),
        "security_contact": settings.SECURITY_CONTACT,
    })


def downloads() -> list[Download]:
    """Every list; those with a page and files of their own first."""
    paths = [*WITH_PAGES, *(path for path in LISTINGS if path not in WITH_PAGES)]
    return [Download(path, TITLES[path], f"pages:{path}" if path in WITH_PAGES else "") for path in paths]
