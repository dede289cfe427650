"""Vietnamese text: folded for search, taken apart into search words, put in dictionary order."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from .errors import RuleBroken

MOST_SEARCH_WORDS = 20
LONGEST_SORT_KEY = 400
WORDS_KEPT = 50_000

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang, huyền, hỏi, ngã, sắc, nặng

TONE_MARK = re.compile(f"[{''.join(TONES)}]")
# Marks of Latin, Greek and Cyrillic letters only: those of kana and other scripts make another letter.
MARK = re.compile("[\u0300-\u036f]")

WORD = re.compile(r"[^\W_]+")
HYPHEN = "[-\u2010\u2011\u2013]"
LETTER = "[A-HJ-UWYZa-hj-uwyz]"  # one that cannot belong to a Roman numeral up to XXX
NUMERAL = re.compile(rf"(?P<number>[0-9]{{1,2}}|[IVXivx]+)((?P<hyphen>{HYPHEN})?(?P<letter>{LETTER}))?")
# A code of the register's own, as BN-000123: its number alone belongs to many kinds.
CODE = re.compile(r"[A-Za-z]{2,3}-[0-9]{6}")
# "II-C" and a code are one token; any other hyphen parts words.
TOKEN = re.compile(rf"{CODE.pattern}(?![^\W_])|(?:[0-9]{{1,2}}|[IVXivx]+){HYPHEN}{LETTER}(?![^\W_])|[^\W_]+")

UNITS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
ROMANS = [tens + unit for tens in ("", "X", "XX") for unit in UNITS]  # I to XXX
ROMAN_NUMBERS = {roman: number for number, roman in enumerate(ROMANS, 1)}
# Syllables and letters of everyday text: in lower case they are never read as Roman numerals.
SYLLABLES = {"i", "v", "x", "vi", "xi"}

ABBREVIATIONS = {"kcn": "khu cong nghiep", "ccn": "cum cong nghiep"}

# The bytes of a sort key, in their order: the end of a word (with its tone), so that the shorter word
# comes first; a number; the letters; another script.
WORD_END, NUMBER, FIRST_LETTER, OTHER_SCRIPT = 0x01, 0x10, 0x20, 0x60
LETTER_AND_TONE = {
    composed: (FIRST_LETTER + place, tone)
    for place, letter in enumerate(ALPHABET)
    for tone, mark in enumerate(TONES)
    if len(composed := unicodedata.normalize("NFC", letter + mark)) == 1
}
NUMBER_OR_WORD = re.compile(r"([0-9]+)|([^\W0-9_]+)")


class TooManyWords(RuleBroken):
    """A query of more than MOST_SEARCH_WORDS different words."""

    code = "too-many-words"
    message = _("Câu tìm kiếm có %(count)d từ khác nhau, nhiều nhất là %(most)d. Hãy bớt từ rồi tìm lại.")


@dataclass(frozen=True)
class SearchText:
    """The words of a record, each text as " word word … " with a space at both ends, empty without words.

    ``folded`` has the words without marks, and what else they can be found by;
    ``marked`` has them with their marks, to tell exact finds.
    """

    folded: str
    marked: str


@dataclass(frozen=True)
class SearchWord:
    """A word of a query: as in SearchText.marked, and the folded tokens that may stand for it.

    An alternative that starts with "#" must be a whole token of
    SearchText.folded; any other may also be the beginning of one.
    """

    marked: str
    alternatives: tuple[str, ...]


def fold(text: str) -> str:
    """The text in lower case, without marks, đ as d, its whitespace collapsed; other scripts stay.

    NFC and NFD give the same, and so do "oà" and "òa".
    """
    if text.isascii():
        return " ".join(text.lower().split())
    bare = MARK.sub("", unicodedata.normalize("NFD", _composed(text).lower()))
    return " ".join(unicodedata.normalize("NFC", bare).replace("đ", "d").split())


def search_text(*parts: str | None) -> SearchText:
    """What a record is found by, from the texts of its parts; empty ones and None are left out.

    Words are runs of letters and digits. After them come, in both texts, codes
    and hyphenated numerals joined ("II-C" gives "ii c … iic"), and in the folded
    one besides:
    - numerals 1-30, Arabic or in capital Roman, as "#3", and with one letter
      joined or hyphenated as "#2" and "#2c" ("II-C", "IIC", "2C", "2-C");
    - "khu cong nghiep" where "kcn" stands alone and the other way round, and
      the same for "ccn".
    """
    words, joined, besides = [], [], []
    for token in TOKEN.findall(_composed(" ".join(filter(None, parts)))):
        pieces, numerals = _parted(token)
        words += pieces
        if len(pieces) > 1:
            joined.append("".join(pieces))
        besides += numerals
    words += dict.fromkeys(joined)
    folded = _spaced(map(_folded, words))
    for short, phrase in ABBREVIATIONS.items():
        has_short, has_phrase = f" {short} " in folded, f" {phrase} " in folded
        if has_short != has_phrase:
            besides.append(phrase if has_short else short)
    return SearchText(_spaced([*folded.split(), *dict.fromkeys(besides)]), _spaced(map(_marked, words)))


def search_words(query: str) -> list[SearchWord]:
    """The different words of a query, in its order; empty where it has none.

    A numeral has a second alternative: "6" and "VI" also "#6", "II-C", "2C"
    and "iic" also "#2c". Roman numerals count in lower case too, but for
    i, v, x, vi and xi. A code is one word; other hyphens part words.
    Raises TooManyWords over MOST_SEARCH_WORDS.
    """
    found = {word: None for token in TOKEN.findall(_composed(query)) for word in _words_of(token)}
    if len(found) > MOST_SEARCH_WORDS:
        raise TooManyWords(count=len(found), most=MOST_SEARCH_WORDS)
    return list(found)


def searchable_part(query: str) -> str:
    """The query up to the word that would be one too many for search_words; all of it where there is none."""
    text, found = _composed(query), set()
    for token in TOKEN.finditer(text):
        found.update(_words_of(token[0]))
        if len(found) > MOST_SEARCH_WORDS:
            return text[:token.start()].strip()
    return query


def sort_key(text: str) -> bytes:
    """Bytes whose plain comparison gives Vietnamese dictionary order, at most LONGEST_SORT_KEY of them.

    Syllable by syllable: first the letters in the order of ALPHABET, a shorter
    syllable before a longer one, then the tones in the order of TONES. Digits
    come before letters, by the number they make; other scripts after, by their
    UTF-8 bytes. Case does not count; what is neither letter nor digit only parts
    syllables. Empty for a text without letters and digits.
    """
    key = bytearray()
    for digits, word in NUMBER_OR_WORD.findall(_composed(text.lower())):
        key += _number_key(digits) if digits else _word_key(word)
    return bytes(key[:LONGEST_SORT_KEY])


def _words_of(token: str) -> list[SearchWord]:
    """The words of one token of a query."""
    numeral = _numeral(token, any_case=True)
    pieces = WORD.findall(token)
    parts = ["".join(pieces)] if numeral or CODE.fullmatch(token) else pieces
    return [SearchWord(_marked(part), (fold(part), *numeral[-1:])) for part in parts]


def _composed(text: str) -> str:
    """The text in NFC, without marks that no letter takes up, and with đ for the eth that looks like it."""
    if text.isascii():
        return text
    composed = MARK.sub("", unicodedata.normalize("NFC", text))
    return composed.replace("Ð", "Đ").replace("ð", "đ")


def _spaced(words) -> str:
    """ "a b" as " a b ", no words as the empty text."""
    text = " ".join(words)
    return f" {text} " if text else ""


_fold_word = lru_cache(maxsize=WORDS_KEPT)(fold)


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else _fold_word(word)


def _marked(word: str) -> str:
    """The word in lower case, its tone moved from the letter to the end: "hoà" and "hòa" are one."""
    return word.lower() if word.isascii() else _mark_word(word)


@lru_cache(maxsize=WORDS_KEPT)
def _mark_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters, tones = TONE_MARK.sub("", decomposed), TONE_MARK.findall(decomposed)
    return unicodedata.normalize("NFC", letters) + "".join(tones)


def _parted(token: str) -> tuple[list[str], tuple[str, ...]]:
    """The words of a token of a record, and its numerals."""
    # Names repeat their words; a code stands once in the whole register, and would only fill the memory.
    return _part_word(token) if token.isalpha() else _part(token)


def _part(token: str) -> tuple[list[str], tuple[str, ...]]:
    return WORD.findall(token), _numeral(token, any_case=False)


_part_word = lru_cache(maxsize=WORDS_KEPT)(_part)


def _numeral(token: str, *, any_case: bool) -> tuple[str, ...]:
    """("#2",) for "2" or "II", ("#2", "#2c") for "2C" or "II-C", () for what is no numeral up to 30."""
    found = NUMERAL.fullmatch(token)
    number = _number(found["number"], any_case=any_case) if found else None
    if number is None:
        return ()
    if not found["letter"]:
        return (f"#{number}",)
    # "VN", "IT" and "IC" are names: one Roman letter counts only before a hyphen.
    if found["number"].isalpha() and len(found["number"]) == 1 and not found["hyphen"]:
        return ()
    return (f"#{number}", f"#{number}{found['letter'].lower()}")


def _number(written: str, *, any_case: bool) -> int | None:
    """The number 1-30 in digits or capital Roman letters, with any_case in others that are no syllable."""
    if written.isdigit():
        return int(written) if 1 <= int(written) <= len(ROMANS) else None
    if written.isupper() or (any_case and written.lower() not in SYLLABLES):
        return ROMAN_NUMBERS.get(written.upper())
    return None


def _number_key(digits: str) -> bytes:
    """A number by its length, then its digits: 2 before 10."""
    significant = digits.lstrip("0")
    return bytes([NUMBER, min(len(significant), 255)]) + significant.encode()


@lru_cache(maxsize=WORDS_KEPT)
def _word_key(word: str) -> bytes:
    """A word by its letters, then its first tone."""
    key, word_tone = bytearray(), 0
    for char in word:
        # A foreign letter with a mark goes with its bare one: ü with u.
        known = LETTER_AND_TONE.get(char) or LETTER_AND_TONE.get(unicodedata.normalize("NFD", char)[0])
        if known:
            code, tone = known
            key.append(code)
            word_tone = word_tone or tone
        else:
            key += bytes([OTHER_SCRIPT]) + char.encode()
    return bytes(key) + bytes([WORD_END + word_tone])
