"""``fields`` narrows, ``expand`` nests: on every list and detail, in a fixed number of queries, never beyond what its
reader sees."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.exchange.documents import DOCUMENTS
from registry.exchange.documents.nested import LINKS, names_of
from registry.models import Conflict
from registry.web.listing import LISTINGS, PATH_OF
from tests import build

pytestmark = pytest.mark.django_db
WITH_LINKS = [kind for kind in DOCUMENTS if kind in LINKS]


@pytest.fixture
def project():
    parent = build.make_zone(code="khu-me", name="KCN Mẹ")
    zone = build.make_zone(code="khu-con", name="KCN Con", parent=parent)
    source = build.make_source(name="Bài báo")
    return build.make_project(zone=zone, capital_usd=5_000_000, source=source, enterprise=build.make_enterprise())


class TestFields:
    def test_some_of_a_detail(self, api, project):
        assert api.get(f"projects/{project.code}/", fields="name,code,capital.registered_usd,zone.name") == {
            "code": project.code, "name": project.name, "zone": {"name": "KCN Con"},
            "capital": {"registered_usd": "5000000.00"}}

    def test_some_of_each_row_of_a_list_and_of_each_item_of_a_field(self, api, project):
        assert api.get("projects/", fields=["code", "sources.code,investors.lead"])["results"] == [
            {"code": project.code, "investors": [{"lead": True}], "sources": [{"code": project.source.code}]}]

    def test_a_part_takes_nothing_from_the_whole(self, api, project):
        whole = api.get(f"projects/{project.code}/")["capital"]
        for fields in ("capital,capital.as_of", "capital.as_of,capital"):
            assert api.get(f"projects/{project.code}/", fields=fields) == {"capital": whole}

    def test_null_stays_null(self, api, project):
        assert api.get(f"projects/{project.code}/", fields="place.code") == {"place": None}

    def test_a_page_goes_on_with_the_same_fields(self, api, project):
        other = build.make_project()
        first, second = api.pages("projects/", fields="code", page_size=1, ordering="code")
        assert [each["results"] for each in (first, second)] == [[{"code": project.code}], [{"code": other.code}]]

    @pytest.mark.parametrize("name", ["nothing", "capital.nothing", "code.code", "note", "investors.name.x",
                                      "zone.area_ha", ".", "code.", "Code", "__class__"])
    def test_what_there_is_not(self, api, project, name):
        problem = api.problem("projects/", 400, fields=f"code,{name}")
        assert [each["pointer"] for each in problem["errors"]] == ["fields"]
        assert f"“{name}”" in problem["errors"][0]["message"]

    def test_none_at_all_is_no_wish(self, api, project):
        assert api.get("projects/", fields="") == api.get("projects/", expand="") == api.get("projects/")

    @pytest.mark.parametrize("nothing", [",", " ", "code,", ",code"])
    def test_a_comma_has_a_name_on_either_side(self, api, nothing):
        assert api.named("zones/", fields=nothing) == ["fields"]
        assert "expand" in api.named("zones/", expand=nothing)

    def test_beside_another_error(self, api):
        assert api.named("zones/", fields="x", page_size=0, expand="x") == ["page_size", "expand", "fields"]


class TestExpand:
    def test_the_record_stands_where_its_code_stood(self, api, project):
        whole = api.get(f"projects/{project.code}/", expand="zone,investors,sources,enterprise")
        assert whole["zone"] == api.get("zones/khu-con/")
        assert whole["enterprise"] == api.get(f"enterprises/{project.enterprise.code}/")
        assert whole["sources"] == [api.get(f"sources/{each['code']}/") for each in whole["sources"]]
        [investor] = whole["investors"]
        kept = {"share_percent": None, "lead": True}
        assert investor == api.get(f"investors/{investor['code']}/") | kept

    def test_deeper_and_narrowed(self, api, project):
        assert api.get("projects/", expand="zone.parent", fields="code,zone.parent.name,zone.parent.area_ha")[
            "results"] == [{"code": project.code, "zone": {"parent": {"name": "KCN Mẹ", "area_ha": None}}}]
        deepest = api.get("capital-entries/", expand="project.zone.parent")["results"][0]
        assert deepest["project"]["zone"]["parent"]["code"] == "khu-me"

    def test_codes_and_numbers_too(self, api):
        one, other = build.make_statement(), build.make_statement(value="5")
        build.make(Conflict, first=one, second=other, why="khác nhau", state="confirmed")
        answer = api.get(f"statements/{one.pk}/", expand="source,conflicts_with")
        assert answer["source"]["code"] == one.source.code
        assert [each["value"] for each in answer["conflicts_with"]] == ["5"]

    def test_what_the_reader_does_not_see_stays_as_it_is(self, api):
        zone = build.make_zone(publication="draft")
        person = build.make_investor(name="Kim Min-su", kind="person")
        project = build.make_project(zone=zone, investors=[person])
        answer = api.ask(f"projects/{project.code}/", {"expand": "zone,investors"})
        assert answer.json()["zone"] is None
        assert answer.json()["investors"][0]["name"] == "nhà đầu tư cá nhân"
        assert "Kim Min-su" not in answer.content.decode()

    @pytest.mark.parametrize("path, told", [
        ("nothing", "“nothing”"), ("name", "“name”"), ("zone.nothing", "“zone.nothing”"), ("note", "“note”"),
        ("zone.parent.parent.parent", "3"), (".".join(["parent"] * 100), "3"), ("zone..parent", "“zone..parent”"),
        (".".join(["zone"] * 1500), "3"), (",".join(f"a{number}" for number in range(21)), "20"),
    ])
    def test_what_there_is_not(self, api, path, told):
        problem = api.problem("projects/", 400, expand=path)
        assert {each["pointer"] for each in problem["errors"]} == {"expand"}
        assert told in problem["errors"][0]["message"]
        assert len(problem["errors"]) <= 20

    @pytest.mark.parametrize("kind", WITH_LINKS)
    def test_the_same_queries_for_one_row_and_for_twenty(self, furnished, api, kind):
        """Every reference of every noun at once, and the answer keeps to the schema."""
        path, expand = f"{PATH_OF[kind]}/", ",".join(LINKS[kind])

        def queries(size: int) -> int:
            with CaptureQueriesContext(connection) as captured:
                answer = api.get(path, expand=expand, page_size=size, ordering="-code" if kind != "statement" else "")
            assert len(answer["results"]) <= size
            return len(captured)

        queries(1)
        few, many = queries(8), queries(22)
        assert many <= few < 60

    @pytest.mark.parametrize("kind", WITH_LINKS)
    def test_the_answer_keeps_to_the_schema(self, furnished, api, schema, kind):
        path = PATH_OF[kind]
        expand = list(LINKS[kind])[:20]
        schema.check(f"/{path}/", api.get(f"{path}/", expand=",".join(expand), page_size=25))
        schema.check(f"/{path}/", api.get(f"{path}/", fields="code", page_size=25))


def test_every_reference_is_a_field_that_refers():
    for kind, links in LINKS.items():
        names = DOCUMENTS[kind].schema["properties"]
        assert links.keys() <= names.keys(), kind
        for link in links.values():
            assert link.kind in DOCUMENTS


def test_every_field_of_every_noun_can_be_named(api):
    for path, listing in LISTINGS.items():
        names = names_of(listing.kind, "public", {})
        api.get(f"{path}/", fields=",".join(names), page_size=1)
