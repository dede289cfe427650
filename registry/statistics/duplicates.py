"""Records that may be one and the same: investors and enterprises of like names or of one tax code.

Comparing 60,000 names each with each would be 1.8 thousand million comparisons. Names are compared only where they
share a rare word, or stand beside each other in the dictionary: some thirty comparisons a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from rapidfuzz import fuzz

from registry.models import DistinctPair, Enterprise, Investor
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.party import bare_words
from registry.vocabulary.publication import Publication

LIKE_ENOUGH = 88  # of 100: one letter in eight is another
RARE = 12  # a word that so many names have, or fewer, leads to those names
NEIGHBOURS = 6  # compared with so many that follow it in the dictionary
TAX_CODE = 10  # digits of an enterprise; those of a branch go on

NAMES = {Investor: ("name", "name_en", "name_native"), Enterprise: ("name", "name_en")}


@dataclass(frozen=True)
class Candidate:
    """Two records by key, the older first; ``likeness`` up to 100. ``same_tax_code`` besides, or alone."""

    one: int
    other: int
    likeness: int
    same_tax_code: bool = False


@dataclass(frozen=True)
class _Form:
    """One name of one record."""

    key: int
    words: tuple[str, ...]
    text: str
    numbers: frozenset[str]


def candidates(model: type[Investor] | type[Enterprise]) -> list[Candidate]:
    """The pairs that an officer should look at, the likeliest first; none that was found to be two. Empty where none is
    like another. Two queries.

    Names that differ in a number ("2" beside "3") are two; kinds of investors are not mixed.
    """
    forms, codes = _read(model)
    found: dict[tuple[int, int], int] = {}
    for one, other in _compared(forms):
        pair = (min(one.key, other.key), max(one.key, other.key))
        if one.key == other.key or one.numbers != other.numbers or found.get(pair) == 100:
            continue
        likeness = round(fuzz.ratio(one.text, other.text, score_cutoff=LIKE_ENOUGH))
        if likeness > found.get(pair, 0):
            found[pair] = likeness
    one_code = {pair for keys in codes.values() for pair in combinations(sorted(keys), 2)}
    pairs = [Candidate(*pair, likeness=found.get(pair, 0), same_tax_code=pair in one_code)
             for pair in (found.keys() | one_code) - _told_apart(model)]
    return sorted(pairs, key=lambda each: (not each.same_tax_code, -each.likeness, each.one, each.other))


def repeated(model: type[Investor] | type[Enterprise]) -> QuerySet:
    """The records that have the very name of an older one, and the branches of an enterprise that is recorded by its
    own tax code; but for those that an officer found to be two. The desk counts them: comparing names takes seconds.

    Persons stand under one name in lists, and are for ``candidates`` to compare.
    """
    rows = kept(model).filter(kind=InvestorKind.ORGANISATION) if model is Investor else kept(model)
    told_apart = DistinctPair.objects.standing(model.KIND).filter(
        Q(one=OuterRef("code"), other=OuterRef(OuterRef("code")))
        | Q(other=OuterRef("code"), one=OuterRef(OuterRef("code"))))
    others = rows.exclude(Exists(told_apart))
    shared = rows.exclude(name_sort=b"").values("name_sort").annotate(those=Count("pk")).filter(those__gt=1)
    # The names that several have are found first, in one pass: asked of each record in turn it would be a search each.
    is_it = Q(name_sort__in=shared.values("name_sort")) & Exists(
        others.filter(name_sort=OuterRef("name_sort"), pk__lt=OuterRef("pk")))
    if model is Enterprise:
        rows = rows.annotate(digits=Length("tax_code"), main_code=Substr("tax_code", 1, TAX_CODE))
        is_it |= Q(digits__gt=TAX_CODE) & Exists(others.filter(tax_code=OuterRef("main_code")))
    return rows.filter(is_it)


def kept(model) -> QuerySet:
    """The records that were not withdrawn: what is gone has nothing to be merged."""
    return model.objects.exclude(publication=Publication.WITHDRAWN)


def _told_apart(model) -> set[tuple[int, int]]:
    """The pairs that an officer found to be two; those of records that are gone are left out."""
    def key_of(column: str) -> Subquery:
        return Subquery(model.objects.filter(code=OuterRef(column)).values("pk")[:1])

    pairs = DistinctPair.objects.standing(model.KIND).annotate(first=key_of("one"), second=key_of("other"))
    return {(min(pair), max(pair)) for pair in pairs.values_list("first", "second") if None not in pair}


def _read(model) -> tuple[list[_Form], dict[str, list[int]]]:
    """The different names of every record, and the records of each tax code."""
    has_code, names = model is Enterprise, NAMES[model]
    forms, codes = [], defaultdict(list)
    for key, mark, *given in kept(model).order_by("pk").values_list("pk", "tax_code" if has_code else "kind", *names):
        if has_code and mark:
            codes[mark[:TAX_CODE]].append(key)
        kind = "" if has_code else mark
        for words in dict.fromkeys(bare_words(name) for name in given if name):
            if words:
                numbers = frozenset(word for word in words if word.isdecimal()) | {kind}
                forms.append(_Form(key, words, " ".join(words), numbers))
    return forms, codes


def _compared(forms: list[_Form]) -> Iterator[tuple[_Form, _Form]]:
    """The pairs that are worth comparing; some twice."""
    by_word: dict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        for word in set(form.words):
            by_word[word].append(form)
    for sharing in by_word.values():
        if len(sharing) <= RARE:
            yield from combinations(sharing, 2)
    yield from _neighbours(sorted(forms, key=lambda form: form.text))
    yield from _neighbours(sorted(forms, key=lambda form: form.text[::-1]))


def _neighbours(forms: Iterable[_Form]) -> Iterator[tuple[_Form, _Form]]:
    forms = list(forms)
    for place, form in enumerate(forms):
        for other in forms[place + 1 : place + 1 + NEIGHBOURS]:
            yield form, other
