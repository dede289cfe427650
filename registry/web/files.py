"""Answers that are files: whole, spooled, with their length, so that a cut-off one cannot pass for complete."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from registry.exchange import files
from registry.exchange.columns import FIELDS
from registry.exchange.columns.national import NATIONAL
from registry.exchange.columns.officers import table_for_officers
from registry.exchange.columns.report import OPERATING_REPORT, PLAIN
from registry.exchange.columns.shape import Table
from registry.exchange.documents import DOCUMENTS, Context
from registry.exchange.documents.report import load_reports
from registry.exchange.moment import one_moment
from registry.exchange.national import national_rows
from registry.exchange.official.layout import Printed
from registry.exchange.official.xlsx import write_official
from registry.exchange.positions import POSITIONED, features_of, positions_for
from registry.models import OperatingReport
from registry.vocabulary.visibility import Visibility

from .filters import RecordFilters
from .listing import PATH_OF, Listing, keys_of
from .problems import BadParameters, refuse

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# What the API gives of a list besides its pages.
API_FORMS = {"csv": FORMS["csv"], "xlsx": FORMS["xlsx"], "ndjson": "application/x-ndjson",
             "geojson": "application/geo+json"}
MEDIA_TYPES = FORMS | API_FORMS
OF_A_PAGE = ("cursor", "page_size", "count", "fields", "expand")
# The nouns of which officers have files, each with the word of its table: the public's, and companies' reports.
OFFICERS_PATHS = PATH_OF | {OperatingReport.KIND: OPERATING_REPORT.name}
CHUNK = 500  # records in memory at a time
API = "/api/v1/"  # the addresses in documents lead there


def file_asked(request: HttpRequest) -> str | None:
    """The form of file that ``format`` asks for, None where it asks for none. Raises BadParameters."""
    return form_in(request.GET)


def form_in(parameters: QueryDict, *, also: Sequence[str] = ()) -> str | None:
    form = parameters.get("format")
    if form in (None, "", "html"):
        return None
    if form not in FORMS and form not in also:
        raise BadParameters([("format", _("Không có định dạng “%(word)s”; hãy chọn một trong: %(words)s.")
                              % {"word": form, "words": ", ".join((*FORMS, *also))})])
    return form


def api_file_asked(request: HttpRequest, path: str) -> str | None:
    """The form of file that a list of the API is asked for, None where it is asked for a page. Raises BadParameters: a
    file is whole, so it takes nothing of a page."""
    asked = request.GET.getlist("format")
    if not asked:
        return None
    forms = api_forms(path)
    if len(asked) > 1 or asked[0] not in forms:
        raise BadParameters([("format", _("Hãy chọn một trong: %(words)s.") % {"words": ", ".join(forms)})])
    if of_a_page := [name for name in OF_A_PAGE if name in request.GET]:
        raise BadParameters([(name, _("Tệp là cả danh sách: hãy bỏ tham số này, hoặc bỏ format."))
                             for name in of_a_page])
    return asked[0]


def api_forms(path: str) -> list[str]:
    """The forms of file that the API has of a list: on a map only what has a position."""
    return [form for form in API_FORMS if form != "geojson" or path in POSITIONED]


def file_answer(
    request: HttpRequest, table: Table, rows: Iterable, *, form: str, document, today: date, of_day: date | None = None
) -> HttpResponse:
    """A table of ``rows`` as a file; in JSON it is ``document``. 400 where Excel cannot hold it."""
    write = {
        "csv": lambda out: files.write_csv(out, table, rows),
        "xlsx": lambda out: files.write_xlsx(out, table, rows, today=today),
        "json": lambda out: files.write_json(out, document),
    }
    return _sent(request, f"{table.name}-{of_day or today:%Y-%m-%d}", form, write[form])


def rows_file(
    request: HttpRequest, table: Table, rows: Iterable[dict], *, count: int, total_usd: str, form: str, today: date,
    of_day: date,
) -> HttpResponse:
    """So many rows behind a number, with the sum of their amounts. 400 where Excel cannot hold them."""
    if form != "json":
        return file_answer(request, table, rows, form=form, document=None, today=today, of_day=of_day)
    return _sent(request, f"{table.name}-{of_day:%Y-%m-%d}", form,
                 lambda out: files.write_list_json(out, rows, count, total_usd=total_usd))


def official_file(request: HttpRequest, printed: Printed, *, today: date) -> HttpResponse:
    """A table in an office's layout, as Excel."""
    return _sent(request, printed.name, "xlsx", lambda out: write_official(out, printed, today=today))


def list_file(request: HttpRequest, listing: Listing, found: RecordFilters, *, form: str) -> HttpResponse:
    """Every record of a checked filter set in its order, as it stood at one moment. 400 where Excel cannot hold it."""
    context = Context(
        base=request.build_absolute_uri(API), as_of=getattr(found, "as_of_day", found.today),
        known_on=getattr(found, "known_on_day", None),
    )
    with one_moment():
        return _records_file(request, listing.kind, FIELDS[listing.path].table(), keys_of(found), context, form=form,
                             today=found.today)


def record_file(request: HttpRequest, listing: Listing, key: int, *, form: str, today: date) -> HttpResponse:
    """One public record in the form of its list. 400 where Excel cannot hold it."""
    context = Context(base=request.build_absolute_uri(API), as_of=today)
    with one_moment():
        return _records_file(request, listing.kind, FIELDS[listing.path].table(), [key], context, form=form,
                             today=today)


def officers_file(
    request: HttpRequest, kind: str, keys: Callable[[], list[int]], *, form: str, today: date
) -> HttpResponse:
    """The records of an officers' list, drafts and withdrawn ones too, as they stood at one moment. ``keys`` asks for
    them. For the officers' door alone. 400 where Excel cannot hold it."""
    table = table_for_officers(kind, OFFICERS_PATHS[kind])
    with one_moment():
        return _records_file(request, kind, table, keys(), _for_staff(request, today), form=form, today=today)


def national_file(request: HttpRequest, keys: Callable[[], list[int]], *, form: str, today: date) -> HttpResponse:
    """Projects by their numbers, for the officers' door alone. 400 where Excel cannot hold it."""
    context = _for_staff(request, today)
    with one_moment():
        rows = _in_chunks(keys(), lambda some: national_rows(some, context))
        return file_answer(request, NATIONAL, rows, form=form, document=None, today=today)


def _for_staff(request: HttpRequest, today: date) -> Context:
    return Context(base=request.build_absolute_uri(API), as_of=today, reader=Visibility.STAFF)


def _records_file(
    request: HttpRequest, kind: str, table: Table, keys: list[int], context: Context, *, form: str, today: date
) -> HttpResponse:
    load = partial(load_reports, plain=PLAIN) if kind == OperatingReport.KIND else DOCUMENTS[kind].load
    documents = _in_chunks(keys, lambda some: load(some, context))
    write = {
        "json": lambda out: files.write_list_json(out, documents, len(keys)),
        "ndjson": lambda out: files.write_lines(out, documents),
        "geojson": lambda out: files.write_geojson(
            out, features_of(documents, positions_for(table.name, context)), len(keys)),
    }
    if form in write:
        return _sent(request, f"{table.name}-{today:%Y-%m-%d}", form, write[form])
    return file_answer(request, table, documents, form=form, document=None, today=today)


def _in_chunks(keys: list[int], load: Callable[[list[int]], list[dict]]) -> Iterator[dict]:
    for start in range(0, len(keys), CHUNK):
        yield from load(keys[start:start + CHUNK])


def _sent(request: HttpRequest, name: str, form: str, write: Callable[[BinaryIO], None]) -> HttpResponse:
    out = files.spool()
    try:
        write(out)
    except BaseException as error:
        out.close()
        if isinstance(error, files.TooMuchForExcel):
            return refuse(request, error)
        raise
    length = out.tell()
    out.seek(0)
    digest = b64encode(hashlib.file_digest(out, "sha256").digest()).decode()
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{name}.{form}", content_type=MEDIA_TYPES[form],
                        headers={"Content-Length": str(length), "Repr-Digest": f"sha-256=:{digest}:"})
