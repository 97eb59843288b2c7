"""An operator or a developer is told of settings under which pages would not be kept, or wrongly."""

import pytest

from blog import checks


def greets(request):
    return {"visits": request.session.get("visits", 0)}


def told(**kwargs):
    return {warning.id for warning in checks.pages_can_be_kept(None)}


def test_nothing_is_wrong_as_it_comes(settings):
    settings.PAGE_CACHE = True
    assert told() == set()


@pytest.mark.parametrize(
    ("name", "change", "warning"),
    [
        ("PAGE_CACHE", lambda now: False, "blog.W001"),
        ("MIDDLEWARE", lambda now: now[:-1], "blog.W002"),
        ("MIDDLEWARE", lambda now: [now[-1], *now[:-1]], "blog.W003"),
        ("MIDDLEWARE", lambda now: ["django.middleware.locale.LocaleMiddleware", *now], "blog.W004"),
        ("MIDDLEWARE", lambda now: ["django.middleware.cache.FetchFromCacheMiddleware", *now], "blog.W005"),
        ("SESSION_SAVE_EVERY_REQUEST", lambda now: True, "blog.W006"),
        (
            "TEMPLATES",
            lambda now: [{"OPTIONS": {"context_processors": [f"{__name__}.greets"]}}],
            "blog.W007",
        ),
        ("ALLOWED_HOSTS", lambda now: ["*"], "blog.W008"),
    ],
)
def test_what_defeats_the_page_cache_is_told(settings, name, change, warning):
    settings.PAGE_CACHE = True
    setattr(settings, name, change(getattr(settings, name)))
    assert warning in told()


def test_several_machines_need_a_redis(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", "db.example")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert [warning.id for warning in checks.machines_share_their_cache(None)] == ["blog.W009"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    assert checks.machines_share_their_cache(None) == []
