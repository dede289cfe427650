"""An officer merges two records, field by field, and parts them again."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.actions.record import amend
from registry.admin.address import address_of
from registry.exchange.check.everything import problems
from registry.models import Investor, Project
from registry.vocabulary.role import Role
from tests import build
from tests.admin.clerk import words_of
from tests.unchanged import everything

from .desk import Page, last_act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def pair():
    one = build.make_investor(name="Amkor Technology")
    other = build.make_investor(name="Amcor Technology", name_native="앰코")
    build.make_project(name="Nhà máy", investors=[other])
    return one, other


def merge_page(one, other) -> str:
    return f"{address_of(one, 'merge')}?with={other.code}"


def past(record) -> str:
    return reverse("admin:past", args=[record.KIND, record.code])


class TestCandidates:
    def test_both_sides_and_the_way_on(self, officer, pair):
        one, other = pair
        answer = officer.client.get(reverse("admin:registry_investor_duplicates"))
        words = words_of(answer)
        assert one.code in words and other.code in words and "1 dự án" in words and "앰코" in words
        assert merge_page(other, one) in answer.content.decode()  # the one with the project stays

    def test_the_list_leads_there(self, officer):
        html = officer.client.get(reverse("admin:registry_enterprise_changelist")).content.decode()
        assert reverse("admin:registry_enterprise_duplicates") in html

    def test_none(self, officer):
        for noun in ("investor", "enterprise"):
            words = words_of(officer.client.get(reverse(f"admin:registry_{noun}_duplicates")))
            assert "Không có hai hồ sơ nào giống nhau." in words

    def test_the_same_queries_however_many(self, officer):
        officer.client.get(reverse("admin:index"))  # the first click of a minute is noted in the session
        counts = []
        for number in (2, 20):
            for _ in range(number):
                build.make_investor(name="Amkor")
            with CaptureQueriesContext(connection) as asked:
                officer.client.get(reverse("admin:registry_investor_duplicates"))
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestMerging:
    def test_first_the_other_is_chosen(self, officer, pair):
        one, other = pair
        page = officer.client.get(address_of(one, "merge"))
        assert f'href="?with={other.code}"' in page.content.decode()
        for code, says in (("INV-999999", "INV-999999"), (one.code, "hai hồ sơ khác nhau")):
            assert says in words_of(officer.client.get(address_of(one, "merge"), {"with": code}))

    def test_field_by_field(self, officer, pair):
        one, other = pair
        page = officer.open(merge_page(one, other))
        assert page.typed["name"] == "winner" and page.typed["name_native"] == "loser"
        assert "country" not in page.typed  # the same in both
        sent = officer.send(page, name="loser", reason="một công ty")
        assert sent.told == [f"Đã gộp {other.code} vào {one.code}."]
        one.refresh_from_db()
        assert (one.name, one.name_native) == ("Amcor Technology", "앰코")
        assert not Investor.objects.filter(pk=other.pk).exists()
        assert officer.client.get(f"/investors/{other.code}/")["Location"] == f"/investors/{one.code}/"
        assert officer.client.get(f"/en/investors/{other.code}/")["Location"] == f"/en/investors/{one.code}/"
        assert officer.client.get(f"/api/v1/investors/{other.code}/").status_code == 301
        event = officer.client.get(f"/api/v1/changes/?after={last_act().changes.earliest('seq').seq - 1}").json()
        merged = next(each for each in event["results"] if each["code"] == other.code)
        assert (merged["verb"], merged["merged_into"], merged["record"]) == ("merged", one.code, None)
        assert list(problems()) == []

    def test_two_clicks_merge_once(self, officer, pair):
        page = officer.open(merge_page(*pair))
        officer.send(page, reason="một công ty")
        assert officer.send(page, reason="một công ty").told == ["Việc này đã được ghi."]

    def test_another_officer_was_faster(self, officer, pair):
        one, other = pair
        for record in pair:
            page = officer.open(merge_page(one, other))
            with build.act(by="hoa") as act:
                amend(act=act, record=Investor.objects.get(pk=record.pk), name_en=f"Amkor {record.pk}")
            before = everything()
            page = officer.send(page, reason="một công ty")
            assert isinstance(page, Page) and everything() == before
            assert page.typed["reason"] == "một công ty"
        officer.send(page, reason="một công ty")
        assert not Investor.objects.filter(pk=other.pk).exists()

    def test_both_in_one_project(self, officer, pair):
        one, other = pair
        project = build.make_project(investors=[one, other])
        assert project.code in words_of(officer.client.get(merge_page(one, other)))
        assert not officer.client.get(merge_page(one, other)).context.get("form")


class TestRemembered:
    @pytest.fixture
    def merged(self, officer, pair):
        officer.work(merge_page(*pair), reason="một công ty")
        return pair

    def test_the_history_of_what_is_gone(self, officer, merged):
        one, other = merged
        words = words_of(officer.client.get(past(other)))
        assert "đã gộp vào" in words and "Amcor Technology" in words and "Nhập mới" in words
        assert f"Gộp vào {one.code}" in words_of(officer.client.get(address_of(one, "history")))
        assert past(other) in officer.client.get(address_of(one, "history")).content.decode()

    def test_a_project_still_tells_whose_it_was(self, officer, merged):
        words = words_of(officer.client.get(address_of(Project.objects.get(), "history")))
        assert f"{merged[1].code} Amcor Technology" in words

    def test_the_desk_tells_of_it(self, officer, merged):
        assert officer.client.get("/admin/").status_code == 200

    def test_parted_again(self, officer, merged):
        one, other = merged
        officer.client.get(past(other))
        change = last_act().changes.get(code=other.code)
        address = reverse("admin:unmerge", args=["investor", other.code, change.seq])
        assert address in officer.client.get(past(other)).content.decode()
        page = officer.open(address)
        before = everything()
        assert officer.send(page, reason=" ").errors and everything() == before
        sent = officer.send(page, reason="gộp nhầm")
        assert sent.path == address_of(Investor.objects.get(code=other.code))
        assert Project.objects.get().stakes.get().investor_id == other.pk
        assert officer.client.get(f"/investors/{other.code}/").status_code == 200
        assert officer.client.get(past(other))["Location"] == address_of(other, "history")
        assert address not in officer.client.get(address_of(one, "history")).content.decode()
        assert list(problems()) == []

    def test_parted_by_who_does_not_publish(self, officer, pair, settings):
        settings.TWO_PERSON_RULE = True
        officer.user.groups.set(Group.objects.filter(name=Role.OFFICER))
        officer.work(merge_page(*pair), reason="một công ty")
        change = last_act().changes.get(code=pair[1].code)
        page = officer.open(reverse("admin:unmerge", args=["investor", change.code, change.seq]))
        assert officer.send(page, reason="gộp nhầm").path == address_of(Investor.objects.get(code=change.code))
        assert officer.client.get(f"/investors/{change.code}/").status_code == 200

    def test_what_rests_on_it(self, officer, merged):
        one, other = merged
        change = last_act().changes.get(code=other.code)
        with build.act(by="hoa") as act:
            amend(act=act, record=Investor.objects.get(pk=one.pk), name_native="앰코 테크")
        words = words_of(officer.client.get(reverse("admin:unmerge", args=["investor", other.code, change.seq])))
        assert "Các thay đổi sau dựa vào việc gộp" in words and "hoa" in words

    @pytest.mark.parametrize("path", ["past/investor/INV-999999/", "past/nix/INV-000001/",
                                      "past/investor/INV-000001/unmerge/1/"])
    def test_what_never_was(self, officer, path):
        assert officer.client.get(f"/admin/{path}").status_code == 404

    def test_nobody_else_reads_it(self, client):
        assert client.get("/admin/past/investor/INV-000001/")["Location"].startswith("/admin/login/")


def test_a_duplicate_project_leads_to_the_other(officer):
    kept, double = build.make_project(capital_usd=5), build.make_project(capital_usd=5)
    page = officer.refused(double, "withdraw", reason="trùng", duplicate_of=double)
    assert "không trùng với chính nó" in page.errors["duplicate_of"]
    officer.work(double, "withdraw", reason="Ghi hai lần", duplicate_of=kept)
    assert officer.client.get(f"/projects/{double.code}/")["Location"] == f"/projects/{kept.code}/"
    assert officer.client.get(f"/api/v1/projects/{double.code}/").status_code == 301
    assert "Gộp vào" in words_of(officer.client.get(address_of(double, "history")))
    assert list(problems()) == []
