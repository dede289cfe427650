"""No hidden field is told anywhere: a canary sits in each, and nothing that the public can open sings."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from registry.exchange.columns import FIELDS
from registry.exchange.dump.publish import publish_dump
from registry.exchange.dump.shelf import dump_of
from registry.exchange.positions import POSITIONED
from registry.models import NOUNS, CapitalEntry
from registry.models.base import Publishable
from registry.web.listing import LISTINGS
from tests import build, canary
from tests.admin.test_matrix import one_of_each
from tests.canary import WORD
from tests.web.conftest import no_quota, static_files_where_they_lie

__all__ = ["no_quota", "static_files_where_they_lie"]

pytestmark = pytest.mark.django_db

# Columns of a closed list of words, and those whose form a constraint demands.
CANNOT_HOLD_IT = {("certificate", "proposed_currency"), ("certificate", "proposed_written"),
                  ("certificate", "proposed_irc_code"), ("certificate", "proposed_usd"), ("capital-entry", "note"),
                  ("correction", "about_kind"), ("correction", "language"), ("correction", "outcome"),
                  ("distinct-pair", "one"),
                  ("distinct-pair", "other"),
                  ("source", "file_sha256"), ("source", "file_name"), ("import-batch", "sha256"),
                  # Parts of a total, which holds it.
                  *(("operating-report", f"{part}_usd") for part in (
                      "contributed_domestic", "contributed_foreign", "loans_domestic", "loans_parent", "loans_foreign",
                      "reinvested", "realised_foreign"))}
OTHER = "kanarienvogem"


@pytest.fixture(scope="module")
def canaries(lasting):
    with lasting(let_them_in) as codes:
        yield codes


def let_them_in() -> set[str]:
    """Records of every noun in every state, the canary in each hidden field; in the names and the former project
    numbers of those that are not published, and in the names of persons; their codes."""
    records = one_of_each()
    project = build.make_project(investors=[build.make_investor(name=f"{WORD} Kim", kind="person")])
    with build.act() as act:
        build.make_entry(project, Decimal(7), act=act, note=f"{WORD} ghi chú")
    dossier = build.make_dossier(build.make_project())
    took = canary.fill(canary.hidden("staff", "partner"))
    wanted = {(kind, column.name) for kind, names in canary.hidden("staff", "partner").items()
              for column in canary.columns_of(NOUNS[kind], names)}
    assert sorted(wanted - took - CANNOT_HOLD_IT) == []
    assert CapitalEntry.objects.filter(note__contains=WORD).exists()
    for model in NOUNS.values():
        if issubclass(model, Publishable) and hasattr(model, "name"):
            hidden = model.objects.exclude(publication="published")
            hidden.update(name=f"{WORD} chưa công bố", search_folded=f" {WORD} ", search_marked=f" {WORD} ")
    NOUNS["project"].objects.exclude(publication="published").update(former_irc_codes=WORD)
    return {each.code for found in records.values() for each in found} | {project.code, dossier.code}


def seeds() -> list[str]:
    files = [f"/api/v1/{path}/?format={form}" for path in FIELDS for form in ("csv", "xlsx", "ndjson")]
    files += [f"/api/v1/{path}/?format=geojson" for path in POSITIONED]
    lists = [f"/api/v1/{path}/?page_size=500&ordering=-updated_at" for path in LISTINGS]
    expanded = ["/api/v1/projects/?expand=zone,investors,sources,milestones,enterprise",
                "/api/v1/capital-entries/?expand=project,source,statements,certificate",
                "/api/v1/statements/?expand=source,conflicts_with&page_size=500"]
    return ["/", "/en/", "/data/", "/quality/", "/map/", "/statistics/", "/sitemap.xml", "/catalog.jsonld",
            "/robots.txt", "/api/docs/", "/api/v1/", "/api/v1/openapi.json", "/api/v1/changes/?after=0&page_size=500",
            "/search/?q=du+an", "/search/suggest/?q=nha", *files, *lists, *expanded]


def test_nothing_that_the_public_opens_holds_a_hidden_field(canaries):
    opened, found = canary.crawl(Client(), seeds(), canaries)

    assert found == []
    assert len(opened) > 150
    for kind in ("/projects/", "/investors/", "/sources/", "/api/v1/statements/", "/sitemap-", "/feed", "/en/zones/"):
        assert any(kind in address for address in opened), kind


@pytest.fixture
def dump(canaries, settings, tmp_path) -> list[str]:
    """The addresses of every file of a published dump. The package of the operator is no such: it holds everything."""
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    publish_dump(base="http://testserver/api/v1/", at=timezone.now(), parquet=True)
    return [f"/data/dumps/latest/{path.name}" for path in sorted(dump_of("latest").folder.iterdir())]


def test_no_file_of_a_dump_holds_a_hidden_field(dump):
    opened, found = canary.crawl(Client(), ["/api/v1/dumps/", "/data/", "/catalog.jsonld", *dump], set())

    assert found == []
    assert len(dump) == 3 * len(LISTINGS) + 1 and set(dump) <= set(opened)


def test_the_crawl_finds_it_in_every_kind_of_file(canaries, settings, tmp_path):
    """Where one hidden field is shown by mistake."""
    project = NOUNS["project"].objects.public().first()
    NOUNS["project"].objects.filter(pk=project.pk).update(objective=WORD)
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    publish_dump(base="http://testserver/api/v1/", at=timezone.now(), parquet=True)

    assert [Path(each).name for each in canary.leaks_in(dump_of("latest").folder)] == [
        "projects.csv", "projects.ndjson", "projects.parquet"]


def test_a_partner_sees_no_field_of_the_staff(canaries):
    """What partners see besides is no leak to them."""
    _key, token = build.issue_key(scope="partner", expires_on=date(2027, 11, 1))
    api = [address for address in seeds() if address.startswith("/api/v1/")]
    opened, found = canary.crawl(Client(), api, canaries, Authorization=f"Bearer {token}")
    assert found == [] and len(opened) > 50


@pytest.mark.parametrize("path", LISTINGS)
def test_no_search_of_the_api_finds_it(canaries, client, path):
    answer = client.get(f"/api/v1/{path}/", {"search": WORD})
    assert answer.json() == {"results": [], "next": None}


def test_no_filter_of_project_numbers_knows_it(canaries, client):
    answer = client.get("/api/v1/projects/", {"irc_code": WORD})
    assert [each["pointer"] for each in answer.json()["errors"]] == ["irc_code"]


def test_a_former_project_number_is_no_hidden_field(canaries):
    """It is told wherever the project's number is, and found by."""
    project = NOUNS["project"].objects.public().first()
    NOUNS["project"].objects.filter(pk=project.pk).update(former_irc_codes=WORD)
    own = {f"/api/v1/projects/{project.code}/", f"/projects/{project.code}/", "/projects/?format=csv"}
    assert set(canary.crawl(Client(), sorted(own), set())[1]) >= own
    assert Client().get("/search/", {"q": WORD})["Location"] == f"/projects/{project.code}/"


def test_no_search_of_the_pages_finds_it(canaries, client):
    """A page repeats what was typed, and nothing else."""
    for address in ("/search/", "/search/suggest/", "/en/search/", "/projects/"):
        name = "search" if address == "/projects/" else "q"
        pages = [client.get(address, {name: word}).content.decode() for word in (WORD, OTHER)]
        assert pages[0].replace(WORD, OTHER) == pages[1], address


def test_the_crawl_finds_what_is_there(canaries):
    """Where one hidden field is shown by mistake."""
    project = NOUNS["project"].objects.public().first()
    NOUNS["project"].objects.filter(pk=project.pk).update(objective=WORD)
    _opened, found = canary.crawl(Client(), [f"/api/v1/projects/{project.code}/", "/projects/?format=xlsx"], set())
    assert f"/api/v1/projects/{project.code}/" in found and "/projects/?format=xlsx" in found
