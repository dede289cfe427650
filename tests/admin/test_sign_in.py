"""Signing in: slow for who guesses, never shut for the owner; sessions that end."""

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import SignInTries
from registry.vocabulary.sign_in import FORGOTTEN_AFTER, PACES
from tests import build
from tests.admin.clerk import words_of
from tests.admin.phone import Clock

pytestmark = pytest.mark.django_db

LOGIN, PASSWORD = "/admin/login/", "một mật khẩu dài"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"


@pytest.fixture
def lan(db):
    return build.make_officer("lan", password=PASSWORD)


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    return Clock().everywhere(monkeypatch)


def sign_in(client: Client, password: str = PASSWORD, name: str = "lan", address: str = "198.51.100.7"):
    return client.post(LOGIN, {"username": name, "password": password, "next": "/admin/"}, REMOTE_ADDR=address)


def guess(times: int, **where) -> list[int]:
    """The answers to so many wrong passwords, one after the other."""
    return [sign_in(Client(), "sai", **where).status_code for _each in range(times)]


def test_three_tries_are_free_then_one_waits_and_the_right_password_enters(lan, clock):
    assert guess(4) == [200, 200, 200, 429]

    refused = sign_in(Client())
    assert (refused.status_code, refused["Retry-After"]) == (429, "1")
    assert "Đã thử sai nhiều lần. Hãy thử lại sau 1 giây." in words_of(refused)

    clock.goes_on(1)
    assert sign_in(Client()).url == "/admin/"
    assert guess(3) == [200, 200, 200]


def test_asking_too_early_does_not_lengthen_the_wait(lan):
    guess(3)
    waits = [int(sign_in(Client(), "sai")["Retry-After"]) for _each in range(5)]
    assert waits == [1] * 5


def test_the_wait_grows_and_is_forgotten(lan, clock):
    guess(3)
    seen = []
    for _each in range(7):
        clock.goes_on(60)
        guess(1)
        seen.append(int(sign_in(Client(), "sai")["Retry-After"]))
    assert seen == [2, 4, 8, 16, 32, 60, 60]
    clock.goes_on(FORGOTTEN_AFTER.total_seconds() + 1)
    assert guess(3) == [200, 200, 200]


def test_an_account_that_is_not_there_is_answered_alike(lan):
    build.make_officer("gone", password=PASSWORD, is_active=False)
    build.make_user("khach", password=PASSWORD)
    told = []
    for number, (name, password) in enumerate([
            ("lan", "sai"), ("nobody", "sai"), ("gone", PASSWORD), ("khach", PASSWORD)]):
        answers = [sign_in(Client(), password, name, f"198.51.100.{number}") for _each in range(4)]
        told.append([(answer.status_code, words_of(answer).replace(name, "")) for answer in answers])
    assert told[0] == told[1] == told[2] == told[3]
    assert WRONG in told[0][0][1]


def test_an_address_that_tries_many_accounts_waits(lan):
    free = PACES["address"].free
    answers = [sign_in(Client(), "sai", f"nobody{number}").status_code for number in range(free + 1)]
    assert answers == [200] * free + [429]
    assert sign_in(Client(), address="203.0.113.9").status_code == 302


@pytest.mark.parametrize("one, other, alike", [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True), ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
])
def test_an_ipv6_network_is_one_address(lan, one, other, alike):
    for number in range(PACES["address"].free):
        sign_in(Client(), "sai", f"nobody{number}", one)
    assert (sign_in(Client(), address=other).status_code == 429) == alike


def test_strangers_who_guess_do_not_make_the_owner_wait(lan):
    owner = Client()
    assert sign_in(owner).status_code == 302
    owner.post(reverse("admin:logout"))
    guess(10)
    assert sign_in(Client()).status_code == 429
    assert sign_in(owner).url == "/admin/"


def test_a_known_browser_is_known_for_its_account_alone_and_counted_too(lan):
    build.make_officer("minh", password=PASSWORD)
    owner = Client()
    sign_in(owner)
    assert [sign_in(owner, "sai").status_code for _each in range(4)] == [200, 200, 200, 429]
    guess(3, name="minh")
    assert sign_in(owner, name="minh").status_code == 429
    owner.cookies["known_browser"] = "made-up"
    assert sign_in(owner, "sai").status_code == 200


def test_tries_keep_no_name_and_no_address_and_go_after_a_day(lan, clock):
    guess(1)
    keys = " ".join(SignInTries.objects.values_list("key", flat=True))
    assert "lan" not in keys and "198.51" not in keys
    clock.goes_on(2 * 24 * 3600)
    guess(1, name="minh", address="203.0.113.9")
    assert SignInTries.objects.count() == 2


def test_a_session_ends_without_a_click(lan, settings, clock):
    client = Client()
    sign_in(client)
    clock.goes_on(settings.SESSION_IDLE_MINUTES * 60 - 1)
    assert client.get("/admin/").status_code == 200
    clock.goes_on(settings.SESSION_IDLE_MINUTES * 60 + 1)
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert "đã lâu không làm việc" in words_of(client.get(LOGIN))


def test_a_session_ends_after_a_working_day(lan, settings, clock):
    client = Client()
    sign_in(client)
    for _half_hour in range(settings.SESSION_HOURS * 2):
        clock.goes_on(1800)
        assert client.get("/admin/").status_code == 200
    clock.goes_on(1)
    assert client.get("/admin/").status_code == 302


def test_a_page_of_the_public_is_no_click_and_knows_no_session(lan, settings, clock):
    client = Client()
    sign_in(client)
    clock.goes_on(settings.SESSION_IDLE_MINUTES * 60 - 1)
    answer = client.get("/")
    assert "Cookie" not in answer.get("Vary", "") and not answer.cookies
    clock.goes_on(2)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("change", ["password", "active", "staff"])
def test_sessions_end_with_the_account_and_with_a_new_password(lan, change):
    client = Client()
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    if change == "password":
        lan.set_password("một mật khẩu khác")
    else:
        setattr(lan, f"is_{change}", False)
    lan.save()
    assert client.get("/admin/").status_code == 302
