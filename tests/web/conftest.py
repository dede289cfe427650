import pytest
from django.core.cache import cache
from rest_framework.throttling import AnonRateThrottle


@pytest.fixture(autouse=True)
def no_quota(monkeypatch):
    """The quota has a test of its own; elsewhere hundreds of requests come from one address."""
    cache.clear()
    monkeypatch.setattr(AnonRateThrottle, "rate", "1000000/min", raising=False)


@pytest.fixture(autouse=True)
def static_files_where_they_lie(settings):
    """Nobody has collected the static files: no hashed names, and they are served from their folders."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
