"""Settings: everything comes from the environment (or `.env`), checked in `config/environment.py`, and has a default
that works on a laptop. What an author may change lives in the admin, not here."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from blog.rendering.embeds import PLAYER_HOSTS
from config import data_dir, environment, logs, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

environment.read_file(Path(os.environ.get("ENV_FILE", BASE_DIR / ".env")), os.environ)
given = environment.read(os.environ, BASE_DIR)

DATA_DIR = given.data_dir
data_dir.prepare(DATA_DIR)

DEBUG = given.debug
SECRET_KEY = given.secret_key or secret_key.read_or_create(DATA_DIR / "secret_key")

# Where readers find the site. Hosts, secure cookies and HSTS follow from it.
SITE_URL = given.site_url
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = given.allowed_hosts
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Whose word about a client's address and scheme is taken; see `config/doorway.py`.
TRUSTED_PROXIES = given.trusted_proxies

SILENCED_SYSTEM_CHECKS = []
if _site.scheme == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_SSL_HOST = _site.netloc
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    # Not for subdomains and not for browsers' lists: a blog does not decide for its neighbours.
    SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
else:
    # What they ask for needs HTTPS. `config/checks.py` says so once, instead of four times.
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "config",
    "transfer",
    "comments",
    "blog",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.MostBytes",
    "config.middleware.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "blog.pagecache.middleware.ServerTiming",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "comments.middleware.ConversationHeaders",
    "blog.middleware.Elsewhere",
    "blog.pagecache.middleware.UntilTheNextPost",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "blog.context_processors.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["causerie"]
CRISPY_TEMPLATE_PACK = "causerie"

DATABASES = {"default": given.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        # Writers queue for the lock at BEGIN instead of failing at their first write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        # FULL: a comment that was acknowledged survives a power cut too.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    # Each request opens the file anew. A connection that stays would go on with a file that was put back from a backup
    # or deleted (and lose what is written), and may read from before the last write while a statement is unfinished.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    # A server that does not answer is told of at once, not after minutes.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}  # seconds
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {"default": given.cache}
# Whole pages, kept until something they show changes. Off where templates change under one's hands.
PAGE_CACHE = not DEBUG
# The folder of kept pages as files, for a web server in front; None for no files.
PAGE_FILES = given.page_files
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

vars().update(given.email)
EMAIL_TIMEOUT = 30  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = given.email_from

LOGGING = logs.LOGGING

AUTH_USER_MODEL = "blog.User"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = given.language_code
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = given.time_zone
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_URL = given.media_url
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# A visitor's text is refused by the form, which shows it again; this only has to be
# wide enough for the form to see it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # bytes
# The author's pictures may be more; see `config/middleware.py`.
ADMIN_UPLOAD_MAX_SIZE = 256 * 1024 * 1024  # bytes

# Files kept elsewhere come from there.
_media = [f"{urlsplit(MEDIA_URL).scheme}://{urlsplit(MEDIA_URL).netloc}"] if urlsplit(MEDIA_URL).netloc else []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_media],
        "media-src": [SELF, *_media],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": list(PLAYER_HOSTS),
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# Where avatars are asked for; tests and private networks point it elsewhere.
GRAVATAR_URL = given.gravatar_url
