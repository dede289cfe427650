"""What to try where a search finds nothing: which of its words stand nowhere, and which parts of it find something."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from registry.vocabulary.vietnamese import search_words

MOST_WORDS, MOST_OFFERS = 8, 4
# An ending that was mistyped: so many letters may go, as long as so many stay.
MOST_LETTERS_OFF, FEWEST_LETTERS = 3, 3


@dataclass(frozen=True)
class Offer:
    """A search that finds so many records."""

    words: str
    count: int

    @property
    def query(self) -> str:
        data = QueryDict(mutable=True)
        data["q"] = self.words
        return data.urlencode()


@dataclass(frozen=True)
class Parts:
    """``unknown`` are the words that no record has; ``offers`` the best first."""

    unknown: list[str]
    offers: list[Offer]


def parts_of(asked: str, kinds: list[QuerySet]) -> Parts:
    """Of the first words of a search that finds nothing in any of these kinds of records. Some five queries a word at
    most, however many records there are."""
    words = [word for word in dict.fromkeys(asked.split()) if search_words(word)][:MOST_WORDS]
    stands = {word: _finds(word, kinds) for word in words}
    mended = {word: word if stands[word] else _shorter(word, kinds) for word in words}
    known = [mended[word] for word in words if mended[word]]
    offers = []
    for text in dict.fromkeys(_tries(known)):
        if text != asked and len(offers) < MOST_OFFERS and (count := _together(text, kinds).count()):
            offers.append(Offer(text, count))
    return Parts(unknown=[word for word in words if not stands[word]], offers=offers)


def _tries(words: list[str]) -> Iterator[str]:
    """All together, then without one of them, then each alone; nothing of no words."""
    if words:
        yield " ".join(words)
    if len(words) > 2:
        yield from (" ".join(words[:place] + words[place + 1:]) for place in reversed(range(len(words))))
    yield from words


def _shorter(word: str, kinds: list[QuerySet]) -> str:
    """The word without its last letters, so that it finds something; empty where it never does."""
    shorter = (word[:-off] for off in range(1, MOST_LETTERS_OFF + 1) if len(word) - off >= FEWEST_LETTERS)
    return next((each for each in shorter if search_words(each) and _finds(each, kinds)), "")


def _finds(text: str, kinds: list[QuerySet]) -> bool:
    return bool(_together(text, kinds)[:1])


def _together(text: str, kinds: list[QuerySet]) -> QuerySet:
    """The keys of the records of all kinds. A record of one kind may have the key of one of another."""
    words = search_words(text)
    first, *others = [rows.matching(words).order_by().values_list("pk", flat=True) for rows in kinds]
    return first.union(*others, all=True)
