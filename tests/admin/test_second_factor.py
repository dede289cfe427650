"""The second factor: taken with a phone, asked at sign-in, and what becomes of a lost phone."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from registry.vocabulary.role import Role
from tests import build
from tests.admin.clerk import words_of
from tests.admin.phone import Clock, code_of, give_phone, key_on

pytestmark = pytest.mark.django_db

PASSWORD = "một mật khẩu dài"
OWN, CHECK, ENROL = "/admin/second-factor/", "/admin/second-factor/check/", "/admin/second-factor/enrol/"
PROJECTS = "/admin/registry/project/"


@pytest.fixture
def lan(db):
    return build.make_officer("lan", password=PASSWORD)


def signed_in(user, following: str = PROJECTS) -> Client:
    """A browser in which the right password has been given."""
    client = Client()
    answer = client.post("/admin/login/", {"username": user.username, "password": PASSWORD, "next": following})
    assert answer.status_code == 302
    return client


def led(client: Client, path: str = PROJECTS) -> str:
    """Where an address leads in the end."""
    return client.get(path, follow=True).request["PATH_INFO"]


def codes_on(answer) -> list[str]:
    return re.findall(r"<li><code>([a-z2-7-]+)</code>", answer.content.decode())


def test_without_a_second_factor_the_password_is_enough_where_it_is_offered(lan):
    client = signed_in(lan)
    assert led(client) == PROJECTS
    assert OWN in client.get("/admin/").content.decode()
    assert "chưa bật" in words_of(client.get(OWN))
    assert client.post(OWN).status_code == 403


def test_who_takes_one_is_asked_for_it_from_then_on(lan):
    client = signed_in(lan)
    page = client.get(ENROL)
    html = page.content.decode()
    assert '<svg viewBox=' in html and " style=" not in html
    key = key_on(html)

    answer = client.post(ENROL, {"code": code_of(key), "next": PROJECTS})

    assert len(codes_on(answer)) == 10 and "Chúng chỉ hiện một lần này" in words_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert client.get(PROJECTS).status_code == 200
    assert "Còn 10 mã khôi phục" in words_of(client.get(OWN)) and not codes_on(client.get(OWN))

    other = signed_in(lan)
    assert led(other) == CHECK and led(other, "/admin/login/") == CHECK and led(other, ENROL) == CHECK
    answer = other.post(CHECK, {"code": f" {code_of(key, steps=1)} ", "next": PROJECTS})
    assert answer.url == PROJECTS and other.get(PROJECTS).status_code == 200


@pytest.mark.parametrize("code", ["000000x", "", "12345", "１２３４５６", "abcd-efgh"])
def test_a_wrong_code_enters_nowhere(lan, code):
    give_phone(lan)
    client = signed_in(lan)
    answer = client.post(CHECK, {"code": code})
    assert answer.status_code == 200 and answer.context["form"].errors["code"]
    assert led(client) == CHECK
    assert client.post(reverse("admin:registry_investor_add"), {"name": "A"}).status_code == 302


def test_a_code_is_good_once(lan):
    key, _codes = give_phone(lan)
    code = code_of(key)
    assert signed_in(lan).post(CHECK, {"code": code}).status_code == 302
    assert signed_in(lan).post(CHECK, {"code": code}).status_code == 200


def test_a_recovery_code_is_good_once(lan):
    _key, codes = give_phone(lan)
    typed = f"{codes[0][:4]}-{codes[0][4:]}".upper()
    client = signed_in(lan)
    assert client.post(CHECK, {"code": typed, "next": PROJECTS}).url == PROJECTS
    assert client.get(PROJECTS).status_code == 200
    assert "Còn 9 mã khôi phục" in words_of(client.get(OWN))
    assert signed_in(lan).post(CHECK, {"code": typed}).status_code == 200


def test_new_recovery_codes_end_the_old(lan):
    key, old = give_phone(lan)
    client = signed_in(lan)
    client.post(CHECK, {"code": code_of(key)})
    new = codes_on(client.post(OWN))
    assert len(new) == 10 and not {code.replace("-", "") for code in new} & set(old)
    assert signed_in(lan).post(CHECK, {"code": old[0]}).status_code == 200


def test_codes_are_slowed_down_and_the_right_one_still_enters(lan, monkeypatch):
    clock = Clock().everywhere(monkeypatch)
    key, _codes = give_phone(lan)
    client = signed_in(lan)
    answers = [client.post(CHECK, {"code": "000000"}) for _each in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3]["Retry-After"] == "1"
    clock.goes_on(1)
    assert client.post(CHECK, {"code": code_of(key)}).status_code == 302


def test_where_it_is_required_nobody_gets_further_without(lan, settings):
    settings.SECOND_FACTOR = "required"
    client = signed_in(lan)
    assert led(client) == ENROL
    for path in ("/admin/", PROJECTS, OWN, "/admin/password_change/", "/admin/jsi18n/"):
        assert client.get(path).status_code == 302, path
    key = key_on(client.get(ENROL).content.decode())

    refused = client.post(ENROL, {"code": "000000"})
    assert "Mã chưa đúng" in words_of(refused) and key_on(refused.content.decode()) == key
    assert not TOTPDevice.objects.exists()

    client.post(ENROL, {"code": code_of(key), "next": PROJECTS})
    assert led(client) == PROJECTS


def test_who_stands_before_the_code_may_sign_out(lan):
    give_phone(lan)
    client = signed_in(lan)
    assert client.post(reverse("admin:logout")).status_code == 200
    assert led(client) == "/admin/login/"


def test_a_new_phone_ends_the_old_one(lan):
    old, codes = give_phone(lan)
    client = signed_in(lan)
    client.post(CHECK, {"code": code_of(old)})
    new = key_on(client.get(ENROL).content.decode())
    client.post(ENROL, {"code": code_of(new)})
    assert TOTPDevice.objects.get().bin_key == new
    assert client.get(PROJECTS).status_code == 200
    other = signed_in(lan)
    assert other.post(CHECK, {"code": code_of(old, steps=1)}).status_code == 200
    assert other.post(CHECK, {"code": codes[0]}).status_code == 200
    assert other.post(CHECK, {"code": code_of(new, steps=1)}).status_code == 302


@pytest.mark.parametrize("following", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_led_off_the_site(lan, following):
    key, _codes = give_phone(lan)
    assert signed_in(lan).post(CHECK, {"code": code_of(key), "next": following}).url == "/admin/"


def test_strangers_and_those_who_are_no_officers_see_none_of_it(client):
    assert [client.get(path).status_code for path in (OWN, CHECK, ENROL)] == [302, 302, 302]
    client.force_login(build.make_user("khach"))
    assert [client.get(path).status_code for path in (OWN, CHECK, ENROL)] == [302, 302, 302]
    assert not TOTPDevice.objects.exists()


def test_an_administrator_takes_it_off_and_that_is_written_down(lan, client):
    give_phone(lan)
    page = reverse("admin:auth_user_second_factor", args=[lan.pk])
    client.force_login(build.make_officer("minh"))
    assert client.post(page).status_code == 403 and TOTPDevice.objects.exists()

    keeper = build.make_officer("chi", Role.ADMINISTRATOR)
    client.force_login(keeper)
    assert page in client.get(reverse("admin:auth_user_change", args=[lan.pk])).content.decode()
    assert client.get(page).status_code == 200
    client.post(page)

    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.get_change_message()) == (keeper, str(lan.pk), "Gỡ xác thực hai lớp")
    assert client.get(page).status_code == 404
    assert led(signed_in(lan)) == PROJECTS
