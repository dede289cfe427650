"""One search box for officers: a code leads straight to its record, words to the records of every noun."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from registry.models import Enterprise, OperatingReport, Project, Statement
from registry.models.base import Named
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.vietnamese import search_words
from registry.web.listing import LISTINGS

from .address import address_of, list_of

# A statement has no code of its own, and is found at its source; a report is the staff's alone.
BY_CODE = [*(listing.model for listing in LISTINGS.values() if listing.model is not Statement), OperatingReport]
BY_WORDS = [model for model in BY_CODE if issubclass(model, Named)]
# The numbers by which officers know a record besides its code.
NUMBERS = {Project: "irc_code", Enterprise: "tax_code"}
MOST = 8


@dataclass(frozen=True)
class Found:
    """The first records of one noun, each with its address; ``more`` leads to all, empty where these are all."""

    title: str
    records: list[tuple[Model, str]]
    more: str


def search(site, request: HttpRequest) -> HttpResponse:
    """Leads straight to the one record with exactly this code or number. Two queries for each noun."""
    term = " ".join(request.GET.get("q", "").split())
    exact = with_code(term) if term else []
    if len(exact) == 1:
        return HttpResponseRedirect(address_of(exact[0]))
    groups = [Found(_("Đúng mã này"), _addressed(exact), "")] if exact else []
    try:
        groups += by_words(site, request, term) if search_words(term) else []
    except RuleBroken as error:
        messages.warning(request, str(error))
    return TemplateResponse(request, "admin/registry/search.html", {
        **site.each_context(request), "title": _("Tìm trong sổ đăng ký"), "term": term, "groups": groups,
    })


def with_code(term: str) -> list[Model]:
    """The records with exactly this code or number, also typed in small letters or in capitals alone: those are looked
    up in the index of codes. Certificates, entries and milestones of a project may share one."""
    found = []
    for model in BY_CODE:
        is_it = Q(code__in={term, term.lower(), term.upper()})
        if model in NUMBERS:
            is_it |= Q(**{NUMBERS[model]: term})
        found += model.objects.filter(is_it)
    return found


def by_words(site, request: HttpRequest, term: str) -> list[Found]:
    """What each noun's own list finds, in its order; nouns without any are left out."""
    groups = []
    for model in BY_WORDS:
        model_admin = site.get_model_admin(model)
        rows = model_admin.get_queryset(request).order_by(*model_admin.ordering)
        found = list(model_admin.get_search_results(request, rows, term)[0][: MOST + 1])
        if found:
            more = list_of(model, q=term) if len(found) > MOST else ""
            groups.append(Found(str(model._meta.verbose_name), _addressed(found[:MOST]), more))
    return groups


def _addressed(records: list[Model]) -> list[tuple[Model, str]]:
    return [(record, address_of(record)) for record in records]
