"""One search box for officers: a code leads straight to its record, or to what is remembered of one that is gone; words
to the records of every noun."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Max, Model, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from registry.models import NOUNS, ApiKey, Change, Enterprise, Project
from registry.models.base import Named
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.project_number import read_project_number
from registry.vocabulary.vietnamese import search_words

from .address import address_of, key_of, list_of, past_address

# Statements and conflicts have no code of their own, and are found at what they speak of.
BY_CODE = [model for model in NOUNS.values() if key_of(model) != "pk"]
BY_WORDS = [model for model in BY_CODE if issubclass(model, Named)]
# The numbers by which officers know a record besides its code.
NUMBERS = {Project: "irc_code", Enterprise: "tax_code"}
# A key is told with a mark before its code.
MARKS = {ApiKey: "bnf_"}
MOST = 8


@dataclass(frozen=True)
class Found:
    """The first records of one noun, each with its address; ``more`` leads to all, empty where these are all. Of
    what is gone there is a text alone."""

    title: str
    records: list[tuple[Model | str, str]]
    more: str


def search(site, request: HttpRequest) -> HttpResponse:
    """Leads straight to the one record with exactly this code or number, also to what is remembered of one that was
    merged or taken back. Two queries for each noun."""
    term = " ".join(request.GET.get("q", "").split())
    nouns = [model for model in BY_CODE if site.get_model_admin(model).has_view_permission(request)]
    exact = _addressed(with_code(nouns, term)) if term else []
    gone = [] if exact or not term else gone_with_code(nouns, term)
    if len(exact) + len(gone) == 1:
        return HttpResponseRedirect([*exact, *gone][0][1])
    groups = [Found(title, rows, "") for title, rows in (
        (_("Đúng mã này"), exact), (_("Mã này không còn trong sổ"), gone)) if rows]
    try:
        groups += by_words(site, request, term) if search_words(term) else []
    except RuleBroken as error:
        messages.warning(request, str(error))
    return TemplateResponse(request, "admin/registry/search.html", {
        **site.each_context(request), "title": _("Tìm trong sổ đăng ký"), "term": term, "groups": groups,
    })


def with_code(nouns: list[type[Model]], term: str) -> list[Model]:
    """The records with exactly this code or number, also typed in small letters or in capitals alone: those are looked
    up in the index of codes. Certificates, entries and milestones of a project may share one."""
    found = []
    for model in nouns:
        is_it = Q(code__in=_written(term.removeprefix(MARKS.get(model, ""))))
        if model in NUMBERS:
            is_it |= Q(**{NUMBERS[model]: read_project_number(term)})
        found += model.objects.filter(is_it)
    if Project in nouns:
        had = Project.objects.formerly(read_project_number(term))
        found += had.exclude(pk__in=[each.pk for each in found if isinstance(each, Project)])
    return found


def gone_with_code(nouns: list[type[Model]], term: str) -> list[tuple[str, str]]:
    """What had this code and is there no more, by noun, each with the address of what is remembered of it: what it was
    merged into, or who took it back. One query."""
    last = Change.objects.filter(kind__in=[model.KIND for model in nouns], code__in=_written(term))
    latest = last.order_by().values("kind", "code").annotate(last=Max("seq")).values("last")
    return [(f"{NOUNS[change.kind]._meta.verbose_name} {change.code}", past_address(change))
            for change in Change.objects.filter(seq__in=latest).order_by("seq")]


def _written(term: str) -> set[str]:
    return {term, term.lower(), term.upper()}


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
