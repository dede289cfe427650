"""The list of projects: filters, facets, order, pages, what is wrong, what is empty."""

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone

from registry.actions.project import withdraw_project
from registry.models import Country, Project, Sector
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.project import ProjectStatus
from registry.web.cursor import in_order
from registry.web.listing import LISTINGS
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def some(lasting):
    with lasting(four_projects) as projects:
        yield projects


def four_projects() -> list:
    """Four projects: two in a zone, one from Japan, one without capital."""
    zone = build.make_zone(code="khu-a", name="KCN A", name_en="Park A")
    japan = build.make_investor(name="Tokyo", country=Country.objects.get(code="JP"))
    return [
        build.make_project(name="Nhà máy Bốn", zone=zone, capital_usd="4000000", decided_on=date(2024, 1, 1)),
        build.make_project(name="Nhà máy Hai", zone=zone, capital_usd="2000000", decided_on=date(2022, 1, 1)),
        build.make_project(name="Dự án Ba", investors=[japan], capital_usd="3000000", decided_on=date(2023, 1, 1)),
        build.make_project(name="Dự án Không", status=ProjectStatus.PROPOSED),
    ]


def codes(projects) -> list[str]:
    return [project.code for project in projects]


class TestFilters:
    def test_all_in_order_of_their_keys(self, reader, some):
        assert reader.codes() == codes(some)
        assert "4 dự án trong sổ" in reader.words("/projects/")

    def test_the_sum_is_of_the_whole_list(self, reader, some):
        words = reader.words("/projects/", {"page_size": 1})
        assert "Tổng của 4 dự án 9.000.000" in words
        assert "Tổng của 2 dự án 6.000.000" in reader.words("/projects/", {"zone": "khu-a"})
        assert "Total of 2 projects 6,000,000" in reader.words("/en/projects/", {"zone": "khu-a"})

    @pytest.mark.parametrize("query", [
        "zone=khu-a", "country=JP", "country=JP&zone=khu-a", "status=proposed", "status=proposed&status=operating",
        "search=nha+may", "search=du+an+ba", "registered_usd_min=3000000", "registered_usd_max=2999999.99",
        "missing=capital", "missing=capital&missing=country", "has=country", "ordering=-registered_usd",
        "ordering=name", "ordering=-code", "search=may&ordering=registered_usd", "as_of=2022-12-31&has=capital",
    ])
    def test_the_same_rows_as_the_api_by_the_same_names(self, reader, some, query):
        listing = LISTINGS["projects"]
        found = listing.filters(QueryDict(query), queryset=listing.rows(), today=timezone.localdate())
        found.check()
        rows = found.qs
        for order, _descending in found.order():
            rows = order.prepare(rows)
        rows = in_order(rows, [(order.column, descending) for order, descending in found.order()])
        assert reader.codes(QueryDict(query)) == codes(rows)

    def test_unknown_and_empty_parameters_are_ignored(self, reader, some):
        parameters = {"utm_source": "x", "zone": "", "country": "", "status": " ", "format": "html"}
        assert reader.codes(parameters) == codes(some)

    def test_as_of_a_day_and_as_known_on_another(self, reader, some):
        words = reader.words("/projects/", {"as_of": "2023-12-31"})
        assert "Vốn đăng ký tính đến ngày 31/12/2023" in words
        assert "Tổng của 4 dự án 5.000.000" in words
        words = reader.words("/projects/", {"known_on": "2020-01-01"})
        assert "theo số liệu đã ghi nhận đến ngày 01/01/2020" in words
        assert "Tổng của 4 dự án 0" in words

    def test_drafts_and_withdrawn_projects_are_not_shown(self, reader, some):
        build.make_project(name="Nháp", publication="draft")
        with build.act() as act:
            withdraw_project(act=act, project=Project.objects.get(pk=some[0].pk), reason="Ghi trùng")
        assert reader.codes() == codes(some[1:])


def options(
    reader, name: str, parameters: dict | None = None, *, path: str = "/projects/"
) -> list[tuple[str, str, int]]:
    """The boxes of one facet: value, label, count."""
    boxes = re.findall(rf'name="{name}" value="([^"]*)"[^>]*><label[^>]*><span[^>]*>([^<]*)</span>'
                       r' <span class="facet-count">([0-9.]+)</span>', reader.html(path, parameters))
    return [(value, label, int(count)) for value, label, count in boxes]


class TestFacets:
    def test_every_value_in_use_with_its_count_and_none(self, reader, some):
        build.make_zone(code="khu-trong", name="KCN Trống")
        assert options(reader, "zone") == [("khu-a", "KCN A", 2), ("none", "Chưa ghi nhận", 2)]
        assert options(reader, "zone", path="/en/projects/")[0] == ("khu-a", "Park A", 2)
        assert options(reader, "country") == [("JP", "Nhật Bản", 1), ("none", "Chưa ghi nhận", 3)]
        assert options(reader, "status") == [("operating", "Đang hoạt động", 3), ("proposed", "Đề xuất", 1)]

    def test_a_facet_counts_with_every_filter_but_its_own(self, reader, some):
        asked = {"zone": "khu-a"}
        assert options(reader, "zone", asked) == [("khu-a", "KCN A", 2), ("none", "Chưa ghi nhận", 2)]
        assert options(reader, "country", asked) == [("none", "Chưa ghi nhận", 2)]
        assert options(reader, "status", {"country": "JP", "zone": "none"}) == [("operating", "Đang hoạt động", 1)]

    def test_what_was_asked_for_stands_there_with_none_left(self, reader, some):
        build.make_zone(code="khu-trong", name="KCN Trống")
        html = reader.html("/projects/", {"zone": "khu-trong"})
        assert 'value="khu-trong" checked' in html
        assert ("khu-trong", "KCN Trống", 0) in options(reader, "zone", {"zone": "khu-trong"})

    def test_none_is_a_value_beside_others(self, reader, some):
        assert reader.codes({"zone": "none"}) == codes(some[2:])
        assert reader.codes({"zone": ["none", "khu-a"]}) == codes(some)
        assert reader.codes({"country": "none", "status": "proposed"}) == codes(some[3:])
        assert "Khu công nghiệp: Chưa ghi nhận ×" in reader.words("/projects/", {"zone": "none"})

    def test_a_sub_zone_stands_and_counts_under_its_zone(self, reader):
        zone = build.make_zone(code="lon", name="KCN Lớn")
        build.make_project(zone=build.make_zone(code="nho", name="KCN Nhỏ", parent=zone))
        build.make_project(zone=zone)
        assert options(reader, "zone") == [("lon", "KCN Lớn", 2), ("nho", "KCN Nhỏ", 1)]
        assert '<li class="depth-1"><input type="checkbox" id="f-zone-2"' in reader.html("/projects/")

    def test_a_division_stands_under_its_section_however_it_was_asked_for(self, reader):
        build.make_project(sector=Sector.objects.get(code="2018-26"))
        build.make_project()
        assert [each[::2] for each in options(reader, "sector")] == [("C", 1), ("2018-26", 1), ("none", 1)]
        for word in ("26", "2018-26"):
            html = reader.html("/projects/", {"sector": word})
            assert 'name="sector" value="2018-26" checked' in html
            assert "Ngành: 26 Sản xuất sản phẩm điện tử" in html

    def test_a_zone_that_the_public_does_not_see_is_none(self, reader):
        project = build.make_project(zone=build.make_zone(name="KCN Kín", publication="draft"))
        assert options(reader, "zone") == [("none", "Chưa ghi nhận", 1)]
        assert reader.codes({"zone": "none"}) == [project.code]

    def test_the_sum_and_the_rows_of_a_page(self, reader, some):
        words = reader.words("/projects/", {"zone": "khu-a", "page_size": "25"})
        assert "2 dự án khớp với bộ lọc tổng vốn đăng ký 6.000.000 USD" in words
        html = reader.html("/projects/", {"page_size": "25"})
        assert '<option value="25" selected>' in html and '<option value="100">' in html

    def test_what_is_typed_has_a_place_of_its_own(self, reader, some):
        html = reader.html("/projects/", {"registered_usd_min": "3000000", "licensed_after": "2020-01-01"})
        assert 'name="registered_usd_min" value="3000000"' in html
        assert 'name="licensed_after" value="2020-01-01"' in html

    def test_before_the_first_entry(self, reader, some):
        words = reader.words("/projects/", {"as_of": "2001-01-01"})
        assert "Bút toán đầu tiên trong sổ tính từ ngày 01/01/2022" in words
        assert "Tổng của 4 dự án 0" in words


class TestChips:
    def test_every_filter_in_force_can_be_taken_off(self, reader, some):
        html = reader.html("/projects/?zone=khu-a&search=nh%C3%A0&missing=country&ordering=name&page_size=5")
        assert 'href="/projects/?search=nh%C3%A0&amp;missing=country&amp;ordering=name&amp;page_size=5"' in html
        assert "Khu công nghiệp: KCN A" in html
        assert "Tìm kiếm: nhà" in html
        assert "Thiếu: quốc gia của nhà đầu tư" in html
        assert html.count('class="chip"') == 3

    def test_a_filter_without_a_control_survives_the_form(self, reader, some):
        code = some[2].current_stakes()[0].investor.code
        html = reader.html("/projects/", {"investor": code, "zone": "khu-a", "missing": ["country", "zone"]})
        assert f'<input type="hidden" name="investor" value="{code}">' in html
        assert '<option value="country" selected>' in html
        assert '<input type="hidden" name="missing" value="zone">' in html
        assert 'type="hidden" name="zone"' not in html

    def test_values_in_words(self, reader, some):
        investor = some[2].current_stakes()[0].investor
        html = reader.html("/projects/", {
            "investor": investor.code, "registered_usd_min": "1000000", "licensed_after": "2020-01-02",
            "form": "joint_venture",
        })
        for words in ("Nhà đầu tư: Tokyo", "Vốn đăng ký từ (USD): 1.000.000 USD", "Cấp từ ngày: 02/01/2020",
                      "Hình thức đầu tư: Liên doanh"):
            assert words in html

    def test_a_natural_person_has_no_name(self, reader):
        person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON)
        build.make_project(investors=[person])
        html = reader.html("/projects/", {"investor": person.code})
        assert "Kim" not in html
        assert f"{person.code} (nhà đầu tư cá nhân)" in html


class TestPages:
    def test_page_after_page_gives_every_row_once(self, reader, some):
        seen, query = [], "?page_size=3&ordering=-registered_usd&zone="
        while query:
            html = reader.html(f"/projects/{query}")
            seen += reader.codes(path=f"/projects/{query}")
            found = html.partition('rel="next" href="/projects/')[2].partition('"')[0]
            query = found.replace("&amp;", "&")
        assert seen == codes([some[0], some[2], some[1], some[3]])

    def test_the_last_page_leads_back_to_the_first(self, reader, some):
        html = reader.html("/projects/", {"page_size": 3})
        query = html.partition('rel="next" href="/projects/')[2].partition('"')[0].replace("&amp;", "&")
        last = reader.html(f"/projects/{query}")
        assert 'rel="next"' not in last
        assert '<a href="/projects/?page_size=3">←' in last


class TestWrong:
    def test_a_bad_value_is_named_at_its_field_and_the_valid_ones_are_kept(self, reader, some):
        html = reader.html("/projects/", {"zone": ["nix", "khu-a"], "status": "operating"}, status=400)
        assert '<a href="#f-zone">Không có mã “nix”' in html
        assert 'id="e-zone">Không có mã “nix”' in html
        assert 'name="zone" value="khu-a" checked' in html
        assert 'name="status" value="operating" checked' in html
        assert reader.codes({"zone": ["nix", "khu-a"], "status": "operating"}, status=400) == codes(some[:2])
        assert "<title>Lỗi:" in html

    def test_a_typed_value_comes_back_at_its_field(self, reader, some):
        html = reader.html("/projects/", {"registered_usd_min": "nhiều"}, status=400)
        assert '<a href="#f-registered_usd_min">“nhiều” không phải là số tiền' in html
        assert 'name="registered_usd_min" value="nhiều" autocomplete="off" aria-invalid="true"' in html

    @pytest.mark.parametrize("name, value", [
        ("as_of", "31/12/2025"), ("registered_usd_min", "nhiều"), ("ordering", "size"), ("page_size", "501"),
        ("cursor", "zzz"), ("missing", "tất cả"), ("search", " ".join(map(str, range(100, 121)))),
    ])
    def test_each_bad_value_is_400_and_names_its_parameter(self, reader, some, name, value):
        html = reader.html("/projects/", {name: value, "zone": "khu-a"}, status=400)
        assert f"<b>{name}</b>: " in html or f'<a href="#f-{name}">' in html
        assert reader.codes({name: value, "zone": "khu-a"}, status=400) == codes(some[:2])

    def test_in_english(self, reader):
        assert "There is no code “nix”" in reader.html("/en/projects/", {"zone": "nix"}, status=400)

    def test_a_single_value_given_twice(self, reader, some):
        html = reader.html("/projects/?as_of=2020-01-01&as_of=2021-01-01", status=400)
        assert '<a href="#f-as_of">Tham số này chỉ nhận một giá trị.' in html

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE"])
    def test_what_was_typed_comes_back_escaped(self, reader, some, text):
        for path, status in (({"search": text}, 200), ({"zone": text, "missing": text}, 400)):
            html = reader.html("/projects/", path, status=status)
            assert text not in html
            assert "<script>" not in html and "<img src=x" not in html

    def test_nothing_found_says_what_to_do(self, reader, some):
        words = reader.words("/projects/", {"search": "zzzz", "zone": "khu-a"})
        assert "Không có dự án nào khớp" in words
        assert "Bỏ “tìm kiếm”: 2 dòng" in words and "Bỏ “khu công nghiệp”" not in words
        assert "Xem tất cả dự án" in words

    def test_where_taking_off_one_filter_does_not_help(self, reader, some):
        words = reader.words("/projects/", {"search": "zzzz", "zone": "khu-a", "country": "JP"})
        assert "bỏ riêng một bộ lọc cũng chưa đủ" in words
        assert "Chỉ giữ “khu công nghiệp”: 2 dòng" in words and "Chỉ giữ “tìm kiếm”" not in words


class TestRows:
    def test_a_person_is_not_named(self, reader):
        person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON,
                                     country=Country.objects.get(code="KR"))
        build.make_project(investors=[person])
        words = reader.words("/projects/")
        assert "Kim" not in words
        assert "nhà đầu tư cá nhân Hàn Quốc" in words

    def test_an_unpublished_investor_or_enterprise_is_not_named(self, reader):
        hidden = {"publication": "draft"}
        build.make_project(
            investors=[build.make_investor(name="Nhà đầu tư Kín", country=Country.objects.get(code="KR"), **hidden)],
            enterprise=build.make_enterprise(name="Công ty Kín", **hidden),
            zone=build.make_zone(name="KCN Kín", **hidden),
        )
        assert "Kín" not in reader.html("/projects/")

    def test_names_without_english_are_marked(self, reader):
        build.make_project(name="Nhà máy không tên Anh")
        assert '<span lang="vi">Nhà máy không tên Anh</span>' in reader.html("/en/projects/")
        assert "lang=\"vi\">Nhà máy" not in reader.html("/projects/")


def test_same_queries_for_one_row_and_for_twenty(reader):
    zone = build.make_zone()
    build.make_project(zone=zone, enterprise=build.make_enterprise(), capital_usd="1000000")
    one = reader.queries("/projects/")
    for _ in range(19):
        build.make_project(zone=zone, enterprise=build.make_enterprise(), capital_usd="1000000")
    assert len(reader.codes()) == 20
    assert reader.queries("/projects/") == one <= 14
