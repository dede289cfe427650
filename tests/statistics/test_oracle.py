"""Statistics against the oracle: random groups and days over 2,000 rough projects, equal to the cent."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from registry.actions.capital import enter
from registry.actions.sums import make_sums_anew
from registry.actions.writing import writing
from registry.exchange.benchmark import load_benchmark
from registry.exchange.package.export import export_package
from registry.models import AdministrativeUnit, Country, Investor, Project, Registrar, Sector
from registry.statistics.capital import capital_by
from registry.statistics.flows import flows
from registry.vocabulary.change import Door
from registry.vocabulary.money import to_hundredths
from registry.vocabulary.period import VagueDay
from tests import build
from tests.agreement import disagreements
from tests.bench_folder import make_folder
from tests.oracle import Oracle, total
from tests.package_oracle import PackageOracle
from tests.rough_folder import roughen
from tests.weigh import weigh

pytestmark = pytest.mark.django_db

PROJECTS, SEED = 2000, 20261122
FIRST, LAST = date(2000, 1, 1), date(2026, 6, 30)

# The same projects, for the register and for the oracle.
CHOSEN = {
    "all": (None, "1"),
    "operating": ({"status": "operating"}, "status = 'operating'"),
    "one zone": ({"zone__code": "KCN-01"}, "zone = 'KCN-01'"),
    "electronics": ({"sector__code": "2018-26"}, "sector = '2018-26'"),
}


@pytest.fixture(scope="module")
def oracle(tmp_path_factory, lasting):
    """The folder in the register, until the module's end, and in the oracle."""
    folder = roughen(make_folder(tmp_path_factory.mktemp("bench") / "2k", projects=PROJECTS, seed=SEED), SEED)
    with lasting(load, folder) as oracle:
        yield oracle


def load(folder: Path) -> Oracle:
    oracle = Oracle(folder)
    with writing(by="test", reason="test", door=Door.LOADER) as act:
        load_benchmark(act, folder)
    say_the_rest(oracle)
    make_sums_anew()
    weigh()
    return oracle


def say_the_rest(oracle: Oracle) -> None:
    """What the folder says of no project: parents' countries, places, registrars, the classification of 2025."""
    chance = random.Random(SEED)
    countries = list(Country.objects.order_by("code")[:20])
    units = list(AdministrativeUnit.objects.order_by("code")[:40])
    registrars = list(Registrar.objects.order_by("code"))
    sections = list(Sector.objects.filter(vsic_version="2025").order_by("code")[:6])
    assert len(sections) == 6
    for model, field, column, values, part in (
        (Investor, "parent_country", "parent", countries, 0.7), (Project, "place", "place", units, 0.6),
        (Project, "registrar", "registrar", registrars, 0.8), (Project, "sector", "sector", sections, 0.03),
    ):
        stated = {record.code: record for record in model.objects.order_by("code") if chance.random() < part}
        for record in stated.values():
            setattr(record, field, chance.choice(values))
        model.objects.bulk_update(stated.values(), [field], batch_size=500)
        keys = {code: getattr(record, field) for code, record in stated.items()}
        oracle.state(model.KIND, column, {code: value.code for code, value in keys.items()})
        if field == "sector":
            oracle.state(model.KIND, "section", {code: value.section_key for code, value in keys.items()})


def days(chance: random.Random) -> tuple[date, date | None]:
    """A day, often one on which much happens, and for every second a day of knowledge around it."""
    as_of = FIRST + timedelta(days=int((LAST - FIRST).days * chance.random() ** 0.4))
    known_on = min(as_of + timedelta(days=chance.randrange(-200, 500)), LAST)
    return as_of, known_on if chance.random() < 0.5 else None


def capital_cases() -> list[dict]:
    chance = random.Random(SEED)
    cases = []
    for by in ("country", "investor"):
        for basis in ("lead", "share"):
            for country_of in ("registration", "parent") if by == "country" else ("registration",):
                for _time in range(6):
                    cases.append({"by": by, "basis": basis, "country_of": country_of})
    for by in ("sector", "section", "zone", "form", "status", "place", "registrar", "year", "quarter", "month"):
        cases += [{"by": by}] * 5
    cases = [case | {"chosen": chance.choices(list(CHOSEN), [4, 1, 1, 1])[0], "days": days(chance)} for case in cases]
    # And everything, as of the last day.
    whole = (("country", "lead"), ("country", "share"), ("investor", "share"), ("year", "lead"))
    return cases + [{"by": by, "basis": basis, "chosen": "all", "days": (LAST, None)} for by, basis in whole]


def flow_cases() -> list[dict]:
    chance = random.Random(SEED)
    cases = []
    for by in ("sector", "section", "country", "zone", "place", "registrar"):
        for _time in range(6):
            last, known_on = days(chance)
            first = max(last - timedelta(days=chance.choice([0, 30, 365, 3650])), FIRST)
            cases.append({"by": by, "first": first, "last": last, "known_on": known_on,
                          "chosen": chance.choices(list(CHOSEN), [4, 1, 1, 1])[0]})
    return cases + [{"by": "country", "first": FIRST, "last": LAST, "known_on": None, "chosen": "all"}]


def name_of(case: dict) -> str:
    return " ".join(" ".join(map(str, value)) if isinstance(value, tuple) else str(value) for value in case.values())


def chosen_projects(case: dict):
    filters, where = CHOSEN[case["chosen"]]
    return None if filters is None else Project.objects.filter(**filters), where


def iso(day: date | None) -> str | None:
    return day and day.isoformat()


@pytest.mark.parametrize("case", capital_cases(), ids=name_of)
def test_capital(oracle, case):
    (as_of, known_on), (projects, where) = case["days"], chosen_projects(case)
    how = {name: case[name] for name in ("basis", "country_of") if name in case}

    table = capital_by(case["by"], as_of=as_of, known_on=known_on, projects=projects, **how)

    expected = oracle.capital(case["by"], as_of=iso(as_of), known_on=iso(known_on), where=where, **how)
    assert in_cents(table.rows, of_capital) == expected
    assert of_capital(table.total) == total(expected, 5)


@pytest.mark.parametrize("case", flow_cases(), ids=name_of)
def test_flows(oracle, case):
    known_on, (projects, where) = case["known_on"], chosen_projects(case)

    table = flows(case["by"], first=case["first"], last=case["last"], known_on=known_on, projects=projects)

    expected = oracle.flows(case["by"], first=iso(case["first"]), last=iso(case["last"]), known_on=iso(known_on),
                            where=where)
    assert in_cents(table.rows, of_flow) == expected
    assert of_flow(table.total) == total(expected, 7)


@pytest.mark.parametrize("number", range(6))
def test_a_project_counts_until_the_day_before_its_end(oracle, number):
    ended = oracle.database.execute("SELECT DISTINCT ended FROM project WHERE ended IS NOT NULL ORDER BY 1").fetchall()
    day = date.fromisoformat(ended[number * len(ended) // 6][0])
    for as_of in (day - timedelta(days=1), day):
        test_capital(oracle, {"by": "status", "chosen": "all", "days": (as_of, None)})


@pytest.mark.parametrize("number", range(6))
def test_what_was_recorded_by_midnight_here_was_known(oracle, number):
    """Of events recorded after 17:00 UTC, which is the next day in Asia/Ho_Chi_Minh."""
    late = oracle.database.execute("SELECT recorded FROM event WHERE hour >= '17' ORDER BY recorded").fetchall()
    day = date.fromisoformat(late[number * len(late) // 6][0])
    for known_on in (day - timedelta(days=1), day):
        test_capital(oracle, {"by": "month", "chosen": "all", "days": (LAST, known_on)})
        test_flows(oracle, {"by": "zone", "chosen": "all", "first": FIRST, "last": LAST, "known_on": known_on})


@pytest.mark.parametrize("day", [1, 5, 6, 10, 11, 14, 15, 16, 20, 21, 25, 26, 27, 28])
def test_at_the_ends_of_what_is_kept_and_in_the_middle(oracle, day):
    """Months of counting and thirds of months of recording are taken by their nearer ends."""
    for month, other in ((2, 9), (12, 1)):
        as_of, known_on = date(LAST.year - 2, month, day), date(LAST.year - 1, other, 29 - day)
        test_capital(oracle, {"by": "sector", "chosen": "all", "days": (as_of, known_on)})
        test_capital(oracle, {"by": "country", "chosen": "all", "days": (known_on, known_on)})
        for whose in ("registration", "parent"):
            for known in (None, known_on, as_of):
                test_capital(oracle, {"by": "country", "basis": "share", "country_of": whose, "chosen": "all",
                                      "days": (as_of, known)})
        test_flows(oracle, {"by": "zone", "chosen": "all", "first": date(as_of.year - 1, 1, 1),
                            "last": as_of, "known_on": known_on})


def test_the_oracle_has_seen_what_is_hard(oracle):
    """The cases would prove little over rows that are all alike."""
    count = "SELECT COUNT(*) FROM {}"
    for rows, at_least in (
        ("project WHERE ended IS NOT NULL", 100), ("entry WHERE kind = 'reversal'", 100),
        ("entry WHERE kind = 'reversal' AND counts_as = 'new'", 20),
        ("entry WHERE decided < DATE(recorded, '-30 days')", 400),
        ("entry WHERE counts_as = 'share_purchase' AND buyer IS NULL", 20), ("investor WHERE country IS NULL", 20),
        ("entry WHERE cents % 100 <> 0", 5000), ("stake WHERE position = 3", 50), ("stake WHERE share IS NULL", 20),
        ("entry WHERE counts_as IN ('increase', 'decrease') AND sure NOT IN (0, cents)", 20),
    ):
        assert oracle.database.execute(count.format(rows)).fetchone()[0] >= at_least, rows
    assert len(oracle.capital("country", as_of=iso(LAST))) > 30


def test_plain_sql_over_an_exported_package_agrees(oracle, tmp_path):
    """With what the folder has none of: openings, entries without a day, purchases without a project."""
    with transaction.atomic():
        source = build.make_source(published_on=VagueDay(date(2020, 3, 1), date(2020, 3, 31), "tháng 3/2020"))
        enterprise, buyer = build.make_enterprise(), Investor.objects.order_by("pk").first()
        for number, project in enumerate(Project.objects.filter(ended_latest=None).order_by("pk")[:20], 1):
            build.make_entry(project, number, kind="increase", source=source, decided_on=None)
            opened = build.make_project(zone=project.zone, place=project.place, investors=[buyer], form=project.form)
            build.make_entry(opened, number, kind="opening", source=source,
                             decided_on=None if number % 3 else date(2015, 5, number))
        for amount in range(1, 6):
            with build.act() as act:
                enter(act=act, project=None, enterprise=enterprise, kind="share_purchase", amount_usd=amount,
                      decided_on=VagueDay.exact(date(2019, 2, amount)), source=source,
                      buyer=buyer if amount % 2 else None)
        export_package(tmp_path / "package", at=timezone.now())
        packed = PackageOracle(tmp_path / "package")
        assert packed.database.execute("SELECT COUNT(*) FROM entry WHERE kind = 'opening'").fetchone()[0] == 20
        assert list(disagreements(packed, cases=60, seed=SEED, first=FIRST, last=date(2026, 11, 27))) == []
        transaction.set_rollback(True)


def in_cents(rows, numbers_of) -> dict:
    found = {row.key: numbers_of(row) for row in rows}
    assert len(found) == len(rows)
    return {key: numbers for key, numbers in found.items() if any(numbers)}


def of_capital(row) -> tuple[int, ...]:
    return row.projects, *map(to_hundredths, (row.registered_usd, row.confirmed_usd, row.realised_usd,
                                              row.share_purchase_usd))


def of_flow(row) -> tuple[int, ...]:
    return (
        row.new_projects, to_hundredths(row.new_usd), row.adjusted_times, to_hundredths(row.adjusted_usd),
        row.share_purchase_times, to_hundredths(row.share_purchase_usd), to_hundredths(row.total_usd),
    )
