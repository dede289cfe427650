"""An officer sees what a restoration would change, gives the reason, and loses nothing to another officer."""

import pytest
from django.urls import reverse

from registry.actions.record import amend
from registry.models import Act, Change, Investor
from tests import build
from tests.admin.clerk import words_of
from tests.unchanged import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def investor():
    build.make_investor(name="Amkor")
    for name in ("Amcor", "Anchor"):
        with build.act(by="hoa", reason="đổi tên") as act:
            amend(act=act, record=Investor.objects.get(), name=name)
    return Investor.objects.get()


def address(record, place: int) -> str:
    change = Change.objects.filter(kind=record.KIND, code=record.code).order_by("seq")[place]
    return reverse("admin:registry_investor_restore", args=[record.pk, change.seq])


def typed(clerk, url: str, **changes) -> dict:
    form = clerk.client.get(url).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changes


def test_the_history_offers_every_state_but_the_present(clerk, investor):
    html = clerk.client.get(reverse("admin:registry_investor_history", args=[investor.pk])).content.decode()
    assert address(investor, 0) in html and address(investor, 1) in html and address(investor, 2) not in html


def test_it_is_shown_then_written_as_a_new_change(clerk, investor):
    url = address(investor, 0)
    answer = clerk.client.get(url)
    (difference,) = answer.context["differences"]
    assert (difference.before, difference.after) == ("Anchor", "Amkor")
    assert clerk.client.post(url, typed(clerk, url, reason="tên trên giấy phép")).status_code == 302
    assert Investor.objects.get().name == "Amkor"
    act = Act.objects.latest("id")
    assert (act.by, act.reason) == (clerk.user, "tên trên giấy phép")
    assert act.changes.get().before["name"] == "Anchor"


def test_a_reason_is_required(clerk, investor):
    url = address(investor, 0)
    before = everything()
    answer = clerk.client.post(url, typed(clerk, url))
    assert "Hãy ghi lý do" in words_of(answer) and everything() == before


def test_another_officer_was_faster(clerk, investor):
    url = address(investor, 0)
    first = typed(clerk, url, reason="tên trên giấy phép")
    with build.act(by="minh") as act:
        amend(act=act, record=Investor.objects.get(), name_en="Amkor Inc.")
    before = everything()
    answer = clerk.client.post(url, first)
    assert "đã được người khác sửa" in words_of(answer) and everything() == before
    again = answer.context["form"]
    assert "tên trên giấy phép" in answer.content.decode()
    assert clerk.client.post(url, first | {"version": again["version"].value()}).status_code == 302
    assert Investor.objects.get().name_en == ""  # the officer saw it among the differences


def test_two_clicks_restore_once(clerk, investor):
    url = address(investor, 0)
    fields = typed(clerk, url, reason="tên trên giấy phép")
    acts = Act.objects.count()
    assert [clerk.client.post(url, fields).status_code for _ in range(2)] == [302, 302]
    assert Act.objects.count() == acts + 1


def test_what_cannot_be_restored_says_why(clerk, investor):
    assert "Bản này không khác bản hiện tại" in words_of(clerk.client.get(address(investor, 2)))
    statement = build.make_statement()
    change = Change.objects.get(kind="statement", code=statement.code)
    url = reverse("admin:registry_statement_restore", args=[statement.pk, change.seq])
    assert clerk.client.get(url).status_code in (200, 403)
    assert clerk.client.get(url.replace(f"/{change.seq}/", "/999999/")).status_code == 404
