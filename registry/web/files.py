"""Answers that are files: whole, spooled, with their length, so that a cut-off one cannot pass for complete."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from registry.exchange import files
from registry.exchange.columns import FIELDS
from registry.exchange.columns.shape import Table
from registry.exchange.documents import DOCUMENTS, Context
from registry.exchange.moment import one_moment

from .filters import RecordFilters
from .listing import Listing, keys_of
from .problems import BadParameters, refuse

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
CHUNK = 500  # records in memory at a time


def file_asked(request: HttpRequest) -> str | None:
    """The form of file that ``format`` asks for, None where it asks for none. Raises BadParameters."""
    return form_in(request.GET)


def form_in(parameters: QueryDict) -> str | None:
    form = parameters.get("format")
    if form in (None, "", "html"):
        return None
    if form not in FORMS:
        raise BadParameters([("format", _("Không có định dạng “%(word)s”; hãy chọn một trong: %(words)s.")
                              % {"word": form, "words": ", ".join(FORMS)})])
    return form


def file_answer(
    request: HttpRequest, table: Table, rows: Iterable, *, form: str, document, today: date
) -> HttpResponse:
    """A table of ``rows`` as a file; in JSON it is ``document``. 400 where Excel cannot hold it."""
    write = {
        "csv": lambda out: files.write_csv(out, table, rows),
        "xlsx": lambda out: files.write_xlsx(out, table, rows, today=today),
        "json": lambda out: files.write_json(out, document),
    }
    return _sent(request, f"{table.name}-{today:%Y-%m-%d}", form, write[form])


def list_file(request: HttpRequest, listing: Listing, found: RecordFilters, *, form: str) -> HttpResponse:
    """Every record of a checked filter set in its order, as it stood at one moment. 400 where Excel cannot hold it."""
    context = Context(
        base=request.build_absolute_uri("/api/v1/"), as_of=getattr(found, "as_of_day", found.today),
        known_on=getattr(found, "known_on_day", None),
    )
    with one_moment():
        keys = keys_of(found)
        documents = _documents(listing.kind, keys, context)
        table = FIELDS[listing.path].table()
        if form == "json":
            name = f"{table.name}-{found.today:%Y-%m-%d}"
            return _sent(request, name, form, lambda out: files.write_list_json(out, documents, len(keys)))
        return file_answer(request, table, documents, form=form, document=None, today=found.today)


def _documents(kind: str, keys: list[int], context: Context) -> Iterator[dict]:
    for start in range(0, len(keys), CHUNK):
        yield from DOCUMENTS[kind].load(keys[start:start + CHUNK], context)


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
    return FileResponse(out, as_attachment=True, filename=f"{name}.{form}", content_type=FORMS[form],
                        headers={"Content-Length": str(length)})
