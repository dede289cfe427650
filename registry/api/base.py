"""What every answer of the API shares: read, one call, show."""

import re

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone, translation
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.views import APIView

from registry.exchange.documents import DOCUMENTS, Context
from registry.web.files import api_file_asked, list_file
from registry.web.listing import LISTINGS, Listing, page_of
from registry.web.parameters import Parameters
from registry.web.permanent import Moved, find, with_query
from registry.web.problems import BadParameters, api_language
from registry.web.project_filters import DaysOfSums
from registry.web.revision import etag_of, is_known, not_modified, wanted

from .access import check_no_key_in, reader_of, take_quota, with_quota
from .deprecated import with_deprecation
from .shaping import EXPAND, FIELDS, Shaping, shaped_by, without

VARY = "Accept-Language, Authorization"
STATEMENT_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class AlwaysJson(BaseContentNegotiation):
    """JSON, whatever the asker accepts: the API has no other form at these addresses."""

    def select_parser(self, request, parsers):
        return None

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """GET and HEAD, in the language of Accept-Language, tagged with the register's revision and with whose fields it
    shows."""

    content_negotiation_class = AlwaysJson
    http_method_names = ["get", "head", "options"]
    quota = None

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with translation.override(api_language(request)):
            response = super().dispatch(request, *args, **kwargs)
            response["Content-Language"] = translation.get_language()
            response["Vary"] = VARY
            if "Authorization" in request.headers and "no-store" not in response.get("Cache-Control", ""):
                response["Cache-Control"] = "private, no-cache"
            return with_deprecation(with_quota(response, self.quota), request)

    def initial(self, request, *args, **kwargs) -> None:
        check_no_key_in(request)
        super().initial(request, *args, **kwargs)

    def perform_authentication(self, request) -> None:
        """A wrong key is counted as a request without one: nobody tries keys without end."""
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            self._count(request, None)
            raise

    def check_throttles(self, request) -> None:
        self._count(request, request.auth)

    def _count(self, request, key) -> None:
        self.quota = take_quota(request, key)
        if not self.quota.allowed:
            raise Throttled(wait=self.quota.wait)

    def get(self, request, *args, **kwargs) -> HttpResponse:
        etag = etag_of(request, scope=reader_of(request.auth))
        if is_known(request, etag):
            return not_modified(etag, VARY)
        return wanted(request, self.answer(request, *args, **kwargs), etag, VARY)

    def options(self, request, *args, **kwargs) -> HttpResponse:
        return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})

    def answer(self, request, *args, **kwargs) -> HttpResponse:
        raise NotImplementedError


def json(body) -> HttpResponse:
    return HttpResponse(orjson.dumps(body), content_type="application/json")


def base_address(request: HttpRequest) -> str:
    return request.build_absolute_uri("/api/v1/")


def with_parameter(request: HttpRequest, name: str, value) -> str:
    """This address with one parameter set anew."""
    query = request.GET.copy()
    query[name] = value
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


class ListView(ApiView):
    """A page of a list, or with ``format`` all of it as a file. Queries: the page, its documents, the count where
    asked."""

    def answer(self, request, path: str) -> HttpResponse:
        listing, shaping = LISTINGS[path], shaped_by(request, LISTINGS[path].kind, reader_of(request.auth))
        form = api_file_asked(request, path)
        asked = without(request.GET, FIELDS, EXPAND, "format")
        found = listing.filters(asked, listing.rows(), today=timezone.localdate())
        check_both(found, shaping)
        if form:
            return list_file(request, listing, found, form=form)
        page = page_of(found)
        body = {"results": documents(request, listing, page.keys, found, shaping), "next": None}
        if page.count is not None:
            body["count"] = page.count
        if page.cursor:
            body["next"] = with_parameter(request, "cursor", page.cursor)
        response = json(body)
        if page.cursor:
            response["Link"] = f'<{body["next"]}>; rel="next"'
        return response


class DetailView(ApiView):
    """One record by its code: 410 with the reason where it was withdrawn, 301 where it was merged, 404 where it was
    never published."""

    def answer(self, request, path: str, code: str) -> HttpResponse:
        listing, shaping = LISTINGS[path], shaped_by(request, LISTINGS[path].kind, reader_of(request.auth))
        found = detail_parameters(path)(without(request.GET, FIELDS, EXPAND), today=timezone.localdate())
        check_both(found, shaping)
        if path == "statements" and not STATEMENT_NUMBER.fullmatch(code):
            raise Http404
        try:
            record = find(listing.model.objects.all(), code, column="pk" if path == "statements" else "code")
        except Moved as moved:
            there = f"{base_address(request)}{path}/{moved.code}/"
            return HttpResponsePermanentRedirect(with_query(there, request))
        return json(documents(request, listing, [record.pk], found, shaping)[0])


def detail_parameters(path: str) -> type[Parameters]:
    """A detail takes none, but a project the days of its sums."""
    return DaysOfSums if path == "projects" else Parameters


def check_both(found: Parameters, shaping: Shaping) -> None:
    """Raises BadParameters with what is wrong in either."""
    if errors := [*found.errors_found(), *shaping.errors]:
        raise BadParameters(errors)


def documents(request, listing: Listing, keys: list[int], found: Parameters, shaping: Shaping) -> list[dict]:
    context = Context(
        base=base_address(request),
        as_of=getattr(found, "as_of_day", found.today),
        known_on=getattr(found, "known_on_day", None),
        reader=reader_of(request.auth),
    )
    return shaping.shape(DOCUMENTS[listing.kind].load(keys, context), context)
