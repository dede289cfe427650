"""The page of statistics: tables that are long, empty, filtered; what is not to be named; its queries."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from registry.models import AdministrativeUnit, Country, Sector
from registry.vocabulary.investor import InvestorKind
from tests import build

pytestmark = pytest.mark.django_db


class TestTables:
    def test_an_empty_register(self, reader):
        words = reader.words("/statistics/")
        assert "Sổ đăng ký chưa có bút toán vốn nào." in words
        assert words.count("Tổng 0 0 0 0 0") == 5

    def test_more_than_fifteen_lines_are_summed_and_lead_to_all(self, reader):
        for number in range(17):
            build.make_project(zone=build.make_zone(), capital_usd=str(1000 - number), decided_on=date(2024, 1, 2))
        html = reader.html("/statistics/")
        assert "2 dòng khác cộng lại" in html
        assert '<a href="/statistics/?by=zone">Xem tất cả 17 dòng</a>' in html
        assert "dòng khác" not in reader.html("/statistics/", {"by": "zone"})
        assert f"Tổng {sum(1000 - number for number in range(17)):,}".replace(",", ".") in reader.words("/statistics/")

    def test_years_without_capital_are_not_left_out(self, reader):
        for year in (2001, 2024):
            build.make_project(capital_usd="100", decided_on=date(year, 5, 1))
        words = reader.words("/statistics/", {"by": "year"})
        assert "2001 100 0 0 100 0 1 2002 0 0 0 0 0 0" in words
        assert "2001–2001 1 dòng khác cộng lại 100 0 0 100 0 1 2010 0" in reader.words("/statistics/")

    def test_quarters_and_months_in_words(self, reader):
        build.make_project(capital_usd="100", decided_on=date(2024, 5, 1))
        assert "Quý II/2024 có nhiều vốn đăng ký nhất: 100 USD" in reader.words("/statistics/", {"by": "quarter"})
        assert "Tháng 5/2024 100" in reader.words("/statistics/", {"by": "month"})

    def test_a_certificate_and_the_press(self, reader):
        build.make_project(capital_usd="100", source=build.make_source(kind="decision"), decided_on=date(2024, 1, 1))
        build.make_project(capital_usd="300", source=build.make_source(), decided_on=date(2024, 1, 1))
        html = reader.html("/statistics/", {"by": "country"})
        assert 'class="column" x="0.00%" y="3" width="99.00%"' in html
        assert 'class="column column-certificate" x="0.00%" y="3" width="24.75%"' in html
        assert "chưa ghi nhận 400 100 0 0 2" in reader.words("/statistics/", {"by": "country"})

    def test_the_parents_country_leads_by_its_own_filter(self, reader):
        japan, korea = (Country.objects.get(code=code) for code in ("JP", "KR"))
        build.make_project(investors=[build.make_investor(country=japan, parent_country=korea)], capital_usd="5")
        assert "/projects/?country=JP" in reader.html("/statistics/", {"by": "country"})
        html = reader.html("/statistics/", {"by": "country", "country_of": "parent"})
        assert "/projects/?parent_country=KR" in html and "Hàn Quốc" in html

    def test_a_person_is_not_named(self, reader):
        person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON)
        build.make_project(investors=[person], capital_usd="5")
        html = reader.html("/statistics/", {"by": "investor"})
        assert "Kim" not in html and "Nhà đầu tư cá nhân" in html

    def test_filters_stay_in_the_form_and_the_links(self, reader):
        sector, zone = Sector.objects.get(code="2018-26"), build.make_zone(code="khu-a")
        build.make_project(sector=sector, zone=zone, capital_usd="5")
        html = reader.html("/statistics/", {"by": "sector", "zone": "khu-a"})
        assert '<input type="hidden" name="zone" value="khu-a">' in html
        assert "/projects/?sector=2018-26&amp;zone=khu-a" in html


class TestDays:
    def test_a_slider_where_there_is_something_to_slide_over(self, reader):
        assert "as-of-slider" not in reader.html("/statistics/")
        build.make_project(capital_usd="5", decided_on=date(2019, 3, 1))
        html = reader.html("/statistics/", {"as_of": "2018-01-01"})
        assert '<div class="field as-of-slider" hidden data-first="2019-03-01"' in html
        assert '<input id="f-as_of" name="as_of" type="date"' in html and 'value="2018-01-01"' in html

    def test_stated_totals_follow_the_day_and_what_was_known(self, reader):
        place = AdministrativeUnit.objects.get(code="24")
        for value, day in (("10", date(2020, 12, 31)), ("20", date(2024, 12, 31))):
            build.make_statement(subject_kind="place", subject=place, subject_name=place.name, value=value,
                                 attribute="fdi_projects", kind="statistic", unit="projects", date=day)
        build.make_project(capital_usd="5", decided_on=date(2019, 3, 1))
        build.make_project(capital_usd="5", decided_on=date(2023, 3, 1))
        assert "Nguồn nêu 20 dự án FDI, sổ đăng ký có 2" in reader.words("/statistics/")
        assert "Nguồn nêu 10 dự án FDI, sổ đăng ký có 1" in reader.words("/statistics/", {"as_of": "2022-01-01"})
        assert "chưa nguồn công khai nào nêu tổng số" in reader.words("/statistics/", {"as_of": "2020-12-30"})
        known = reader.words("/statistics/", {"known_on": "2019-01-01"})
        assert "Nguồn nêu 20 dự án FDI, sổ đăng ký có 0" in known
        assert "Nguồn nêu" not in reader.words("/statistics/", {"status": "operating"})


class TestPictures:
    def test_a_table_as_a_drawing(self, reader):
        investor = build.make_investor(name="Hoa & Sen <A>")
        build.make_project(investors=[investor], capital_usd="5", decided_on=date(2024, 1, 2))
        answer = reader.open("/statistics/", {"by": "investor", "format": "svg"})
        drawing = ElementTree.fromstring(answer.content)
        assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
        assert re.fullmatch(r'attachment; filename="capital-by-investor-[0-9-]+\.svg"', answer["Content-Disposition"])
        words = " ".join("".join(drawing.itertext()).split())
        assert "Hoa & Sen <A> chiếm toàn bộ vốn đăng ký: 5 USD" in words and "Đơn vị: USD" in words
        assert "/statistics/?by=investor&as_of=" in words
        assert not re.search(rb"style=|class=|<time|<script", answer.content)

    def test_years_by_their_steps(self, reader):
        project = build.make_project(capital_usd="100", decided_on=date(2024, 1, 2))
        build.make_entry(project, "-50", kind="decrease", decided_on=date(2025, 1, 2))
        html = reader.html("/statistics/", {"by": "year"})
        assert 'class="step step-begun" x="33.00%" y="2" width="66.00%"' in html
        assert 'class="step step-decrease" x="0.00%" y="2" width="33.00%"' in html
        drawing = reader.open("/en/statistics/", {"by": "year", "format": "svg"})
        assert drawing.status_code == 200 and b'fill="#B5322A"' in drawing.content

    def test_all_tables_together_are_no_drawing(self, reader):
        assert "Không có định dạng “svg”" in reader.words("/statistics/", {"format": "svg"}, status=400)
        assert "Không có định dạng “svg”" in reader.words("/projects/", {"format": "svg"}, status=400)


def test_same_queries_for_one_project_and_for_twenty(reader):
    def add():
        build.make_project(zone=build.make_zone(), sector=Sector.objects.get(code="2018-26"), capital_usd="1000000",
                           investors=[build.make_investor(country=Country.objects.get(code="JP"))])

    add()
    one = reader.queries("/statistics/")
    for _ in range(19):
        add()
    assert reader.queries("/statistics/") == one <= 17
    assert reader.queries("/statistics/", {"by": "zone"}) <= 4
