"""One box for everything: codes lead straight, words find each kind, nonsense is answered."""

import re
from urllib.parse import quote

import pytest

from registry.actions.project import withdraw_project
from registry.models import Country, Engagement, Opportunity, Policy, Project
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

    def test_too_many_words_are_refused_at_the_field(self, reader):
        asked = " ".join(f"từ{number}" for number in range(30))
        html = reader.html("/search/", {"q": asked}, status=400)
        assert 'id="e-q" role="alert">Câu tìm kiếm có 30 từ khác nhau, nhiều nhất là 20.' in html
        assert 'aria-invalid="true" aria-describedby="e-q"' in html
        assert f'value="{asked}"' in html

    def test_an_endless_question_is_refused(self, reader):
        assert "Địa chỉ dài quá 8000 ký tự" in reader.words("/search/", {"q": "a" * 10_000}, status=400)

    def test_nul_is_refused(self, reader):
        assert reader.open("/search/?q=a%00b").status_code == 400

    @pytest.mark.parametrize("asked", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
    def test_what_was_typed_comes_back_escaped(self, reader, asked):
        html = reader.html(f"/search/?q={quote(asked)}")
        assert asked not in html and "<script" not in html and "<img src=x" not in html


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
