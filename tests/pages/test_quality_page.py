"""The quality of the data: what sources state beside the register, where they disagree, and what is missing."""

import json
from datetime import UTC, date, datetime

import pytest

from registry.actions import statement
from registry.actions.project import StakeGiven, withdraw_project
from registry.models import AdministrativeUnit, Country, Project, Statement
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.statement import Review, StatementKind, SubjectKind
from tests import build

from .conftest import content_of

pytestmark = pytest.mark.django_db


def section(html: str, name: str) -> str:
    """The part of the page with this id."""
    return html.partition(f'id="{name}"')[2].partition("</section>")[0]


def stated(value: str, **changes) -> Statement:
    """What a source says about the number of projects in the province of today."""
    place = AdministrativeUnit.objects.get(code="24")
    return build.make_statement(**{
        "subject_kind": SubjectKind.PLACE, "subject": place, "subject_name": place.name, "attribute": "fdi_projects",
        "kind": StatementKind.STATISTIC, "value": value, "unit": "projects", "date": date(2024, 12, 31),
    } | changes)


@pytest.fixture
def bare():
    """No statement that came with the reference lists counts."""
    with build.act() as act:
        for each in Statement.objects.filter(attribute__startswith="fia_"):
            statement.review(act=act, statement=each, as_=Review.REJECTED)


@pytest.mark.usefixtures("bare")
class TestFigures:
    def test_nothing_is_known(self, reader):
        words = reader.words("/quality/")
        assert "Chưa có nguồn công khai nào nêu một con số mà sổ đăng ký tính được." in words
        assert "Không có chỗ nào các nguồn mâu thuẫn với nhau" in words
        assert "Sổ đăng ký chưa công bố dự án nào" in words
        assert "Không nội dung nguồn nêu nào còn chờ xem xét" in words

    def test_more_than_stated_is_an_alarm_with_its_reason(self, reader):
        stated("1")
        for _ in range(2):
            build.make_project(capital_usd="5")
        html, words = reader.html("/quality/"), reader.words("/quality/")
        assert "1 con số vượt 100 %: sổ đăng ký có nhiều hơn nguồn nêu" in words
        assert '<span class="state-disputed">200\N{NO-BREAK SPACE}%</span>' in html
        assert "hãy kiểm tra bút toán trùng và phạm vi của nguồn" in words

    def test_as_known_on_a_day(self, reader):
        """Two are stated of the end of 2024; one was recorded on 10 January 2025, the other on the 20th."""
        stated("2")
        for day in (10, 20):
            with build.act(at=datetime(2025, 1, day, 3, tzinfo=UTC)) as act:
                build.make_project(act=act, capital_usd="5", decided_on=date(2024, 5, 1))
        now, then = (section(reader.html(f"/quality/{asked}"), "coverage") for asked in ("", "?known_on=2025-01-19"))
        assert "100\N{NO-BREAK SPACE}%" in now
        assert "50\N{NO-BREAK SPACE}%" in then
        assert 'value="2025-01-19"' in then
        assert "?known_on=2025-01-19&amp;format=csv" in then
        assert "chỉ gồm những bút toán đã ghi đến hết ngày ấy" in then

    def test_as_of_a_day(self, reader, bare):
        """What is stated of the end of 2024 is not among figures of days until the 30th, on page and in file."""
        stated("7777")
        for day, is_told in (("2024-12-31", True), ("2024-12-30", False)):
            html = section(reader.html(f"/quality/?as_of={day}"), "coverage")
            assert ("7.777" in html) is is_told
            assert f'value="{day}"' in html
            document = json.loads(content_of(reader.open("/quality/", {"as_of": day, "format": "json"})))
            assert (document["as_of"], len(document["results"])) == (day, int(is_told))

    def test_a_lower_bound_is_no_alarm(self, reader):
        stated("1", qualifier="more_than")
        for _ in range(2):
            build.make_project(capital_usd="5")
        words = reader.words("/quality/")
        assert "Không con số nào vượt 100 %." in words
        assert "Nguồn chỉ nêu mức tối thiểu." in words

    def test_drafts_are_not_told(self, reader):
        stated("7777", source=build.make_source(publication="draft", name="Nguồn Kín"))
        html = reader.html("/quality/")
        assert "7.777" not in html and "Kín" not in html


class TestConflicts:
    def opposed(self, one: Statement, other: Statement):
        with build.act() as act:
            return statement.oppose(act=act, one=one, other=other, why="Hai số khác nhau")

    def test_amounts_keep_their_day_and_word(self, reader):
        project = build.make_project(name="Nhà máy Đôi")
        self.opposed(build.make_statement(subject=project, value="1600", date=date(2023, 5, 1)),
                     build.make_statement(subject=project, value="1700", qualifier="about", date=date(2024, 5, 1)))
        html, words = reader.html("/quality/"), reader.words("/quality/")
        assert f'<a href="/projects/{project.code}/">Nhà máy Đôi</a>' in html
        assert "1,6 tỷ USD 01/05/2023 theo" in words.replace("1/5/2023", "01/05/2023")
        assert "khoảng 1,7 tỷ USD" in words

    def test_settled_and_hidden_ones_are_not_told(self, reader):
        project = build.make_project()
        conflict = self.opposed(*(build.make_statement(subject=project, value=value) for value in ("1", "2")))
        self.opposed(build.make_statement(subject=project, value="3"),
                     build.make_statement(subject=project, value="4", source=build.make_source(publication="draft")))
        assert "Có 1 chỗ các nguồn mâu thuẫn" in reader.words("/quality/")
        with build.act() as act:
            statement.dismiss(act=act, conflict=conflict, outcome="Hai thời điểm")
        assert "Không có chỗ nào các nguồn mâu thuẫn" in reader.words("/quality/")

    def test_a_natural_person_is_not_named(self, reader):
        person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON,
                                     country=Country.objects.get(code="KR"))
        project = build.make_project(investors=[StakeGiven(person)])
        about = {"subject_kind": "investor", "subject": person, "subject_name": "Kim Min-su",
                 "attribute": "home_country", "unit": ""}
        self.opposed(build.make_statement(value="KR", **about), build.make_statement(value="US", **about))
        self.opposed(*(build.make_statement(subject=project, attribute="investor", value=value, unit="")
                       for value in ("Ông Kim Min-su", "Bà Kim Min-su")))
        html = reader.html("/quality/")
        assert "Kim" not in html
        assert "nhà đầu tư cá nhân</a>: quốc gia của nhà đầu tư" in html

    def test_an_unpublished_project_is_not_linked(self, reader):
        project = build.make_project(name="Nhà máy Kín", publication="draft")
        self.opposed(*(build.make_statement(subject=project, subject_name="Nhà máy theo báo", value=value)
                       for value in ("1", "2")))
        html = reader.html("/quality/")
        assert "Kín" not in html and project.code not in html
        assert "Nhà máy theo báo: tổng vốn đầu tư" in html


class TestMissing:
    def test_a_zone_counts_its_sub_zones(self, reader):
        above = build.make_zone(code="khu-tren", name="KCN Trên")
        below = build.make_zone(code="khu-duoi", name="KCN Dưới", parent=above)
        build.make_project(zone=above)
        build.make_project(zone=below, capital_usd="5")
        html = section(reader.html("/quality/"), "missing")
        assert 'href="/projects/?zone=khu-tren&amp;missing=certificates">2<' in html
        assert 'href="/projects/?zone=khu-tren&amp;missing=capital">1<' in html
        assert "zone=khu-duoi&amp;missing=capital" not in html

    def test_an_unpublished_zone_is_no_zone(self, reader):
        build.make_project(zone=build.make_zone(name="KCN Kín", publication="draft"))
        html = reader.html("/quality/")
        assert "Kín" not in html and "Chưa ghi nhận khu" in html

    def test_drafts_and_withdrawn_projects_are_not_counted(self, reader):
        build.make_project()
        build.make_project(publication="draft")
        gone = build.make_project()
        with build.act() as act:
            withdraw_project(act=act, project=Project.objects.get(pk=gone.pk), reason="Ghi trùng")
        assert "1 trong 1 dự án chưa có giấy chứng nhận" in reader.words("/quality/")


def test_same_queries_for_one_row_and_for_twenty(reader):
    def one_more():
        zone = build.make_zone()
        project = build.make_project(zone=zone, capital_usd="5")
        both = [build.make_statement(subject=project, value=value) for value in ("1", "2")]
        with build.act() as act:
            statement.oppose(act=act, one=both[0], other=both[1], why="khác")

    one_more()
    first = reader.queries("/quality/")
    for _ in range(19):
        one_more()
    assert reader.queries("/quality/") == first <= 20


def test_json_of_an_empty_register(reader, bare):
    file = reader.open("/quality/", {"format": "json"})
    assert json.loads(content_of(file)) == {
        "as_of": None, "known_on": None, "results": [], "next": None, "not_compared": []}
