"""The languages of the public's pages: two in which all of them stand, and those in which some do."""

WHOLE = ("vi", "en")
PARTLY = ("ko", "zh")
EVERY = (*WHOLE, *PARTLY)
# What stands in place of a page that a language lacks.
INSTEAD = "en"

# How each calls itself, and which tag readers' programs know it by.
NAMES = {"vi": "Tiếng Việt", "en": "English", "ko": "한국어", "zh": "中文"}
TAGS = {"zh": "zh-Hans"}


def tag_of(language: str) -> str:
    """The tag for ``lang`` and ``hreflang``: it says which script Chinese is written in."""
    return TAGS.get(language, language)
