"""Signing in with a second factor in a real browser: taken, asked for, and the pages around it."""

import pytest

from registry.vocabulary.role import Role
from tests import build
from tests.admin.phone import code_of, key_on
from tests.admin.test_browser import PASSWORD, WIDTHS
from tests.pages.conftest import site
from tests.watched import Watched

__all__ = ["site"]


@pytest.fixture(params=WIDTHS)
def newcomer(request, new_context, site, settings) -> Watched:
    """An officer at the login page of an office that requires the second factor."""
    settings.SECOND_FACTOR = "required"
    build.make_officer("lan", *Role, password=PASSWORD)
    width = WIDTHS[request.param]
    watched = Watched(new_context(viewport={"width": width, "height": 900}).new_page(), site, width)
    watched.open("/admin/login/?next=/admin/registry/project/")
    return watched


def give_password(watched: Watched) -> None:
    page = watched.page
    page.fill("#id_username", "lan")
    page.fill("#id_password", PASSWORD)
    watched.leaves_by(page.locator("#login-form [type=submit]"))


def send_code(watched: Watched, code: str) -> None:
    watched.page.fill("#id_code", code)
    watched.leaves_by(watched.page.locator("#code-form [type=submit]"))
    watched.look()


def test_a_second_factor_is_taken_and_asked_for(newcomer):
    page = newcomer.page
    give_password(newcomer)
    page.wait_for_url("**/second-factor/enrol/**")
    newcomer.look()
    key = key_on(page.content())
    send_code(newcomer, "000000")
    assert "Mã chưa đúng" in page.locator("main").inner_text()
    send_code(newcomer, code_of(key))
    recovery = page.locator(".recovery code").all_inner_texts()
    assert len(recovery) == 10
    page.get_by_role("link", name="Tôi đã cất các mã").click()
    page.wait_for_url("**/admin/registry/project/")
    newcomer.open("/admin/second-factor/")
    newcomer.open("/admin/auth/user/")
    newcomer.leaves_by(page.locator("#result_list tbody th a").first)
    newcomer.look()
    newcomer.leaves_by(page.get_by_role("link", name="gỡ", exact=True))
    newcomer.look()

    newcomer.leaves_by(page.locator("#logout-form button"))
    newcomer.look()
    newcomer.open("/admin/login/?next=/admin/registry/project/")
    give_password(newcomer)
    page.wait_for_url("**/second-factor/check/**")
    newcomer.look()
    send_code(newcomer, "không phải")
    assert "Mã chưa đúng" in page.locator("main").inner_text()
    send_code(newcomer, recovery[0])
    assert page.url.endswith("/admin/registry/project/")


def test_who_guesses_is_told_how_long_to_wait(newcomer):
    """The wait doubles with each guess: whatever the pace of the browser, it is met before long."""
    page = newcomer.page
    for _guess in range(12):
        page.fill("#id_username", "lan")
        page.fill("#id_password", "sai")
        newcomer.leaves_by(page.locator("#login-form [type=submit]"))
        if "Hãy thử lại sau" in page.locator("main").inner_text():
            break
    newcomer.wrong = [each for each in newcomer.wrong if "429" not in each]
    newcomer.look()
    assert "Hãy thử lại sau" in page.locator("main").inner_text()
