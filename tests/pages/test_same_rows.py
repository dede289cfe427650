"""Page, API and file give the same rows, by 500 random filters over rough projects; a facet counts what it says."""

import csv
import random
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from registry.actions.sums import make_sums_anew
from registry.actions.writing import writing
from registry.exchange.benchmark import load_benchmark
from registry.models import AdministrativeUnit, Country, Enterprise, Investor, Project, Registrar, Sector, Zone
from registry.pages.asked import ask
from registry.vocabulary.change import Door
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.zone import FormerProvince
from registry.web.facets import FACETS, count_values
from registry.web.listing import LISTINGS, keys_of, page_of
from registry.web.project_filters import HAS, ProjectFilters
from tests.bench_folder import make_folder
from tests.rough_folder import roughen
from tests.web.conftest import no_quota

__all__ = ["no_quota"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_quota")]

PROJECTS, FILTERS, SEED = 24, 500, 20261127
WHOLE = 5  # every fifth is asked for through all three doors; of the others, the keys that each door would take
ROW = re.compile(r'class="row-link" href="/projects/([^/]+)/"')
SHOWN = re.compile(r"<b>([0-9.]+) dự án</b>")


@pytest.fixture(scope="module")
def rough(tmp_path_factory, lasting):
    """Two dozen projects with everything that a filter asks for, until the module's end."""
    folder = roughen(make_folder(tmp_path_factory.mktemp("rough") / "rough", projects=PROJECTS, seed=SEED), SEED)
    with lasting(load, folder):
        yield


def load(folder: Path) -> None:
    with writing(by="test", reason="test", door=Door.LOADER) as act:
        load_benchmark(act, folder)
    say_the_rest(random.Random(SEED))


def say_the_rest(chance: random.Random) -> None:
    """What the folder says of no project."""
    for model, field, values, part in (
        (Investor, "parent_country", Country.objects.order_by("code")[:4], 0.7),
        (Project, "place", AdministrativeUnit.objects.filter(parent__isnull=False).order_by("code")[:8], 0.6),
        (Project, "registrar", Registrar.objects.order_by("code"), 0.8),
        (Project, "sector", Sector.objects.filter(vsic_version="2025").order_by("code")[:6], 0.1),
        (Project, "zone", Zone.objects.filter(code__startswith="yen-phong"), 0.1),
    ):
        values = list(values)
        records = [record for record in model.objects.order_by("code") if chance.random() < part]
        for record in records:
            setattr(record, field, chance.choice(values))
        model.objects.bulk_update(records, [field])
    make_sums_anew()


class Chance:
    """Random filters of what the register holds, and of what it does not: the same at every run."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        codes = {model: sorted(model.objects.public().values_list("code", flat=True))
                 for model in (Zone, Investor, Enterprise, Registrar, AdministrativeUnit)}
        countries = sorted({code for code in Investor.objects.values_list("country__code", flat=True) if code})
        sectors = sorted(Project.objects.exclude(sector=None).values_list("sector__code", flat=True))
        words = sorted({word for name in Project.objects.values_list("name", flat=True) for word in name.split()})
        used = sorted(set(Project.objects.exclude(zone=None).values_list("zone__code", flat=True)))
        places = sorted(set(Project.objects.exclude(place=None).values_list("place__parent__code", flat=True)) - {None})
        fields = sorted(set(HAS) - {"code", "url", "version", "updated_at", "name", "status"})  # these are always there
        self.several = {
            "zone": [*used, *codes[Zone][:5], "none"], "country": [*countries, "none"],
            "parent_country": [*countries, "none"], "sector": [*sectors, "26", "C", "2025-K", "none"],
            "status": ProjectStatus.values, "form": [*InvestmentForm.values, "none"],
            "place": [*places, *codes[AdministrativeUnit][:20], "none"],
            "former_province": [*FormerProvince.values, "none"], "registrar": [*codes[Registrar], "none"],
            "investor": codes[Investor], "enterprise": codes[Enterprise], "has": fields, "missing": fields,
        }
        self.words = words

    def query(self) -> QueryDict:
        query = QueryDict(mutable=True)
        for name in self.random.sample(sorted(self.several), self.random.choice([0, 1, 1, 1, 2])):
            values = self.several[name]
            query.setlist(name, self.random.sample(values, min(len(values), self.random.choice([1, 2, 4, 8]))))
        for name, make in self.random.sample(sorted(self.single().items()), self.random.choice([0, 0, 1])):
            query[name] = make()
        query["page_size"] = "100"
        return query

    def single(self) -> dict:
        return {
            "search": lambda: " ".join(self.random.sample(self.words, self.random.choice([1, 1, 2])))[:40],
            "registered_usd_min": self.amount, "registered_usd_max": self.amount,
            "licensed_after": self.day, "licensed_before": self.day, "as_of": self.day, "known_on": self.day,
            "ordering": lambda: self.random.choice(["", "-"]) + self.random.choice(sorted(ProjectFilters.ORDERS)),
        }

    def amount(self) -> str:
        return str(self.random.choice([0, 500_000, 2_000_000, 5_000_000, "20000000.50", 10**9]))

    def day(self) -> str:
        return (date(2004, 1, 1) + timedelta(days=self.random.randrange(8200))).isoformat()


@pytest.fixture
def chance(rough) -> Chance:
    return Chance(SEED)


def keys_of_each(query: QueryDict) -> tuple[list[int], list[int], list[int]]:
    """The keys of what the page, the API and a file would show."""
    asked, found = ask(LISTINGS["projects"], query, today=timezone.localdate()), filters_of(query)
    return asked.page.keys, page_of(found).keys, keys_of(found)


def drawn(client: Client, query: QueryDict) -> tuple[list[str], int]:
    html = client.get(f"/projects/?{query.urlencode()}").content.decode()
    shown = SHOWN.search(html)
    return ROW.findall(html), int(shown[1]) if shown else 0


def in_api(client: Client, query: QueryDict) -> tuple[list[str], int]:
    answer = client.get(f"/api/v1/projects/?{query.urlencode()}&count=true").json()
    return [each["code"] for each in answer["results"]], answer["count"]


def in_csv(client: Client, query: QueryDict) -> list[str]:
    answer = client.get(f"/projects/?{query.urlencode()}&format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [row["code"] for row in csv.DictReader(StringIO(text, newline=""))]


def test_page_api_and_file_give_the_same_rows(client, chance):
    found = []
    for number in range(FILTERS):
        query = chance.query()
        shown, in_answer, in_file = keys_of_each(query)
        assert shown == in_answer == in_file, query.urlencode()
        if number % WHOLE == 0:
            codes, count = in_api(client, query)
            assert len(shown) == len(codes)
            assert drawn(client, query) == (codes, count), query.urlencode()
            assert in_csv(client, query) == codes, query.urlencode()
        found.append(len(shown))
    assert sum(1 for rows in found if 0 < rows < PROJECTS) > FILTERS / 3
    assert found.count(PROJECTS) < FILTERS / 3


def test_a_facet_counts_what_its_value_finds(chance):
    """With all the other filters, and this one value in place of its own."""
    for _number in range(25):
        query = chance.query()
        found = filters_of(query)
        for facet, values in zip(FACETS["projects"], count_values(FACETS["projects"], found), strict=True):
            for each in chance.random.sample(values, min(len(values), 3)):
                alone = query.copy()
                alone[facet.name] = each.value
                assert filters_of(alone).qs.count() == each.count, (alone.urlencode(), facet.name, each)


def line_of(record) -> set[str]:
    """The codes of a record and of those above it, as far as filters go."""
    above = record and record.parent
    return {each.code for each in (record, above, above and above.parent) if each}


def stands_under(project: Project, name: str) -> set[str]:
    """The values of a filter under which a project stands, by its own columns."""
    lead = project.stakes.filter(lead=True, until_certificate=None).first()
    match name:
        case "zone":
            return line_of(project.zone) if project.zone and project.zone.is_public() else {"none"}
        case "place":
            return line_of(project.place) or {"none"}
        case "country" | "parent_country":
            country = lead and getattr(lead.investor, name)
            return {country.code if country else "none"}
        case "former_province":
            where = project.place or project.zone
            return {where.former_province if where and where.former_province else "none"}
        case "registrar":
            return {project.registrar.code if project.registrar and project.registrar.is_public() else "none"}
    return {getattr(project, name) or "none"}


def test_what_is_kept_of_a_project_finds_it_by_its_own_columns(chance):
    above = ("zone__parent__parent", "place__parent__parent", "registrar")
    projects = list(Project.objects.public().select_related(*above))
    for name in ("zone", "place", "country", "parent_country", "former_province", "registrar", "status", "form"):
        under = {project.pk: stands_under(project, name) for project in projects}
        for _number in range(4):
            values = set(chance.random.sample(chance.several[name], min(len(chance.several[name]), 3)))
            asked = QueryDict(mutable=True)
            asked.setlist(name, sorted(values))
            found = set(filters_of(asked).qs.values_list("pk", flat=True))
            assert found == {key for key, stands in under.items() if stands & values}, asked.urlencode()


def filters_of(query: QueryDict) -> ProjectFilters:
    listing = LISTINGS["projects"]
    found = listing.filters(query, queryset=listing.rows(), today=timezone.localdate())
    found.check()
    return found
