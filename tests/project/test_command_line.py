"""Whoever starts a command with something wrong reads one line, and no traceback."""

import pytest
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError

from config import command_line
from tests.project.serving import free_port, manage

COMMANDS = [("migrate",), ("serve",), ("check",), ("help",), ("collectstatic", "--noinput")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_wrong_value_stops_every_command(tmp_path, command):
    told(manage(*command, DATA_DIR=tmp_path, SITE_URL="ftp://blog.example"), "SITE_URL is “ftp:…”: it must begin", 78)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is empty"),
        ("DATABASE_URL", "mysql://ada:hunter2@db/blog", "DATABASE_URL is wrong: “mysql://…”"),
        ("TIME_ZONE", "Mars/Base", "TIME_ZONE is “Mars/Base”"),
    ],
)
def test_so_does_any_other(tmp_path, name, value, words):
    told(manage("migrate", **{"DATA_DIR": tmp_path, name: value}), words, 78)


def test_a_folder_that_cannot_be_written(tmp_path):
    told(manage("migrate", DATA_DIR="/proc/sys"), "DATA_DIR, /proc/sys, cannot be written", 78)
    (tmp_path / "file").write_text("")
    told(manage("migrate", DATA_DIR=tmp_path / "file"), "is a file: name a folder", 78)


def test_a_damaged_key(tmp_path):
    (tmp_path / "secret_key").write_text("")
    told(manage("check", DATA_DIR=tmp_path), "secret_key is empty or damaged", 78)


def test_a_database_server_that_does_not_answer(tmp_path):
    url = f"postgres://ada:hunter2@127.0.0.1:{free_port()}/blog"
    for command in (["migrate"], ["serve", "--bind", f"127.0.0.1:{free_port()}"]):
        done = manage(*command, DATA_DIR=tmp_path, DATABASE_URL=url)
        told(done, "The database “blog on 127.0.0.1” cannot be used", 75)
        assert "refused" in done.stderr


def test_a_database_file_that_is_none(tmp_path):
    (tmp_path / "causerie.sqlite3").write_text("Dear diary, " * 100)
    told(manage("migrate", DATA_DIR=tmp_path), "causerie.sqlite3 cannot be used: file is not a database", 75)


def test_a_database_in_a_folder_that_is_not_there(tmp_path):
    url = f"sqlite:///{tmp_path}/nowhere/blog.sqlite3"
    told(
        manage("migrate", DATA_DIR=tmp_path, DATABASE_URL=url),
        "nowhere/blog.sqlite3 cannot be used: unable to open",
        75,
    )


def test_a_new_database_is_told_to_be_migrated(tmp_path):
    told(manage("serve", "--bind", f"127.0.0.1:{free_port()}", DATA_DIR=tmp_path), "run manage.py migrate first", 1)
    told(manage("rebuild_related", DATA_DIR=tmp_path), "run manage.py migrate first", 75)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--workers", "0"], "--workers needs a number from 1 to 256"),
        (["--workers", "abc"], "--workers needs a number from 1 to 256"),
        (["--bind", "8000"], "--bind needs HOST:PORT"),
        (["--bind", "127.0.0.1:0"], "--bind needs HOST:PORT"),
        (["--bind", "192.0.2.1:8000"], "192.0.2.1:8000 is not an address of this machine"),
        (["--bind", "no.such.host.invalid:8000"], "no address of this machine"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_option_of_serve(tmp_path, options, words):
    told(manage("serve", *options, DATA_DIR=tmp_path), words, 1)


def test_a_cache_that_does_not_answer(tmp_path):
    environment = {"DATA_DIR": tmp_path, "CACHE_URL": f"redis://:hunter2@127.0.0.1:{free_port()}/0"}
    assert manage("migrate", "--verbosity", "0", **environment).returncode == 0
    told(
        manage("serve", "--bind", f"127.0.0.1:{free_port()}", **environment),
        "The cache at CACHE_URL does not answer",
        1,
    )


def told(done, words, code):
    assert done.stderr.count("\n") == 1, done.stderr
    assert words in done.stderr
    assert "hunter2" not in done.stderr + done.stdout
    assert done.returncode == code


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            OperationalError("no such table: blog_post"),
            "is not up to date (no such table): run manage.py migrate first",
        ),
        (ProgrammingError('relation "blog_post" does not exist\nLINE 1: …'), "run manage.py migrate first"),
        (
            OperationalError('connection failed: FATAL:  database "blog" does not exist'),
            'database "blog" does not exist',
        ),
        (OperationalError("database is locked"), "cannot be used: database is locked"),
        (OperationalError("a\nb\n"), "cannot be used: a b"),
        (InterfaceError("connection already closed"), "cannot be used: connection already closed"),
    ],
)
def test_what_the_database_says_is_put_in_words(error, words):
    sentence = command_line.in_words(error)
    assert words in sentence
    assert "\n" not in sentence


def test_a_mistake_in_the_program_keeps_its_traceback():
    assert command_line.in_words(DataError("integer out of range")) is None
    assert command_line.in_words(ProgrammingError("syntax error at or near")) is None
