"""The form A.IV.1 as known at a change, and on a day: what the form said then, whatever has happened since."""

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import chain

import pytest
from django.db import transaction

from registry.actions import certificate, report
from registry.actions.capital import reverse
from registry.actions.project import withdraw_project
from registry.actions.record import amend
from registry.exchange.check.published import figures
from registry.exchange.official.frozen import printed_figure
from registry.models import CapitalEntry, Certificate, OperatingReport, Project, PublishedFigure, Registrar
from registry.statistics.a_iv_1 import (
    QuarterlyForm,
    office_form,
    periods_of,
    public_form,
    published_form,
    rows_of_nobody,
)
from registry.statistics.a_iv_1_known import Knowledge
from registry.statistics.a_iv_1_parts import OF_NOBODY, Scope
from registry.statistics.a_iv_1_reports import OF_REPORTS
from registry.statistics.a_iv_1_rows import rows_behind, rows_known
from registry.statistics.as_known import known_at, known_now
from registry.statistics.published import form_numbers, frozen_rows, recomputed, rows_in
from registry.statistics.revision import numbers_of, revision_of
from registry.vocabulary.a_iv_1 import BY_KEY, COUNTED, FormColumn
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.published import canonical, of_quarter
from registry.vocabulary.report import Quarter
from tests import build
from tests.actions.test_as_known import head
from tests.examples.conftest import on, recording

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)
THIRD = Quarter(2026, 3)
FIRST, DAYS = date(2025, 1, 1), 690


class Deeds:
    """One random deed of those that the form tells of after another; what a rule forbids is not done."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        self.board = build.make(Registrar, name="Ban Quản lý")
        self.registrars = [None, self.board, build.make(Registrar, name="Ban cũ", successor=self.board)]
        self.companies = [build.make_enterprise() for _number in range(3)]
        self.source = build.make_source()
        self.step = 1

    def day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange(DAYS))

    def some(self, rows):
        if not (rows := list(rows)):
            raise RuleBroken
        return self.chance.choice(rows)

    def project(self) -> Project:
        return self.some(Project.objects.public().filter(ended_latest=None).order_by("pk"))

    def do(self) -> None:
        try:
            with transaction.atomic():
                self.some([self.open, self.open, self.enter, self.enter, self.reverse, self.amends, self.amends,
                           self.dossier, self.dossier, self.asks, self.refuses, self.suspend, self.end, self.report,
                           self.report, self.report, self.decide, self.types, self.types, self.classify,
                           self.withdraw, self.takes_over])()
        except RuleBroken:
            pass

    def open(self) -> None:
        build.make_project(registrar=self.some(self.registrars), enterprise=self.some([None, *self.companies]),
                           capital_usd=self.chance.randrange(1, 10**7), decided_on=self.some([None, self.day()]),
                           source=self.source)

    def enter(self) -> None:
        kind = self.some([CapitalKind.INCREASE, CapitalKind.DECREASE, CapitalKind.DISBURSEMENT,
                          CapitalKind.SHARE_PURCHASE])
        amount = Decimal(self.chance.randrange(1, 10**6)) / 100
        price = {"expected_price_usd": amount * 2} if kind == CapitalKind.SHARE_PURCHASE else {}
        build.make_entry(self.project(), -amount if kind == CapitalKind.DECREASE else amount, kind=kind,
                         decided_on=self.some([None, self.day(), self.day()]), source=self.source, **price)

    def reverse(self) -> None:
        entry = self.some(CapitalEntry.objects.exclude(kind=CapitalKind.REVERSAL).order_by("pk"))
        with build.act() as act:
            reverse(act=act, entry=entry, decided_on=self.some([None, VagueDay.exact(self.day())]))

    def amends(self) -> None:
        self.step += 1
        received = self.day()
        build.make_certificate(self.project(), kind=CertificateKind.AMENDMENT, step=self.step, received_on=received,
                               decided_on=min(received + timedelta(days=9), TODAY),
                               amount_usd=self.some([None, Decimal(self.chance.randrange(1, 10**5))]))

    def dossier(self) -> None:
        self.step += 1
        kind = self.some([CertificateKind.FIRST_ISSUE, CertificateKind.AMENDMENT, CertificateKind.TRANSFER])
        build.make_dossier(self.project(), kind=kind, received_on=self.day(), asked_usd=self.asked(kind),
                           step=self.step if kind == CertificateKind.AMENDMENT else None)

    def asked(self, kind: str) -> Decimal | None:
        amount = Decimal(self.chance.randrange(1, 10**8)) / 100
        return self.some([None, amount, amount if kind == CertificateKind.FIRST_ISSUE else self.some([-amount, 0])])

    def asks(self) -> None:
        """Of any dossier, whatever became of it."""
        dossier = self.some(Certificate.objects.exclude(received_on=None).order_by("pk"))
        with build.act() as act:
            certificate.state_asked(act=act, certificate=dossier, asked_usd=self.asked(dossier.kind))

    def refuses(self) -> None:
        dossier = self.some(Certificate.objects.dossiers().order_by("pk"))
        with build.act() as act:
            certificate.refuse(act=act, certificate=dossier, decided_on=VagueDay.exact(dossier.received_on),
                               changes="thiếu hồ sơ")

    def suspend(self) -> None:
        build.make_certificate(self.project(), kind=CertificateKind.SUSPENSION, decided_on=self.day())

    def end(self) -> None:
        build.make_certificate(self.project(), kind=CertificateKind.TERMINATION, decided_on=self.day())

    def report(self) -> None:
        made = build.make_report(
            self.project(), quarter=self.some([(2025, 3), (2026, 1), (2026, 3)]), realised_usd=self.some(["0", "70"]),
            export_usd=self.some([None, Decimal(self.chance.randrange(1, 999))]),
            workers_vietnamese=self.some([None, 7]), workers_foreign=self.some([None, 2]))
        with build.act() as act:
            report.accept(act=act, report=made)

    def decide(self) -> None:
        accepted = self.some(OperatingReport.objects.accepted().order_by("pk"))
        with build.act() as act:
            report.take_back(act=act, report=accepted, note="sai")

    def types(self) -> None:
        key = self.some(["granted_new", "granted_new_usd", "export", "received_new", "workers"])
        build.make_form_figure(quarter=THIRD, registrar=self.some(self.registrars), row=key,
                               column=self.some(FormColumn.values), value=self.some([None, Decimal(3)]))

    def classify(self) -> None:
        with build.act() as act:
            amend(act=act, record=self.project(), registrar=self.some(self.registrars),
                  enterprise=self.some([None, *self.companies]))

    def withdraw(self) -> None:
        with build.act() as act:
            withdraw_project(act=act, project=self.project(), reason="ghi nhầm")

    def takes_over(self) -> None:
        old = Registrar.objects.get(pk=self.registrars[2].pk)
        with build.act() as act:
            amend(act=act, record=old, successor=self.some([None, self.board]))


def computed(form: QuarterlyForm) -> dict:
    """What is computed, and what was typed, of each cell; zeros of any scale are one."""
    return {(row.line.key, column): (figure.computed, figure.typed, figure.is_withheld, figure.unstated)
            for row in form.rows for column, figure in row.figures.items()}


@pytest.mark.parametrize("seed", range(2))
def test_it_is_the_form_that_was_filled_then(seed):
    deeds, shown = Deeds(seed), {}
    registrars = [None, *(Registrar.objects.get(pk=each.pk) for each in deeds.registrars[1:])]
    for number in range(90):
        deeds.do()
        if number % 30 == 29:
            forms = {each: office_form(THIRD, today=TODAY, registrar=each) for each in registrars}
            public = {each: public_form(THIRD, today=TODAY, registrar=each) for each in registrars}
            shown[head()] = {each: (computed(forms[each]), computed(public[each])) for each in registrars}
    assert Certificate.objects.filter(outcome="received").exists() and OperatingReport.objects.accepted().exists()
    for change, forms in shown.items():
        for registrar, (office, public) in forms.items():
            asked = of_quarter(THIRD, registrar=registrar.code if registrar else "")
            found = computed(published_form(asked, known_at(change)))
            # What the public reads of reports is what is told; the rest is the office's form.
            for cell, (value, typed, is_withheld, unstated) in found.items():
                assert is_withheld == (public[cell][2] and cell[0] in OF_REPORTS), (change, registrar, cell)
                assert (value, typed) == ((None, None) if is_withheld else office[cell][:2]), (change, cell)
                assert unstated == office[cell][3], (change, cell)
            behind = Knowledge.of(known_at(change), None, asked.registrar)
            for column, period in periods_of(THIRD).items():
                for key in BY_KEY:
                    if rows := rows_known(key, period, behind):
                        assert rows.total() == (office[key, column][0] or 0), (change, registrar, key, column)
                        left_out = [row for row in rows.rows if rows.adds(row) is None]
                        assert len(left_out) == office[key, column][3], (change, registrar, key, column)
    assert any(is_withheld for _value, _typed, is_withheld, _unstated in found.values())
    assert any(unstated for forms in shown.values() for office, _public in forms.values()
               for *_rest, unstated in office.values())


@pytest.mark.parametrize("seed", range(2))
def test_registrars_and_what_is_of_nobody_add_up_to_the_province(seed, monkeypatch):
    """Today, and as known on a day: before the half of it, in between, and all."""
    deeds, act = Deeds(seed), build.act
    for recorded in ((2026, 9, 8), (2026, 10, 5)):
        monkeypatch.setattr(build, "act", partial(act, at=on(*recorded)))
        for _number in range(40):
            deeds.do()
        build.make_project(capital_usd=5, decided_on=date(2026, 7, 1))
        build.make_entry(None, 3, kind=CapitalKind.SHARE_PURCHASE, decided_on=date(2026, 8, 1),
                         enterprise=deeds.companies[0], expected_price_usd=Decimal(4))
    told = []
    for known_on in (None, *(date(2026, *day) for day in ((9, 7), (9, 8), (9, 25), (10, 4), (10, 5), (10, 9)))):
        asked = {"today": TODAY, "known_on": known_on}
        province = office_form(THIRD, **asked)
        forms = [office_form(THIRD, registrar=each, **asked) for each in Registrar.objects.filter(successor=None)]
        of_nobody = {row.line.key: row for row in rows_of_nobody(province)}
        for column, period in periods_of(THIRD).items():
            for row in province.rows:
                parts = [form.row(row.line.key).figures[column] for form in forms] if row.line.key else []
                if row.line.key in of_nobody:
                    parts.append(of_nobody[row.line.key].figures[column])
                    rows = (rows_behind(row.line.key, period, OF_NOBODY) if known_on is None
                            else rows_known(row.line.key, period, Knowledge.of_nobody(known_on)))
                    assert rows.total() == (parts[-1].computed or 0), (known_on, row.line.key, column)
                if row.line.key:
                    whole, where = row.figures[column], (known_on, row.line.key, column)
                    assert (whole.computed or 0) == sum(part.computed or 0 for part in parts), where
                    assert whole.unstated == sum(part.unstated for part in parts), where
        told.append({key: row.figures["quarter"].computed for key, row in of_nobody.items()})
    now, before, half, quiet, eve, whole, after = told
    assert before == {} and half == quiet == eve != whole == after == now
    assert {"granted_new", "granted_new_usd", "granted_bought_price_usd"} <= half.keys() <= now.keys()


@pytest.mark.parametrize("seed", range(2))
def test_the_published_form_and_its_revision_make_the_form_of_now(seed):
    deeds = Deeds(seed)
    for _number in range(50):
        deeds.do()
    office = build.make_registrar()
    for asked in (of_quarter(THIRD), of_quarter(THIRD, registrar=deeds.board.code), of_quarter(Quarter(2025, 3))):
        build.freeze(asked, office=office)
    tables = {figure.pk: figure.table for figure in PublishedFigure.objects.all()}
    for _number in range(50):
        deeds.do()
    differing = 0
    for figure in PublishedFigure.objects.all():
        asked, revision = figure.asked, revision_of(figure)
        found = {row["key"]: numbers_of(asked, row) for row in tables[figure.pk]["rows"]}
        for row in revision.rows:
            for cell in row.cells:
                assert found[row.key][cell.column] == cell.published
                assert cell.difference == cell.by_entries + cell.by_classification
                found[row.key][cell.column] = cell.now
                caused = [each for each in (*row.late, *row.records) if cell.column in each.columns]
                # Sums that were withheld come to be told when a third company reports, or a company changes.
                assert caused or row.moved or cell.is_withheld, (asked, row.key, cell)
                differing += 1
        assert found == frozen_rows(asked, known_now())
    assert differing > 20


def test_what_was_known_on_a_day():
    """On 10 October a project of July and its dossier were known; its increase of August, the report, the correction
    and the end came after."""
    with recording(2026, 7, 20) as act:
        project = build.make_project(act=act, capital_usd=10, decided_on=date(2026, 7, 15))
        build.make_dossier(project, act=act, received_on=date(2026, 7, 19))
    with recording(2026, 10, 20) as act:
        build.make_entry(project, 3, act=act, decided_on=date(2026, 8, 1))
        build.make_form_figure(act=act, quarter=THIRD, row="granted_new", column="quarter", value=Decimal(9))
        made = build.make_report(project, act=act, quarter=(2026, 3), realised_usd="0", export_usd=Decimal(5))
        report.accept(act=act, report=made)
    with recording(2026, 10, 25) as act:
        build.make_certificate(project, act=act, kind=CertificateKind.TERMINATION, decided_on=date(2026, 9, 20))

    def said(known_on, *, form=office_form):
        rows = form(THIRD, today=TODAY, known_on=known_on)
        return {key: rows.row(key).figures["quarter"].value for key in (
            "granted_new", "granted_new_usd", "granted_adjusted_usd", "received_new", "export", "ended", "ended_usd")}

    assert said(date(2026, 10, 10)) == {
        "granted_new": 1, "granted_new_usd": 10, "granted_adjusted_usd": 0, "received_new": 0, "export": None,
        "ended": 0, "ended_usd": 0}
    assert said(date(2026, 10, 20)) == {
        "granted_new": 9, "granted_new_usd": 10, "granted_adjusted_usd": 3, "received_new": 0, "export": 5,
        "ended": 0, "ended_usd": 0}
    assert said(None) == said(date(2026, 10, 25)) == {
        "granted_new": 9, "granted_new_usd": 10, "granted_adjusted_usd": 3, "received_new": 0, "export": 5,
        "ended": 1, "ended_usd": 13}
    for known_on in (date(2026, 10, 10), date(2026, 10, 20), date(2026, 10, 25)):
        rows = office_form(THIRD, today=TODAY, known_on=known_on)
        behind = {key: rows_known(key, THIRD.period, Knowledge.on(known_on)) for key in BY_KEY}
        assert [key for key, found in behind.items() if not found] == [
            key for key in BY_KEY if not rows_behind(key, THIRD.period, Scope(None))]
        for key, found in behind.items():
            if found:
                assert found.total() == (rows.row(key).figures["quarter"].computed or 0), (known_on, key)
    assert said(date(2026, 7, 19))["granted_new"] == 0
    assert said(date(2026, 7, 19))["received_new"] is None
    assert published_form(of_quarter(THIRD, known_on=date(2026, 10, 10)), known_now()).row("export").figures[
        "quarter"].value is None


def test_the_public_is_not_told_sums_of_reports_as_known_on_a_day():
    """Two days beside each other would tell the report that came between."""
    for _number in range(3):
        made = build.make_report(build.make_project(enterprise=build.make_enterprise()), export_usd=Decimal(5))
        with build.act() as act:
            report.accept(act=act, report=made)
    assert public_form(THIRD, today=TODAY).row("export").figures["quarter"].value == 15
    known = public_form(THIRD, today=TODAY, known_on=TODAY).row("export").figures["quarter"]
    assert known.is_withheld and known.value is None


def test_a_published_form_has_whole_counts_and_two_places():
    build.make_project(capital_usd=10, decided_on=date(2026, 7, 15))
    table = build.freeze(of_quarter(THIRD)).table
    for row in table["rows"]:
        for column in FormColumn.values:
            kind = int if BY_KEY[row["key"]].unit in COUNTED else str
            assert row[column] is None or type(row[column]) is kind
    assert form_numbers(published_form(of_quarter(THIRD), known_now()))["granted_new"]["quarter"] == 1


def test_a_form_of_the_earlier_rules_stays_as_it_was_frozen():
    """Until rules 2 capital that no dossier states was 0, and forms did not say how many state none."""
    received = build.make_dossier(build.make_project(), kind=CertificateKind.FIRST_ISSUE, step=None,
                                  received_on=date(2026, 7, 19))
    earlier, figure = (build.freeze(of_quarter(THIRD, rules=rules)) for rules in (1, 2))
    assert earlier.parameters == {"known_on": None, "year": 2026, "quarter": 3, "registrar": None}
    assert earlier.table.keys() == {"kind", *earlier.parameters, "change", "unit", "rows", "total"}
    assert {*chain(*earlier.table["rows"])} == {"key", *FormColumn.values, "typed", "withheld"}
    said = [rows_in(each.table)["received_new_usd"] for each in (earlier, figure)]
    assert [each["quarter"] for each in said] == ["0.00", None]
    assert said[1]["unstated"] == {"quarter": 1, "year": 1}
    for each in (earlier, figure):
        assert revision_of(each).rows == ()
        assert any("Hồ sơ cấp mới không nêu vốn" in note for note in printed_figure(each).notes) == (each == figure)
    with build.act() as act:
        certificate.state_asked(act=act, certificate=received, asked_usd=Decimal(5))
    for each, was in ((earlier, Decimal("0.00")), (figure, None)):
        assert canonical(recomputed(each)) == canonical(each.table)
        [row] = revision_of(each).rows
        assert {cell.column: (cell.published, cell.now) for cell in row.cells} == dict.fromkeys(
            ("quarter", "year"), (was, Decimal(5)))
        assert [(cause.kind, cause.code) for cause in row.records] == [("certificate", received.code)]
    assert list(figures()) == []
