"""Whole pages, kept until the register moves on: what makes one new also gives it another key, so none is ever stale.

The cache is ``pages`` in the settings, apart from everyone else's: a flood of addresses pushes out pages, not counts.
"""

import re
from collections.abc import Callable

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

from .languages import relink

LEAST_COMPRESSED, MOST_KEPT = 200, 100_000  # bytes
ACCEPTS_GZIP = re.compile(r"\bgzip\b")


def kept(request: HttpRequest, etag: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The page of this tag as it was sent before, or as ``make`` makes it now: then it is kept, compressed where the
    asker takes that. What is no whole page of everybody's (an error, a file, one with a cookie) is not kept."""
    gzip = bool(ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")))
    key = etag.strip('"') + ("-gzip" if gzip else "")
    found = caches["pages"].get(key)
    if found is not None:
        content, headers = found
        return HttpResponse(content, headers=headers)
    page = make()
    if isinstance(page, SimpleTemplateResponse):
        page.render()
    if page.status_code == 200 and not page.streaming and not page.cookies:
        relink(request, page)
        if gzip:
            compress(page)
        if len(page.content) <= MOST_KEPT:
            caches["pages"].set(key, (page.content, dict(page.items())))
    return page


def compress(page: HttpResponse) -> None:
    """The bytes that the middleware would make of it, once instead of each time."""
    if len(page.content) < LEAST_COMPRESSED or page.has_header("Content-Encoding"):
        return
    patch_vary_headers(page, ("Accept-Encoding",))
    smaller = compress_string(page.content)
    if len(smaller) < len(page.content):
        page.content, page["Content-Encoding"] = smaller, "gzip"
