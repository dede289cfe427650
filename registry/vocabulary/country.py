"""What countries are called in languages of which the register keeps no names."""

from functools import cache

from babel import Locale


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language).territories)


def country_in(language: str, code: str) -> str:
    """The name of an ISO 3166-1 code by Unicode CLDR; empty where it has none."""
    return _territories(language).get(code, "")
