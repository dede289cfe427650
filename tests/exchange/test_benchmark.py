"""What load_benchmark makes of the benchmark's columns: 60 projects of seed 7."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from registry.actions.payload import state_of
from registry.actions.writing import writing
from registry.exchange import benchmark_projects
from registry.exchange.benchmark import load_benchmark
from registry.models import (
    NOUNS,
    Act,
    CapitalEntry,
    Certificate,
    Change,
    Country,
    Enterprise,
    Investor,
    Project,
    Register,
    Sector,
    Source,
    Stake,
    Zone,
)
from registry.models.capital import MEASURES
from registry.vocabulary.change import Door
from registry.vocabulary.money import from_hundredths
from registry.vocabulary.period import VagueDay
from registry.vocabulary.vietnamese import search_words
from tests.bench_folder import make_folder, read_rows

pytestmark = pytest.mark.django_db

COUNTED = (Project, Investor, Enterprise, Zone, Source, Certificate, CapitalEntry, Stake, Country, Sector, Act, Change)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_folder(tmp_path_factory.mktemp("bench") / "60", projects=60, seed=7)


@pytest.fixture(scope="module")
def loaded(folder, django_db_setup, django_db_blocker):
    """What load_benchmark returned, the rows of every table before it, and what it told."""
    told = []
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        # Several batches: a project may come after the one that brought its enterprise was written.
        patch.setattr(benchmark_projects, "BATCH", 7)
        before = {model: model.objects.count() for model in COUNTED}
        with writing(by="load_benchmark", reason="thử nghiệm", door=Door.LOADER) as act:
            result = load_benchmark(act, folder, lambda *what: told.append(what))
        connection.check_constraints()  # once, not at the end of each test
        yield result, before, told
        transaction.set_rollback(True)


@pytest.fixture
def added(loaded):
    """How many rows of each table there are more than before."""
    _result, before, _told = loaded
    return {model: model.objects.count() - before[model] for model in COUNTED}


def exactly(text: str) -> VagueDay:
    return VagueDay.exact(date.fromisoformat(text))


def test_every_row_is_counted(loaded):
    result, _before, told = loaded

    assert result.by_file == {
        "countries.csv": 40, "sectors.csv": 21, "zones.csv": 30, "sources.csv": 60, "investors.csv": 40,
        "project_investors.csv": 71, "projects.csv": 60, "capital_events.csv": 240,
    }
    assert result.rows == 562
    assert told[-1] == ("capital_events.csv", 240, 240)


def test_every_row_becomes_a_record(added):
    assert added == {
        Project: 60, Investor: 40, Enterprise: 55, Zone: 30, Source: 60, Certificate: 5, CapitalEntry: 240, Stake: 71,
        Country: 0, Sector: 0, Act: 1, Change: 60 + 40 + 55 + 30 + 60 + 5 + 240,
    }


def test_everything_is_published_by_one_act(loaded):
    act = Act.objects.latest("pk")
    register = Register.objects.get()

    assert (act.by_name, act.door, act.reason) == ("load_benchmark", Door.LOADER, "thử nghiệm")
    assert (register.revision, register.head) == (act.pk, Change.objects.latest("seq").seq)
    changes = Change.objects.filter(act=act)
    assert Counter(changes.values_list("kind", flat=True)) == {
        "project": 60, "investor": 40, "enterprise": 55, "zone": 30, "source": 60, "certificate": 5,
        "capital-entry": 240,
    }
    assert set(changes.values_list("verb", "feed_verb", "before")) == {("created", "created", None)}
    for model in (Project, Investor, Enterprise, Zone, Source, Certificate):
        assert not model.objects.exclude(publication="published").exists()


def test_the_changes_hold_what_the_database_holds(loaded):
    for change in Change.objects.filter(act=Act.objects.latest("pk")):
        record = NOUNS[change.kind].objects.get(code=change.code)
        assert change.after == state_of(record), change


def test_the_register_is_clean_afterwards(loaded, capsys):
    call_command("check_register")


def test_a_project(loaded):
    project = Project.objects.get(code="SYN2300000001")

    assert project.irc_code is None
    assert (project.name, project.name_en) == (
        "Dự án sản xuất linh kiện điện tử Mingyuan Tai", "Production of electronic components Mingyuan Tai"
    )
    assert project.enterprise.name == "Công ty TNHH Mingyuan Tai Electronics Việt Nam"
    assert (project.zone.code, project.sector.code, project.place, project.registrar) == (
        "KCN-06", "2018-26", None, None
    )
    assert (project.status, project.form) == ("operating", "joint_venture")
    assert project.licensed_on == exactly("2001-12-07")
    assert project.expires_on == exactly("2051-12-07")
    assert project.ended_on is None
    assert (project.land_area_ha, project.planned_workers) == (Decimal("0.47"), 186)
    assert project.address == "Lô F3-38, KCN Tiên Sơn, tỉnh Bắc Ninh"
    assert project.objective.startswith("Sản xuất, gia công, lắp ráp linh kiện điện tử; công suất")
    assert project.source.reference == "SYN-2"
    assert (project.version, project.updated_at) == (1, Act.objects.latest("pk").at)


def test_its_stakes(loaded):
    stakes = Stake.objects.filter(project__code="SYN2300000001").order_by("pk")

    assert list(stakes.values_list("investor__code", "position", "lead", "share_percent")) == [
        ("SYN-I000002", 1, True, Decimal("86.03")), ("SYN-I000035", 2, False, Decimal("13.97")),
    ]


def test_search_finds_it_by_its_names_enterprise_investors_and_zone(loaded):
    words = search_words("linh kien SYN2300000001 cong ty tnhh mingyuan SYN-I000035 KCN-06 tien son")

    assert Project.objects.matching(words).get().code == "SYN2300000001"


def test_a_project_outside_zones(loaded):
    assert Project.objects.get(code="SYN2300000024").zone is None


def test_a_terminated_project_has_its_certificate_and_its_day(loaded):
    project = Project.objects.get(code="SYN2300000002")
    certificate = project.certificates.get()

    assert (project.status, project.ended_on) == ("terminated", exactly("2016-07-03"))
    assert (certificate.code, certificate.number, certificate.kind, certificate.outcome) == (
        "SYN2300000002-1", 1, "termination", "granted"
    )
    assert certificate.decided_on == exactly("2016-07-03")
    assert certificate.is_public()


def test_one_enterprise_for_each_distinct_name(loaded):
    enterprise = Enterprise.objects.get(name="Công ty TNHH Henghui Electronics Việt Nam")

    assert enterprise.code.startswith("ENT-")
    assert sorted(enterprise.projects.values_list("code", flat=True)) == [
        "SYN2300000019", "SYN2300000024", "SYN2300000037",
    ]


def test_an_investor(loaded):
    investor = Investor.objects.get(code="SYN-I000001")

    assert (investor.name, investor.name_native, investor.kind) == (
        "Garamcheon Tech Co., Ltd.", "가천", "organisation"
    )
    assert (investor.country.code, investor.parent_country, investor.parent) == ("KR", None, None)


def test_a_person_is_not_found_by_name(loaded):
    person = Investor.objects.get(code="SYN-I000016")

    assert (person.kind, person.name, person.country.code) == ("person", "NOVAK VANBRIA VAN", "KY")
    assert not Investor.objects.matching(search_words("vanbria")).exists()
    assert Investor.objects.matching(search_words("syn-i000016")).get() == person


def test_a_zone_stands_beside_the_provinces_own(loaded):
    zone = Zone.objects.get(code="KCN-01")

    assert (zone.name, zone.name_en, zone.kind) == ("KCN Yên Phong", "Yen Phong Industrial Park", "industrial_park")
    assert (zone.province, zone.former_province, zone.established_year) == ("bac-ninh", "bac-ninh", 2006)
    assert (zone.area_ha, zone.leasable_ha) == (Decimal("658"), Decimal("447.4"))
    assert (zone.latitude, zone.longitude) == (21.195, 105.985)
    assert Zone.objects.filter(code__startswith="KCN-", former_province="bac-giang").count() == 13
    assert Zone.objects.exclude(code__startswith="KCN-").exists()


def test_a_source(loaded):
    source = Source.objects.get(reference="SYN-3")

    assert source.code.startswith("SRC-")
    assert (source.kind, source.number, source.name) == (
        "certificate", "3/SYN-GCN", "Giấy chứng nhận đăng ký đầu tư số 3/SYN-GCN"
    )
    assert source.publisher == "Cơ quan đăng ký đầu tư (dữ liệu giả lập)"
    assert (source.published_on, source.url) == (exactly("2003-07-10"), "https://registry.example/sources/3")


def test_an_entry_as_the_file_has_it(loaded):
    entry = CapitalEntry.objects.get(code="SYN2300000002-1")

    assert (entry.kind, entry.counts_as, entry.amount_usd) == ("new", "new", Decimal("13200000.00"))
    assert (entry.written_amount, entry.written_currency, entry.rate_as_printed) == (
        Decimal("330000000000.00"), "VND", "4e-05"
    )
    assert (entry.decided_on, entry.counts_on) == (exactly("2006-03-30"), date(2006, 3, 30))
    assert entry.recorded_at == datetime(2006, 4, 7, 13, 17, 28, tzinfo=UTC)
    assert (entry.updated_at, entry.source.reference) == (Act.objects.latest("pk").at, "SYN-11")
    assert (entry.note, entry.buyer, entry.certificate) == ("", None, None)


def test_an_amount_in_another_currency_keeps_its_hundredths(loaded):
    entry = CapitalEntry.objects.get(written_currency="KRW", kind="share_purchase")

    assert (entry.code, entry.written_amount, entry.rate_as_printed) == (
        "SYN2300000017-6", Decimal("238666666.67"), "0.00075"
    )
    assert (entry.buyer.code, entry.amount_usd) == ("SYN-I000005", Decimal("179000.00"))


def test_a_share_purchase_keeps_its_project_and_its_buyer(loaded):
    entry = CapitalEntry.objects.get(project__code="SYN2300000016", kind="share_purchase")

    assert (entry.buyer.code, entry.amount_usd, entry.enterprise) == ("SYN-I000039", Decimal("459000.00"), None)


def test_a_correction_is_a_reversal_that_keeps_the_day_of_the_file(loaded):
    reversal = CapitalEntry.objects.get(project__code="SYN2300000047", kind="reversal")

    assert (reversal.code, reversal.reverses.code) == ("SYN2300000047-11", "SYN2300000047-9")
    assert (reversal.counts_as, reversal.amount_usd) == ("increase", Decimal("-456000.00"))
    assert (reversal.reverses.kind, reversal.reverses.amount_usd) == ("increase", Decimal("456000.00"))
    assert (reversal.decided_on, reversal.counts_on) == (exactly("2025-04-29"), date(2025, 4, 29))
    assert reversal.recorded_at == datetime(2025, 5, 9, 14, 26, 18, tzinfo=UTC)
    assert (reversal.source.reference, reversal.note) == ("SYN-58", "Đính chính bút toán trước")


def test_what_rests_on_a_certificate_or_decision_is_confirmed(loaded):
    entries = CapitalEntry.objects.exclude(kind="reversal")

    assert set(entries.values_list("source__kind", "confirmed")) == {
        ("certificate", True), ("decision", True), ("report", False), ("notice", False),
    }
    for reversal in CapitalEntry.objects.filter(kind="reversal"):
        assert reversal.confirmed == reversal.reverses.confirmed


def test_entries_are_numbered_by_project_in_the_order_of_recording(loaded, folder):
    codes = {row["id"]: row["code"] for row in read_rows(folder, "projects.csv")}
    numbers, expected = Counter(), []
    for row in read_rows(folder, "capital_events.csv"):
        numbers[row["project_id"]] += 1
        expected.append((f"{codes[row['project_id']]}-{numbers[row['project_id']]}", numbers[row["project_id"]]))

    assert list(CapitalEntry.objects.order_by("pk").values_list("code", "number")) == expected


def test_the_ledger_adds_up_to_what_the_file_states(loaded, folder):
    stated = {row["code"]: (Decimal(row["registered_capital_usd"]), Decimal(row["disbursed_usd"]))
              for row in read_rows(folder, "projects.csv")}

    for project in Project.objects.all():
        sums = (project.entries.filter(MEASURES["registered_usd"]).total_usd(),
                project.entries.filter(MEASURES["realised_usd"]).total_usd())
        assert sums == stated[project.code]
    assert CapitalEntry.objects.filter(MEASURES["registered_usd"]).total_usd() == from_hundredths(
        100 * sum(int(row["registered_capital_usd"]) for row in read_rows(folder, "projects.csv"))
    )


def test_the_next_records_get_keys_and_codes_of_their_own(loaded):
    with writing(by="test", reason="thử nghiệm") as act:
        code = act.next_code("ENT")
    assert not Enterprise.objects.filter(code=code).exists()
    made = Enterprise.objects.create(code=code, name="Công ty sau cùng", updated_at=Act.objects.latest("pk").at)
    assert Enterprise.objects.latest("pk") == made
