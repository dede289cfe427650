"""An officer freezes a quarter: looks at the table first, publishes it once, and it stays."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from registry.admin.freeze import last_quarter
from registry.models import Act, PublishedFigure
from tests import build
from tests.admin.clerk import Form

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/registry/publishedfigure/freeze/"


@pytest.fixture(autouse=True)
def statistician(clerk):
    clerk.user.groups.set(Group.objects.filter(name="statistician"))


@pytest.fixture
def typed(clerk) -> dict:
    """A quarter by zone, as the officer fills it in."""
    build.make_project(capital_usd=5, decided_on=date(2023, 8, 1), zone=build.make_zone(code="SYN-A", name="KCN Một"))
    office = build.make_registrar(name="Ban quản lý các KCN")
    fields = Form(clerk.client.get(ADDRESS).content.decode(), "freeze-form").fields
    return fields | {"title": ["Quý III/2023"], "office": [str(office.pk)], "by": ["zone"], "first": ["1/7/2023"],
                     "last": ["30/9/2023"]}


def test_it_begins_with_the_last_quarter_that_is_over():
    assert last_quarter(date(2026, 11, 27)) == (date(2026, 7, 1), date(2026, 9, 30))
    assert last_quarter(date(2026, 1, 1)) == (date(2025, 10, 1), date(2025, 12, 31))


def test_looking_writes_nothing(clerk, typed):
    acts = Act.objects.count()
    answer = clerk.client.post(ADDRESS, typed | {"_look": ["1"]})
    assert answer.status_code == 200
    assert answer.context["look"].rows == [("KCN Một", [1, "5.00", 0, "0.00", 0, "0.00", "5.00"])]
    assert (Act.objects.count(), PublishedFigure.objects.count()) == (acts, 0)


def test_two_clicks_publish_once(clerk, typed):
    first, second = (clerk.client.post(ADDRESS, typed | {"_freeze": ["1"]}) for _click in range(2))
    figure = PublishedFigure.objects.get()
    page = reverse("admin:registry_publishedfigure_change", args=[figure.pk])
    assert first["Location"] == second["Location"] == page
    assert figure.title == "Quý III/2023" and figure.table["total"]["new_usd"] == "5.00"
    assert Act.objects.latest("pk").by == clerk.user
    html = clerk.client.get(page).content.decode()
    assert f"/publications/{figure.code}/" in html and "KCN Một" in html


@pytest.mark.parametrize("changed, field", [
    ({"last": ["31/12/2099"]}, "last"), ({"first": ["1/10/2023"]}, "first"), ({"by": ["status"]}, "by"),
    ({"first": [""]}, "first"), ({"title": [""]}, "title"), ({"known_on": ["1/1/2099"]}, "known_on"),
])
def test_what_is_wrong_is_said_at_its_field(clerk, typed, changed, field):
    for button in ("_look", "_freeze"):
        answer = clerk.client.post(ADDRESS, typed | changed | {button: ["1"]})
        assert list(answer.context["form"].errors) == [field]
    assert not PublishedFigure.objects.exists()


def test_one_that_replaces_another_says_why(clerk, typed):
    clerk.client.post(ADDRESS, typed)
    first = PublishedFigure.objects.get()
    again = Form(clerk.client.get(ADDRESS).content.decode(), "freeze-form").fields
    typed |= {"key": again["key"], "supersedes": [str(first.pk)]}
    refused = clerk.client.post(ADDRESS, typed)
    assert "phải nêu lý do trong ghi chú công khai" in refused.content.decode()
    assert clerk.client.post(ADDRESS, typed | {"note": ["cấp muộn"]}).status_code == 302
    assert PublishedFigure.objects.latest("pk").supersedes == first
