import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_quota(settings):
    """Quotas have tests of their own; elsewhere hundreds of requests come from one address."""
    cache.clear()
    settings.API_RATES = dict.fromkeys(settings.API_RATES, ())


@pytest.fixture(autouse=True)
def static_files_where_they_lie(settings):
    """Nobody has collected the static files: no hashed names, and they are served from their folders."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
