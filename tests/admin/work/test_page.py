"""What holds for every page of work: who may, the reason, the version, the double click."""

import pytest
from django.contrib.auth.models import Group

from registry.actions.record import amend
from registry.admin.address import address_of
from registry.admin.work.everything import WORKS
from registry.models import (
    NOUNS,
    Act,
    ApiKey,
    Certificate,
    CorrectionRequest,
    DistinctPair,
    ImportBatch,
    OperatingReport,
    Opportunity,
    Partner,
    Project,
    Statement,
)
from registry.models.base import Publishable
from registry.vocabulary.role import Role
from tests import build
from tests.admin.work.desk import Sent, done_by, last_act
from tests.exchange.officers_list import officers_list
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

EACH = [(model, work) for model, works in WORKS.items() for work in works]


def one_of(model):
    """A record of the noun; what the press has none of is made."""
    made = {Certificate: lambda: build.make_certificate(Project.objects.get(code="BN-000003")),
            Opportunity: lambda: build.make(Opportunity, kind="call", name="Lời kêu gọi"),
            CorrectionRequest: build.make_correction, DistinctPair: build.make_distinct_pair,
            ImportBatch: lambda: build.make_batch(officers_list()),
            Partner: build.make_partner, ApiKey: build.make_key,
            OperatingReport: lambda: build.make_report(Project.objects.get(code="BN-000003"))}
    return model._default_manager.first() or made[model]()


@pytest.mark.parametrize("model, work", EACH, ids=lambda each: each.__name__)
def test_a_page_opens_or_says_why_not(press, officer, model, work):
    # Who alone work on reports, and on keys.
    officer.user.groups.add(*Group.objects.filter(name__in=[Role.STATISTICIAN, Role.ADMINISTRATOR]))
    record = one_of(model)
    answer = officer.client.get(address_of(record, work.name))

    if work().offered(record):
        assert answer.status_code == 200
        assert f"<h1>{work.title}</h1>" in answer.content.decode()
    else:
        assert answer["Location"] == address_of(record)


@pytest.mark.parametrize("model, work", EACH, ids=lambda each: each.__name__)
def test_nobody_else_comes_in(press, client, model, work):
    record = one_of(model)
    address = address_of(record, work.name)
    before = everything()

    assert client.get(address)["Location"].startswith("/admin/login/")
    client.force_login(build.make_user("reader"))
    assert client.post(address, {"reason": "vì thế", "key": "k", "version": "1"}).status_code == 302
    assert everything() == before


def test_a_new_project_is_officers_work(client):
    assert client.get("/admin/registry/project/add/")["Location"].startswith("/admin/login/")


def test_a_record_that_is_not_there(officer):
    project = build.make_project()
    address = address_of(project, "entry").replace(f"/{project.pk}/", "/999999/")

    assert officer.client.get(address).status_code == 404
    assert officer.client.post(address, {}).status_code == 404


def test_every_noun_that_is_published_can_be_published_and_withdrawn():
    for model in NOUNS.values():
        names = {work.name for work in WORKS.get(model, ())}
        assert issubclass(model, Publishable) == ({"publish", "withdraw"} <= names), model


def test_an_act_carries_the_officer_the_reason_and_the_door(officer):
    project = build.make_project()
    sent = officer.work(project, "milestone", kind="ground_breaking", reality="actual", reason="  theo công văn 12 ")

    act = last_act()
    assert isinstance(sent, Sent)
    assert (act.by, act.by_name, act.reason, act.door) == (officer.user, "lan", "theo công văn 12", "admin")
    assert done_by(act) == [("milestone", f"{project.code}-1", "created"), ("project", project.code, "updated")]


def test_a_reason_that_is_left_out_is_told_in_words(officer):
    officer.work(build.make_project(), "milestone", kind="ground_breaking", reality="actual")

    assert last_act().reason == "Nhập mốc tiến độ"


@pytest.mark.parametrize("reason", ["", "   "])
@pytest.mark.parametrize("make, work", [
    (lambda: build.make_entry(build.make_project(), 5, kind="new"), "reverse"),
    (lambda: build.make_source(publication="draft"), "publish"),
    (build.make_source, "withdraw"),
])
def test_a_reason_is_required(officer, make, work, reason):
    record = make()
    page = officer.open(record, work)
    before = everything()

    page = officer.send(page, reason=reason)

    assert page.errors == {"reason": "Hãy ghi lý do: mỗi thay đổi trong sổ đăng ký đều có người chịu trách nhiệm và "
                                     "lý do."}
    assert everything() == before


def test_two_clicks_write_once(officer):
    project = build.make_project()
    page = officer.open(project, "milestone")

    first = officer.send(page, kind="ground_breaking", reality="actual")
    acts = Act.objects.count()
    second = officer.send(page, kind="ground_breaking", reality="actual")

    assert (first.path, second.path) == (address_of(project), address_of(project))
    assert second.told == ["Việc này đã được ghi."]
    assert (Act.objects.count(), project.milestones.count()) == (acts, 1)


def test_a_version_that_has_moved_on_is_shown_and_a_second_try_goes_through(officer):
    project = build.make_project(name="Nhà máy A")
    page = officer.open(project, "milestone")
    with build.act(by="minh", reason="sửa tên theo GCNĐKĐT") as act:
        amend(act=act, record=project, name="Nhà máy B")
    before = everything()

    stale = officer.send(page, kind="ground_breaking", reality="planned", words="sang năm")

    assert everything() == before
    assert stale.errors[""].startswith(f"{project.code} vừa được người khác thay đổi trong khi bạn nhập")
    assert "minh" in stale.words and "sửa tên theo GCNĐKĐT" in stale.words
    assert "Tên: Nhà máy A → Nhà máy B" in stale.words
    assert (stale.typed["version"], stale.typed["words"], stale.typed["reality"]) == ("2", "sang năm", "planned")

    assert isinstance(officer.send(stale), Sent)
    assert project.milestones.get().words == "sang năm"


def test_what_was_no_longer_possible(officer):
    """Another officer accepted it first: told, and nothing is written twice."""
    stated = build.make_statement()
    page = officer.open(stated, "accept")
    officer.work(stated, "accept", into="nothing")
    before = everything()

    page = officer.send(page, into="nothing", version=Statement.objects.get(pk=stated.pk).version)

    assert page.errors == {"": f"Không làm được việc “Ghi nhận vào hồ sơ” với {stated.code} ở tình trạng hiện nay."}
    assert everything() == before


def test_hidden_fields_that_were_tampered_with(officer):
    project = build.make_project()
    before = everything()

    page = officer.work(project, "milestone", kind="ground_breaking", reality="actual", version="x", key="")

    assert set(page.errors) == {"version", "key"}
    assert everything() == before


def test_an_autocomplete_that_holds_no_key(officer):
    project = build.make_project()

    page = officer.work(project, "milestone", kind="ground_breaking", reality="actual", source="nix")

    assert "source" in page.errors


def test_the_title_of_a_refused_page_says_so(officer):
    page = officer.work(build.make_project(), "milestone", kind="", reality="actual")

    assert "<title>Lỗi: Ghi mốc tiến độ" in page.html
    assert page.errors["kind"]
