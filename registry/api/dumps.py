"""The published data packages, which a mirror begins with."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from registry.exchange.documents.shape import ISO_DAY, MOMENT, TEXT, WHOLE, YES_NO, many, shape
from registry.exchange.dump.shelf import DESCRIPTOR, Dump, dumps, form_of, latest_name, rows_of, stamp
from registry.web.parameters import Parameters
from registry.web.revision import etag_of, is_known, not_modified, wanted

from .base import VARY, ApiView, json

URI = {"type": "string", "format": "uri"}
DUMP_FILE = shape(name=TEXT, kind=TEXT, format=TEXT, url=URI, bytes=WHOLE, sha256=TEXT, rows=WHOLE)
DUMP = shape(name=TEXT, url=URI, created=MOMENT, as_of=ISO_DAY, change=WHOLE, changes=URI, latest=YES_NO,
             bytes=WHOLE, rows=WHOLE, files=many(DUMP_FILE))


class DumpsView(ApiView):
    """Every dump, the newest first: where it is, how long, what its SHA-256 is and at which change it stands."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        # Dumps come and go without a change of the register.
        etag = etag_of(request, scope=stamp())
        if is_known(request, etag):
            return not_modified(etag, VARY)
        return wanted(request, self.answer(request), etag, VARY)

    def answer(self, request) -> HttpResponse:
        Parameters(request.GET, today=timezone.localdate()).check()
        latest = latest_name()
        return json({"results": [told(request, dump, latest) for dump in dumps()], "next": None})


def told(request: HttpRequest, dump: Dump, latest: str) -> dict:
    said, resources = dump.described, dump.described["resources"]
    return {
        "name": dump.name, "url": address_of(request, dump.name, DESCRIPTOR), "created": said["created"],
        "as_of": said["as_of"], "change": said["change"],
        "changes": request.build_absolute_uri(f"/api/v1/changes/?after={said['change']}"),
        "latest": dump.name == latest, "bytes": sum(each["bytes"] for each in resources),
        "rows": sum(rows_of(each) for each in resources if form_of(each) == "ndjson"),
        "files": [file_told(request, dump, each) for each in resources],
    }


def file_told(request: HttpRequest, dump: Dump, resource: dict) -> dict:
    return {"name": resource["name"], "kind": resource["kind"], "format": form_of(resource),
            "url": address_of(request, dump.name, resource["path"]), "bytes": resource["bytes"],
            "sha256": resource["hash"].removeprefix("sha256:"), "rows": rows_of(resource)}


def address_of(request: HttpRequest, name: str, file: str) -> str:
    return request.build_absolute_uri(reverse("dump-file", args=[name, file]))
