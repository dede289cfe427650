"""Statements, milestones and observations are corrected by their forms, and what hangs on them follows."""

from decimal import Decimal

import pytest

from registry.models import Act, Project, Statement, ZoneObservation
from registry.vocabulary.statement import Review
from tests import build
from tests.admin.clerk import errors_of

pytestmark = pytest.mark.django_db


def changed(act: Act) -> list[tuple[str, str]]:
    return [(change.kind, change.code) for change in act.changes.order_by("seq")]


def test_a_value_is_shown_and_typed_as_officers_write_it_and_kept_as_the_files_do(clerk):
    project = build.make_project()
    stated = build.make_statement(subject=project, value="664.31", locator="paragraph 7")
    _url, fields = clerk.opens(stated)
    assert (fields["value"], fields["locator"]) == (["664,31"], ["đoạn 7"])

    clerk.saves(stated, value="1.665,5", locator="đoạn 8")

    stated.refresh_from_db()
    assert (stated.value, stated.amount_usd, stated.locator) == ("1665.5", Decimal("1665500000.00"), "paragraph 8")
    assert changed(Act.objects.latest("id")) == [("statement", str(stated.pk)), ("project", project.code)]
    assert Project.objects.get(pk=project.pk).version == project.version + 1


def test_what_is_no_capital_has_no_amount(clerk):
    stated = build.make_statement()
    clerk.saves(stated, attribute="expected_annual_output")
    stated.refresh_from_db()
    assert (stated.attribute, stated.amount_usd) == ("expected_annual_output", None)


def test_a_number_that_could_be_another_is_refused(clerk):
    stated = build.make_statement()
    assert list(errors_of(clerk.saves(stated, value="1.6"))) == ["value"]
    assert Statement.objects.get(pk=stated.pk).value == "1600"


def test_words_that_nobody_has_named_stay(clerk):
    stated = build.make_statement(attribute="moon_phase", unit="moons", value="full moon")
    assert clerk.saves(stated, note="xem lại").status_code == 302
    stated.refresh_from_db()
    assert (stated.attribute, stated.unit, stated.value, stated.note) == ("moon_phase", "moons", "full moon", "xem lại")


def test_a_review_is_no_matter_of_typing(clerk):
    stated = build.make_statement()
    clerk.saves(stated, review=Review.ACCEPTED, promoted_code="BN-000001", note="x")
    stated.refresh_from_db()
    assert (stated.review, stated.promoted_code, stated.note) == (Review.OPEN, "", "x")


def test_a_project_moves_on_with_its_milestone(clerk):
    project = build.make_project()
    milestone = build.make_milestone(project)
    clerk.saves(milestone, happened_on="cuối tháng 10/2023")

    milestone.refresh_from_db()
    assert milestone.happened_on.label == "cuối tháng 10/2023"
    assert changed(Act.objects.latest("id")) == [("milestone", milestone.code), ("project", project.code)]


def test_an_observation_gets_the_next_code_of_its_zone(clerk):
    zone, source = build.make_zone(code="kcn-thu"), build.make_source()
    build.make_observation(zone=zone, source=source)
    clerk.saves(ZoneObservation, zone=zone.pk, attribute="occupancy", value="80,5", observed_on="quý I/2025",
                source=source.pk)

    seen = ZoneObservation.objects.get(code="kcn-thu-2")
    assert (seen.value, seen.observed_on.label, seen.zone) == (Decimal("80.5"), "quý I/2025", zone)


def test_an_observation_of_nothing_is_refused(clerk):
    source = build.make_source()
    answer = clerk.saves(ZoneObservation, attribute="occupancy", value="80", source=source.pk)
    assert "phải thuộc một khu công nghiệp hoặc một địa bàn" in errors_of(answer)["__all__"][0]
