"""A reader's way through the site in a real browser: from the first page by search to a project and back."""

import pytest

from tests.watched import Watched

WORDS = {
    "vi": {"home": "Sổ đăng ký dự án FDI Bắc Ninh", "plant": "Nhà máy Amkor Technology Việt Nam",
           "capital": "1.600.000.000 USD", "other": "English", "first": "Vốn, lớn trước",
           "nothing": "Không có dự án nào khớp", "not_found": "Không tìm thấy", "projects": "Dự án"},
    "en": {"home": "FDI project register of Bắc Ninh", "plant": "Amkor Technology Vietnam plant",
           "capital": "1,600,000,000 USD", "other": "Tiếng Việt", "first": "Capital, largest first",
           "nothing": "No project matches", "not_found": "Not found", "projects": "Projects"},
}


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_finds_a_project(new_context, site, width):
    """Barriers are looked for on the same pages in `test_browser_every_page`."""
    for language, words in WORDS.items():
        context = new_context(viewport={"width": width, "height": 800})
        watched = Watched(context.new_page(), site, width, rules=None)
        find_a_project(watched, "" if language == "vi" else "/en", words)
        lose_the_way(watched, "" if language == "vi" else "/en", words)
        context.close()


def find_a_project(watched: Watched, prefix: str, words: dict):
    page = watched.page
    page.goto(f"{watched.site}{prefix}/")
    watched.look()
    assert watched.heading() == words["home"]

    page.locator("#q").fill("nha may")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search/?q=nha+may")
    watched.look()
    page.locator("main").get_by_role("link", name=words["plant"]).first.wait_for()

    watched.open(f"{prefix}/projects/?search=nha+may")
    assert page.locator("tbody tr").count() == 2

    page.locator("#f-ordering").select_option(label=words["first"])
    page.locator(".list-order > .button").click()
    page.wait_for_url("**ordering=-registered_usd*")
    watched.look()

    # The row is one link target: its last cell leads there too, although the link lies above it.
    page.locator("tbody tr").first.locator("td").last.click(force=True)
    page.wait_for_url(f"**{prefix}/projects/BN-000001/")
    watched.look()
    assert watched.heading() == words["plant"]
    assert words["capital"] in page.locator(".strip").inner_text()

    page.locator(".strip a.note").first.click()
    page.wait_for_url("**#n1")
    assert page.locator("#n1").is_visible()

    page.get_by_role("link", name=words["other"]).click()
    page.wait_for_url(f"**{'' if prefix else '/en'}/projects/BN-000001/")
    watched.look()


def lose_the_way(watched: Watched, prefix: str, words: dict):
    page = watched.page
    page.goto(f"{watched.site}{prefix}/projects/?search=zzzz")
    watched.look()
    assert words["nothing"] in page.locator("main").inner_text()

    for path, status, heading in (("BN-999999/", 404, words["not_found"]), ("?zone=nix", 400, words["projects"])):
        watched.open(f"{prefix}/projects/{path}", status=status)
        assert watched.heading() == heading


def test_the_page_can_be_walked_by_keyboard(new_context, site):
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{site}/projects/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/#content")


def test_a_project_prints_with_its_address_and_sources(new_context, site):
    page = new_context().new_page()
    page.goto(f"{site}/projects/BN-000001/")
    page.emulate_media(media="print")
    assert page.get_by_text(f"Địa chỉ trang: {site}/projects/BN-000001/").is_visible()
    assert not page.locator(".site-nav").is_visible()
    assert page.locator("#n1").is_visible()
