"""What the register is and is not, what its figures mean, what changed in it, and how to take the data away."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry.statistics.changelog import changelog, last_changed
from registry.vocabulary.definition import DEFINITIONS
from registry.web.listing import LISTINGS
from registry.web.revision import by_revision

from . import about
from .catalog import offered

MOST_DAYS = 10


@by_revision
def data_page(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/data/page.html", {
        "today": timezone.localdate(), "here": "data", "base": request.build_absolute_uri("/api/v1/"),
        "site": request.build_absolute_uri("/"), "downloads": [each for each in offered() if each.path in LISTINGS],
        "days": changelog(days=MOST_DAYS), "about": about.of_data(request, last_changed()),
        "definitions": DEFINITIONS, "security_contact": settings.SECURITY_CONTACT,
    })
