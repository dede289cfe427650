"""A natural person among investors appears as one, with nationality and never by name, wherever that may be."""

import pytest

from registry.actions.project import StakeGiven
from registry.models import Country, Engagement, Opportunity
from registry.vocabulary.capital import CapitalKind
from registry.web.listing import LISTINGS
from tests import build
from tests.api.conftest import ENGLISH

pytestmark = pytest.mark.django_db

NAME = "Nguyễn Thị Zwêng"


@pytest.fixture(scope="module")
def everywhere(lasting):
    with lasting(a_person_everywhere) as code:
        yield code


def a_person_everywhere() -> str:
    """A person wherever the register can refer to an investor; returns the person's code."""
    with build.act() as act:
        person = build.make_investor(act=act, name=NAME, name_en=NAME, name_native=NAME, kind="person",
                                     country=Country.objects.get(code="JP"))
        daughter = build.make_investor(act=act, name="Công ty con", parent=person)
        project = build.make_project(act=act, capital_usd=100, investors=[StakeGiven(person), StakeGiven(daughter)])
        build.make_entry(project, 5, act=act, kind=CapitalKind.SHARE_PURCHASE, buyer=person)
        about = build.published(name="Việc", project=project, investor=person)
        build.make(Engagement, act=act, kind="visit", **about)
        build.make(Opportunity, act=act, kind="lead", **{key: about[key] for key in about if key != "project"})
        build.make_statement(act=act, subject_kind="investor", subject=person, subject_name=NAME,
                             attribute="activity", value="nhựa", unit="")
    return person.code


@pytest.mark.parametrize("headers", [{}, ENGLISH])
@pytest.mark.parametrize("path", [
    *[f"{path}/?page_size=500" for path in LISTINGS], "changes/?after=1000&page_size=500",
    *[f"statistics/capital/?by={by}&basis={basis}" for by in ("investor", "country") for basis in ("lead", "share")],
    "statistics/flows/?by=country&from=2023-01-01&to=2023-12-31", "statistics/coverage/",
])
def test_nowhere_by_name(everywhere, api, path, headers):
    text = api.ask(path, None, **headers).content.decode()
    assert "Zwêng" not in text


def test_with_nationality(everywhere, api):
    person = api.get(f"investors/{everywhere}/")
    assert (person["kind"], person["name"], person["country"]) == ("person", "nhà đầu tư cá nhân", "JP")
    assert (person["name_en"], person["name_native"]) == (None, None)
    lead = api.rows("projects/")[0]["investors"][0]
    assert (lead["name"], lead["country"], lead["lead"]) == ("nhà đầu tư cá nhân", "JP", True)


def test_wherever_the_register_refers_to_one(everywhere, api):
    shown = {"code": everywhere, "name": "nhà đầu tư cá nhân"}
    assert api.rows("engagements/")[0]["investor"] == api.rows("opportunities/")[0]["investor"] == shown
    assert [row["buyer"] for row in api.rows("capital-entries/", kind="share_purchase")] == [shown]
    assert api.rows("statements/", investor=everywhere)[0]["subject"] == {"kind": "investor", **shown}
    assert api.rows("investors/", search="công ty con")[0]["parent"] is None
    assert api.rows("investors/", parent=everywhere) == []
    assert api.get("statistics/capital/", by="investor")["rows"][0]["name"] == "nhà đầu tư cá nhân"


def test_in_english_too(everywhere, api):
    answer = api.ask(f"investors/{everywhere}/", None, **ENGLISH).json()
    assert answer["name"] != "nhà đầu tư cá nhân"
    assert answer["name"].isascii()


@pytest.mark.parametrize("path", LISTINGS)
@pytest.mark.parametrize("words", [NAME, "zweng", "Zwê"])
def test_never_found(everywhere, api, path, words):
    assert api.codes(f"{path}/", search=words) == []
