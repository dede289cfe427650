"""One box for everything: codes lead straight, words find each kind, nonsense is answered."""

import re
from urllib.parse import quote

import pytest

from registry.actions.project import withdraw_project
from registry.models import Country, Engagement, Opportunity, Policy, Project
from registry.pages.search import address_of_code
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.promotion import EngagementKind, OpportunityKind
from tests import build

pytestmark = pytest.mark.django_db


def groups(html: str) -> dict[str, list[str]]:
    """The codes that each group of hits shows."""
    found = {}
    for part in html.split('<section class="section"')[1:]:
        path = re.search(r'aria-labelledby="h-([a-z]+)"', part)[1]
        found[path] = re.findall(r'class="hit" href="(?:/en)?/[a-z]+/([^/]+)/"', part)
    return found


class TestCodes:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_each_kind_is_found_by_its_code(self, reader, prefix):
        made = {
            "projects": build.make_project(), "investors": build.make_investor(), "zones": build.make_zone(),
            "sources": build.make_source(), "policies": build.make(Policy, **build.published(name="Nghị quyết")),
            "engagements": build.make(Engagement, **build.published(name="Lễ", kind=EngagementKind.CEREMONY)),
            "opportunities": build.make(Opportunity, **build.published(name="Kêu gọi", kind=OpportunityKind.CALL)),
        }
        codes = {path: record.code for path, record in made.items()} | {"countries": "US", "sectors": "2018-26"}
        for path, code in codes.items():
            answer = reader.open(f"{prefix}/search/", {"q": f" {code} "})
            assert (answer.status_code, answer["Location"]) == (302, f"{prefix}/{path}/{code}/")

    def test_case_does_not_matter_but_for_countries(self, reader):
        project, zone = build.make_project(), build.make_zone(code="khu-a")
        assert reader.open("/search/", {"q": project.code.lower()})["Location"] == f"/projects/{project.code}/"
        assert reader.open("/search/", {"q": "KHU-A"})["Location"] == f"/zones/{zone.code}/"
        assert "Tìm trong sổ đăng ký" in reader.html("/search/", {"q": "us"})

    def test_a_project_is_found_by_its_irc_code(self, reader):
        project = build.make_project(irc_code="1234567890")
        assert reader.open("/search/", {"q": "1234567890"})["Location"] == f"/projects/{project.code}/"

    def test_a_project_is_found_by_a_former_irc_code_in_one_query(self, reader, django_assert_num_queries):
        project = build.make_project(irc_code="212043000123")
        build.make_certificate(project, kind="exchange", irc_code="5421840814")
        for typed in ("212043000123", "212 043 000 123"):
            with django_assert_num_queries(1):
                assert address_of_code(typed) == f"/projects/{project.code}/"
        assert address_of_code("21204300012") == ""
        assert groups(reader.html("/search/", {"q": "nhà máy 212043000123"})) == {"projects": [project.code]}

    def test_a_former_irc_code_of_a_draft_leads_nowhere(self, reader):
        build.make_project(former_irc_codes="212043000123", publication="draft")
        assert "Không tìm thấy gì" in reader.html("/search/", {"q": "212043000123"})

    def test_codes_of_what_is_not_public_lead_nowhere(self, reader):
        draft = build.make_project(publication="draft")
        gone = build.make_project()
        with build.act() as act:
            withdraw_project(act=act, project=Project.objects.get(pk=gone.pk), reason="Ghi trùng")
        for project in (draft, gone):
            assert "Không tìm thấy gì" in reader.html("/search/", {"q": project.code})


class TestWords:
    def test_each_kind_has_its_group(self, reader):
        build.make_project(name="Nhà máy Sao Mai", zone=build.make_zone(name="KCN Sao Mai"))
        build.make_investor(name="Sao Mai Holdings", country=Country.objects.get(code="JP"))
        words = reader.words("/search/", {"q": "sao mai"})
        assert groups(reader.html("/search/", {"q": "sao mai"})).keys() == {"projects", "investors", "zones"}
        assert "Tìm thấy 3 hồ sơ" in words
        assert "Nhà đầu tư thử nghiệm · KCN Sao Mai · đang hoạt động" in words
        assert "Sao Mai Holdings INV-" in words and "· Nhật Bản" in words

    def test_exact_marks_first_then_whole_words_then_parts(self, reader):
        names = ("Nhà máy Banana", "Nhà máy Ban", "Nhà máy Bàn")
        part, whole, exact = (build.make_project(name=name).code for name in names)
        assert groups(reader.html("/search/", {"q": "bàn"}))["projects"] == [exact, whole, part]

    def test_five_and_a_link_to_all(self, reader):
        for _ in range(7):
            build.make_project(name="Nhà máy Sao Mai")
        html = reader.html("/search/", {"q": "sao mai"})
        assert len(groups(html)["projects"]) == 5
        assert '<a href="/projects/?search=sao+mai">Xem cả 7 trong danh sách</a>' in html
        assert len(reader.codes({"search": "sao mai"})) == 7

    def test_drafts_and_persons_are_not_found_by_name(self, reader):
        build.make_project(name="Dự án Xyzzy", publication="draft")
        person = build.make_investor(name="Kim Min-su", kind=InvestorKind.PERSON)
        hidden = build.make_investor(name="Nhà đầu tư Xyzzy", publication="draft")
        build.make_project(name="Nhà máy Mở", investors=[person])
        build.make_project(name="Nhà máy Mở", investors=[hidden],
                           zone=build.make_zone(name="KCN Xyzzy", publication="draft"))
        for words in ("xyzzy", "kim min su"):
            assert groups(reader.html("/search/", {"q": words})) == {}
        html = reader.html("/search/", {"q": "nhà máy mở"})
        assert "Kim" not in html and "Xyzzy" not in html
        assert "nhà đầu tư cá nhân" in html and "không công khai" in html

    def test_in_english(self, reader):
        build.make_project(name="Nhà máy Sao Mai", name_en="Morning Star plant")
        html = reader.html("/en/search/", {"q": "morning star"})
        assert '<html lang="en">' in html
        assert re.search(r'href="/en/projects/[^/]+/">Morning Star plant</a>', html)


class TestNonsense:
    def test_nothing_asked_shows_how_to_ask(self, reader):
        words = reader.words("/search/")
        assert "Cách tìm" in words and "Tìm thấy" not in words
        assert "chưa có chữ hay số nào" not in words

    @pytest.mark.parametrize("asked", ["!!!", "%", "_", "%%__", "“”", "- – —", "\\", "'"])
    def test_marks_alone_find_nothing(self, reader, asked):
        build.make_project()
        words = reader.words("/search/", {"q": asked})
        assert "Câu tìm kiếm chưa có chữ hay số nào." in words

    @pytest.mark.parametrize("asked", [
        "zzzz", "日本の会社", "Ω≈ç", "'; DROP TABLE registry_project; --", "a" * 7000, "x_y%z", "🙂 zz9",
    ])
    def test_what_nobody_has_says_why_and_what_to_do(self, reader, asked):
        build.make_project()
        words = reader.words("/search/", {"q": asked})
        assert "Không tìm thấy gì" in words and "Hãy bớt từ" in words

    def test_of_too_many_words_the_first_are_searched(self, reader):
        words = [f"từ{number}" for number in range(30)]
        build.make_project(name=" ".join(words[:20]))
        html = reader.html("/search/", {"q": " ".join(words)})
        assert f"Câu tìm kiếm dài quá: chỉ tìm theo phần đầu, “{' '.join(words[:20])}”." in html
        assert f'value="{" ".join(words)}"' in html
        assert len(groups(html)["projects"]) == 1

    @pytest.mark.parametrize("asked", ["a" * 10_000, "điện " * 2000, "% " * 5000, "日本" * 5000, "a1 " * 3000 + "zz"])
    def test_an_endless_question_is_answered(self, reader, asked):
        build.make_project(name="Nhà máy Điện")
        assert reader.open("/search/", {"q": asked}).status_code == 200
        assert reader.open("/en/search/", {"q": asked}).status_code == 200

    def test_nul_is_refused(self, reader):
        assert reader.open("/search/?q=a%00b").status_code == 400

    @pytest.mark.parametrize("asked", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
    def test_what_was_typed_comes_back_escaped(self, reader, asked):
        html = reader.html(f"/search/?q={quote(asked)}")
        assert asked not in html and "<script>" not in html and "<img src=x" not in html


class TestNothingFound:
    @pytest.fixture(autouse=True)
    def there(self):
        build.make_project(name="Nhà máy Samsung Display")
        build.make_zone(name="KCN Thwận Hwưng")

    def offers(self, reader, asked: str) -> list[tuple[str, str]]:
        html = reader.html("/search/", {"q": asked})
        assert "Không tìm thấy gì" in html
        return re.findall(r'<li><a href="[?]q=[^"]*">([^<]+)</a> <span class="hits-count">([^<]+)</span>', html)

    def test_a_word_that_no_record_has_is_named_and_left_out(self, reader):
        assert self.offers(reader, "samsung display zzqq") == [
            ("samsung display", "1 hồ sơ"), ("samsung", "1 hồ sơ"), ("display", "1 hồ sơ")]
        assert "Không hồ sơ nào có: zzqq ." in reader.words("/search/", {"q": "samsung display zzqq"})

    def test_words_of_two_records_are_offered_apart(self, reader):
        assert self.offers(reader, "samsung thwận hwưng") == [
            ("thwận hwưng", "1 hồ sơ"), ("samsung", "1 hồ sơ"), ("thwận", "1 hồ sơ"), ("hwưng", "1 hồ sơ")]
        assert "Không hồ sơ nào có" not in reader.words("/search/", {"q": "samsung thwận hwưng"})

    def test_an_ending_that_was_mistyped(self, reader):
        assert self.offers(reader, "Samsungg display") == [
            ("Samsung display", "1 hồ sơ"), ("Samsung", "1 hồ sơ"), ("display", "1 hồ sơ")]

    def test_what_nobody_has_offers_nothing(self, reader):
        assert self.offers(reader, "zz % 日本の会社") == []
        assert 'href="?q="' not in reader.html("/search/", {"q": "zzzz"})

    def test_what_is_not_public_is_not_offered(self, reader):
        build.make_project(name="Dự án Xyzzy", publication="draft")
        assert self.offers(reader, "xyzzy zzqq") == []

    def test_queries_do_not_grow_with_the_records(self, reader):
        first = reader.queries("/search/", {"q": "samsung thwận zzqq"})
        for _ in range(5):
            build.make_project(name="Nhà máy Samsung")
        assert reader.queries("/search/", {"q": "samsung thwận zzqq"}) == first <= 30


def test_same_queries_for_one_hit_and_for_twenty(reader):
    def one_more():
        build.make_project(name="Sao Mai", zone=build.make_zone(name="Sao Mai"),
                           investors=[build.make_investor(name="Sao Mai", country=Country.objects.get(code="JP"))])

    for _ in range(6):
        one_more()
    first = reader.queries("/search/", {"q": "sao mai"})
    for _ in range(14):
        one_more()
    assert reader.queries("/search/", {"q": "sao mai"}) == first <= 22
