"""One file of settings, all from the environment, with defaults that suit ``make run``."""

import hashlib
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.quota import rates_of

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()


def key_of_this_machine(name: str = "secret_key") -> str:
    """A key that ``make run`` and a bare ``manage.py`` keep in ``var/``; production sets its own."""
    kept = VAR_DIR / name
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(50))
        kept.chmod(0o600)
    return kept.read_text().strip()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or key_of_this_machine()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
SERVED_SECURELY = env.bool("SERVED_SECURELY", default=False)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "registry",
]

MIDDLEWARE = [
    "registry.web.middleware.RequestId",
    "registry.web.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "registry.web.middleware.Compress",
    "registry.web.middleware.RefuseUnreadable",
    "registry.web.middleware.ReadOnlyPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "registry.web.middleware.InPartLanguages",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "registry.admin.session.SessionLimits",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "bacninh_fdi.urls"
WSGI_APPLICATION = "bacninh_fdi.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# SQLite needs WAL and IMMEDIATE transactions to hold several writers; a writer waits 20 s for its turn.
WRITER_WAITS_SECONDS = 20
SQLITE_OPTIONS = {
    "timeout": WRITER_WAITS_SECONDS,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000;",
}


def database(variable: str, default: str | None = None) -> dict:
    config = env.db_url(variable, default=default)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
        # A file, not memory: tests with several writers need what production has.
        config["TEST"] = {"NAME": f"{config['NAME']}.test"}
    else:
        # After so many times PostgreSQL keeps the plan of a question (models/asked.py). Compiling one takes longer than
        # any answer here. A PgBouncer between has to be 1.22 or newer, which keeps plans within transactions too, with
        # ignore_startup_parameters = options.
        config["OPTIONS"] = {"prepare_threshold": 5, "options": "-c jit=off"} | config.get("OPTIONS", {})
    # Opening a connection takes longer than a page that is kept: three milliseconds, on SQLite too.
    config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"] = 60, True
    return config


DATABASES = {"default": database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'registry.sqlite3'}")}
if env.str("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = database("DATABASE_REPLICA_URL") | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["registry.web.replica.ReadFromReplica"]
    MIDDLEWARE.append("registry.web.replica.PublicReads")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://registry"),
    # The public's pages, kept whole; none under DEBUG, where a change of a template is to be seen at once.
    "pages": env.cache_url("PAGES_CACHE_URL", default="dummycache://" if DEBUG else
                           "locmemcache://pages?max_entries=1000&timeout=86400"),
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# A phone that makes codes: "required" for every account, as under `make serve`, or "offered".
SECOND_FACTOR = env.str("SECOND_FACTOR", default="offered")
if SECOND_FACTOR not in ("required", "offered"):
    raise ImproperlyConfigured("SECOND_FACTOR is either required or offered")
OTP_TOTP_ISSUER = "FDI Bắc Ninh"
# Wrong codes are slowed down by the register's own count, which has a longest wait: see registry/vocabulary/sign_in.py.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0

# Officers sign in again after a while without a click, and after a working day in any case.
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_HOURS = env.int("SESSION_HOURS", default=10)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600

LANGUAGE_CODE = "vi"
# Korean and Chinese have some of the public's pages: registry/web/languages.py.
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh")), ("ko", "한국어"), ("zh", "中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["bacninh_fdi.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A page is served all the same where nobody ran collectstatic: without hashes in the addresses.
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["woff2", "png", "gz", "map"]

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
CSRF_FAILURE_VIEW = "registry.pages.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_SECURELY
SECURE_SSL_REDIRECT = SERVED_SECURELY
SECURE_HSTS_SECONDS = 31536000 if SERVED_SECURELY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_SECURELY else None

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": ["registry.api.access.PartnerKey"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    # Anybody can write X-Forwarded-For: only the address that our own proxies have added counts.
    "NUM_PROXIES": env.int("PROXIES", default=1 if SERVED_SECURELY else 0),
    "EXCEPTION_HANDLER": "registry.api.errors.problem_of",
    "UNAUTHENTICATED_USER": None,
}



def rates(variable: str, default: str) -> tuple:
    try:
        return rates_of(env.str(variable, default=default))
    except RuleBroken as error:
        raise ImproperlyConfigured(f"{variable}: {error}") from error


def peppers() -> dict[str, str]:
    """What the secrets of keys are mixed with before their digest is kept, by id, the newest first."""
    given = env.str("API_KEY_PEPPERS", default="") or f"machine:{key_of_this_machine('api_key_pepper')}"
    found = dict(each.strip().partition(":")[::2] for each in given.split(","))
    if not all(0 < len(name) <= 20 and len(pepper) >= 32 for name, pepper in found.items()):
        raise ImproperlyConfigured("API_KEY_PEPPERS is id:secret,id:secret, the newest first; an id of at most 20 "
                                   "characters, a secret of at least 32")
    return found


# How much may be asked: without a key, and by the plan of a partner. None: no limit.
API_RATES = {
    "anonymous": rates("API_ANON_RATE", "120/min"),
    "basic": rates("API_BASIC_RATE", "600/min,50000/day"),
    "mirror": rates("API_MIRROR_RATE", "3000/min,1000000/day"),
}
API_KEY_PEPPERS = peppers()
# Error pages hide keys and passwords under DEBUG too.
DEFAULT_EXCEPTION_REPORTER_FILTER = "registry.web.hidden.HideSecrets"

# Whoever changed a record does not publish it; an office of one person switches it off. On under `make serve`.
TWO_PERSON_RULE = env.bool("TWO_PERSON_RULE", default=False)

# Reports of errors from the public: how many an address may send, and by when they are answered.
CORRECTIONS_RATE = env.str("CORRECTIONS_RATE", default="5/hour") or None
CORRECTIONS_WORKING_DAYS = env.int("CORRECTIONS_WORKING_DAYS", default=10)

LOAD_PRESS = env.bool("LOAD_PRESS", default=True)

# The province's outline on the map: a GeoJSON file that the operator may use. Without it the map has the points of
# communes alone.
BOUNDARY_FILE = env.str("BOUNDARY_FILE", default="")

# Where the site is reached, for what is written without a request; and where its public dumps stand.
SITE_ADDRESS = env.str("SITE_ADDRESS", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}")
DUMPS_DIR = env.str("DUMPS_DIR", default=str(VAR_DIR / "dumps"))

# Whom to tell of a weakness: an e-mail address or a URI, for /.well-known/security.txt and /data/.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# The release is part of every ETag, so that a new version of the code never answers 304 for an old page.
RELEASE = hashlib.sha256((BASE_DIR / "CHANGELOG.md").read_bytes()).hexdigest()[:12]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
