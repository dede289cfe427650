"""Statements: accepted into the record, disputed; conflicts between them."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.record import InvalidRecord, amend
from registry.actions.statement import (
    NotItsSubject,
    accept,
    confirm,
    conflicting_with,
    correct,
    dismiss,
    oppose,
    propose_conflicts,
    review,
)
from registry.models import Conflict, Project, Statement
from registry.vocabulary.period import VagueDay
from tests import build
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def fresh(statement) -> Statement:
    return Statement.objects.get(pk=statement.pk)


def during(first: date, last: date) -> VagueDay:
    return VagueDay(first, last)


def home_country(value: str, investor, **changes) -> Statement:
    return build.make_statement(subject_kind="investor", subject=investor, subject_name=investor.name,
                                attribute="home_country", value=value, unit="", **changes)


def occupancy(value: str, zone, when: VagueDay | None, **changes) -> Statement:
    return build.make_statement(subject_kind="zone", subject=zone, subject_name=zone.name, attribute="occupancy",
                                value=value, unit="percent", date=when, **changes)


def test_a_statement_is_kept_letter_for_letter():
    source = build.make_source()

    statement = build.make_statement(
        source=source, value="hơn 2.000", unit="tỷ đồng", qualifier="more_than", locator="paragraph 7",
        reference="T001", period_words="đến nay", note="không rõ ngày")

    statement.refresh_from_db()
    assert (statement.value, statement.unit, statement.qualifier) == ("hơn 2.000", "tỷ đồng", "more_than")
    assert (statement.locator, statement.reference, statement.period_words) == ("paragraph 7", "T001", "đến nay")
    assert (statement.review, statement.amount_usd) == ("open", None)


@pytest.mark.parametrize(("attribute", "value", "unit", "amount"), [
    ("total_investment_capital", "1600", "USD million", Decimal("1600000000.00")),
    ("intended_capital", "664.31", "USD million", Decimal("664310000.00")),
    ("exports", "1600", "USD million", None),
    ("total_investment_capital", "1000", "VND billion", None),
])
def test_its_amount_is_that_of_capital_in_dollars(attribute, value, unit, amount):
    assert build.make_statement(attribute=attribute, value=value, unit=unit).amount_usd == amount


def test_a_subject_of_another_kind_is_refused():
    zone = build.make_zone()

    with refused(ValueError):
        build.make_statement(subject_kind="project", subject=zone)


def test_a_reference_is_used_once():
    build.make_statement(reference="T001")

    with refused(InvalidRecord):
        build.make_statement(reference="T001")


def test_what_was_made_of_a_statement_is_linked():
    project = build.make_project()
    statement = build.make_statement(subject=project)
    entry = build.make_entry(project, 1600, kind="opening", source=statement.source)

    with build.act() as act:
        accept(act=act, statement=statement, into=entry)

    statement = fresh(statement)
    assert (statement.review, statement.promoted_kind, statement.promoted_code) == (
        "accepted", "capital-entry", entry.code)


def test_a_statement_may_be_accepted_as_it_is():
    statement = build.make_statement()

    with build.act() as act:
        accept(act=act, statement=statement)

    assert (fresh(statement).review, fresh(statement).promoted_kind) == ("accepted", "")


def test_an_entry_of_another_project_is_refused():
    statement = build.make_statement(subject=build.make_project())
    other = build.make_project()
    entry = build.make_entry(other, 1600, kind="opening")

    with refused(NotItsSubject) as refusal, build.act() as act:
        accept(act=act, statement=statement, into=entry)

    assert str(refusal.value) == (
        f"Nội dung {statement.pk} nói về Nhà máy thử nghiệm, không thể ghi nhận vào {entry.code}.")
    with refused(NotItsSubject), build.act() as act:
        accept(act=act, statement=statement, into=other)


def test_a_rejected_statement_stays():
    statement = build.make_statement()

    with build.act() as act:
        review(act=act, statement=statement, as_="rejected", note="không có căn cứ")

    assert (fresh(statement).review, fresh(statement).note) == ("rejected", "không có căn cứ")


def test_two_home_countries_contradict_each_other_whatever_their_day():
    investor = build.make_investor()
    korea = home_country("Hàn Quốc", investor, date=date(2023, 5, 1))
    america = home_country("Hoa Kỳ", investor, date=date(2015, 5, 1))

    assert conflicting_with(america) == [korea]
    with build.act() as act:
        [conflict] = propose_conflicts(act=act, statement=america)

    assert (conflict.first, conflict.second) == (korea, america)
    assert (conflict.found_by_rule, conflict.state, conflict.why) == (
        True, "open", "Hai nguồn nêu giá trị khác nhau.")


@pytest.mark.parametrize(("when", "contradicts"), [
    (during(date(2023, 12, 31), date(2024, 6, 30)), True),
    (during(date(2024, 1, 1), date(2024, 6, 30)), False),
    (during(date(2020, 1, 1), date(2025, 1, 1)), True),
])
def test_values_that_change_contradict_each_other_where_their_periods_meet(when, contradicts):
    zone = build.make_zone()
    one = occupancy("54", zone, during(date(2023, 1, 1), date(2023, 12, 31)))
    other = occupancy("91", zone, when)

    assert conflicting_with(other) == ([one] if contradicts else [])


def test_an_undated_value_speaks_of_the_time_of_its_source():
    zone, source = build.make_zone(), build.make_source(published_on=VagueDay.exact(date(2023, 6, 1)))
    one = occupancy("54", zone, during(date(2023, 1, 1), date(2023, 12, 31)))

    assert conflicting_with(occupancy("91", zone, None, source=source)) == [one]
    assert conflicting_with(occupancy("91", zone, None)) == []


@pytest.mark.parametrize("changes", [
    {"attribute": "phase"}, {"value": "54", "unit": "percent"}, {"reality": "planned"}, {"value": ""},
], ids=["an attribute of many values", "the same value", "a plan", "no value"])
def test_what_does_not_contradict(changes):
    zone, year = build.make_zone(), during(date(2023, 1, 1), date(2023, 12, 31))
    occupancy("54", zone, year)
    fields = {"subject_kind": "zone", "subject": zone, "subject_name": zone.name, "attribute": "occupancy",
              "value": "91", "unit": "percent", "date": year} | changes

    assert conflicting_with(build.make_statement(**fields)) == []


def test_another_subject_does_not_contradict():
    year = during(date(2023, 1, 1), date(2023, 12, 31))
    occupancy("54", build.make_zone(), year)

    assert conflicting_with(occupancy("91", build.make_zone(), year)) == []


def test_subjects_without_a_record_are_told_apart_by_name():
    fields = {"subject_kind": "place", "attribute": "population", "unit": "people", "date": date(2023, 1, 1)}
    one = build.make_statement(subject_name="Hưng Yên", value="1", **fields)
    build.make_statement(subject_name="Thái Bình", value="2", **fields)

    assert conflicting_with(build.make_statement(subject_name="Hưng Yên", value="3", **fields)) == [one]


def test_a_conflict_is_proposed_once():
    investor = build.make_investor()
    one, other = home_country("Hàn Quốc", investor), home_country("Hoa Kỳ", investor)

    with build.act() as act:
        assert len(propose_conflicts(act=act, statement=one)) == 1
        assert propose_conflicts(act=act, statement=other) == []

    assert Conflict.objects.count() == 1


def test_a_statement_does_not_contradict_itself():
    one = build.make_statement()

    with refused(InvalidRecord) as refusal, build.act() as act:
        oppose(act=act, one=one, other=one, why="khác nhau")

    assert "Một nội dung không thể mâu thuẫn với chính nó." in str(refusal.value)


def test_a_confirmed_conflict_disputes_both():
    one, other = build.make_statement(value="1"), build.make_statement(value="2")
    with build.act() as act:
        conflict = oppose(act=act, one=other, other=one, why="không thể cùng đúng")

    with build.act() as act:
        confirm(act=act, conflict=Conflict.objects.get(pk=conflict.pk), outcome="chờ giấy chứng nhận")

    conflict.refresh_from_db()
    assert (conflict.first, conflict.second, conflict.found_by_rule) == (one, other, False)
    assert (conflict.state, conflict.outcome) == ("confirmed", "chờ giấy chứng nhận")
    assert [fresh(one).review, fresh(other).review] == ["disputed", "disputed"]


def test_a_dismissed_conflict_leaves_both_as_they_were():
    one, other = build.make_statement(value="1"), build.make_statement(value="2")
    with build.act() as act:
        conflict = oppose(act=act, one=one, other=other, why="không thể cùng đúng")

    with build.act() as act:
        dismiss(act=act, conflict=Conflict.objects.get(pk=conflict.pk), outcome="hai giai đoạn khác nhau")

    conflict.refresh_from_db()
    assert (conflict.state, conflict.outcome) == ("dismissed", "hai giai đoạn khác nhau")
    assert [fresh(one).review, fresh(other).review] == ["open", "open"]
    assert not Conflict.objects.standing().exists()


def test_statements_change_with_their_conflict():
    one, other = build.make_statement(value="1"), build.make_statement(value="2")

    with build.act() as act:
        oppose(act=act, one=one, other=other, why="không thể cùng đúng")

    assert [fresh(one).version, fresh(other).version] == [2, 2]


def test_a_vague_day_is_amended_as_one():
    statement = build.make_statement(date=date(2023, 5, 1))
    year = VagueDay(date(2023, 1, 1), date(2023, 12, 31), "năm 2023")

    with build.act() as act:
        amend(act=act, record=statement, date=year)

    assert fresh(statement).date == year


def test_a_project_moves_on_with_what_is_said_of_it():
    """Its sources and what it intends are of it: partners ask for what was updated after a moment."""
    project, other = build.make_project(), build.make_project()

    def moved(job) -> list[tuple[int, bool]]:
        """By how many versions each of the two moves on, and whether its moment is that of the act."""
        before = [Project.objects.get(pk=each.pk).version for each in (project, other)]
        with build.act() as act:
            job(act)
        after = [Project.objects.get(pk=each.pk) for each in (project, other)]
        return [(each.version - seen, each.updated_at == act.at) for each, seen in zip(after, before, strict=True)]

    once, not_at_all = [(1, True), (0, False)], [(0, False), (0, False)]
    assert moved(lambda act: build.make_statement(act=act, subject=project, kind="plan")) == once
    statement = Statement.objects.get(project=project)
    assert moved(lambda act: accept(act=act, statement=statement)) == once
    assert moved(lambda act: review(act=act, statement=statement, as_="rejected")) == once
    assert moved(lambda act: review(act=act, statement=statement, as_="rejected")) == not_at_all
    assert moved(lambda act: correct(act=act, statement=statement, version=statement.version, project=other)) == [
        (1, True), (1, True)]
