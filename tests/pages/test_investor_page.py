"""An investor's page: its projects and their sum on both bases, its group, what it bought, who may not be named."""

from datetime import date
from decimal import Decimal

import pytest

from registry.actions.project import StakeGiven
from registry.models import Country, Engagement, Opportunity
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.promotion import EngagementKind, OpportunityKind
from tests import build

pytestmark = pytest.mark.django_db


def address(investor) -> str:
    return f"/investors/{investor.code}/"


class TestFirstScreen:
    def test_from_where_how_many_how_much(self, reader):
        investor = build.make_investor(name="Tokyo", name_native="東京", country=Country.objects.get(code="JP"))
        project = build.make_project(name="Nhà máy Một", investors=[investor], capital_usd="4000000")
        build.make_project(name="Nhà máy Hai", investors=[investor], capital_usd="500")
        html, words = reader.html(address(investor)), reader.words(address(investor))
        assert "Tokyo 東京 Nước đăng ký Nhật Bản Dự án trong sổ 2 dự án nhà đầu tư chính của 2" in words
        assert "Vốn đăng ký 4.000.500 USD theo nhà đầu tư chính" in words
        assert f'href="/projects/{project.code}/"' in html
        assert f'href="/projects/?investor={investor.code}">Xem tất cả 2 dự án trong danh sách' in html
        assert '<a href="/countries/JP/">Nhật Bản</a>' in html

    def test_names_what_is_not_recorded(self, reader):
        words = reader.words(address(build.make_investor(name="Tokyo")))
        assert ("Chưa ghi nhận tên bản ngữ, nước đăng ký, công ty mẹ, nước của công ty mẹ cao nhất") in words
        assert "Chưa có bút toán vốn nào của các dự án này trong sổ." in words
        assert "Sổ đăng ký chưa có dự án nào ở đây" in words

    def test_a_natural_person_is_not_named(self, reader):
        person = build.make_investor(kind=InvestorKind.PERSON, name="Nguyễn Văn A", name_en="Nguyen Van A",
                                     name_native="阮文A", country=Country.objects.get(code="KR"))
        build.make_project(investors=[person], capital_usd="1")
        build.make_statement(subject_kind="investor", subject=person, subject_name="Nguyễn Văn A", unit="",
                             attribute="investor", value="Ông Nguyễn Văn A")
        for prefix in ("", "/en"):
            html = reader.html(f"{prefix}{address(person)}")
            assert "Nguy" not in html and "阮" not in html
        assert "<h1>nhà đầu tư cá nhân</h1>" in reader.html(address(person))
        assert "Quốc tịch Hàn Quốc" in reader.words(address(person))


class TestCapital:
    def test_one_column_where_both_bases_agree(self, reader):
        investor = build.make_investor()
        build.make_project(investors=[investor], capital_usd="4000000", decided_on=date(2021, 5, 1))
        words = reader.words(address(investor))
        assert "Năm 2021 nhiều vốn đăng ký nhất: 4 triệu USD" in words
        assert "Theo nhà đầu tư chính và theo tỷ lệ góp vốn, số vốn như nhau." in words
        assert "Năm Theo nhà đầu tư chính 2021 4.000.000 Tổng 4.000.000" in words

    def test_two_columns_where_they_do_not(self, reader):
        lead, second = build.make_investor(), build.make_investor()
        build.make_project(capital_usd="4000000", decided_on=date(2021, 5, 1), investors=[
            StakeGiven(lead, share_percent=Decimal(75)), StakeGiven(second, share_percent=Decimal(25))])
        words = reader.words(address(second))
        assert "nhà đầu tư chính của 0" in words
        assert "theo tỷ lệ góp vốn: 1.000.000 USD" in words
        assert "2021 0 1.000.000 Tổng 0 1.000.000" in words
        assert 'class="bars bars-two table-stack"' in reader.html(address(second))
        assert "2021 4.000.000 3.000.000 Tổng 4.000.000 3.000.000" in reader.words(address(lead))

    def test_what_it_bought(self, reader):
        investor, enterprise = build.make_investor(), build.make_enterprise(name="Công ty Đích")
        build.make_entry(None, "12000000", enterprise=enterprise, kind="share_purchase", buyer=investor,
                         expected_price_usd=Decimal("15000000"))
        words = reader.words(address(investor))
        assert "Công ty Đích" in words and "12.000.000 giá trị giao dịch dự kiến 15.000.000" in words


class TestGroup:
    def test_parent_and_subsidiaries_with_their_sum(self, reader):
        top = build.make_investor(name="Mẹ", country=Country.objects.get(code="KR"))
        own = build.make_investor(name="Con", parent=top, country=Country.objects.get(code="SG"))
        build.make_investor(name="Kín", parent=top, publication="draft")
        build.make_project(investors=[own], capital_usd="5")
        words = reader.words(address(top))
        assert "Tập đoàn 2 pháp nhân 5 USD" in words
        assert f"Con {own.code} Mẹ Singapore 1 5 Mẹ {top.code}, trang này – Hàn Quốc 0 0" in words
        assert "Tổng của 2 pháp nhân 5" in words and "Kín" not in words
        assert "Công ty mẹ Mẹ" in reader.words(address(own))

    def test_alone_there_is_none(self, reader):
        assert "Tập đoàn" not in reader.words(address(build.make_investor()))


def test_meetings_and_opportunities(reader):
    investor = build.make_investor()
    meeting = build.make(Engagement, **build.published(name="Buổi làm việc A", kind=EngagementKind.WORKING_SESSION,
                                                       investor=investor))
    wish = build.make(Opportunity, **build.published(name="Quan tâm B", kind=OpportunityKind.LEAD, investor=investor))
    html = reader.html(address(investor))
    assert f'<a href="/engagements/{meeting.code}/">Buổi làm việc A</a>' in html
    assert f'<a href="/opportunities/{wish.code}/">Quan tâm B</a>' in html


@pytest.mark.usefixtures("press")
def test_a_conflict_about_its_country(reader):
    words = reader.words("/investors/INV-000001/")
    assert "Nước đăng ký chưa ghi nhận nguồn mâu thuẫn" in words
    assert "Hàn Quốc theo SRC-000035, đoạn 7" in words and "Hoa Kỳ, Hàn Quốc theo SRC-000036, đoạn 2" in words


def test_no_more_than_twenty_five_and_the_same_queries(reader):
    with build.act() as act:
        source = build.make_source(act=act)
        one, many = (build.make_investor(act=act, parent=build.make_investor(act=act)) for _ in range(2))
        for investor, times in ((one, 1), (many, 26)):
            for number in range(times):
                build.make_project(act=act, name=f"Dự án {number}", investors=[investor], capital_usd=1, source=source)
                build.make_entry(None, "1", act=act, enterprise=build.make_enterprise(act=act, name=f"Đích {number}"),
                                 kind="share_purchase", buyer=investor, source=source)
                build.make_statement(act=act, subject_kind="investor", subject=investor, subject_name="x", unit="",
                                     attribute="home_country", value="KR", source=source)
    assert len(reader.codes(path=address(many))) == 25
    words = reader.words(address(many))
    assert "Bảng có 25 dự án nhiều vốn nhất. Xem tất cả 26 dự án trong danh sách" in words
    assert "Vốn đăng ký 26 USD" in words
    assert reader.queries(address(many)) == reader.queries(address(one)) <= 16
