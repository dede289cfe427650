"""How soon a reader far away sees the public's pages: the largest paint of each over "slow 4G", in a real browser.

    make bench-paint     .venv/bin/python bench/first_paint.py [--times 3]

Serves a new register with the press facts with gunicorn as `make run` does. Chromium's own network is slowed: 400 ms
there and back, 1.6 Mbit/s down, 0.75 Mbit/s up. "first visit" has nothing kept, "later" what an earlier page left
(style sheet, fonts, script). Each page was made before, as the server keeps it until the register moves on. The middle
of the tries, in seconds; kB as they came over the line, with headers.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]

from playwright.sync_api import sync_playwright
from public_speed import register

from tests.servers import chromium

PAGES = {
    "home": "/", "projects": "/projects/", "a project": "/projects/BN-000001/", "statistics": "/statistics/",
    "a zone": "/zones/yen-phong-2c/", "home, English": "/en/",
}
SLOW_4G = {"offline": False, "latency": 400, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
GOAL = 1.5

PAINTED = """() => new Promise((tell) => {
  const sizes = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
  const bytes = sizes.reduce((sum, entry) => sum + entry.transferSize, 0);
  const first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  new PerformanceObserver((list) => tell([first, list.getEntries().at(-1).startTime, bytes]))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
"""The first paint with words and the largest, in ms, and the bytes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--width", type=int, default=360)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder, "register.sqlite3")
        env = os.environ | {"DATABASE_URL": f"sqlite:///{database}"}
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=HERE.parent.parent, env=env, check=True,
                       stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        print(f"{'':20}{'first paint':>12}{'largest':>9}{'kB':>6}   {'later: first':>13}{'largest':>9}{'kB':>6}")
        with register(database, Path(folder), load=False) as (port, _process):
            for name, path in PAGES.items():
                paints(browser, f"http://127.0.0.1:{port}", path, asked.width)
                tries = [paints(browser, f"http://127.0.0.1:{port}", path, asked.width) for _try in range(asked.times)]
                first, later = ([statistics.median(each) for each in zip(*visit, strict=True)]
                                for visit in zip(*tries, strict=True))
                print(f"{name:20}{first[0]:12.2f}{first[1]:9.2f}{first[2]:6.0f}   "
                      f"{later[0]:13.2f}{later[1]:9.2f}{later[2]:6.0f}"
                      f"{'' if first[1] <= GOAL else '   over the goal'}", flush=True)


def paints(browser, site: str, path: str, width: int) -> list[tuple[float, float, float]]:
    """Of a first visit, and of a visit after that of another page."""
    seen = []
    for before in (None, "/data/"):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        if before:
            page.goto(f"{site}{before}", wait_until="networkidle")
        slowed = context.new_cdp_session(page)
        slowed.send("Network.enable")
        slowed.send("Network.emulateNetworkConditions", SLOW_4G)
        page.goto(f"{site}{path}", wait_until="networkidle")
        first, largest, size = page.evaluate(PAINTED)
        seen.append((first / 1000, largest / 1000, size / 1000))
        context.close()
    return seen


if __name__ == "__main__":
    main()
