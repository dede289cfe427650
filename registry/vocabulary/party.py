"""Names of companies and persons: what is left of them when two are compared."""

import re

from .vietnamese import fold

WORD = re.compile(r"[^\W_]+")

# What says of which legal form a company is, folded, and says nothing of which company it is.
LEGAL_FORMS = re.compile(r"\b(?:{})\b".format("|".join((
    "cong ty", "trach nhiem huu han", "tnhh", "mot thanh vien", "1 thanh vien", "mtv", "hai thanh vien",
    "co phan", "ctcp", "tap doan", "chi nhanh",
    "co ltd", "co", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "company", "llc", "llp", "lp",
    "pte", "pty", "jsc", "joint stock", "plc", "gmbh", "ag", "bv", "b v", "nv", "n v", "sa", "s a", "kk", "sdn bhd",
))))
ONE_WORD = {"viet nam": "vietnam", "bac ninh": "bacninh", "bac giang": "bacgiang"}


def bare_words(name: str) -> tuple[str, ...]:
    """The words by which a name is told from others: folded, without its legal form, in alphabetical order.

    All its words where nothing else is left; empty for a name without letters and digits.
    """
    words = " ".join(WORD.findall(fold(name)))
    for phrase, word in ONE_WORD.items():
        words = words.replace(phrase, word)
    return tuple(sorted((LEGAL_FORMS.sub(" ", words) or words).split() or words.split()))
