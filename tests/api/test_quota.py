"""Quotas: what an answer says of them, and what they count."""

import re
from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from registry.actions import quota
from registry.actions.quota import take, usage_by_day, used_in
from registry.models import counts
from registry.vocabulary.quota import rates_of
from tests import build

NOON = datetime(2026, 11, 27, 12, 0, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_counted(db):
    counts.forget(2**60)


class TestHeaders:
    def test_what_is_left_and_until_when(self, api, settings):
        settings.API_RATES = settings.API_RATES | {"anonymous": rates_of("3/day")}
        answer = api.ask("zones/")
        assert answer["RateLimit-Policy"] == '"day";q=3;w=86400'
        assert re.fullmatch(r'"day";r=2;t=[0-9]{1,5}', answer["RateLimit"])
        tag = {"If-None-Match": answer["ETag"]}
        assert api.ask("zones/", None, **tag)["RateLimit"].startswith('"day";r=1;')
        assert api.ask("zones/", {"page_size": 0})["RateLimit"].startswith('"day";r=0;')
        over = api.ask("zones/")
        assert (over.status_code, over.json()["code"]) == (429, "throttled")
        assert over["RateLimit"].startswith('"day";r=0;')
        assert 1 <= int(over["Retry-After"]) <= 86401

    def test_a_partner_has_the_quota_of_its_plan(self, api, settings):
        settings.API_RATES = {"anonymous": rates_of("1/day"), "basic": rates_of("2/day"),
                              "mirror": rates_of("3/day,2/min")}
        _key, token = build.issue_key()
        _other, mirror = build.issue_key(partner=build.make_partner(plan="mirror"))
        assert [api.ask("zones/").status_code for _request in range(2)] == [200, 429]
        with_key = {"Authorization": f"Bearer {token}"}
        assert [api.ask("zones/", None, **with_key).status_code for _request in range(3)] == [200, 200, 429]
        answer = api.ask("zones/", None, Authorization=f"Bearer {mirror}")
        assert answer["RateLimit-Policy"] == '"minute";q=2;w=60, "day";q=3;w=86400'

    def test_no_limit_no_headers(self, api):
        assert "RateLimit" not in api.ask("zones/")

    def test_one_person_has_many_addresses_of_ipv6(self, api, settings):
        settings.API_RATES = settings.API_RATES | {"anonymous": rates_of("1/day")}
        statuses = [api.client.get("/api/v1/zones/", REMOTE_ADDR=address).status_code
                    for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")]
        assert statuses == [200, 429, 200]


class TestCounting:
    def test_the_windows_of_a_plan(self):
        rates = rates_of("2/min,3/day")
        assert [take("a", rates, at=NOON).allowed for _request in range(3)] == [True, True, False]
        refused = take("a", rates, at=NOON)
        assert (refused.wait, [left.remaining for left in refused.lefts]) == (40, [0, 1])
        later = NOON.replace(minute=1)
        assert [take("a", rates, at=later).allowed for _request in range(2)] == [True, False]
        assert used_in("a", rates[1], at=later) == 3, "whoever is too fast uses up no day"
        assert take("a", rates, at=NOON.replace(minute=2)).wait == 12 * 3600 - 140
        assert take("b", rates, at=NOON).allowed
        assert [count for _day, count in usage_by_day("a", at=later)][:2] == [3, 0]
        assert take("a", rates, at=NOON.replace(day=28)).allowed

    def test_who_is_too_fast_is_told_what_is_left_of_the_day(self, monkeypatch):
        for shared in (False, True):
            monkeypatch.setattr(quota, "shared_cache", lambda shared=shared: shared)
            cache.clear()
            quotas = [take("c", rates_of("2/min,100/day"), at=NOON) for _request in range(4)]
            assert [[left.remaining for left in each.lefts] for each in quotas] == [[1, 99], [0, 98], [0, 98], [0, 98]]

    def test_nothing_is_nothing(self):
        assert not take("a", rates_of("0/min"), at=NOON).allowed

    def test_what_is_over_is_forgotten(self):
        take("a", rates_of("5/min,5/day"), at=NOON)
        counts.forget(int(NOON.timestamp()) + 3 * 3600)
        assert used_in("a", rates_of("5/min")[0], at=NOON) == 0
        assert used_in("a", rates_of("5/day")[0], at=NOON) == 1
        counts.forget(int(NOON.timestamp()) + 33 * 86400)
        assert used_in("a", rates_of("5/day")[0], at=NOON) == 0

    def test_on_a_shared_cache(self, monkeypatch):
        monkeypatch.setattr(quota, "shared_cache", lambda: True)
        cache.clear()
        rates = rates_of("2/min,3/day")
        assert [take("a", rates, at=NOON).allowed for _request in range(3)] == [True, True, False]
        assert (used_in("a", rates[0], at=NOON), usage_by_day("a", at=NOON)[0][1]) == (2, 2)
        assert counts.taken("a:60") == {}

    @pytest.mark.parametrize("backend, shared", [
        ("django.core.cache.backends.locmem.LocMemCache", False), ("django.core.cache.backends.redis.RedisCache", True),
        ("django.core.cache.backends.memcached.PyMemcacheCache", True),
        ("django.core.cache.backends.db.DatabaseCache", False),  # adds in two steps
        ("django.core.cache.backends.filebased.FileBasedCache", False),
    ])
    def test_only_a_cache_that_counts_in_one_step(self, settings, backend, shared):
        settings.CACHES = settings.CACHES | {"default": {"BACKEND": backend}}
        assert quota.shared_cache() is shared
