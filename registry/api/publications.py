"""Published tables: the list, and each with its numbers and what has become of them."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from registry.exchange.documents import Context
from registry.exchange.documents.published import publication, publication_in_full
from registry.exchange.moment import one_moment
from registry.models import PublishedFigure
from registry.statistics.revision import revision_of
from registry.web.parameters import Parameters

from .access import reader_of
from .base import ApiView, base_address, json


class PublicationsView(ApiView):
    """All of them, the newest first."""

    def answer(self, request) -> HttpResponse:
        Parameters(request.GET, today=timezone.localdate()).check()
        context = context_of(request)
        return json({"results": [publication(figure, context) for figure in PublishedFigure.objects.in_full()],
                     "next": None})


class PublicationView(ApiView):
    def answer(self, request, code: str) -> HttpResponse:
        Parameters(request.GET, today=timezone.localdate()).check()
        with one_moment():
            figure = PublishedFigure.objects.in_full().filter(code=code).first()
            if figure is None:
                raise Http404
            return json(publication_in_full(figure, revision_of(figure), context_of(request)))


def context_of(request) -> Context:
    return Context(base=base_address(request), as_of=timezone.localdate(), reader=reader_of(request.auth))
