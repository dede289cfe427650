"""The lists of investors, zones, sectors …: one list serves them all."""

import re
from datetime import date

import pytest

from registry.models import Country, Sector
from registry.pages.shelves import SHELVES
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from tests import build

pytestmark = pytest.mark.django_db

SHELVES_BY_PATH = {shelf.path: shelf for shelf in SHELVES}


def rows(reader, path: str, parameters: dict | None = None, *, status: int = 200) -> list[str]:
    """The addresses of the records that a list shows, in its order."""
    return re.findall(r'class="row-link" href="([^"]+)"', reader.html(path, parameters, status=status))


class TestRows:
    def test_each_leads_to_its_page(self, reader):
        investor = build.make_investor(name="Ánh Dương")
        assert rows(reader, "/investors/") == [f"/investors/{investor.code}/"]
        assert rows(reader, "/en/investors/") == [f"/en/investors/{investor.code}/"]

    def test_drafts_are_not_shown(self, reader):
        build.make_investor(publication=Publication.DRAFT)
        assert rows(reader, "/investors/") == []

    def test_a_natural_person_is_not_named(self, reader):
        build.make_investor(kind=InvestorKind.PERSON, name="Nguyễn Văn A")
        words = reader.words("/investors/")
        assert "nhà đầu tư cá nhân" in words
        assert "Nguyễn" not in words

    def test_a_code_is_told_by_its_name(self, reader):
        build.make_investor(name="Tokyo", country=Country.objects.get(code="JP"))
        assert 'href="/countries/JP/">Nhật Bản</a>' in reader.html("/investors/")
        assert 'href="/en/countries/JP/">Japan</a>' in reader.html("/en/investors/")

    def test_capital_and_projects_are_of_today(self, reader):
        zone = build.make_zone(code="khu-a", name="KCN A")
        build.make_project(zone=zone, capital_usd=1000, decided_on=date(2024, 1, 1))
        build.make_project(zone=zone, capital_usd=500, decided_on=date(2024, 1, 1))
        assert "2 1.500" in reader.words("/zones/", {"search": "khu-a"})

    def test_a_section_has_the_capital_of_its_sectors(self, reader):
        sector = Sector.objects.get(code="2018-26")
        build.make_project(sector=sector, capital_usd=1000)
        assert "1 1.000" in reader.words("/sectors/", {"search": "2018-26"})
        section = reader.words("/sectors/", {"vsic_version": "2018", "level": "1"})
        assert re.search(r"2018-C .*? 1 1\.000", section)


class TestAsked:
    def test_a_filter_of_words_and_of_codes(self, reader):
        japan = build.make_investor(name="Tokyo", country=Country.objects.get(code="JP"))
        build.make_investor(name="Seoul", country=Country.objects.get(code="KR"))
        assert rows(reader, "/investors/", {"country": "JP"}) == [f"/investors/{japan.code}/"]
        assert "Nước đăng ký: Nhật Bản ×" in reader.words("/investors/", {"country": "JP"})

    def test_none_and_those_with_projects(self, reader):
        held = build.make_investor(name="Seoul", country=Country.objects.get(code="KR"))
        free = build.make_investor(name="Tokyo")
        build.make_project(investors=[held])
        assert rows(reader, "/investors/", {"country": "none"}) == [f"/investors/{free.code}/"]
        assert rows(reader, "/investors/", {"projects": "some"}) == [f"/investors/{held.code}/"]
        assert rows(reader, "/investors/", {"projects": "none"}) == [f"/investors/{free.code}/"]
        assert rows(reader, "/countries/", {"projects": "some"}) == ["/countries/KR/"]
        words = reader.words("/investors/")
        assert "Có dự án 1 Chưa có dự án 1" in words and "Hàn Quốc 1 Chưa ghi nhận 1" in words

    def test_a_section_has_the_projects_of_its_divisions(self, reader):
        build.make_project(sector=Sector.objects.get(code="2018-26"), capital_usd=1000)
        assert rows(reader, "/sectors/", {"projects": "some"}) == ["/sectors/2018-C/", "/sectors/2018-26/"]
        assert "mỗi dự án một lần 1 1.000" in re.sub(r"báo chí nêu: ", "", reader.words("/sectors/"))

    def test_sources_by_publisher_and_day(self, reader):
        source = build.make_source(publisher="Báo A", published_on=VagueDay.exact(date(2024, 5, 1)))
        other = build.make_source()
        assert rows(reader, "/sources/", {"publisher": "Báo A"}) == [f"/sources/{source.code}/"]
        assert rows(reader, "/sources/", {"publisher": "none"}) == [f"/sources/{other.code}/"]
        after = {"published_after": "2024-05-01", "search": "bao a"}
        assert rows(reader, "/sources/", after) == [f"/sources/{source.code}/"]
        assert rows(reader, "/sources/", {"published_before": "2024-04-30", "search": "bao a"}) == []

    def test_the_order(self, reader):
        second, first = build.make_investor(name="Đông"), build.make_investor(name="Ân")
        assert rows(reader, "/investors/", {"ordering": "name"}) == [
            f"/investors/{each.code}/" for each in (first, second)]

    def test_pages_follow_one_another(self, reader):
        codes = [build.make_investor(name=f"Số {number}").code for number in range(3)]
        html = reader.html("/investors/", {"page_size": 2})
        following = re.search(r'rel="next" href="([^"]+)"', html)[1].replace("&amp;", "&")
        assert rows(reader, following) == [f"/investors/{codes[2]}/"]

    def test_what_is_wrong_is_named_and_the_rest_kept(self, reader):
        build.make_investor(name="Tokyo")
        html = reader.html("/investors/", {"country": "nix", "search": "tokyo", "fbclid": "1"}, status=400)
        assert "Không có mã “nix”" in html
        assert 'value="tokyo"' in html
        assert rows(reader, "/investors/", {"country": "nix", "search": "tokyo"}, status=400)

    @pytest.mark.parametrize("search", ["x" * 7000, "%", "_", "ảãạ", "한국", "a " * 19])
    def test_any_search_has_an_answer(self, reader, search):
        assert rows(reader, "/investors/", {"search": search}) == []

    def test_nothing_found_says_what_to_do(self, reader):
        words = reader.words("/investors/", {"search": "zzzz"})
        assert "Không có mục nào khớp" in words and "Xem cả danh sách" in words

    def test_an_empty_list_says_why(self, reader):
        assert "Chưa có mục nào" in reader.words("/opportunities/")
        assert "Nothing here yet" in reader.words("/en/opportunities/")


@pytest.mark.parametrize("path", SHELVES_BY_PATH)
@pytest.mark.usefixtures("press")
def test_the_queries_are_few_and_the_same_for_twenty_rows_and_all(reader, path):
    assert reader.queries(f"/{path}/", {"page_size": 20}) == reader.queries(f"/{path}/", {"page_size": 500}) <= 16
