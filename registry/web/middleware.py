"""What every answer has: a request id, the security headers, compression that keeps strong ETags."""

import re
import uuid
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.language import PARTLY

from .languages import instead_of, parted, relink
from .problems import Unreadable, refuse

LONGEST_QUERY, LONGEST_HEADER = 8000, 16_000
# A question that somebody has pasted is answered, however long.
TAKE_LONG_QUERIES = ("/search/", "/en/search/")

# Where forms are sent, the public's own among them, and the API, which refuses in its own words.
TAKE_OTHER_METHODS = ("/admin/", "/api/v1/", "/api/key/", "/corrections/new/", "/en/corrections/new/")
READING = "GET, HEAD, OPTIONS"
NUL = _("Giá trị có ký tự NUL; hãy bỏ ký tự đó.")
NO_TEXT = _("Giá trị không phải là chữ theo UTF-8; hãy viết lại.")
REQUEST_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


class RequestId:
    """Give each request an id, or keep the proxy's; errors show it so that it can be looked up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if REQUEST_ID.match(given) else uuid.uuid4().hex
        response = self.get_response(request)
        response["X-Request-ID"] = request.id
        return response


class SecurityHeaders:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class ExactGzip(GZipMiddleware):
    """The same bytes each time, under an ETag of its own: each encoding has its bytes, so the tag stays strong."""

    max_random_bytes = 0

    def process_response(self, request, response):
        etag = response.get("ETag", "")
        response = super().process_response(request, response)
        if etag.startswith('"') and response.get("Content-Encoding") == "gzip":
            response["ETag"] = f'{etag[:-1]}-gzip"'
        return response


class Compress(GZipMiddleware):
    """Gzip. What sets a cookie belongs to one person and may hold a secret: it keeps Django's random padding
    and its weak tag; the rest is exact. A file goes out as it is, with its length."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.exact = ExactGzip(get_response)

    def process_response(self, request, response):
        if response.streaming:
            return response
        if response.cookies:
            return super().process_response(request, response)
        return self.exact.process_response(request, response)


class RefuseUnreadable:
    """Refuse NUL anywhere in the address, headers or cookies (PostgreSQL raises), parameters that are no text, and
    endless queries. Here their bytes are known: Django reads what is no UTF-8 as U+FFFD, which finds everything."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY and request.path not in TAKE_LONG_QUERIES:
            return refuse(request, Unreadable(
                _("Địa chỉ dài quá %(limit)s ký tự; hãy bỏ bớt tham số."), limit=LONGEST_QUERY
            ))
        headers = [value for name, value in request.META.items() if name.startswith("HTTP_") or name == "PATH_INFO"]
        if any(len(value) > LONGEST_HEADER for value in headers):
            return refuse(request, Unreadable(
                _("Một tiêu đề hoặc cookie dài quá %(limit)s ký tự; hãy bỏ bớt."), limit=LONGEST_HEADER), status=431)
        wrong = unreadable_parameters(query)
        if any("\0" in value or "%00" in value for value in headers):
            return refuse(request, Unreadable(_("Yêu cầu có ký tự NUL; hãy bỏ ký tự đó rồi gửi lại."), errors=wrong))
        return _refuse_parameters(request, query, wrong) if wrong else self.get_response(request)


def _refuse_parameters(request: HttpRequest, query: str, wrong: list[tuple[str, str]]) -> HttpResponse:
    """For people with a link to the same page with what could be read."""
    error = Unreadable(
        _("Yêu cầu có ký tự NUL; hãy bỏ ký tự đó rồi gửi lại.") if any(message is NUL for _name, message in wrong) else
        _("Yêu cầu có tham số không phải là chữ theo UTF-8; hãy viết lại tham số đó rồi gửi lại."), errors=wrong)
    rest = "&".join(pair for pair in query.split("&") if not unreadable_parameters(pair))
    return refuse(request, error, again=f"{escape_uri_path(request.path)}?{rest}".rstrip("?"))


def unreadable_parameters(query: str) -> list[tuple[str, str]]:
    """The parameters of a query, as the server gives it, whose names or values cannot be read, each once with what is
    wrong."""
    return list(dict.fromkeys(
        (name.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}"), wrong)
        for name, wrong in ((name, _wrong_with(name, value)) for name, value in _pairs(query)) if wrong))


def _pairs(query: str) -> Iterator[tuple[bytes, bytes]]:
    if "%" not in query and "\0" not in query and query.isascii():
        return
    for pair in query.split("&"):
        name, _equals, value = pair.encode("latin-1", "replace").replace(b"+", b" ").partition(b"=")
        yield unquote_to_bytes(name), unquote_to_bytes(value)


def _wrong_with(*texts: bytes) -> str | None:
    if any(b"\0" in text for text in texts):
        return NUL
    try:
        for text in texts:
            text.decode()
    except UnicodeDecodeError:
        return NO_TEXT
    return None


class InPartLanguages:
    """Of a language that has some of the pages the others are asked for, and linked, in English."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if parted(request.path)[0] not in PARTLY:
            return self.get_response(request)
        if elsewhere := instead_of(request.get_full_path()):
            return HttpResponseRedirect(elsewhere)
        response = self.get_response(request)
        relink(request, response)
        return response


class OnlyReading(RuleBroken):
    code = "method-not-allowed"
    message = _("Trang này chỉ để đọc và không nhận dữ liệu gửi đến. Hãy mở lại bằng một đường dẫn.")


class ReadOnlyPages:
    """Answer 405 to what would write to a reading page, before anybody asks for the token of a form that it has not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in ("GET", "HEAD") or request.path.startswith(TAKE_OTHER_METHODS):
            return self.get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": READING})
        response = refuse(request, OnlyReading(), status=405)
        response["Allow"] = READING
        return response
