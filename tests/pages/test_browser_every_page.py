"""Every template of the public's door in a real browser: no accessibility violation, no error, no third party, nothing
wider than the screen, and light."""

import pytest

from registry.actions import record as records
from registry.models import Investor
from tests import build
from tests.watched import CONTRAST, RULES, Watched

pytestmark = pytest.mark.every_page

PATHS = [
    "/", "/projects/", "/projects/BN-000001/", "/investors/", "/investors/INV-000001/", "/zones/",
    "/zones/yen-phong-2c/", "/zones/kcn-trong/", "/zones/compare/",
    "/zones/compare/?zone=yen-phong-2c&zone=dai-dong-hoan-son", "/sectors/", "/sectors/2018-26/", "/sectors/2018-C/",
    "/countries/", "/countries/US/", "/countries/AD/", "/map/", "/map/?colour=occupancy", "/statistics/",
    "/statistics/?by=year", "/statistics/?by=country&as_of=2020-01-01", "/policies/",
    "/policies/POL-000001/", "/engagements/", "/engagements/ENG-000001/", "/opportunities/", "/sources/",
    "/sources/SRC-000034/", "/quality/", "/data/", "/search/", "/search/?q=amkor", "/search/?q=zzzz",
    "/search/?q=amkorr+zzzz",
    "/corrections/new/?about=/projects/BN-000001/", "/corrections/COR-000001/?sent", "/api/docs/", "/api/key/",
]
# Pages that stand in Korean and Chinese too.
IN_EVERY_LANGUAGE = ["/", "/zones/", "/zones/yen-phong-2c/", "/statistics/"]
WRONG = {
    "/projects/?zone=nix": 400, "/statistics/?as_of=nix": 400, "/zones/khong-co/": 404, "/investors/INV-000014/": 410,
}
LOOKS = {"phone": (360, "light", RULES), "desk": (1280, "light", RULES), "dark": (360, "dark", CONTRAST)}

FIRST_VISIT, LATER_VISIT = 150_000, 30_000  # bytes


@pytest.fixture
def whole_site(site):
    """The press facts, and what they have none of: a zone without anything, a withdrawn record."""
    with build.act() as act:
        build.make_zone(act=act, code="kcn-trong", name="KCN Trống")
        build.make_correction(act=act)
        records.withdraw(act=act, record=Investor.objects.get(code="INV-000014"), reason="Nhập trùng.")
    return site


@pytest.mark.parametrize("look", LOOKS)
def test_every_page(new_context, whole_site, look):
    width, scheme, rules = LOOKS[look]
    context = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    watched = Watched(context.new_page(), whole_site, width, rules)
    for prefix in ("", "/en"):
        for path in PATHS:
            watched.open(path if path.startswith("/api/") else prefix + path)
        for path, status in WRONG.items():
            watched.open(prefix + path, status=status)
    for prefix in ("/ko", "/zh"):
        for path in IN_EVERY_LANGUAGE:
            watched.open(prefix + path)


def test_a_page_is_light(new_context, whole_site):
    """At the first visit with the fonts, and at a later one without what the browser keeps."""
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    for number, path in enumerate(path for path in PATHS if not path.startswith("/api/")):
        sizes.clear()
        page.goto(f"{whole_site}{path}", wait_until="networkidle")
        assert sizes, path
        assert sum(sizes) <= (LATER_VISIT if number else FIRST_VISIT), path
