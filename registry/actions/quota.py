"""Quotas: each request is counted before it is answered, in every window of its plan.

Counted where all processes count: in the shared cache where one is set, else beside the register. No deed of the
register: no act is opened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

from registry.models import ApiKey, counts
from registry.vocabulary.quota import Rate

DAY = 86400
# Usage of a day is shown for so long; of anything shorter nothing is kept beyond a while.
SHOWN_DAYS = 30
# Of Django's caches those whose counters are one step for all processes.
COUNT_EXACTLY = ("RedisCache", "PyMemcacheCache", "PyLibMCCache")


@dataclass(frozen=True)
class Left:
    """What is left of one rate: ``resets_in`` seconds it begins anew."""

    rate: Rate
    remaining: int
    resets_in: int


@dataclass(frozen=True)
class Quota:
    """What one request leaves, by rate; ``allowed`` is False where one of them was used up: ``wait`` seconds then."""

    lefts: tuple[Left, ...]
    allowed: bool = True
    wait: int = 0


def counted_key(key: ApiKey) -> str:
    return f"key:{key.code}"


def counted_network(address: str) -> str:
    """No address is kept, only its digest."""
    return f"from:{sha256(address.encode()).hexdigest()[:40]}"


def take(who: str, rates: tuple[Rate, ...], *, at: datetime) -> Quota:
    """Count one request of somebody at a moment, in local time. A window that is used up counts no further; the
    shortest is asked first, so that whoever is too fast uses up no day; what is left of it is told all the same."""
    lefts, allowed, wait = [], True, 0
    for rate in rates:
        since = rate.window_of(at)
        resets_in = since + rate.seconds - int(at.timestamp())
        if allowed:
            now = _take(f"{who}:{rate.seconds}", rate, since)
            if now is None:
                allowed, wait, now = False, resets_in, rate.count
        else:
            now = used_in(who, rate, at=at)
        lefts.append(Left(rate, max(rate.count - now, 0), resets_in))
    _forget_old(int(at.timestamp()))
    return Quota(tuple(lefts), allowed, wait)


def used_in(who: str, rate: Rate, *, at: datetime) -> int:
    """What was counted so far in the present window of a rate."""
    since = rate.window_of(at)
    name = f"{who}:{rate.seconds}"
    if shared_cache():
        return min(cache.get(_cached(name, since)) or 0, rate.count)
    return counts.taken(name, since=since).get(since, 0)


def usage_by_day(who: str, *, at: datetime) -> list[tuple[datetime, int]]:
    """The last days, today first, each with its requests: of a plan that has a quota of the day."""
    name, today = f"{who}:{DAY}", Rate(0, DAY).window_of(at)
    days = [today - DAY * back for back in range(SHOWN_DAYS)]
    if shared_cache():
        found = cache.get_many([_cached(name, day) for day in days])
        counted = {day: found.get(_cached(name, day), 0) for day in days}
    else:
        counted = counts.taken(name, since=days[-1])
    first = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return [(first - timedelta(days=back), counted.get(day, 0)) for back, day in enumerate(days)]


def shared_cache() -> bool:
    """Whether the cache counts for all processes."""
    return settings.CACHES["default"]["BACKEND"].rpartition(".")[2] in COUNT_EXACTLY


def _take(name: str, rate: Rate, since: int) -> int | None:
    kept = rate.seconds + (DAY * (SHOWN_DAYS + 1) if rate.seconds == DAY else DAY // 24)
    if not shared_cache():
        return counts.take(name, since=since, most=rate.count, until=since + kept)
    key = _cached(name, since)
    now = 1 if cache.add(key, 1, timeout=kept) else cache.incr(key)
    return now if now <= rate.count else None


def _cached(name: str, since: int) -> str:
    return f"quota:{name}:{since}"


def _forget_old(now: int) -> None:
    if not shared_cache():
        _forget_before(now - now % 600)


@lru_cache(maxsize=1)
def _forget_before(moment: int) -> None:
    """Once in ten minutes and process."""
    counts.forget(moment)
