"""One box for everything: of each kind the best hits; a code leads straight to its record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone

from registry.models import Project, Stake
from registry.vocabulary.project_number import read_project_number
from registry.vocabulary.vietnamese import search_words, searchable_part
from registry.web.listing import LISTINGS, Listing, page_of
from registry.web.revision import by_revision

from .addresses import page_of_record
from .search_parts import Parts, parts_of
from .shelves import TITLES

# The kinds that have pages, in the order in which a reader wants them.
PATHS = ("projects", "investors", "zones", "sectors", "countries", "sources", "policies", "engagements",
         "opportunities")
MOST_HITS = 5
LONGEST_CODE = 60

UPPER: Callable[[str], str] = str.upper
# How a code may be typed besides as it is; two letters are a country only in capitals, else a word.
SPELLINGS = dict.fromkeys(PATHS, UPPER) | {"zones": str.lower, "countries": str}


@dataclass(frozen=True)
class Hits:
    """The best records of one kind, and how many there are; ``query`` leads to all of them in their list."""

    listing: Listing
    records: list
    count: int
    query: str

    @property
    def name(self) -> str:
        return f"pages:{self.listing.path}"

    @property
    def label(self) -> str:
        return TITLES[self.listing.path]


@dataclass(frozen=True)
class Found:
    """What was asked for, and the part of it that was searched: all, but for the words beyond the most. ``has_words``
    is False for an empty question and for one of marks alone. ``parts`` say what to try where nothing was found."""

    asked: str
    searched: str
    groups: list[Hits]
    has_words: bool
    parts: Parts | None = None

    @property
    def count(self) -> int:
        return sum(each.count for each in self.groups)

    @property
    def is_cut(self) -> bool:
        return self.searched != self.asked


@by_revision
def search_page(request: HttpRequest) -> HttpResponse:
    asked, today = request.GET.get("q", "").strip(), timezone.localdate()
    address = address_of_code(asked)
    if address:
        return HttpResponseRedirect(address)
    return render(request, "registry/search/page.html", {"found": search(asked, today), "today": today,
                                                         "here": "search"})


def address_of_code(asked: str) -> str:
    """The page of the public record whose code this is, also of a project by its IRC code or one that it had
    before; empty where it is none. One query, none for what is too long for a code."""
    if not asked or len(asked) > LONGEST_CODE:
        return ""
    parts = [_code_of(LISTINGS[path].rows().filter(code__in={asked, SPELLINGS[path](asked)})) for path in PATHS]
    number, projects = read_project_number(asked), Project.objects.public()
    first, *others = [*parts, _code_of(projects.filter(irc_code=number)), _code_of(projects.formerly(number))]
    kinds = [LISTINGS[path].kind for path in PATHS]
    rows = sorted(first.union(*others), key=lambda row: kinds.index(row[0]))
    return page_of_record(*rows[0]) if rows else ""


def _code_of(rows: QuerySet) -> QuerySet:
    return rows.order_by().values_list(Value(rows.model.KIND), "code")


def search(asked: str, today: date) -> Found:
    """What each kind has for these words. At most three queries a kind, however much is found; where nothing is, a few
    more for each word."""
    searched = searchable_part(asked)
    if not search_words(searched):
        return Found(asked, searched, [], has_words=False)
    groups = [each for path in PATHS if (each := _hits(LISTINGS[path], searched, today)).count]
    parts = None if groups else parts_of(searched, [LISTINGS[path].rows() for path in PATHS])
    return Found(asked, searched, groups, has_words=True, parts=parts)


def _hits(listing: Listing, asked: str, today: date) -> Hits:
    data = QueryDict(mutable=True)
    data["search"] = asked
    found = listing.filters(data, listing.rows(), today=today)
    found.check()
    page = page_of(found, size=MOST_HITS, counted=True)
    return Hits(
        listing=listing, records=_records(listing, page.keys) if page.keys else [],
        count=page.count, query=data.urlencode(),
    )


def _records(listing: Listing, keys: list[int]) -> list:
    """The records of these keys, in their order, with what a line shows."""
    rows = listing.rows().filter(pk__in=keys)
    by_key = {row.pk: row for row in WITH_LINE.get(listing.path, lambda rows: rows)(rows)}
    return [by_key[key] for key in keys if key in by_key]


def _projects_with_line(rows: QuerySet) -> QuerySet:
    stakes = Prefetch("stakes", Stake.objects.select_related("investor"))
    return rows.select_related("zone").prefetch_related(stakes)


WITH_LINE: dict[str, Callable[[QuerySet], QuerySet]] = {
    "projects": _projects_with_line,
    "investors": lambda rows: rows.select_related("country"),
    "zones": lambda rows: rows.select_related("parent"),
    "opportunities": lambda rows: rows.select_related("zone"),
}
