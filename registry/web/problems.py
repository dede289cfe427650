"""Errors as every door tells them: problem+json for programs, a page for people."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation.trans_real import parse_accept_lang_header

from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.language import WHOLE

from .languages import parted

TITLES = {
    400: gettext_lazy("Yêu cầu chưa đúng"),
    401: gettext_lazy("Cần khóa hợp lệ"),
    403: gettext_lazy("Không được phép"),
    404: gettext_lazy("Không tìm thấy"),
    405: gettext_lazy("Phương thức không được phép"),
    406: gettext_lazy("Không có định dạng này"),
    410: gettext_lazy("Không còn nữa"),
    414: gettext_lazy("Địa chỉ quá dài"),
    429: gettext_lazy("Quá nhiều yêu cầu"),
    431: gettext_lazy("Tiêu đề quá dài"),
    500: gettext_lazy("Lỗi của sổ đăng ký"),
    503: gettext_lazy("Sổ đăng ký đang bận"),
}


class Unreadable(RuleBroken):
    """A request that cannot be read at all; ``errors`` names each parameter on which that lies."""

    code = "unreadable-request"

    def __init__(self, message, *, errors: Sequence[tuple[str, str]] = (), **params):
        self.message, self.errors = message, list(errors)
        super().__init__(**params)


@dataclass(frozen=True)
class Problem:
    """One error as a door tells it. ``errors`` are (parameter or field, message) pairs; ``more`` is what only this kind
    of problem says."""

    status: int
    code: str
    detail: str
    errors: list[tuple[str, str]] = field(default_factory=list)
    more: dict = field(default_factory=dict)


class BadParameters(RuleBroken):
    """One or more parameters of a request are wrong; ``errors`` names each with the remedy."""

    code = "bad-parameter"
    message = gettext_lazy("Tham số chưa đúng: %(names)s.")

    def __init__(self, errors: list[tuple[str, str]]):
        self.errors = errors
        super().__init__(names=", ".join(dict.fromkeys(name for name, _message in errors)))


def api_language(request: HttpRequest) -> str:
    """The API's language, from Accept-Language alone: its addresses have none, and a cookie is not in Vary."""
    for word, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if word == "*" or not weight:
            break
        try:
            found = translation.get_supported_language_variant(word)
        except LookupError:
            continue
        if found in WHOLE:
            return found
    return settings.LANGUAGE_CODE


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith("/api/v1/") or request.path in ("/healthz", "/readyz")


def refuse(request: HttpRequest, error: RuleBroken, status: int = 400, **for_page) -> HttpResponse:
    """Tell a broken rule to whoever asked, in their language; ``for_page`` is what only a page shows of it."""
    if is_for_programs(request):
        with translation.override(api_language(request)):
            return problem_json(request, problem_of_rule(error, status))
    language = parted(request.path)[0]
    with translation.override(language):
        return problem_page(request, problem_of_rule(error, status), **for_page)


def problem_of_rule(error: RuleBroken, status: int = 400) -> Problem:
    errors = [(name, str(message)) for name, message in getattr(error, "errors", [])]
    if not errors and error.field:
        errors = [(error.field, str(error))]
    return Problem(status=status, code=error.code, detail=str(error), errors=errors)


def problem_json(request: HttpRequest, problem: Problem) -> HttpResponse:
    body = {
        "type": f"{request.scheme}://{request.get_host()}/api/docs/#{problem.code}" if _has_host(request)
        else "about:blank",
        "title": str(TITLES.get(problem.status, TITLES[400])),
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "errors": [{"pointer": pointer, "message": message} for pointer, message in problem.errors],
        "request_id": request.id,
        **problem.more,
    }
    response = HttpResponse(orjson.dumps(body), status=problem.status, content_type="application/problem+json")
    response["Vary"] = "Accept-Language"
    response["Content-Language"] = translation.get_language()
    response["Cache-Control"] = "no-store"
    return response


def problem_page(request: HttpRequest, problem: Problem, **context) -> HttpResponse:
    return render(
        request, "registry/problem.html",
        {"problem": problem, "title": TITLES.get(problem.status, _("Lỗi")), "request_id": request.id, **context},
        status=problem.status,
    )


def _has_host(request: HttpRequest) -> bool:
    """A request refused for its host has none that may be repeated."""
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False
