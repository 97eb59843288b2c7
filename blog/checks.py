"""What must be true before the blog can work, told in one line each when it starts."""

import inspect

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connections
from django.utils.module_loading import import_string


@register(Tags.database)
def database_can_search(app_configs, databases, **kwargs):
    """Every usual build of Python has a SQLite with FTS5; without it the index cannot be made."""
    errors = []
    for connection in (connections[alias] for alias in databases or []):
        if connection.vendor not in ("sqlite", "postgresql"):
            errors.append(Error("Search needs SQLite or PostgreSQL: set DATABASE_URL.", id="blog.E001"))
        elif connection.vendor == "sqlite" and not has_fts5(connection):
            hint = "Use another build of Python, or PostgreSQL (DATABASE_URL)."
            errors.append(Error("This SQLite was built without FTS5, which search needs.", hint=hint, id="blog.E002"))
    return errors


def has_fts5(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
        return cursor.fetchone() is not None


INNERMOST = "blog.pagecache.middleware.UntilTheNextPost"
# What a context processor says when it touches what only one reader has.
PERSONAL = ("session[", "session.get", "get_token(", "user.is_", "META[")


@register(Tags.caches)
def pages_can_be_kept(app_configs, **kwargs):
    """Settings under which the page cache would keep little, or too much; each is a warning."""
    found = []

    def warn(number, words, hint):
        found.append(Warning(words, hint=hint, id=f"blog.W{number:03d}"))

    if not settings.PAGE_CACHE and not settings.DEBUG:
        warn(1, "PAGE_CACHE is off: every page is made anew.", "Leave the setting to config/settings.py.")
    if INNERMOST not in settings.MIDDLEWARE:
        warn(2, f"{INNERMOST} is missing: scheduled posts would not appear on kept pages.", "Put it back, as the last.")
    elif settings.MIDDLEWARE[-1] != INNERMOST:
        warn(3, f"{INNERMOST} is not the last middleware: what is inside may write or read unseen.", "Put it last.")
    for name in settings.MIDDLEWARE:
        if name in ("django.middleware.locale.LocaleMiddleware", "django.middleware.gzip.GZipMiddleware"):
            warn(4, f"{name} makes a page differ by reader (Vary): it is kept as the first one got it.", "Take it out.")
        elif name.startswith("django.middleware.cache."):
            warn(5, f"{name} keeps pages until a time is over, changed or not.", "Take it out: pages are kept already.")
    if settings.SESSION_SAVE_EVERY_REQUEST:
        warn(6, "SESSION_SAVE_EVERY_REQUEST sends a cookie with every page: none is kept.", "Turn it off.")
    for engine in settings.TEMPLATES:
        for name in engine.get("OPTIONS", {}).get("context_processors", []):
            if not name.startswith("django.") and touches_one_reader(name):
                warn(
                    7, f"{name} shows what belongs to one reader on pages that all get.", "Show it below /admin/ only."
                )
    if settings.PAGE_CACHE and not any(host and "*" not in host for host in settings.ALLOWED_HOSTS):
        warn(8, "ALLOWED_HOSTS names no host: pages of unknown hosts are never kept.", "Name the site's hosts.")
    return found


@register(Tags.caches, deploy=True)
def machines_share_their_cache(app_configs, **kwargs):
    """A database on another machine is there for several; those must hear of each other's writes."""
    database, cache = settings.DATABASES["default"], settings.CACHES["default"]
    elsewhere = database.get("HOST") not in ("", None, "localhost", "127.0.0.1", "::1")
    if not elsewhere or cache["BACKEND"].endswith("RedisCache"):
        return []
    words = "The database is on another machine and CACHE_URL is no Redis: a second machine would show old pages."
    return [Warning(words, hint="With one machine all is well; with several set CACHE_URL=redis://….", id="blog.W009")]


def touches_one_reader(name):
    try:
        source = inspect.getsource(import_string(name))
    except (ImportError, OSError, TypeError):
        return False
    return any(sign in source for sign in PERSONAL)
