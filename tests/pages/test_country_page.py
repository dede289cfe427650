"""A country's page: what sources state beside what the register holds, by registration and by parent."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from registry.models import Country
from registry.statistics.capital import capital_by
from registry.statistics.country import capital_of_country
from registry.vocabulary.capital import CountryOf
from registry.vocabulary.investor import InvestorKind
from tests import build

pytestmark = pytest.mark.django_db


def country(code: str) -> Country:
    return Country.objects.get(code=code)


def section(html: str, start: str, end: str) -> str:
    return html.partition(f'id="{start}"')[2].partition(f'id="{end}"')[0]


@pytest.mark.usefixtures("press")
class TestPress:
    def test_what_the_press_states_beside_what_the_register_holds(self, reader):
        html, words = reader.html("/countries/US/"), reader.words("/countries/US/")
        today = f"{timezone.localdate():%d/%m/%Y}"
        assert "Nguồn nêu 19 dự án [1] 664,31 triệu USD [1] đến ngày 10/11/2023" in words
        assert f"Sổ đăng ký ghi nhận 0 dự án 0 USD tính đến ngày {today} Mức bao phủ 0 %" in words
        stated = section(html, "h-coverage", "h-capital")
        assert "Đầu tư từ Hoa Kỳ tại tỉnh, theo địa giới khi nguồn công bố" in stated
        assert "10/11/2023" in stated and "ngày nguồn công bố, muộn nhất" in stated
        assert stated.count("đoạn\N{NO-BREAK SPACE}2</a>") == 2
        assert stated.count("Sổ đăng ký chưa có bút toán nào trong phạm vi này.") == 2

    def test_in_english(self, reader):
        words = reader.words("/en/countries/US/")
        assert "19 projects" in words and "USD 664.31 million" in words
        assert "The register holds no entry within this scope yet." in words

    def test_as_a_home_country_in_conflict(self, reader):
        html = reader.html("/countries/US/")
        conflicts = section(html, "h-conflicts", "h-statements")
        assert 'Quốc gia của nhà đầu tư: <a href="/investors/INV-000001/">Amkor Technology</a>' in conflicts
        assert "<b>Hàn Quốc\n</b>" in conflicts and "<b>Hoa Kỳ, Hàn Quốc\n</b>" in conflicts
        homes = section(html, "h-statements", "h-sources").partition("Các nguồn nêu đây là quốc gia")[2]
        assert homes.count('class="cell-title"') == 5
        assert 'href="/investors/INV-000007/">INV-000007</a>' in homes

    def test_its_investors_without_projects(self, reader):
        html = section(reader.html("/countries/US/"), "h-investors", "h-projects")
        for name in ("C&amp;D Tech Vina", "DLH Invest", "HZO", "Inigen"):
            assert f">{name}</a>" in html

    @pytest.mark.parametrize("code", ["US", "KR", "CN", "TV"])
    def test_queries(self, reader, code):
        assert reader.queries(f"/countries/{code}/") <= 16


class TestCapital:
    def test_by_registration_and_by_parent(self, reader):
        us, kr = country("US"), country("KR")
        mother = build.make_investor(name="Con của Mỹ", country=kr, parent_country=us)
        own = build.make_investor(name="Của Mỹ", country=us)
        build.make_project(name="Một", investors=[mother], capital_usd="3000000")
        build.make_project(name="Hai", investors=[own], capital_usd="5000000")
        words = reader.words("/countries/US/")
        assert "Nơi đăng ký của nhà đầu tư 1 5.000.000 0 0 0" in words
        assert "Nước của công ty mẹ cao nhất 1 3.000.000 0 0 0" in words
        assert 'href="/projects/?parent_country=US">1</a>' in reader.html("/countries/US/")
        assert "Con của Mỹ INV" in words and "nước của công ty mẹ 1" in words and "nơi đăng ký 1" in words
        projects = section(reader.html("/countries/US/"), "h-projects", "h-statements")
        assert ">Hai</a>" in projects and ">Một</a>" not in projects

    def test_agrees_with_the_table_by_country(self):
        us, buyer = country("US"), build.make_investor(country=country("US"))
        project = build.make_project(investors=[build.make_investor(country=us)], capital_usd="5000000")
        other = build.make_project(investors=[build.make_investor(country=country("KR"))], capital_usd="7000000")
        build.make_entry(project, "200000", kind="disbursement")
        build.make_entry(other, "400000", kind="share_purchase", buyer=buyer)
        today = timezone.localdate()
        table = capital_by("country", as_of=today)
        rows = capital_of_country(us, as_of=today)
        assert rows[CountryOf.REGISTRATION] == next(row for row in table.rows if row.key == "US")
        assert rows[CountryOf.REGISTRATION].share_purchase_usd == Decimal("400000.00")
        assert rows[CountryOf.PARENT].registered_usd == Decimal("0.00")

    def test_coverage_in_percent_with_its_reason(self, reader):
        us = country("US")
        build.make_project(investors=[build.make_investor(country=us)], capital_usd="166077500",
                           zone=build.make_zone(former_province="bac-ninh"))
        build.make_statement(subject_kind="country", subject=us, subject_name="Hoa Kỳ", value="664.31",
                             attribute="fdi_registered_capital", kind="statistic", date=date(2023, 12, 31))
        words = reader.words("/countries/US/")
        assert "664,31 triệu USD 166,08 triệu USD 25 %" in words
        assert "Sổ đăng ký chưa nhập đủ hồ sơ trong phạm vi này." in words
        assert "nguồn không nói rõ tại tỉnh hay cả nước. Sổ đăng ký tính trong Bắc Ninh (trước 01/7/2025)" in words


class TestWhoMayBeNamed:
    def test_natural_persons_and_unpublished_investors_are_not(self, reader):
        us = country("US")
        person = build.make_investor(name="John Hidden", kind=InvestorKind.PERSON, country=us)
        draft = build.make_investor(name="Nhà đầu tư Kín", country=us, publication="draft")
        build.make_project(name="Nhà máy A", investors=[person])
        build.make_project(name="Nhà máy Mật", investors=[draft], publication="draft")
        build.make_statement(subject_kind="investor", subject=person, subject_name="John Hidden",
                             attribute="home_country", value="US", unit="")
        build.make_statement(subject_kind="country", subject=us, subject_name="Hoa Kỳ", attribute="focus",
                             value="Bí ẩn", unit="", source=build.make_source(publication="draft"))
        html, words = reader.html("/countries/US/"), reader.words("/countries/US/")
        assert not any(name in html for name in ("Hidden", "Kín", "Mật", "Bí ẩn"))
        assert f"nhà đầu tư cá nhân {person.code} quốc tịch 1" in words


class TestAddresses:
    def test_small_letters_lead_to_capitals(self, reader):
        for prefix in ("", "/en"):
            answer = reader.open(f"{prefix}/countries/us/")
            assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/countries/US/")

    def test_unknown_answers_404(self, reader):
        assert "Lỗi 404" in reader.words("/countries/QQ/", status=404)
        assert "Error 404" in reader.words("/en/countries/QQ/", status=404)

    def test_nothing_yet_says_why_and_where_to_go(self, reader):
        html = reader.html("/countries/TV/")
        assert "Chưa có gì về Tuvalu trong sổ" in html
        assert 'href="/countries/">Các quốc gia, vùng lãnh thổ khác</a>' in html
        assert 'id="h-capital"' not in html


def test_same_queries_for_one_of_each_and_for_twenty(reader):
    us = country("US")

    def add(act):
        investor = build.make_investor(act=act, country=us)
        build.make_project(act=act, investors=[investor], capital_usd="1")
        for attribute, unit in (("fdi_projects", "projects"), ("fdi_registered_capital", "USD million")):
            build.make_statement(act=act, subject_kind="country", subject=us, subject_name="Hoa Kỳ", value="19",
                                 attribute=attribute, unit=unit, kind="statistic")
        build.make_statement(act=act, subject_kind="investor", subject=investor, subject_name="x",
                             attribute="home_country", value="US; KR", unit="")

    with build.act() as act:
        add(act)
    one = reader.queries("/countries/US/")
    with build.act() as act:
        for _ in range(19):
            add(act)
    assert reader.queries("/countries/US/") == one <= 16
