"""A key at the officers' door: two administrators, and a secret that is shown once."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.models import ApiKey, Change, Partner
from registry.vocabulary.partner import KeyState, token_of
from registry.vocabulary.role import Role
from tests import build
from tests.admin.work.desk import Officer, Page, Sent

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"bnf_[0-9a-f]{12}\.[\w-]{43}")


@pytest.fixture
def two(settings) -> tuple[Officer, Officer]:
    settings.TWO_PERSON_RULE = True
    found = []
    for name in ("lan", "minh"):
        user, client = build.make_officer(name, Role.ADMINISTRATOR), Client()
        client.force_login(user)
        found.append(Officer(client, user))
    return tuple(found)


def asked(officer: Officer, partner: Partner, **typed) -> ApiKey:
    sent = officer.work(partner, "ask-key", purpose="sao gương", **typed)
    assert isinstance(sent, Sent), sent.errors
    return ApiKey.objects.latest("pk")


def test_from_the_partner_to_the_first_request(two, client):
    lan, minh = two
    partner = build.make_partner()
    key = asked(lan, partner, addresses="127.0.0.1\n10.0.0.0/8", scope="partner")
    assert (key.addresses, key.scope) == (["127.0.0.1", "10.0.0.0/8"], "partner")
    assert key.expires_on == timezone.localdate() + timedelta(days=365)
    assert "người khác phải duyệt" in lan.refused(key, "approve-key").errors[""]
    assert isinstance(minh.work(key, "approve-key"), Sent)
    assert "người khác phải lấy" in minh.refused(key, "issue-key").errors[""]

    form = lan.open(key, "issue-key")
    shown = lan.send(form)
    assert isinstance(shown, Page)
    [token] = set(TOKEN.findall(shown.html))
    assert client.get("/api/v1/projects/", headers={"Authorization": f"Bearer {token}"}).status_code == 200

    again = lan.send(form)
    assert isinstance(again, Sent) and "đã hiện một lần" in again.told[0]
    secret = token.partition(".")[2]
    for page in ("change", "history"):
        assert secret not in lan.client.get(reverse(f"admin:registry_apikey_{page}", args=[key.pk])).content.decode()
    assert secret not in str(list(Change.objects.values())) and secret not in str(dict(lan.client.session))

    assert isinstance(minh.work(key, "revoke-key", reason="bị lộ"), Sent)
    assert client.get("/api/v1/projects/", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_the_page_of_the_secret_is_kept_nowhere(two):
    lan, minh = two
    key = build.make_key(state=KeyState.APPROVED)
    page = lan.open(key, "issue-key")
    answer = lan.client.post(page.path, page.typed)
    assert "no-store" in answer["Cache-Control"] and token_of(key.code, "") in answer.content.decode()
    assert "bnf_" not in answer.wsgi_request.get_full_path()


def test_a_key_is_replaced(two):
    lan, minh = two
    old = build.make_key()
    assert isinstance(lan.work(old, "replace-key"), Sent)
    new = ApiKey.objects.latest("pk")
    assert (new.replaces, new.state) == (old, KeyState.ASKED)
    assert new.overlap_until == timezone.localdate() + timedelta(days=14)
    minh.work(new, "approve-key")
    lan.work(new, "issue-key")
    old.refresh_from_db()
    assert old.expires_on == new.overlap_until


def test_what_is_wrong_is_told_at_its_field(two):
    lan, _minh = two
    partner = build.make_partner()
    wrong = lan.refused(partner, "ask-key", purpose="x", addresses="10.0.0.300")
    assert "không phải là địa chỉ mạng" in wrong.errors["addresses"]
    wrong = lan.refused(partner, "ask-key", purpose="x", expires_on="1/1/2040")
    assert "lâu nhất là hai năm" in wrong.errors["expires_on"]
    assert not ApiKey.objects.exists()


def test_a_key_is_refused_with_a_reason(two):
    key = build.make_key(state=KeyState.ASKED)
    assert "reason" in two[1].refused(key, "refuse-key").errors
    assert isinstance(two[1].work(key, "refuse-key", reason="chưa rõ mục đích"), Sent)
    key.refresh_from_db()
    assert key.state == KeyState.REFUSED


def test_the_desk_tells_only_who_keeps_keys(two):
    build.make_key(state=KeyState.ASKED)
    officer, client = build.make_officer("hoa"), Client()
    client.force_login(officer)
    address = reverse("admin:registry_apikey_changelist", query={"task": "approve"})
    assert address in two[0].client.get("/admin/").content.decode()
    assert address not in client.get("/admin/").content.decode()
    assert client.get(address).status_code == 403
    assert build.make_key().partner.name not in client.get("/admin/search/?q=SYN").content.decode()
