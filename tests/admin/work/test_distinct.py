"""“Không trùng”: on the list of possible duplicates, beside a merge, and back again."""

import pytest
from django.urls import reverse

from registry.actions.record import amend
from registry.models import Change, DistinctPair
from tests import build
from tests.admin.clerk import Clerk, words_of

pytestmark = pytest.mark.django_db

LIST = "/admin/registry/investor/duplicates/"


@pytest.fixture
def lan(client) -> Clerk:
    user = build.make_officer("lan")
    client.force_login(user)
    return Clerk(client, user)


@pytest.fixture
def pair():
    return build.make_investor(name="Foxconn Singapore"), build.make_investor(name="Foxconn Singapora")


def address(one, other) -> str:
    return reverse("admin:registry_investor_distinct", args=[one.pk]) + f"?with={other.code}"


def told(lan: Clerk, pair, **changes):
    url = address(*pair)
    return lan.sends(url, lan.form(url, "work-form"), **changes)


def test_from_the_list_and_back_to_it(lan, pair):
    page = lan.client.get(LIST).content.decode()
    assert f'href="{address(*pair)}"' in page
    answer = told(lan, pair)
    assert answer.url == LIST
    words = words_of(lan.client.get(LIST))
    assert "INV-000001 ≠ INV-000002. Cặp này không được đề xuất nữa" in words
    assert "Không có hai hồ sơ nào giống nhau" in words and "1 cặp đã xem, không trùng" in words
    change = Change.objects.get(kind="distinct-pair")
    assert (change.act.by, change.act.reason) == (lan.user, "Đã xem: hai hồ sơ khác nhau")


def test_the_pair_s_page_of_merging_leads_to_it_too_and_no_record_has_its_button(lan, pair):
    merge = reverse("admin:registry_investor_merge", args=[pair[0].pk])
    assert f'href="{address(*pair)}"' in lan.client.get(f"{merge}?with={pair[1].code}").content.decode()
    record = lan.client.get(reverse("admin:registry_investor_change", args=[pair[0].pk]))
    assert "/distinct/" not in record.content.decode()


def test_it_is_taken_back_from_the_list_of_pairs(lan, pair):
    told(lan, pair)
    made = DistinctPair.objects.get()
    listed = words_of(lan.client.get(reverse("admin:registry_distinctpair_changelist"), {"q": pair[0].code}))
    assert "INV-000001 ≠ INV-000002" in listed
    record = words_of(lan.client.get(reverse("admin:registry_distinctpair_change", args=[made.pk])))
    assert "Foxconn Singapora" in record and "Hoàn tác: đề xuất lại" in record
    url = reverse("admin:registry_distinctpair_propose-again", args=[made.pk])
    lan.sends(url, lan.form(url, "work-form"))
    made.refresh_from_db()
    assert not made.stands
    assert "Foxconn Singapora" in words_of(lan.client.get(LIST))


def test_two_clicks_write_once_and_a_pair_that_moved_on_is_shown_again(lan, pair):
    url = address(*pair)
    fields = lan.form(url, "work-form")
    with build.act() as act:
        amend(act=act, record=pair[1], name="Foxconn Singapore Pte")
    answer = lan.sends(url, fields)
    assert answer.status_code == 200 and not DistinctPair.objects.exists()
    assert "vừa được người khác thay đổi" in words_of(answer)
    fields = lan.form(url, "work-form")
    lan.sends(url, fields)
    lan.sends(url, fields)
    assert Change.objects.filter(kind="distinct-pair").count() == 1


def test_without_another_record_it_asks_for_one(lan, pair):
    url = reverse("admin:registry_investor_distinct", args=[pair[0].pk])
    words = words_of(lan.client.get(url))
    assert "Mã của hồ sơ kia" in words and "sẽ mất đi" not in words
    assert "phải là hai hồ sơ khác nhau" in words_of(lan.client.get(f"{url}?with={pair[0].code}"))
