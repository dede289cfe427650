"""The register's revision as ETag: cached answers that are never stale."""

import hashlib
import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone, translation

from registry.models import Register

from .kept_pages import kept

TAG = re.compile(r'(?:W/)?"([^"]*)"')


def etag_of(request: HttpRequest, *, scope: str = "public") -> str:
    """The strong tag of what this address says now: revision, local day, release, language, scope. One query."""
    revision = Register.objects.values_list("revision", flat=True).get(pk=1)
    said = (
        revision, timezone.localdate().isoformat(), settings.RELEASE, translation.get_language(), scope,
        request.scheme, request.META.get("HTTP_HOST", ""), request.get_full_path(),
    )
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the asker has it already, also where a proxy has added W/ or -gzip to the tag."""
    header = request.headers.get("If-None-Match", "")
    return etag.strip('"') in (tag.removesuffix("-gzip") for tag in TAG.findall(header))


def not_modified(etag: str, vary: str) -> HttpResponse:
    response = HttpResponseNotModified()
    response["ETag"] = etag
    response["Vary"] = vary
    response["Cache-Control"] = "no-cache"
    return response


def fresh(response: HttpResponse, etag: str) -> HttpResponse:
    """Mark a 200 with its tag: keep it, and ask again before using it."""
    if response.status_code == 200:
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"
    return response


def wanted(request: HttpRequest, response: HttpResponse, etag: str, vary: str) -> HttpResponse:
    """The same as ``fresh``; 304 in place of a 200 to whoever has any answer of this address (``*``). Whether there is
    one is known only here."""
    if response.status_code != 200 or not has_any(request):
        return fresh(response, etag)
    if isinstance(response, FileResponse):
        response.file_to_stream.close()
    return not_modified(etag, vary)


def has_any(request: HttpRequest) -> bool:
    return request.headers.get("If-None-Match", "").strip() == "*"


def by_revision(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 304 to a page that the reader has at this revision, and what was made of it before to one who has it
    not; the page holds nothing of one person."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        etag = etag_of(request)
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        if is_known(request, etag):
            return not_modified(etag, "Accept-Encoding")
        response = kept(request, etag, lambda: view(request, *args, **kwargs))
        return wanted(request, response, etag, "Accept-Encoding")

    return answer
