"""The form A.IV.1, worked by hand: one small register, and what each row of two quarters says."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.actions import report
from registry.actions.a_iv_1 import BelowZero, NoSuchRow, NotWhole, QuarterNotBegun, type_figure
from registry.actions.capital import reverse
from registry.actions.certificate import publish_certificate, refuse, revise
from registry.exchange.official.a_iv_1 import printed_form
from registry.models import Certificate, Registrar
from registry.statistics.a_iv_1 import QuarterInFuture, office_form, periods_of, public_form
from registry.statistics.a_iv_1_parts import Scope
from registry.statistics.a_iv_1_rows import rows_behind
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.report import Quarter
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)
THIRD = Quarter(2026, 3)
COLUMNS = ("quarter_before", "quarter", "year_before", "year")


def registrar(name: str, **changes) -> Registrar:
    return build.make(Registrar, name=name, **changes)


def row(form, key: str) -> list:
    """The computed figures in the form's order, as texts; None where nothing was collected."""
    figures = form.row(key).figures
    return [None if figures[name].computed is None else f"{figures[name].computed:f}" for name in COLUMNS]


def office(quarter=THIRD, **changes):
    return office_form(quarter, today=TODAY, **changes)


def accepted(project, **stated):
    made = build.make_report(project, **stated)
    with build.act() as act:
        return report.accept(act=act, report=made)


@pytest.fixture(scope="module")
def worked(lasting):
    with lasting(enter_all) as made:
        yield made


def enter_all() -> tuple:
    """Q3/2025: one new project of 10 million. 2026: new 20 in March, up 5 in July, down 2 in August, a purchase of 1
    (price 1.5) in September; a second project of 7, new in May, ends in September."""
    board = registrar("Ban Quản lý")
    build.make_project(capital_usd=10_000_000, decided_on=date(2025, 7, 31), registrar=board)
    grows = build.make_project(capital_usd=20_000_000, decided_on=date(2026, 3, 31), registrar=board)
    build.make_entry(grows, 5_000_000, decided_on=date(2026, 7, 1))
    build.make_entry(grows, -2_000_000, kind=CapitalKind.DECREASE, decided_on=date(2026, 8, 15))
    build.make_entry(grows, 1_000_000, kind=CapitalKind.SHARE_PURCHASE, decided_on=date(2026, 9, 30),
                     expected_price_usd=Decimal(1_500_000))
    ends = build.make_project(capital_usd=7_000_000, decided_on=date(2026, 5, 2))
    build.make_certificate(ends, kind=CertificateKind.TERMINATION, decided_on=date(2026, 9, 10))
    return board, grows


@pytest.mark.parametrize("key, figures", [
    ("granted_new", ["1", "0", "1", "2"]),
    ("granted_new_usd", ["10000000.00", "0.00", "10000000.00", "27000000.00"]),
    ("granted_adjusted", ["0", "2", "0", "2"]),  # without the closing decrease of 7 million
    ("granted_adjusted_usd", ["0.00", "3000000.00", "0.00", "3000000.00"]),
    ("granted_bought", ["0", "1", "0", "1"]),
    ("granted_bought_usd", ["0.00", "1000000.00", "0.00", "1000000.00"]),
    ("granted_bought_price_usd", [None, "1500000.00", None, "1500000.00"]),
    ("ended", ["0", "1", "0", "1"]),
    ("ended_usd", ["0", "7000000.00", "0", "7000000.00"]),
    ("suspended", ["0", "0", "0", "0"]),
    ("received_new", [None] * 4), ("received_bought", [None] * 4), ("realised", [None] * 4),
    ("energy_other", [None] * 4), ("workers", [None] * 4),
])
def test_by_hand(worked, key, figures):
    assert row(office(), key) == figures


def test_percent_is_this_over_last_and_missing_where_there_is_no_divisor(worked):
    form = office()
    assert form.row("granted_new").quarter_percent == Decimal("0.0")
    assert form.row("granted_new_usd").year_percent == Decimal("270.0")
    assert form.row("granted_adjusted").quarter_percent is None  # last year: 0
    assert form.row("realised").quarter_percent is None  # not collected


def test_other_quarters_of_the_same_register(worked):
    assert row(office(Quarter(2026, 1)), "granted_new") == ["0", "1", "0", "1"]
    assert row(office(Quarter(2026, 2)), "granted_new") == ["0", "1", "0", "2"]
    assert row(office(Quarter(2026, 4)), "granted_new_usd") == ["0.00", "0.00", "10000000.00", "27000000.00"]
    assert not office(Quarter(2026, 4)).is_over


def test_a_registrar_has_its_own_and_those_add_up(worked):
    board, _grows = worked
    assert row(office(registrar=board), "granted_new_usd") == ["10000000.00", "0.00", "10000000.00", "20000000.00"]
    assert row(office(registrar=board), "ended") == ["0", "0", "0", "0"]


def test_a_registrar_has_what_those_before_it_granted():
    now = registrar("Ban Quản lý mới")
    before = registrar("Ban Quản lý cũ", successor=now)
    build.make_project(capital_usd=4, decided_on=date(2026, 7, 1), registrar=registrar("Cũ hơn", successor=before))
    assert row(office(registrar=now), "granted_new") == ["0", "1", "0", "1"]
    assert row(office(registrar=before), "granted_new") == ["0", "1", "0", "1"]


def test_a_reversal_takes_back_the_time_and_the_amount(worked):
    _board, grows = worked
    with build.act() as act:
        reverse(act=act, entry=grows.entries.get(kind=CapitalKind.INCREASE))
    assert row(office(), "granted_adjusted") == ["0", "1", "0", "1"]
    assert row(office(), "granted_adjusted_usd")[1] == "-2000000.00"


def test_reports_are_summed_and_workers_are_those_of_the_last_quarter():
    project = build.make_project(capital_usd=50_000_000, decided_on=date(2024, 1, 2))
    for quarter, workers in ((1, 100), (2, 120), (3, 90)):
        accepted(project, quarter=(2026, quarter), realised_usd="2000000", export_usd=Decimal(quarter),
                 workers_vietnamese=workers, workers_foreign=5)
    build.make_report(build.make_project(), quarter=(2026, 3), export_usd=Decimal(1000))  # waits
    form = office()
    assert row(form, "realised") == [None, "2000000.00", None, "6000000.00"]
    assert row(form, "export") == [None, "3.00", None, "6.00"]
    assert row(form, "workers") == [None, "95", None, "95"]
    assert row(form, "revenue") == [None] * 4


def test_nothing_realised_is_a_zero_where_a_report_says_so():
    accepted(build.make_project(), quarter=(2026, 3), realised_usd="0")
    assert row(office(), "realised") == [None, "0.00", None, "0.00"]


def test_dossiers_by_the_day_of_reception():
    project = build.make_project(capital_usd=1)
    build.make_certificate(build.make_project(), amount_usd=Decimal(3_000_000), decided_on=date(2026, 8, 1),
                           received_on=date(2026, 6, 30))
    build.make_certificate(project, kind=CertificateKind.AMENDMENT, step=1, amount_usd=Decimal(9),
                           decided_on=date(2026, 8, 1), received_on=date(2026, 7, 1))
    build.make_certificate(project, kind=CertificateKind.AMENDMENT, step=2, decided_on=date(2026, 8, 2),
                           received_on=date(2026, 7, 2))  # does not change capital
    build.make_dossier(build.make_project(), kind=CertificateKind.FIRST_ISSUE, step=None, received_on=date(2026, 9, 1))
    form = office()
    assert row(form, "received_new") == [None, "1", None, "2"]
    assert row(form, "received_new_usd") == [None, None, None, "3000000.00"]  # that of September states none
    assert row(form, "received_adjusted") == [None, "1", None, "1"]
    assert row(form, "received_adjusted_usd") == [None, "9.00", None, "9.00"]


def dossier(received_on: date, asked_usd=None, *, kind=CertificateKind.FIRST_ISSUE, refused=False, **changes):
    """A dossier of a new project that waits, or was refused."""
    made = build.make_dossier(build.make_project(), kind=kind, received_on=received_on, **{
        "step": 1 if kind == CertificateKind.AMENDMENT else None,
        "asked_usd": None if asked_usd is None else Decimal(asked_usd)} | changes)
    if refused:
        with build.act() as act:
            refuse(act=act, certificate=made, decided_on=VagueDay.exact(TODAY), changes="thiếu hồ sơ")
    return made


def test_what_dossiers_ask_for_counts_whatever_becomes_of_them():
    dossier(date(2026, 7, 1), 5_000_000)
    dossier(date(2026, 7, 2), 4_000_000, refused=True)
    dossier(date(2026, 7, 3))
    dossier(date(2026, 2, 3), refused=True)
    amends = {"kind": CertificateKind.AMENDMENT}
    for step, asked_usd in enumerate((9, -2, 0, None)):
        dossier(date(2026, 8, 1), asked_usd, **amends, step=step + 1, refused=step % 2)
    form = office()
    assert row(form, "received_new") == [None, "3", None, "4"]
    assert row(form, "received_new_usd") == [None, "9000000.00", None, "9000000.00"]
    assert row(form, "received_adjusted") == [None, "2", None, "2"]
    assert row(form, "received_adjusted_usd") == [None, "7.00", None, "7.00"]
    assert form.row("received_new_usd").unstated == {"quarter": 1, "year": 2}
    assert form.row("received_adjusted_usd").unstated == {"quarter": 1, "year": 1}
    notes = printed_form(form).notes
    assert ("Hồ sơ cấp mới không nêu vốn, chưa cộng ở mục II.1.b: (5) quý báo cáo: 1 hồ sơ; (9) lũy kế, năm báo cáo: "
            "2 hồ sơ.") in notes
    assert any("Hồ sơ điều chỉnh chờ kết quả hoặc bị từ chối mà không nêu vốn" in note for note in notes)
    told = public_form(THIRD, today=TODAY).row("received_new_usd")
    assert told.unstated == {} and told.figures["quarter"].computed is None


def test_capital_that_no_dossier_states_is_blank():
    dossier(date(2026, 7, 3))
    assert row(office(), "received_new") == [None, "1", None, "1"]
    assert row(office(), "received_new_usd") == [None] * 4
    assert row(office(), "received_adjusted_usd") == [None, "0", None, "0"]
    assert row(office(Quarter(2026, 4)), "received_new_usd") == [None] * 4


def test_a_granted_dossier_has_the_capital_of_its_certificate():
    """Proposed, then posted; what was asked for only where the certificate has none."""
    made = dossier(date(2026, 7, 3), 5)
    with build.act() as act:
        revise(act=act, certificate=made, decided_on=VagueDay.exact(date(2026, 8, 1)), amount_usd=Decimal(7))
    assert row(office(), "received_new_usd")[1] == "7.00"
    with build.act() as act:
        publish_certificate(act=act, certificate=Certificate.objects.get(pk=made.pk))
    assert row(office(), "received_new_usd")[1] == "7.00"
    with build.act() as act:
        reverse(act=act, entry=made.entries.get())
    assert row(office(), "received_new_usd")[1] == "5.00"


def test_a_suspended_project_has_its_capital_of_the_last_day():
    project = build.make_project(capital_usd=8, decided_on=date(2026, 1, 5))
    for day in (date(2026, 5, 1), date(2026, 8, 1)):
        build.make_certificate(project, kind=CertificateKind.SUSPENSION, decided_on=day)
    build.make_entry(project, 2, decided_on=date(2026, 9, 1))
    assert row(office(), "suspended") == ["0", "1", "0", "1"]
    assert row(office(), "suspended_usd") == ["0.00", "10.00", "0.00", "10.00"]


def test_a_quarter_that_has_not_begun_is_refused():
    with pytest.raises(QuarterInFuture, match="Quý I/2027"):
        public_form(Quarter(2027, 1), today=TODAY)


def test_an_entry_of_29_february_is_in_its_quarter_and_has_no_double_a_year_later():
    build.make_project(capital_usd=5, decided_on=date(2024, 2, 29))
    assert row(office(Quarter(2024, 1)), "granted_new_usd") == ["0.00", "5.00", "0.00", "5.00"]
    assert row(office(Quarter(2025, 1)), "granted_new_usd") == ["5.00", "0.00", "5.00", "0.00"]


class TestThePublic:
    def test_dossiers_and_sums_of_fewer_than_three_companies_are_withheld(self):
        for _each in range(2):
            accepted(build.make_project(), quarter=(2026, 3), export_usd=Decimal(7))
        export = public_form(THIRD, today=TODAY).row("export").figures["quarter"]
        assert (export.computed, export.is_withheld) == (None, True)
        accepted(build.make_project(), quarter=(2026, 3), export_usd=Decimal(7))
        assert public_form(THIRD, today=TODAY).row("export").figures["quarter"].computed == Decimal(21)

    def test_two_projects_of_one_company_are_one(self):
        enterprise = build.make_enterprise()
        for each in (enterprise, enterprise, None):
            accepted(build.make_project(enterprise=each), quarter=(2026, 3), export_usd=Decimal(7))
        assert public_form(THIRD, today=TODAY).row("export").figures["quarter"].is_withheld

    def test_a_sum_of_the_year_does_not_give_away_a_quarter(self):
        for _each in range(3):
            accepted(build.make_project(), quarter=(2026, 3), export_usd=Decimal(7))
        accepted(build.make_project(), quarter=(2026, 2), export_usd=Decimal(5))
        figures = public_form(THIRD, today=TODAY).row("export").figures
        assert figures["quarter"].computed == Decimal(21)
        assert figures["year"].is_withheld

    def test_of_one_registrar_nothing_of_reports_is_told(self):
        board = registrar("Ban Quản lý")
        for _each in range(3):
            accepted(build.make_project(registrar=board), quarter=(2026, 3), export_usd=Decimal(7))
        form = public_form(THIRD, today=TODAY, registrar=board)
        assert form.row("export").figures["quarter"].is_withheld
        assert form.row("realised").figures["quarter"].computed == Decimal(15_000_000)  # the ledger is public


class TestTyped:
    def type(self, value, *, row="granted_new", column="quarter", registrar=None, quarter=THIRD):
        with build.act() as act:
            return type_figure(act=act, quarter=quarter, registrar=registrar, row=row, column=column,
                               value=None if value is None else Decimal(value))

    def test_a_typed_figure_stands_marked_and_is_taken_back(self, worked):
        self.type(4)
        figure = office().row("granted_new").figures["quarter"]
        assert (figure.value, figure.computed, figure.differs) == (4, 0, True)
        self.type(0)
        assert not office().row("granted_new").figures["quarter"].differs
        self.type(None)
        assert office().row("granted_new").figures["quarter"].typed is None

    def test_the_public_reads_none(self, worked):
        self.type(4)
        self.type("5", row="granted_new_usd", column="expected")
        form = public_form(THIRD, today=TODAY)
        assert form.row("granted_new").figures["quarter"].value == 0
        assert form.row("granted_new_usd").figures["expected"].value is None

    def test_the_province_takes_over_what_registrars_typed(self, worked):
        board, _grows = worked
        finance = registrar("Sở Tài chính")
        self.type(3, registrar=board)  # computed: 0
        self.type("90", row="granted_new_usd", column="expected", registrar=board)
        self.type("10", row="granted_new_usd", column="expected", registrar=finance)
        form = office()
        assert form.row("granted_new").figures["quarter"].value == 3
        assert form.row("granted_new_usd").figures["expected"].value == 100
        self.type(8)
        assert office().row("granted_new").figures["quarter"].value == 8

    def test_a_typed_quarter_above_the_year_so_far_is_told(self, worked):
        self.type(4)  # the year so far: 2
        self.type(9, row="granted_adjusted_usd")  # signed: a year may have less than its quarter
        assert office().row("granted_new").beyond_the_year == ["quarter"]
        assert office().row("granted_adjusted_usd").beyond_the_year == []
        told = ("Cần xem lại: III. Cấp mới: Số dự án: số của quý lớn hơn số lũy kế của năm ở cột (5) quý báo cáo / "
                "(9) lũy kế, năm báo cáo; số nhập tay của quý thì nhập cả ở cột lũy kế.")
        assert told in printed_form(office()).notes
        self.type(4, column="year")
        assert office().row("granted_new").beyond_the_year == []
        self.type(5, row="export", column="quarter_before")  # nothing is collected of the year
        assert office().row("export").beyond_the_year == ["quarter_before"]

    @pytest.mark.parametrize("given, refused", [
        ({"value": 1, "row": "nothing"}, NoSuchRow), ({"value": 1, "column": "quarter_percent"}, NoSuchRow),
        ({"value": "1.5"}, NotWhole), ({"value": -3}, BelowZero),
        ({"value": 1, "quarter": Quarter(2199, 1)}, QuarterNotBegun),
    ])
    def test_what_is_refused(self, given, refused):
        with pytest.raises(refused):
            self.type(**given)


def test_as_many_queries_for_one_project_as_for_many():
    def made(times: int) -> int:
        for _each in range(times):
            project = build.make_project(capital_usd=5, decided_on=date(2026, 7, 1))
            build.make_certificate(project, kind=CertificateKind.SUSPENSION, decided_on=date(2026, 8, 1))
            accepted(project, quarter=(2026, 3), export_usd=Decimal(7))
        with CaptureQueriesContext(connection) as queries:
            public_form(THIRD, today=TODAY)
        return len(queries)

    assert made(1) == made(6) <= 10


def test_every_computed_figure_is_the_sum_of_its_rows(worked):
    board, grows = worked
    accepted(grows, quarter=(2026, 2), workers_vietnamese=10, revenue_usd=Decimal(5))
    accepted(grows, workers_vietnamese=12, workers_foreign=1, revenue_usd=Decimal(7))
    build.make_dossier(build.make_project(registrar=board), kind=CertificateKind.FIRST_ISSUE, step=None,
                       received_on=date(2026, 9, 5))
    build.make_certificate(grows, kind=CertificateKind.SUSPENSION, decided_on=date(2026, 9, 20))
    build.make_certificate(grows, kind=CertificateKind.AMENDMENT, step=1, amount_usd=Decimal(9),
                           decided_on=date(2026, 9, 21), received_on=date(2026, 8, 1))
    seen = 0
    for of in (None, board):
        form = office(registrar=of)
        for column, period in periods_of(THIRD).items():
            for each in form.rows:
                found = each.line.key and rows_behind(each.line.key, period, Scope.of(of))
                computed = each.line.key and each.figures[column].computed
                if found:
                    assert found.total() == (computed or 0), (of, column, each.line.key)
                    seen += bool(computed)
                else:
                    assert not computed, (column, each.line.key)
    assert seen > 40


def test_more_from_abroad_than_in_all_is_told():
    """Row 1 is the ledger's, its part is the companies': a form on which the part is more says so."""
    project = build.make_project()
    accepted(project, quarter=(2026, 3), realised_usd="5", realised_foreign_usd=Decimal(3))
    assert office().contradictions == []
    build.make_entry(project, -4, kind=CapitalKind.DISBURSEMENT, decided_on=date(2026, 9, 1))
    assert office().contradictions == ["quarter", "year"]
    assert any("lớn hơn vốn thực hiện" in note for note in printed_form(office()).notes)
