"""The slider of days in a real browser: every figure follows and the focus stays; without scripts the field does it."""

import re

from tests.watched import Watched


def test_a_day_by_the_slider(new_context, site):
    watched = Watched(new_context(viewport={"width": 1280, "height": 900}).new_page(), site, 1280)
    watched.open("/statistics/")
    page = watched.page
    slider = page.locator("#as-of-range")
    slider.press("Home")  # the day before the first entry
    page.wait_for_url("**as_of=2023-05-30*")
    page.get_by_text("Chưa có bút toán nào được tính đến ngày đã chọn.").wait_for()
    assert page.locator(".headline dd").first.inner_text() == "0 USD"
    assert page.evaluate("document.activeElement.id") == "as-of-range"
    assert "30/05/2023" in page.locator("[role=status][data-said]").inner_text()
    slider.press("ArrowRight")
    page.wait_for_url("**as_of=2023-05-31*")
    page.get_by_text("1.600.000.000").first.wait_for()
    assert page.locator("#f-as_of").input_value() == "2023-05-31"
    watched.look()


def test_a_day_without_scripts(new_context, site):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/statistics/")
    assert not page.locator("#as-of-range").is_visible()
    page.locator("#f-as_of").fill("2023-05-31")
    page.get_by_role("button", name="Xem").click()
    page.wait_for_url(re.compile("as_of=2023-05-31"))
    assert "1.600.000.000" in page.locator(".headline dd").first.inner_text()
