from datetime import date
from decimal import Decimal

import pytest

from registry.actions.project import StakeGiven, end
from registry.actions.statement import accept
from registry.models import Country, Project
from registry.models.project import former_province
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project import ProjectStatus
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 1)


def capital_of(project, **when) -> dict[str, str]:
    found = Project.objects.with_capital(**{"as_of": TODAY} | when).get(pk=project.pk)
    return {name: str(getattr(found, name)) for name in (
        "registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd", "intended_usd")}


def codes(projects) -> list[str]:
    return sorted(projects.values_list("code", flat=True))


def test_capital_is_not_multiplied_by_what_else_hangs_on_the_project():
    project = build.make_project(investors=[build.make_investor(), build.make_investor()])
    for _number in range(3):
        build.make_entry(project, "0.10")
    for step in (1, 2, 3):
        build.make_certificate(project, kind="amendment", step=step)

    assert capital_of(project) == {
        "registered_usd": "0.30", "confirmed_usd": "0.00", "realised_usd": "0.00", "share_purchase_usd": "0.00",
        "intended_usd": "0.00"}
    joined = Project.objects.with_registered(as_of=TODAY).filter(
        stakes__position__gte=1, certificates__kind="amendment", pk=project.pk)
    assert {str(row.registered_usd) for row in joined} == {"0.30"}


def test_each_kind_of_capital_has_its_sum():
    project = build.make_project(capital_usd=1000, source=build.make_source(kind="certificate"))
    build.make_entry(project, "100.01")
    build.make_entry(project, -50, kind="decrease")
    build.make_entry(project, 300, kind="disbursement")
    build.make_entry(project, -20, kind="disbursement")
    build.make_entry(project, 77, kind="share_purchase")

    assert capital_of(project) == {
        "registered_usd": "1050.01", "confirmed_usd": "1000.00", "realised_usd": "280.00",
        "share_purchase_usd": "77.00", "intended_usd": "0.00"}


def test_capital_as_of_a_day_and_as_known_on_one():
    project = build.make_project(capital_usd=1000, decided_on=date(2023, 5, 15))

    assert capital_of(project, as_of=date(2023, 5, 14))["registered_usd"] == "0.00"
    assert capital_of(project, as_of=date(2023, 5, 15))["registered_usd"] == "1000.00"
    assert capital_of(project, known_on=date(2023, 5, 15))["registered_usd"] == "0.00"


def test_a_plan_is_intended_until_an_entry_contains_it():
    project = build.make_project()
    source = build.make_source(published_on=VagueDay.exact(date(2023, 6, 1)))
    with build.act() as act:
        plan = build.make_statement(act=act, source=source, subject=project, kind="plan",
                                    attribute="intended_capital", value="400")
    assert capital_of(project)["intended_usd"] == "0.00"

    with build.act() as act:
        accept(act=act, statement=plan)
    assert capital_of(project)["intended_usd"] == "400000000.00"
    assert capital_of(project, as_of=date(2023, 5, 31))["intended_usd"] == "0.00"
    assert capital_of(project, known_on=date(2023, 6, 1))["intended_usd"] == "0.00"

    with build.act() as act:
        entry = build.make_entry(project, 400_000_000, kind="opening", act=act, source=source)
        accept(act=act, statement=plan, into=entry)
    assert capital_of(project)["intended_usd"] == "0.00"
    assert capital_of(project)["registered_usd"] == "400000000.00"


def test_a_project_counts_from_its_start_until_the_day_before_its_end():
    project = build.make_project(capital_usd=1000, decided_on=date(2020, 3, 1))
    with build.act() as act:
        end(act=act, project=project, status=ProjectStatus.TERMINATED, ended_on=VagueDay.exact(date(2024, 7, 10)),
            source=build.make_source(act=act, kind="decision"))

    def counts(day):
        return Project.objects.counting(as_of=day).exists()

    assert [counts(date(2020, 2, 29)), counts(date(2020, 3, 1))] == [False, True]
    assert [counts(date(2024, 7, 9)), counts(date(2024, 7, 10))] == [True, False]


def test_a_project_without_a_start_does_not_count():
    build.make_entry(build.make_project(), 5)

    assert not Project.objects.counting(as_of=TODAY).exists()


def test_a_project_counts_when_the_register_knew_of_its_start():
    project = build.make_project(capital_usd=1000, decided_on=date(2020, 3, 1))
    known = project.entries.get().recorded_at.date()

    assert not Project.objects.counting(as_of=TODAY, known_on=date(2020, 3, 1)).exists()
    assert Project.objects.counting(as_of=TODAY, known_on=date(known.year + 1, 1, 1)).exists()


def test_the_lead_gives_the_country():
    korea, japan = Country.objects.get(code="KR"), Country.objects.get(code="JP")
    korean = build.make_investor(country=korea, parent_country=japan)
    japanese = build.make_investor(country=japan)
    project = build.make_project(investors=[StakeGiven(japanese), StakeGiven(korean, lead=True)])
    build.make_project()

    assert codes(Project.objects.led_from(["KR"])) == [project.code]
    assert codes(Project.objects.led_from(["JP"])) == []
    assert codes(Project.objects.led_from(["JP", "KR"])) == [project.code]


def test_the_former_province_is_the_place_s_else_the_zone_s():
    place = build.make_place(former_province="bac-giang")
    zone = build.make_zone(former_province="bac-ninh")
    build.make_project(place=place, zone=zone)
    build.make_project(zone=zone)
    build.make_project()

    known = Project.objects.annotate(in_former_province=former_province()).order_by("pk")
    assert [each.in_former_province for each in known] == ["bac-giang", "bac-ninh", None]


def test_current_stakes_come_in_their_order_without_those_that_ended():
    first, second = build.make_investor(name="Thứ nhất"), build.make_investor(name="Thứ hai")
    project = build.make_project(investors=[StakeGiven(second, Decimal(40)), StakeGiven(first, Decimal(60))])

    assert [(stake.investor.name, stake.lead) for stake in project.current_stakes()] == [
        ("Thứ hai", True), ("Thứ nhất", False)]
    assert Project(name="Chưa ghi").current_stakes() == []
