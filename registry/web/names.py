"""What a record is called in the reader's language, and in which language that is."""

from django.utils.translation import get_language, gettext

from registry.vocabulary.country import country_in
from registry.vocabulary.language import PARTLY
from registry.vocabulary.sector_east import sector_in

# Their names stand on signs, papers and maps in Vietnamese: a reader abroad has to find them again.
VIETNAMESE = ("zone", "place")
BY_CODE = {"country": country_in, "sector": sector_in, "section": sector_in}


def called(record, kind: str = "") -> tuple[str, str]:
    """A record's name and its language, empty where that is the page's or where the name belongs to none.

    ``record`` has ``name`` and ``name_en``; ``kind`` says what it is where it does not say so itself.
    """
    language, name, english = get_language(), record.name, record.name_en
    if language == "vi":
        return name, ""
    if language not in PARTLY:
        return english or name, "" if english or name.isascii() else "vi"
    kind = kind or getattr(record, "KIND", "")
    if told := _translated(record, kind, language):
        return told, ""
    if english and kind not in VIETNAMESE:
        return english, "en"
    return name, "" if name.isascii() else "vi"


def _translated(record, kind: str, language: str) -> str:
    if kind in BY_CODE:
        return BY_CODE[kind](language, getattr(record, "code", None) or record.key or "")
    told = gettext(record.name) if record.name and kind not in VIETNAMESE else ""
    return "" if told == record.name else told
