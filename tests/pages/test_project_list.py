"""The list of projects: filters, order, pages, what is wrong, what is empty."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone

from registry.actions.project import withdraw_project
from registry.models import Country, Project
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.project import ProjectStatus
from registry.web.cursor import in_order
from registry.web.listing import LISTINGS
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def some():
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

    def test_only_zones_and_countries_in_use_are_offered(self, reader, some):
        build.make_zone(code="khu-trong", name="KCN Trống")
        html = reader.html("/projects/")
        assert '<option value="khu-a">KCN A</option>' in html
        assert "khu-trong" not in html
        assert '<option value="JP">Nhật Bản</option>' in html and 'value="FR"' not in html
        assert '<option value="khu-a">Park A</option>' in reader.html("/en/projects/")
        assert '<option value="khu-trong" selected>' in reader.html("/projects/", {"zone": "khu-trong"})


class TestChips:
    def test_every_filter_in_force_can_be_taken_off(self, reader, some):
        html = reader.html("/projects/?zone=khu-a&search=nh%C3%A0&missing=country&ordering=name&page_size=5")
        assert 'href="/projects/?search=nh%C3%A0&amp;missing=country&amp;ordering=name&amp;page_size=5"' in html
        assert "Khu công nghiệp: KCN A" in html
        assert "Tìm kiếm: nhà" in html
        assert "Thiếu: quốc gia của nhà đầu tư" in html
        assert html.count('class="chip"') == 3

    def test_a_filter_without_a_control_survives_the_form(self, reader, some):
        html = reader.html("/projects/", {"missing": "country", "zone": "khu-a"})
        assert '<input type="hidden" name="missing" value="country">' in html
        assert 'type="hidden" name="zone"' not in html

    def test_values_in_words(self, reader, some):
        investor = some[2].current_stakes()[0].investor
        html = reader.html("/projects/", {
            "investor": investor.code, "registered_usd_min": "1000000", "licensed_after": "2020-01-02",
            "form": "joint_venture",
        })
        for words in ("Nhà đầu tư: Tokyo", "Vốn đăng ký từ (USD): 1.000.000 USD", "Cấp từ ngày: 02/01/2020",
                      "Hình thức đầu tư: liên doanh"):
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
        html = reader.html("/projects/", {"zone": "nix", "status": "proposed"}, status=400)
        assert '<select id="f-zone" name="zone" aria-invalid="true" aria-describedby="e-zone">' in html
        assert 'id="e-zone">Không có mã “nix”' in html
        assert '<option value="proposed" selected>' in html
        assert reader.codes({"zone": "nix", "status": "proposed"}, status=400) == [some[3].code]
        assert "<title>Lỗi:" in html

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
        assert "<b>as_of</b>: Tham số này chỉ nhận một giá trị." in html

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE"])
    def test_what_was_typed_comes_back_escaped(self, reader, some, text):
        for path, status in (({"search": text}, 200), ({"zone": text, "missing": text}, 400)):
            html = reader.html("/projects/", path, status=status)
            assert text not in html
            assert "<script>" not in html and "<img src=x" not in html

    def test_nothing_found_says_what_to_do(self, reader, some):
        words = reader.words("/projects/", {"search": "zzzz"})
        assert "Không có dự án nào khớp" in words
        assert "Xem tất cả dự án" in words


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
    assert reader.queries("/projects/") == one <= 12
