"""Every page of the public's door: where it stands, and how a browser looks at it in each language."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions import record as records
from registry.actions.project import StakeGiven
from registry.models import Investor
from tests import build
from tests.everywhere import Everywhere

PATHS = [
    "/", "/projects/", "/projects/?search=nha+may&ordering=-registered_usd", "/projects/?search=zzzz",
    "/projects/BN-000001/", "/investors/", "/investors/INV-000001/", "/investors/INV-000015/", "/zones/",
    "/statistics/rows/?by=investor&key=INV-000015&basis=share&investor=INV-000015&decided_in=2024&of=registered_usd",
    "/zones/yen-phong-2c/", "/zones/kcn-trong/", "/zones/compare/",
    "/zones/compare/?zone=yen-phong-2c&zone=dai-dong-hoan-son", "/sectors/", "/sectors/2018-26/", "/sectors/2018-C/",
    "/countries/", "/countries/US/", "/countries/AD/", "/map/", "/map/?colour=occupancy", "/statistics/",
    "/statistics/?by=year", "/statistics/?by=country&as_of=2020-01-01", "/statistics/flows/", "/statistics/indicators/",
    "/policies/", "/statistics/rows/?by=zone&of=registered_usd",
    "/statistics/?by=section&vsic=2025&former_province=bac-ninh",
    "/statistics/flows/rows/?by=section&of=total_usd&from=2023-01-01&to=2023-12-31",
    "/policies/POL-000001/", "/engagements/", "/engagements/ENG-000001/", "/opportunities/", "/sources/",
    "/sources/SRC-000034/", "/publications/", "/quality/", "/data/", "/search/", "/search/?q=amkor", "/search/?q=zzzz",
    "/search/?q=amkorr+zzzz",
    "/corrections/new/?about=/projects/BN-000001/", "/corrections/COR-000001/?sent", "/api/docs/", "/api/key/",
]
# Pages that stand in Korean and Chinese too.
IN_PART = ["/", "/zones/", "/zones/yen-phong-2c/", "/statistics/"]
WRONG = {
    "/projects/?zone=nix": 400, "/statistics/?as_of=nix": 400, "/zones/khong-co/": 404, "/investors/INV-000014/": 410,
}
# How every rule is held to the pages of a language; in the other widths, what depends on the width. Every page stands
# in both schemes, one in each language: which colours meet on it does not depend on its words, and the layout not on
# the scheme (`test_dark_is_colours_only`).
LOOKS = {"vi": (1280, "light"), "en": (320, "dark"), "ko": (768, "light"), "zh": (360, "dark")}
WHOLE = ("vi", "en")
FIRST_VISIT, LATER_VISIT = 150_000, 30_000  # bytes


@pytest.fixture
def whole_site(site):
    """The press facts, and what they have none of: a zone without anything, a withdrawn record, a joint venture."""
    with build.act() as act:
        build.make_zone(act=act, code="kcn-trong", name="KCN Trống")
        holders = [StakeGiven(build.make_investor(act=act, name=f"SYN Liên doanh {name}"), share_percent=Decimal(share))
                   for name, share in (("A", 60), ("B", 40))]
        build.make_project(act=act, name="SYN Nhà máy chung", investors=holders, capital_usd="41234567890.50",
                           decided_on=date(2024, 5, 1))
        build.make_correction(act=act)
        records.withdraw(act=act, record=Investor.objects.get(code="INV-000014"), reason="Nhập trùng.")
    return site


def look_at_every_page(new_context, site: str, language: str) -> None:
    """At the first visit with the fonts, and at a later one without what the browser keeps."""
    width, scheme = LOOKS[language]
    context = new_context(
        locale=language, viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    watched = Everywhere(context.new_page(), site, width)
    prefix = "" if language == "vi" else f"/{language}"
    paths = dict.fromkeys(PATHS, 200) | WRONG if language in WHOLE else dict.fromkeys(IN_PART, 200)
    allowed = FIRST_VISIT
    for path, status in paths.items():
        watched.open(path if path.startswith("/api/") else prefix + path, status=status)
        assert 0 < watched.bytes <= allowed, path
        allowed = LATER_VISIT
    assert watched.faults == [], "\n".join(watched.faults)
