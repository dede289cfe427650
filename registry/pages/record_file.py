"""One record as a file, at the address of its page."""

from datetime import date

from django.http import HttpRequest, HttpResponse

from registry.web.files import file_asked, record_file
from registry.web.listing import LISTINGS
from registry.web.problems import BadParameters, refuse


def file_of(request: HttpRequest, path: str, record, today: date) -> HttpResponse | None:
    """The file that ``format`` asks for, 400 where there is no such form; None where none is asked for."""
    try:
        form = file_asked(request)
    except BadParameters as error:
        return refuse(request, error)
    return record_file(request, LISTINGS[path], record.pk, form=form, today=today) if form else None
