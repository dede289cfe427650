"""The officers' door in a real browser: a first certificate that replaces Amkor's opening, and every template."""

import csv
import json
import re
from dataclasses import dataclass
from io import StringIO
from urllib.request import urlopen

import pytest
from axe_playwright_python.base import AxeResults
from django.contrib.auth.models import Group, User

from registry.actions.merge import merge
from registry.actions.record import amend
from registry.admin.address import address_of
from registry.admin.site import site as register_site
from registry.admin.work.everything import works_of
from registry.models import Change, Investor, Project, Statement
from registry.vocabulary.partner import KeyState
from registry.vocabulary.role import Role
from tests import build
from tests.everywhere import SIZES
from tests.pages.conftest import site
from tests.watched import Watched

__all__ = ["site"]

PASSWORD = "một mật khẩu dài"
WIDTHS = {"phone": 360, "desk": 1280}


@dataclass
class OnAPhoneToo(Watched):
    """A page is loaded once, at a desk: looked at by every rule there, and on a phone for what depends on the width."""

    def look(self):
        super().look()
        self.page.set_viewport_size({"width": WIDTHS["phone"], "height": 900})
        where = f"{self.page.url} on a phone"
        assert self.page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"], where
        found = AxeResults(self.page.evaluate("rules => axe.run(document, rules)", SIZES))
        assert found.violations_count == 0, f"{where}:\n{found.generate_report()}"
        self.page.set_viewport_size({"width": self.width, "height": 900})


@pytest.fixture(params=WIDTHS)
def officer(request, new_context, site) -> Watched:
    width = WIDTHS[request.param]
    return signed_in(Watched(new_context(viewport={"width": width, "height": 900}).new_page(), site, width))


@pytest.fixture
def officer_everywhere(new_context, site) -> Watched:
    width = WIDTHS["desk"]
    return signed_in(OnAPhoneToo(new_context(viewport={"width": width, "height": 900}).new_page(), site, width))


def signed_in(watched: Watched) -> Watched:
    """An officer who has come to the desk by the login page."""
    build.make_officer("lan", password=PASSWORD)
    watched.open("/admin/login/?next=/admin/")
    watched.page.fill("#id_username", "lan")
    watched.page.fill("#id_password", PASSWORD)
    watched.page.locator("#login-form [type=submit]").click()
    watched.page.wait_for_url("**/admin/")
    watched.look()
    return watched


def read(address: str) -> bytes:
    with urlopen(address, timeout=30) as answer:
        return answer.read()


def feed(root: str) -> list[dict]:
    """Every event of the change feed, page by page."""
    events, following = [], f"{root}/changes/?after=0&page_size=500"
    while following:
        page = json.loads(read(following))
        events, following = events + page["results"], page["next"]
    return events


def capital_everywhere(watched: Watched, code: str = "BN-000001") -> dict[str, tuple[str, str]]:
    """Registered and confirmed capital of a project, Amkor's unless another is named, as the page, the API, the file
    and the feed say it."""
    root = f"{watched.site}/api/v1"
    document = json.loads(read(f"{root}/projects/{code}/"))["capital"]
    table = StringIO(read(f"{watched.site}/projects/?format=csv").decode("utf-8-sig"), newline="")
    row = next(each for each in csv.DictReader(table) if each["code"] == code)
    told = [each for each in feed(root) if (each["kind"], each["code"]) == ("project", code)][-1]
    told = told["record"]["capital"]
    page = read(f"{watched.site}/en/projects/{code}/").decode()
    on_page = [re.search(rf"<dt>{label}</dt><dd>.*?([0-9,]+) <abbr", page, re.DOTALL)[1].replace(",", "") + ".00"
               for label in ("Registered capital", "On certificates")]
    return {
        "page": tuple(on_page),
        "api": (document["registered_usd"], document["confirmed_usd"]),
        "file": (row["capital.registered_usd"], row["capital.confirmed_usd"]),
        "feed": (told["registered_usd"], told["confirmed_usd"]),
    }


def test_a_first_certificate_replaces_the_opening(officer):
    everywhere = capital_everywhere(officer)
    assert set(everywhere.values()) == {("1600000000.00", "0.00")}, everywhere

    page = officer.page
    officer.open("/admin/registry/project/?q=nha+may+amkor")
    officer.leaves_by(page.locator("#result_list tbody th a").first)
    officer.look()
    officer.leaves_by(page.get_by_role("link", name="Ghi giấy chứng nhận"))
    officer.look()
    assert "BN-000001-1" in page.locator("main").inner_text()

    page.select_option("#id_kind", "first_issue")
    page.fill("#id_decided_on", "hôm nào đó")
    page.fill("#id_amount_usd", "1.6 tỷ")
    page.fill("#id_irc_code", "5421840814")
    with page.expect_navigation():
        page.press("#id_irc_code", "Enter")
    officer.look()
    text = page.locator("main").inner_text()
    assert "Không đọc được thời gian “hôm nào đó”" in text and "“1.6 tỷ”" in text
    assert page.input_value("#id_irc_code") == "5421840814"

    page.fill("#id_decided_on", "20/5/2023")
    page.fill("#id_amount_usd", "1.700.000.000")
    officer.leaves_by(page.locator("#work-form .submit-row [type=submit]"))
    officer.look()
    assert "Đã ghi giấy chứng nhận BN-000001-1" in page.locator("main").inner_text()

    everywhere = capital_everywhere(officer)
    assert set(everywhere.values()) == {("1700000000.00", "1700000000.00")}, everywhere
    flows = json.loads(read(f"{officer.site}/api/v1/statistics/flows/?from=2023-01-01&to=2023-12-31&by=country"))
    assert (flows["total"]["new_projects"], flows["total"]["new_usd"]) == (1, "1700000000.00")
    officer.open("/projects/BN-000001/")
    assert "5421840814" in page.locator("main").inner_text()


def cleaned_up() -> list[str]:
    """A report, two investors like each other, one that was merged, a file that failed: the pages that only they
    have."""
    failed = build.make_row_problem()
    with build.act(reason="một công ty") as act:
        report = build.make_correction(act=act, contact="lan@example.vn")
        one, other, third = (build.make_investor(act=act, name="Goertek Vina", name_en=name)
                             for name in ("Goertek", "Goertek Co.", "GoerTek Inc."))
        build.make_project(act=act, investors=[third])
    with build.act(reason="một công ty") as act:
        merge(act=act, winner=one, loser=third, take={"name_en"})
    with build.act(reason="theo giấy phép") as act:
        amend(act=act, record=Investor.objects.get(pk=one.pk), name_native="歌尔")
    first, merged = (Change.objects.get(code=each.code, verb=verb) for each, verb in (
        (one, "created"), (third, "merged")))
    choice = address_of(one, "merge")
    return [
        "/admin/registry/correctionrequest/", *(address_of(report, work) for work in ("change", "take-up", "conclude")),
        "/admin/registry/investor/duplicates/", choice, f"{choice}?with={other.code}",
        address_of(one, "history"), f"/admin/registry/investor/{one.pk}/restore/{first.seq}/",
        f"/admin/past/investor/{third.code}/", f"/admin/past/investor/{third.code}/unmerge/{merged.seq}/",
        "/admin/registry/importbatch/failed/", f"/admin/registry/importbatch/failed/?file={failed.pk}",
    ]


@pytest.mark.every_page
def test_every_template(officer_everywhere):
    """Every list, every form and every page of work, as the press facts fill them; keys of partners too, which only
    administrators see, and what only statisticians type."""
    officer = officer_everywhere
    User.objects.get(username="lan").groups.add(*Group.objects.filter(name__in=(Role.ADMINISTRATOR, Role.STATISTICIAN)))
    build.make_key(state=KeyState.ASKED)
    for model, admin in register_site._registry.items():
        if model._meta.app_label != "registry":
            continue
        name = model._meta.model_name
        officer.open(f"/admin/registry/{name}/")
        if admin.addable and admin.writable:
            officer.open(f"/admin/registry/{name}/add/")
        record = model.objects.order_by("pk").first()
        if record is None:
            continue
        officer.open(f"/admin/registry/{name}/{record.pk}/change/")
        officer.open(f"/admin/registry/{name}/{record.pk}/history/")
        for work in works_of(model):
            if work().offered(record):
                officer.open(f"/admin/registry/{name}/{record.pk}/{work.name}/")
    for path in cleaned_up():
        officer.open(path)
    officer.open("/admin/registry/certificate/add/")
    project, statement = Project.objects.get(code="BN-000001"), Statement.objects.filter(review="open").first()
    officer.open(f"/admin/registry/project/{project.pk}/history/?page=2")
    officer.open(f"/admin/registry/statement/{statement.pk}/accept/")
    officer.open("/admin/registry/project/?q=zzzz")
    for query in ("amkor", "zzzz", ""):
        officer.open(f"/admin/search/?q={query}")
    for path in ("a-iv-1/", "a-iv-1/type/?year=2026&quarter=3&row=granted_new_usd", "a-iv-4/", "bulletin/",
                 "bulletin/rows/?year=2023&month=5&of=new&within=month"):
        officer.open(f"/admin/{path}")
    officer.open("/admin/password_change/")
