"""Partners' keys as a program sends them: what they open, what is refused, and that no key is written anywhere."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from registry.models import ApiKey, counts
from registry.vocabulary.partner import KeyState
from registry.vocabulary.quota import rates_of
from tests import build

pytestmark = pytest.mark.django_db

UNKNOWN = "Khóa không hợp lệ; hãy bỏ tiêu đề Authorization để đọc không cần khóa."


def bearer(token: str) -> dict:
    return {"Authorization": f"Bearer {token}"}


def refused(api, token: str, **headers) -> str:
    answer = api.ask("projects/", None, **bearer(token), **headers)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (401, "authentication-failed")
    assert answer["WWW-Authenticate"] == 'Bearer realm="registry"'
    assert answer["Cache-Control"] == "no-store"
    assert token not in answer.content.decode()
    return problem["detail"]


class TestWhatOpens:
    def test_a_key_in_use(self, api):
        _key, token = build.issue_key()
        answer = api.ask("projects/", None, **bearer(token))
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["Vary"] == "Accept-Language, Authorization"
        assert api.ask("projects/", None, Authorization=f"bearer {token}").status_code == 200

    def test_what_partners_see_has_a_tag_of_its_own(self, api):
        tokens = [build.issue_key(scope=scope)[1] for scope in ("public", "partner")]
        tags = [api.ask("zones/", None, **bearer(token))["ETag"] for token in tokens]
        assert tags[0] == api.ask("zones/")["ETag"] != tags[1]

    def test_no_cache_keeps_for_one_what_another_asked(self, api):
        assert "Authorization" in api.ask("zones/")["Vary"]
        _key, token = build.issue_key(scope="partner")
        answer = api.ask("zones/", None, **bearer(token))
        again = api.ask("zones/", None, **bearer(token), **{"If-None-Match": answer["ETag"]})
        assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")


class TestWhatDoesNot:
    def test_unknown_and_malformed(self, api):
        key, token = build.issue_key()
        for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), f"bnf_{'0' * 12}.{'x' * 43}", token.upper(),
                      token + "x", f"bnf_{key.code}", token.partition(".")[2]):
            assert refused(api, wrong) == UNKNOWN
        for header in ("", "Bearer", token, f"Basic {token}", "Bearer \xff\xfe"):
            assert api.ask("projects/", None, Authorization=header).status_code == 401

    def test_revoked(self, api):
        _key, token = build.issue_key(state=KeyState.REVOKED)
        assert refused(api, token) == "Khóa này đã bị vô hiệu hóa; hãy xin khóa mới."

    def test_over(self, api):
        key, token = build.issue_key()
        ApiKey.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
        assert refused(api, token).startswith("Khóa này đã hết hạn ngày ")
        ApiKey.objects.update(expires_on=timezone.localdate())
        assert api.ask("projects/", None, **bearer(token)).status_code == 200

    def test_from_elsewhere(self, api):
        _key, token = build.issue_key(addresses=["203.0.113.0/24"])
        assert refused(api, token) == "Khóa này không dùng được từ địa chỉ mạng 127.0.0.1."
        assert refused(api, token, **{"X-Forwarded-For": "203.0.113.7"}).startswith("Khóa này không")
        answer = api.client.get("/api/v1/projects/", headers=bearer(token), REMOTE_ADDR="203.0.113.7")
        assert answer.status_code == 200

    def test_the_same_work_is_done_for_an_unknown_key(self, api, monkeypatch, django_assert_num_queries):
        tried, (key, _token) = [], build.issue_key()
        monkeypatch.setattr("registry.actions.partner.digest_of", lambda secret, pepper: tried.append(1) or "f" * 64)
        for wrong in (f"bnf_{key.code}.{'x' * 43}", f"bnf_{'0' * 12}.{'x' * 43}", "nothing"):
            with django_assert_num_queries(0 if wrong == "nothing" else 1):
                api.ask("zones/", None, **bearer(wrong))
        assert len(tried) == 3

    def test_guessing_is_counted_as_asking_without_a_key(self, api, settings):
        counts.forget(2**60)
        settings.API_RATES = settings.API_RATES | {"anonymous": rates_of("3/day")}
        statuses = [api.client.get("/api/v1/zones/", headers=bearer("bnf_x"), REMOTE_ADDR="192.0.2.77").status_code
                    for _request in range(5)]
        assert statuses == [401, 401, 401, 429, 429]


class TestOwnPage:
    @pytest.fixture
    def plan(self, settings):
        settings.API_RATES = settings.API_RATES | {"basic": rates_of("50/min,1000/day")}

    def test_as_json(self, api, schema, plan):
        key, token = build.issue_key(scope="partner", addresses=["127.0.0.0/8"])
        api.ask("zones/", None, **bearer(token))
        answer = api.ask("key/", None, **bearer(token))
        told = answer.json()
        schema.check("/key/", told)
        assert (told["id"], told["partner"], told["plan"]) == (f"bnf_{key.code}", key.partner.name, "basic")
        assert (told["scopes"], told["addresses"]) == (["public", "partner"], ["127.0.0.0/8"])
        assert told["expires_on"] == key.expires_on.isoformat()
        assert [(each["window"], each["limit"]) for each in told["quota"]] == [("minute", 50), ("day", 1000)]
        assert told["quota"][1]["used"] == told["usage"][0]["requests"] == 2
        assert told["usage"][0]["day"] == timezone.localdate().isoformat() and len(told["usage"]) == 30
        used = datetime.fromisoformat(told["last_used_at"])
        assert timedelta(0) <= datetime.now(UTC) - used < timedelta(minutes=2)
        assert answer["Cache-Control"] == "no-store" and answer["ETag"].startswith('"')
        assert token.partition(".")[2] not in answer.content.decode()

    def test_without_a_key(self, api):
        assert api.problem("key/", 401)["code"] == "not-authenticated"

    def test_as_a_page(self, client, plan):
        key, token = build.issue_key()
        form = client.get("/api/key/")
        assert form.status_code == 200 and "no-store" in form["Cache-Control"]
        answer = client.post("/api/key/", {"key": f" {token} "})
        page = answer.content.decode()
        assert answer.status_code == 200 and "no-store" in answer["Cache-Control"] and not answer.cookies
        assert f"bnf_{key.code}" in page and key.partner.name in page
        assert token not in page and token.partition(".")[2] not in page
        assert client.get("/api/key/", {"key": token}).content == form.content

    def test_a_wrong_key_on_the_page(self, client):
        for wrong, status in (("bnf_x", 401), ("", 400), ("x" * 300, 400)):
            answer = client.post("/api/key/", {"key": wrong})
            assert answer.status_code == status
            assert 'role="alert"' in answer.content.decode() and (not wrong or wrong not in answer.content.decode())

    def test_others_are_refused_in_english_too(self, client):
        answer = client.put("/api/key/")
        assert answer.status_code == 405


class TestNeverWritten:
    def test_in_an_address(self, client):
        _key, token = build.issue_key()
        for path in (f"projects/?key={token}", f"projects/{token}/", f"projects/?access_token=Bearer%20{token}"):
            answer = client.get(f"/api/v1/{path}")
            assert (answer.status_code, answer.json()["code"]) == (400, "key-in-address")
            assert token not in answer.content.decode()

    @pytest.mark.parametrize("debug", [True, False])
    def test_in_no_log_and_no_error_page(self, settings, monkeypatch, caplog, debug):
        """Whatever goes wrong while the key is at hand."""
        settings.DEBUG = debug
        _key, token = build.issue_key()
        secret, seen = token.partition(".")[2], []

        def fail(*args, **kwargs):
            raise ZeroDivisionError

        client = Client(raise_request_exception=False)
        with caplog.at_level(logging.DEBUG):
            for broken in ("registry.api.base.page_of", "registry.actions.partner.is_same", "registry.api.key.told_of",
                           "registry.actions.partner.newest_pepper", "registry.api.access.take_quota"):
                with monkeypatch.context() as patch:
                    patch.setattr(broken, fail)
                    for path in ("/api/v1/projects/", "/api/v1/key/"):
                        seen.append(client.get(path, headers=bearer(token)))
                    seen.append(client.post("/api/key/", {"key": token}))
            seen.append(client.get("/api/v1/nothing/", headers=bearer(token)))
            seen.append(client.post("/api/v1/projects/", {"key": token}, headers=bearer(token)))
        assert {answer.status_code for answer in seen} >= {500, 404, 405}
        for answer in seen:
            assert secret not in answer.content.decode() and secret not in str(answer.headers)
        assert caplog.records and secret not in caplog.text
        for record in caplog.records:
            assert secret not in repr(record.__dict__)
