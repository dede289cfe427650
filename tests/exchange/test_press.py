"""What the register makes of the five articles, and that it is nothing else."""

import hashlib
from collections import Counter
from datetime import date

import pytest

from registry.exchange.check.everything import problems
from registry.exchange.press import is_loaded
from registry.models import (
    CapitalEntry,
    Certificate,
    Conflict,
    Engagement,
    Enterprise,
    Investor,
    Milestone,
    Policy,
    Project,
    Source,
    Statement,
    Zone,
)
from registry.vocabulary.period import VagueDay

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)

# Of the table of facts that the articles were read into: reference, paragraph, attribute, value, unit,
# qualifier, earliest, latest, words and reality of F001 to F146, parted by "|", one line each.
FACTS_SHA256 = "63fdf1f34833f7180dbe8c51daf5943e154185e692753af9103f5fea43ae0106"

HUNG_YEN = ("F090", "F091", "F092", "F093", "F132", "F140", "F141", "F142", "F143", "F144", "F145")


def stated(reference: str) -> Statement:
    return Statement.objects.get(reference=reference)


def project(name: str) -> Project:
    return Project.objects.with_capital(as_of=TODAY).get(name__contains=name)


def money(found: Project) -> tuple[str, str, str]:
    return str(found.registered_usd), str(found.confirmed_usd), str(found.intended_usd)


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def test_how_many_of_each(press):
    assert {model.KIND: model.objects.count() for model in (
        Project, Enterprise, Investor, Milestone, Policy, Engagement, CapitalEntry, Certificate, Conflict)} == {
        "project": 6, "enterprise": 1, "investor": 14, "milestone": 8, "policy": 15, "engagement": 9,
        "capital-entry": 2, "certificate": 0, "conflict": 2}
    assert Source.objects.filter(kind="article", reference__startswith="press-").count() == 5


def test_the_facts_leave_the_register_clean(press):
    assert list(problems()) == []


def test_every_fact_is_a_statement_letter_for_letter(press):
    facts = Statement.objects.filter(reference__regex=r"^F[0-9]{3}$").order_by("reference")

    assert [fact.reference for fact in facts] == [f"F{number:03}" for number in range(1, 147)]
    lines = ["|".join([
        fact.reference, fact.locator.removeprefix("paragraph "), fact.attribute, fact.value, fact.unit,
        fact.qualifier or "", iso(fact.date_earliest), iso(fact.date_latest), fact.period_words, fact.reality,
    ]) for fact in facts]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == FACTS_SHA256


def test_what_a_second_reading_added_stands_beside_them(press):
    assert sorted(Statement.objects.filter(reference__startswith="X").values_list("reference", flat=True)) == [
        f"X{number:03}" for number in range(1, 12)]


def test_a_qualifier_keeps_a_number_from_being_exact(press):
    assert (stated("F001").value, stated("F001").qualifier, stated("F001").date) == ("16", None, None)
    assert Statement.objects.filter(reference__startswith="F", qualifier="more_than").exists()


def test_amkor_registers_1_6_billion_that_no_certificate_confirms(press):
    amkor = project("Amkor")

    assert money(amkor) == ("1600000000.00", "0.00", "0.00")
    assert (amkor.irc_code, amkor.status, amkor.licensed_on, amkor.registrar) == (None, "operating", None, None)
    assert amkor.objective == "sản xuất, lắp ráp và thử nghiệm vật liệu, thiết bị bán dẫn"
    assert (amkor.zone.code, amkor.sector.code) == ("yen-phong-2c", "2018-26")
    assert amkor.enterprise.name == "Công ty TNHH Amkor Technology Việt Nam"
    opening = amkor.entries.get()
    assert (opening.kind, opening.confirmed) == ("opening", False)
    assert opening.decided_on == VagueDay(date(2023, 5, 1), date(2023, 5, 31))
    assert opening.counts_on == date(2023, 5, 31)


def test_amkor_s_country_stays_open(press):
    [stake] = project("Amkor").current_stakes()

    assert (stake.investor.name, stake.investor.country, stake.investor.parent_country) == (
        "Amkor Technology", None, None)
    assert (stake.lead, stake.share_percent) == (True, None)


def test_micro_commercial_components_registers_90_million_of_no_day(press):
    found = project("Micro Commercial Components")

    assert money(found) == ("90000000.00", "0.00", "0.00")
    opening = found.entries.get()
    assert (opening.kind, opening.decided_on) == ("opening", None)
    assert opening.counts_on == opening.source.published_latest


def test_victory_giant_intends_400_million_and_registers_nothing(press):
    found = project("Victory Giant")

    assert money(found) == ("0.00", "0.00", "400000000.00")
    assert found.status == "proposed"
    assert not found.entries.exists()
    assert found.current_stakes()[0].investor.country.code == "CN"


@pytest.mark.parametrize("name", ["Hana Micron", "ITM Semiconductor", "Samsung"])
def test_where_no_capital_is_stated_none_is_registered(press, name):
    assert money(project(name)) == ("0.00", "0.00", "0.00")


def test_the_total_and_that_none_of_it_is_confirmed(press):
    assert str(CapitalEntry.objects.as_of(TODAY).total_usd()) == "1690000000.00"
    assert not CapitalEntry.objects.filter(confirmed=True).exists()
    assert str(CapitalEntry.objects.as_of(date(2023, 5, 30)).total_usd()) == "0.00"
    assert str(CapitalEntry.objects.as_of(date(2023, 5, 31)).total_usd()) == "1600000000.00"


def test_nothing_flowed_in_2023(press):
    entries = CapitalEntry.objects.within(date(2023, 1, 1), date(2023, 12, 31))

    assert set(entries.values_list("kind", flat=True)) == {"opening"}


def test_statements_lead_to_what_was_made_of_them(press):
    amkor, mcc = project("Amkor"), project("Micro Commercial Components")

    for reference, entry in (("F027", amkor.entries.get()), ("F034", amkor.entries.get()),
                             ("F039", mcc.entries.get())):
        found = stated(reference)
        assert (found.review, found.promoted_kind, found.promoted_code) == ("accepted", "capital-entry", entry.code)
    plan = stated("F023")
    assert (plan.kind, plan.review, plan.promoted_kind) == ("plan", "accepted", "")
    assert str(plan.amount_usd) == "400000000.00"


def test_conflicts_are_confirmed_and_seen_from_both_sides(press):
    assert sorted(Conflict.objects.values_list(
        "first__reference", "second__reference", "found_by_rule", "state")) == [
        ("F028", "F033", True, "confirmed"), ("F029", "F035", False, "confirmed")]
    assert {stated(reference).review for reference in ("F028", "F033", "F029", "F035")} == {"disputed"}


def test_what_is_only_a_remark_is_no_conflict(press):
    assert not Conflict.objects.filter(first__reference="F021").exists()
    assert (stated("F021").review, stated("F110").review) == ("open", "accepted")


def test_every_investor_that_is_spoken_of_is_a_record(press):
    spoken_of = Statement.objects.filter(subject_kind="investor", reference__startswith="F")

    assert spoken_of.count() == 21
    assert not spoken_of.filter(investor__isnull=True).exists()


def test_capital_and_milestones_are_of_projects(press):
    assert Counter(stated(reference).subject_kind for reference in ("F023", "F027", "F029", "F030", "F034")) == {
        "project": 5}


def test_milestones_are_planned_or_actual_with_their_days(press):
    rows = Milestone.objects.filter(project=project("Amkor")).order_by("number")

    assert [(row.kind, row.reality, row.happened_on and row.happened_on.label) for row in rows] == [
        ("completion", "planned", "tháng 9/2023"), ("trial_production", "planned", "cuối tháng 10/2023"),
        ("inauguration", "actual", None), ("production_start", "actual", None)]
    assert rows[2].words == "hơn hai tuần trước bài báo"


def test_hung_yen_has_two_zones_and_no_other_record(press):
    assert sorted(Zone.objects.filter(province="hung-yen").values_list("code", flat=True)) == [
        "hung-phu", "lien-ha-thai"]
    found = {reference: stated(reference) for reference in HUNG_YEN}
    assert {reference: fact.subject and fact.subject.code for reference, fact in found.items()} == {
        reference: "hung-phu" if reference in ("F090", "F142", "F143") else None for reference in HUNG_YEN}
    assert (found["F092"].subject_kind, found["F092"].subject_name) == ("project", "Gel O&J car plant")
    assert (found["F132"].subject_kind, found["F132"].subject_name) == ("enterprise", "Công ty TNHH Ohsung Vina")
    assert not Project.objects.filter(zone__province="hung-yen").exists()


def test_a_person_is_named_and_is_no_record(press):
    official = stated("F146")

    assert (official.subject_kind, official.subject_name, official.subject) == ("person", "Phan Đăng Tuất", None)


def test_articles_have_the_days_between_which_they_were_published(press):
    article = Source.objects.get(reference="press-000")

    assert article.published_on == VagueDay(date(2023, 10, 26), date(2023, 11, 10))
    assert article.known_from.startswith("Viết hơn hai tuần sau lễ khánh thành")


def test_the_facts_know_that_they_are_loaded(press):
    assert is_loaded()
