"""Static files are collected when they have to be."""

import os

import pytest

from config.server.static import collect_if_outdated


@pytest.fixture
def source(settings, tmp_path):
    """Return a folder of static files, to be collected as in production."""
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "style.css").write_text("main { color: black; }\n" * 50)
    return tmp_path / "source"


def collected(settings):
    return sorted(path.name for path in settings.STATIC_ROOT.glob("style.*.css*"))


def test_they_are_collected_with_a_hash_and_compressed_once(source, settings):
    assert collect_if_outdated()
    name, brotli, gzip = collected(settings)
    assert (brotli, gzip) == (f"{name}.br", f"{name}.gz")
    assert not collect_if_outdated()


def test_a_new_date_is_no_change(source, settings):
    collect_if_outdated()
    os.utime(source / "style.css", (0, 0))
    assert not collect_if_outdated()


def test_a_change_is_collected_and_open_pages_keep_their_style(source, settings):
    collect_if_outdated()
    before = collected(settings)
    (source / "style.css").write_text("main { color: white; }\n" * 50)
    assert collect_if_outdated()
    assert set(before) < set(collected(settings))


def test_after_a_collecting_that_was_cut_off_all_is_collected_anew(source, settings):
    collect_if_outdated()
    name = collected(settings)[0]
    whole = (settings.STATIC_ROOT / name).read_text()
    (settings.STATIC_ROOT / name).write_text("main {")
    (settings.STATIC_ROOT / "collected.txt").unlink()
    assert collect_if_outdated()
    assert (settings.STATIC_ROOT / name).read_text() == whole
