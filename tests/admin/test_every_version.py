"""Every form, every work on many records and every page of work carries a version and checks it.

They are found by looking: in the site, in ``work.everything``, among the works on chosen records, and in the table of
addresses. What takes a POST and is found nowhere fails. Accounts are no records of the register and have no version.
"""

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry.actions.record import touch
from registry.admin.chosen import TOGETHER
from registry.admin.site import site
from registry.admin.work.everything import WORKS
from registry.models import Change
from registry.models.base import Publishable
from registry.vocabulary.publication import Publication
from tests import build
from tests.admin.clerk import Form
from tests.admin.test_matrix import of_nouns, one_of_each, rule_of
from tests.admin.work.desk import Officer, Page, Sent
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

NOUNS = {model: admin for model, admin in site._registry.items() if model is not User}
FORMS = [model for model, admin in NOUNS.items() if admin.writable]
PAGES = [(model, work) for model, works in WORKS.items() for work in works]
CHOSEN = [(model, each) for model in NOUNS if issubclass(model, Publishable) for each in TOGETHER]

# What makes a new record of nothing that could have moved on.
BEGINS = {"add", "upload", "freeze"}
WAYS_BACK = {"undo", "restore"}
# What lets go a file that failed: it names the try that was seen, and a later one has other keys (test_batch.py).
OF_A_TRY = {"failed"}

# What an officer types on a page of work so that only its version can be against it; a page that is not here is sent as
# it was opened.
TYPED = {
    "certificate": lambda: {"kind": "first_issue", "decided_on": "20/5/2023", "amount_usd": "1.000"},
    "dossier": lambda: {"received_on": "20/5/2023"},
    "refuse": lambda: {"decided_on": "20/5/2023", "changes": "không hợp lệ"},
    "stage": lambda: {"status": "suspended"},
    "settle": lambda: {"outcome": "theo giấy chứng nhận"},
    "entry": lambda: {"kind": "increase", "amount_usd": "5", "source": build.make_source()},
    "milestone": lambda: {"kind": "ground_breaking", "reality": "planned"},
    "end": lambda: {"status": "terminated", "ended_on": "30/6/2025", "source": build.make_source()},
    "statement": lambda: {"subject_kind": "project", "subject_name": "Nhà máy", "kind": "reported", "value": "5",
                          "attribute": "total_investment_capital", "unit": "USD million"},
    "accept": lambda: {"into": "nothing"},
    "review": lambda: {"as_": "rejected"},
    "dismiss": lambda: {"outcome": "hai thời điểm"},
    "ask-key": lambda: {"purpose": "sao gương"},
    "dismiss-difference": lambda: {"outcome": "vốn trước khi có sổ"},
    "conclude": lambda: {"state": "declined", "outcome": "đã đối chiếu"},
}
IN_WORDS = {"reason": "đã xem"}
# Chosen once: the server keeps it while the form has to be sent again.
CHOSEN_FILES = {"scan": lambda: {"file": SimpleUploadedFile("ban-chup.pdf", b"%PDF-1.7")}}


@pytest.fixture(scope="module")
def records(lasting) -> dict[str, list]:
    """Records of every noun, in each of its states."""
    with lasting(one_of_each) as made:
        yield made


@pytest.fixture(autouse=True)
def every_role(clerk, settings, tmp_path):
    """Only the version can be against her."""
    settings.VAR_DIR = tmp_path
    clerk.user.groups.set(Group.objects.all())


def moves_on(record) -> None:
    """Something that belongs to the record is changed by another officer."""
    with build.act(by="minh", reason="việc khác") as act:
        touch(act=act, record=type(record).objects.get(pk=record.pk))


def named(case) -> str:
    return getattr(case, "name", "") or case.__name__


@pytest.mark.parametrize("model", FORMS, ids=named)
def test_every_form(clerk, records, model):
    record = records[model._meta.model_name][0]
    url, fields = clerk.opens(record)
    assert fields["version"] == [str(record.version)]
    moves_on(record)
    before = everything()

    refused = clerk.sends(url, fields)

    assert refused.status_code == 200 and refused.context["comparison"] is not None
    assert everything() == before
    assert clerk.sends(url, Form(refused.content.decode(), f"{model._meta.model_name}_form").fields).status_code == 302


@pytest.mark.parametrize("model, work", PAGES, ids=named)
def test_every_page_of_work(clerk, records, model, work):
    found = records[model._meta.model_name]
    record = next(each for each in found if work().offered(each))
    officer = Officer(clerk.client, clerk.user)
    path = reverse(f"admin:registry_{model._meta.model_name}_{work.name}", args=[record.pk])
    if work.name in ("merge", "distinct"):
        path += f"?with={next(each.code for each in found if each != record)}"
    page = officer.open(path)
    files = CHOSEN_FILES.get(work.name, dict)
    typed = TYPED.get(work.name, dict)() | IN_WORDS | files()
    record = type(record).objects.get(pk=record.pk)
    assert page.typed["version"] == str(work().watched(record).version)
    moves_on(work().watched(record))
    before = everything()

    refused = officer.send(page, **typed)

    assert isinstance(refused, Page), f"written, and led to {refused.path}"
    assert "vừa được người khác thay đổi" in refused.errors[""]
    assert everything() == before
    again = officer.send(refused)
    # A secret is shown by the answer itself.
    assert isinstance(again, Sent) or 'id="issued-key"' in again.html, again.errors


@pytest.mark.parametrize("model, together", CHOSEN, ids=named)
def test_every_work_on_chosen_records(clerk, records, model, together):
    record = next(each for each in records[model._meta.model_name] if together.work.offered(each))
    url = reverse(f"admin:registry_{model._meta.model_name}_{together.name}")
    page = clerk.client.post(url, {"chosen": f"{record.pk}.{record.version}"})
    fields = Form(page.content.decode(), "chosen-form").fields | {"reason": ["đã xem"]}
    assert fields["chosen"] == [f"{record.pk}.{record.version}"]
    moves_on(record)
    before = everything()

    refused = clerk.sends(url, fields)

    assert refused.status_code == 200 and f"{record.code} đã được người khác sửa" in refused.content.decode()
    assert everything() == before
    assert clerk.sends(url, fields, chosen=f"{record.pk}.{record.version + 1}").status_code == 302


@pytest.mark.parametrize("way", sorted(WAYS_BACK))
def test_the_way_back_from_a_change(clerk, way):
    """Whatever the form of a noun writes can be taken back by the pages of its history."""
    investor = build.make_investor()
    assert clerk.saves(investor, name="Tên khác").status_code == 302
    changes = Change.objects.filter(kind=investor.KIND, code=investor.code).order_by("seq")
    seq = (changes.last() if way == "undo" else changes.first()).seq
    url = reverse(f"admin:registry_investor_{way}", args=[investor.pk, seq])
    form = clerk.client.get(url).context["form"]
    fields = {name: [str(form[name].value() or "")] for name in form.fields} | {"reason": ["nhầm"]}
    assert fields["version"] == ["2"]
    moves_on(investor)
    before = everything()

    refused = clerk.sends(url, fields)

    assert refused.status_code == 200 and f"{investor.code} đã được người khác sửa" in refused.content.decode()
    assert everything() == before
    assert clerk.sends(url, fields, version=refused.context["form"]["version"].value()).status_code == 302


def test_nothing_else_takes_a_post():
    """A route of a noun that somebody may send to is one of those above; the batch of a file carries the revision of
    the register, which its own tests hold."""
    known = {work.name for _model, work in PAGES} | {each.name for each in TOGETHER} | BEGINS | WAYS_BACK | OF_A_TRY
    for name in of_nouns():
        app, _noun, page = name.split("_", 2)
        if app == "registry" and rule_of(name)[1]:
            assert page in known | {"change"}, name


def test_the_stock_admin_s_own_ways_of_writing_many_are_shut(clerk):
    for model, admin in NOUNS.items():
        assert (admin.actions, admin.list_editable, admin.inlines) == (None, (), ()), model
    investor = build.make_investor(publication=Publication.DRAFT)
    before = everything()
    for action in ("delete_selected", "publish"):
        clerk.client.post(reverse("admin:registry_investor_changelist"), {
            "action": action, "_selected_action": investor.pk, "post": "yes"})
    assert everything() == before
