"""The first page: the province in three figures, by year, what changed, what the register does not know."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.project import withdraw_project
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import SourceKind
from tests import build

pytestmark = pytest.mark.django_db

NOT_CHECKED = "vốn theo báo chí, chưa đối chiếu giấy chứng nhận"


class TestAnEmptyRegister:
    def test_says_so(self, reader):
        words = reader.words("/")
        assert "Vốn đăng ký 0 USD" in words
        assert "Chưa có bút toán vốn nào trong sổ." in words
        assert NOT_CHECKED not in words


class TestHowSure:
    def certified(self) -> dict:
        return {"source": build.make_source(kind=SourceKind.DECISION), "capital_usd": "5000000"}

    def test_capital_on_certificates_is_not_called_the_press(self, reader):
        build.make_project(**self.certified())
        html = reader.html("/")
        assert NOT_CHECKED not in html
        figures = html[html.index('id="h-figures"'):html.index('id="h-years"')]
        assert '<span class="figure figure-certificate">' in figures and "figure-press" not in figures

    def test_capital_in_part_on_certificates_says_how_much(self, reader):
        build.make_project(**self.certified())
        build.make_project(capital_usd="2500000.50", source=build.make_source())
        words = reader.words("/")
        assert "Vốn đăng ký 7.500.000,50 USD" in words
        assert NOT_CHECKED in words
        assert "trong đó trên giấy chứng nhận: 5.000.000 USD" in words


class TestYears:
    def test_years_without_capital_are_not_left_out_and_below_zero_goes_left(self, reader):
        project = build.make_project(capital_usd="100", decided_on=date(2020, 5, 1))
        build.make_entry(project, "-50", kind="decrease", decided_on=date(2022, 5, 1))
        html = reader.html("/")
        assert '<th scope="row">2021</th>' in html
        assert 'x="33.00%" y="3" width="66.00%"' in html
        assert 'x="0.00%" y="3" width="33.00%"' in html


class TestChanges:
    def test_a_withdrawn_project_keeps_its_code_and_loses_its_name(self, reader):
        project = build.make_project(name="Nhà máy Bí Mật")
        with build.act() as act:
            withdraw_project(act=act, project=project, reason="Ghi trùng")
        html = reader.html("/")
        assert "Nhà máy Bí Mật" not in html
        assert f'đã gỡ</span><br><a href="/projects/{project.code}/">{project.code}</a>' in html

    def test_drafts_are_silent(self, reader):
        build.make_project(name="Nhà máy Nháp", publication="draft")
        assert "Nhà máy Nháp" not in reader.html("/")


def test_same_queries_for_one_project_and_for_twenty(reader):
    def add():
        project = build.make_project(capital_usd=Decimal("1000000"), decided_on=VagueDay.exact(date(2024, 1, 2)))
        build.make_milestone(project)
        build.make_statement(subject=project)

    add()
    one = reader.queries("/")
    for _ in range(19):
        add()
    assert reader.queries("/") == one <= 14


@pytest.mark.parametrize("query", ["as_of=2020-06-30", "as_of=2020-06-30&known_on=2021-01-01", "known_on=2021-01-01"])
def test_the_figures_of_another_day_are_those_of_statistics(reader, query):
    for home, statistics in (("/", "/statistics/"), ("/en/", "/en/statistics/")):
        answer = reader.client.get(f"{home}?{query}")
        assert (answer.status_code, answer["Location"]) == (302, f"{statistics}?{query}")
        assert reader.client.get(answer["Location"]).status_code == 200
