"""Lists of records: found by the register's own search, told with their capital, in a fixed number of queries."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from registry.models import Project
from registry.models.base import Searchable
from registry.models.words import has_index, how_many, in_turn
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.vietnamese import SearchWord, search_words
from registry.web.files import FORMS, OFFICERS_PATHS

MOST_PAGES = 10**9  # no database takes a larger offset
MANY = 5_000  # found: trying rows in the order of a list fills a page sooner than looking all of them up and sorting
FORM_NAMES = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


@dataclass(frozen=True)
class Download:
    """A form in which a whole list can be had as a file."""

    name: str
    url: str


class SearchedPages(Paginator):
    """The pages of what a search finds, of which one is asked for: one query finds its keys, another one counts."""

    def __init__(self, rows: QuerySet, size: int, asked: int):
        super().__init__(rows, size)
        self.start = (asked - 1) * size

    @cached_property
    def count(self) -> int:
        if has_index(self.object_list.db):
            return how_many(self.object_list)
        # Without it a rare word costs as much to count as to find: a page that is not full says how many there are.
        is_last = len(self.keys) < self.per_page and (self.keys or not self.start)
        return self.start + len(self.keys) if is_last else how_many(self.object_list)

    @cached_property
    def keys(self) -> list[int]:
        rows = self.object_list
        if has_index(rows.db) and self.count >= MANY and _stands_in_order(rows):
            rows = in_turn(rows)
        return list(rows.values_list("pk", flat=True)[self.start:self.start + self.per_page])


def _stands_in_order(rows: QuerySet) -> bool:
    """Whether an index of the noun has the order of these rows. The stock list says its order twice."""
    order = list(rows.query.order_by)
    return any(order[:len(index.fields)] == index.fields for index in rows.model._meta.indexes)


class RecordList(ChangeList):
    """A page of a list; the noun's admin adds to its rows what only this page shows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The stock page works it out anew for each of its links, by every address of the site.
        self.way_back, self.preserved_filters = self.preserved_filters, ""

    def url_for_result(self, result) -> str:
        """The address of a record, with the way back to this list."""
        return _with(super().url_for_result(result), self.way_back)

    def get_results(self, request):
        super().get_results(request)
        pages = self.paginator
        known = isinstance(pages, SearchedPages) and not self.show_all and (pages.keys or not pages.count)
        found = self._by_keys(pages.keys) if known else list(self.result_list)
        self.result_list = self.model_admin.completed(found)

    def _by_keys(self, keys: list[int]) -> list:
        """The records of these keys in their order, without searching again."""
        rows = self.apply_select_related(self.root_queryset).in_bulk(keys)
        return [rows[key] for key in keys if key in rows]

    @property
    def narrowed_to(self) -> list[str]:
        """What the list is narrowed to, in words; empty where it shows all."""
        words = [_("tìm “%(query)s”") % {"query": self.query}] if self.query else []
        for spec in self.filter_specs:
            first, *others = spec.choices(self)
            words += [f"{spec.title}: {choice['display']}" for choice in others if choice["selected"]]
        return words or ([_("theo bản ghi khác")] if self.get_filters_params() else [])

    @property
    def downloads(self) -> list[Download]:
        """The forms in which the whole list can be had; none where its noun has no columns."""
        if self.model.KIND not in OFFICERS_PATHS:
            return []
        query = self.get_query_string().removeprefix("?")
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_export-"
        return [Download(FORM_NAMES[form], _with(reverse(name + form), query)) for form in FORMS]

    @property
    def national(self) -> str:
        """Where the list is told by project numbers; empty for any other noun."""
        if self.model is not Project:
            return ""
        return _with(reverse("admin:registry_project_national"), self.get_query_string().removeprefix("?"))


def _with(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


class SearchesFolded:
    """Mix into a ModelAdmin: its list and its autocomplete find by words without marks, and by code.

    ``code_lookup`` is the path to the code by which officers know the record, empty where it has none.
    """

    code_lookup = "code"

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        """The rows in which all words occur, the one with exactly this code first. None where the words are too
        many; the officer is told."""
        term = search_term.strip()
        if not term:
            return queryset, False
        try:
            found = self.found(queryset, search_words(term), term)
        except RuleBroken as error:
            messages.warning(request, str(error))
            return queryset.none(), False
        if not self.code_lookup:
            return found, False
        is_it = Q(**{f"{self.code_lookup}__in": {term, term.lower(), term.upper()}})
        if not queryset.filter(is_it).exists():
            return found, False  # in the plain order, which an index has
        named = Case(When(is_it, then=Value(0)), default=Value(1), output_field=IntegerField())
        return found.order_by(named, *found.query.order_by), False

    def found(self, queryset: QuerySet, words: list[SearchWord], term: str) -> QuerySet:
        """The rows that a search means."""
        found = queryset.matching(words) if words else queryset.none()
        # What has words of its own has its code among them: asked for beside them, no index would be of use.
        if not self.code_lookup or issubclass(self.model, Searchable):
            return found
        return found | queryset.filter(**{f"{self.code_lookup}__iexact": term})

    def get_paginator(self, request: HttpRequest, queryset: QuerySet, per_page: int, *args, **kwargs) -> Paginator:
        asked = request.GET.get(PAGE_VAR, "1")
        if request.GET.get(SEARCH_VAR) and asked.isdecimal() and 0 < int(asked) < MOST_PAGES:
            return SearchedPages(queryset, per_page, int(asked))
        return super().get_paginator(request, queryset, per_page, *args, **kwargs)

    def completed(self, rows: list) -> list:
        """The rows of one page of the list, with what the page shows beside their columns."""
        return rows
