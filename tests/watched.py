"""A page in a real browser, and what went wrong on it."""

import os
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},  # wcag22aa's own, off unless asked for
    "resultTypes": ["violations"],
    # No rule of these tags asks for it, and it takes style sheets and their time.
    "preload": False,
}
# `python -m tests` looks for barriers on one of its two databases: a page is the same on both.
LOOKED_AT_ELSEWHERE = os.environ.get("LOOKED_AT") == "elsewhere"
# What the colours of another scheme can break.
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"], "preload": False}


@dataclass
class Watched:
    """A page, and what went wrong on it; a step ``looks`` at each page that it comes to, without ``rules`` for its
    errors and its width only."""

    page: object
    site: str
    width: int
    rules: dict | None = field(default_factory=lambda: RULES)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("requestfailed", self.hear_failure)
        self.page.on("request", lambda request: self.check_address(request.url))

    def hear(self, message):
        if message.type in ("error", "warning"):
            self.wrong.append(f"console: {message.text}")

    def hear_failure(self, request):
        # A page that is left while it loads takes its requests with it: that is no fault of the page.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.wrong.append(f"failed: {request.url}: {request.failure}")

    def check_address(self, url: str):
        if not url.startswith((self.site, "data:")):
            self.wrong.append(f"third party: {url}")

    def open(self, path: str, *, status: int = 200):
        """Open a path of the site and look at it."""
        answer = self.page.goto(f"{self.site}{path}")
        assert answer.status == status, path
        if status != 200:
            # The browser itself reports the status of the page.
            self.wrong = [each for each in self.wrong if "Failed to load resource" not in each]
        self.look()

    def leaves_by(self, locator):
        """Click what leads to another page, and wait until that one has loaded."""
        with self.page.expect_navigation():
            locator.click()

    def look(self):
        where = self.page.url
        self.page.evaluate("document.fonts.ready")
        assert self.wrong == [], f"{where}: {self.wrong}"
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, where
        if LOOKED_AT_ELSEWHERE or self.rules is None:
            return
        found = Axe().run(self.page, options=self.rules)
        self.wrong.clear()  # axe reads style sheets that import others by an inline style, which the policy refuses
        assert found.violations_count == 0, f"{where}\n{found.generate_report()}"

    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())
