"""What the search box offers while a reader types: a few records by their names, and their codes."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.translation import ngettext

from registry.models import Investor
from registry.models.base import Searchable
from registry.templatetags.register_format import lang_here, name_here
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.vietnamese import SearchWord, TooManyWords, search_text, search_words
from registry.web.listing import LISTINGS
from registry.web.revision import by_revision

from .addresses import page_of_record
from .search import PATHS
from .shelves import TITLES

SHORTEST = 2
MOST_OF_A_KIND, MOST = 3, 8
# Of a kind so many are looked at: enough for any name, and no list of a hundred thousand is put in order for a letter.
LOOKED_AT = 100


@dataclass(frozen=True)
class Suggestion:
    """``fit`` orders: 0 where the name has every word with its marks, 1 as whole words, 2 in part, 3 where the words
    stand elsewhere in the record."""

    kind: str
    code: str
    name: str
    lang: str
    group: str
    fit: int

    def plain(self) -> dict[str, str]:
        return {"name": self.name, "lang": self.lang, "code": self.code, "group": self.group,
                "url": page_of_record(self.kind, self.code)}


@by_revision
def suggest(request: HttpRequest) -> JsonResponse:
    """``said`` is what a screen reader is told. Nothing is ever refused: what cannot be searched suggests nothing."""
    found = suggestions(request.GET.get("q", "").strip())
    said = ngettext("%(count)d gợi ý; bấm mũi tên xuống để chọn", "%(count)d gợi ý; bấm mũi tên xuống để chọn",
                    len(found)) % {"count": len(found)}
    return JsonResponse({"suggestions": [each.plain() for each in found], "said": said if found else ""},
                        json_dumps_params={"ensure_ascii": False})


def suggestions(asked: str) -> list[Suggestion]:
    """The best few of all kinds, in the order of fit and then of kinds. One query a kind, none for a single letter."""
    try:
        words = search_words(asked) if len(asked) >= SHORTEST else []
    except TooManyWords:
        words = []
    if not words:
        return []
    found = []
    for path in PATHS:
        listing = LISTINGS[path]
        each = [_suggestion(listing.path, record, words) for record in _looked_at(listing.rows(), words)]
        found += sorted(each, key=lambda one: (one.fit, len(one.name)))[:MOST_OF_A_KIND]
    return sorted(found, key=lambda one: one.fit)[:MOST]


def _looked_at(rows: QuerySet, words: list[SearchWord]) -> QuerySet:
    # A natural person is never named.
    rows = rows.exclude(kind=InvestorKind.PERSON) if rows.model is Investor else rows
    return rows.matching(words).order_by("pk").only("code", "name", "name_en")[:LOOKED_AT]


def _suggestion(path: str, record: Searchable, words: list[SearchWord]) -> Suggestion:
    return Suggestion(kind=record.KIND, code=record.code, name=name_here(record), lang=lang_here(record),
                      group=str(TITLES[path]), fit=_fit(record, words))


def _fit(record: Searchable, words: list[SearchWord]) -> int:
    text = search_text(record.code, record.name, record.name_en)
    if all(f" {word.marked} " in text.marked for word in words):
        return 0
    tokens = [word.alternatives for word in words]
    if all(any(f" {token} " in text.folded for token in either) for either in tokens):
        return 1
    # A numeral has to be whole: "#1" is no beginning of "#12".
    in_part = all(any(f" {token}{' ' if token[0] == '#' else ''}" in text.folded for token in either)
                  for either in tokens)
    return 2 if in_part else 3
