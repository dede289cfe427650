"""A frozen table keeps its bytes, whatever the register learns later."""

import random
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from registry.actions.published import MovedOn, ReplacedAlready, ReplacesAnotherKind, freeze
from registry.actions.record import InvalidRecord, amend
from registry.exchange.check.everything import problems
from registry.exchange.check.published import figures
from registry.models import Act, Country, PublishedFigure, Register, Zone
from registry.models.append_only import drop_triggers
from registry.statistics.flows import NoFlowGroup, PeriodBackwards
from registry.statistics.log import KnownInFuture
from registry.statistics.published import NotAQuarter, NotOverYet, drawn, recomputed
from registry.vocabulary.published import Asked, FigureKind, canonical, checksum_of, of_quarter
from registry.vocabulary.report import Quarter
from tests import build
from tests.actions.test_as_known import Deeds
from tests.statistics.test_as_known import asked_tables

pytestmark = pytest.mark.django_db

Q3 = Asked(FigureKind.FLOWS, "zone", date(2023, 9, 30), date(2023, 7, 1))


def test_it_says_what_was_asked_and_what_the_answer_was():
    zone = build.make_zone(code="SYN-KCN", name="KCN Thử")
    build.make_project(capital_usd=5, zone=zone, decided_on=date(2023, 8, 1))
    build.make_project(capital_usd=7, zone=zone, decided_on=date(2023, 10, 1))
    office = build.make_registrar()
    head = Register.objects.get(pk=1).head

    figure = build.freeze(Q3, title="Quý III/2023", office=office)

    assert figure.code == "PUB-000001"
    assert figure.table == {
        "kind": "flows", "by": "zone", "from": "2023-07-01", "to": "2023-09-30", "known_on": None,
        "former_province": None, "registrar": None, "change": head, "unit": "USD",
        "rows": [{"key": "SYN-KCN", "name": "KCN Thử", "name_en": None, "new_projects": 1, "new_usd": "5.00",
                  "adjusted_times": 0, "adjusted_usd": "0.00", "share_purchase_times": 0,
                  "share_purchase_usd": "0.00", "total_usd": "5.00"}],
        "total": {"key": None, "name": None, "name_en": None, "new_projects": 1, "new_usd": "5.00",
                  "adjusted_times": 0, "adjusted_usd": "0.00", "share_purchase_times": 0,
                  "share_purchase_usd": "0.00", "total_usd": "5.00"},
    }
    assert figure.change == head
    assert figure.checksum == checksum_of(figure.table)
    assert list(problems()) == []


def test_it_is_had_again_after_everything_was_called_and_classed_otherwise():
    zone = build.make_zone(code="SYN-KCN", name="KCN Thử")
    project = build.make_project(capital_usd=5, zone=zone, decided_on=date(2023, 8, 1))
    figure = build.freeze(Q3)

    with build.act() as act:
        amend(act=act, record=Zone.objects.get(pk=zone.pk), name="KCN Tên Mới")
        amend(act=act, record=type(project).objects.get(pk=project.pk), zone=None)
    build.make_entry(project, 9, kind="increase", decided_on=date(2023, 9, 1))

    assert canonical(recomputed(figure)) == canonical(figure.table)
    assert recomputed(figure)["rows"][0]["name"] == "KCN Thử"


@pytest.mark.parametrize("seed", range(2))
def test_random_deeds_leave_the_bytes_of_every_frozen_table(seed):
    deeds, chance, tables = Deeds(seed), random.Random(seed), asked_tables()
    for number in range(36):
        deeds.do()
        if number % 3 == 2:
            build.freeze(chance.choice(tables))
    assert PublishedFigure.objects.count() == 12
    assert list(figures()) == []


@pytest.mark.parametrize("asked, refusal", [
    (Asked(FigureKind.CAPITAL, "zone", date(2026, 12, 31)), NotOverYet),
    (Asked(FigureKind.FLOWS, "zone", date(2023, 7, 1), date(2023, 9, 30)), PeriodBackwards),
    (Asked(FigureKind.FLOWS, "status", date(2023, 7, 1), date(2023, 1, 1)), NoFlowGroup),
    (Asked(FigureKind.AGENCY, "status", date(2023, 7, 1), date(2023, 1, 1)), NoFlowGroup),
    (Asked(FigureKind.HEADING, "", date(2023, 7, 1), date(2023, 9, 30)), PeriodBackwards),
    (Asked(FigureKind.A_IV_1, "", date(2023, 9, 29), date(2023, 7, 1)), NotAQuarter),
    (of_quarter(Quarter(2026, 4)), NotOverYet),
    (Asked(FigureKind.CAPITAL, "zone", date(2026, 9, 30), known_on=date(2026, 11, 28)), KnownInFuture),
    (of_quarter(Quarter(2026, 3), known_on=date(2028, 1, 1)), KnownInFuture),
])
def test_what_cannot_be_a_table_is_refused(asked, refusal):
    office, before = build.make_registrar(), Act.objects.count()
    with pytest.raises(refusal), build.act(at=datetime(2026, 11, 27, 3, tzinfo=UTC)) as act:
        freeze(act=act, asked=asked, table=drawn(Q3), title="x", office=office)
    assert (PublishedFigure.objects.count(), Act.objects.count()) == (0, before)


def test_it_is_replaced_once_and_with_a_note():
    first = build.freeze(Q3)
    with pytest.raises(InvalidRecord):
        build.freeze(Q3, supersedes=first)
    second = build.freeze(Q3, supersedes=first, note="bổ sung giấy chứng nhận cấp muộn")
    assert second.supersedes == first
    with pytest.raises(ReplacedAlready):
        build.freeze(Q3, supersedes=first, note="lần nữa")


def test_it_replaces_none_of_another_kind():
    first = build.freeze(Q3)
    with pytest.raises(ReplacesAnotherKind, match=first.code):
        build.freeze(Asked(FigureKind.CAPITAL, "zone", date(2023, 9, 30)), supersedes=first, note="nhầm")


def test_it_cannot_be_frozen_in_an_act_that_has_begun():
    office = build.make_registrar()
    with pytest.raises(RuntimeError), build.act() as act:
        build.make_project(act=act)
        freeze(act=act, asked=Q3, table=drawn(Q3), title="x", office=office)


def test_a_table_that_was_drawn_before_somebody_wrote_is_refused():
    office, table = build.make_registrar(), drawn(Q3)
    build.make_project(capital_usd=5, decided_on=date(2023, 8, 1))
    with pytest.raises(MovedOn, match="chưa chốt gì"), build.act() as act:
        freeze(act=act, asked=Q3, table=table, title="x", office=office)
    assert not PublishedFigure.objects.exists()


def test_nobody_changes_it_and_what_was_changed_past_the_trigger_is_found():
    figure = build.freeze(Q3)
    for change in (lambda rows: rows.update(title="khác"), lambda rows: rows._raw_delete(using="default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(PublishedFigure.objects.filter(pk=figure.pk))

    drop_triggers(connection)
    PublishedFigure.objects.update(table=figure.table | {"unit": "VND"})
    assert [str(each) for each in figures()] == [f"published-figure {figure.code}: bảng số không khớp mã kiểm"]
    other = figure.table | {"rows": [{"key": "x"}]}
    PublishedFigure.objects.update(table=other, checksum=checksum_of(other))
    assert [str(each) for each in figures()] == [
        f"published-figure {figure.code}: tính lại theo thay đổi {figure.change} ra bảng khác"]


def test_countries_that_were_renamed_keep_the_name_of_then():
    korea = Country.objects.get(code="KR")
    build.make_project(investors=[build.make_investor(country=korea)], capital_usd=5)
    asked = Asked(FigureKind.CAPITAL, "country", date(2026, 11, 1))
    figure = build.freeze(asked)
    name = korea.name
    with build.act() as act:
        amend(act=act, record=korea, name="Đại Hàn Dân Quốc")
    assert recomputed(figure)["rows"][0]["name"] == figure.table["rows"][0]["name"] == name
