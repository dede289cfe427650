"""What an investor, a journalist and a citizen come for, on a phone and at a desk, in Vietnamese and in English.
Barriers are looked for in `test_browser_every_page`; here are what pages say and where they lead."""

import re
from datetime import date

import pytest
from django.utils import timezone

from registry.models import AdministrativeUnit, CorrectionRequest
from registry.pages import correction_form
from tests import build
from tests.everywhere import LAYOUT
from tests.pages.conftest import static_files_where_they_lie
from tests.watched import Watched
from tests.web.conftest import no_quota

__all__ = ["no_quota", "static_files_where_they_lie"]

WAYS = [(width, language) for width in (360, 1280) for language in ("vi", "en")]
by_every_way = pytest.mark.parametrize("way", WAYS, ids=[f"{width}-{language}" for width, language in WAYS])


class Walk(Watched):
    """A reader under way: every page that is come to has nothing that is wider than the screen or went wrong."""

    language: str

    def look(self):
        self.page.evaluate("document.fonts.ready")
        assert self.wrong == [] and self.page.evaluate(LAYOUT) == [], self.page.url

    def press(self, locator, key: str = "Enter"):
        """By keyboard to another page."""
        with self.page.expect_navigation():
            locator.press(key)
        self.look()

    def path(self) -> str:
        return self.page.url.removeprefix(self.site)

    def words(self, selector: str = "main") -> str:
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def says(self, selector: str, *expected: str):
        words = self.words(selector)
        assert [each for each in expected if each not in words] == [], words

    def day(self, day: date) -> str:
        return f"{day:%d/%m/%Y}" if self.language == "vi" else f"{day.day} {day:%B %Y}"


@pytest.fixture
def walk(new_context, site, way):
    width, language = way
    page = new_context(viewport={"width": width, "height": 800}, locale=language).new_page()
    walk = Walk(page, site, width)
    walk.language = language
    page.goto(f"{site}/" if language == "vi" else f"{site}/en/")
    walk.look()
    return walk


def choose(walk, vi: str, en: str) -> str:
    return vi if walk.language == "vi" else en


@by_every_way
def test_an_investor(walk):
    """Search, a project, its zone and whom to write to there, zones side by side, a figure's source, paper."""
    page, prefix = walk.page, "" if walk.language == "vi" else "/en"
    for key in ("Tab", "Enter", "Tab"):  # past the head of the page, to the first thing in it
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("dien tu")
    sector = choose(walk, "Sản xuất sản phẩm điện tử, máy vi tính và sản phẩm quang học",
                    "Computer, electronic and optical products")
    page.get_by_role("option").filter(has_text=sector).wait_for()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("amkor")
    plant = choose(walk, "Nhà máy Amkor Technology Việt Nam", "Amkor Technology Vietnam plant")
    page.get_by_role("option", name=plant).first.wait_for()
    page.keyboard.press("ArrowDown")
    walk.press(page.locator("#q"))
    assert walk.path() == f"{prefix}/projects/BN-000001/"
    assert walk.heading() == plant
    walk.says(".strip", choose(walk, "1.600.000.000 USD", "1,600,000,000 USD"), walk.day(timezone.localdate()),
              choose(walk, "nguồn mâu thuẫn", "sources disagree"), choose(walk, "Đang hoạt động", "Operating"))

    walk.press(page.locator(".strip a[href$='/zones/yen-phong-2c/']"))
    walk.says(".strip", choose(walk, "Tỷ lệ lấp đầy chưa ghi nhận", "Occupancy not recorded"))
    walk.says(".facts", choose(walk, "Ban Quản lý các khu công nghiệp tỉnh Bắc Ninh",
                               "Bac Ninh Province Industrial Zones Authority"))
    walk.press(page.locator(".facts a[href*='/zones/compare/']"))
    page.locator("#f-zone-2").select_option("dai-dong-hoan-son")
    walk.press(page.locator(".comparison-form .button"))
    assert walk.path() == f"{prefix}/zones/compare/?zone=yen-phong-2c&zone=dai-dong-hoan-son&zone=&zone="
    row = page.locator(".comparison tr").filter(has_text=choose(walk, "Tỷ lệ lấp đầy (%)", "Occupancy (%)"))
    assert row.locator("td").first.inner_text().strip() == choose(walk, "chưa ghi nhận", "not recorded")
    assert choose(walk, "99,67", "99.67") in row.locator("td").last.inner_text()

    walk.press(page.locator(".comparison a[href$='/zones/dai-dong-hoan-son/']"))
    walk.says("#dai-dong-hoan-son-1", choose(walk, "99,67", "99.67"), "2022", "SRC-000001")
    walk.says("#dai-dong-hoan-son-2", "70–75", choose(walk, "không nêu", "not stated"), "SRC-000002")
    page.locator("#dai-dong-hoan-son-1 a[href='#n1']").press("Enter")
    page.wait_for_url("**#n1")
    walk.says("#n1", "SRC-000001", choose(walk, "Hiện trạng và quy hoạch các khu, cụm công nghiệp Bắc Ninh 2021–2030",
                                          "Industrial zones and clusters of Bac Ninh: state and plan 2021-2030"))
    page.emulate_media(media="print")
    walk.says(".site-footer", f"{walk.site}{prefix}/zones/dai-dong-hoan-son/")
    assert not page.locator(".site-nav").is_visible() and page.locator("#n1").is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf())) == 1


@by_every_way
def test_a_journalist(walk):
    """A figure as of a day that was chosen, its files, its words to cite, its source, and what speaks against it."""
    page, prefix = walk.page, "" if walk.language == "vi" else "/en"
    walk.press(page.locator(".site-nav a[href$='/statistics/']"))
    page.locator("#f-by").select_option("country")
    walk.press(page.locator(".statistics-form .button"))
    assert page.url.endswith(f"{prefix}/statistics/?by=country&as_of={timezone.localdate()}&known_on=&basis=lead"
                             "&country_of=registration")
    finding = choose(walk, "Toàn bộ vốn đăng ký chưa ghi nhận quốc gia: {}",
                     "All registered capital has no country on record: {}")
    assert page.locator("#h-country").inner_text() == finding.format(choose(walk, "1,69 tỷ USD", "USD 1.69 billion"))

    slider = page.locator("#as-of-range")
    slider.press("Home")
    slider.press("ArrowRight")
    page.wait_for_url("**as_of=2023-05-31*")
    page.get_by_text(finding.format(choose(walk, "1,6 tỷ USD", "USD 1.6 billion"))).wait_for()
    walk.look()
    day = walk.day(date(2023, 5, 31))
    walk.says("#figures caption", day)
    total = page.locator("#figures tfoot tr td.num")
    figure = choose(walk, "1.600.000.000", "1,600,000,000")
    assert [figure in total.first.inner_text(), *total.all_inner_texts()[1:]] == [True, "0", "0", "0", "1"]
    walk.says(".cite:has(a[href*='known_on='])", day, "by=country&as_of=2023-05-31&known_on=")
    for end, holds in (("csv", b"1600000000.00,0.00,0.00,0.00,2023-05-31"), ("xlsx", b"PK"), ("svg", figure.encode())):
        with page.expect_download() as download:
            page.locator(f"#figures .downloads a[href$='format={end}']").press("Enter")
        assert download.value.suggested_filename == f"capital-by-country-2023-05-31.{end}"
        assert holds in download.value.path().read_bytes()

    walk.press(page.locator("#figures .row-link"))
    assert walk.path() == f"{prefix}/projects/?missing=country&as_of=2023-05-31"
    walk.press(page.locator(".row-link[href$='/projects/BN-000001/'], .row-link[href*='/projects/BN-000001/?']"))
    page.locator("#BN-000001-1 a[href='#n1']").press("Enter")
    page.wait_for_url("**#n1")
    walk.says("#n1", "SRC-000035", choose(walk, "đoạn 7", "paragraph 7"))
    walk.says("#conflicts", choose(walk, "Quốc gia của nhà đầu tư: Amkor", "Investor's country: Amkor"),
              choose(walk, "Hàn Quốc theo SRC-000035, đoạn 7", "South Korea according to SRC-000035, paragraph 7"),
              choose(walk, "Hoa Kỳ, Hàn Quốc theo SRC-000036, đoạn 2",
                     "United States, South Korea according to SRC-000036, paragraph 2"))
    walk.says(".facts", f"{walk.site}{prefix}/projects/BN-000001/")
    walk.press(page.locator("#n1 a[href$='/sources/SRC-000035/']"))
    walk.says("main", choose(walk, "1,6 tỷ USD", "USD 1.6 billion"), choose(walk, "đoạn 7", "paragraph 7"))


@pytest.fixture
def near_home(committed_press):
    """A project in a ward, which the press facts have none of."""
    build.make_project(name="SYN Nhà máy Hoa Sen", name_en="SYN Lotus plant", capital_usd="2500000.00",
                       place=AdministrativeUnit.objects.get(code="09193"))


@by_every_way
def test_a_citizen(near_home, walk, monkeypatch):
    """By the map's table to a zone, by place to a project, by a report of an error to its ticket."""
    page, prefix = walk.page, "" if walk.language == "vi" else "/en"
    walk.press(page.locator(".site-nav a[href$='/map/']"))
    first = page.locator(".map-table tbody tr").first
    figure = choose(walk, "1.600.000.000", "1,600,000,000")
    assert figure in first.inner_text() and "gần đúng: tâm phường Yên Phong" in first.inner_text()
    walk.press(first.locator(".row-link"))
    assert walk.path() == f"{prefix}/zones/yen-phong-2c/"

    walk.press(page.locator(".site-nav a[href$='/projects/']"))
    if walk.width < 1024:
        page.locator(".filter-fold > summary").press("Enter")
    page.locator("#f-place > summary").press("Enter")
    page.locator("#f-place input[value='09193']").press("Space")
    page.locator("#f-status input[value='operating']").press("Space")
    walk.press(page.locator("#filter > .button"))
    assert page.locator(".row-link").all_inner_texts() == [choose(walk, "SYN Nhà máy Hoa Sen", "SYN Lotus plant")]
    chips = page.locator(".chips .chip")
    assert [" ".join(chip.split()) for chip in chips.all_inner_texts()] == choose(
        walk, ["Tình trạng: Đang hoạt động × bỏ bộ lọc này", "Địa bàn: Phường Yên Phong × bỏ bộ lọc này"],
        ["Status: Operating × remove this filter", "Place: Yen Phong Ward × remove this filter"])
    here = walk.path()
    walk.press(page.locator(".site-nav .language a").first)  # the same list in the other language, and back
    other = here.removeprefix("/en") if prefix else f"/en{here}"
    assert walk.path() == other
    walk.press(page.locator(".site-nav .language a[lang^='" + walk.language + "']"))
    assert walk.path() == here
    walk.press(chips.first)
    assert chips.count() == 1 and "place=09193" in page.url and "status" not in page.url

    walk.press(page.locator(".row-link"))
    walk.press(page.locator(".facts .report"))
    page.locator("#id_contact").fill("lan@example.vn")
    with page.expect_navigation():
        page.locator("#id_contact").press("Enter")
    walk.wrong.clear()  # the browser tells of the 400 itself
    walk.look()
    wrong = page.locator("[role=alert] a")
    assert wrong.get_attribute("href") == "#id_words" and page.locator("#id_contact").input_value() == "lan@example.vn"
    wrong.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_words"
    page.keyboard.type("Diện tích đất sai.")
    monkeypatch.setattr(correction_form, "LEAST_SECONDS", -1)  # a person takes longer
    walk.press(page.locator(".correction-form .button"))
    assert walk.path() == f"{prefix}/corrections/COR-000001/?sent"
    assert "Diện tích đất sai." not in walk.words() and "lan@example.vn" not in walk.words()
    made = CorrectionRequest.objects.get()
    assert (made.words, made.contact, made.language) == ("Diện tích đất sai.", "lan@example.vn", walk.language)
