"""What the search box offers while a reader types."""

import pytest

from registry.models import Country
from registry.vocabulary.investor import InvestorKind
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(reader):
    def ask(asked: str, prefix: str = "") -> list[dict]:
        answer = reader.open(f"{prefix}/search/suggest/", {"q": asked})
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
        return answer.json()["suggestions"]

    return ask


def names(found: list[dict]) -> list[str]:
    return [each["name"] for each in found]


def test_each_has_its_name_kind_code_and_address(offered):
    project = build.make_project(name="Nhà máy Sốp Mai", name_en="Morning Star plant")

    assert offered("sop m") == [{"name": "Nhà máy Sốp Mai", "lang": "", "code": project.code, "group": "Dự án",
                                 "url": f"/projects/{project.code}/"}]
    [found] = offered("morning", prefix="/en")
    assert (found["name"], found["url"]) == ("Morning Star plant", f"/en/projects/{project.code}/")


def test_a_name_without_translation_says_its_language(offered):
    build.make_zone(name="KCN Thuận Hưng")

    [found] = offered("thuan hung", prefix="/en")
    assert (found["name"], found["lang"]) == ("KCN Thuận Hưng", "vi")


def test_exact_marks_then_whole_words_then_parts_then_what_stands_elsewhere(offered):
    build.make_project(name="Nhà máy Linh Kiện", objective="xoèn ghế")
    build.make_investor(name="Xoenana")
    build.make_zone(name="KCN Xoen")
    build.make_source(name="Bài báo Xoèn")

    assert names(offered("xoèn")) == ["Bài báo Xoèn", "KCN Xoen", "Xoenana", "Nhà máy Linh Kiện"]


def test_three_of_a_kind_and_eight_in_all(offered):
    for _ in range(5):
        build.make_project(name="Sốp Mai")
        build.make_investor(name="Sốp Mai")
        build.make_zone(name="Sốp Mai")
        build.make_source(name="Sốp Mai")

    found = offered("sop mai")
    assert [each["group"] for each in found] == (
        ["Dự án"] * 3 + ["Nhà đầu tư"] * 3 + ["Khu công nghiệp"] * 2)


def test_a_code_is_offered(offered):
    project = build.make_project(name="Nhà máy")

    assert project.code in [each["code"] for each in offered(project.code[:-1])]


def test_neither_persons_nor_drafts_are_offered(offered):
    person = build.make_investor(name="Zwêng Min-su", kind=InvestorKind.PERSON)
    build.make_project(name="Dự án Xyzzy", publication="draft")

    assert offered("zweng min") == offered("xyzzy") == offered(person.code) == []


@pytest.mark.parametrize("asked", ["", "a", "!!!", "%", "__", "zzzz", "a" * 7000, "'; DROP TABLE registry_project; --",
                                   " ".join(f"từ{number}" for number in range(30)), '"*', "日本の会社"])
def test_nonsense_suggests_nothing(offered, asked):
    build.make_project(name="Sốp Mai")

    assert offered(asked) == []


def test_a_screen_reader_is_told_how_many(reader):
    build.make_project(name="Sốp Mai")

    assert reader.open("/search/suggest/", {"q": "sop"}).json()["said"] == "1 gợi ý; bấm mũi tên xuống để chọn"
    assert reader.open("/search/suggest/", {"q": "zzz"}).json()["said"] == ""


def test_it_is_known_by_the_revision(reader):
    answer = reader.open("/search/suggest/", {"q": "sop"})
    assert reader.open("/search/suggest/", {"q": "sop"}, **{"If-None-Match": answer["ETag"]}).status_code == 304
    build.make_project(name="Sốp Mai")
    again = reader.open("/search/suggest/", {"q": "sop"}, **{"If-None-Match": answer["ETag"]})
    assert (again.status_code, len(again.json()["suggestions"])) == (200, 1)
    assert not again.cookies


def test_same_queries_for_one_and_for_many(reader, django_assert_num_queries):
    def one_more():
        build.make_project(name="Sốp Mai", zone=build.make_zone(name="Sốp Mai"),
                           investors=[build.make_investor(name="Sốp Mai", country=Country.objects.get(code="JP"))])

    for _ in range(12):
        with django_assert_num_queries(10):  # nine kinds, and the revision
            reader.open("/search/suggest/", {"q": "sop mai"})
        one_more()
