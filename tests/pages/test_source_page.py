"""A source's page: what it says, thing by thing, and what rests on it."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions import statement
from registry.actions.record import withdraw
from registry.models import Source
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.statement import SourceKind
from tests import build

pytestmark = pytest.mark.django_db


def address(source) -> str:
    return f"/sources/{source.code}/"


def section(html: str, start: str, end: str) -> str:
    return html.partition(f'id="{start}"')[2].partition(f'id="{end}"')[0]


@pytest.mark.usefixtures("press")
class TestPress:
    @pytest.fixture
    def article(self) -> Source:
        return Source.objects.get(reference="press-000")

    def test_everything_it_says_with_its_place_and_what_was_made_of_it(self, reader, article):
        html, words = reader.html(address(article)), reader.words(address(article))
        said = section(html, "h-statements", "h-resting")
        assert said.count('data-label="Xem xét"') == article.statements.count() == 26
        assert "26 nội dung" in words
        assert '<a href="/countries/US/">Hoa Kỳ</a>' in said
        assert '<a href="/projects/BN-000001/">Nhà máy Amkor Technology Việt Nam</a>' in said
        assert "Dự án FDI tại tỉnh 19 dự án không nêu đoạn 2" in words
        assert '<a class="code" href="/investors/INV-000007/">INV-000007</a>' in said
        assert 'mốc tiến độ <a class="code" href="/projects/BN-000001/">BN-000001-3</a>' in said

    def test_what_rests_on_it(self, reader, article):
        resting = section(reader.html(address(article)), "h-resting", "h-facts")
        assert '<a href="/engagements/ENG-000001/">' in resting
        assert '<a href="/policies/POL-000011/">' in resting
        assert '<a href="/projects/BN-000001/#h-timeline">' in resting
        assert "Số khu công nghiệp (khu)" in resting

    def test_a_ledger_entry_and_a_conflict(self, reader):
        source = Source.objects.get(reference="press-001")
        html = reader.html(address(source))
        assert '<a class="code" href="/projects/BN-000001/#BN-000001-1">BN-000001-1</a>' in html
        assert 'figure-press"><span class="visually-hidden">báo chí nêu: </span>1.600.000.000' in html
        assert 'Quốc gia của nhà đầu tư: <a href="/investors/INV-000001/">Amkor Technology</a>' in html

    def test_what_it_is(self, reader, article):
        words = reader.words(address(article))
        assert "Loại nguồn Bài báo Nơi công bố chưa ghi nhận Ngày công bố từ 26/10/2023 đến 10/11/2023" in words
        assert "Viết hơn hai tuần sau lễ khánh thành nhà máy Amkor" in words
        assert "Địa chỉ trên mạng chưa ghi nhận" in words

    def test_in_english(self, reader, article):
        words = reader.words(f"/en{address(article)}")
        assert "United States" in words and "USD 664.31 million" in words and "paragraph 2" in words

    def test_queries(self, reader):
        for source in Source.objects.public():
            assert reader.queries(address(source)) <= 12


class TestWhatItIs:
    def test_a_decision_on_the_web(self, reader):
        source = build.make_source(
            kind=SourceKind.DECISION, name="Quyết định giao đất", number="12/QĐ-UBND", publisher="UBND tỉnh",
            url="https://example.org/qd/12", published_on=VagueDay.exact(date(2024, 5, 6)), known_from="Ngày ký",
        )
        html, words = reader.html(address(source)), reader.words(address(source))
        assert "Quyết định số hiệu 12/QĐ-UBND Nơi công bố UBND tỉnh Ngày công bố 06/05/2024" in words
        assert '<a href="https://example.org/qd/12" rel="noopener">example.org</a>' in html
        assert "Ngày công bố được biết từ đâu Ngày ký" in words
        assert "được coi là trên giấy chứng nhận" in words
        assert f'<a href="/api/v1/sources/{source.code}/">JSON</a>' in html

    def test_nothing_rests_on_it_yet(self, reader):
        words = reader.words(address(build.make_source()))
        assert "Chưa có nội dung nào của nguồn này được tách ra thành từng điều trong sổ." in words
        assert "Chưa có hồ sơ công khai nào dựa vào nguồn này." in words


class TestWhatRestsOnIt:
    def test_certificates_observations_and_projects(self, reader):
        source, zone = build.make_source(), build.make_zone(name="KCN A")
        project = build.make_project(name="Nhà máy A", source=source)
        certificate = build.make_certificate(project, source=source)
        seen = build.make_observation(zone=zone, source=source, value=Decimal("61.5"))
        html = section(reader.html(address(source)), "h-resting", "h-facts")
        assert f'<a href="/projects/{project.code}/">Nhà máy A</a>' in html
        assert certificate.code in html
        assert f'<a href="/zones/{zone.code}/#{seen.code}">KCN A</a>' in html and ">61,5</td>" in html

    def test_unpublished_records_are_not_shown(self, reader):
        source = build.make_source()
        project = build.make_project(name="Nhà máy Kín", source=source, publication="draft")
        build.make_milestone(project, source=source)
        build.make_observation(zone=build.make_zone(name="KCN Kín", publication="draft"), source=source)
        html = reader.html(address(source))
        assert "Kín" not in html and "Chưa có hồ sơ công khai nào dựa vào nguồn này." in html

    def test_a_natural_person_is_not_named(self, reader):
        source = build.make_source()
        person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON)
        project = build.make_project(investors=[person])
        build.make_statement(source=source, subject=project, attribute="investor", value="Ông Kim Min-su", unit="")
        build.make_statement(source=source, subject_kind="investor", subject=person, subject_name="Kim Min-su",
                             attribute="activity", value="x", unit="")
        html, words = reader.html(address(source)), reader.words(address(source))
        assert "Kim" not in html and "Ông nhà đầu tư cá nhân" in words

    def test_a_conflict_with_an_unpublished_source_is_not_shown(self, reader):
        project, source = build.make_project(), build.make_source()
        one = build.make_statement(source=source, subject=project, value="1600")
        other = build.make_statement(source=build.make_source(publication="draft"), subject=project, value="1700")
        with build.act() as act:
            statement.oppose(act=act, one=one, other=other, why="Hai số khác nhau")
        assert "Hai số khác nhau" not in reader.html(address(source))


class TestGone:
    def test_withdrawn_answers_410_with_the_reason(self, reader):
        source = build.make_source(name="Bài Bí Mật")
        with build.act() as act:
            withdraw(act=act, record=source, reason="Bài đã gỡ")
        for prefix in ("", "/en"):
            html = reader.html(f"{prefix}{address(source)}", status=410)
            assert "Bài đã gỡ" in html and "Bí Mật" not in html

    def test_never_published_and_unknown_answer_404(self, reader):
        source = build.make_source(name="Bài Bí Mật", publication="draft")
        assert "Bí Mật" not in reader.html(address(source), status=404)
        assert "Lỗi 404" in reader.words("/sources/SRC-999999/", status=404)


def test_a_long_list_is_cut_and_says_so(reader, monkeypatch):
    monkeypatch.setattr("registry.pages.source_sheet.MOST", 3)
    source = build.make_source()
    with build.act() as act:
        for number in range(4):
            build.make_statement(act=act, source=source, attribute="activity", value=f"điều {number}", unit="")
    html = reader.html(address(source))
    assert "điều 2" in html and "điều 3" not in html
    assert f'Trang này cho xem 3 nội dung đầu. <a href="/api/v1/statements/?source={source.code}">' in html


def test_same_queries_for_one_of_each_and_for_twenty(reader):
    source = build.make_source()

    def add(act):
        project = build.make_project(act=act, source=source, capital_usd="1")
        build.make_milestone(project, act=act, source=source)
        build.make_certificate(project, act=act, source=source)
        build.make_observation(act=act, source=source)
        build.make_statement(act=act, source=source, subject=project, attribute="home_country", value="KR", unit="")

    with build.act() as act:
        add(act)
    one = reader.queries(address(source))
    with build.act() as act:
        for _ in range(19):
            add(act)
    assert reader.queries(address(source)) == one <= 12
