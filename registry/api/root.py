"""The API's first address, and every address that it does not have."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils import timezone

from registry.web.listing import LISTINGS
from registry.web.parameters import Parameters

from .base import ApiView, base_address, json

NOTHING = "api-nothing"


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
    """404, but for an address that lacks only its last slash: 301 to the one that has it."""

    def answer(self, request, anything: str) -> HttpResponse:
        # What ends in a slash leads here again, as does all that is nothing.
        if resolve(f"{request.path_info}/").url_name == NOTHING:
            raise Http404
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
