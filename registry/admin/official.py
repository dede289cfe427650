"""What the pages of official tables share: who may open them, the question on top, the page and its file."""

from functools import partial
from urllib.parse import urlencode

import orjson
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.exchange.official.layout import Printed
from registry.models.account import may
from registry.vocabulary.role import Deed
from registry.web.files import official_file

from .work.form import DayInput

XLSX, JSON = "xlsx", "json"


class KnownOnField(forms.DateField):
    """The day of which a table tells what the register knew; empty: all it knows now."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": gettext_lazy("Theo số liệu đã ghi nhận đến ngày"), "required": False,
                            "widget": DayInput} | kwargs)


def view_of(site, view, deed: str = Deed.LOOK):
    """A page of the officers' site for who may do this deed."""

    def page(request: HttpRequest, **which) -> HttpResponse:
        if not may(request.user, deed):
            raise PermissionDenied
        return view(site, request, **which)

    return site.admin_view(partial(page))


def answer(
    site, request: HttpRequest, template: str, printed: Printed | None, document: dict | None = None, **context
) -> HttpResponse:
    """The table as a page, or as a file: ``format=xlsx``, and ``format=json`` where there is a ``document``; 400 where
    something was asked wrongly."""
    forms = {XLSX: _("Tải Excel"), **({JSON: "JSON"} if document is not None else {})}
    asked = request.GET.get("format", "")
    if printed is not None and asked in forms:
        if asked == XLSX:
            return official_file(request, printed, today=timezone.localdate())
        return HttpResponse(orjson.dumps(document), content_type="application/json")
    errors = list(context.pop("errors", ()))
    if asked and not errors:
        errors.append(_("Không có dạng tệp “%(asked)s”; hãy chọn: %(forms)s.") % {
            "asked": asked, "forms": ", ".join(forms)})
    query = request.GET.copy()
    query.pop("format", None)
    files = [(label, f"?{urlencode(query.dict() | {'format': form})}") for form, label in forms.items()]
    return TemplateResponse(request, template, {
        **site.each_context(request), "printed": printed, "files": files, "errors": errors, **context,
    }, status=400 if errors else 200)
