"""A page looked at in every width without loading it again."""

from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

from tests.watched import RULES, Watched

# 320 px is also what a screen of 1280 px leaves at 400 %.
WIDTHS = (320, 360, 768, 1280)
# The one rule of RULES that asks where things lie; what else depends on the width is asked by LAYOUT.
SIZES = {"runOnly": ["target-size"], "resultTypes": ["violations"], "preload": False}

# What is wider than the screen, cut off, or scrolled sideways; program text may be scrolled by itself.
LAYOUT = """() => {
  const wrong = [], root = document.documentElement, width = root.clientWidth;
  const tell = (why, at) => wrong.push(`${why}: ${at.localName}.${at.className} ${at.textContent.trim().slice(0, 40)}`);
  if (root.scrollWidth > width) wrong.push(`the page is ${root.scrollWidth} px wide`);
  for (const at of document.body.querySelectorAll("*:not(svg, svg *, pre *, input)")) {
    if (at.closest(".visually-hidden, .correction-trap, .skip-link, thead") || !at.checkVisibility()) continue;
    if (at.getBoundingClientRect().right > width + 1) tell("off the screen", at);
    if (at.localName === "pre" || at.scrollWidth <= at.clientWidth + 1) continue;
    const { overflowX } = getComputedStyle(at);
    if (overflowX !== "visible") tell(overflowX === "hidden" || overflowX === "clip" ? "cut off" : "scrolls", at);
  }
  return wrong;
}"""

# What moves, by a reader who has asked for less motion.
MOTION = """() => [...document.querySelectorAll("*")].filter((at) => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(at);
  return parseFloat(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth";
}).map((at) => `${at.localName}.${at.className}`)"""

BYTES = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""


@dataclass
class Everywhere(Watched):
    """Pages of one language, each loaded once: looked at by every rule at ``width``, and at the other widths for what
    depends on them. What is wrong is gathered in ``faults``, of all pages."""

    faults: list[str] = field(default_factory=list)
    bytes: int = 0  # what the page that is open took from the server, with headers

    def look(self):
        self.page.evaluate("document.fonts.ready")
        self.bytes = self.page.evaluate(BYTES)
        self.page.evaluate(AXE_SCRIPT)
        self.tell("moves", self.page.evaluate(MOTION))
        self.look_at(self.width, RULES)
        for width in WIDTHS:
            if width != self.width:
                self.look_at(width, SIZES)
        self.page.set_viewport_size({"width": self.width, "height": 800})
        self.tell("browser", self.wrong)
        self.wrong.clear()

    def look_at(self, width: int, rules: dict):
        self.page.set_viewport_size({"width": width, "height": 800})
        self.tell(f"{width} px", self.page.evaluate(LAYOUT))
        found = AxeResults(self.page.evaluate("rules => axe.run(document, rules)", rules))
        self.tell(f"{width} px", [found.generate_report()] if found.violations_count else [])

    def tell(self, what: str, wrong: list[str]):
        self.faults += [f"{self.page.url}: {what}: {each}" for each in wrong]
