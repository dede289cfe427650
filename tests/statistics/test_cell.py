"""Every number of every table opens the rows that make it: of random tables over a rough register."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from registry.actions.capital import enter
from registry.actions.sums import make_sums_anew
from registry.actions.writing import writing
from registry.exchange.benchmark import load_benchmark
from registry.models import Country, Investor, Project, Registrar, Sector, Stake, Zone
from registry.models.capital import ZERO
from registry.statistics.capital import capital_by
from registry.statistics.cell import (
    COUNTED,
    STEPS,
    SUMS,
    SUMS_OF_FLOW,
    TIMES_OF_FLOW,
    Lines,
    NoSuchTime,
    capital_entries,
    flow_entries,
    is_in_parts,
    parts_of,
    told_of,
)
from registry.statistics.flows import FLOW_GROUPS, flows
from registry.statistics.groups import GROUPS, TIMES
from registry.statistics.investor import capital_of_investor
from registry.statistics.scope import of_former_provinces
from registry.vocabulary.capital import Basis, CountryOf
from registry.vocabulary.change import Door
from registry.vocabulary.period import VagueDay
from registry.vocabulary.vsic import Vsic
from registry.vocabulary.zone import FormerProvince
from tests import build
from tests.bench_folder import make_folder
from tests.rough_folder import roughen

pytestmark = pytest.mark.django_db

SEED, LAST = 20261127, date(2026, 6, 30)
GROUP_WORDS = ["country", *GROUPS, *TIMES]
CASES = [(by, number) for by in GROUP_WORDS for number in range(3 if by in ("country", "investor") else 2)]


@pytest.fixture(scope="module")
def rough(tmp_path_factory, lasting):
    """A rough register until the module's end, with what its folder has none of: openings, entries without a day,
    purchases without a project."""
    folder = roughen(make_folder(tmp_path_factory.mktemp("bench") / "rough", projects=250, seed=SEED), SEED)
    with lasting(load, folder):
        yield


def load(folder: Path) -> None:
    with writing(by="test", reason="test", door=Door.LOADER) as act:
        load_benchmark(act, folder)
    say_the_rest(random.Random(SEED))
    make_sums_anew()


def say_the_rest(chance: random.Random) -> None:
    places = [build.make_place(code=f"9999{number}", official_code=f"9999{number}", former_province=word)
              for number, word in enumerate((*FormerProvince, None))]
    sections = list(Sector.objects.filter(vsic_version="2025", level=1)) + list(
        Sector.objects.filter(code__in=("2018-45", "2018-J", "2018-G", "2018-58", "2018-62")))
    countries = list(Country.objects.order_by("code")[:12])
    registrars = list(Registrar.objects.order_by("code"))
    for project in Project.objects.order_by("code"):
        project.place = chance.choice([None, *places])
        project.registrar = chance.choice([None, *registrars])
        project.sector = chance.choice([project.sector, None, *sections])
        project.save()
    for investor in Investor.objects.order_by("code"):
        investor.parent_country = chance.choice([None, *countries])
        investor.save()
    Zone.objects.filter(code="KCN-01").update(former_province=FormerProvince.BAC_GIANG)
    source, enterprise = build.make_source(published_on=VagueDay.exact(date(2020, 3, 1))), build.make_enterprise()
    buyer = Investor.objects.filter(country__isnull=False).order_by("pk").first()
    for number, project in enumerate(Project.objects.filter(ended_latest=None).order_by("pk")[:10], 1):
        build.make_entry(project, number, kind="increase", source=source, decided_on=None)
        build.make_project(zone=project.zone, investors=[buyer], capital_usd=str(number), decided_on=None)
    for amount in range(1, 4):
        with build.act() as act:
            enter(act=act, project=None, enterprise=enterprise, kind="share_purchase", amount_usd=amount,
                  decided_on=VagueDay.exact(date(2019, 2, amount)), source=source, buyer=buyer if amount % 2 else None)


def days(chance: random.Random) -> tuple[date, date | None]:
    day = date(2005, 1, 1) + timedelta(days=int((LAST - date(2005, 1, 1)).days * chance.random() ** 0.4))
    return day, min(day + timedelta(days=chance.randrange(-200, 500)), LAST) if chance.random() < 0.4 else None


def lines_of(rows, chance: random.Random) -> list[tuple[Lines, list]]:
    """Each line with its rows, the total, and all lines but some, as a page sums those that it has no room for."""
    shown = chance.sample(rows, len(rows) // 2)
    rest = [row for row in rows if row not in shown]
    found = [(Lines(keys=(row.key,)), [row]) for row in rows] + [(Lines(), rows)]
    return found + ([(Lines(but=tuple(row.key for row in shown)), rest)] if shown else [])


def chosen(chance: random.Random):
    return chance.choice([None, None, Project.objects.public().filter(status="operating"),
                          of_former_provinces([FormerProvince.BAC_GIANG, None])])


@pytest.mark.parametrize(("by", "number"), CASES)
def test_every_number_of_a_table_of_capital(rough, by, number):
    chance = random.Random(f"{by}{number}")
    as_of, known_on = days(chance)
    basis, country_of = Basis.SHARE if number % 2 else Basis.LEAD, chance.choice(CountryOf.values)
    scope = {"as_of": as_of, "known_on": known_on, "country_of": country_of, "projects": chosen(chance)}
    vsic = {"vsic": chance.choice(Vsic.values)} if by == "section" else {}

    table = capital_by(by, basis=basis, **scope, **vsic)

    for lines, rows in lines_of(table.rows, chance):
        for of in (COUNTED, *SUMS, *(STEPS if by in TIMES else ())):
            told = sum((getattr(row, of) for row in rows), 0 if of == COUNTED else ZERO)
            if is_in_parts(by, of, lines, basis):
                assert sum((part.part_usd for part in parts_of(by, of, lines, **scope)), ZERO) == told, (lines, of)
            else:
                found = told_of(capital_entries(by, of, lines, **scope, **vsic), of)
                assert (found.rows if of == COUNTED else found.usd) == told, (lines, of)


def test_the_years_of_a_holder_add_up_to_its_parts(rough):
    """Each year of an investor's own page, and several years together, are made of these parts."""
    shared = Stake.objects.current().filter(lead=False).order_by("investor")
    investors = Investor.objects.filter(pk__in=shared.values("investor"))[:12]
    assert len(investors) == 12
    years = 0
    for investor in investors:
        of_page = capital_of_investor(investor, as_of=LAST).shared
        scope = {"as_of": LAST, "projects": Project.objects.public().filter(stakes__investor=investor)}
        for rows in (*([row] for row in of_page.rows), of_page.rows[:3], of_page.rows[-2:]):
            times = Lines(tuple(row.key for row in rows))
            for of in ("registered_usd", "confirmed_usd"):
                parts = parts_of("investor", of, Lines((investor.code,)), decided_in=times, **scope)
                told = sum((getattr(row, of) for row in rows), ZERO)
                assert sum((part.part_usd for part in parts), ZERO) == told, (investor, times, of)
        years += len(of_page.rows)
    assert years > 20


def test_what_was_decided_in_a_time_of_a_table_of_others(rough):
    """The numbers of a zone by quarter are those of its entries in each quarter."""
    project = Project.objects.public().filter(zone__isnull=False).order_by("pk").first()
    of_zone = {"as_of": LAST, "projects": Project.objects.public().filter(zone=project.zone)}
    table = capital_by("quarter", **of_zone)
    assert len(table.rows) > 3
    for row in table.rows:
        entries = capital_entries("zone", "registered_usd", Lines((project.zone.code,)), decided_in=Lines((row.key,)),
                                  **of_zone)
        assert told_of(entries, "registered_usd").usd == row.registered_usd


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("by", FLOW_GROUPS)
def test_every_number_of_a_table_of_flows(rough, by, number):
    chance = random.Random(f"{by}{number}")
    last, known_on = days(chance)
    scope = {"first": last - timedelta(days=chance.choice([30, 365, 3650])), "last": last, "known_on": known_on,
             "projects": chosen(chance), "country_of": chance.choice(CountryOf.values)}

    table = flows(by, **scope)

    for lines, rows in lines_of(table.rows, chance):
        for of in (*TIMES_OF_FLOW, *SUMS_OF_FLOW):
            if of != "realised_usd":
                found = told_of(flow_entries(by, of, lines, **scope), of)
                told = sum((getattr(row, of) for row in rows), 0 if of in TIMES_OF_FLOW else ZERO)
                assert (found.rows if of in TIMES_OF_FLOW else found.usd) == told, (lines, of)


@pytest.mark.parametrize("key", ["2023-Q5", "2023-13", "ngày mai", "2023-05"])
def test_what_is_no_year_is_refused(key):
    with pytest.raises(NoSuchTime, match=key):
        capital_entries("year", COUNTED, Lines(keys=(key,)), as_of=LAST)
