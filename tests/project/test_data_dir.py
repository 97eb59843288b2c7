"""The folder of the blog, and the key in it."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from config import data_dir
from config.environment import WrongValue
from config.secret_key import read_or_create


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_made_for_its_owner_alone(tmp_path):
    folder = tmp_path / "new" / "blog"
    data_dir.prepare(folder)
    assert mode(folder) == 0o700


def test_a_folder_that_is_there_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o750)
    data_dir.prepare(tmp_path)
    assert mode(tmp_path) == 0o750
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_its_place_is_told(tmp_path):
    file = tmp_path / "blog"
    file.write_text("mine")
    with pytest.raises(WrongValue, match=r"DATA_DIR, .*/blog, is a file: name a folder\."):
        data_dir.prepare(file)
    with pytest.raises(WrongValue, match=r"DATA_DIR, .*/blog/below, cannot be written: Not a directory\."):
        data_dir.prepare(file / "below")
    assert file.read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    # Not even root writes there.
    with pytest.raises(WrongValue, match=r"DATA_DIR, /proc/self, cannot be written: .*\."):
        data_dir.prepare(tmp_path.__class__("/proc/self"))


def test_a_key_is_made_once_and_kept_from_others(tmp_path):
    key = read_or_create(tmp_path / "secret_key")
    assert len(key) >= 50
    assert mode(tmp_path / "secret_key") == 0o600
    assert read_or_create(tmp_path / "secret_key") == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_many_who_start_at_once_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: read_or_create(tmp_path / "secret_key"), range(64)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_key_that_others_could_read_is_hidden_from_them(tmp_path):
    key = read_or_create(tmp_path / "secret_key")
    (tmp_path / "secret_key").chmod(0o644)
    assert read_or_create(tmp_path / "secret_key") == key
    assert mode(tmp_path / "secret_key") == 0o600


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"a" * 60, b"\xff" * 60, b"abcdefgh\0" * 10], ids=repr)
def test_a_damaged_key_is_told_and_not_replaced(tmp_path, content):
    file = tmp_path / "secret_key"
    file.write_bytes(content)
    with pytest.raises(WrongValue, match="is empty or damaged") as refused:
        read_or_create(file)
    assert str(refused.value).isprintable()
    assert file.read_bytes() == content


def test_a_key_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(WrongValue, match=r"cannot be read or made: Is a directory\."):
        read_or_create(tmp_path / "secret_key")
