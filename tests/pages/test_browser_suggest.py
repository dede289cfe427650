"""Suggestions in a real browser: by keyboard alone, by a click, without JavaScript, and without a network."""

from tests.watched import RULES, Watched


def test_by_keyboard(new_context, site):
    watched = Watched(new_context(viewport={"width": 360, "height": 800}).new_page(), site, 360, RULES)
    page = watched.page
    watched.open("/")
    box, options = page.locator("#q"), page.locator("[role=option]")
    box.press_sequentially("yen ph")
    options.first.wait_for()
    watched.look()
    assert box.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("status").first.text_content() == f"{options.count()} gợi ý; bấm mũi tên xuống để chọn"

    box.press("ArrowDown")
    box.press("ArrowDown")
    watched.look()
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.get_attribute("id") == options.nth(1).get_attribute("id")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    box.press("ArrowUp")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None and box.input_value() == "yen ph"

    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and not options.first.is_visible()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/zones/yen-phong-*/")


def test_by_a_click_and_by_enter(new_context, site):
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{site}/en/zones/")
    page.locator("#header-search").press_sequentially("amkor tech")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/en/projects/BN-000001/")

    page.locator("#header-search").press_sequentially("amkor tech")
    page.locator("[role=option]").first.wait_for()
    page.locator("#header-search").press("Enter")
    page.wait_for_url("**/en/search/?q=amkor+tech")


def test_without_javascript_and_without_an_answer(new_context, site):
    for without in ("javascript", "answer"):
        page = new_context(java_script_enabled=without != "javascript").new_page()
        page.route("**/search/suggest/**", lambda route: route.abort())
        page.goto(f"{site}/")
        page.locator("#q").press_sequentially("yen phong")
        page.locator("#q").press("Enter")
        page.wait_for_url("**/search/?q=yen+phong")
        assert page.locator("[role=option]").count() == 0
