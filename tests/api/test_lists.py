"""Every list: its shape, its pages, and what it takes; whatever noun it lists."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.vocabulary.vietnamese import sort_key
from registry.web.listing import LISTINGS
from tests import build
from tests.api.furniture import PERSON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("furnished")]

every_list = pytest.mark.parametrize("path", LISTINGS)
WITH_NAMES = [path for path, listing in LISTINGS.items() if "name" in listing.filters.ORDERS]


def name_of(row: dict) -> str:
    return row["title"] if "title" in row else row["name"]


@every_list
def test_shape(api, schema, path):
    page = api.get(f"{path}/")
    assert list(page) == ["results", "next"]
    schema.check(f"/{path}/", page)
    for row in page["results"]:
        assert row["url"] == f"http://testserver/api/v1/{path}/{row['code']}/"


@every_list
def test_every_row_of_the_register_keeps_to_the_schema(api, schema, path):
    schema.check(f"/{path}/", {"results": api.rows(f"{path}/", page_size=500), "next": None})


class TestPages:
    @every_list
    def test_fifty_by_default(self, api, path):
        total = api.get(f"{path}/", count="true", page_size=1)["count"]
        page = api.get(f"{path}/")
        assert len(page["results"]) == min(50, total)
        assert (page["next"] is None) is (total <= 50)
        assert "count" not in page

    @every_list
    def test_the_count_is_of_the_whole_list(self, api, path):
        page = api.get(f"{path}/", count="true", page_size=3)
        assert len(page["results"]) == 3
        assert page["count"] == LISTINGS[path].model.objects.public().count()
        assert page["count"] == len(api.codes(f"{path}/", page_size=500))
        assert "count" not in api.get(f"{path}/", count="false")

    @every_list
    @pytest.mark.parametrize("size", ["1", "500"])
    def test_from_one_to_five_hundred(self, api, path, size):
        assert 1 <= len(api.get(f"{path}/", page_size=size)["results"]) <= int(size)

    @every_list
    @pytest.mark.parametrize("size", ["0", "501", "abc", "-1", "1.5", "1e2", "99999999999999999999"])
    def test_any_other_size_is_refused(self, api, path, size):
        assert api.named(f"{path}/", page_size=size) == ["page_size"]

    @every_list
    def test_page_after_page_is_the_whole_list(self, api, path):
        whole = api.codes(f"{path}/", page_size=500)
        assert api.codes(f"{path}/", page_size=19) == whole
        assert len(set(whole)) == len(whole)

    @every_list
    def test_the_link_header_says_what_next_says(self, api, path):
        answer = api.ask(f"{path}/", {"page_size": 2, "count": "true"})
        following = answer.json()["next"]
        assert following.startswith(f"http://testserver/api/v1/{path}/?")
        assert "page_size=2&count=true&cursor=" in following
        assert answer["Link"] == f'<{following}>; rel="next"'
        assert "Link" not in api.ask(f"{path}/", {"page_size": 500, "search": "khongcogi"})

    @every_list
    def test_a_bad_cursor_is_refused(self, api, path):
        other = "countries" if path != "countries" else "places"
        cursor = re.search(r"cursor=([^&]+)", api.get(f"{other}/", page_size=1)["next"])[1]
        for bad in ("x", cursor, "ImEi:AAAA"):
            assert api.named(f"{path}/", cursor=bad) == ["cursor"]

    @every_list
    def test_the_same_number_of_queries_for_one_row_and_for_twenty(self, api, path):
        counts = []
        for size in (1, 20):
            with CaptureQueriesContext(connection) as queries:
                assert len(api.get(f"{path}/", page_size=size)["results"]) == size
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 9


class TestParameters:
    @every_list
    def test_an_unknown_one_is_named(self, api, path):
        problem = api.problem(f"{path}/", colour="red", page_size="0")
        assert problem["detail"] == "Tham số chưa đúng: colour, page_size."
        assert problem["errors"] == [
            {"pointer": "colour", "message": "Không có tham số này; hãy xem /api/docs/."},
            {"pointer": "page_size", "message": "“0” phải là số nguyên từ 1 đến 500."},
        ]

    @every_list
    @pytest.mark.parametrize("name, value", [
        ("search", "a"), ("ordering", "updated_at"), ("updated_after", "2020-01-01"), ("page_size", "1"),
        ("count", "true"), ("cursor", "x"),
    ])
    def test_a_single_valued_one_given_twice_is_named(self, api, path, name, value):
        assert api.named(f"{path}/", **{name: [value, value]})[0] == name

    @every_list
    def test_bad_values_are_named(self, api, path):
        many = " ".join(f"w{number}" for number in range(21))
        for name, bad in (("count", "yes"), ("updated_after", "hôm qua"), ("ordering", "colour"),
                          ("ordering", "--code"), ("search", many)):
            assert api.named(f"{path}/", **{name: bad}) == [name]

    @every_list
    def test_nul_is_refused(self, api, path):
        for name in ("search", "ordering", "updated_after", "cursor"):
            assert api.problem(f"{path}/", **{name: "a\0"})["code"] == "unreadable-request"

    @every_list
    def test_every_code_and_word_that_nobody_has_is_named(self, api, path):
        own = set(LISTINGS[path].filters.base_filters) - {
            "search", "ordering", "updated_after", "page_size", "count", "cursor", "reference", "attribute",
        }
        for name in own | ({"attribute"} if path == "zone-observations" else set()):
            assert api.named(f"{path}/", **{name: "ZZZ"}) == [name]


class TestOrder:
    @every_list
    @pytest.mark.parametrize("sign", ["", "-"])
    def test_by_code(self, api, path, sign):
        codes = api.codes(f"{path}/", ordering=f"{sign}code", page_size=100)
        assert codes == sorted(codes, key=str.encode, reverse=bool(sign))

    @pytest.mark.parametrize("path", WITH_NAMES)
    @pytest.mark.parametrize("sign", ["", "-"])
    def test_by_name(self, api, path, sign):
        names = [name_of(row) for row in api.rows(f"{path}/", ordering=f"{sign}name", page_size=100)]
        assert names == sorted(names, key=sort_key, reverse=bool(sign))

    @every_list
    @pytest.mark.parametrize("sign", ["", "-"])
    def test_by_change(self, api, path, sign):
        rows = api.rows(f"{path}/", ordering=f"{sign}updated_at", page_size=100)
        assert [row["updated_at"] for row in rows] == sorted((row["updated_at"] for row in rows), reverse=bool(sign))


class TestChangedSince:
    @every_list
    def test_what_changed_after_a_moment(self, api, path):
        rows = api.rows(f"{path}/", page_size=500)
        last = max(row["updated_at"] for row in rows)
        first = min(row["updated_at"] for row in rows)
        assert api.codes(f"{path}/", updated_after=last) == []
        assert api.codes(f"{path}/", updated_after=first, page_size=500) == [
            row["code"] for row in rows if row["updated_at"] > first
        ]
        assert len(api.codes(f"{path}/", updated_after="2020-01-01", page_size=500)) == len(rows)

    def test_one_more(self, api):
        last = max(row["updated_at"] for row in api.rows("investors/"))
        newcomer = build.make_investor(name="Người mới")
        assert api.codes("investors/", updated_after=last) == [newcomer.code]


class TestSearch:
    @pytest.mark.parametrize("path, words, found", [
        ("investors", "amkor", ["Amkor Technology"]), ("enterprises", "cong ty amkor", None),
        ("countries", "nhat ban", ["Nhật Bản"]), ("zones", "kcn yên phong 2c", ["KCN Yên Phong II-C"]),
        ("sectors", "điện tử sản phẩm máy", None), ("sources", "victory giant", None), ("registrars", "số 21", None),
        ("places", "tien du", None), ("policies", "29-NQ/TW", ["Nghị quyết số 29-NQ/TW"]),
        ("engagements", "hiệp hội bán dẫn hoa kỳ", None), ("opportunities", "kêu gọi 21", ["Kêu gọi số 21"]),
    ])
    def test_by_words_of_the_name(self, api, path, words, found):
        names = [name_of(row) for row in api.rows(f"{path}/", search=words)]
        assert names
        assert found is None or names == found

    @pytest.mark.parametrize("path", ["certificates", "capital-entries", "milestones"])
    def test_what_belongs_to_a_project_is_found_by_its_words(self, api, path):
        rows = api.rows(f"{path}/", search="nhà máy số 21")
        assert {row["project"]["name"] for row in rows} == {"Nhà máy số 21"}

    def test_observations_are_found_by_their_zone(self, api):
        rows = api.rows("zone-observations/", search="yen phong 2-C")
        assert {row["zone"]["code"] for row in rows} == {"yen-phong-2c"}

    def test_statements_are_found_by_reference_subject_and_value(self, api):
        assert [row["reference"] for row in api.rows("statements/", search="F027")] == ["F027"]
        assert {row["subject"]["name"] for row in api.rows("statements/", search="inigen")} == {"Inigen"}

    @every_list
    def test_no_word_is_no_filter_and_an_unknown_word_finds_nothing(self, api, path):
        assert api.codes(f"{path}/", search="khongcogi") == []
        assert api.get(f"{path}/", search=" ! ", count="true")["count"] == api.get(f"{path}/", count="true")["count"]

    @every_list
    def test_a_natural_person_is_never_found_nor_shown(self, api, path):
        for words in (PERSON, "zwêng", "zwe"):
            assert api.codes(f"{path}/", search=words) == []
        for page in api.pages(f"{path}/", page_size=500):
            assert "Zwêng" not in str(page)
