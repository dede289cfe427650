"""Which page stands in which language, and a page's address in each."""

import re
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse

from registry.vocabulary.language import EVERY, INSTEAD, PARTLY, WHOLE

# The first page, the zones and the statistics stand in every language; their files and the comparison do not.
IN_EVERY = re.compile(r"/(?:zones(?:/(?!compare/)[^/]+)?|statistics)?/?")
PREFIX = re.compile(rf"/(?P<language>{'|'.join(language for language in EVERY if language != 'vi')})(?=/)")
LINK = re.compile(rf'(?P<attribute>href|action|data-[a-z-]+)="/(?:{"|".join(PARTLY)})(?P<address>/[^"]*)"')


def parted(address: str) -> tuple[str, str]:
    """The language of an address, and the address without it. Vietnamese addresses have no prefix."""
    found = PREFIX.match(address)
    return (found["language"], address[found.end():]) if found else ("vi", address)


def languages_of(address: str) -> tuple[str, ...]:
    """The languages in which this page, named without its language, stands."""
    parts = urlsplit(address)
    whole = IN_EVERY.fullmatch(parts.path) and "format" not in parse_qs(parts.query)
    return EVERY if whole else WHOLE


def address_in(language: str, address: str) -> str:
    """An address of any language in another one."""
    plain = parted(address)[1]
    return plain if language == "vi" else f"/{language}{plain}"


def instead_of(address: str) -> str:
    """Where a page stands that its language lacks; empty where it does not lack it."""
    language, plain = parted(address)
    return "" if language in languages_of(plain) else address_in(INSTEAD, plain)


def relink(request: HttpRequest, response: HttpResponse) -> None:
    """Let a page of a language that has some of the pages link to the others in English. Not yet compressed; once is
    enough, twice is no harm."""
    is_page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
    if is_page and not response.has_header("Content-Encoding") and parted(request.path)[0] in PARTLY:
        response.content = relinked(response.content.decode()).encode()


def relinked(html: str) -> str:
    """A page with its links to what its language lacks leading to English, and saying so."""
    return LINK.sub(_linked, html)


def _linked(link: re.Match) -> str:
    address = link["address"]
    if PARTLY[0] in languages_of(address.replace("&amp;", "&").partition("#")[0]):
        return link[0]
    marked = f' hreflang="{INSTEAD}"' if link["attribute"] == "href" else ""
    return f'{link["attribute"]}="/{INSTEAD}{address}"{marked}'
