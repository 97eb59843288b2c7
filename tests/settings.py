"""The site's settings, made quick and quiet for tests."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="causerie-tests-"))
os.environ.setdefault("SECRET_KEY", "a key for tests alone, as long as any other that is let in")

from config.settings import *  # noqa: F403

# The language of the source: a test that is about French says so.
LANGUAGE_CODE = "en"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # The manifest needs collectstatic; `tests/project` covers it.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
# Nobody is asked for a face: the address refuses at once.
GRAVATAR_URL = "http://127.0.0.1:9/avatar/"
# `tests/blog/pagecache` turns it on for itself.
PAGE_CACHE = False
