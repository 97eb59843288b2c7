"""What follows from what the operator sets."""

import os
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from tests.project.serving import manage

SHOW_CONNECTION = """
from django.db import connection
connection.ensure_connection()
for pragma in ("journal_mode", "busy_timeout", "synchronous", "foreign_keys"):
    print(pragma, connection.connection.execute(f"PRAGMA {pragma}").fetchone()[0])
print(connection.transaction_mode)
"""


def test_readers_never_wait_for_writers_and_writers_queue(tmp_path):
    shown = manage("shell", "--verbosity", "0", "--command", SHOW_CONNECTION, DATA_DIR=tmp_path)
    assert shown.stdout.splitlines() == [
        "journal_mode wal",
        "busy_timeout 20000",
        "synchronous 2",  # FULL
        "foreign_keys 1",
        "IMMEDIATE",
    ]


def test_a_site_with_https_has_nothing_to_worry_about(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", DATA_DIR=tmp_path, SITE_URL="https://blog.example")
    assert done.returncode == 0, done.stderr
    assert "WARNINGS" not in done.stderr + done.stdout


def test_a_site_without_https_is_told_so_once(tmp_path):
    done = manage("check", "--deploy", DATA_DIR=tmp_path)
    assert done.returncode == 0
    assert re.findall(r"\((\w+\.W\d+)\)", done.stderr) == ["causerie.W001"]
    assert "SITE_URL is http://127.0.0.1:8000" in done.stderr


def test_no_migration_is_missing(tmp_path):
    done = manage("makemigrations", "--check", "--dry-run", DATA_DIR=tmp_path)
    assert done.returncode == 0, done.stdout


SHOW_HTTPS = """
from django.conf import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0)
"""


@pytest.mark.parametrize(("site_url", "secure"), [("https://blog.example", "True"), ("http://blog.example", "False")])
def test_https_follows_from_the_address_of_the_site(tmp_path, site_url, secure):
    shown = manage("shell", "--verbosity", "0", "--command", SHOW_HTTPS, DATA_DIR=tmp_path, SITE_URL=site_url)
    assert set(shown.stdout.split()) == {secure}


def test_pictures_kept_elsewhere_may_be_shown(tmp_path):
    show = "from django.conf import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
    media_url = "https://media.blog.example/files/"
    shown = manage("shell", "--verbosity", "0", "--command", show, DATA_DIR=tmp_path, MEDIA_URL=media_url)
    assert "'https://media.blog.example'" in shown.stdout


@pytest.mark.django_db
def test_the_suite_runs_where_it_was_told_to(request):
    """`DATABASE_URL` and `CACHE_URL` are for these tests too; those that run side by side do not share a cache."""
    wanted = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == wanted
    assert ("Redis" in settings.CACHES["default"]["BACKEND"]) == os.environ.get("CACHE_URL", "").startswith("redis")
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    assert worker in cache.make_key("a page")
    assert str(settings.DATA_DIR).endswith(worker)
