"""What of the API should no longer be used: one table, which headers, schema and page are made from.

What stands here goes on working. Whoever asks for it is told so by every answer (RFC 9745, RFC 8594).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _

# Between the day from which something should no longer be used and the one from which it may be gone.
LEAST_DAYS = 365
ANCHOR = "deprecated"


@dataclass(frozen=True)
class Deprecated:
    """An address as the schema writes it (``/projects/{code}/``), or one of its parameters; since when, what to use
    instead, and from when on it may be gone, if that is known."""

    path: str
    since: date
    instead: str
    parameter: str = ""
    sunset: date | None = None

    def is_used_by(self, request: HttpRequest, path: str) -> bool:
        return self.path == path and (not self.parameter or self.parameter in request.GET)

    def __str__(self) -> str:
        told = _("Không nên dùng từ %(since)s; hãy dùng %(instead)s.") % {
            "since": f"{self.since:%d/%m/%Y}", "instead": self.instead}
        if self.sunset is None:
            return told
        return told + " " + _("Có thể không còn từ %(sunset)s.") % {"sunset": f"{self.sunset:%d/%m/%Y}"}


DEPRECATED: tuple[Deprecated, ...] = ()


def with_deprecation(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Say so where what was asked for is deprecated, with the earliest of its days."""
    used = [each for each in DEPRECATED if each.is_used_by(request, _path_of(request))]
    if not used:
        return response
    response["Deprecation"] = f"@{_seconds(min(each.since for each in used))}"
    if ends := [each.sunset for each in used if each.sunset]:
        response["Sunset"] = http_date(_seconds(min(ends)))
    leads = f'<{request.build_absolute_uri(reverse("api-docs"))}#{ANCHOR}>; rel="deprecation"; type="text/html"'
    response["Link"] = ", ".join(filter(None, [response.get("Link"), leads]))
    return response


def with_deprecated(document: dict, table: Iterable[Deprecated]) -> dict:
    """The same schema, changed in place: what is deprecated says so."""
    for each in table:
        operation = document["paths"][each.path]["get"]
        if not each.parameter:
            operation |= {"deprecated": True, "description": str(each)}
        for place, parameter in enumerate(operation["parameters"]):
            if parameter["name"] == each.parameter:
                operation["parameters"][place] = parameter | {
                    "deprecated": True, "description": f"{parameter['description']}. {each}"}
    return document


def _path_of(request: HttpRequest) -> str:
    """The address as the schema writes it."""
    match = request.resolver_match
    return "/" + match.route.removeprefix("api/v1/").replace("<str:code>", "{code}") if match else ""


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
