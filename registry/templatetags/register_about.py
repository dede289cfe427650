"""What a page tells programs of itself."""

import json

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

# A data block ends at the first "</script"; these signs never stand in it as themselves.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
OPEN_GRAPH_LOCALES = {"vi": "vi_VN", "en": "en_GB"}


@register.simple_tag
def json_ld(thing: dict) -> SafeString:
    """A thing of schema.org as a data block, which no browser runs: the policy against scripts does not touch it."""
    text = json.dumps({"@context": "https://schema.org"} | thing, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag
def open_graph_locale() -> str:
    return OPEN_GRAPH_LOCALES[get_language()]
