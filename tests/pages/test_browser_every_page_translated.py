"""As ``test_browser_every_page``, in the other languages."""

import pytest

from .whole_site import LOOKS, look_at_every_page, whole_site

__all__ = ["whole_site"]

pytestmark = pytest.mark.every_page


@pytest.mark.parametrize("language", [each for each in LOOKS if each != "vi"])
def test_every_page(new_context, whole_site, language):
    look_at_every_page(new_context, whole_site, language)
