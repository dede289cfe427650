"""The list from which an officer came: the next record of it, its last filter, the way back to it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.models import Project
from tests import build
from tests.admin.clerk import words_of

pytestmark = pytest.mark.django_db

LIST = "/admin/registry/project/"


@pytest.fixture
def three():
    """Two of three in a zone; by name C, B, A in the order of their codes."""
    with build.act() as act:
        zone = build.make_zone(act=act)
        return [build.make_project(act=act, name=name, zone=zone if name != "B" else None) for name in "CBA"]


def address(project: Project, query: str = "") -> str:
    kept = {"_changelist_filters": query} if query else None
    return reverse("admin:registry_project_change", args=[project.pk], query=kept)


def saved(clerk, project: Project, query: str = "", button: str = "_next", **changes):
    url = address(project, query)
    return clerk.sends(url, clerk.form(url, "project_form"), **{button: "1", "planned_workers": 7} | changes)


class TestNext:
    def test_it_saves_and_opens_the_next_of_the_whole_list(self, clerk, three):
        c, b, a = three
        assert saved(clerk, a).url == address(b)
        a.refresh_from_db()
        assert a.planned_workers == 7
        assert "Đã lưu BN-000003. Đây là hồ sơ tiếp theo của danh sách." in words_of(clerk.client.get(address(b)))

    def test_it_keeps_filter_and_order(self, clerk, three):
        c, b, a = three
        query = f"o=-1&zone__id__exact={a.zone_id}"
        answer = saved(clerk, c, query)
        assert answer.url == address(a, query)

    def test_each_link_of_a_list_leads_back_to_it(self, clerk, three):
        query = f"o=-1&q={three[0].code}"
        page = clerk.client.get(f"{LIST}?{query}").content.decode()
        assert f'href="{address(three[0], query)}"' in page
        assert f'href="{address(three[1])}"' in clerk.client.get(LIST).content.decode()

    def test_what_takes_a_record_out_of_the_list_leads_on_too(self, clerk, three):
        c, b, a = three
        query = f"zone__id__exact={a.zone_id}"
        assert saved(clerk, a, query, zone="").url == address(c, query)

    def test_after_the_last_one_comes_the_list(self, clerk, three):
        c, b, a = three
        answer = saved(clerk, c, "status__exact=operating")
        assert answer.url == f"{LIST}?status__exact=operating"
        assert "Không còn hồ sơ nào sau nó" in words_of(clerk.client.get(answer.url))

    def test_of_a_record_that_the_list_does_not_have_too(self, clerk, three):
        assert saved(clerk, three[1], f"zone__id__exact={three[0].zone_id}").url.startswith(LIST)
        for query in ("nix=1", "enterprise__activity__contains=a", "zone__id__exact=x"):
            assert saved(clerk, three[1], query).status_code == 302

    def test_a_broken_rule_leads_nowhere(self, clerk, three):
        answer = saved(clerk, three[2], name="")
        assert answer.status_code == 200 and answer.context["adminform"].form.errors

    def test_it_asks_as_much_for_twenty_rows_as_for_three(self, clerk, three):
        def asked(workers: int) -> int:
            url = address(three[2])
            form = clerk.form(url, "project_form") | {"_next": ["1"], "planned_workers": [str(workers)]}
            with CaptureQueriesContext(connection) as queries:
                assert clerk.client.post(url, form).url == address(three[1])
            return len(queries)

        asked(1)
        first = asked(2)
        with build.act() as act:
            for _number in range(20):
                build.make_project(act=act, name="Z")
        assert asked(3) == first

    def test_a_new_record_has_no_next(self, clerk):
        page = clerk.client.get(reverse("admin:registry_source_add")).content.decode()
        assert "_next" not in page and 'accesskey="s"' in page
        page = clerk.client.get(reverse("admin:registry_source_change", args=[build.make_source().pk]))
        assert 'name="_next" accesskey="n"' in page.content.decode()


class TestLastFilter:
    def shown(self, clerk, query: str = ""):
        return clerk.client.get(f"{LIST}?{query}" if query else LIST)

    def test_links_lead_back_to_the_last_filter(self, clerk, three):
        self.shown(clerk, "status__exact=operating&o=-1&p=1")
        assert clerk.client.get(f"{LIST}?last=1").url == f"{LIST}?status__exact=operating&o=-1"
        assert f'href="{LIST}?last=1"' in clerk.client.get("/admin/").content.decode()

    def test_the_bare_address_shows_all_and_forgets(self, clerk, three):
        self.shown(clerk, "status__exact=operating")
        assert "Đang lọc" not in words_of(self.shown(clerk))
        assert clerk.client.get(f"{LIST}?last=1").url == LIST

    def test_the_list_says_what_it_is_narrowed_to_and_how_to_be_rid_of_it(self, clerk, three):
        page = self.shown(clerk, f"status__exact=operating&q=a&zone__id__exact={three[0].zone_id}")
        assert ("Đang lọc: tìm “a”; tình trạng: đang hoạt động; khu công nghiệp: "
                f"{three[0].zone}. Bỏ lọc") in words_of(page)
        assert f'<a href="{LIST}">Bỏ lọc</a>' in page.content.decode()
        assert "Đang lọc: theo bản ghi khác." in words_of(
            self.shown(clerk, f"stakes__investor__id__exact={three[0].stakes.get().investor_id}"))
        assert "Đang lọc" not in words_of(self.shown(clerk, "o=1"))

    def test_saving_leads_back_to_it_also_from_elsewhere(self, clerk, three):
        self.shown(clerk, "status__exact=operating")
        assert saved(clerk, three[0], button="_save").url == f"{LIST}?status__exact=operating"
        page = clerk.client.get(address(three[0])).content.decode()
        assert f'<a href="{LIST}?status__exact=operating">Dự án</a>' in page

    def test_the_history_leads_back_to_it(self, clerk, three):
        page = clerk.client.get(reverse("admin:registry_project_history", args=[three[0].pk])).content.decode()
        assert f'<a href="{LIST}?last=1">' in page

    def test_each_list_and_each_session_has_its_own(self, clerk, three, client):
        self.shown(clerk, "status__exact=operating")
        assert clerk.client.get("/admin/registry/investor/?last=1").url == "/admin/registry/investor/"
        client.logout()
        client.force_login(build.make_officer("hoa"))
        assert client.get(f"{LIST}?last=1").url == LIST

    def test_every_list_that_the_desk_leads_to_knows_the_way(self, admin_client):
        page = admin_client.get("/admin/").content.decode()
        links = set(re.findall(r'href="(/admin/\w+/\w+/\?last=1)"', page))
        assert "/admin/auth/user/?last=1" in links and len(links) > 15
        for link in links:
            assert admin_client.get(link).url == link.removesuffix("?last=1")

    def test_a_popup_and_a_wrong_filter_are_not_kept(self, clerk, three):
        self.shown(clerk, "status__exact=operating")
        self.shown(clerk, "_popup=1&status__exact=building")
        self.shown(clerk, "nix=1")
        assert clerk.client.get(f"{LIST}?last=1").url == f"{LIST}?status__exact=operating"

    def test_the_same_list_again_writes_no_session(self, clerk, three):
        self.shown(clerk, "status__exact=operating")
        assert clerk.queries(f"{LIST}?status__exact=operating") == clerk.queries(f"{LIST}?status__exact=operating")
