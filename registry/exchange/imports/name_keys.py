"""By what the names of some nouns are compared: an office writes them short, in an order and with words of its own."""

import re
from functools import lru_cache

from registry.vocabulary.vietnamese import ROMAN_NUMBERS

from .headings import comparable

ZONE_WORDS = re.compile(r"\b(khu cong nghiep|cum cong nghiep|kcn|ccn|industrial park|industrial zone)\b")
LETTER_AFTER_NUMBER = re.compile(r"\b([0-9]+|[ivx]+(?=[a-hj-uwyz]\b))([a-hj-uwyz])\b")
# "Ban QL các KCN", "Sở KH&ĐT".
SHORT_FOR = {
    "bql": "ban quan ly", "ban ql": "ban quan ly", "kcn": "khu cong nghiep", "khdt": "ke hoach va dau tu",
    "kh dt": "ke hoach va dau tu", "kh va dt": "ke hoach va dau tu", "tc": "tai chinh", "ubnd": "uy ban nhan dan",
}
SHORT = re.compile(rf"\b({'|'.join(SHORT_FOR)})\b")


@lru_cache(maxsize=10_000)
def zone_key(name: str) -> str:
    """"KCN Yên Phong II-C" and "Yên Phong 2C" are "yen phong 2 c"."""
    words = LETTER_AFTER_NUMBER.sub(r"\1 \2", ZONE_WORDS.sub(" ", comparable(name))).split()
    return " ".join(str(ROMAN_NUMBERS.get(word.upper(), word)) for word in words)


@lru_cache(maxsize=10_000)
def registrar_key(name: str) -> str:
    """"Sở KH&ĐT tỉnh Bắc Ninh" is "so ke hoach va dau tu tinh bac ninh"."""
    return SHORT.sub(lambda found: SHORT_FOR[found.group()], comparable(name))
