"""The API's first address, and every address that it does not have."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from registry.web.listing import LISTINGS
from registry.web.parameters import Parameters

from .base import ApiView, base_address, json


class RootView(ApiView):
    """The resources by name, so that a program can begin here."""

    def answer(self, request) -> HttpResponse:
        Parameters(request.GET, today=timezone.localdate()).check()
        base = base_address(request)
        names = [*LISTINGS, "statistics/capital", "statistics/capital/rows", "statistics/flows",
                 "statistics/flows/rows", "statistics/a-iv-1", "statistics/coverage", "statistics/indicators",
                 "publications", "changes", "dumps", "key"]
        return json({
            "openapi": f"{base}openapi.json",
            "docs": request.build_absolute_uri("/api/docs/"),
            "resources": {name: f"{base}{name}/" for name in names},
        })


class NothingHere(ApiView):
    def answer(self, request, anything: str) -> HttpResponse:
        raise Http404
