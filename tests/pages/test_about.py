"""What a page tells programs of itself: a sentence, things of schema.org, a catalogue in DCAT."""

import json
import re
from html import unescape

import pytest

from registry.exchange.documents import DOCUMENTS
from registry.web.listing import LISTINGS
from tests import build

from .conftest import content_of

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def things(html: str) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for text in BLOCK.findall(html):
        thing = json.loads(text)
        assert thing["@context"] == "https://schema.org"
        found.setdefault(thing["@type"], []).append(thing)
    return found


def described(html: str) -> str:
    said = re.search(r'<meta name="description" content="([^"]*)">', html)[1]
    assert f'<meta property="og:description" content="{said}">' in html
    return unescape(said)


def test_a_zone_is_a_place(reader):
    zone = build.make_zone(code="kcn-a", name="KCN A", name_en="A Park", area_ha="270.5",
                           latitude=21.1, longitude=106.0)
    build.make_observation(zone=zone)
    build.make_project(zone=zone, capital_usd="1600000000")
    html = reader.html("/en/zones/kcn-a/")
    place = things(html)["Place"][0]
    assert (place["name"], place["alternateName"]) == ("KCN A", "A Park")
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 21.1, "longitude": 106.0}
    assert described(html) == ("A Park. Industrial park, 270.5 ha, occupancy 80%, 1 project, registered capital "
                               "USD 1.6 billion. Every figure has a date and a source.")
    assert '<meta property="og:url" content="http://testserver/en/zones/kcn-a/">' in html
    assert re.search(r'<meta property="og:image" content="http://testserver/static/registry/card[^"]*\.png">', html)


def test_an_investor_is_an_organisation_and_a_person_is_nothing(reader):
    company = build.make_investor(name="Hãng </script><b>", name_native="甲公司")
    organisation = things(reader.html(f"/investors/{company.code}/"))["Organization"][0]
    assert (organisation["name"], organisation["alternateName"]) == ("Hãng </script><b>", ["甲公司"])
    person = build.make_investor(name="Nguyễn Văn An", kind="person")
    html = reader.html(f"/investors/{person.code}/")
    assert set(things(html)) == {"BreadcrumbList"}
    assert "Nguyễn Văn An" not in html
    assert described(html).startswith("nhà đầu tư cá nhân. Nhà đầu tư")


def test_a_trail_leads_from_the_first_page_to_the_record(reader):
    project = build.make_project(name="Nhà máy A")
    steps = things(reader.html(f"/projects/{project.code}/"))["BreadcrumbList"][0]["itemListElement"]
    assert [(each["name"], each["item"]) for each in steps] == [
        ("Sổ đăng ký FDI Bắc Ninh", "http://testserver/"), ("Dự án", "http://testserver/projects/"),
        ("Nhà máy A", f"http://testserver/projects/{project.code}/"),
    ]


def test_the_statistics_are_data_sets_whose_files_answer(reader):
    build.make_project(capital_usd="5")
    found = things(reader.html("/statistics/"))["Dataset"]
    assert [each["name"] for each in found] == [
        "Thống kê vốn: Vốn theo năm quyết định", "Thống kê vốn: Vốn theo quốc gia", "Thống kê vốn: Vốn theo ngành",
        "Thống kê vốn: Vốn theo khu công nghiệp", "Thống kê vốn: Vốn theo nhà đầu tư",
    ]
    for file in found[1]["distribution"]:
        answer = reader.open(file["contentUrl"].removeprefix("http://testserver"))
        assert answer.status_code == 200 and content_of(answer)
        assert answer["Content-Type"].partition(";")[0] == file["encodingFormat"]


def test_the_data_page_names_its_files_and_its_catalogue(reader):
    found = things(reader.html("/data/"))["Dataset"][0]
    assert found["includedInDataCatalog"]["url"] == "http://testserver/catalog.jsonld"
    assert len(found["distribution"]) == 4
    assert "license" not in found  # none was decided


class TestCatalogue:
    def read(self, client) -> dict:
        answer = client.get("/catalog.jsonld")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
        return json.loads(answer.content)

    def test_every_list_is_a_data_set(self, client):
        body = self.read(client)
        assert body["@type"] == "dcat:Catalog"
        sets = body["dcat:dataset"]
        assert {each["dcterms:identifier"] for each in sets} == {
            *LISTINGS, "statistics", "flows", "indicators", "publications", "quality", "dumps"}
        assert {each["@id"] for each in sets} == {each["@id"] for each in body["dcat:service"][0]["dcat:servesDataset"]}
        assert len({each["@id"] for each in sets}) == len(DOCUMENTS) + 6
        for each in sets:
            assert [title["@language"] for title in each["dcterms:title"]] == ["vi", "en"]
            assert all(title["@value"] for title in each["dcterms:title"])

    def test_every_address_answers(self, client):
        for each in self.read(client)["dcat:dataset"]:
            for distribution in each["dcat:distribution"]:
                address = distribution.get("dcat:downloadURL") or distribution["dcat:accessURL"]
                answer = client.get(address["@id"].removeprefix("http://testserver"))
                assert answer.status_code == 200 and content_of(answer), address
                assert distribution["dcat:mediaType"]["@id"].endswith(answer["Content-Type"].partition(";")[0])

    def test_it_has_the_day_of_the_last_change_and_is_known_by_its_revision(self, client, django_assert_num_queries):
        build.make_project()
        with django_assert_num_queries(2):
            body = self.read(client)
        assert body["dcterms:modified"]["@type"] == "xsd:dateTime"
        tag = client.get("/catalog.jsonld")["ETag"]
        assert client.get("/catalog.jsonld", headers={"If-None-Match": tag}).status_code == 304
