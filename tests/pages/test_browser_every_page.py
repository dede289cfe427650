"""Every template of the public's door in a real browser: no accessibility violation, no error, no third party, nothing
wider than the screen, and light. In Vietnamese here; the other languages have a file, and so a worker, of their own."""

import re
from pathlib import Path

import pytest

from .whole_site import look_at_every_page, whole_site

__all__ = ["whole_site"]

pytestmark = pytest.mark.every_page

COLOUR = re.compile(r"--[a-z-]+: #[0-9A-F]{6}")


def test_every_page(new_context, whole_site):
    look_at_every_page(new_context, whole_site, "vi")


def test_dark_is_colours_only():
    """So that no layout of a dark page is another than that of the light one; only what is declared counts."""
    style = Path("static/registry/register.css").read_text()
    blocks = re.findall(r"@media [^{]*prefers-color-scheme[^{]*\{\s*:root \{([^}]*)\}\s*\}", style)
    assert len(blocks) == style.count("prefers-color-scheme") == 1
    assert [each for each in blocks[0].split(";") if each.strip() and not COLOUR.fullmatch(each.strip())] == []
