"""Pictures of every page: ``python docs/pictures/make.py [NAME ...]``, with the packages of requirements-dev.txt.

Serves a new register with the press facts and takes each page in Vietnamese at 360 and 1280 px, the first 1,600 px of
its height, and the main ones in English. WebP of the browser's own; one above 60 kB is taken again, smaller or coarser.
"""

import base64
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright

from tests.servers import chromium

MAIN = {
    "home": "/", "projects": "/projects/", "project": "/projects/BN-000001/", "zone": "/zones/dai-dong-hoan-son/",
    "statistics": "/statistics/",
}
OTHERS = {
    "investors": "/investors/", "investor": "/investors/INV-000001/", "zones": "/zones/",
    "zones-compared": "/zones/compare/?zone=dai-dong-hoan-son&zone=vsip-bac-ninh&zone=yen-phong-1",
    "sectors": "/sectors/", "sector": "/sectors/2018-26/", "countries": "/countries/", "country": "/countries/US/",
    "map": "/map/?colour=occupancy", "policies": "/policies/", "policy": "/policies/POL-000001/",
    "engagements": "/engagements/", "engagement": "/engagements/ENG-000003/", "opportunities": "/opportunities/",
    "sources": "/sources/", "source": "/sources/SRC-000034/", "quality": "/quality/", "data": "/data/",
    "flows": "/statistics/flows/", "publications": "/publications/", "indicators": "/statistics/indicators/",
    "rows": "/statistics/rows/?by=sector&of=registered_usd",
    "search": "/search/?q=yen+phong", "search-nothing": "/search/?q=amkorr+zzzz",
    "report": "/corrections/new/?about=/projects/BN-000001/", "filter-wrong": "/projects/?zone=nix&status=operating",
    "not-found": "/projects/BN-999999/", "home-ko": "/ko/", "zone-zh": "/zh/zones/yen-phong-2c/", "api": "/api/docs/",
}
PAGES = MAIN | OTHERS | {f"{name}-en": f"/en{path}" for name, path in MAIN.items()}
WIDTHS, HIGHEST, LARGEST = (360, 1280), 1600, 60_000
TRIES = ((60, 1), (45, 1), (60, 0.75), (45, 0.75), (30, 0.75))  # quality, scale


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        env = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/register.sqlite3"}
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=env, check=True,
                       stdout=subprocess.DEVNULL)
        served = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "bacninh_fdi.wsgi:application", "--threads", "4", "--bind",
             f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "error"], cwd=ROOT, env=env)
        try:
            take(port, names or list(PAGES))
        finally:
            served.terminate()
            served.wait()


def take(port: int, names: list[str]) -> None:
    while socket.socket().connect_ex(("127.0.0.1", port)):
        time.sleep(0.2)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for width in WIDTHS:
            page = browser.new_context(viewport={"width": width, "height": 800}, locale="vi").new_page()
            drawing = page.context.new_cdp_session(page)
            for name in names:
                page.goto(f"http://127.0.0.1:{port}{PAGES[name]}")
                page.evaluate("document.fonts.ready")
                height = min(HIGHEST, page.evaluate("document.documentElement.scrollHeight"))
                Path(HERE, f"{name}-{width}.webp").write_bytes(picture(drawing, width, height))


def picture(drawing, width: int, height: int) -> bytes:
    """The finest that is not too large."""
    for quality, scale in TRIES:
        shot = drawing.send("Page.captureScreenshot", {
            "format": "webp", "quality": quality, "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}})
        if len(data := base64.b64decode(shot["data"])) <= LARGEST:
            break
    return data


if __name__ == "__main__":
    main(sys.argv[1:])
