"""What a page tells programs of itself."""

import json
from dataclasses import dataclass

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from registry.vocabulary.language import NAMES, tag_of
from registry.web.languages import address_in, languages_of, parted

register = template.Library()

# A data block ends at the first "</script"; these signs never stand in it as themselves.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
OPEN_GRAPH_LOCALES = {"vi": "vi_VN", "en": "en_GB", "ko": "ko_KR", "zh": "zh_CN"}


@register.simple_tag
def json_ld(thing: dict) -> SafeString:
    """A thing of schema.org as a data block, which no browser runs: the policy against scripts does not touch it."""
    text = json.dumps({"@context": "https://schema.org"} | thing, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@dataclass(frozen=True)
class Version:
    """This page in one language: its ``tag``, what the language calls itself, the address there."""

    tag: str
    name: str
    address: str
    is_here: bool
    request: HttpRequest

    @property
    def absolute(self) -> str:
        """Not asked for on the page that refuses a host."""
        return self.request.build_absolute_uri(self.address)


@register.simple_tag(takes_context=True)
def versions(context) -> list[Version]:
    """This page in each language in which it stands."""
    request = context["request"]
    address = request.get_full_path()
    here, plain = parted(address)
    return [
        Version(tag=tag_of(language), name=NAMES[language], address=address_in(language, plain),
                is_here=language == here, request=request)
        for language in languages_of(plain)
    ]


@register.simple_tag
def language_tag() -> str:
    """The tag of the page's language."""
    return tag_of(get_language())


@register.simple_tag(takes_context=True)
def card(context) -> str:
    """The address of the picture that stands beside a link to this site."""
    return context["request"].build_absolute_uri(static("registry/card.png"))


@register.simple_tag
def open_graph_locale() -> str:
    return OPEN_GRAPH_LOCALES[get_language()]
