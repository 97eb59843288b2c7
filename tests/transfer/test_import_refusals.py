"""What cannot be brought in: one clear line, and nothing changed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from blog.models import Post, User
from comments.models import Comment
from tests.transfer import wxr

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ("Bonjour", "not well-formed XML at line 1, column 1"),
        (wxr.export(wxr.item(1), wxr.item(2))[:-300], "cut off"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "entities"),
        (b"\xff\xd8\xff\xe0", "line 1 holds bytes that are not UTF-8"),
        (b"<rss/>", "not a WordPress export"),
    ],
)
def test_an_export_that_cannot_be_read_changes_nothing(refusal, text, words):
    line = refusal(text=text)
    assert line.startswith("Nothing was brought in. ")
    assert "export.xml: " in line
    assert words in line
    assert not User.objects.exists()


def test_a_file_or_folder_that_is_not_there_is_named(tmp_path):
    for file, words in ((tmp_path / "absent.xml", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(CommandError, match=f"{file}: {words}"):
            call_command("import_wordpress", file)
    (tmp_path / "export.xml").write_text(wxr.export())
    for folder in (tmp_path / "absent", tmp_path / "export.xml"):
        with pytest.raises(CommandError, match=f"{folder} is not a folder"):
            call_command("import_wordpress", tmp_path / "export.xml", media=folder)


def test_a_database_that_refuses_is_said_in_one_line(refusal, monkeypatch):
    def refuse(*args, **fields):
        raise DatabaseError("database is locked\nDETAIL: by somebody")

    monkeypatch.setattr(Comment.objects.__class__, "add_many", refuse)
    line = refusal(wxr.item(7, comments=[wxr.comment(1)]))
    assert "the database refuses: database is locked DETAIL: by somebody" in line
    assert not Post.objects.exists()


def test_comments_in_knots_are_kept_and_said(move_in):
    comments = [
        wxr.comment(1, comment_parent=1, comment_author="Soi"),
        wxr.comment(2, comment_parent=3, comment_author="Deux"),
        wxr.comment(3, comment_parent=2, comment_author="Trois"),
        wxr.comment(4, comment_parent=3, comment_author="Sous"),
        wxr.comment(5, comment_parent=404, comment_author="Seul"),
        wxr.comment(6, comment_parent=7, comment_author="Ailleurs"),
    ]
    words = move_in(wxr.item(7, title="Un", comments=comments), wxr.item(8, title="Deux", comments=[wxr.comment(7)]))
    parents = dict(Comment.objects.values_list("wordpress_id", "parent__wordpress_id"))
    assert parents == {1: None, 2: None, 3: None, 4: 3, 5: None, 6: None, 7: None}
    for name in ("Soi", "Deux", "Trois", "Seul", "Ailleurs"):
        assert f"\n  {name} on “Un”" in words
    assert "Sous" not in words
    assert all(Comment.objects.values_list("path", flat=True))


def test_what_the_export_holds_twice_comes_in_once_and_is_said(move_in):
    words = move_in(
        wxr.item(7, title="Un", comments=[wxr.comment(1, body="A"), wxr.comment(1, body="B"), wxr.comment(2)]),
        wxr.item(7, title="Encore", guid="http://merle.example/?p=70"),
        wxr.item(8, title="Même guid", guid="http://merle.example/?p=7", comments=[wxr.comment(2)]),
    )
    assert set(Post.objects.values_list("title", flat=True)) == {"Un", "Même guid"}
    assert Comment.objects.get(wordpress_id=1).body == "A"
    assert Comment.objects.filter(wordpress_id=2).count() == 2
    assert "twice:\n  Encore\n  Camille on “Un”" in words


def test_what_this_blog_has_no_place_for_is_counted(move_in):
    words = move_in(
        wxr.item(7, terms=[("serie", "x", "X")], comments=[wxr.comment(1, comment_type="order_note"), wxr.comment(2)]),
        wxr.item(8, comments=[wxr.comment(3, comment_type="order_note")]),
    )
    assert "no place for them:\n  order_note × 2\n  serie × 1" in words
    assert Comment.objects.count() == 1


def test_addresses_that_lead_nowhere_are_left_out_and_the_comment_is_kept(client, move_in):
    words = move_in(
        wxr.item(
            7,
            comments=[
                wxr.comment(1, comment_author_email="pas une adresse", comment_author_url="javascript:alert(1)"),
                wxr.comment(2, comment_author_url="http://x.example/" + "a" * 600, comment_author_IP="ici"),
                wxr.comment(3, comment_author_url="http://", comment_author="", comment_author_email=""),
                wxr.comment(4, comment_author_IP="fe80::1%eth0"),
            ],
        ),
        authors=[wxr.author(email="zoe@@")],
    )
    comments = Comment.objects.order_by("pk")
    known = "camille@example.org"
    assert [(comment.email, comment.url) for comment in comments] == [("", ""), (known, ""), ("", ""), (known, "")]
    assert [comment.ip for comment in comments] == ["192.0.2.1", None, "192.0.2.1", "fe80::1"]
    assert comments[2].name == "Anonymous"
    assert "zoe: zoe@@" in words
    assert words.count("Camille on “Title 7”: ") == 3
    assert "javascript:" not in client.get(Post.objects.get().get_absolute_url()).content.decode()


def test_names_and_titles_of_any_length_come_in(move_in):
    words = move_in(
        wxr.category("c" * 400, "C" * 400),
        wxr.item(
            7, title="T" * 1000, post_name="s" * 500, link="http://merle.example/" + "s" * 3000, guid="g" * 1000,
            menu_order=10**30, post_parent=10**30, creator="z" * 400, excerpt="E" * 100_000,
            terms=[("category", "c" * 400, "C" * 400), ("post_tag", "t" * 400, "T" * 400)],
            comments=[wxr.comment(10**30, comment_author="N" * 1000, comment_parent=10**30, comment_user_id=10**30)],
        ),
        wxr.item(10**17, title=""),
    )  # fmt: skip
    assert "too long, and cut:\n  TTT" in words
    assert Comment.objects.get().name == "N" * 245
    assert Post.objects.get(wordpress_id=10**17).title == "Untitled"
    for thing in Post.objects.all():
        thing.full_clean()
    move_in(wxr.item(7, title="T" * 1000, guid="g" * 1000))
    assert Post.objects.count() == 2


def test_a_megabyte_of_text_comes_in_whole(move_in):
    words = "Un mot, puis un autre. " * 45_000
    move_in(wxr.item(7, content=words, comments=[wxr.comment(1, body=words)]))
    assert Post.objects.get().body == Comment.objects.get().body == words


def test_characters_that_no_database_holds_are_dropped_and_said(move_in):
    words = move_in(wxr.item(7, title="a\x00b\x0bc\x1f", content="\x00d\ufffe"))
    assert (Post.objects.get().title, Post.objects.get().body) == ("abc", "d")
    assert "dropped:\n  5 characters" in words


def test_a_terminated_run_leaves_nothing_behind(tmp_path):
    """For real: another process, ended by SIGTERM while it writes."""
    from tests.pictures import jpeg

    uploads = tmp_path / "uploads"
    uploads.mkdir()
    for number in range(200):
        (uploads / f"{number}.jpg").write_bytes(jpeg(1200, 800))
    export = tmp_path / "export.xml"
    export.write_text(wxr.export(*[wxr.attachment(number + 1, f"{number}.jpg") for number in range(200)]))
    data = tmp_path / "data"
    data.mkdir()
    environment = {**os.environ, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment["LANGUAGE_CODE"] = "en"
    environment.pop("DATABASE_URL", None)
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)
    running = subprocess.Popen(
        [*manage, "import_wordpress", str(export), "--media", str(uploads)], env=environment, stderr=subprocess.PIPE
    )
    while not list((data / "media").glob("*")) and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(signal.SIGTERM)
    _, told = running.communicate()
    assert running.returncode == 1
    assert told.decode().splitlines() == [f"CommandError: Nothing was brought in. {export}: interrupted."]
    assert list((data / "media").glob("*")) == []
