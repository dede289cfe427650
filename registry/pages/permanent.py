"""What a page's permanent address answers when its record was withdrawn or merged."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from registry.web.permanent import Gone, Moved, with_query
from registry.web.problems import Problem, problem_page


def permanent(name: str) -> Callable:
    """Turn Gone into the page of 410 with the reason, and Moved into 301 to the page ``name`` of the other code,
    with the same query."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Gone as gone:
                problem = Problem(status=410, code=gone.code, detail=str(gone))
                return problem_page(request, problem, withdrawn=gone.record)
            except Moved as moved:
                return HttpResponsePermanentRedirect(with_query(reverse(name, args=[moved.code]), request))

        return answer

    return decorate
