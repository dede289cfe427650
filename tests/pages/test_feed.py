"""What changed, as Atom: in words, of what is public, under ids that stay."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from registry.actions.project import withdraw_project
from registry.actions.record import amend
from registry.models import Country, Project, Sector, Zone
from tests import build

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(client, path: str = "/feed.atom") -> ElementTree.Element:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def entries(root: ElementTree.Element) -> list[tuple[str, str]]:
    return [(each.findtext("a:title", namespaces=ATOM), each.findtext("a:summary", namespaces=ATOM))
            for each in root.iterfind("a:entry", ATOM)]


@pytest.fixture
def project(db) -> Project:
    with build.act() as act:
        zone = build.make_zone(act=act, code="kcn-a", name="KCN A")
        investor = build.make_investor(act=act, name="Hãng A", country=Country.objects.get(code="KR"))
        project = build.make_project(act=act, name="Nhà máy <A>", name_en="Plant <A>", zone=zone, investors=[investor],
                                     sector=Sector.objects.get(code="2018-26"))
        build.make_entry(project, "5000000", act=act)
        build.make_milestone(project, act=act)
    return project


def test_an_entry_says_in_words_what_was_done(client, project):
    root = read(client)
    title, summary = entries(root)[0]
    assert title.startswith("Nhà máy <A>: tạo mới (")
    assert f"Dự án {project.code}: tạo mới; " in summary and "5.000.000 USD" in summary
    english, _summary = entries(read(client, "/en/feed.atom"))[0]
    assert english.startswith("Plant <A>: created (")


def test_ids_and_days_stay(client, project):
    def ids(root):
        return [each.findtext("a:id", namespaces=ATOM) for each in root.iterfind("a:entry", ATOM)]

    before = read(client)
    assert len(set(ids(before))) == len(ids(before))
    with build.act() as act:
        amend(act=act, record=project, name="Tên khác")
    after = read(client)
    assert ids(after)[1:] == ids(before)[:49]
    assert after.findtext("a:id", namespaces=ATOM) == before.findtext("a:id", namespaces=ATOM)
    assert ids(read(client, f"/projects/{project.code}/feed.atom"))[0] == ids(after)[0]
    updated = [datetime.fromisoformat(each.text) for each in after.iterfind(".//a:updated", ATOM)]
    assert updated[0] == updated[1] == max(updated)


@pytest.mark.parametrize("path", ["zones/kcn-a", "countries/KR", "sectors/2018-26", "investors/{investor}",
                                  "projects/{project}"])
def test_a_record_has_a_feed_of_its_own(client, project, path):
    other = build.make_project(name="Nhà máy khác")
    path = path.format(project=project.code, investor=project.stakes.get().investor.code)
    root = read(client, f"/{path}/feed.atom")
    words = str(entries(root))
    assert "Nhà máy <A>: tạo mới" in words
    assert other.code not in words
    links = {each.get("rel"): each.get("href") for each in root.iterfind("a:link", ATOM)}
    assert links == {"self": f"http://testserver/{path}/feed.atom", "alternate": f"http://testserver/{path}/"}
    page = client.get(f"/{path}/").content.decode()
    assert 'type="application/atom+xml"' in page and f'href="/{path}/feed.atom">' in page


def test_what_is_observed_of_a_zone_stands_in_its_feed(client, project):
    build.make_observation(zone=Zone.objects.get(code="kcn-a"))
    title, summary = entries(read(client, "/zones/kcn-a/feed.atom"))[0]
    assert title.startswith("KCN A: tạo mới (tỷ lệ lấp đầy (%)")
    assert "Khu công nghiệp kcn-a" in summary


def test_only_what_is_public(client):
    build.make_project(name="Bản nháp", publication="draft")
    person = build.make_investor(name="Nguyễn Văn An", kind="person")
    gone = build.make_project(name="Bí mật", capital_usd="7")
    with build.act() as act:
        withdraw_project(act=act, project=Project.objects.get(pk=gone.pk), reason="Ghi trùng")
    words = client.get("/feed.atom").content.decode()
    for hidden in ("Bản nháp", "Nguyễn Văn An", "Bí mật"):
        assert hidden not in words
    assert f"{gone.code}: đã gỡ" in words
    feed = client.get(f"/investors/{person.code}/feed.atom").content.decode()
    assert "Nguyễn Văn An" not in feed and "nhà đầu tư cá nhân" in feed
    assert client.get(f"/projects/{gone.code}/feed.atom").status_code == 410
    assert client.get("/projects/BN-999999/feed.atom").status_code == 404


def test_it_is_known_by_its_revision_and_reads_the_same_however_much_there_is(
    client, project, django_assert_num_queries
):
    tag = client.get("/feed.atom")["ETag"]
    assert client.get("/feed.atom", headers={"If-None-Match": tag}).status_code == 304
    for _ in range(3):
        build.make_milestone(build.make_project())
        with django_assert_num_queries(6):
            client.get("/feed.atom")


def test_a_feed_without_entries_has_a_day(client):
    root = read(client, "/countries/AD/feed.atom")
    assert entries(root) == []
    assert datetime.fromisoformat(root.findtext("a:updated", namespaces=ATOM))
