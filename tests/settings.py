"""The site's settings, made quick and quiet for tests."""

import atexit
import os
import shutil
import tempfile

from config.environment import NOT_EMPTY

# Those that run side by side (pytest-xdist) share neither files nor keys of a cache.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
folder = tempfile.mkdtemp(prefix="causerie-tests-", suffix=f"-{WORKER}")
atexit.register(shutil.rmtree, folder, ignore_errors=True)

# Of this machine's own settings only these two are wanted: the suite runs on any database and cache.
for name in {*NOT_EMPTY} - {"DATABASE_URL", "CACHE_URL"}:
    os.environ.pop(name, None)
os.environ |= {
    "ENV_FILE": os.devnull,
    "DATA_DIR": folder,
    "SECRET_KEY": "a key for tests alone, as long as any other that is let in",
}

from config.settings import *  # noqa: E402, F403

# The language of the source: a test that is about French says so.
LANGUAGE_CODE = "en"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # The manifest needs collectstatic; `tests/project` covers it.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES["default"]["KEY_PREFIX"] = WORKER  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
# Nobody is asked for a face: the address refuses at once.
GRAVATAR_URL = "http://127.0.0.1:9/avatar/"
# `tests/blog/pagecache` turns it on for itself.
PAGE_CACHE = False
