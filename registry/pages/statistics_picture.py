"""A table of capital as a drawing that stands alone: for an article, a report, a slide. It says what it shows, in which
unit, as of which day and where it is from."""

from datetime import date
from html import unescape
from textwrap import wrap

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from .statistics_sheet import Sheet

LETTERS_OF_TITLE, LINE, ROW = 62, 34, 44
HEAD, FOOT = 92, 96


def picture_answer(request: HttpRequest, sheet: Sheet, *, today: date) -> HttpResponse:
    """The drawing of one table, with its longest lines summed as on the page."""
    words = render_to_string("registry/statistics/finding.html", {
        "sheet": sheet, "finding": sheet.finding, "page": {"as_of": sheet.table.as_of},
    }, request)
    title = wrap(unescape(strip_tags(words)), LETTERS_OF_TITLE)
    top = HEAD + LINE * (len(title) - 1)
    rows = [(top + ROW * number, line) for number, line in enumerate(sheet.lines)]
    response = render(request, "registry/statistics/picture.svg", {
        "sheet": sheet, "title": title, "rows": rows, "today": today, "top": top,
        "height": top + ROW * len(rows) + FOOT, "bottom": top + ROW * len(rows),
    }, content_type="image/svg+xml; charset=utf-8")
    name = f"capital-by-{sheet.table.by}-{sheet.table.as_of:%Y-%m-%d}.svg"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
