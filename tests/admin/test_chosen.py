"""Several records of a list at once: each as it was seen there, all or none, every failing row named."""

import pytest
from django.urls import reverse

from registry.actions.merge import merge
from registry.actions.record import amend
from registry.admin.chosen import TOGETHER
from registry.admin.site import site
from registry.models import Act, Certificate, Investor, Project
from registry.models.base import Publishable
from registry.vocabulary.publication import Publication
from registry.vocabulary.role import Role
from tests import build
from tests.admin.clerk import Form, words_of
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

REVIEW = {"task": "review"}


def lists(clerk, model=Investor, **which):
    return clerk.client.get(reverse(f"admin:registry_{model._meta.model_name}_changelist"), which)


def boxes(answer) -> list[str]:
    """What the boxes of a list would send."""
    html = answer.content.decode()
    return [part.split('"')[0] for part in html.split('name="chosen" value="')[1:]]


def address(name: str = "publish-chosen", model=Investor) -> str:
    return reverse(f"admin:registry_{model._meta.model_name}_{name}")


def fields(answer) -> dict[str, list[str]]:
    return Form(answer.content.decode(), "chosen-form").fields


def confirm(clerk, page, url: str | None = None, **changes):
    return clerk.sends(url or address(), fields(page), **{"reason": "đã xem", **changes})


def in_review(*names: str) -> list[Investor]:
    return [build.make_investor(name=name, publication=Publication.IN_REVIEW) for name in names]


def moved(record, **changes) -> None:
    with build.act(by="minh", reason="sửa tên") as act:
        amend(act=act, record=type(record).objects.get(pk=record.pk), **changes)


@pytest.mark.parametrize("model", [model for model in site._registry if issubclass(model, Publishable)],
                         ids=lambda model: model.__name__)
def test_every_noun_that_is_published_has_boxes_where_it_waits_and_nowhere_else(clerk, model):
    for each in TOGETHER:
        for name, value in each.lists:
            if name == "task" and model is Certificate and value == "mine":
                continue
            page = lists(clerk, model, **{name: value})
            assert page.context["together"] is each, (name, value)
    assert "together" in page.context and lists(clerk, model).context["together"] is None


def test_the_boxes_carry_the_version_of_each_row(clerk):
    one, other = in_review("Một", "Hai")
    moved(other, name="Hai Hai")
    build.make_investor(name="Đã công bố")
    assert sorted(boxes(lists(clerk, **REVIEW))) == sorted([f"{one.pk}.1", f"{other.pk}.2"])
    assert boxes(lists(clerk)) == []


def test_all_are_published_in_one_act(clerk):
    records = in_review("Một", "Hai", "Ba")
    page = clerk.client.post(f"{address()}?task=review", {"chosen": boxes(lists(clerk, **REVIEW))})
    assert "Một" in words_of(page) and Act.objects.latest("pk").reason != "đã xem"
    answer = confirm(clerk, page, f"{address()}?task=review")
    assert (answer.status_code, answer.url) == (302, f"{reverse('admin:registry_investor_changelist')}?task=review")
    act = Act.objects.latest("pk")
    assert (act.by, act.reason, act.changes.count()) == (clerk.user, "đã xem", 3)
    assert all(Investor.objects.get(pk=each.pk).is_public() for each in records)
    assert "Công bố: đã ghi 3 hồ sơ." in words_of(clerk.client.get(answer.url))


def test_drafts_are_sent_to_review(clerk):
    draft = build.make_investor(publication=Publication.DRAFT)
    url = address("submit-chosen")
    page = clerk.client.post(url, {"chosen": boxes(lists(clerk, publication__exact="draft"))})
    assert confirm(clerk, page, url, reason="").status_code == 302
    draft.refresh_from_db()
    assert (draft.publication, Act.objects.latest("pk").reason) == (Publication.IN_REVIEW, "Gửi duyệt")


def test_one_that_moved_on_stops_all_is_named_and_may_be_left_out(clerk):
    one, other = in_review("Một", "Hai")
    page = clerk.client.post(address(), {"chosen": boxes(lists(clerk, **REVIEW))})
    moved(one, name="Một khác")
    before = everything()

    refused = confirm(clerk, page)

    assert everything() == before
    words = words_of(refused)
    assert "1 trong 2 hồ sơ chưa ghi được" in words and f"{one.code} đã được người khác sửa" in words
    assert fields(refused)["chosen"] == [f"{other.pk}.1"]
    assert confirm(clerk, refused).status_code == 302
    assert [Investor.objects.get(pk=each.pk).is_public() for each in (one, other)] == [False, True]


def test_what_moved_on_may_be_ticked_again_knowingly(clerk):
    one, = in_review("Một")
    page = clerk.client.post(address(), {"chosen": boxes(lists(clerk, **REVIEW))})
    moved(one, name="Một khác")
    refused = confirm(clerk, page)
    assert boxes(refused) == [f"{one.pk}.2"] and "chosen" not in fields(refused)
    assert confirm(clerk, refused, chosen=boxes(refused)).status_code == 302
    assert Investor.objects.get(pk=one.pk).is_public()


def test_each_failing_row_is_named(clerk, settings):
    """Published by another, merged into another, one's own under the two-person rule: each by its reason."""
    settings.TWO_PERSON_RULE = True
    published, gone, own, fine = in_review("Công bố rồi", "Gộp", "Của mình", "Được")
    saved = clerk.saves(own, name="Của mình đây")
    assert saved.status_code == 302
    page = clerk.client.post(address(), {"chosen": boxes(lists(clerk, **REVIEW))})
    moved(published, publication=Publication.PUBLISHED)
    with build.act() as act:
        merge(act=act, winner=Investor.objects.get(pk=published.pk), loser=Investor.objects.get(pk=gone.pk), take=set())
    before = everything()

    words = words_of(confirm(clerk, page))

    assert everything() == before
    assert "3 trong 4 hồ sơ chưa ghi được" in words
    for said in (f"{published.code} đã được người khác sửa", "không còn trong sổ đăng ký",
                 f"{own.code}: bạn là người đã nhập hoặc sửa"):
        assert said in words


def test_certificates_of_one_project_post_in_their_order(clerk):
    project = build.make_project(capital_usd=1000)
    with build.act() as act:
        for step, amount in ((1, 500), (2, -200)):
            build.make_certificate(project, act=act, kind="amendment", step=step, amount_usd=amount, publish_now=False)
    url = address(model=Certificate)
    page = clerk.client.post(url, {"chosen": list(reversed(boxes(lists(clerk, Certificate, **REVIEW))))})
    assert confirm(clerk, page, url).status_code == 302
    assert str(Project.objects.get(pk=project.pk).entries.measures()["registered_usd"]) == "1300.00"


def test_a_reason_is_needed_and_two_clicks_write_once(clerk):
    in_review("Một")
    page = clerk.client.post(address(), {"chosen": boxes(lists(clerk, **REVIEW))})
    before = everything()
    assert "Hãy ghi lý do" in words_of(confirm(clerk, page, reason=" "))
    assert everything() == before
    for _click in range(2):
        assert confirm(clerk, page).status_code == 302
    assert Act.objects.filter(reason="đã xem").count() == 1


def test_nothing_ticked_and_tampered_boxes_lead_back(clerk):
    before = everything()
    for sent in ({}, {"chosen": ["x", "1", "1.x", "9" * 40]}):
        answer = clerk.client.post(f"{address()}?task=review", sent)
        assert (answer.status_code, answer.url) == (
            302, f"{reverse('admin:registry_investor_changelist')}?task=review")
    assert "Chưa chọn hồ sơ nào" in words_of(clerk.client.get(answer.url))
    assert everything() == before


def test_only_who_may_publish_sees_the_boxes(client, clerk):
    in_review("Một")
    client.force_login(build.make_officer("thu", Role.OFFICER))
    assert boxes(client.get(reverse("admin:registry_investor_changelist"), REVIEW)) == []
