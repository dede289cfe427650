"""A zone's page: what was observed, who is in it, what is not recorded, what is gone and what never was."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from registry.actions import statement
from registry.actions.record import withdraw
from registry.models import AdministrativeUnit, Country, Sector
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.zone import Province
from tests import build

pytestmark = pytest.mark.django_db


def address(zone) -> str:
    return f"/zones/{zone.code}/"


def section(html: str, start: str, end: str) -> str:
    return html.partition(f'id="{start}"')[2].partition(f'id="{end}"')[0]


class TestFirstScreen:
    def test_what_how_big_where_how_far(self, reader):
        parent = build.make_zone(name="KCN Mẹ", name_en="Parent Park")
        zone = build.make_zone(
            name="KCN Con", parent=parent, developer="Công ty Hạ tầng", area_ha=Decimal("250.5"),
            leasable_ha=Decimal("137"), established_year=2005, communes_before="Tiên Du", latitude=21.1006,
            longitude=106.0004, position_basis="gần đúng: tâm xã",
            related={"communes": [AdministrativeUnit.objects.get(code="09325")],
                     "sources": [build.make_source(name="Trang quy hoạch")]},
        )
        build.make_observation(zone=zone, value=Decimal("99.5"), observed_on=VagueDay.exact(date(2024, 3, 1)))
        html, words = reader.html(address(zone)), reader.words(address(zone))
        assert f'thuộc <a href="/zones/{parent.code}/">KCN Mẹ</a>' in html
        assert "Nhà đầu tư hạ tầng: Công ty Hạ tầng" in words
        assert "Diện tích 250,5 ha [1] đất công nghiệp cho thuê 137 ha" in words
        assert "trước 01/7/2025: Tiên Du" in words
        assert "Tỷ lệ lấp đầy 99,5 % [2] 01/03/2024" in words
        assert "Năm thành lập 2005" in words
        assert "Vị trí 21,101; 106,000 gần đúng: tâm xã" in words
        assert f'href="/map/#{zone.code}"' in html
        english = reader.words(f"/en{address(zone)}")
        assert "250.5 ha [1]" in english and "Parent Park" in english and "99.5 %" in english

    def test_nothing_recorded(self, reader):
        html, words = reader.html("/zones/yen-phong-2b/"), reader.words("/zones/yen-phong-2b/")
        assert "nhà đầu tư hạ tầng: chưa ghi nhận" in words
        assert "Chưa nguồn nào nêu tỷ lệ lấp đầy" in words
        assert "Sổ đăng ký chưa ghi nhận dự án nào trong khu này." in words
        assert "Chưa có nội dung nguồn nêu nào về khu này trong sổ." in words
        assert "Xem trên bản đồ" not in html

    def test_whom_to_write_to(self, reader):
        assert ("Nơi liên hệ chưa ghi nhận Hồ sơ đầu tư trong khu công nghiệp do cơ quan này tiếp nhận: "
                "Ban Quản lý các khu công nghiệp tỉnh Bắc Ninh") in reader.words("/zones/yen-phong-2b/")
        zone = build.make_zone(contact="Phòng Đầu tư, 0222 000 000")
        words = reader.words(address(zone))
        assert "Nơi liên hệ Phòng Đầu tư, 0222 000 000" in words and "tiếp nhận:" not in words

    def test_sub_zones_are_never_added_up(self, reader):
        parent = build.make_zone(area_ha=Decimal("100"))
        for name, publication in (("Giai đoạn 2", "published"), ("Giai đoạn kín", "draft")):
            build.make_zone(name=name, parent=parent, area_ha=Decimal("40"), publication=publication)
        words = reader.words(address(parent))
        assert "Giai đoạn 2 40 ha Không cộng diện tích" in words
        assert "140" not in words and "kín" not in words


class TestObservations:
    def test_a_range_with_its_qualifier_unit_day_method_and_source(self, reader):
        zone, source = build.make_zone(), build.make_source()
        seen = build.make_observation(
            zone=zone, source=source, attribute="land_price", value=Decimal("70"), value_high=Decimal("75"),
            qualifier="about", method="chưa gồm VAT", observed_on=VagueDay(date(2023, 10, 1), date(2023, 10, 31)),
        )
        html, words = reader.html(address(zone)), reader.words(address(zone))
        assert f'id="{seen.code}"' in html
        assert f"Giá thuê đất (USD/m²) khoảng 70–75 tháng 10/2023 chưa gồm VAT {source.code}" in words

    def test_the_newest_first_and_those_at_odds_side_by_side(self, reader):
        zone = build.make_zone()
        for value, first, last in (("99", date(2022, 1, 1), date(2022, 12, 31)), ("95", date(2022, 3, 1),
                                   date(2022, 3, 31)), ("61.5", date(2024, 3, 1), date(2024, 3, 31))):
            build.make_observation(zone=zone, value=Decimal(value), observed_on=VagueDay(first, last))
        words = reader.words(address(zone))
        assert words.index("61,5 tháng 3/2024") < words.index("99 năm 2022") < words.index("95 tháng 3/2022")
        assert words.count("các nguồn nêu khác nhau") == 2
        assert "Tỷ lệ lấp đầy 61,5 %" in words

    def test_one_without_a_day_is_at_odds_with_any(self, reader):
        zone = build.make_zone()
        build.make_observation(zone=zone, value=Decimal("99"))
        build.make_observation(zone=zone, value=Decimal("61"), observed_on=VagueDay.exact(date(2024, 3, 1)))
        build.make_observation(zone=zone, attribute="workers", value=Decimal("500"))
        assert reader.words(address(zone)).count("các nguồn nêu khác nhau") == 2

    def test_of_an_unpublished_source_are_not_shown(self, reader):
        zone = build.make_zone()
        build.make_observation(zone=zone, value=Decimal("77"), source=build.make_source(publication="draft"))
        assert "77" not in section(reader.html(address(zone)), "content", "h-tenants")


class TestTenants:
    def test_who_from_where_in_what_with_how_much(self, reader):
        zone = build.make_zone()
        phase = build.make_zone(name="Giai đoạn 2", parent=zone)
        investor = build.make_investor(name="Apex", country=Country.objects.get(code="US"))
        build.make_project(name="Nhà máy A", zone=zone, investors=[investor], capital_usd="12500000",
                           sector=Sector.objects.get(code="2018-26"))
        build.make_project(name="Nhà máy B", zone=phase, capital_usd="37500000")
        build.make_project(name="Nhà máy Kín", zone=zone, publication="draft")
        html, words = reader.html(address(zone)), reader.words(address(zone))
        assert "Dự án trong khu 2 dự án vốn đăng ký 50.000.000 USD" in words
        assert f"tính đến ngày {timezone.localdate():%d/%m/%Y}" in words
        assert "Apex Hoa Kỳ Sản xuất sản phẩm điện tử" in words
        assert "· Giai đoạn 2" in words
        assert "Tổng của 2 dự án 50.000.000" in words
        assert html.index("Nhà máy B") < html.index("Nhà máy A")
        assert f'href="/investors/{investor.code}/"' in html
        assert f'href="/projects/?zone={zone.code}">Xem tất cả 2 dự án trong danh sách' in html
        assert "Kín" not in html
        assert "Tổng của 2 dự án" in reader.words("/projects/", {"zone": zone.code})

    def test_a_natural_person_is_not_named(self, reader):
        zone = build.make_zone()
        person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON)
        build.make_project(zone=zone, investors=[person])
        build.make_statement(subject_kind="zone", subject=zone, subject_name=zone.name, attribute="activity",
                             value="Ông Kim Min-su", unit="")
        html = reader.html(address(zone))
        assert "Kim" not in html and "nhà đầu tư cá nhân" in html

    def test_by_sector_country_and_year(self, reader):
        zone = build.make_zone()
        korean = build.make_investor(country=Country.objects.get(code="KR"))
        build.make_project(zone=zone, investors=[korean], capital_usd="6000000", decided_on=date(2021, 5, 1),
                           sector=Sector.objects.get(code="2018-26"))
        build.make_project(zone=zone, capital_usd="4000000", decided_on=date(2023, 5, 1))
        html = section(reader.html(address(zone)), "h-tenants", "h-statements")
        assert f'<a href="/projects/?zone={zone.code}&amp;sector=2018-26">1 dự án</a>' in html
        assert f'<a href="/projects/?zone={zone.code}&amp;country=KR">1 dự án</a>' in html
        assert '<a href="/countries/KR/">Hàn Quốc</a>' in html
        words = reader.words(address(zone))
        assert "Hàn Quốc 1 dự án 6.000.000" in words and "chưa ghi nhận 1 dự án 4.000.000" in words
        assert "2021 1 dự án mới 6.000.000 2022 0 2023 1 dự án mới 4.000.000 Tổng 10.000.000" in words

    def test_the_largest_and_a_link_to_all(self, reader):
        zone = build.make_zone()
        with build.act() as act:
            for _ in range(26):
                build.make_project(act=act, zone=zone)
        html = reader.html(address(zone))
        assert html.count('class="row-link"') == 25
        assert "Bảng có 25 dự án nhiều vốn nhất." in html and "Xem tất cả 26 dự án" in html


class TestPlace:
    def test_a_mark_among_the_communes(self, reader):
        zone = build.make_zone(latitude=21.1006, longitude=106.0004)
        assert 'class="map-here"' in reader.html(address(zone))
        assert 'class="map-here"' not in reader.html(address(build.make_zone()))

    def test_when_the_land_has_to_be_given_back(self, reader):
        zone = build.make_zone()
        assert "Năm hết thời hạn thuê đất chưa ghi nhận" in reader.words(address(zone))
        build.make_observation(zone=zone, attribute="lease_end", value=Decimal("2058"),
                               observed_on=VagueDay.exact(date(2024, 3, 1)))
        words = reader.words(address(zone))
        assert "Năm hết thời hạn thuê đất 2058 [1] 01/03/2024" in words
        assert "Năm hết thời hạn thuê đất (năm dương lịch) 2058" in words


class TestStatements:
    def test_are_told_with_their_place_and_conflict(self, reader):
        zone = build.make_zone()
        fields = {"subject_kind": "zone", "subject": zone, "subject_name": zone.name, "attribute": "area", "unit": "ha"}
        one = build.make_statement(value="210", locator="paragraph 11", **fields)
        other = build.make_statement(value="190", **fields)
        with build.act() as act:
            statement.oppose(act=act, one=one, other=other, why="Hai số khác nhau")
        words = reader.words(address(zone))
        assert "Diện tích 210 ha không nêu" in words.replace("\N{NO-BREAK SPACE}", " ")
        assert "Hai số khác nhau" in words

    def test_another_province_enters_no_total(self, reader):
        zone = build.make_zone(province=Province.HUNG_YEN, former_province=None)
        words = reader.words(address(zone))
        assert "Khu này thuộc tỉnh Hưng Yên, không thuộc Bắc Ninh." in words
        assert "Địa bàn Hưng Yên" in words
        assert "Sổ đăng ký không ghi dự án ở tỉnh khác." in words
        assert "Ban Quản lý" not in words


class TestGone:
    def test_withdrawn_answers_410_with_the_reason_and_no_name(self, reader):
        zone = build.make_zone(name="KCN Bí Mật")
        with build.act() as act:
            withdraw(act=act, record=zone, reason="Ghi trùng")
        for prefix in ("", "/en"):
            html = reader.html(f"{prefix}{address(zone)}", status=410)
            assert "Ghi trùng" in html and "Bí Mật" not in html

    def test_never_published_and_unknown_answer_404(self, reader):
        zone = build.make_zone(name="KCN Bí Mật", publication="draft")
        assert "Bí Mật" not in reader.html(address(zone), status=404)
        assert "Lỗi 404" in reader.words("/zones/khong-co/", status=404)


def test_same_queries_for_one_of_each_and_for_twenty(reader):
    parent = build.make_zone()
    zone = build.make_zone(parent=parent, related={"sources": [build.make_source()]})

    def add(act):
        build.make_zone(act=act, parent=zone)
        build.make_observation(act=act, zone=zone)
        build.make_project(act=act, zone=zone, capital_usd="1")
        build.make_statement(act=act, subject_kind="zone", subject=zone, subject_name="x", attribute="activity",
                             value="x", unit="")

    with build.act() as act:
        add(act)
    one = reader.queries(address(zone))
    with build.act() as act:
        for _ in range(19):
            add(act)
    assert reader.queries(address(zone)) == one <= 26


